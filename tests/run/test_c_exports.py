"""Functions that C calls by name and variables that it shares; weak ones, which C may replace."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import Behaviour, execute, qz

C = """
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

int32_t add(int32_t a, int32_t b);
double scaled(double x, float by);
bool opposite(bool b);
uint8_t next_letter(uint32_t letter);
void note(int64_t n);
int32_t fallback(int32_t x) { return x + 100; }
int32_t kept(int32_t x);

extern int64_t total;
extern int32_t level;
extern float share;
extern uint8_t flag;

extern char __start_of_sums[], __stop_of_sums[], __start_of_levels[], __stop_of_levels[];

static int lies(void *what, char *start, char *stop) { return (char *)what >= start && (char *)what < stop; }

int32_t driver(void) {
    printf("%d %g %d %c\\n", add(2, -5), scaled(1.5, 2), opposite(0), next_letter('a'));
    printf("%d %d\\n", fallback(1), kept(1));
    note(7);
    level = -9;
    share *= 3;
    flag = 0;
    printf("%d %d\\n", (int)((uintptr_t)scaled % 64), (int)((uintptr_t)&level % 256));
    printf("%d ", lies(add, __start_of_sums, __stop_of_sums));
    printf("%d\\n", lies(&level, __start_of_levels, __stop_of_levels));
    fflush(stdout);
    return (int32_t)total;
}
"""

SOURCE = """
import counting
extern "C" def driver(): CInt

@export @section("of_sums") def add(a: I32, b: I32): I32 = a + b
@export("scaled") @align(64) def scale(x: F64, by: F32): F64 = x * (by as F64)
extern "C" def opposite(b: Bool): Bool
  not b
end
@export def next_letter(c: Char): U8 = (c as U8) + 1
@weak def fallback(x: I32): I32 = x + 1
@weak @export("kept") def kept_here(x: I32): I32 = x + 2

@export @section("of_levels") @align(256) global level: I32 = 3
@export global share: F32 = 0.5
@export("flag") global is_up = true

def main()
  puts("#{level} #{share} #{is_up}")
  puts("#{driver()}")
  level -= 1
  puts("#{level} #{share} #{is_up}")
  puts("#{fallback(1)} #{kept_here(1)} #{[1i32, 2].map(fallback)}")
end
"""

COUNTING = """
@export global total = 5

@export
def note(n: Int)
  total += n
end
"""

OUTPUT = b"""\
3 0.5 true
-3 3 1 b
101 3
0 0
1 1
12
-10 1.5 false
101 3 [101, 102]
"""


@pytest.mark.parametrize("flags", [("-O0",), ("-O0", "-g", "--verify-each"), ("-O2",)], ids=" ".join)
def test_c_calls_and_shares(
    flags: tuple[str, ...], run_with_c: Callable[..., Behaviour], tmp_path: Path
) -> None:
    (tmp_path / "counting.qz").write_text(COUNTING)
    assert run_with_c(C, SOURCE, *flags) == (OUTPUT, 0, "")


CALLS_ITSELF = """
extern "C" def triple(x: CInt): CInt
extern "C" def fallback(x: CInt): CInt

@export("triple") def of_c(x: CInt): CInt = x * 3
@weak @export("fallback") def unless_replaced(x: CInt): CInt = x - 1

const NINE = of_c(3)

def main()
  puts("#{triple(14)} #{fallback(14)} #{unless_replaced(14)} #{NINE}")
end
"""


@pytest.mark.parametrize("flags", [("-O0",), ("-O2",)], ids=" ".join)
def test_quartz_finds_what_it_exports(flags: tuple[str, ...], cache: Path, tmp_path: Path) -> None:
    (tmp_path / "program.qz").write_text(CALLS_ITSELF)
    assert execute(qz("run", *flags, tmp_path / "program.qz"), cache=cache) == (b"42 13 13 9\n", 0, "")

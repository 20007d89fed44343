"""C functions of which only the address is known, called as a type of functions says."""

import pytest

C = """
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct { double x; int32_t n; } Small;
typedef struct { int64_t a, b, c; } Large;

static int8_t negative(int8_t n) { return -n; }
static uint8_t less(uint8_t n) { return n - 1; }
static bool opposite(bool b) { return !b; }
static float half(float x) { return x / 2; }
static const char *word(const char *text) { return text[0] == 'y' ? "yes" : "no"; }
static int64_t nine(int32_t a, uint8_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int16_t h,
                    int8_t i) {
    return ((((((((int64_t)a * 10 + b) * 10 + c) * 10 + d) * 10 + e) * 10 + f) * 10 + g) * 10 + h) * 10 + i;
}
static Small grown(Small s, int32_t by) { return (Small){s.x * by, s.n + by}; }
static Large shifted(int64_t a, int64_t b, int64_t c, int64_t d, Small s, Large l) {
    return (Large){l.b + a, l.c + b + (int64_t)s.x, l.a + c + d + s.n};
}
static int64_t called(int64_t (*f)(int64_t), int64_t n) { return f(n) + 1; }
static void shown(int32_t n) { printf("shown %d\\n", n); fflush(stdout); }

void *functions[] = {negative, less, opposite, half, word, nine, grown, shifted, called, shown};

void *function(int32_t number) { return functions[number]; }
int32_t (*adder(void))(int32_t, int32_t);
static int32_t sum(int32_t a, int32_t b) { return a + b; }
int32_t (*adder(void))(int32_t, int32_t) { return sum; }
"""

SOURCE = """
extern "C" def function(number: CInt): CPtr
extern "C" def adder(): Fn(CInt, CInt): CInt

@value struct Small { x: F64, n: I32 }
@value struct Large { a: Int, b: Int, c: Int }

struct Kept
  change: Fn(I8): I8
end

def twice(n: Int): Int = n * 2

def at(number: Int): CPtr = function(number)

def main()
  kept = Kept { change: at(0) as Fn(I8): I8 }
  puts("#{(kept.change)(5)} #{(kept.change)(-128i8)} #{[1i8, -2].map(at(0) as Fn(I8): I8)}")
  puts("#{(at(1) as Fn(U8): U8)(0)} #{(at(2) as Fn(Bool): Bool)(false)} #{(at(3) as Fn(F32): F32)(3.0)}")
  word = at(4) as Fn(String): CString
  puts("#{word("y")} #{word("n")}")
  nine = at(5) as Fn(CInt, U8, Int, Int, Int, Int, Int, I16, CChar): Int
  puts("#{nine(1, 2, 3, 4, 5, 6, 7, 8, 9)} #{nine(-1, 0, 0, 0, 0, 0, 0, 0, -1i8)}")
  grown = at(6) as Fn(Small, I32): Small
  puts("#{grown(Small { x: 1.5, n: 1 }, 2)}")
  shifted = at(7) as Fn(Int, Int, Int, Int, Small, Large): Large
  puts("#{shifted(1, 20, 300, 4000, Small { x: 7.0, n: 5 }, Large { a: 50_000, b: 600_000, c: 8_000_000 })}")
  called = at(8) as Fn(CPtr, Int): Int
  puts("#{called(twice as CPtr, 20)} #{called((n: Int -> n - 1) as CPtr, 20)}")
  show = at(9) as Fn(I32): Void
  show(3)
  (at(9) as Fn(I32): Void)(4)
  add = adder()
  puts("#{add(2, 3)} #{adder()(4, 5)}")
end
"""

OUTPUT = b"""\
-5 -128 [-1, 2]
255 true 1.5
yes no
123456789 -100000001
Small { x: 3.0, n: 3 }
Large { a: 600001, b: 8000027, c: 54305 }
41 20
shown 3
shown 4
5 9
"""


@pytest.mark.parametrize("options", [(), ("-O2",), ("-g",)], ids=["plain", "optimised", "debug"])
def test_functions_at_addresses(run_with_c, options):
    assert run_with_c(C, SOURCE, *options) == (OUTPUT, 0, "")

"""A stack that overflows, `main`'s or a task's: a message and callers, at every level and in the loader."""

import signal

import pytest

from tests.program_files import execute, qz

PROGRAM = """
def depth(n: Int, total: Vec<Int>): Int
  total.push(n)
  below = depth(n + 1, total)
  return below + total.size
end

def main(args: Vec<String>)
  puts("begins")
  if args.size > 0
    puts("#{await go depth(0, [])}")
  else
    said = panic_of(do -> puts("#{depth(0, [])}") end)
    puts("caught #{said}")
  end
end
"""

WRONG_ADDRESS = """
extern "C" def strlen(text: CPtr): CSize

def main()
  puts("#{strlen(nil)}")
end
"""


@pytest.mark.parametrize("words", [(), ("task",)], ids=["main", "task"])
@pytest.mark.parametrize("level", ["-O0", "-O2", "run"])
def test_overflow_is_a_panic_that_nobody_catches(words, level, cache, tmp_path):
    source = tmp_path / "deep.qz"
    source.write_text(PROGRAM)
    if level == "run":
        done = execute(qz("run", source, "--", *words), cache=cache)
    else:
        made = execute(qz("compile", source, level, "-o", tmp_path / "deep"), cache=cache)
        assert made == (b"", 0, "")
        done = execute([str(tmp_path / "deep"), *words])
    assert (done.output, done.status) == (b"begins\n", 101)
    lines = done.errors.splitlines()
    assert lines[:3] == ["panic: stack overflow", "backtrace:", "  0: deep$depth"]
    assert lines[-1] == "  ..."
    assert len(lines) < 100


def test_any_other_wrong_address_kills(cache, tmp_path):
    source = tmp_path / "wrong.qz"
    source.write_text(WRONG_ADDRESS)
    done = execute(qz("run", source), cache=cache)
    assert done.status == -signal.SIGSEGV
    assert "panic" not in done.errors

"""Functions that C calls: named ones, lambdas that capture nothing, and functions of C itself.

The interpreter has no C that calls back, so this is not one of the programs it runs.
"""

from pathlib import Path

import pytest

from tests.program_files import execute, qz

SOURCE = """
extern "C" def bsearch(key: CPtr, base: CPtr, n: CSize, width: CSize, compare: Fn(CPtr, CPtr): CInt): CPtr
extern "C" def qsort(base: CPtr, n: CSize, width: CSize, compare: CPtr)
extern "C" def strncmp(a: CPtr, b: CPtr, n: CSize): CInt
extern "C" def strcmp(a: CPtr, b: CPtr): CInt
extern "C" def strdup(text: CPtr): CPtr
extern "C" def free(block: CPtr)
extern "C" def atexit(action: Fn(): Void): CInt

global comparisons = 0

def by_letter(a: CPtr, b: CPtr): I32 = strncmp(a, b, 1) as I32

def backwards(a: CPtr, b: CPtr): I32
  comparisons += 1
  -by_letter(a, b)
end

def place(word: String, letters: String): String
  start: CPtr = letters
  at = bsearch(word, start, 8, 1, (a, b) -> strncmp(a, b, 1) as I32) as Int
  return "no #{word}" if at == 0
  "#{word} at #{at - (start as Int)}"
end

def main()
  atexit { puts("bye") }
  letters = "abdefhkz"
  puts(place("d", letters))
  puts(place("g", letters))
  puts(place("zz", letters))
  start: CPtr = letters
  puts("#{(bsearch("h", letters, 8, 1, by_letter) as Int) - (start as Int)}")
  puts("#{(bsearch("kz", letters, 8, 1, strcmp) as Int) - (start as Int)}")
  block = strdup(start)
  qsort(block, 8, 1, backwards)
  puts("#{strcmp(block, "zkhfedba")}, #{comparisons > 0}")
  free(block)
end
"""
OUTPUT = b"d at 2\nno g\nzz at 7\n5\n6\n0, true\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "callbacks.qz"
    path.write_text(SOURCE)
    return path


@pytest.mark.parametrize("flags", [("-O0",), ("-O0", "-g", "--verify-each"), ("-O2",)], ids=" ".join)
def test_loaded(flags: tuple[str, ...], source: Path, cache: Path) -> None:
    # A program that is loaded ends within the compiler, which leaves without what `atexit` was given.
    output, status, errors = execute(qz("run", *flags, source), cache=cache)
    assert (output.removesuffix(b"bye\n"), status, errors) == (OUTPUT, 0, "")


@pytest.mark.parametrize("flags", [("-O0",), ("-O2",)], ids=" ".join)
def test_compiled(flags: tuple[str, ...], source: Path, cache: Path, tmp_path: Path) -> None:
    assert execute(qz("compile", *flags, source, "-o", tmp_path / "program"), cache=cache).status == 0
    assert execute([str(tmp_path / "program")]) == (OUTPUT + b"bye\n", 0, "")

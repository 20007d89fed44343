"""C functions with any number of arguments: floats go as doubles, small integers are widened."""

from pathlib import Path

import pytest

from tests.program_files import execute, qz

SOURCE = """
extern "C" variadic def snprintf(buffer: CPtr, size: CSize, format: CPtr): CInt
extern "C" def malloc(n: CSize): CPtr
extern "C" def free(block: CPtr)
extern "C" def strcmp(a: CPtr, b: CPtr): CInt

def show(length: Int, block: CPtr, text: String)
  puts("#{length} #{strcmp(block, text) == 0}")
end

def main()
  block = malloc(100)
  small: I8 = -7
  wide: U64 = 18446744073709551615
  half: F32 = 0.5
  show(snprintf(block, 100, "none"), block, "none")
  n = 1 << 40
  show(snprintf(block, 99, "%d %ld %lu", small, n, wide), block, "-7 1099511627776 18446744073709551615")
  show(snprintf(block, 100, "%.2f %.1f %s %c", 2.25, half, "text", 'x'), block, "2.25 0.5 text x")
  free(block)
end
"""
OUTPUT = b"4 true\n37 true\n15 true\n"


@pytest.mark.parametrize("flags", [("-O0",), ("-O0", "-g", "--verify-each"), ("-O2",)], ids=" ".join)
def test_loaded(flags: tuple[str, ...], cache: Path, tmp_path: Path) -> None:
    source = tmp_path / "variadics.qz"
    source.write_text(SOURCE)
    assert execute(qz("run", *flags, source), cache=cache) == (OUTPUT, 0, "")

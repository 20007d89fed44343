"""A debugger stops at the lines of the source, and shows parameters and locals."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program_files import execute, qz

pytestmark = pytest.mark.skipif(not shutil.which("gdb") or not shutil.which("cc"), reason="needs gdb and cc")

SOURCE = """\
def weigh(factor: Int, name: String, numbers: Vec<I32>): Int
  var total = 0
  for i in 0..numbers.size
    total += factor * (numbers[i] as Int)
  end
  puts(name)
  return total
end

def main
  weigh(4, "abc", [1i32, 2i32, 3i32])
end
"""


def test_breakpoint_arguments_and_locals(tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "weights.qz"
    source.write_text(SOURCE)
    program = tmp_path / "weights"
    assert execute(qz("compile", "-g", "-O0", source, "-o", program), cache=cache) == (b"", 0, "")
    commands = [
        "break weights.qz:6",
        "run",
        "info args",
        "info locals",
        "print numbers->data[1]",
        "backtrace",
    ]
    words = [word for command in commands for word in ("-ex", command)]
    run = subprocess.run(
        ["gdb", "-q", "-nx", "-batch", *words, str(program)], capture_output=True, text=True, check=False
    )
    if "ptrace" in run.stderr:
        pytest.skip("processes may not be traced here")
    shown = run.stdout
    assert "weigh (factor=4, name=0x" in shown
    assert '"abc"' in shown
    assert "weights.qz:6" in shown
    assert "total = 24" in shown
    assert "$1 = 2" in shown
    assert "weights$main () at" in shown

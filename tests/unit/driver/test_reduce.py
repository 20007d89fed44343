"""Reduction: minimal under the question asked, and the question alone."""

import os

from qz.driver.commands.reduce import reduce_lines, run_reduce
from qz.driver.options import Options

PROGRAM = b"""\
import x
def a
  1
end
def main
  if foo
    boom()
  end
  puts(1)
end
"""


def lines_of(text: bytes) -> list[bytes]:
    return text.splitlines(keepends=True)


def test_what_does_not_matter_goes():
    left = reduce_lines(lines_of(PROGRAM), lambda lines: b"    boom()\n" in lines)
    assert left == [b"    boom()\n"]


def test_what_must_stay_together_stays():
    def is_interesting(lines) -> bool:
        words = b"".join(lines).split()
        n_openers = words.count(b"def") + words.count(b"if")
        return n_openers == words.count(b"end") and b"main" in words and b"puts(1)" in words

    assert b"".join(reduce_lines(lines_of(PROGRAM), is_interesting)) == b"def main\n  puts(1)\nend\n"


def test_a_block_may_lose_its_head_and_end_and_keep_its_inside():
    def is_interesting(lines) -> bool:
        n_openers = sum(line.split()[0] in (b"def", b"if") for line in lines)
        return n_openers == lines.count(b"end\n") + lines.count(b"  end\n") and b"    boom()\n" in lines

    assert reduce_lines(lines_of(PROGRAM), is_interesting) == [b"    boom()\n"]


def test_the_command_is_asked_about_a_file_beside_the_original(tmp_path, capfdbinary):
    source = tmp_path / "p.qz"
    source.write_bytes(PROGRAM)
    (tmp_path / "sibling.qz").touch()
    status = run_reduce(
        Options(files=(str(source),), output="-"),
        ("sh", "-c", "cd $(dirname {}) && test -e sibling.qz && grep -q boom {}"),
    )
    assert status == 0
    assert capfdbinary.readouterr().out == b"    boom()\n"
    assert sorted(os.listdir(tmp_path)) == ["p.qz", "sibling.qz"]
    assert source.read_bytes() == PROGRAM


def test_a_command_that_refuses_the_whole_program_is_an_error(tmp_path, capfd):
    source = tmp_path / "p.qz"
    source.write_bytes(PROGRAM)
    assert run_reduce(Options(files=(str(source),)), ["false"]) == 1
    assert "QZ9007" in capfd.readouterr().err


def test_a_command_that_is_not_there_is_an_error(tmp_path, capfd):
    source = tmp_path / "p.qz"
    source.write_bytes(PROGRAM)
    assert run_reduce(Options(files=(str(source),)), ["/none"]) == 1
    assert "there is no program `/none`" in capfd.readouterr().err


def test_a_missing_file_is_an_error(tmp_path, capfd):
    assert run_reduce(Options(files=(str(tmp_path / "none.qz"),)), ["true"]) == 1
    assert "QZ9001" in capfd.readouterr().err

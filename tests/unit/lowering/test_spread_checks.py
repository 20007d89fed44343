"""A loop that goes by a table jumps from where a turn ends, though the index is checked there."""

import platform
import re

import pytest

from tests.program_files import PROGRAMS, execute, qz

N_STEPS = 4
"""That go on, of those of the program."""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="reads its assembly")
def test_every_turn_has_a_jump_of_its_own(tmp_path):
    target = tmp_path / "dispatch.s"
    done = execute(qz("compile", "-O2", "--emit", "asm", "-o", target, PROGRAMS / "dispatch.qz"))
    assert done.status == 0, done.errors
    body = re.search(r'^"?dispatch\$run"?:(.*?)^\.Lfunc_end', target.read_text(), re.M | re.S)
    assert body is not None
    assert len(re.findall(r"\bjmpq\s+\*%", body[1])) > N_STEPS

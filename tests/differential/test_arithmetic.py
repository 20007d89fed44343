"""Every operation on every number type means the same to the interpreter and to the machine."""

from pathlib import Path

import pytest

from tests.differential.arithmetic import FLOAT_TYPES, WIDTHS, program_of
from tests.differential.reference import interpreted
from tests.program_files import execute, qz

LEVELS = ("-O0", "-O2")
QUICK = ("I8", "U64", "F32")


@pytest.mark.parametrize(
    "type_",
    [
        type_ if type_ in QUICK else pytest.param(type_, marks=pytest.mark.slow)
        for type_ in (*WIDTHS, *FLOAT_TYPES)
    ],
)
def test_arithmetic(type_: str, tmp_path: Path, cache: Path) -> None:
    source = tmp_path / "table.qz"
    source.write_text(program_of(type_))
    meant = interpreted(source, (), b"", overflow="wrap")
    assert meant.status == 0
    assert meant.output.count(b"\n") > 500
    for level in LEVELS:
        done = execute(qz("run", source, level, "--overflow=wrap"), cache=cache)
        assert done.status == 0, done.errors
        assert done.output.splitlines() == meant.output.splitlines()

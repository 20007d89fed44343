"""Every operation prints as it was written, in the custom and in the generic form, and verifies."""

import re
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.parser import Parser
from xdsl.printer import Printer

from dialects.qz import OPS as QZ_OPS
from dialects.qzrt import OPS as QZRT_OPS
from dialects.registry import make_context

HERE = Path(__file__).parent
FILES = sorted(path for folder in ("qz", "qzrt") for path in (HERE / folder).glob("*.mlir"))


def parse(text: str) -> ModuleOp:
    return Parser(make_context(), text).parse_module()


def printed(module: ModuleOp, *, generic: bool = False) -> str:
    out = StringIO()
    Printer(out, print_generic_format=generic).print_op(module)
    return out.getvalue()


def op_lines(text: str) -> list[str]:
    """The lines that hold an operation, without the numbers of their values."""
    lines = [line.strip() for line in text.splitlines() if not line.lstrip().startswith("//")]
    return [re.sub(r"%\w+", "%", line) for line in lines if "qz." in line and "func.func" not in line]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_verifies_and_round_trips(path: Path) -> None:
    module = parse(path.read_text())
    module.verify()
    first = printed(module)
    assert printed(parse(first)) == first
    assert printed(parse(printed(module, generic=True))) == first


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_is_written_as_it_prints(path: Path) -> None:
    text = path.read_text()
    assert op_lines(printed(parse(text))) == op_lines(text)


@cache
def ops_in_files() -> set[type[Operation]]:
    return {type(op) for path in FILES for op in parse(path.read_text()).walk()}


@pytest.mark.parametrize("op", [*QZ_OPS, *QZRT_OPS], ids=lambda op: op.name)
def test_every_op_occurs_in_some_file(op: type[Operation]) -> None:
    assert op in ops_in_files()

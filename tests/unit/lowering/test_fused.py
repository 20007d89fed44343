"""What production writes in one walk is what the stages give one after the other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lowering.contents import functions_of
from lowering.emit_llvm import FunctionText
from lowering.options import LoweringOptions
from lowering.pipeline import lower_to_llvm_text, run_stages, text_of
from qz.driver.build import Build
from qz.driver.made import FunctionUnit
from qz.driver.options import Options
from qz.driver.session import Session

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PROGRAMS = ROOT / "tests" / "run" / "programs"
SOURCES = [
    ROOT / "examples" / "tour.qz",
    *(PROGRAMS / f"{name}.qz" for name in ("integers", "sized_integers", "floats", "std_vec", "loops")),
    *(PROGRAMS / f"{name}.qz" for name in ("lambdas", "captures", "lambda_recursion")),
]


def functions(source: Path, *, declares: bool = True) -> Iterator[FunctionUnit]:
    build = Build(Session(Options(files=(str(source),))))
    assert build.load(str(source))
    if not declares:
        build.ir.leave_out_declarations()
    yield from build.functions()
    assert build.session.sink.diagnostics == []


NAME = re.compile(r"%(\w+)|^(\w+):", re.MULTILINE)


def renamed(text: str) -> list[str]:
    """The lines, values and labels numbered as they come in a function: in nothing else may they differ."""
    return [line for body in text.split("\n}\n") for line in renamed_body(body).splitlines()]


def renamed_body(text: str) -> str:
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return f"%{numbers.setdefault(name, len(numbers))}{':' if found[2] else ''}"

    return NAME.sub(number, text)


def staged(unit: FunctionUnit, options: LoweringOptions) -> FunctionText:
    run_stages(unit.module, "llvm", options)
    return text_of(unit.module, options)


@pytest.mark.parametrize("release", [False, True], ids=["dev", "release"])
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_joined_stages_write_the_same_text(source: Path, release: bool) -> None:
    options = LoweringOptions(release=release)
    n_functions = 0
    for one, other in zip(functions(source), functions(source), strict=True):
        joined, apart = lower_to_llvm_text(one.module, options), staged(other, options)
        assert renamed(joined.text) == renamed(apart.text)
        assert joined.declarations == apart.declarations
        assert (joined.strings, joined.defined) == (apart.strings, apart.defined)
        n_functions += 1
    assert n_functions >= 2


def test_nothing_has_to_be_declared() -> None:
    source = PROGRAMS / "lambdas.qz"
    n_declared = 0
    for one, other in zip(functions(source), functions(source, declares=False), strict=True):
        n_declared += sum(op.is_declaration for op in functions_of(one.module))
        assert not any(op.is_declaration for op in functions_of(other.module))
        assert lower_to_llvm_text(one.module) == lower_to_llvm_text(other.module)
    assert n_declared

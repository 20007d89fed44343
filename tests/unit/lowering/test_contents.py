"""A pass is left out only where it has nothing to do."""

from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp

from dialects.qz.scalar import ConstOp
from dialects.qz.variables import LocalSetOp
from lowering.contents import Contents
from lowering.options import LoweringOptions
from lowering.pipeline import load_pass, pass_concerns, passes_to
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

PROGRAMS = Path(__file__).resolve().parent.parent.parent / "run" / "programs"
RELEASE = LoweringOptions(release=True)


@pytest.mark.parametrize("name", ["value_globals", "generators", "arrays", "enums", "values_of_branches"])
def test_a_pass_that_is_left_out_changes_nothing(name: str) -> None:
    source = str(PROGRAMS / f"{name}.qz")
    build = Build(Session(Options(files=(source,))))
    assert build.load(source)
    left_out: set[str] = set()
    needed: set[str] = set()
    for unit in build.functions():
        contents = Contents(unit.module)
        for pass_name in passes_to("cfg", RELEASE):
            concerned = pass_concerns(pass_name, contents)
            before = "" if concerned else str(unit.module)
            load_pass(pass_name)(unit.module, RELEASE)
            if not concerned:
                assert str(unit.module) == before, pass_name
            (needed if concerned else left_out).add(pass_name)
    assert len(left_out) >= 3
    assert len(needed & left_out) >= 3


def test_nothing_is_said_of_plain_operations() -> None:
    contents = Contents(ModuleOp([]))
    assert not contents.has_any((LocalSetOp,))
    with pytest.raises(AssertionError):
        contents.has_any((LocalSetOp, ConstOp))

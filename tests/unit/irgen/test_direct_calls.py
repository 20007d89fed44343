"""Which calls are known to do nothing but compute."""

from __future__ import annotations

from pathlib import Path

from xdsl.dialects.func import CallOp

from dialects.qz.properties import COMPUTES
from qz.sema.ownership.bare_vectors import MODULES_OF_NUMBERS
from tests.loaded import loaded

PROGRAM = """\
import math

def own(x: F64): F64 = x * 2.0

def main(args: Vec<String>): Int
  x = args.size as F64
  y = own(x) + x.sqrt() + math::hypot(x, 2.0)
  puts(x.to_s())
  return y as Int
end
"""


def test_calls_of_the_library_with_numbers_only(tmp_path: Path) -> None:
    path = tmp_path / "program.qz"
    build = loaded(path, PROGRAM)
    found = {
        op.callee.root_reference.data: COMPUTES in op.attributes
        for unit in build.functions()
        for op in (unit.module.walk() if unit.symbol == "program$main" else ())
        if isinstance(op, CallOp)
    }
    assert found == {
        "program$own": False,
        "F64$sqrt": True,
        "math$hypot": True,
        "F64$to_s": False,
        "prelude$puts": False,
    }


def test_modules_of_numbers_have_nothing_to_change() -> None:
    std = Path(__file__).resolve().parents[3] / "std"
    for name in MODULES_OF_NUMBERS:
        lines = (std / f"{name}.qz").read_text().splitlines()
        imported = {line.split()[-1] for line in lines if line.startswith("import std/")}
        assert imported <= {"std/rt/libm", *(f"std/{other}" for other in MODULES_OF_NUMBERS)}, name
        assert not [line for line in lines if line.startswith("global ")], name

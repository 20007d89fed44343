"""Deferred operation classes: nothing is worked out at import, and later all of it, as without deferring."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from xdsl.irdl import IRDLOperation

from dialects.registry import DIALECTS

DEFERRED = """
from dialects.deferred_definitions import deferred_definitions
with deferred_definitions():
    from dialects.registry import DIALECTS
    for make in DIALECTS.values():
        make()
"""


DESCRIBE = """
from tests.unit.dialects.test_deferred_definitions import *
print(*describe_definitions(), sep="\\n")
"""

USES = """
from xdsl.dialects import arith
from xdsl.irdl import IRDLOperation
from dialects.deferred_definitions import _Pending
from dialects.qz.arith import AddOp
def is_pending(op): return any(isinstance(value, _Pending) for value in vars(op).values())
ops = [op for make in DIALECTS.values() for op in make().operations if issubclass(op, IRDLOperation)]
print(len(ops) > 150, [op.name for op in ops if not is_pending(op)])
constant = arith.ConstantOp.from_int_and_width(3, 64)
total = arith.AddiOp(constant, constant)
print(total.lhs is constant.result, is_pending(arith.AddiOp), is_pending(arith.SubiOp), is_pending(AddOp))
total.verify()
print(total)
"""

CALLS_ITS_BASE = """
from xdsl import irdl
from xdsl.dialects.builtin import i64
from xdsl.dialects.test import TestOp
from xdsl.utils.exceptions import VerifyException
said = []
with deferred_definitions():
    class Base(irdl.IRDLOperation):
        operand = irdl.operand_def()
        result = irdl.result_def(i64)
        def verify_(self):
            said.append("base")
    @irdl.irdl_op_definition
    class Derived(Base):
        name = "test.derived"
        def verify_(self):
            super().verify_()
            said.append("derived")
value = TestOp(result_types=[i64]).results[0]
op = Derived.create(operands=[value], result_types=[i64])
op.verify_()
print(said, op.operand is value, op.result.type)
try:
    Derived.create(operands=[value], result_types=[]).verify_()
except VerifyException as refusal:
    print("refused")
"""


def describe_definitions() -> list[str]:
    """A line an operation: its definition, and what its class holds."""
    lines: list[str] = []
    for make in DIALECTS.values():
        for op in make().operations:
            if issubclass(op, IRDLOperation):
                definition = re.sub(r" at 0x\w+", "", repr(op.get_irdl_definition()))
                held = {name: type(value).__name__ for name, value in vars(op).items()}
                lines.append(f"{op.name}: {definition} {sorted(map(str, op.traits.traits))} {held}")
    return lines


def run(code: str, root: Path) -> list[str]:
    """The lines that a fresh Python prints; the hash seed is fixed because sets are shown."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root), "PYTHONHASHSEED": "0"},
    )
    return done.stdout.splitlines()


def test_definitions_are_those_of_xdsl(root: Path) -> None:
    deferred, genuine = run(DEFERRED + DESCRIBE, root), run(DESCRIBE, root)
    assert len(genuine) > 150
    assert deferred == genuine


def test_an_import_defines_nothing_and_the_first_use_does(root: Path) -> None:
    assert run(DEFERRED + USES, root) == ["True []", "True False True True", "%0 = arith.addi %1, %1 : i64"]


def test_a_verifier_that_calls_the_one_of_its_base(root: Path) -> None:
    assert run(DEFERRED + CALLS_ITS_BASE, root) == ["['base', 'derived'] True i64", "refused"]

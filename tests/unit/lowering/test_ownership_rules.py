"""Every operation that functions may consist of when counts are inserted has its row in the table."""

import pytest
from xdsl.dialects import arith, cf, func
from xdsl.ir import Operation

from dialects.qz import OPS
from dialects.qz.calls import ExternOp
from dialects.qz.strings import StrConstOp
from dialects.qz.structs import StructSetOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import string
from dialects.registry import make_context
from lowering.legality import SPECS
from lowering.ownership_rules import OWNERSHIP_RULES, Gives, Rule, Takes, taken

OUTSIDE_OF_FUNCTIONS = frozenset((ExternOp, func.FuncOp))
STRUCTURED = [op for op in OPS if not SPECS["cfg"].is_op(op.create())]
FLAT = [op for op in OPS if op not in STRUCTURED and op not in OUTSIDE_OF_FUNCTIONS]


@pytest.mark.parametrize("op", FLAT, ids=lambda op: op.name)
def test_flat_operation_has_a_rule(op: type[Operation]) -> None:
    assert op in OWNERSHIP_RULES


def test_operations_of_other_dialects_have_rules() -> None:
    others = {op for op in OWNERSHIP_RULES if op not in FLAT}
    assert others == {
        arith.SelectOp,
        func.CallOp,
        func.ReturnOp,
        cf.BranchOp,
        cf.ConditionalBranchOp,
        cf.SwitchOp,
    }
    assert ReturnOp in STRUCTURED


def test_what_is_replaced_can_be_read_and_is_of_the_same_place() -> None:
    for op, rule in OWNERSHIP_RULES.items():
        if rule.replaces is not None:
            read = OWNERSHIP_RULES[rule.replaces]
            assert read.gives is Gives.READ
            assert rule.place is read.place is not None, op.name
            assert rule.takes is Takes.LAST


def test_operands_taken() -> None:
    make_context()
    values = tuple(StrConstOp.create(result_types=[string]).results[0] for _ in range(3))
    assert taken(Rule(Takes.NOTHING), values) == ()
    assert taken(Rule(Takes.LAST), values) == values[2:]
    assert taken(Rule(Takes.ALL), values) == values
    assert OWNERSHIP_RULES[StructSetOp].takes is Takes.LAST

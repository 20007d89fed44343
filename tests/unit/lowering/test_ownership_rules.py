"""Every operation that functions may consist of when counts are inserted has its row in the table."""

import pytest
from xdsl.dialects import arith, cf, func
from xdsl.ir import Operation
from xdsl.parser import Parser

from dialects.qz import OPS
from dialects.qz.calls import CEntryOp, ExternOp
from dialects.qz.strings import StrConstOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import string
from dialects.registry import make_context
from lowering.legality import SPECS
from lowering.ownership.rules import OWNERSHIP_RULES, Gives, Rule, Takes, rule_of, taken

OUTSIDE_OF_FUNCTIONS = frozenset((ExternOp, CEntryOp, func.FuncOp))
GONE = [op for op in OPS if not SPECS["cfg"].is_op(op.create())]
FLAT = [op for op in OPS if op not in GONE and op not in OUTSIDE_OF_FUNCTIONS]


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
    assert ReturnOp in GONE


def test_what_is_replaced_can_be_read_and_is_of_the_same_place() -> None:
    rules = {op: rule for op, rule in OWNERSHIP_RULES.items() if isinstance(rule, Rule)}
    writes = [rule for rule in rules.values() if rule.replaces is not None]
    writes.append(rule_of(written_to("")))
    assert len(writes) >= 5
    for rule in writes:
        assert rule.replaces is not None
        read = rules[rule.replaces] if rule.replaces in rules else rule_of(parsed(GET_FIELD))
        assert read.gives is Gives.READ
        assert rule.place is read.place is not None
        assert rule.takes is Takes.LAST


def test_a_variable_that_owns_nothing_takes_over_nothing() -> None:
    write = written_to("{qz.unowned} ")
    variable = write.operands[0].owner
    assert isinstance(variable, Operation)
    assert rule_of(write).takes is rule_of(variable).takes is Takes.NOTHING
    assert rule_of(write).replaces is None
    assert rule_of(variable).gives is Gives.LINKED


def written_to(mark: str) -> Operation:
    """The assignment of a variable with that mark."""
    cell = "!qz.local<!qz.str>"
    lines = f"%c = qz.local %s {mark}: {cell} from !qz.str\nqz.local_set %c, %s : {cell}, !qz.str"
    text = f"func.func @m(%s: !qz.str) {{\n{lines}\nqz.return\n}}"
    (op,) = [op for op in Parser(make_context(), text).parse_module().walk() if op.name == "qz.local_set"]
    return op


GET_FIELD = "%0 = qz.struct_get %p[0] : !qz.val<@P> -> !qz.str"
NULLABLE = '!qz.enum<"O", None, Some(ref)>'
BOXED = '!qz.enum<"E", None, A(ref), B(word)>'


def parsed(text: str) -> Operation:
    """The one operation with a result in a function of that line."""
    parameters = f"%s: !qz.str, %e: {BOXED}, %o: {NULLABLE}, %p: !qz.val<@P>"
    module = Parser(make_context(), f"func.func @m({parameters}) {{\n{text}\nqz.return\n}}").parse_module()
    (op,) = [op for op in module.walk() if op.results]
    return op


@pytest.mark.parametrize(
    ("text", "takes", "gives"),
    [
        (GET_FIELD, Takes.NOTHING, Gives.READ),
        (f"%0 = qz.enum_new 0 -> {BOXED}", Takes.NOTHING, Gives.IMMORTAL),
        (f"%0 = qz.enum_new 1 %s : !qz.str -> {BOXED}", Takes.ALL, Gives.OWNED),
        (f"%0 = qz.enum_get %e[1, 0] : {BOXED} -> !qz.str", Takes.NOTHING, Gives.READ),
        (f"%0 = qz.enum_get %o[1, 0] : {NULLABLE} -> !qz.str", Takes.NOTHING, Gives.SAME),
        ("%0 = qz.closure @f(%s) : (!qz.str) -> !qz.fn<() -> ()>", Takes.ALL, Gives.OWNED),
        ("%0 = qz.closure stack @f(%s) : (!qz.str) -> !qz.fn<() -> ()>", Takes.NOTHING, Gives.LINKED),
    ],
)
def test_rules_that_depend_on_the_operation(text: str, takes: Takes, gives: Gives) -> None:
    rule = rule_of(parsed(text))
    assert (rule.takes, rule.gives) == (takes, gives)


def test_operands_taken() -> None:
    values = tuple(StrConstOp.create(result_types=[string]).results[0] for _ in range(3))
    assert taken(Rule(Takes.NOTHING), values) == ()
    assert taken(Rule(Takes.LAST), values) == values[2:]
    assert taken(Rule(Takes.ALL), values) == values

"""Comprehensions: something empty, loops that add to it, and then it."""

from __future__ import annotations

from xdsl.ir import SSAValue

from dialects.qz.types import VecType
from dialects.qz.vec import VecNewOp, VecPushOp
from qz.irgen.builder import Builder
from qz.irgen.calls.calls import call_with_values
from qz.irgen.calls.direct import call_runtime
from qz.irgen.loops.counting import Begin
from qz.syntax.nodes import NodeKind

K = NodeKind


def comprehension(b: Builder, node: int) -> SSAValue:
    want = b.ir_types.of(b.types[node])
    found: SSAValue | None
    if b.rhs[node]:
        found = call_with_values(b, node, b.body.protocols[node].plans["new"], [])
        assert found is not None
    else:
        found = b.make(VecNewOp, (), want)
    b.collected[node] = found
    b.emit(b.lhs[node])
    return b.coerce(found, want)


def room_for_turns(b: Builder, loop: int) -> Begin | None:
    """What makes room for as many elements as the loop has turns, if each adds one and no loop is around."""
    statements = b.tree.list(b.lhs[b.tree.extra[b.rhs[loop] + 1]])
    if len(statements) != 1 or b.kind[statements[0]] != K.COLLECT:
        return None
    around = b.decls[statements[0]]
    whole = b.collected[around]
    if b.lhs[around] != loop or not isinstance(whole.type, VecType):
        return None

    def reserve(n_turns: SSAValue) -> None:
        call_runtime(b, "rt.vec$reserve", [whole, n_turns])

    return reserve


def collect(b: Builder, node: int) -> None:
    around, element = b.decls[node], b.lhs[node]
    whole = b.collected[around]
    if b.rhs[around]:
        entry = [b.value(b.lhs[element]), b.value(b.rhs[element])]
        call_with_values(b, element, b.body.protocols[around].plans["set"], [whole, *entry])
        return
    assert isinstance(whole.type, VecType)
    b.do(VecPushOp, (whole, b.value_as(element, whole.type.element)))

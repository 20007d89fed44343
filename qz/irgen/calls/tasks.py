"""Tasks: `go f(x)` evaluates x here and makes a lambda of the call, which the task runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from xdsl.dialects.builtin import ArrayAttr, FunctionType, StringAttr
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.closures import LambdaOp
from dialects.qz.properties import string_attr
from dialects.qz.types import FnType
from qz.irgen.builder import Builder, Diverged
from qz.irgen.calls.argument_order import source_order
from qz.irgen.calls.calls import call_with_values, planned_value
from qz.irgen.data.enums import nothing
from qz.irgen.statements import return_result
from qz.syntax.nodes import LAMBDAS, NodeKind

K = NodeKind

SAME_ANYWHERE = frozenset({K.INT, K.FLOAT, K.CHAR, K.TRUE, K.FALSE, K.STRING, K.SYMBOL, K.NIL})
"""Arguments that may as well be evaluated later."""


def go(b: Builder, node: int) -> SSAValue | None:
    """A call of the library with what the task is to do."""
    plan, started = b.body.calls[node], b.lhs[node]
    if b.kind[started] in LAMBDAS:
        return planned_value(b, node, plan)
    made = call_with_values(b, node, plan, [_call_later(b, started)])
    assert made is not None
    return b.coerce(made, b.ir_types.of(b.types[node]))


def await_(b: Builder, node: int) -> SSAValue | None:
    """A call of the library."""
    return planned_value(b, node, b.body.calls[node])


def _call_later(b: Builder, call: int) -> SSAValue:
    """A function that makes a call whose arguments are evaluated now."""
    early = [part for part in _parts(b, call) if b.kind[part] not in SAME_ANYWHERE]
    values = [_value(b, part) for part in early]
    result = b.types[call]
    outputs = b.ir_types.results(result)
    region, block = region_with_block([value.type for value in values])
    around = b.block, b.result_type, b.location
    b.block, b.result_type = block, result
    with _remembered(b, early, block.args):
        return_result(b, call)
    b.block, b.result_type, b.location = around
    b.n_lambdas += 1
    symbol = f"{b.body.name}$task{b.n_lambdas}"
    type_ = FnType(FunctionType.from_lists([], list(outputs)))
    properties: dict[str, Attribute] = {"symbol": string_attr(symbol)}
    op = b.do(LambdaOp, values, properties, (type_,), (region,), b.locate(call))
    op.attributes = {"qz.names": ArrayAttr(()), "qz.source": StringAttr(symbol)}
    return op.results[0]


def _parts(b: Builder, call: int) -> list[int]:
    """What a call evaluates before it is made, in that order."""
    plan = b.body.calls.get(call)
    if plan is None:
        return [b.lhs[call], *b.tree.list(b.rhs[call])]
    parts: list[int] = []
    for position in source_order(b, call, plan.args):
        if plan.rest is not None and position == len(plan.args) - 1:
            parts += [b.lhs[part] if b.kind[part] == K.SPREAD else part for part in plan.rest]
        else:
            parts.append(plan.args[position])
    return [part for part in parts if part not in b.body.callbacks]


def _value(b: Builder, part: int) -> SSAValue:
    """What an expression gives, before it becomes something else by itself where it stands."""
    found = b.emitters[b.kind[part]](b, part)
    if found is not None:
        return found
    if part not in b.conversions:
        raise Diverged
    return nothing(b)


@contextmanager
def _remembered(b: Builder, parts: Sequence[int], values: Sequence[SSAValue]) -> Generator[None]:
    """Let expressions stand for values that they have already."""
    written = [(part, b.kind[part], b.lhs[part]) for part in parts]
    for part, value in zip(parts, values, strict=True):
        b.kind[part], b.lhs[part] = K.AGAIN, part
        b.remembered[part] = value
    yield
    for part, kind, left in written:
        b.kind[part], b.lhs[part] = kind, left

"""Lambdas: what they capture, and their bodies."""

from __future__ import annotations

from xdsl.ir import Attribute, SSAValue

from dialects.fast_attributes import new_array
from dialects.fast_ops import region_with_block
from dialects.qz.closures import LambdaOp
from dialects.qz.panics import DebugBindOp
from dialects.qz.properties import UNIT, string_attr
from dialects.qz.types import FnType
from qz.irgen.builder import Builder
from qz.irgen.expressions import give_local, read_local
from qz.irgen.matching.destructuring import take_apart
from qz.irgen.statements import return_result
from qz.sema.body import Lambda
from qz.syntax.nodes import NodeKind

K = NodeKind


def lambda_(b: Builder, node: int) -> SSAValue:
    """What is captured is evaluated here; the body sees it under the same names."""
    spec = b.body.lambdas[node]
    type_ = b.ir_types.of(b.types[node])
    assert isinstance(type_, FnType)
    recursive = spec.name in spec.captures
    captures = [local for local in spec.captures if local != spec.name]
    operands = [_given(b, node, local) for local in captures]
    b.n_lambdas += 1
    symbol = f"{b.body.name}$lambda{b.n_lambdas}"
    arguments: list[Attribute] = [*type_.signature.inputs, *(value.type for value in operands)]
    if recursive:
        arguments.append(type_)
    region, block = region_with_block(arguments)
    seen = [*spec.params, *captures, *([spec.name] if recursive else [])]
    around = (b.block, b.result_type, b.location, [b.values[local] for local in seen])
    b.block = block
    b.result_type = b.program.types.args[b.types[node]][-1]
    for local, argument in zip(seen, block.args, strict=True):
        b.values[local] = argument
    _bind_parameters(b, spec)
    _take_apart(b, node, spec)
    return_result(b, b.rhs[node])
    b.block, b.result_type, b.location, hidden = around
    for local, value in zip(seen, hidden, strict=True):
        b.values[local] = value
    properties: dict[str, Attribute] = {"symbol": string_attr(symbol)}
    if operands and not spec.is_kept:
        properties["stack"] = UNIT
    if recursive:
        properties["recursive"] = UNIT
    op = b.do(LambdaOp, operands, properties, (type_,), (region,), b.locate(node))
    names = [string_attr(b.body.locals[local].name) for local in spec.params]
    op.attributes = {"qz.names": new_array(names), "qz.source": string_attr(symbol)}
    return op.results[0]


def _take_apart(b: Builder, node: int, spec: Lambda) -> None:
    params = b.tree.list(b.lhs[node]) if b.kind[node] == K.LAMBDA else []
    for param, local in zip(params, spec.params, strict=False):
        if b.kind[param] == K.PARAM_PATTERN:
            take_apart(b, b.lhs[param], read_local(b, local))


def _given(b: Builder, node: int, local: int) -> SSAValue:
    """What a lambda gets where it is made; a name that is emptied hands its value over."""
    spec = b.body.locals[local]
    if spec.is_emptied and not spec.mutable:
        return give_local(b, node, local)
    return captured(b, local)


def captured(b: Builder, local: int) -> SSAValue:
    """What a lambda gets of a local: its value, or the cell that is shared with it."""
    found = b.values[local]
    assert found is not None
    return found


def _bind_parameters(b: Builder, spec: Lambda) -> None:
    if not b.options.debug:
        return
    for local in spec.params:
        name: dict[str, Attribute] = {"name": string_attr(b.body.locals[local].name)}
        b.do(DebugBindOp, (captured(b, local),), name)

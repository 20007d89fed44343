"""Calls of functions that only make a block of what they are given: it is made here.

Which ones do, `qz/sema/ownership/makers.py` finds.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from xdsl.ir import Block, Operation, SSAValue

from dialects.qz.enums import EnumNewOp
from dialects.qz.structs import StructNewOp
from dialects.qz.vec import VecFilledOp, VecLitOp, VecNewOp
from qz.irgen.builder import Builder
from qz.irgen.calls.recipes import Recipe, steps_of
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.makers import made_by

MAX_DEPTH = 3
"""How many such functions are made one in the other."""

_MAKES = frozenset((StructNewOp, EnumNewOp, VecLitOp, VecNewOp, VecFilledOp))
"""Operations that make a new block."""


def makes_a_block(op: Operation | Block) -> bool:
    """Whether an operation makes a block: not a variant without fields, nor a pointer that may be null."""
    if type(op) is EnumNewOp:
        return bool(op._operands) and op.result.type.layout == "boxed"
    return type(op) in _MAKES


def layers(op: Operation | Block) -> int:
    """How many blocks lie one in the other where an operation makes a block: 2 for any number above one."""
    if not makes_a_block(op):
        return 0
    return 2 if type(op) is StructNewOp and any(makes_a_block(part.owner) for part in op._operands) else 1


def made_here(b: Builder, function: FunctionDecl, operands: list[SSAValue]) -> SSAValue | None:
    """What such a function makes of operands, which were evaluated; None for any other function."""
    is_too_deep = b.n_callers == MAX_DEPTH  # they may call each other
    if is_too_deep or not b.program.queries.makers.is_maker(function, wraps=b.options.overflow == "wrap"):
        return None
    # What a call in it is lent depends on who made it; nothing else of operands but their types matters.
    key = (function.id, b.options, b.n_callers, *[layers(operand.owner) for operand in operands])
    recipes = b.ir_types.recipes
    if b.keeps_locations or len(set(map(id, operands))) < len(operands):
        return _emitted(b, function, operands)[0]
    if key not in recipes:
        last = b.block._last_op
        with b.program.reads.of("recipe", function.id):
            value, inner = _emitted(b, function, operands)
        first = b.block._first_op if last is None else last._next_op
        found = steps_of(first, operands, value, b.location)
        recipes[key] = None if found is None else Recipe(*found, inner.callees, inner.constants)
        return value
    recipe = recipes[key]
    if recipe is None:
        return _emitted(b, function, operands)[0]
    b.program.reads.again("recipe", function.id)
    b.n_ops += len(recipe.steps)
    b.callees.update(recipe.callees)
    b.constants.update(recipe.constants)
    return recipe.follow(b.block, operands, b.location)


def _emitted(b: Builder, function: FunctionDecl, operands: list[SSAValue]) -> tuple[SSAValue, Builder]:
    """What the body of a function emits, and what emitted it."""
    with b.program.queries.bodies.ahead(function) as body:
        inner = Builder(b.program, body, b.ir_types, b.options, b.emitters, b.emit_intrinsic, b.convert)
        inner.block, inner.location, inner.n_callers = b.block, b.location, b.n_callers + 1
        for local, operand in zip(body.params, operands, strict=True):
            inner.values[local] = operand
        *before, made = made_by(body)
        for statement in before:
            inner.emit(statement)
        value = inner.value_as(made, b.ir_types.callee(function).outputs[0])
    b.n_ops += inner.n_ops
    b.callees.update(inner.callees)
    b.constants.update(inner.constants)
    return value, inner

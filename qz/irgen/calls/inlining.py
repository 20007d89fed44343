"""Calls of functions that only make a block of what they are given: it is made here.

Which ones do, `qz/sema/ownership/makers.py` finds.
"""

from __future__ import annotations

from xdsl.ir import SSAValue

from qz.irgen.builder import Builder
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.makers import made_by

MAX_DEPTH = 3
"""How many such functions are made one in the other."""


def made_here(b: Builder, function: FunctionDecl, operands: list[SSAValue]) -> SSAValue | None:
    """What such a function makes of operands, which were evaluated; None for any other function."""
    is_too_deep = b.n_callers == MAX_DEPTH  # they may call each other
    if is_too_deep or not b.program.queries.makers.is_maker(function, wraps=b.options.overflow == "wrap"):
        return None
    with b.program.arenas.function(function.symbol) as arena:
        body = b.program.queries.body(function, arena)
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
    return value

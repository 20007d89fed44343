"""Expressions of constant parameters in types: `N + 1` in `Array<T, N + 1>`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qz.base.source import Span
from qz.sema.constants.computed import QUOTIENT, REMAINDER, Division, Polynomial, number, plus, times
from qz.sema.constants.values import ConstValue
from qz.sema.types import ERROR, INT, INTEGERS
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.type_syntax.reader import TypeSyntax

COMPUTATIONS: dict[int, Callable[[Polynomial, Polynomial], Polynomial]] = {
    NodeKind.ADD: plus,
    NodeKind.SUB: lambda a, b: plus(a, b, -1),
    NodeKind.NEG: lambda a, b: plus(a, b, -1),
    NodeKind.MUL: times,
}
"""How constants are computed from constant parameters."""

DIVISIONS: dict[int, Division] = {NodeKind.DIV: QUOTIENT, NodeKind.REM: REMAINDER}


def mentions_parameter(syntax: TypeSyntax, arena: AstArena, node: int) -> bool:
    """Whether a parameter of what is being declared stands in an expression."""
    pending = [node]
    while pending:
        node = pending.pop()
        is_name = arena.kind[node] == NodeKind.IDENT
        if is_name and syntax.module.tokens.symbol(arena.token[node]) in syntax.params:
            return True
        pending += children(arena, node)
    return False


def computed_constant(syntax: TypeSyntax, arena: AstArena, node: int) -> Polynomial | None:
    """What an expression with constant parameters computes; None where it has been reported."""
    types, kind = syntax.program.types, arena.kind[node]
    if not mentions_parameter(syntax, arena, node):
        value = syntax.program.queries.values.type_argument(syntax.module, arena, node)
        return number(value) if type(value) is int else _refuse(syntax, arena, node, value)
    if kind == NodeKind.IDENT:
        param = syntax.params[syntax.module.tokens.symbol(arena.token[node])]
        declared = types.constant_params.get(param, INT if types.is_number(param) else ERROR)
        return types.polynomial(param) if declared in INTEGERS else _refuse(syntax, arena, node, None)
    if kind == NodeKind.NEG:
        left, right = number(0), computed_constant(syntax, arena, arena.lhs[node])
    elif kind in COMPUTATIONS or kind in DIVISIONS:
        left, right = (computed_constant(syntax, arena, part) for part in (arena.lhs[node], arena.rhs[node]))
    else:
        span, shown = _written(syntax, arena, node)
        syntax.program.sink.report("QZ0422", span, found=shown)
        return None
    if left is None or right is None:
        return None
    if kind in COMPUTATIONS:
        return COMPUTATIONS[kind](left, right)
    if not right:
        span, shown = _written(syntax, arena, node)
        syntax.program.sink.report("QZ0423", span, computed=shown)
        return None
    return types.polynomial(types.divided(DIVISIONS[kind], types.computed(left), types.computed(right)))


def _refuse(syntax: TypeSyntax, arena: AstArena, node: int, value: ConstValue | None) -> None:
    """Report what is no whole number, unless that was done."""
    if value is None and arena.kind[node] != NodeKind.IDENT:
        return
    span, found = _written(syntax, arena, node)
    syntax.program.sink.report("QZ0414", span, found=found)


def _written(syntax: TypeSyntax, arena: AstArena, node: int) -> tuple[Span, str]:
    """Where an expression stands, and how it is written."""
    span = extent(syntax.module.tokens, arena, node)
    return span, syntax.program.source_of(span).text(span.start, span.end)

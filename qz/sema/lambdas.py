"""Names inside lambdas: their parameters, and the names that one sees of what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.body import LocalKind
from qz.sema.types import ERROR
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.sema.resolve import Resolver

K = NodeKind

LAMBDAS = frozenset({K.LAMBDA, K.LAMBDA_IT})

IMPLICIT_PARAMETER = "it"


def lambda_(r: Resolver, node: int) -> None:
    """`x -> e`, `do x, y -> … end`: the parameters, then the body in their scope."""
    with r.inside_lambda(node):
        for param in r.body.arena.list(r.lhs[node]):
            _parameter(r, node, param)
        r.walk(r.rhs[node])


def _parameter(r: Resolver, node: int, param: int) -> None:
    if r.kind[param] == K.PARAM_PATTERN:
        r.unsupported(param, "parameter patterns are")
        _poison_names(r, param)
    elif r.kind[param] == K.PARAM:
        if r.rhs[param]:
            r.unsupported(r.rhs[param], "default values of lambda parameters are")
        _add_parameter(r, node, r.bind(r.token[param], LocalKind.PARAMETER))


def _add_parameter(r: Resolver, node: int, local: int) -> None:
    r.body.lambdas[node].params.append(local)


def _poison_names(r: Resolver, pattern: int) -> None:
    """Bind the names of a pattern that was refused, so that nothing is said about their uses."""
    for part in children(r.body.arena, pattern):
        if r.kind[part] == K.PAT_NAME:
            r.body.locals[r.bind(r.token[part], LocalKind.PARAMETER)].type = ERROR
        _poison_names(r, part)


def lambda_it(r: Resolver, node: int) -> None:
    """`{ … it … }`: whether there is a parameter shows in where the lambda goes and whether `it` is used."""
    with r.inside_lambda(node):
        symbol = r.program.interner.intern(IMPLICIT_PARAMETER) | r.module.tokens.mark(r.token[node])
        _add_parameter(r, node, r.bind_symbol(symbol, r.token[node], LocalKind.PARAMETER))
        r.walk(r.rhs[node])

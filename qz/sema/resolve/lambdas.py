"""Names inside lambdas: their parameters, and the names that one sees of what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.body import LocalKind
from qz.sema.resolve.patterns import PatternNames
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver

K = NodeKind

IMPLICIT_PARAMETER = "it"
NOBODYS_NAME = "_"
"""What a parameter is called that is taken apart."""


def lambda_(r: Resolver, node: int) -> None:
    """`x -> e`, `do x, y -> … end`: the parameters, then the body in their scope."""
    with r.inside_lambda(node):
        params = r.body.tree.list(r.lhs[node])
        for param in params:
            _parameter(r, node, param)
        names = PatternNames(r)
        for param in params:
            if r.kind[param] == K.PARAM_PATTERN:
                names.walk(r.lhs[param])
        r.walk(r.rhs[node])


def _parameter(r: Resolver, node: int, param: int) -> None:
    if r.kind[param] == K.PARAM_PATTERN:
        symbol = r.program.interner.intern(NOBODYS_NAME)
        _add_parameter(r, node, r.bind_symbol(symbol, r.token[param], LocalKind.PARAMETER))
    elif r.kind[param] == K.PARAM:
        if r.rhs[param]:
            r.unsupported(r.rhs[param], "default values of lambda parameters are")
        _add_parameter(r, node, r.bind(r.token[param], LocalKind.PARAMETER))


def _add_parameter(r: Resolver, node: int, local: int) -> None:
    r.body.lambdas[node].params.append(local)


def lambda_it(r: Resolver, node: int) -> None:
    """`{ … it … }`: whether there is a parameter shows in where the lambda goes and whether `it` is used."""
    with r.inside_lambda(node):
        symbol = r.program.interner.intern(IMPLICIT_PARAMETER) | r.module.tokens.mark(r.token[node])
        _add_parameter(r, node, r.bind_symbol(symbol, r.token[node], LocalKind.PARAMETER))
        r.walk(r.rhs[node])

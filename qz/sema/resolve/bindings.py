"""Names that are bound or assigned: which of the two, and whether they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.body import LocalKind
from qz.sema.decl_nouns import describe
from qz.sema.decls import GlobalDecl
from qz.sema.resolve.reports import report_immutable
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver


def var(r: Resolver, node: int) -> None:
    if r.kind[node] == nk.LET and r.kind[r.rhs[node]] in LAMBDAS:
        _bind_lambda(r, node, r.token[node], r.rhs[node])
        return
    r.walk(r.rhs[node])
    kind = LocalKind.VAR if r.kind[node] == nk.VAR else LocalKind.IMMUTABLE
    r.decls[node] = r.bind(r.token[node], kind) + 1


def _bind_lambda(r: Resolver, node: int, token: int, value: int) -> None:
    """Bind an immutable name to a lambda, which may call itself by it."""
    local = r.bind(token, LocalKind.IMMUTABLE)
    r.decls[node] = local + 1
    r.lambda_name = local
    r.walk(value)


def assign(r: Resolver, node: int) -> None:
    """`x = e` assigns the nearest visible variable; where there is none, it binds a new immutable
    name."""
    target, value = r.lhs[node], r.rhs[node]
    if r.kind[target] != nk.IDENT:
        r.walk(target)
        r.walk(value)
        _require_place_of_self(r, node, target)
        return
    symbol = r.module.tokens.symbol(r.token[target])
    local = r.visible.get(symbol)
    found = r.module.lookup(symbol) if local is None else None
    if local is None and not isinstance(found, GlobalDecl) and r.kind[value] in LAMBDAS:
        _bind_lambda(r, node, r.token[target], value)
        return
    r.walk(value)
    if local is not None:
        r.use(target, local)
        if r.decls[target]:
            _require_mutable(r, target, local)
    elif isinstance(found, GlobalDecl):
        r.decls[target] = -(found.id + 1)
    else:
        r.decls[node] = r.bind_symbol(symbol, r.token[target], LocalKind.IMMUTABLE) + 1


def assign_op(r: Resolver, node: int) -> None:
    target = r.lhs[node]
    r.walk(target)
    r.walk(r.rhs[node])
    _require_place_of_self(r, node, target)
    if r.kind[target] != nk.IDENT:
        return
    entry = r.decls[target]
    if entry > 0:
        _require_mutable(r, target, entry - 1)
    elif entry < 0:
        decl = r.program.decls[-entry - 1]
        if not isinstance(decl, GlobalDecl):
            what = f"{describe(decl)} such as `{decl.name}`"
            r.program.sink.report("QZ0502", r.body.span(target), what=what)


def _require_place_of_self(r: Resolver, node: int, target: int) -> None:
    """`self = e`: where `&mut self` stands for a place, what lies there becomes something else."""
    entry = r.decls[target] if r.kind[target] == nk.SELF else 0
    if entry > 0 and not r.body.locals[entry - 1].is_in_place:
        operator = r.module.tokens.text(r.body.tree.token[node])
        help_text = "a value without a block of its own, such as a variant, is another one by `&mut self`"
        r.program.sink.report("QZ0028", r.body.span(node), help=help_text, what="`self`", operator=operator)


def _require_mutable(r: Resolver, target: int, local: int) -> None:
    first = r.body.locals[local]
    first.n_writes += 1
    if any(local in around.params for around in r.lambdas):
        r.body.writes.append((target, local))
    elif not first.mutable:
        report_immutable(r.program, r.body, target, local)


def assigned(r: Resolver, token: int, node: int) -> bool:
    """Have a part of a pattern stand for the variable that its name assigns, if there is one."""
    symbol = r.module.tokens.symbol(token)
    local = r.visible.get(symbol)
    if local is not None:
        r.use(node, local)
        if r.decls[node]:
            _require_mutable(r, node, local)
        return True
    found = r.module.lookup(symbol)
    if isinstance(found, GlobalDecl):
        r.decls[node] = -(found.id + 1)
        return True
    return False

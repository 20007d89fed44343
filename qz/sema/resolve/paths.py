"""Names with `::` in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.base.interner import unmarked
from qz.sema.decls import NO_VALUES, TYPE_DECLS
from qz.sema.loading.elsewhere import report_no_module, report_without
from qz.sema.resolve.uses import resolve_head
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver

K = NodeKind


def path(r: Resolver, node: int) -> None:
    """`m::f` always means the module; where no module is called so, the type."""
    _path(r, node)


def _path(r: Resolver, node: int, *, is_head: bool = False) -> None:
    """In front of another `::` stands a type; anywhere else a variant of the same name is meant."""
    head = r.lhs[node]
    tokens = r.module.tokens
    if r.kind[head] != K.IDENT:
        _long_path(r, node, head)
        return
    handle = r.module.import_named(tokens.symbol(r.token[head]))
    if handle is None or handle.target is None:
        if not resolve_head(r, head):
            report_no_module(r.program, r.module, r.token[head])
        return
    r.decls[head] = -(handle.id + 1)
    symbol = unmarked(tokens.symbol(r.token[node]))
    found = handle.target.public(symbol)
    if found is None or (isinstance(found, NO_VALUES) and not is_head):
        found = next(iter(handle.target.public_variants(symbol)), found)
    if found is None:
        hidden = next(iter(handle.target.variants.get(symbol, ())), None)
        report_without(r.program, r.module, handle.target, r.body.span(node), symbol, hidden)
        return
    r.decls[node] = -(found.id + 1)


def _long_path(r: Resolver, node: int, head: int) -> None:
    """`module::Enum::Variant`."""
    if r.kind[head] == K.PATH and r.kind[r.lhs[head]] == K.IDENT:
        _path(r, head, is_head=True)
        entry = r.decls[head]
        if entry == 0 or isinstance(r.program.decls[-entry - 1], TYPE_DECLS):
            return
    r.unsupported(node, "a path of more than two names is")

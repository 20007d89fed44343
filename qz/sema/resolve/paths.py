"""Names with `::` in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.base.interner import unmarked
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import NO_VALUES, TYPE_DECLS
from qz.sema.loading.elsewhere import importing_module
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
    head_name = tokens.text(r.token[head])
    handle = r.module.import_named(tokens.symbol(r.token[head]))
    if handle is None or handle.target is None:
        if not resolve_head(r, head) and not r.module.is_excused(tokens.symbol(r.token[head])):
            known = [i.handle.name for i in r.module.imports]
            hint = importing_module(r.program, head_name) or did_you_mean(head_name, known)
            r.program.sink.report("QZ0302", r.body.span(head), help=hint, name=head_name)
        return
    r.decls[head] = -(handle.id + 1)
    symbol = unmarked(tokens.symbol(r.token[node]))
    name = r.program.interner.text(symbol)
    found = handle.target.public(symbol)
    if found is None or (isinstance(found, NO_VALUES) and not is_head):
        found = next(iter(handle.target.public_variants(symbol)), found)
    if found is None:
        hidden = handle.target.names.get(symbol) or next(iter(handle.target.variants.get(symbol, ())), None)
        if hidden is not None:
            notes = [Note(hidden.span, "declared here, after `private`")]
            r.program.sink.report(
                "QZ0604", r.body.span(node), notes=notes, name=name, module=handle.target.name
            )
            return
        hint = handle.target.help_without(r.body.module, symbol, name)
        r.program.sink.report("QZ0603", r.body.span(node), help=hint, name=name, module=handle.target.name)
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

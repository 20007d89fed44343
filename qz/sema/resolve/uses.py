"""Names that are used: a local, a declaration, a type, a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.diagnostics.model import Fix, Note
from qz.sema.decls import (
    NO_VALUES,
    TYPE_DECLS,
    Ambiguity,
    Decl,
    FunctionGroup,
    UnsupportedDecl,
)
from qz.sema.resolve.reports import report_unknown
from qz.sema.types import NAMED_TYPES, ROWS
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.views import FnView

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver


def ident(r: Resolver, node: int) -> None:
    symbol = r.module.tokens.symbol(r.token[node])
    local = r.visible.get(symbol)
    if local is not None:
        r.use(node, local)
        return
    if symbol in r.body.type_scope:
        return  # a constant parameter, or a type where a value should be: the checker says
    decl = _global(r, symbol, r.token[node], node)
    if decl is not None:
        r.decls[node] = -(decl.id + 1)


def _global(r: Resolver, symbol: int, token: int, node: int) -> Decl | None:
    """What a name that is no local means; reports where it means nothing, or two things."""
    tokens = r.module.tokens
    found = r.module.lookup(symbol)
    if isinstance(found, FunctionGroup):
        return found
    if found is None or isinstance(found, NO_VALUES):
        variants = r.module.find_variants(symbol)
        found = variants[0] if variants else found
    name = r.program.interner.text(symbol)
    sink = r.program.sink
    if isinstance(found, Ambiguity):
        notes = [Note(d.span, f"from module `{d.module.name}`") for d in (found.first, found.second)]
        hint = f"write `{found.first.module.name.rpartition('.')[2]}::{name}` to say which"
        sink.report("QZ0602", tokens.span(token), notes=notes, help=hint, name=name)
        return None
    if isinstance(found, UnsupportedDecl):
        r.program.report_unsupported(tokens.span(token), found.what)
        return None
    if found is None and name[0].isupper():
        r.body.unknown.add(node)
    elif found is None:
        report_unknown(r.program, r.body, token)
    return found


def self_(r: Resolver, node: int) -> None:
    symbol = r.module.tokens.symbol(r.token[node])
    local = r.visible.get(symbol)
    if local is not None:
        r.use(node, local)
        return
    is_method = r.program.interner.intern("Self") in r.body.type_scope
    help_text = "a method that has it names it first: `def name(self, …)`" if is_method else ""
    fix = _with_self(r) if is_method and r.function_node else None
    span = r.body.missed.setdefault(symbol, r.body.span(node))
    r.program.sink.report("QZ0308", span, notes=_header(r), help=help_text, fix=fix)


def _header(r: Resolver) -> list[Note]:
    """Where the function at hand is declared."""
    if not r.function_node:
        return []
    token = r.token[r.function_node]
    return [Note(r.module.tokens.span(token), f"`{r.module.tokens.text(token)}` is declared here")]


def _with_self(r: Resolver) -> Fix | None:
    """Put `self` before the other parameters of the function at hand."""
    tokens = r.module.tokens
    params = FnView(r.body.tree, r.function_node).params
    name = r.token[r.function_node]
    if params:
        first = tokens.span(r.token[params[0]])
        return Fix(((first._replace(end=first.start), "self, "),), sure=False)
    if tokens.kinds[name + 1] == tk.LPAREN:
        behind = tokens.span(name + 1)
        return Fix(((behind._replace(start=behind.end), "self"),), sure=False)
    if tokens.kinds[name + 1] in (tk.COLON, tk.ASSIGN, tk.NEWLINE):
        behind = tokens.span(name)
        return Fix(((behind._replace(start=behind.end), "(self)"),), sure=False)
    return None


def field(r: Resolver, node: int) -> None:
    """`x.f`: a local, else a type (`Vec.new`), else an imported module, else any other value."""
    head = r.lhs[node]
    if r.kind[head] != nk.IDENT:
        r.walk(head)
        return
    local = r.visible.get(r.module.tokens.symbol(r.token[head]))
    if local is not None:
        r.use(head, local)
    elif not resolve_head(r, head):
        ident(r, head)


def resolve_head(r: Resolver, node: int) -> bool:
    """Resolve an IDENT that may be a type's or a module's name; False where it is neither."""
    symbol = r.module.tokens.symbol(r.token[node])
    if symbol in r.visible:
        return False
    name = r.program.interner.text(symbol)
    found = r.module.lookup(symbol)
    if isinstance(found, TYPE_DECLS) and symbol not in r.body.type_scope:
        r.decls[node] = -(found.id + 1)
        return True
    if found is None or symbol in r.body.type_scope:
        if name in NAMED_TYPES or name in ROWS or symbol in r.body.type_scope:
            return True
        handle = r.module.import_named(symbol)
        if handle is not None:
            r.decls[node] = -(handle.id + 1)
            return True
    return False

"""Whether a part of a value struct or an array may be assigned: only where it is in a place that may change.

A name that is not `var` is immutable all through, and a value that was just computed lies nowhere.
"""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.body import LOCAL_NOUNS, Local, LocalKind
from qz.sema.check.checker import Checker
from qz.sema.check.packed import is_packed
from qz.sema.check.slices import is_slice
from qz.sema.check.traits import trait_decl
from qz.sema.check.value_structs import holds_value
from qz.sema.decls import ConstDecl, GlobalDecl, ImplDecl
from qz.sema.resolve.reports import way_to_variable
from qz.sema.types import STRING, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def require_place(c: Checker, target: int) -> bool:
    """Require that a field of a value struct, or an element of an array, may be assigned; reports where it
    may not.

    An element of a tuple is where the tuple is, as part of a value struct is where that is.
    """
    node = c.lhs[target]
    while c.kind[node] in (K.FIELD, K.INDEX) and c.decls[node] >= 0 and _is_inside(c, c.lhs[node]):
        node = c.lhs[node]
    part = "a field" if c.kind[target] == K.FIELD else "an element"
    kind, entry = c.kind[node], c.decls[node]
    if kind in (K.IDENT, K.SELF) and entry > 0:
        local = c.body.locals[entry - 1]
        if not local.mutable:
            _report_immutable(c, target, node, local)
        return local.mutable
    if entry < 0:
        decl = c.program.decls[-entry - 1]
        if isinstance(decl, ConstDecl):
            what = f"{part} of a constant such as `{decl.name}`"
            c.sink.report("QZ0502", c.extent(target), what=what)
        return isinstance(decl, GlobalDecl)
    if kind == K.FIELD and node not in c.body.calls:
        return True  # of a heap struct, whoever holds it
    if kind == K.INDEX and _has_places(c, c.types[c.lhs[node]]):
        return True
    if c.resolved(c.types[c.lhs[node]]) != STRING or kind != K.INDEX:
        hint = f"bind the value to a `var`, and assign to {part} of that"
        if kind == K.INDEX:
            hint = "`[…]` gives a copy here: bind it to a `var`, change that, and assign it back"
        c.sink.report("QZ0502", c.extent(target), help=hint, what=f"{part} of a value that lies nowhere")
    return False


def _has_places(c: Checker, type_id: TypeId) -> bool:
    """Whether elements of a type lie in a vector."""
    return c.infer.kind(type_id) is TypeKind.VEC or is_slice(c, type_id)


def _is_inside(c: Checker, node: int) -> bool:
    """Whether a part of a value is where that value is."""
    if is_slice(c, c.types[node]):
        return False
    is_row = c.infer.kind(c.types[node]) in (TypeKind.TUPLE, TypeKind.ARRAY)
    return is_row or holds_value(c, node) or is_packed(c, node)


def _way_for_self(c: Checker) -> str:
    """How a method changes a value struct."""
    owner = c.body.module.owners.get(c.function.owner) if c.function is not None else None
    if isinstance(owner, ImplDecl):
        return way_to_change(c, owner)
    return "a method of a value struct works on a copy: let it return a changed one"


def way_to_change(c: Checker, impl: ImplDecl) -> str:
    """How a method in an `impl` changes a value struct; a trait of the library is as it is."""
    if impl.trait and not trait_decl(c, impl.trait).module.is_own:
        return f"without `@value`, a method with `self` changes a `{c.show(impl.self_type)}` in its place"
    also = ", which the trait has to say as well," if impl.trait else ""
    return f"a method with `&mut self`{also} changes the value in its place"


def _report_immutable(c: Checker, target: int, node: int, local: Local) -> None:
    span = c.body.module.tokens.span(local.token)
    notes = [Note(span, f"`{local.name}` is bound here, as {LOCAL_NOUNS[local.kind]}")]
    help_text, fix = way_to_variable(c.body, local)
    if c.kind[node] == K.SELF:
        help_text = _way_for_self(c)
    elif local.kind is LocalKind.LOOP:
        help_text = "a loop variable is a copy: assign to a part of the element, by its index"
    elif not help_text:
        help_text = f"copy it to a variable first: `var copy = {local.name}`"
    if c.kind[target] == K.INDEX:
        c.sink.report("QZ0506", c.extent(target), notes=notes, help=help_text, fix=fix, name=local.name)
        return
    c.sink.report(
        "QZ0504",
        c.extent(target),
        notes=notes,
        help=help_text,
        fix=fix,
        name=local.name,
        field=c.text(target),
    )

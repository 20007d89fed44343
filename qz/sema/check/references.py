"""`&e` and `&mut e`: the value itself. What may be done with it is looked at when the body is checked.

Where a parameter is changed in its place, the argument has to say in which: one that can be assigned.
"""

from qz.sema.check.assignable import require_place
from qz.sema.check.checker import Checker
from qz.sema.check.packed import is_packed
from qz.sema.check.slices import is_slice, is_slicing
from qz.sema.check.value_structs import holds_value
from qz.sema.decls import GlobalDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.resolve.reports import report_immutable
from qz.sema.type_syntax.references import changes_in_place
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def reference(c: Checker, node: int, want: TypeId) -> TypeId:
    c.body.has_references = True
    return c.operand(c.lhs[node], want)


def lend_places(c: Checker) -> None:
    """Require that arguments which are changed in their place say in which, now that types are known."""
    for arg, is_receiver, may_be_anywhere in c.lent_places:
        found = c.resolved(c.types[arg])
        if not may_be_anywhere or changes_in_place(c.program, Borrow.MUTABLE, found):
            _lend_place(c, arg, is_receiver=is_receiver)
    c.body.has_references |= bool(c.lent_places)


def _lend_place(c: Checker, arg: int, *, is_receiver: bool) -> None:
    if not is_receiver and c.kind[arg] != K.REF_MUT:
        return  # `check_borrows` says so
    node = c.lhs[arg] if c.kind[arg] == K.REF_MUT else arg
    if ERROR not in (c.resolved(c.types[arg]), c.resolved(c.types[node])) and _require_lendable(c, node):
        c.body.places.add(arg)


def _require_lendable(c: Checker, node: int) -> bool:
    kind, entry = c.kind[node], c.decls[node]
    if kind in (K.IDENT, K.SELF) and entry > 0:
        local = c.body.locals[entry - 1]
        if not local.mutable:
            report_immutable(c.program, c.body, node, entry - 1, is_lent=True)
        local.is_captured |= not local.is_in_place
        return local.mutable
    if entry < 0 and kind in (K.IDENT, K.PATH, K.FIELD):
        return isinstance(c.program.decls[-entry - 1], GlobalDecl) or _refuse(c, node)
    if node in c.body.calls or kind not in (K.FIELD, K.INDEX):
        return _refuse(c, node)
    holder = c.infer.kind(c.types[c.lhs[node]])
    if holds_value(c, c.lhs[node]) or is_packed(c, c.lhs[node]):
        return require_place(c, node)
    if kind == K.FIELD:
        return _require_lendable(c, c.lhs[node]) if holder is TypeKind.TUPLE else True
    if is_slicing(c, node) or (holder is not TypeKind.VEC and not is_slice(c, c.types[c.lhs[node]])):
        return require_place(c, node) if holder is TypeKind.ARRAY else _refuse(c, node)
    return True


def _refuse(c: Checker, node: int) -> bool:
    c.sink.report("QZ0502", c.extent(node), what="a value that lies nowhere")
    return False

"""Values that become something else by themselves where that is asked for: `dyn Trait`, unions, vectors."""

from __future__ import annotations

from qz.sema.body import Conversion
from qz.sema.check.checker import Checker
from qz.sema.check.dynamic import boxes, methods_of_table
from qz.sema.check.receivers import find_methods
from qz.sema.check.slices import row_element
from qz.sema.check.unions import joins
from qz.sema.data.value_structs import is_laid_out_as_c, lies_in_c
from qz.sema.decls import FunctionDecl, StructDecl
from qz.sema.types import POINTER, VOID, TypeId, TypeKind


def converts(c: Checker, node: int, want: TypeId, found: TypeId) -> bool:
    """Whether a value may become what is asked for; notes it if so."""
    if c.infer.kind(want) is TypeKind.UNION:
        return joins(c, node, want, found)
    if c.infer.kind(want) is TypeKind.DYN:
        return boxes(c, node, want, found)
    if want == POINTER:
        found = c.resolved(found)
        if _has_address(c, found):
            c.body.conversions[node] = Conversion(found, POINTER)
            return True
        return c.infer.accepts(want, found)
    inside = row_element(c, found)
    if inside is None or not c.infer.unify(inside, c.infer.args(want)[0]):
        return False
    c.body.conversions[node] = Conversion(found, c.resolved(want))
    return True


def _has_address(c: Checker, found: TypeId) -> bool:
    """Whether a value is a block as C would lay it out, of a type that may be open."""
    if found >= 0:
        return lies_in_c(c.program, found)
    decl = c.program.decls[c.infer.args(found)[0]] if c.infer.kind(found) is TypeKind.STRUCT else None
    return isinstance(decl, StructDecl) and is_laid_out_as_c(c.program, decl)


def settle_conversions(c: Checker) -> None:
    """At the end of a body: the methods that each conversion needs."""
    for node, conversion in c.body.conversions.items():
        found, wanted = c.infer.finish(conversion.found), c.infer.finish(conversion.wanted)
        if not found or not wanted or found == VOID or c.program.types.mentions_param(found):
            continue
        if c.infer.kind(wanted) is TypeKind.DYN:
            methods = methods_of_table(c, abs(node), found, wanted)
        elif c.infer.kind(wanted) is TypeKind.UNION or wanted == POINTER:
            methods = ()
        else:
            methods = (_copies(c, abs(node), found),)
        c.body.conversions[node] = Conversion(found, wanted, methods)


def _copies(c: Checker, node: int, row: TypeId) -> FunctionDecl:
    """The method of a slice or an array that gives a vector of its own."""
    group = find_methods(c, row, c.program.interner.intern("to_vec"))
    assert group is not None
    args = c.program.types.parts(row)
    return c.program.instances.of(group.functions[0], args, c.function, c.span(node))

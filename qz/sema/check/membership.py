"""`in`: whether a value is within a range, among elements, or a part of a text."""

from qz.sema.check.checker import Checker
from qz.sema.check.comparison import has_equality, has_order
from qz.sema.check.dynamic import call_of_method
from qz.sema.check.plain_numbers import is_plain_number
from qz.sema.check.receivers import find_methods
from qz.sema.check.slices import row_element
from qz.sema.decls import FunctionGroup
from qz.sema.types import BOOL, ERROR, INT, NEVER, NONE, NUMBERS, STRING, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def in_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`x in e`. What is on the right says which type a literal on the left has."""
    element, container = c.lhs[node], c.rhs[node]
    if c.kind[container] in (K.RANGE, K.RANGE_INCLUSIVE):
        _in_range(c, node)
        return BOOL
    if c.kind[container] == K.VEC_LIT and is_plain_number(c, container) and not is_plain_number(c, element):
        _among_numbers(c, node)
        return BOOL
    found = c.resolved(c.operand(container))
    inside = row_element(c, found)
    if found in (ERROR, NEVER):
        c.operand(element)
    elif inside is not None:
        _among_elements(c, node, inside)
    elif found == STRING:
        _in_text(c, node)
    else:
        _by_method(c, node, found)
    return BOOL


def _in_range(c: Checker, node: int) -> None:
    """The bounds may be of any type that has an order: `x in 0.0..1.0`."""
    container = c.rhs[node]
    bounds = (c.lhs[container], c.rhs[container])
    if all(is_plain_number(c, bound) for bound in bounds):
        found = c.resolved(c.operand(c.lhs[node], INT))
        parts = bounds
    else:
        first, second = bounds[::-1] if is_plain_number(c, bounds[0]) else bounds
        found = c.resolved(c.operand(first))
        parts = (second, c.lhs[node])
    for part in parts:
        c.value(part, found)
    c.types[container] = found
    if not has_order(c, found) and found != ERROR:
        c.sink.report("QZ0402", c.span(node), operator="in", types=f"`{c.show(found)}` and a range")


def _among_numbers(c: Checker, node: int) -> None:
    """`x in [32, 9, 10]`: what is looked for says the width."""
    element, container = c.lhs[node], c.rhs[node]
    looked_for = c.resolved(c.operand(element))
    is_numeric = looked_for in NUMBERS or c.infer.kind(looked_for) in (TypeKind.TUPLE, TypeKind.VEC)
    held = looked_for if is_numeric else NONE
    found = c.operand(container, NONE if held == NONE else c.infer.make(TypeKind.VEC, (held,)))
    if looked_for not in (ERROR, NEVER):
        c.must_fit(element, c.infer.args(found)[0], looked_for)


def _among_elements(c: Checker, node: int, element: TypeId) -> None:
    """An element that is equal, by the language or by the element's own `op_eq`."""
    method = _method(c, element, "op_eq")
    if method is not None:
        call_of_method(c, node, method, [c.rhs[node], c.lhs[node]], NONE, c.resolved(element))
        return
    c.value(c.lhs[node], element)
    if not has_equality(c, element) and c.resolved(element) != ERROR:
        _report(c, node, element, c.types[c.rhs[node]])


def _in_text(c: Checker, node: int) -> None:
    """A part of a text, or one of its characters."""
    element = c.lhs[node]
    found = c.resolved(c.operand(element))
    method = _method(c, STRING, "contains" if found == STRING else "has")
    assert method is not None
    function = method.functions[0]
    expected = c.program.queries.signature(function).params[1].type
    if not c.infer.accepts(expected, found):
        c.sink.report("QZ0400", c.extent(element), found=c.show(found), expected=c.show(expected))
    c.plan(node, function, (c.rhs[node], element), ())


def _by_method(c: Checker, node: int, container: TypeId) -> None:
    """`container.has(element)`, for all that have such a method."""
    method = _method(c, container, "has")
    if method is None:
        _report(c, node, c.operand(c.lhs[node]), container)
        return
    found = call_of_method(c, node, method, [c.rhs[node], c.lhs[node]], NONE, container)
    if found not in (BOOL, ERROR):
        c.sink.report("QZ0400", c.span(node), found=c.show(found), expected="Bool")


def _method(c: Checker, type_id: TypeId, name: str) -> FunctionGroup | None:
    if c.infer.kind(type_id) is TypeKind.VARIABLE:
        return None
    return find_methods(c, type_id, c.program.interner.intern(name))


def _report(c: Checker, node: int, element: TypeId, container: TypeId) -> None:
    if ERROR not in (element, container):
        types = f"`{c.show(element)}` and `{c.show(container)}`"
        c.sink.report("QZ0402", c.span(node), operator="in", types=types)

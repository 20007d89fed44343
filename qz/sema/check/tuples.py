"""Tuples: literals, and their elements by position."""

from qz.sema.check.checker import Checker
from qz.sema.types import ERROR, NEVER, NONE, TypeId, TypeKind
from qz.syntax.literals import int_value


def literal(c: Checker, node: int, want: TypeId) -> TypeId:
    """`(a, b)`: each element takes the type asked for at its place."""
    items = c.list(c.lhs[node])
    want = c.resolved(want)
    wants: tuple[TypeId, ...] = ()
    if c.infer.kind(want) is TypeKind.TUPLE:
        wants = c.infer.args(want)
    if len(wants) != len(items):
        wants = (NONE,) * len(items)
    found = [_element(c, item, wanted) for item, wanted in zip(items, wants, strict=True)]
    if ERROR in found:
        return ERROR
    return NEVER if NEVER in found else c.infer.make(TypeKind.TUPLE, tuple(found))


def _element(c: Checker, item: int, want: TypeId) -> TypeId:
    found = c.operand(item, want)
    return want if want != NONE and found != NEVER and c.fits(item, want, found) else found


def element(c: Checker, node: int, tuple_type: TypeId) -> TypeId:
    """The type of `t.0`; ``node`` is the FIELD."""
    elements = c.infer.args(tuple_type)
    text = c.text(node)
    position = index_of(text)
    if 0 <= position < len(elements):
        return elements[position]
    last = len(elements) - 1
    help_text = f"its elements are `.0` to `.{last}`" if last else "its only element is `.0`"
    c.sink.report("QZ0303", c.span(node), help=help_text, type=c.show(tuple_type), name=text)
    return ERROR


def index_of(text: str) -> int:
    """The position that the name of a field says, or -1."""
    if not text[:1].isdigit():
        return -1
    value, suffix = int_value(text.encode())
    return -1 if suffix else value

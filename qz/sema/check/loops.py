"""Loops, what they go over, and what leaves them."""

from collections.abc import Sequence

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.sema.check.checker import Checker
from qz.sema.check.destructuring import take_apart
from qz.sema.check.iteration import entries, iterated
from qz.sema.check.ranges import RANGES, range_
from qz.sema.check.slices import row_element
from qz.sema.check.ways import opening
from qz.sema.types import CHAR, ERROR, INT, INTEGERS, NEVER, NONE, STRING, VOID, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import NodeKind

K = NodeKind

_WORDS = {nk.WHILE: "while", nk.FOR: "for"}


def jump(c: Checker, node: int, want: TypeId) -> TypeId:
    """`break` and `continue`. All that a `loop` is left with is of one type, which is then its own."""
    loop = c.decls[node]
    if c.kind[node] != nk.BREAK:
        return NEVER
    value = c.lhs[node]
    if value and loop and c.kind[loop] != nk.LOOP:
        c.sink.report("QZ0705", c.extent(value), keyword=_WORDS[K(c.kind[loop])])
        c.expr(value)
        c.breaks[loop] = ERROR
        return NEVER
    if not loop:
        if value:
            c.expr(value)
        return NEVER
    so_far = c.breaks.get(loop, NEVER)
    if not value:
        found = VOID
    elif c.loop_wants[loop] != NONE:
        found = c.value(value, c.loop_wants[loop])
    else:
        found = c.operand(value, NONE if so_far in (NEVER, VOID) else so_far)
    if value and c.types[value] == NEVER:
        found = NEVER  # whatever is asked for
    c.breaks[loop] = _agreed(c, value or node, so_far, found)
    return NEVER


def _agreed(c: Checker, node: int, so_far: TypeId, found: TypeId) -> TypeId:
    """The type of a loop that was left with one type so far and now with another."""
    if so_far == NEVER:
        return found
    if ERROR in (so_far, found):
        return ERROR
    if found in (so_far, NEVER):
        return so_far
    if VOID not in (so_far, found) and c.infer.accepts(so_far, found):
        return so_far
    c.sink.report("QZ0706", c.extent(node), first=_worded(c, so_far), second=_worded(c, found))
    return ERROR


def _worded(c: Checker, type_id: TypeId) -> str:
    return "nothing" if type_id == VOID else f"`{c.show(type_id)}`"


def while_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`while true` and `loop` without a `break` never end; a `loop` has the value it is left with."""
    is_loop = c.kind[node] == nk.LOOP
    endless = is_loop or c.kind[c.lhs[node]] == nk.TRUE
    if c.lhs[node]:
        c.condition(c.lhs[node])
    c.loop_wants[node] = NONE if want == VOID else want
    c.expr(c.rhs[node], VOID)
    found = c.breaks.get(node, NEVER if endless else VOID)
    return c.resolved(found) if is_loop else found


def labeled(c: Checker, node: int, want: TypeId) -> TypeId:
    return c.expr(c.lhs[node], want)


def for_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`for x in e`; `for i, x in e` gives the index too."""
    iterable = c.tree.extra[c.rhs[node]]
    body = c.tree.extra[c.rhs[node] + 1]
    patterns = c.list(c.lhs[node])
    types = _types_of_turn(c, iterable, len(patterns))
    if len(patterns) > 2:
        _refuse_names(c, patterns, iterable, types[0])
        types = [ERROR] * len(patterns)
    for pattern, type_id in zip(patterns, types, strict=True):
        take_apart(c, pattern, type_id)
    c.expr(body, VOID)
    return ERROR if c.breaks.get(node) == ERROR else VOID


def _refuse_names(c: Checker, patterns: Sequence[int], iterable: int, element: TypeId) -> None:
    """More than two names: those of the parts of a tuple have parentheses around them."""
    pair = None if c.kind[iterable] in RANGES else entries(c, iterable, c.resolved(c.types[iterable]))
    bound = "an index and its element" if pair is None else "a key and its value"
    last = c.resolved(element if pair is None else pair[1])
    help_text, fix = "", None
    n_parts = len(c.infer.args(last)) if c.infer.kind(last) is TypeKind.TUPLE else 0
    if n_parts == len(patterns) - 1 or (n_parts == len(patterns) and pair is None):
        first, end = c.extent(patterns[-n_parts]), c.extent(patterns[-1]).end
        edits = ((Span(first.file, first.start, first.start), "("), (Span(first.file, end, end), ")"))
        help_text, fix = "a tuple is taken apart in parentheses", Fix(edits)
    notes: list[Note] = []
    if last != ERROR:
        what = "its elements are" if pair is None else "its values are"
        notes.append(Note(c.extent(iterable), f"{what} `{c.show(last)}`"))
    c.sink.report("QZ0707", c.span(patterns[2]), notes=notes, help=help_text, fix=fix, bound=bound)


def _types_of_turn(c: Checker, iterable: int, n_names: int) -> list[TypeId]:
    """The types of what each turn is given: an element; its index and it; or a key and its value."""
    if c.kind[iterable] in RANGES:
        element = range_(c, iterable)
    else:
        found = c.resolved(c.operand(iterable))
        pair = entries(c, iterable, found) if n_names == 2 else None
        if pair is not None:
            return list(pair)
        element = _element(c, iterable, found)
    if n_names == 2 and element == ERROR:
        return [ERROR, ERROR]  # the first may have been a key
    return [INT, element] if n_names == 2 else [element]


def element_of(c: Checker, iterable: int) -> TypeId:
    """The type of what a loop goes over, one by one."""
    if c.kind[iterable] in RANGES:
        return range_(c, iterable)
    return _element(c, iterable, c.resolved(c.operand(iterable)))


def _element(c: Checker, iterable: int, found: TypeId) -> TypeId:
    if found in (ERROR, NEVER):
        return found
    if found == STRING:
        return CHAR
    if c.infer.kind(found) is TypeKind.VARIABLE:
        return c.unknown(iterable, found)
    inside = row_element(c, found)
    if inside is not None:
        return inside
    if c.is_library_struct(found, "range", "Range"):
        return INT
    element = iterated(c, iterable, found)
    if element is not None:
        return element
    help_text = "write a range: `0..n`" if found in INTEGERS else opening(c, found)
    c.sink.report("QZ0407", c.extent(iterable), help=help_text, type=c.show(found))
    return ERROR

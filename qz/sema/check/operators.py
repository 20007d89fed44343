"""Binary operators: both sides have one type; nothing widens by itself."""

from collections.abc import Hashable, Sequence

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.comparison import has_equality, has_order
from qz.sema.check.derived import may_derive_order, parts_without
from qz.sema.check.enums import is_of_several
from qz.sema.check.loop_counts import taken_for_parts
from qz.sema.check.overloads import METHODS, as_written, is_named_place, overloaded, overloaded_of
from qz.sema.check.plain_numbers import is_plain_number, take_widths
from qz.sema.check.ways import calling, opening
from qz.sema.given_traits import GIVEN, GIVEN_OPERATORS
from qz.sema.resolve.resolver import SPINE
from qz.sema.types import (
    BOOL,
    CHAR,
    ERROR,
    FLOATS,
    INT,
    INTEGERS,
    N_SCALARS,
    NEVER,
    NONE,
    NUMBERS,
    POINTER,
    STRING,
    SYMBOL,
    VOID,
    TypeId,
)
from qz.syntax import node_numbers as nk

ARITHMETIC = frozenset({nk.ADD, nk.SUB, nk.MUL, nk.DIV, nk.REM})
BITWISE = frozenset({nk.BIT_AND, nk.BIT_OR, nk.BIT_XOR})
SHIFTS = frozenset({nk.SHL, nk.SHR})
EQUALITY = frozenset({nk.EQ, nk.NE})
ORDER = frozenset({nk.LT, nk.LE, nk.GT, nk.GE})
LOGIC = frozenset({nk.AND, nk.OR})
ASKED = {
    nk.ADD: "Add",
    nk.SUB: "Sub",
    nk.MUL: "Mul",
    nk.DIV: "Div",
    nk.REM: "Mod",
    **dict.fromkeys(EQUALITY, "Eq"),
    **dict.fromkeys(ORDER, "Ord"),
}
"""The traits of types that have an operator."""
OWN = {kind: GIVEN_OPERATORS[METHODS[kind][0]] for kind in (*ASKED, *BITWISE)}
"""The types of which the language has an operator that takes two of a type."""
OWN_BY_ONE = {"op_neg": GIVEN_OPERATORS["op_neg"], "show": GIVEN["Show"], "clone": GIVEN["Clone"]}
"""The types that have by themselves what such a method would be."""
VALUES = ARITHMETIC | BITWISE | SHIFTS
"""Operators whose operands are asked to be what the result is asked to be."""
_OF_VECTORS = {
    nk.ADD: "`[...a, ...b]` has the elements of both, `a.append(b)` puts those of `b` behind those of `a`",
    nk.MUL: "`Vec.filled(n, x)` has an element so many times",
}
"""What to write instead of operators that other languages have for vectors."""
_OF_LOGIC = {nk.OR: "`a ?? b` is `b` where `a` is `None`", nk.AND: ""}
"""What may be meant by an operator for conditions that has an `Option` to its left."""
_OF_CONDITIONS = {
    nk.BIT_AND: "`a and b` holds where both do",
    nk.BIT_OR: "`a or b` holds where one of them does",
    nk.BIT_XOR: "`a != b` holds where just one of them does",
}
"""What to write instead of operators on bits between conditions."""
LENDING = LOGIC | SHIFTS
"""Operators whose left operand takes nothing from the right one."""
PLAIN = frozenset({*NUMBERS, BOOL, STRING, SYMBOL, POINTER, ERROR, NEVER})
"""Types whose operators are the language's own."""


def binary(c: Checker, node: int, want: TypeId) -> TypeId:
    """A chain that leans left, worked off from its innermost link outwards."""
    spine: list[int] = []
    kind, lhs = c.kind, c.lhs
    while (operator := kind[node]) in SPINE:
        spine.append(node)
        if operator in VALUES:
            if want != NONE and want not in NUMBERS:
                want = c.own_type(want)
        else:
            want = BOOL if operator in LOGIC else NONE
        node = lhs[node]
    innermost = spine[-1]
    found: TypeId | None = None
    right: TypeId | None = None
    if want == NONE and kind[innermost] not in LENDING and _takes_from_right(c, node):
        right = c.operand(c.rhs[innermost])
        found = c.operand(node, right)
    elif kind[innermost] in LOGIC:
        found = BOOL if c.condition(node, _OF_LOGIC[kind[innermost]]) else ERROR
    else:
        found = c.operand(node, want)
    receiver = found
    for link in reversed(spine):
        if found == VOID and kind[link] == nk.SHL:
            found = _next_appended(c, link, receiver)
        receiver = found
        found = _combine(c, link, found, right)
        right = None
        c.types[link] = found
        if found < 0:
            c.open_nodes.append(link)
    return found


def _next_appended(c: Checker, link: int, receiver: TypeId) -> TypeId:
    """The type that `<<` is asked of behind one that gives nothing: `sb << a << b` appends both to `sb`."""
    appended = c.lhs[link]
    if c.kind[appended] != nk.SHL:
        return VOID
    if appended not in c.body.calls:
        c.types[appended] = receiver  # a vector
        return receiver
    return receiver if is_named_place(c, c.body.calls[appended].args[0]) else VOID


def _takes_from_right(c: Checker, node: int) -> bool:
    """Whether an operand has the type of the other side, where that has one."""
    return is_plain_number(c, node) or is_of_several(c, node)


def _combine(c: Checker, link: int, left: TypeId, right: TypeId | None) -> TypeId:
    kind = c.kind[link]
    node = c.rhs[link]
    if kind in LOGIC:
        is_condition = left != ERROR
        if c.kind[c.lhs[link]] not in LOGIC and c.kind[c.lhs[link]] in SPINE:
            is_condition = _require_bool(c, c.lhs[link], left)
        if not is_condition:
            c.operand(node)
            return ERROR
        return BOOL if c.condition(node) else ERROR
    if left < 0:
        left = c.infer.resolve(left)
    if left not in PLAIN and right is None:
        found = overloaded(c, link, kind, left)
        if found != NONE:
            return found
    if kind in SHIFTS:
        return _shift(c, link, left)
    if right is None:
        right = c.operand(node, INT if left == CHAR else left)
    if right < 0:
        right = c.infer.resolve(right)
    if left == right and left in INTEGERS and kind in VALUES:
        return left
    if kind in EQUALITY and c.infer.kind(left) is tyk.UNION and c.fits(node, left, right):
        right = left
    if left != right and left >= N_SCALARS:
        left, right = take_widths(c, [c.lhs[link]], left, node, right)
    operand = _common(c, left, right)
    if operand == ERROR:
        return BOOL if kind in EQUALITY or kind in ORDER else ERROR
    if c.infer.kind(operand) is tyk.VARIABLE:
        c.later.append(lambda: _settle(c, link, operand))
        return BOOL if kind in EQUALITY or kind in ORDER else operand
    return _defined(c, kind, operand) or _by_method(c, link, left, right)


def _by_method(c: Checker, link: int, left: TypeId, right: TypeId) -> TypeId:
    """The type of an operation that the language has not, by a method if one is declared."""
    kind = c.kind[link]
    found = overloaded_of(c, link, kind, left, right)
    if found == NONE:
        _report(c, link, left, right)
        return BOOL if kind in EQUALITY or kind in ORDER else ERROR
    return found


def _defined(c: Checker, kind: int, operand: TypeId) -> TypeId:
    """The type of the result where both operands have a type; `NONE` where the operator is not defined."""
    if kind in EQUALITY or kind in ORDER:
        if operand >= N_SCALARS:
            operand = c.program.queries.stripped(operand)
        is_defined = has_equality if kind in EQUALITY else has_order
        return BOOL if operand != NONE and is_defined(c, operand) else NONE
    if operand == CHAR:
        return INT
    return operand if operand == NEVER or operand in OWN[kind] else NONE


def is_own(method: str, params: Sequence[TypeId]) -> bool:
    """Whether what a method would be for such operands is the language's own."""
    if len(params) == 1:
        return params[0] in OWN_BY_ONE.get(method, ())
    if len(params) != 2 or method in OWN_BY_ONE:
        return False
    if method in ("op_shl", "op_shr"):
        return INTEGERS.issuperset(params)
    return params[0] == params[1] and params[0] in GIVEN_OPERATORS.get(method, ())


def _settle(c: Checker, link: int, operand: TypeId) -> None:
    """The check of an operator whose operands became known only later; both have the same type."""
    operand = c.resolved(operand)
    if operand == ERROR or c.infer.kind(operand) is tyk.VARIABLE:
        return
    kind = c.kind[link]
    found = _defined(c, kind, operand)
    if found == NONE:
        found = _by_method(c, link, operand, operand)
    if found == ERROR:
        return
    if c.resolved(c.types[link]) == BOOL or found == INT:
        c.types[link] = found
    elif not c.infer.accepts(c.types[link], found):
        c.sink.report("QZ0400", c.span(link), found=c.show(found), expected=c.show(operand))


def _require_bool(c: Checker, node: int, found: TypeId) -> bool:
    if c.resolved(found) in (BOOL, ERROR, NEVER):
        return True
    c.sink.report("QZ0401", c.extent(node), found=c.show(found))
    return False


def _common(c: Checker, left: TypeId, right: TypeId) -> TypeId:
    """The type both operands have; `NONE` where they differ, `ERROR` where that was reported."""
    if ERROR in (left, right):
        return ERROR
    if left == right or right == NEVER:
        return left
    if {left, right} == {CHAR, INT}:
        return INT
    if (left < 0 or right < 0) and c.infer.unify(left, right):
        return c.resolved(left)
    return right if left == NEVER else NONE


def _shift(c: Checker, link: int, left: TypeId) -> TypeId:
    """Shifts on integers, append on vectors (`v << x`)."""
    node = c.rhs[link]
    if c.infer.kind(left) is tyk.VEC and c.kind[link] == nk.SHL:
        c.value(node, c.infer.args(left)[0])
        return VOID
    right = c.resolved(c.operand(node, INT))
    if ERROR in (left, right):
        return ERROR
    if (left in INTEGERS or left == CHAR) and (right in INTEGERS or right == CHAR):
        return INT if left == CHAR else left
    return _by_method(c, link, left, right)


def _report(c: Checker, link: int, left: TypeId, right: TypeId) -> None:
    same = left == right
    types = f"`{c.show(left)}`" if same else f"`{c.show(left)}` and `{c.show(right)}`"
    parts = taken_for_parts(c, c.lhs[link]) or taken_for_parts(c, c.rhs[link])
    help_text = parts or way_to_operands(c, c.kind[link], left, right) or calling(c, c.lhs[link])
    if c.text(link) == "=":
        return  # stands where `==` should, which was said
    notes: list[Note] = []
    if same and c.kind[link] in EQUALITY:
        lacking = parts_without(c, left, lambda part: has_equality(c, part))
        notes = [Note(span, f"`{c.show(part)}` cannot be compared") for span, part in lacking]
    operator, span = as_written(c, link)
    if not same:
        notes = c.where_bound(c.lhs[link]) + c.where_bound(c.rhs[link])
    mistakes: Sequence[Hashable] = ()
    if not same and left in PLAIN and right in PLAIN:  # a conversion lacks, whatever the operator
        mistakes = c.misfit(c.lhs[link], left, right) or c.misfit(c.rhs[link], right, left)
    elif _is_own(c, left):  # the operator lacks, wherever it is used
        mistakes = [("operator", c.kind[link], types)]
    c.sink.report(
        "QZ0402",
        span,
        notes=notes,
        help=help_text,
        same=mistakes,
        lacks=METHODS[c.kind[link]],
        operator=operator,
        types=types,
    )


def way_to_operands(c: Checker, kind: int, left: TypeId, right: TypeId) -> str:
    """What to write instead, or around the operands, of an operation that is not defined."""
    same = left == right
    if not same and left in NUMBERS and right in NUMBERS:
        is_of_bits = kind in BITWISE or kind in SHIFTS
        into = left if (left in FLOATS) is not is_of_bits else right
        return f"convert one side: `… as {c.show(INT if is_of_bits and into in FLOATS else into)}`"
    if left == right == BOOL and kind in _OF_CONDITIONS:
        return _OF_CONDITIONS[kind]
    if {left, right} == {STRING, CHAR}:
        shown = "`c.to_char_s()` is the text of a character"
        return shown if kind == nk.ADD else f"a character is written `'x'`, a text `\"x\"`; {shown}"
    if STRING in (left, right) and not same and kind == nk.ADD:
        return 'write the other side as text: `"#{…}"`'
    if left == VOID and kind == nk.SHL:
        return "`<<` gives nothing back: append to what has a name"
    if left == STRING and kind == nk.REM:
        return "values are put into a text by `#{x}`"
    if left == STRING and right == INT and kind == nk.MUL:
        return "`text.repeat(n)` is a text so many times"
    kinds = (c.infer.kind(left), c.infer.kind(right))
    if kinds[0] is tyk.VEC and kind in _OF_VECTORS:
        return _OF_VECTORS[kind]
    if kinds == (tyk.FN, tyk.FN) and kind in EQUALITY:
        return "functions cannot be compared"
    if opening(c, left) or opening(c, right):
        return opening(c, left) or opening(c, right)
    if kinds[0] is tyk.PARAM and kind in ASKED:
        return f"`{c.show(left)}: {ASKED[kind]}` asks for types that have it"
    if tyk.NEWTYPE in kinds:
        newtype = left if kinds[0] is tyk.NEWTYPE else right
        inner = c.show(c.program.queries.stripped(newtype))
        return f"`… as {inner}` opens a `{c.show(newtype)}`, which has what its methods are"
    if same and kind in ORDER and may_derive_order(c, left):
        return f"`@derive(Ord)` before the declaration of `{c.show(left)}` gives it an order"
    if _is_own(c, left):
        method = f"def {METHODS[kind][0]}(self, other: {c.show(right)})"
        return f"`{method}` in an `impl {c.show(left)}` says what it means"
    return ""


def _is_own(c: Checker, type_id: TypeId) -> bool:
    """Whether it is a struct or an enum of this module."""
    if c.infer.kind(type_id) not in (tyk.STRUCT, tyk.ENUM):
        return False
    return c.program.decls[c.infer.args(type_id)[0]].module is c.body.module

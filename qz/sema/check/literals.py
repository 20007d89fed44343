"""Literals, and strings with expressions in them."""

import math

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.body import VariantPlan
from qz.sema.check.checker import Checker
from qz.sema.check.derived import parts_without, prelude_trait
from qz.sema.check.enums import none_of
from qz.sema.check.integers import is_integer
from qz.sema.check.overloads import negated
from qz.sema.check.remembered import stand_in
from qz.sema.check.traits import implements
from qz.sema.check.ways import opening
from qz.sema.constants.evaluation import rounded
from qz.sema.types import (
    BOOL,
    CHAR,
    ERROR,
    F32,
    F64,
    FLOATS,
    INT,
    INTEGERS,
    NAMED_TYPES,
    NEVER,
    NOMINAL,
    NONE,
    NUMBERS,
    POINTER,
    STRING,
    SYMBOL,
    VOID,
    TypeId,
    int_range,
)
from qz.syntax.literals import char_value, float_value, int_value
from qz.syntax.nodes import NodeKind

SUFFIXES = {
    name.lower(): NAMED_TYPES[name]
    for name in (["I8", "I16", "I32", "I64", "U8", "U16", "U32", "U64", "F32", "F64"])
}

COMMON_RANGE = (0, 127)
"""The integers that all integer types have, so that a type parameter has them too."""
MAX_INT = int_range(INT)[1]
LARGEST = {F32: "3.4028235e38", F64: "1.7976931348623157e308"}
"""The largest number of each float type."""


def integer(c: Checker, node: int, want: TypeId, sign: int = 1) -> TypeId:
    """An integer takes the width asked for, else that of its suffix, else `Int`."""
    value, suffix = int_value(c.body.module.tokens.bytes(c.token[node]))
    if suffix:
        type_id = SUFFIXES[suffix]
        if type_id in FLOATS:
            return type_id
    elif want in INTEGERS:
        type_id = want
    else:
        type_id = INT if want == NONE else c.resolved(want)
        if type_id not in INTEGERS and not is_integer(c, type_id):
            type_id = INT
    if value > MAX_INT or (type_id != INT and (sign < 0 or value > COMMON_RANGE[1])):
        _check_range(c, node, sign * value, type_id)
    return type_id


def _check_range(c: Checker, node: int, value: int, type_id: TypeId) -> None:
    low, high = int_range(type_id) if type_id in INTEGERS else COMMON_RANGE
    if not low <= value <= high:
        is_negative = value < 0
        literal = ("-" if is_negative else "") + c.text(node)
        span = c.body.module.tokens.span_of(c.token[node] - is_negative, c.token[node])
        _report_range(c, span, literal, type_id, str(low), str(high))


def _report_range(c: Checker, span: Span, literal: str, type_id: TypeId, low: str, high: str) -> None:
    c.sink.report("QZ0403", span, literal=literal, type=c.show(type_id), low=low, high=high)


def floating(c: Checker, node: int, want: TypeId) -> TypeId:
    value, suffix = float_value(c.body.module.tokens.bytes(c.token[node]))
    if suffix:
        type_id = SUFFIXES[suffix]
    else:
        type_id = F32 if c.resolved(want) == F32 else F64
    if math.isinf(rounded(value, type_id)):
        _report_range(c, c.span(node), c.text(node), type_id, f"-{LARGEST[type_id]}", LARGEST[type_id])
    return type_id


def char(c: Checker, node: int, want: TypeId) -> TypeId:
    """A character; one of ASCII, which is a byte of text as well, takes the width asked for."""
    asked = c.resolved(want) if want < 0 else want
    if asked not in INTEGERS or asked == INT:
        return CHAR
    code = char_value(c.body.module.tokens.bytes(c.token[node]))
    return asked if code <= COMMON_RANGE[1] else CHAR


def boolean(c: Checker, node: int, want: TypeId) -> TypeId:
    return BOOL


def string(c: Checker, node: int, want: TypeId) -> TypeId:
    return STRING


def symbol(c: Checker, node: int, want: TypeId) -> TypeId:
    return SYMBOL


def nil(c: Checker, node: int, want: TypeId) -> TypeId:
    """`None`, or the pointer to nothing where a pointer is asked for, or what is held where `Void` is."""
    asked = c.resolved(want)
    if asked == POINTER:
        return POINTER
    if want == VOID or asked == c.program.types.unit:
        c.body.variants[node] = VariantPlan(0, ())
        return c.program.types.unit
    found = none_of(c, want)
    if found is None:
        c.sink.report("QZ0302", c.span(node), name="Option")
        return ERROR
    c.body.variants[node] = VariantPlan(found.variant.tag, ())
    return found.type


def interpolation(c: Checker, node: int, want: TypeId) -> TypeId:
    """Each part shows itself: scalars and strings by their own rules, other types by `Show`."""
    for part in c.list(c.lhs[node]):
        if c.kind[part] == NodeKind.STRING_PART:
            c.types[part] = STRING
        else:
            showable(c, part, c.operand(part))
    return STRING


def showable(c: Checker, node: int, found: TypeId, *, settled: bool = False) -> None:
    """Require that a value can be shown; of a type that is still open, at the end of the body."""
    found = c.infer.finish(found) if settled else c.resolved(found)
    if found in (BOOL, STRING, SYMBOL, POINTER, ERROR, NEVER, NONE) or found in NUMBERS:
        return
    if found < 0:
        c.later.append(lambda: showable(c, node, found, settled=True))
        return
    trait = prelude_trait(c, "Show")
    if trait is not None and implements(c, found, trait.type):
        return
    if stand_in(c, node):
        return
    notes: list[Note] = []
    if c.infer.kind(found) in NOMINAL:
        text = f"give it a method `def show(self): String` in an `impl Show for {c.show(found)}`"
        notes.append(Note(None, text))
    elif c.infer.kind(found) is tyk.DYN:
        notes.append(Note(None, f"a `{c.show(found)} & Show` can be shown"))
    elif c.infer.kind(found) is tyk.PARAM:
        notes.append(Note(None, f"write `{c.show(found)}: Show` where it is declared"))
    if trait is not None:
        lacking = parts_without(c, found, lambda part: implements(c, part, trait.type))
        notes += [Note(span, f"`{c.show(part)}` cannot be shown") for span, part in lacking]
    c.sink.report("QZ0304", c.extent(node), notes=notes, type=c.show(found), name="show")


def negation(c: Checker, node: int, want: TypeId) -> TypeId:
    operand = c.lhs[node]
    if c.kind[operand] == NodeKind.INT:
        found = integer(c, operand, want, sign=-1)
        c.types[operand] = found
        return found
    found = c.resolved(c.operand(operand, c.own_type(want)))
    if found == CHAR:
        return INT
    if found in NUMBERS or found in (ERROR, NEVER):
        return found
    if c.infer.unify(found, INT):
        return INT
    by_method = negated(c, node, found)
    if by_method != NONE:
        return by_method
    help_text, types = opening(c, found), f"`{c.show(found)}`"
    c.sink.report("QZ0402", c.span(node), help=help_text, lacks=["op_neg"], operator="-", types=types)
    return ERROR


def logical_not(c: Checker, node: int, want: TypeId) -> TypeId:
    c.condition(c.lhs[node])
    return BOOL


def bit_not(c: Checker, node: int, want: TypeId) -> TypeId:
    found = c.resolved(c.operand(c.lhs[node], c.own_type(want)))
    if found == CHAR:
        return INT
    if found in INTEGERS or found in (ERROR, NEVER):
        return found
    c.sink.report("QZ0402", c.span(node), operator="~", types=f"`{c.show(found)}`")
    return ERROR

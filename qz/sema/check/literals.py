"""Literals, and strings with expressions in them."""

from qz.diagnostics.model import Note
from qz.sema.body import CallPlan
from qz.sema.check.checker import Checker
from qz.sema.types import (
    BOOL,
    CHAR,
    ERROR,
    F32,
    F64,
    INT,
    INTEGERS,
    NAMED_TYPES,
    NEVER,
    NUMBERS,
    STRING,
    TypeId,
    TypeKind,
    int_range,
)
from qz.syntax.literals import float_value, int_value
from qz.syntax.nodes import NodeKind

SUFFIXES = {
    name.lower(): NAMED_TYPES[name]
    for name in (["I8", "I16", "I32", "I64", "U8", "U16", "U32", "U64", "F32", "F64"])
}


def integer(c: Checker, node: int, want: TypeId, sign: int = 1) -> TypeId:
    """An integer takes the width asked for, else that of its suffix, else `Int`."""
    value, suffix = int_value(c.body.module.tokens.bytes(c.token[node]))
    if suffix in ("f32", "f64"):
        return SUFFIXES[suffix]
    want = c.resolved(want)
    type_id = SUFFIXES[suffix] if suffix else want if want in INTEGERS else INT
    low, high = int_range(type_id)
    if not low <= sign * value <= high:
        literal = ("-" if sign < 0 else "") + c.text(node)
        c.sink.report("QZ0403", c.span(node), literal=literal, type=c.show(type_id), low=low, high=high)
    return type_id


def floating(c: Checker, node: int, want: TypeId) -> TypeId:
    _, suffix = float_value(c.body.module.tokens.bytes(c.token[node]))
    if suffix:
        return SUFFIXES[suffix]
    return F32 if c.resolved(want) == F32 else F64


def char(c: Checker, node: int, want: TypeId) -> TypeId:
    return CHAR


def boolean(c: Checker, node: int, want: TypeId) -> TypeId:
    return BOOL


def string(c: Checker, node: int, want: TypeId) -> TypeId:
    return STRING


def interpolation(c: Checker, node: int, want: TypeId) -> TypeId:
    """Each part shows itself: scalars and strings by their own rules, other types by their `to_s`."""
    for part in c.list(c.lhs[node]):
        if c.kind[part] == NodeKind.STRING_PART:
            c.types[part] = STRING
        else:
            showable(c, part, c.operand(part))
    return STRING


def showable(c: Checker, node: int, found: TypeId, *, settled: bool = False) -> None:
    """Require that a value can be shown, and plan the call of `to_s` where that is how."""
    found = c.program.queries.stripped(c.resolved(found))
    if _shows_itself(c, found):
        return
    if c.infer.kind(found) is TypeKind.VARIABLE:
        if not settled:
            c.later.append(lambda: showable(c, node, found, settled=True))
        return
    if c.infer.kind(found) is TypeKind.STRUCT:
        group = c.program.method(found, c.program.interner.intern("to_s"))
        if group is not None and group.functions[0].module.items.n_params[group.functions[0].item] == 1:
            c.body.calls[-node] = CallPlan(group.functions[0], (node,))
            return
    notes: list[Note] = []
    if c.infer.kind(found) is TypeKind.STRUCT:
        text = f"give it a method `def to_s(self): String` in an `impl {c.show(found)}`"
        notes.append(Note(None, text))
    c.sink.report("QZ0304", c.extent(node), notes=notes, type=c.show(found), name="to_s")


def _shows_itself(c: Checker, found: TypeId) -> bool:
    """Scalars, strings, and tuples of such."""
    found = c.program.queries.stripped(c.resolved(found))
    if c.infer.kind(found) is TypeKind.TUPLE:
        return all(_shows_itself(c, part) for part in c.infer.args(found))
    return found in (BOOL, STRING, ERROR, NEVER) or found in NUMBERS


def negation(c: Checker, node: int, want: TypeId) -> TypeId:
    operand = c.lhs[node]
    if c.kind[operand] == NodeKind.INT:
        found = integer(c, operand, want, sign=-1)
        c.types[operand] = found
        return found
    found = c.resolved(c.operand(operand, want))
    if found == CHAR:
        return INT
    if found in NUMBERS or found in (ERROR, NEVER):
        return found
    if c.infer.unify(found, INT):
        return INT
    c.sink.report("QZ0402", c.span(node), operator="-", types=f"`{c.show(found)}`")
    return ERROR


def logical_not(c: Checker, node: int, want: TypeId) -> TypeId:
    c.condition(c.lhs[node])
    return BOOL


def bit_not(c: Checker, node: int, want: TypeId) -> TypeId:
    found = c.resolved(c.operand(c.lhs[node], want))
    if found == CHAR:
        return INT
    if found in INTEGERS or found in (ERROR, NEVER):
        return found
    c.sink.report("QZ0402", c.span(node), operator="~", types=f"`{c.show(found)}`")
    return ERROR

"""The text of values of any type, and the bodies of what is derived for that.

What the language has an operation for is that operation; else a method of the type is called, or a function
derived for it, which does the same for every part.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.properties import PREDICATES, int_const
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.strings import ShowOp, StrConcatOp
from dialects.qz.types import boolean, si64, string
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.constants import bytes_literal
from qz.irgen.data.enums import payload_part, switch, tag_of
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.irgen.data.unions import of_member
from qz.irgen.derived.parts import call_method, each_element, element_type
from qz.sema.types import STRING, SYMBOL, TypeId, TypeKind


def show_value(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """The text of a value; a string is its own."""
    callee = b.program.derivations.callee("show", type_id, b.body.module)
    if callee is not None:
        return call_method(b, callee, [value])
    return value if value.type == string else b.make(ShowOp, (value,), string)


def show_part(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """The text of a value inside of another: there a string is written as a literal."""
    stripped = b.program.queries.stripped(type_id)
    if b.program.types.kinds[stripped] is TypeKind.UNION:
        return of_member(b, value, stripped, string, lambda part, member: show_part(b, part, member))
    if stripped == SYMBOL:
        return _joined(b, [":", value])
    if stripped == STRING:
        callee = b.program.derivations.callee("show", type_id, b.body.module)
        if callee is None:
            found = call_runtime(b, "rt.quoting$quoted", [value], string)
            assert found is not None
            return found
    return show_value(b, value, type_id)


def show_between(b: Builder, values: Sequence[SSAValue], type_id: TypeId) -> SSAValue:
    """A value as it is inside of others, between two texts."""
    value, before, after = values
    return _joined(b, [before, show_part(b, value, type_id), after])


def _text(b: Builder, text: str) -> SSAValue:
    return bytes_literal(b, text.encode())


def _joined(b: Builder, parts: Sequence[SSAValue | str]) -> SSAValue:
    """Texts end to end; neighbouring literals become one."""
    merged: list[SSAValue | str] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(last := merged[-1], str):
            merged[-1] = last + part
        else:
            merged.append(part)
    values = [_text(b, part) if isinstance(part, str) else part for part in merged]
    return values[0] if len(values) == 1 else b.make(StrConcatOp, values, string)


def show_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """`Point { x: 1, y: 2 }`; a record has no name."""
    types = b.program.types
    is_record = types.kinds[type_id] is TypeKind.RECORD
    parts: list[SSAValue | str] = [] if is_record else [b.program.decls[types.args[type_id][0]].name + " "]
    parts.append("{")
    for index, (name, part) in enumerate(b.ir_types.structs.field_types(type_id).items()):
        parts.append(f"{',' if index else ''} {name}: ")
        parts.append(show_part(b, read_field(b, values[0], type_id, name), part))
    parts.append(" }" if len(parts) > 2 else "}")
    return _joined(b, parts)


def show_tuple(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """`(1, "a")`, `(1,)`."""
    parts: list[SSAValue | str] = ["("]
    types = b.program.types.args[type_id]
    for index, part in enumerate(types):
        parts += [", " if index else "", show_part(b, element(b, values[0], index), part)]
    return _joined(b, [*parts, ",)" if len(types) == 1 else ")"])


def show_enum(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """`Some(3)`, `None`."""
    (value,) = values
    names = list(b.ir_types.enums.declaration(type_id).names)
    payloads = b.ir_types.enums.payloads(type_id)

    def show(tag: int) -> SSAValue:
        parts: list[SSAValue | str] = [names[tag]]
        for index, part in enumerate(payloads[tag]):
            parts.append(", " if index else "(")
            parts.append(show_part(b, payload_part(b, value, type_id, tag, index), part))
        return _joined(b, [*parts, ")"] if payloads[tag] else parts)

    if len(names) == 1:
        return show(0)
    regions = [b.region(lambda tag=tag: (show(tag),)) for tag in range(len(names))]
    return switch(b, tag_of(b, value), range(len(names)), string, regions)


def show_union(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """What the value that is in it shows."""
    return of_member(b, values[0], type_id, string, lambda part, member: show_value(b, part, member))


def show_vec(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """`[1, 2]`."""
    part = element_type(b, type_id)
    builder = call_runtime(b, "rt.string_builder$new", [])
    assert builder is not None

    def append(text: SSAValue) -> None:
        call_runtime(b, "rt.string_builder$append", [builder, text])

    def separate() -> Sequence[SSAValue]:
        append(_text(b, ", "))
        return ()

    def turn(index: SSAValue, value: SSAValue) -> None:
        zero = b.make(ConstOp, (), si64, int_const(0, si64))
        is_later = b.make(CmpOp, (index, zero), boolean, PREDICATES["ne"])
        b.do(IfOp, (is_later,), NO_PROPERTIES, (), (b.region(separate),))
        append(show_part(b, value, part))

    append(_text(b, "["))
    each_element(b, values[0], part, turn)
    append(_text(b, "]"))
    found = call_runtime(b, "rt.string_builder$to_string", [builder], string)
    assert found is not None
    return found

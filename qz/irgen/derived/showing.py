"""Showing, comparing and hashing values of any type, and the bodies of what is derived for that.

What the language has an operation for is that operation; else a method of the type is called, or a function
derived for it, which does the same for every part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.branches import AllOp, IfOp
from dialects.qz.dynamic import DynCallOp
from dialects.qz.loops import ForEachOp
from dialects.qz.properties import FALSE, PREDICATES, TRUE, UNCHECKED, int_attr, int_const, string_attr
from dialects.qz.scalar import CmpOp, ConstOp, NotOp
from dialects.qz.strings import ShowOp, StrCmpOp, StrConcatOp
from dialects.qz.terminators import ReturnOp, YieldOp
from dialects.qz.types import boolean, si64, string
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from dialects.qz.vec import VecGetOp, VecSizeOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_function, call_runtime
from qz.irgen.constants import bytes_literal
from qz.irgen.data.enums import payload_part, switch, tag_of
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.irgen.data.unions import of_member
from qz.sema.derived.derivations import Callee
from qz.sema.types import INT, STRING, SYMBOL, TypeId, TypeKind

# A value of any type


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


def equal_values(b: Builder, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """Whether two values of a type are equal."""
    callee = b.program.derivations.callee("op_eq", type_id, b.body.module)
    if callee is not None:
        return call_method(b, callee, [left, right])
    op = StrCmpOp if left.type == string else CmpOp
    return b.make(op, (left, right), boolean, PREDICATES["eq"])


def call_method(b: Builder, callee: Callee, values: Sequence[SSAValue]) -> SSAValue:
    signature = b.program.queries.signature(callee.function)
    if callee.slot >= 0:
        properties: dict[str, Attribute] = {"index": int_attr(callee.slot)}
        return b.do(DynCallOp, values, properties, b.ir_types.results(signature.result)).results[0]
    operands = [b.coerce(v, b.ir_types.of(p.type)) for v, p in zip(values, signature.params, strict=True)]
    found = call_function(b, 0, callee.function, operands)
    assert found is not None
    return found


# Parts of values


def element_type(b: Builder, type_id: TypeId) -> TypeId:
    return b.program.types.args[type_id][0]


# Showing


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


def each_element(
    b: Builder, vec: SSAValue, element: TypeId, turn: Callable[[SSAValue, SSAValue], None]
) -> None:
    region, block = region_with_block([si64, b.ir_types.of(element)])
    outer, b.block = b.block, block
    try:
        turn(*block.args)
        b.do(YieldOp)
    finally:
        b.block = outer
    b.do(ForEachOp, (vec,), {"label": string_attr("each")}, (), (region,))


# Comparing


def _all(b: Builder, comparisons: Sequence[Callable[[], SSAValue]]) -> SSAValue:
    """Whether all of them hold, the first that does not ends it."""
    if not comparisons:
        return b.make(ConstOp, (), boolean, TRUE)
    if len(comparisons) == 1:
        return comparisons[0]()
    regions: list[Region] = [b.region(lambda c=c: (c(),)) for c in comparisons]
    return b.do(AllOp, (), NO_PROPERTIES, (boolean,), tuple(regions)).results[0]


def _return_false_unless(b: Builder, holds: SSAValue) -> None:
    def leave() -> Sequence[SSAValue]:
        raise b.end(ReturnOp, (b.make(ConstOp, (), boolean, FALSE),))

    fails = b.make(NotOp, (holds,), boolean)
    b.do(IfOp, (fails,), NO_PROPERTIES, (), (b.region(leave),))


def equal_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    def compare(name: str, part: TypeId) -> SSAValue:
        left, right = (read_field(b, value, type_id, name) for value in values)
        return equal_values(b, left, right, part)

    fields = b.ir_types.structs.field_types(type_id)
    return _all(b, [lambda n=n, t=t: compare(n, t) for n, t in fields.items()])


def equal_tuples(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    def compare(index: int, part: TypeId) -> SSAValue:
        left, right = (element(b, value, index) for value in values)
        return equal_values(b, left, right, part)

    parts = enumerate(b.program.types.args[type_id])
    return _all(b, [lambda i=i, t=t: compare(i, t) for i, t in parts])


def equal_enums(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The same variant, with equal payloads."""
    payloads = b.ir_types.enums.payloads(type_id)
    left, right = (tag_of(b, value) for value in values)
    same = b.make(CmpOp, (left, right), boolean, PREDICATES["eq"])
    tags = [tag for tag, payload in enumerate(payloads) if payload]
    if not tags:
        return same
    _return_false_unless(b, same)

    def compare(tag: int, index: int, part: TypeId) -> SSAValue:
        first, second = (payload_part(b, value, type_id, tag, index) for value in values)
        return equal_values(b, first, second, part)

    def of_variant(tag: int) -> Sequence[SSAValue]:
        return (_all(b, [lambda i=i, t=t: compare(tag, i, t) for i, t in enumerate(payloads[tag])]),)

    regions = [b.region(lambda tag=tag: of_variant(tag)) for tag in tags]
    if len(tags) < len(payloads):
        regions.append(b.region(lambda: (b.make(ConstOp, (), boolean, TRUE),)))
    return switch(b, left, tags, boolean, regions)


def equal_vecs(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The same size, and equal elements at each index."""
    part = element_type(b, type_id)
    left, right = values
    sizes = [b.make(VecSizeOp, (value,), si64) for value in values]
    _return_false_unless(b, b.make(CmpOp, sizes, boolean, PREDICATES["eq"]))

    def turn(index: SSAValue, value: SSAValue) -> None:
        other = b.make(VecGetOp, (right, index), b.ir_types.of(part), UNCHECKED)
        _return_false_unless(b, equal_values(b, value, other, part))

    each_element(b, left, part, turn)
    return b.make(ConstOp, (), boolean, TRUE)


# Hashing


def hash_value(b: Builder, value: SSAValue, type_id: TypeId) -> SSAValue:
    """A number that equal values of a type share."""
    callee = b.program.derivations.callee("hash", type_id, b.body.module)
    assert callee is not None
    return call_method(b, callee, [value])


def _hash_parts(b: Builder, start: SSAValue, parts: Sequence[tuple[SSAValue, TypeId]]) -> SSAValue:
    """The hash of a sequence, from one that stands for what goes before."""
    for value, type_id in parts:
        found = call_runtime(b, "rt.hash$combine", [start, hash_value(b, value, type_id)])
        assert found is not None
        start = found
    return start


def int_number(b: Builder, number: int) -> SSAValue:
    return b.make(ConstOp, (), si64, int_const(number, si64))


def hash_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    fields = b.ir_types.structs.field_types(type_id)
    parts = [(read_field(b, values[0], type_id, name), part) for name, part in fields.items()]
    return _hash_parts(b, int_number(b, 0), parts)


def hash_tuple(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    types = enumerate(b.program.types.args[type_id])
    return _hash_parts(b, int_number(b, 0), [(element(b, values[0], index), part) for index, part in types])


def hash_array(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The elements, one after the other."""
    part = element_type(b, type_id)
    so_far = b.make(LocalOp, (int_number(b, 0),), b.ir_types.cell(si64))

    def turn(index: SSAValue, value: SSAValue) -> None:
        before = b.make(LocalGetOp, (so_far,), si64)
        b.do(LocalSetOp, (so_far, _hash_parts(b, before, [(value, part)])))

    each_element(b, values[0], part, turn)
    return b.make(LocalGetOp, (so_far,), si64)


def hash_enum(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The number of the variant, then its payload."""
    payloads = b.ir_types.enums.payloads(type_id)
    tag = tag_of(b, values[0])

    def of_variant(number: int) -> Sequence[SSAValue]:
        parts = enumerate(payloads[number])
        words = [(payload_part(b, values[0], type_id, number, i), t) for i, t in parts]
        return (_hash_parts(b, _hash_parts(b, int_number(b, 0), [(tag, INT)]), words),)

    tags = [number for number, payload in enumerate(payloads) if payload]
    if not tags:
        return _hash_parts(b, int_number(b, 0), [(tag, INT)])
    regions = [b.region(lambda number=number: of_variant(number)) for number in tags]
    if len(tags) < len(payloads):
        regions.append(b.region(lambda: (_hash_parts(b, int_number(b, 0), [(tag, INT)]),)))
    return switch(b, tag, tags, si64, regions)

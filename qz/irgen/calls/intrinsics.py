"""What each intrinsic means. Its signature stands in `std`, as `extern "intrinsic" def …`.

A name with a `$` in it is a runtime function to call with the argument words; any other name is in
`INTRINSICS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from xdsl.ir import Attribute, Operation, SSAValue

from dialects.qz.arith import AddOp, MulOp, SubOp
from dialects.qz.bits import CountBitsOp
from dialects.qz.ownership import AdoptOp
from dialects.qz.panics import PanicOp
from dialects.qz.properties import UNCHECKED, UNIT, int_attr, int_const, string_attr
from dialects.qz.raw import RawCopyOp, RawFillOp, RawLoadOp, RawMoveOp, RawStoreOp, RawSymbolOp
from dialects.qz.scalar import CastOp, ConstOp, ReinterpretOp
from dialects.qz.strings import StrByteAtOp, StrConcatOp, StrSizeOp
from dialects.qz.structs import ArenaNewOp
from dialects.qz.tables import TableGetOp
from dialects.qz.types import VecType, f32, f64, is_int, si64, string, ui64
from dialects.qz.vec import (
    VecClearOp,
    VecFilledOp,
    VecGetOp,
    VecNewOp,
    VecPopUncheckedOp,
    VecPushOp,
    VecSetOp,
    VecSizeOp,
)
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.calls import place_of
from qz.irgen.calls.direct import call_function, call_runtime, symbol_ref
from qz.irgen.calls.unwrapping import expect, unwrap, unwrap_err
from qz.irgen.comparison import compare
from qz.irgen.constants import bytes_literal, constant, table_property
from qz.irgen.derived.showing import show_part, show_value
from qz.irgen.expressions import field_values
from qz.irgen.mentions import known_value
from qz.irgen.panics import panic_unless
from qz.sema.constants.values import ConstTable, ConstVec
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.drops import holds_dropped
from qz.sema.types import INT, NEVER, VOID, int_range
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind

Args: TypeAlias = Sequence[int]
Intrinsic: TypeAlias = "Callable[[Builder, int, Args], SSAValue | None]"

K = NodeKind


def intrinsic(b: Builder, node: int, function: FunctionDecl, args: Args) -> SSAValue | None:
    """The ops of a call of an intrinsic."""
    name = function.intrinsic
    if "$" in name:
        values = [b.value(arg) for arg in args]
        result = b.types[node]
        return call_runtime(b, name, values, None if result in (VOID, NEVER) else b.ir_types.of(result))
    return INTRINSICS[name](b, node, args)


# Raw memory


def _load(width: int, signed: bool) -> Intrinsic:
    shared: dict[str, Attribute] = {"width": int_attr(width)}
    if signed:
        shared["signed"] = UNIT

    def emit(b: Builder, node: int, args: Args) -> SSAValue:
        address = b.value(args[0])
        index, offset = _offset(b, args[1])
        return b.make(RawLoadOp, (address, *index), si64, {**shared, "offset": int_attr(offset)})

    return emit


def _store(width: int) -> Intrinsic:
    shared: dict[str, Attribute] = {"width": int_attr(width)}

    def emit(b: Builder, node: int, args: Args) -> None:
        address = b.value(args[0])
        index, offset = _offset(b, args[1])
        value = b.value_as(args[2], si64)
        b.do(RawStoreOp, (address, *index, value), {**shared, "offset": int_attr(offset)})

    return emit


def _offset(b: Builder, node: int) -> tuple[tuple[SSAValue, ...], int]:
    """A constant offset goes into the op, any other is an operand."""
    value = b.value(node)
    if isinstance(value.owner, ConstOp):
        return (), value.owner.properties["value"].value.data  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType]
    return (value,), 0


COUNT: dict[str, Attribute] = {
    "width": int_attr(4),
    "offset": int_attr(-8),
    "alias": string_attr("count"),
}
"""How the runtime reaches the reference count of a block."""


def _count(b: Builder, node: int, args: Args) -> SSAValue:
    return b.make(RawLoadOp, (b.value(args[0]),), si64, {**COUNT, "signed": UNIT})


def _set_count(b: Builder, node: int, args: Args) -> None:
    b.do(RawStoreOp, (b.value(args[0]), b.value_as(args[1], si64)), COUNT)


def _do(op: type[Operation]) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> None:
        b.do(op, [b.value(arg) for arg in args])

    return emit


def _symbol(b: Builder, node: int, args: Args) -> SSAValue:
    name = string_value(b.body.module.tokens, b.token[args[0]]).decode()
    return b.make(RawSymbolOp, (), si64, {"name": symbol_ref(name)})


def _own(b: Builder, node: int, args: Args) -> SSAValue:
    return b.make(AdoptOp, (b.value(args[0]),), b.ir_types.of(b.types[node]))


def _reinterpret(b: Builder, node: int, args: Args) -> SSAValue:
    value = b.value(args[0])
    want = b.ir_types.of(b.types[node])
    return value if value.type == want else b.make(ReinterpretOp, (value,), want)


# Integers


def _wrapping(op: type[Operation]) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> SSAValue:
        return b.make(op, [b.value(arg) for arg in args], b.ir_types.of(b.types[node]), WRAPPING)

    return emit


WRAPPING: dict[str, Attribute] = {"overflow": string_attr("wrap")}


def _limit(end: int) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> SSAValue:
        return constant(b, b.types[node], int_range(b.types[node])[end])

    return emit


def _bits(b: Builder, node: int, args: Args) -> SSAValue:
    low, high = int_range(b.types[args[0]])
    return constant(b, INT, (high - low).bit_length())


def _count_bits(what: str) -> Intrinsic:
    properties: dict[str, Attribute] = {"what": string_attr(what)}
    return lambda b, node, args: b.make(CountBitsOp, (b.value_as(args[0], ui64),), si64, properties)


# Strings and showing


def _str_size(b: Builder, node: int, args: Args) -> SSAValue:
    return b.make(StrSizeOp, (b.value(args[0]),), si64)


def _str_byte_at(b: Builder, node: int, args: Args) -> SSAValue:
    text = b.value(args[0])
    return b.make_at(node, StrByteAtOp, (text, b.value_as(args[1], si64)), si64)


def _show(b: Builder, node: int, args: Args) -> SSAValue:
    return show_value(b, b.value(args[0]), b.types[args[0]])


def _inspect(b: Builder, node: int, args: Args) -> SSAValue:
    return show_part(b, b.value(args[0]), b.types[args[0]])


def _append(b: Builder, node: int, args: Args) -> None:
    """`sb.append(x)`: an integer is written straight into the buffer."""
    builder, value = b.value(args[0]), b.value(args[1])
    if is_int(value.type) and value.type != ui64:
        number = b.make(CastOp, (value,), si64) if value.type != si64 else value
        call_runtime(b, "rt.string_builder$append_int", [builder, number])
    else:
        call_runtime(b, "rt.string_builder$append", [builder, show_value(b, value, b.types[args[1]])])


# Panics and assertions


def _panic(b: Builder, node: int, args: Args) -> SSAValue | None:
    message = b.value(args[0])
    b.do(PanicOp, (message,), NO_PROPERTIES, (), (), b.locate(node))
    raise b.unreachable()


def _call_place(b: Builder, node: int, args: Args) -> SSAValue:
    return place_of(b, node)


def _assert(b: Builder, node: int, args: Args) -> None:
    holds = b.value(args[0])
    if len(args) == 1:
        panic_unless(b, node, holds, lambda: bytes_literal(b, b"assertion failed"))
    else:
        panic_unless(b, node, holds, lambda: b.value(args[1]))


def _assert_compare(predicate: str, word: bytes) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> None:
        actual, expected = b.value(args[0]), b.value(args[1])
        type_id = b.types[args[0]]
        expected = b.coerce(expected, actual.type)
        holds = compare(b, predicate, actual, expected, type_id)

        def message() -> SSAValue:
            own = [b.value(args[2]), bytes_literal(b, b": expected " + word)] if len(args) > 2 else None
            parts = [
                *(own or [bytes_literal(b, b"assertion failed: expected " + word)]),
                show_part(b, expected, type_id),
                bytes_literal(b, b", got "),
                show_part(b, actual, type_id),
            ]
            return b.make(StrConcatOp, parts, string)

        panic_unless(b, node, holds, message)

    return emit


# Arenas


def _arena_new(b: Builder, node: int, args: Args) -> SSAValue:
    """A struct that is written where it is given to an arena lies there; any other value is shared."""
    arena, value = args
    type_id = b.types[value]
    if b.kind[value] != K.STRUCT_LIT or is_value(b.program, type_id) or holds_dropped(b.program, type_id):
        return b.value(value)
    owner = b.value(arena)
    return b.make(ArenaNewOp, (owner, *field_values(b, value)), b.ir_types.of(type_id))


# Vectors


def _vec_new(b: Builder, node: int, args: Args) -> SSAValue:
    capacity = [b.value(arg) for arg in args]
    return b.make(VecNewOp, capacity, b.ir_types.of(b.types[node]))


def _vec_filled(b: Builder, node: int, args: Args) -> SSAValue:
    vec = b.ir_types.of(b.types[node])
    assert isinstance(vec, VecType)
    n = b.value(args[0])
    return b.make_at(node, VecFilledOp, (n, b.value_as(args[1], vec.element)), vec)


def _element(vec: SSAValue) -> Attribute:
    assert isinstance(vec.type, VecType)
    return vec.type.element


def _vec_push(b: Builder, node: int, args: Args) -> None:
    vec = b.value(args[0])
    b.do(VecPushOp, (vec, b.value_as(args[1], _element(vec))))


def _vec_get(properties: dict[str, Attribute]) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> SSAValue:
        table = known_value(b, args[0])
        if isinstance(table, ConstTable):
            index, element = b.value_as(args[1], si64), b.ir_types.of(b.types[node])
            return b.make_at(node, TableGetOp, (index,), element, {**table_property(table), **properties})
        vec = b.value(args[0])
        return b.make_at(node, VecGetOp, (vec, b.value_as(args[1], si64)), _element(vec), properties)

    return emit


def _vec_set(properties: dict[str, Attribute]) -> Intrinsic:
    def emit(b: Builder, node: int, args: Args) -> None:
        vec = b.value(args[0])
        index = b.value_as(args[1], si64)
        value = b.value_as(args[2], _element(vec))
        b.do(VecSetOp, (vec, index, value), properties, (), (), b.locate(node))

    return emit


def _vec_size(b: Builder, node: int, args: Args) -> SSAValue:
    vec = known_value(b, args[0])
    if isinstance(vec, ConstTable | ConstVec):
        return constant(b, INT, vec.n)
    return b.make(VecSizeOp, (b.value(args[0]),), si64)


def _array_size(b: Builder, node: int, args: Args) -> SSAValue:
    """What the type says, once the array has been evaluated."""
    b.value(args[0])
    size = b.program.types.args[b.program.queries.stripped(b.types[args[0]])][1]
    return constant(b, INT, b.program.types.args[size][0])


def _array_filled(b: Builder, node: int, args: Args) -> SSAValue:
    array = b.ir_types.of(b.types[node])
    assert isinstance(array, VecType)
    size = b.program.types.args[b.program.types.args[b.types[node]][1]][0]
    value = b.value_as(args[0], array.element)
    return b.make_at(node, VecFilledOp, (constant(b, INT, size), value), array)


def _same(b: Builder, node: int, args: Args) -> SSAValue:
    return b.value(args[0])


def _vec_clear(b: Builder, node: int, args: Args) -> None:
    b.do(VecClearOp, (b.value(args[0]),))


def _vec_pop(b: Builder, node: int, args: Args) -> SSAValue:
    vec = b.value(args[0])
    return b.make(VecPopUncheckedOp, (vec,), _element(vec))


ORDER_UNSIGNED, ORDER_F64, ORDER_F32, ORDER_STRING = 1, 2, 3, 4


def _vec_sort(b: Builder, node: int, args: Args) -> None:
    """The runtime sorts words in the order that the language gives them, the library whatever has another."""
    vec = b.value(args[0])
    part = b.program.types.args[b.program.queries.stripped(b.types[args[0]])][0]
    if b.program.derivations.callee("op_lt", part, b.body.module) is not None:
        general = b.program.library.function("vec", "sort_in_order")
        call_function(b, node, b.program.instances.of(general, (part,), None, general.span), [vec])
        return
    special: dict[Attribute, int] = {
        ui64: ORDER_UNSIGNED,
        f64: ORDER_F64,
        f32: ORDER_F32,
        string: ORDER_STRING,
    }
    order = b.make(ConstOp, (), si64, int_const(special.get(_element(vec), 0), si64))
    call_runtime(b, "rt.sort$sort", [vec, order])


INTRINSICS: dict[str, Intrinsic] = {
    "__load_u8": _load(1, signed=False),
    "__load_i8": _load(1, signed=True),
    "__load_u16": _load(2, signed=False),
    "__load_i16": _load(2, signed=True),
    "__load_u32": _load(4, signed=False),
    "__load_i32": _load(4, signed=True),
    "__load_i64": _load(8, signed=True),
    "__store_8": _store(1),
    "__store_16": _store(2),
    "__store_32": _store(4),
    "__store_64": _store(8),
    "__count": _count,
    "__set_count": _set_count,
    "__own": _own,
    "__copy": _do(RawCopyOp),
    "__move": _do(RawMoveOp),
    "__fill": _do(RawFillOp),
    "__symbol": _symbol,
    "__address": _reinterpret,
    "__transmute": _reinterpret,
    "__f64_bits": _reinterpret,
    "__f64_from_bits": _reinterpret,
    "as_int": _reinterpret,
    "as_ptr": _reinterpret,
    "as_string": _reinterpret,
    "str_byte_len": _str_size,
    "str_byte_at": _str_byte_at,
    "integer_wrapping_add": _wrapping(AddOp),
    "integer_wrapping_sub": _wrapping(SubOp),
    "integer_wrapping_mul": _wrapping(MulOp),
    "integer_min": _limit(0),
    "integer_max": _limit(1),
    "integer_bits": _bits,
    "bits_ones": _count_bits("ones"),
    "bits_leading_zeros": _count_bits("leading_zeros"),
    "bits_trailing_zeros": _count_bits("trailing_zeros"),
    "show": _show,
    "inspect": _inspect,
    "sb_append": _append,
    "call_place": _call_place,
    "panic": _panic,
    "assert": _assert,
    "assert_eq": _assert_compare("eq", b""),
    "assert_ne": _assert_compare("ne", b"something else than "),
    "result_unwrap": unwrap,
    "result_unwrap_err": unwrap_err,
    "result_expect": expect,
    "arena_new": _arena_new,
    "vec_new": _vec_new,
    "vec_with_capacity": _vec_new,
    "vec_filled": _vec_filled,
    "vec_push": _vec_push,
    "vec_get": _vec_get(NO_PROPERTIES),
    "vec_set": _vec_set(NO_PROPERTIES),
    "vec_get_unchecked": _vec_get(UNCHECKED),
    "vec_set_unchecked": _vec_set(UNCHECKED),
    "vec_size": _vec_size,
    "array_filled": _array_filled,
    "array_size": _array_size,
    "array_of_vec": _same,
    "vec_of_array": _same,
    "vec_clear": _vec_clear,
    "vec_pop_unchecked": _vec_pop,
    "vec_sort": _vec_sort,
}


def is_intrinsic(name: str) -> bool:
    """Whether the compiler knows an intrinsic of that name."""
    return "$" in name or name in INTRINSICS

"""Between the interpreter's objects and what constants hold."""

from collections.abc import Sequence
from typing import cast

from xdsl.ir import Attribute

from dialects.interpreters.enums import packer, unpacker, variant_of
from dialects.interpreters.machine import Machine
from dialects.interpreters.value_structs import flattener, grouped, initial_value
from dialects.interpreters.values import Enum, Struct, Value, Vec
from dialects.interpreters.words import Words
from dialects.qz.leaves import flattened, has_leaves
from dialects.qz.tables import FORMATS, pack_table, table_elements
from dialects.qz.types import EnumType, VecType
from dialects.qz.val_type import struct_name
from qz.irgen.ir_types import IrTypes
from qz.sema.constants.values import ConstStruct, ConstTable, ConstValue, ConstVariant, ConstVec
from qz.sema.data.parts import part_types
from qz.sema.types import BOOL, CHAR, FLOATS, INTEGERS, POINTER, STRING, SYMBOL, TypeId, TypeKind

STRUCTS = frozenset({TypeKind.STRUCT, TypeKind.TUPLE, TypeKind.RECORD})
MAX_PARTS = 20_000
MAX_BYTES = 1 << 24
MAX_NESTING = 64


class Unkeepable(Exception):  # noqa: N818 (an outcome, not a fault)
    """A value, or a part of one, means something in the evaluation only."""


class HoldsFunction(Unkeepable):
    """A value is a function, or holds one."""


class TooLarge(Exception):  # noqa: N818 (an outcome, not a fault)
    """A value is more than a program should carry."""


class Freezer:
    """Makes what a constant holds of one result."""

    def __init__(self, ir_types: IrTypes, machine: Machine) -> None:
        self._ir_types = ir_types
        self._program = ir_types.program
        self._words = machine.words
        self._made: dict[int, ConstValue | None] = {}
        """By the object's id; None while it is being made."""
        self._nesting = 0
        self._n_parts = 0
        self._n_bytes = 0

    def freeze(self, value: Value, type_id: TypeId) -> ConstValue:
        """What a constant of the type holds for an object of the interpreter."""
        type_id = self._program.queries.stripped(type_id)
        if type_id == BOOL or type_id in FLOATS:
            return value
        if type_id in (STRING, SYMBOL) and isinstance(value, bytes):
            self._count_bytes(len(value))
            return value
        if type_id in INTEGERS or type_id in (CHAR, POINTER):
            if self._words.is_address(value):
                raise Unkeepable("it is an address, which means something during the evaluation only")
            return value
        if self._program.types.kinds[type_id] is TypeKind.FN:
            raise HoldsFunction("a function can be only in what a whole constant or global holds")
        if isinstance(value, tuple):
            return self._of_leaves(cast("tuple[Value, ...]", value), type_id)
        if isinstance(value, list | Struct | Enum):
            return self._once(value, type_id)
        raise Unkeepable("only numbers, text, and what is made of them can be")

    def _of_leaves(self, leaves: tuple[Value, ...], type_id: TypeId) -> ConstValue:
        """A value struct, or an unboxed enum."""
        ir_type = self._ir_types.of(type_id)
        if not isinstance(ir_type, EnumType):
            return ConstStruct(type_id, self._parts(leaves, type_id))
        tag = variant_of(ir_type, leaves)
        types = flattened(self._ir_types.kept(type_id, tag))
        return self._variant(type_id, tag, unpacker(ir_type, tag, 0, types, self._words)(leaves))

    def _variant(self, type_id: TypeId, tag: int, words: Sequence[Value]) -> ConstVariant:
        """A variant with the words of its payload, of which those with one value only have none."""
        types = part_types(self._program, type_id, tag)
        held = iter(grouped(words, self._ir_types.kept(type_id, tag)))
        is_nothing = self._program.queries.layouts.is_nothing
        values = [Enum(0, ()) if is_nothing(part) else next(held) for part in types]
        return ConstVariant(type_id, tag, self._all(values, types))

    def _once(self, value: Value, type_id: TypeId) -> ConstValue:
        """What is met again is the same again; a circle would have no end."""
        known = self._made.get(id(value), value)
        if known is None:
            raise Unkeepable("it leads back to itself")
        if known is not value:
            return known
        self._made[id(value)] = None
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise TooLarge(f"gives a value nested more than {MAX_NESTING} levels deep")
        made = self._made[id(value)] = self._aggregate(value, type_id)
        self._nesting -= 1
        return made

    def _aggregate(self, value: Value, type_id: TypeId) -> ConstValue:
        kind = self._program.types.kinds[type_id]
        if kind in (TypeKind.VEC, TypeKind.ARRAY) and isinstance(value, list):
            return self._vector(cast("list[Value]", value), type_id)
        if kind in STRUCTS and isinstance(value, Struct):
            return ConstStruct(type_id, self._parts(value.fields, type_id))
        if kind in (TypeKind.ENUM, TypeKind.UNION) and isinstance(value, Enum):
            return self._variant(type_id, value.variant, value.payload)
        raise Unkeepable("only numbers, text, and what is made of them can be")

    def _parts(self, leaves: Sequence[Value], type_id: TypeId) -> tuple[ConstValue, ...]:
        """The parts of what the interpreter keeps as the leaves of its parts, side by side."""
        types = part_types(self._program, type_id)
        return self._all(grouped(leaves, map(self._ir_types.of, types)), types)

    def _vector(self, elements: list[Value], type_id: TypeId) -> ConstValue:
        (of,) = part_types(self._program, type_id)
        ir_type = self._ir_types.of(of)
        if ir_type not in FORMATS:
            return ConstVec(type_id, self._all(elements, [of] * len(elements)))
        image = pack_table(elements, ir_type)
        self._count_bytes(len(image))
        return ConstTable(type_id, image, len(elements))

    def _all(self, values: Sequence[Value], type_ids: list[TypeId]) -> tuple[ConstValue, ...]:
        self._n_parts += len(values)
        if self._n_parts > MAX_PARTS:
            raise TooLarge(f"gives more than {MAX_PARTS} strings and structs")
        return tuple([self.freeze(part, of) for part, of in zip(values, type_ids, strict=True)])

    def _count_bytes(self, n: int) -> None:
        self._n_bytes += n
        if self._n_bytes > MAX_BYTES:
            raise TooLarge(f"gives more than {MAX_BYTES} bytes")


def thaw(value: ConstValue, ir_types: IrTypes, words: Words) -> Value:
    """A new object of the interpreter for what a constant holds."""
    match value:
        case ConstTable() | ConstVec():
            ir_type = ir_types.of(value.type)
            assert isinstance(ir_type, VecType)
            if isinstance(value, ConstTable):
                return Vec(ir_type.element, table_elements(value.image, ir_type.element))
            return Vec(ir_type.element, [thaw(element, ir_types, words) for element in value.elements])
        case ConstStruct():
            ir_type = ir_types.of(value.type)
            types = list(map(ir_types.of, part_types(ir_types.program, value.type)))
            leaves = _leaves(value.fields, types, ir_types, words)
            if has_leaves(ir_type):
                return leaves or initial_value(ir_type)
            return Struct(struct_name(ir_type), list(leaves))
        case ConstVariant():
            ir_type = ir_types.of(value.type)
            assert isinstance(ir_type, EnumType)
            is_nothing = ir_types.enums.layouts.is_nothing
            of = part_types(ir_types.program, value.type, value.tag)
            parts = [part for part, type_ in zip(value.payload, of, strict=True) if not is_nothing(type_)]
            types = ir_types.kept(value.type, value.tag)
            payload = _leaves(parts, types, ir_types, words)
            if has_leaves(ir_type):
                return packer(ir_type, value.tag, flattened(types), words)(payload)
            return Enum(value.tag, payload, is_payload=ir_type.layout == "nullable")
        case _:
            return value


def _leaves(
    parts: Sequence[ConstValue], types: Sequence[Attribute], ir_types: IrTypes, words: Words
) -> tuple[Value, ...]:
    """What the interpreter keeps of parts of these types."""
    return flattener(types)([thaw(part, ir_types, words) for part in parts])

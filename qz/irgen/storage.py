"""Where values lie that can be read and assigned: variables, fields on the heap, elements, parts of those.

A part of a value struct is reached in the place where the struct lies, so `v[i].start.x += 1` computes one
address and loads and stores one number.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple, TypeAlias

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.qz import arith, bits, scalar
from dialects.qz.ownership import KeepOp
from dialects.qz.properties import UNCHECKED, int_attr, string_attr
from dialects.qz.strings import StrConstOp, StrSizeOp
from dialects.qz.struct_type import StructType
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.types import TupleType, VecType, si64
from dialects.qz.value_structs import ValueGetOp, ValueNewOp
from dialects.qz.variables import (
    GlobalGetOp,
    GlobalSetOp,
    LocalGetOp,
    LocalSetOp,
    SharedGetOp,
    SharedSetOp,
)
from dialects.qz.vec import VecGetOp, VecOwnOp, VecSetOp, VecSizeOp
from qz.irgen.binary.packed import read_bits, with_bits
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.data import tuples
from qz.irgen.data.slices import element_place, is_row, is_slicing, known_size
from qz.irgen.data.struct_types import FieldSpec
from qz.sema import type_kinds as tyk
from qz.sema.binary.packed import packed_of
from qz.sema.check.tuples import index_of
from qz.sema.decls import GlobalDecl, PackedDecl
from qz.sema.ownership.drops import holds_dropped
from qz.sema.types import TypeId
from qz.syntax import node_numbers as nk

_KEEPS_ELEMENTS = frozenset(
    (
        *arith.OPS,
        *bits.OPS,
        *scalar.OPS,
        *(ValueNewOp, ValueGetOp, StructGetOp, StrConstOp, StrSizeOp, VecGetOp, VecSizeOp, VecOwnOp),
        *(LocalGetOp, SharedGetOp, GlobalGetOp),
    )
)
"""Operations behind which every vector still has the elements it had."""


class Place(NamedTuple):
    """Operands and properties of the operations that read and write it, and the type of what is there."""

    reads: type[Operation]
    writes: type[Operation]
    operands: tuple[SSAValue, ...]
    properties: dict[str, Attribute]
    content: Attribute
    node: int = 0
    """The expression of an element, which a check of its index points at."""

    def read(self, b: Builder) -> SSAValue:
        """What is there now."""
        make = b.make if self.reads is not VecGetOp else partial(b.make_at, self.node)
        return make(self.reads, self.operands, self.content, self.properties)

    def write(self, b: Builder, value: SSAValue, read_by: Operation | None = None) -> None:
        """Put a value there. An element that `read_by` found may be there still: then nothing is checked."""
        operands = (*self.operands, b.coerce(value, self.content))
        if self.writes is not VecSetOp:
            b.do(self.writes, operands, self.properties)
            return
        properties = self.properties
        if read_by is not None and _keeps_elements(read_by, b.block):
            properties = {**properties, **UNCHECKED}
        b.do(VecSetOp, operands, properties, (), (), b.locate(self.node))

    def own(self, b: Builder) -> SSAValue:
        """The array that is there, once nobody else sees what is written into it."""
        found = self.read(b)
        value = b.make(VecOwnOp, (found,), self.content)
        read_by = found.owner
        assert isinstance(read_by, Operation)
        self.write(b, value, read_by)
        return value


def _keeps_elements(first: Operation, block: Block) -> bool:
    """Whether no vector can have lost an element between an operation and the end of the block."""
    if first.parent is not block:
        return False
    op = first.next_op
    while op is not None:
        if type(op) not in _KEEPS_ELEMENTS:
            return False
        op = op.next_op
    return True


class ArrayPart(NamedTuple):
    """An element, or a part of one, of an array that lies in a place: writing changes that one alone."""

    holder: AnyPlace
    at: SSAValue
    properties: dict[str, Attribute]
    content: Attribute
    node: int

    def _in(self, vec: SSAValue, properties: dict[str, Attribute]) -> Place:
        return Place(VecGetOp, VecSetOp, (vec, self.at), properties, self.content, self.node)

    def read(self, b: Builder) -> SSAValue:
        """What is there now."""
        return self._in(self.holder.read(b), self.properties).read(b)

    def write(self, b: Builder, value: SSAValue, read_by: Operation | None = None) -> None:
        """Put a value there. An array keeps its size, so what was read may be written without a check."""
        properties = self.properties if read_by is None else {**self.properties, **UNCHECKED}
        self._in(self.holder.own(b), properties).write(b, value)

    def own(self, b: Builder) -> SSAValue:
        """The array that is there, in an array that nobody else refers to."""
        return self._in(self.holder.own(b), self.properties).own(b)


class TuplePart(NamedTuple):
    """Some words of a tuple that lies in a place: writing there puts another tuple into that place."""

    holder: AnyPlace
    word: int
    content: Attribute

    def read(self, b: Builder) -> SSAValue:
        """What the tuple has there now."""
        return tuples.part(b, self.holder.read(b), self.word, self.content)

    def write(self, b: Builder, value: SSAValue, read_by: Operation | None = None) -> None:
        """Put a tuple that differs there into the place of this one."""
        new = tuples.replaced(b, self.holder.read(b), self.word, b.coerce(value, self.content))
        self.holder.write(b, new)

    def own(self, b: Builder) -> SSAValue:
        """A copy of the array that is there: others may have the tuple, and so the array, without a count."""
        found = self.read(b)
        copy = call_runtime(b, "rt.vec$copy", [found], found.type)
        assert copy is not None
        self.write(b, copy)
        return copy


class BitsPart(NamedTuple):
    """Bits of a packed struct that lies in a place: writing there leaves the others as they are."""

    holder: AnyPlace
    decl: PackedDecl
    name: str
    content: Attribute
    node: int

    def read(self, b: Builder) -> SSAValue:
        """What the bits say now."""
        return read_bits(b, self.holder.read(b), self.decl, self.name)

    def write(self, b: Builder, value: SSAValue, read_by: Operation | None = None) -> None:
        """Put a number there."""
        word = self.holder.read(b)
        holder_read_by = word.owner
        assert isinstance(holder_read_by, Operation)
        given = {self.name: b.coerce(value, self.content)}
        self.holder.write(b, with_bits(b, self.node, word, self.decl, given), holder_read_by)

    def own(self, b: Builder) -> SSAValue:
        """Only what holds an array is asked for this."""
        raise AssertionError(self.name)


class HeldPart(NamedTuple):
    """A field that its value struct holds as any reference."""

    holder: Place | TuplePart | ArrayPart
    content: Attribute

    def read(self, b: Builder) -> SSAValue:
        """What is there now."""
        return b.coerce(self.holder.read(b), self.content)

    def write(self, b: Builder, value: SSAValue, read_by: Operation | None = None) -> None:
        """Put a value there."""
        self.holder.write(b, value, read_by)

    def own(self, b: Builder) -> SSAValue:
        """The array that is there, once nobody else sees what is written into it."""
        value = b.make(VecOwnOp, (self.read(b),), self.content)
        self.write(b, value)
        return value


AnyPlace: TypeAlias = Place | TuplePart | ArrayPart | BitsPart | HeldPart


def find_place(b: Builder, node: int) -> AnyPlace | None:
    """The place of a name, a field or an element; None for a value that lies nowhere.

    What says where it is, the struct, the vector and the index, is evaluated here.
    """
    content = b.ir_types.of(b.types[node])
    packed = packed_of(b.program, b.types[b.lhs[node]]) if b.kind[node] == nk.FIELD else None
    if packed is not None:
        holder = find_place(b, b.lhs[node])
        return holder and BitsPart(holder, packed, _name(b, node), content, node)
    held = _held_as(b, node)
    place = _find_part(b, node, held)
    return place if place is None or held == content else HeldPart(place, content)


def _held_as(b: Builder, node: int) -> Attribute:
    """What is held at a place: of a part of a value struct, the outermost one says that."""
    holder = b.ir_types.of(b.types[b.lhs[node]]) if _is_field(b, node) else None
    if not isinstance(holder, StructType):
        return b.ir_types.of(b.types[node])
    outer = _held_as(b, b.lhs[node])
    assert isinstance(outer, StructType)
    return outer.field_type(_field_name(b, node))


def _find_part(b: Builder, node: int, content: Attribute) -> Place | TuplePart | ArrayPart | None:
    """The same of what is no bits, and is held as ``content``."""
    part: int | None = None
    while _is_field(b, node) and isinstance(b.ir_types.of(b.types[b.lhs[node]]), StructType):
        part = (part or 0) + _field(b, node).first
        node = b.lhs[node]
    if _is_element(b, node):
        return _part_of_tuple(b, node, part, content)
    if _is_field(b, node):
        properties: dict[str, Attribute] = {
            "index": int_attr(_field(b, node).first + (part or 0)),
            "name": string_attr(_name(b, node)),
        }
        return Place(StructGetOp, StructSetOp, (b.value(b.lhs[node]),), properties, content)
    properties = NO_PROPERTIES if part is None else {"part": int_attr(part)}
    kind = b.kind[node]
    if kind == nk.INDEX and node not in b.body.calls:
        return _element(b, node, properties, content)
    entry = b.decls[node]
    if kind in (nk.IDENT, nk.SELF) and entry > 0:
        return _local(b, entry - 1, properties, content)
    decl = b.program.decls[-entry - 1] if entry < 0 else None
    return _global(b, decl, properties, content) if isinstance(decl, GlobalDecl) else None


def replace(
    b: Builder, place: AnyPlace, type_id: TypeId, value: SSAValue, read_by: Operation | None = None
) -> None:
    """Put a value of a type where another one is, whose `drop` may run then, as at the end of a scope."""
    place.write(b, value, read_by)
    if holds_dropped(b.program, type_id):
        b.do(KeepOp, (place.read(b),))


def assign_local(b: Builder, local: int, value: SSAValue) -> None:
    """Assign a variable of the function."""
    type_id = b.body.locals[local].type
    place = _local(b, local, NO_PROPERTIES, b.ir_types.of(type_id))
    assert place is not None
    replace(b, place, type_id, value)


def assign_global(b: Builder, entry: int, value: SSAValue) -> None:
    """Assign a variable of a module; ``entry`` is what the resolver says of its name."""
    decl = b.program.decls[-entry - 1]
    assert isinstance(decl, GlobalDecl)
    replace(b, _global(b, decl, NO_PROPERTIES, b.ir_types.of(decl.type)), decl.type, value)


def part_in_place(b: Builder, node: int) -> AnyPlace | None:
    """The place of a field that is part of a value struct or a tuple which lies somewhere."""
    root = b.lhs[node]
    if not isinstance(b.ir_types.of(b.types[root]), StructType):
        return None
    while _is_field(b, root) and isinstance(b.ir_types.of(b.types[b.lhs[root]]), StructType):
        root = b.lhs[root]
    is_stored = _is_field(b, root) or (b.kind[root] == nk.INDEX and root not in b.body.calls)
    return find_place(b, node) if is_stored or b.kind[root] in (nk.IDENT, nk.SELF, nk.PATH) else None


def _is_field(b: Builder, node: int) -> bool:
    """Whether this reads a field, or an element of a tuple that is no block, and does not name a declaration,
    a method or a variant."""
    body = b.body
    if b.kind[node] != nk.FIELD or b.decls[node] < 0 or node in body.calls or node in body.variants:
        return False
    holder = b.types[b.lhs[node]]
    if b.program.types.kinds[holder] is tyk.TUPLE:
        return not _is_block(b, holder)
    return b.program.types.kinds[holder] in (tyk.STRUCT, tyk.RECORD)


def _is_element(b: Builder, node: int) -> bool:
    """Whether this reads an element of a tuple that is a block."""
    return b.kind[node] == nk.FIELD and _is_block(b, b.types[b.lhs[node]])


def _is_block(b: Builder, type_id: TypeId) -> bool:
    return b.program.types.kinds[type_id] is tyk.TUPLE and isinstance(b.ir_types.of(type_id), TupleType)


def _part_of_tuple(b: Builder, node: int, part: int | None, content: Attribute) -> TuplePart | None:
    """The place of an element of a tuple, or of a part of that."""
    holder = find_place(b, b.lhs[node])
    if holder is None:
        return None
    tuple_type = holder.content
    assert isinstance(tuple_type, TupleType)
    position = index_of(_name(b, node))
    word = tuples.first_word(tuple_type, position)
    if part is None:
        return TuplePart(holder, word, tuple_type.elements.data[position])
    return TuplePart(holder, word + part, content)


def _name(b: Builder, node: int) -> str:
    return b.body.module.tokens.text(b.token[node])


def _field_name(b: Builder, node: int) -> str:
    """The same, however the number of an element is written."""
    is_tuple = b.program.types.kinds[b.types[b.lhs[node]]] is tyk.TUPLE
    return str(index_of(_name(b, node))) if is_tuple else _name(b, node)


def _field(b: Builder, node: int) -> FieldSpec:
    return b.ir_types.structs.fields(b.types[b.lhs[node]])[_field_name(b, node)]


def _element(
    b: Builder, node: int, properties: dict[str, Attribute], content: Attribute
) -> Place | ArrayPart | None:
    if not is_row(b, b.types[b.lhs[node]]) or is_slicing(b, node):
        return None
    vec_type = b.ir_types.of(b.types[b.lhs[node]])
    holder = None
    if b.program.types.kinds[b.types[b.lhs[node]]] is tyk.ARRAY:
        holder = find_place(b, b.lhs[node])
    if b.options.trusted:
        properties = {**properties, **UNCHECKED}
    if holder is not None:
        assert isinstance(vec_type, VecType)
        held = content if "part" in properties else vec_type.element
        properties = {**properties, **known_size(b, b.types[b.lhs[node]])}
        return ArrayPart(holder, b.value_as(b.rhs[node], si64), properties, held, node)
    vec, index = element_place(b, node)
    assert isinstance(vec.type, VecType)
    held = content if "part" in properties else vec.type.element
    return Place(VecGetOp, VecSetOp, (vec, index), properties, held, node)


def _local(b: Builder, local: int, properties: dict[str, Attribute], content: Attribute) -> Place | None:
    spec = b.body.locals[local]
    cell = b.values[local]
    if not spec.mutable or cell is None:
        return None
    if "part" not in properties:
        content = b.ir_types.of(spec.type)
    if spec.is_captured or spec.is_in_place:
        return Place(SharedGetOp, SharedSetOp, (cell,), properties, content)
    return Place(LocalGetOp, LocalSetOp, (cell,), properties, content)


def _global(b: Builder, decl: GlobalDecl, properties: dict[str, Attribute], content: Attribute) -> Place:
    properties = {**properties, "name": SymbolRefAttr(decl.symbol)}
    return Place(GlobalGetOp, GlobalSetOp, (), properties, content)

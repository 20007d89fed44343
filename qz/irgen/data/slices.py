"""Rows of elements: vectors, and slices, which are views of vectors. Indexing and slicing of both."""

from __future__ import annotations

from typing import NamedTuple

from xdsl.ir import Attribute, SSAValue

from dialects.qz.arith import AddOp, SubOp
from dialects.qz.properties import WRAP, int_attr, int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.types import VecType, si64
from dialects.qz.vec import VecSizeOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.calls import call_with_values
from qz.irgen.calls.direct import call_function, call_runtime
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.panics import panic_unless
from qz.sema import type_kinds as tyk
from qz.sema.types import TypeId
from qz.syntax import node_numbers as nk


class Row(NamedTuple):
    """Elements of a vector: from ``start`` on, which is None for all of them."""

    value: SSAValue
    type: TypeId
    vec: SSAValue
    start: SSAValue | None

    def size(self, b: Builder) -> SSAValue:
        """The number of elements."""
        if self.start is None:
            return b.make(VecSizeOp, (self.vec,), si64)
        return read_field(b, self.value, self.type, "_size")

    def place(self, b: Builder, index: SSAValue) -> SSAValue:
        """The index in the vector of an element of the row."""
        return index if self.start is None else b.make(AddOp, (self.start, index), si64, WRAP)


def is_row(b: Builder, type_id: TypeId) -> bool:
    """Whether a type is that of vectors or of slices."""
    has_elements = b.program.types.kinds[type_id] in (tyk.VEC, tyk.ARRAY)
    return has_elements or b.program.library.is_struct(type_id, "slice", "Slice")


def row(b: Builder, value: SSAValue, type_id: TypeId) -> Row:
    """The row that a vector or a slice is."""
    if isinstance(value.type, VecType):
        return Row(value, type_id, value, None)
    vec, start = (read_field(b, value, type_id, name) for name in ("_vec", "_start"))
    return Row(value, type_id, vec, start)


def part(b: Builder, whole: Row, start: SSAValue, stop: SSAValue, slice_type: TypeId) -> SSAValue:
    """A view of some elements of a row, whose bounds were checked; of an array, of a copy of them."""
    size = b.make(SubOp, (stop, start), si64, WRAP)
    if b.program.types.kinds[whole.type] is tyk.ARRAY:
        copy = call_runtime(b, "rt.vec$slice", [whole.vec, start, stop], whole.vec.type)
        assert copy is not None
        return new_struct(b, slice_type, (copy, b.make(ConstOp, (), si64, int_const(0, si64)), size))
    return new_struct(b, slice_type, (whole.vec, whole.place(b, start), size))


def element_place(b: Builder, node: int) -> list[SSAValue]:
    """Vector and index of what `row[i]` means. That a slice is long enough is checked here; that its vector
    still is, with the access."""
    value = b.value(b.lhs[node])
    index = b.value_as(b.rhs[node], si64)
    if isinstance(value.type, VecType):
        return [value, index]
    elements = row(b, value, b.types[b.lhs[node]])
    if not b.options.trusted:
        _require(b, node, "inside", "index_message", [index, elements.size(b)])
    return [elements.vec, elements.place(b, index)]


def known_size(b: Builder, row_type: TypeId) -> dict[str, Attribute]:
    """What an access of an element says of how many there are: an array's type has it."""
    types = b.program.types
    if types.kinds[row_type] is not tyk.ARRAY:
        return NO_PROPERTIES
    _, size = types.args[row_type]
    return {"size": int_attr(types.args[size][0])}


def is_known_inside(b: Builder, node: int) -> bool:
    """Whether an index was compared with the size already: the checker does that for those of arrays."""
    is_array = b.program.types.kinds[b.types[b.lhs[node]]] is tyk.ARRAY
    return is_array and b.kind[b.rhs[node]] == nk.INT


def is_slicing(b: Builder, node: int) -> bool:
    """Whether what is between the brackets is a range and not an index."""
    position = b.rhs[node]
    if b.kind[position] in (nk.RANGE, nk.RANGE_INCLUSIVE):
        return True
    return b.program.library.is_struct(b.types[position], "range", "Range")


def slice_(b: Builder, node: int) -> SSAValue | None:
    """`row[a..b]`, `text[a..]`, `row[range]`."""
    head = b.lhs[node]
    value = b.value(head)
    plans = b.body.protocols.get(node)
    start, stop = _bounds(b, b.rhs[node])
    if plans is not None:
        if stop is None:
            stop = call_with_values(b, node, plans.plans["size"], [value])
        assert stop is not None
        return call_with_values(b, node, plans.plans["op_slice"], [value, start, stop])
    whole = row(b, value, b.types[head])
    size = whole.size(b)
    stop = size if stop is None else stop
    _require(b, node, "fits", "message", [start, stop, size])
    return part(b, whole, start, stop, b.types[node])


def _bounds(b: Builder, position: int) -> tuple[SSAValue, SSAValue | None]:
    """The first index, and that behind the last one; None where it is left to the size."""
    if b.kind[position] not in (nk.RANGE, nk.RANGE_INCLUSIVE):
        range_ = b.value(position)
        stop = call_function(b, position, b.program.library.function("slice", "stop_of"), [range_])
        return read_field(b, range_, b.types[position], "start"), stop
    low, high = b.lhs[position], b.rhs[position]
    start = b.value_as(low, si64) if low else b.make(ConstOp, (), si64, int_const(0, si64))
    stop = b.value_as(high, si64) if high else None
    if stop is not None and b.kind[position] == nk.RANGE_INCLUSIVE:
        stop = b.make(AddOp, (stop, b.make(ConstOp, (), si64, int_const(1, si64))), si64, WRAP)
    return start, stop


def _require(b: Builder, node: int, test: str, message: str, operands: list[SSAValue]) -> None:
    """Panic where a test of the library fails, with the message that it has for it."""

    def call(name: str) -> SSAValue:
        found = call_function(b, node, b.program.library.function("slice", name), operands)
        assert found is not None
        return found

    panic_unless(b, node, call(test), lambda: call(message))

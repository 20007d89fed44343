"""Properties of the loads and stores of the layout, made once."""

from functools import cache

from xdsl.dialects.builtin import StringAttr

from lowering.abi import alias_classes, layout
from lowering.abi.layout import ELEMENTS, Element
from lowering.abi.memory_accesses import Access
from lowering.abi.row_layout import RowLayout
from lowering.shared_attributes import Properties, word_attr

_SIGNED, _UNSIGNED, _ADDRESS, _BOOL, _FLOAT = (StringAttr(kind) for kind in "supbf")


def access(kind: StringAttr, width: int, offset: int = 0, alias: str | None = None, scale: int = 1) -> Access:
    """The properties of one access."""
    properties: Properties = {
        "kind": kind,
        "width": word_attr(width),
        "scale": word_attr(scale),
        "offset": word_attr(offset),
    }
    if alias is not None:
        properties["alias"] = StringAttr(alias)
    return Access(properties)


def _element_kind(element: Element) -> StringAttr:
    if element.address:
        return _ADDRESS
    if element.floating:
        return _FLOAT
    if element.name == "bool":
        return _BOOL
    return _SIGNED if element.signed else _UNSIGNED


ELEMENT_ACCESS: dict[str, Properties] = {
    name: access(
        _element_kind(element),
        element.width,
        alias=alias_classes.element_class(element),
        scale=element.width,
    )
    for name, element in ELEMENTS.items()
}
"""An element of a vector, at data + index * width."""

STRING_BYTE = ELEMENT_ACCESS["u8"]

VEC_DATA = access(_ADDRESS, 8, layout.VEC_DATA_OFFSET, alias_classes.VEC_DATA)
VEC_SIZE = access(_SIGNED, 8, layout.VEC_SIZE_OFFSET, alias_classes.VEC_SIZE)
VEC_CAPACITY = access(_SIGNED, 8, layout.VEC_CAPACITY_OFFSET, alias_classes.VEC_CAPACITY)
COUNT = access(_SIGNED, 4, layout.COUNT_OFFSET, alias_classes.COUNT)
VEC_KIND = access(_SIGNED, 8, layout.VEC_KIND_OFFSET)
CLOSURE_CODE = access(_ADDRESS, 8, layout.CLOSURE_CODE_OFFSET, alias_classes.CLOSURE)
ENUM_TAG = access(_SIGNED, 8, layout.ENUM_TAG_OFFSET, alias_classes.ENUM_TAG)
STRING_LENGTH = access(_SIGNED, 8, layout.STRING_LENGTH_OFFSET, alias_classes.STRING_LENGTH)


@cache
def _slot_kind(name: str) -> StringAttr:
    return {"addr": _ADDRESS, "f64": _FLOAT}.get(name, _SIGNED)


@cache
def field_access(index: int, element: str) -> Properties:
    """A field of a heap struct, always a whole word: an address, an f64, or an integer."""
    return access(_slot_kind(element), 8, layout.slot_offset(index), alias_classes.field_class(index))


@cache
def payload_access(index: int, element: str) -> Properties:
    """A word of the payload of an enum, laid out like a field."""
    return access(_slot_kind(element), 8, layout.payload_offset(index), alias_classes.payload_class(index))


@cache
def global_access(element: str) -> Properties:
    """A module-level variable, laid out like a field."""
    return access(_slot_kind(element), 8, 0, alias_classes.GLOBAL)


@cache
def exported_access(element: str) -> Properties:
    """A module-level variable that C shares: it has C's width."""
    found = ELEMENTS[element]
    return access(_element_kind(found), found.width, 0, alias_classes.GLOBAL)


@cache
def captured_access(index: int, element: str) -> Properties:
    """A captured value in the block of a closure, laid out like a field."""
    return access(_slot_kind(element), 8, layout.captured_offset(index), alias_classes.CLOSURE)


@cache
def closure_slot_access(index: int, element: str) -> Properties:
    """A slot in the block of a generator, laid out like a captured value."""
    return access(_slot_kind(element), 8, layout.captured_offset(index), alias_classes.SHARED)


@cache
def shared_access(index: int, element: str) -> Properties:
    """A leaf of the content of a shared cell, laid out like a field."""
    return access(_slot_kind(element), 8, layout.slot_offset(index), alias_classes.SHARED)


def row_access(row: RowLayout, index: int) -> Properties:
    """A leaf of a row at base + index * size; one that is not aligned may touch anything."""
    leaf = row.leaves[index]
    alias = alias_classes.row_class(index) if leaf.is_aligned else None
    return access(_element_kind(leaf.element), leaf.element.width, leaf.offset, alias, row.size)


@cache
def stack_word(index: int) -> Properties:
    """A word of a block on the stack, which the runtime reads by raw accesses."""
    return access(_SIGNED, 8, layout.slot_offset(index))


@cache
def eight_bytes(index: int, *, of_floats: bool) -> Properties:
    """Eight bytes of a value struct on the stack, whatever lies in them."""
    return access(_FLOAT if of_floats else _UNSIGNED, 8, 8 * index)


@cache
def raw_access(width: int, offset: int, signed: bool, alias: str | None) -> Properties:
    """An access of the runtime's own code."""
    return access(_SIGNED if signed else _UNSIGNED, width, offset, alias)

"""The meaning of cells, globals, strings, vectors, structs and enums."""

from operator import attrgetter, itemgetter

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Operation

from dialects.interpreters.machine import Evaluator, Machine, ValueRule
from dialects.interpreters.scalars import COMPARISONS, plain
from dialects.interpreters.show import show as show_text
from dialects.interpreters.text import character_at, next_character
from dialects.interpreters.values import (
    Cell,
    Enum,
    InterpreterFault,
    QuartzPanic,
    Struct,
    Value,
    Vec,
    panic_at,
)
from dialects.qz import enums, strings, structs, tables, variables, vec
from dialects.qz.types import EnumType, StructType, ValType, VecType, i1, is_float

MAX_BYTES = 1 << 47
"""What an address space holds."""


def local(op: variables.LocalOp, machine: Machine) -> Evaluator:
    """Makes a cell: a list of one value."""

    def evaluate(init: Value) -> list[Value]:
        return [init]

    return evaluate


def shared(op: variables.SharedOp, machine: Machine) -> Evaluator:
    """Makes a cell that closures may have as well."""
    on_stack = op.on_stack is not None

    def evaluate(init: Value) -> Cell:
        return Cell(init, on_stack=on_stack)

    return evaluate


def local_set(op: variables.LocalSetOp | variables.SharedSetOp, machine: Machine) -> Evaluator:
    """Writes a cell."""

    def evaluate(cell: list[Value], value: Value) -> None:
        cell[0] = value

    return evaluate


def initial_value(type_: Attribute) -> Value:
    """Gives what a global holds before anything is written: the zero word."""
    if is_float(type_):
        return 0.0
    return False if type_ == i1 else 0


def global_get(op: variables.GlobalGetOp, machine: Machine) -> Evaluator:
    """Reads a module-level variable."""
    symbol = op.global_name.root_reference.data
    held = machine.globals
    unset = initial_value(op.result.type)
    return lambda: held.get(symbol, unset)


def global_set(op: variables.GlobalSetOp, machine: Machine) -> Evaluator:
    """Writes a module-level variable."""
    symbol = op.global_name.root_reference.data
    held = machine.globals

    def evaluate(value: Value) -> None:
        held[symbol] = value

    return evaluate


def str_const(op: strings.StrConstOp, machine: Machine) -> Evaluator:
    """Gives the constant."""
    text = op.value.data
    return lambda: text


def out_of_bounds(index: int, size: int) -> str:
    """Words the panic of a bad index."""
    return f"index {index} is out of bounds for size {size}"


def concatenate(op: strings.StrConcatOp, machine: Machine) -> Evaluator:
    """Joins strings."""

    def evaluate(*parts: bytes) -> bytes:
        machine.charge(sum(map(len, parts)))
        return b"".join(parts)

    return evaluate


def byte_at(op: strings.StrByteAtOp, machine: Machine) -> Evaluator:
    """Reads a byte."""

    def evaluate(text: bytes, index: int) -> int:
        if not 0 <= index < len(text):
            raise panic_at(op, out_of_bounds(index, len(text)))
        return text[index]

    return evaluate


def compare(op: strings.StrCmpOp, machine: Machine) -> Evaluator:
    """Compares bytes."""
    return COMPARISONS[op.predicate.data]


def show(op: strings.ShowOp, machine: Machine) -> Evaluator:
    """Shows a scalar."""
    type_ = op.operand.type

    def evaluate(value: Value) -> bytes:
        return show_text(value, type_)

    return evaluate


def element_type(type_: Attribute) -> Attribute:
    """Gives the type of the elements of a vector type."""
    assert isinstance(type_, VecType)
    return type_.element


def check_size(n: int) -> None:
    """Panics as the runtime does on a number of elements that cannot be; it has no place to tell."""
    if n < 0:
        raise QuartzPanic(b"negative size for a `Vec`")
    if n > MAX_BYTES:
        raise QuartzPanic(b"out of memory")


def literal(op: vec.VecLitOp, machine: Machine) -> Evaluator:
    """Makes a vector of its elements."""
    type_ = element_type(op.result.type)

    def evaluate(*elements: Value) -> Vec:
        return Vec(type_, elements)

    return evaluate


def filled(op: vec.VecFilledOp, machine: Machine) -> Evaluator:
    """Makes a vector of one value; the panic is the runtime's and has no place."""

    type_ = element_type(op.result.type)

    def evaluate(n: int, element: Value) -> Vec:
        check_size(n)
        machine.charge(n)
        try:
            return Vec(type_, [element] * n)
        except (MemoryError, OverflowError):
            raise QuartzPanic(b"out of memory") from None

    return evaluate


def new(op: vec.VecNewOp, machine: Machine) -> Evaluator:
    """Makes an empty vector."""

    type_ = element_type(op.result.type)

    def evaluate(capacity: int = 0) -> Vec:
        check_size(capacity)
        return Vec(type_)

    return evaluate


def get(op: vec.VecGetOp, machine: Machine) -> Evaluator:
    """Reads an element. An unchecked access is checked here as well: it was promised to be good."""

    def evaluate(elements: list[Value], index: int) -> Value:
        if not 0 <= index < len(elements):
            raise panic_at(op, out_of_bounds(index, len(elements)))
        return elements[index]

    return evaluate


def set_(op: vec.VecSetOp, machine: Machine) -> Evaluator:
    """Writes an element."""

    def evaluate(elements: list[Value], index: int, element: Value) -> None:
        if not 0 <= index < len(elements):
            raise panic_at(op, out_of_bounds(index, len(elements)))
        elements[index] = element

    return evaluate


def table_vec(op: tables.TableVecOp, machine: Machine) -> Evaluator:
    """Makes a vector of a table."""
    type_ = element_type(op.result.type)
    elements = tables.table_elements(op.table.data, type_)

    def evaluate() -> Vec:
        machine.charge(len(elements))
        return Vec(type_, elements)

    return evaluate


def table_get(op: tables.TableGetOp, machine: Machine) -> Evaluator:
    """Reads an element of a table."""
    elements = tables.table_elements(op.table.data, op.result.type)

    def evaluate(index: int) -> Value:
        if not 0 <= index < len(elements):
            raise panic_at(op, out_of_bounds(index, len(elements)))
        return elements[index]

    return evaluate


def struct_new(op: structs.StructNewOp, machine: Machine) -> Evaluator:
    """Makes a struct."""
    type_ = op.result.type
    symbol = type_.struct_name if isinstance(type_, StructType) else None
    if isinstance(type_, ValType) and isinstance(type_.static_type, SymbolRefAttr):
        symbol = type_.static_type
    name = symbol.string_value() if symbol is not None else ""

    def evaluate(*fields: Value) -> Struct:
        return Struct(name, list(fields))

    return evaluate


def struct_get(op: structs.StructGetOp, machine: Machine) -> Evaluator:
    """Reads a field."""
    index = op.index.value.data

    def evaluate(struct: Struct) -> Value:
        return struct.fields[index]

    return evaluate


def struct_set(op: structs.StructSetOp, machine: Machine) -> Evaluator:
    """Writes a field."""
    index = op.index.value.data

    def evaluate(struct: Struct, value: Value) -> None:
        struct.fields[index] = value

    return evaluate


def enum_new(op: enums.EnumNewOp, machine: Machine) -> Evaluator:
    """Makes an enum."""
    variant = op.variant.value.data
    type_ = op.result.type
    assert isinstance(type_, EnumType)
    is_payload = type_.layout == "nullable"

    def evaluate(*payload: Value) -> Enum:
        return Enum(variant, payload, is_payload=is_payload)

    return evaluate


def enum_get(op: enums.EnumGetOp, machine: Machine) -> Evaluator:
    """Reads a part of a payload. That the variant is the right one was promised, and is checked here."""
    variant, index = op.variant.value.data, op.index.value.data

    def evaluate(value: Enum) -> Value:
        if value.variant != variant:
            raise InterpreterFault(f"variant {variant} was promised, found {value.variant}")
        return value.payload[index]

    return evaluate


RULES: dict[type[Operation], ValueRule] = {
    variables.LocalOp: local,
    variables.LocalGetOp: plain(itemgetter(0)),
    variables.LocalSetOp: local_set,
    variables.SharedOp: shared,
    variables.SharedGetOp: plain(itemgetter(0)),
    variables.SharedSetOp: local_set,
    variables.GlobalGetOp: global_get,
    variables.GlobalSetOp: global_set,
    strings.StrConstOp: str_const,
    strings.StrConcatOp: concatenate,
    strings.StrSizeOp: plain(len),
    strings.StrByteAtOp: byte_at,
    strings.StrCharAtOp: plain(character_at),
    strings.StrNextOp: plain(next_character),
    strings.StrCmpOp: compare,
    strings.ShowOp: show,
    vec.VecNewOp: new,
    vec.VecLitOp: literal,
    vec.VecFilledOp: filled,
    vec.VecGetOp: get,
    vec.VecSetOp: set_,
    vec.VecPushOp: plain(list[Value].append),
    vec.VecSizeOp: plain(len),
    vec.VecClearOp: plain(list[Value].clear),
    vec.VecPopUncheckedOp: plain(list[Value].pop),
    tables.TableVecOp: table_vec,
    tables.TableGetOp: table_get,
    structs.StructNewOp: struct_new,
    structs.StructGetOp: struct_get,
    structs.StructSetOp: struct_set,
    enums.EnumNewOp: enum_new,
    enums.EnumTagOp: plain(attrgetter("variant")),
    enums.EnumGetOp: enum_get,
}

"""The meaning of cells, globals, strings, vectors and structs."""

from operator import itemgetter

from xdsl.ir import Attribute, Operation

from dialects.interpreters.machine import WORD, Evaluator, Machine, ValueRule
from dialects.interpreters.scalars import COMPARISONS, plain
from dialects.interpreters.show import show as show_text
from dialects.interpreters.text import character_at, next_character
from dialects.interpreters.value_structs import (
    flattener,
    initial_value,
    part_reader,
    part_writer,
    whole_maker,
)
from dialects.interpreters.values import (
    Cell,
    QuartzPanic,
    Struct,
    Value,
    Vec,
    panic_at,
)
from dialects.qz import strings, structs, tables, variables, vec
from dialects.qz.leaves import n_leaves
from dialects.qz.types import SharedType, VecType
from dialects.qz.val_type import struct_name

MAX_BYTES = 1 << 47
"""What an address space holds."""

_TOO_LARGE = b"more memory is asked for than there are addresses"


def local(op: variables.LocalOp, machine: Machine) -> Evaluator:
    """Makes a cell: a list of one value."""

    def evaluate(init: Value) -> list[Value]:
        return [init]

    return evaluate


def shared(op: variables.SharedOp, machine: Machine) -> Evaluator:
    """Makes a cell that closures may have as well."""
    on_stack = op.on_stack is not None
    assert isinstance(op.cell.type, SharedType)
    whole = whole_maker(op.cell.type.content, op.init.types)

    def evaluate(*init: Value) -> Cell:
        return Cell(whole(init), on_stack=on_stack)

    return evaluate


def local_get(op: variables.LocalGetOp | variables.SharedGetOp, machine: Machine) -> Evaluator:
    """Reads a cell, or a part of what it holds."""
    if op.part is None:
        return itemgetter(0)
    read = part_reader(op.part.value.data, op.result.type)

    def evaluate(cell: list[Value]) -> Value:
        return read(cell[0])

    return evaluate


def local_set(op: variables.LocalSetOp | variables.SharedSetOp, machine: Machine) -> Evaluator:
    """Writes a cell, or a part of what it holds."""
    write = part_writer(op.part, op.value.type)

    def evaluate(cell: list[Value], value: Value) -> None:
        cell[0] = write(cell[0], value)

    return evaluate


def global_get(op: variables.GlobalGetOp, machine: Machine) -> Evaluator:
    """Reads a module-level variable, or a part of one, which then has been written before."""
    symbol = op.global_name.root_reference.data
    held = machine.globals
    if op.part is not None:
        read = part_reader(op.part.value.data, op.result.type)
        return lambda: read(held[symbol])
    unset = initial_value(op.result.type)
    return lambda: held.get(symbol, unset)


def global_set(op: variables.GlobalSetOp, machine: Machine) -> Evaluator:
    """Writes a module-level variable, or a part of one."""
    symbol = op.global_name.root_reference.data
    held = machine.globals
    write = part_writer(op.part, op.value.type)

    def evaluate(value: Value) -> None:
        held[symbol] = write(held.get(symbol), value)

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
        raise QuartzPanic(_TOO_LARGE)


def literal(op: vec.VecLitOp, machine: Machine) -> Evaluator:
    """Makes a vector of its elements, or of their leaves."""
    type_ = element_type(op.result.type)
    in_leaves = bool(op.elements) and op.elements[0].type != type_
    step = n_leaves(type_)

    def evaluate(*elements: Value) -> Vec:
        if in_leaves:
            return Vec(type_, [elements[k : k + step] for k in range(0, len(elements), step)])
        return Vec(type_, elements)

    return evaluate


def filled(op: vec.VecFilledOp, machine: Machine) -> Evaluator:
    """Makes a vector of one value; the panic is the runtime's and has no place."""

    type_ = element_type(op.result.type)
    whole = whole_maker(type_, op.element.types)

    def evaluate(n: int, *element: Value) -> Vec:
        check_size(n)
        machine.charge(WORD * n)
        try:
            return Vec(type_, [whole(element)] * n)
        except (MemoryError, OverflowError):
            raise QuartzPanic(_TOO_LARGE) from None

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
    read = None if op.part is None else part_reader(op.part.value.data, op.result.type)

    def evaluate(elements: list[Value], index: int) -> Value:
        if not 0 <= index < len(elements):
            raise panic_at(op, out_of_bounds(index, len(elements)))
        return elements[index] if read is None else read(elements[index])

    return evaluate


def set_(op: vec.VecSetOp, machine: Machine) -> Evaluator:
    """Writes an element."""
    write = part_writer(op.part, op.element.type)

    def evaluate(elements: list[Value], index: int, element: Value) -> None:
        if not 0 <= index < len(elements):
            raise panic_at(op, out_of_bounds(index, len(elements)))
        elements[index] = write(elements[index], element)

    return evaluate


def own(op: vec.VecOwnOp, machine: Machine) -> Evaluator:
    """Copies, whoever refers to the vector."""
    element = element_type(op.vec.type)

    def evaluate(elements: list[Value]) -> Value:
        machine.charge(WORD * len(elements))
        return machine.counts.fresh_result(Vec(element, elements))

    return evaluate


def push(op: vec.VecPushOp, machine: Machine) -> Evaluator:
    """Appends an element."""
    whole = whole_maker(element_type(op.vec.type), op.element.types)

    def evaluate(elements: list[Value], *element: Value) -> None:
        elements.append(whole(element))

    return evaluate


def pop(op: vec.VecPopUncheckedOp, machine: Machine) -> Evaluator:
    """Takes the last element away; one in leaves that is of one leaf is that leaf."""
    is_only_leaf = len(op.element) == 1 and op.element[0].type != element_type(op.vec.type)

    def evaluate(elements: list[Value]) -> Value:
        element = elements.pop()
        return element[0] if is_only_leaf else element

    return evaluate


def table_vec(op: tables.TableVecOp, machine: Machine) -> Evaluator:
    """Makes a vector of a table."""
    type_ = element_type(op.result.type)
    elements = tables.table_elements(op.table.data, type_)

    def evaluate() -> Vec:
        machine.charge(WORD * len(elements))
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
    """Makes a heap struct or a tuple: a word for each leaf."""
    name = struct_name(op.result.type)
    flatten = flattener(op.fields.types)
    drop = op.drop.root_reference.data if op.drop is not None else ""

    def evaluate(*fields: Value) -> Struct:
        return Struct(name, list(flatten(fields)), drop)

    return evaluate


def arena_new(op: structs.ArenaNewOp, machine: Machine) -> Evaluator:
    """Makes a struct; that it ends with an arena is nothing that a right program can tell."""
    name = struct_name(op.result.type)
    flatten = flattener(op.fields.types)

    def evaluate(arena: Struct, *fields: Value) -> Struct:
        return Struct(name, list(flatten(fields)))

    return evaluate


def struct_get(op: structs.StructGetOp, machine: Machine) -> Evaluator:
    """Reads a field."""
    read = part_reader(op.index.value.data, op.result.type)

    def evaluate(struct: Struct) -> Value:
        return read(struct.fields)

    return evaluate


def struct_set(op: structs.StructSetOp, machine: Machine) -> Evaluator:
    """Writes a field."""
    first = op.index.value.data
    flatten = flattener([op.value.type])
    end = first + n_leaves(op.value.type)

    def evaluate(struct: Struct, *value: Value) -> None:
        struct.fields[first:end] = flatten(value)

    return evaluate


RULES: dict[type[Operation], ValueRule] = {
    variables.LocalOp: local,
    variables.LocalGetOp: local_get,
    variables.LocalSetOp: local_set,
    variables.SharedOp: shared,
    variables.SharedGetOp: local_get,
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
    vec.VecPushOp: push,
    vec.VecSizeOp: plain(len),
    vec.VecOwnOp: own,
    vec.VecClearOp: plain(list[Value].clear),
    vec.VecPopUncheckedOp: pop,
    tables.TableVecOp: table_vec,
    tables.TableGetOp: table_get,
    structs.StructNewOp: struct_new,
    structs.ArenaNewOp: arena_new,
    structs.StructGetOp: struct_get,
    structs.StructSetOp: struct_set,
}

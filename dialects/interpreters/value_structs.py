"""Value structs and unboxed enums: tuples of their leaves, which nobody can change.

What consists of words, such as a heap struct or a payload, holds such a tuple flattened, leaf for leaf.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Attribute, Operation

from dialects.interpreters.machine import Evaluator, Machine, ValueRule
from dialects.interpreters.values import Value
from dialects.qz import value_structs
from dialects.qz.leaves import has_leaves, leaf_types, n_leaves
from dialects.qz.types import i1, is_float


def initial_value(type_: Attribute) -> Value:
    """Gives what a global holds before anything is written: the zero word, or as many as it has leaves."""
    if has_leaves(type_):
        return tuple(map(initial_value, leaf_types(type_)))
    if is_float(type_):
        return 0.0
    return False if type_ == i1 else 0


def flattener(types: Iterable[Attribute]) -> Callable[[Sequence[Value]], tuple[Value, ...]]:
    """Gives the function from values of these types to their leaves."""
    of_leaves = list(map(has_leaves, types))
    if not any(of_leaves):
        return tuple

    def flatten(values: Sequence[Value]) -> tuple[Value, ...]:
        leaves: list[Value] = []
        for value, is_tuple in zip(values, of_leaves, strict=True):
            if is_tuple:
                leaves += value
            else:
                leaves.append(value)
        return tuple(leaves)

    return flatten


def grouped(leaves: Sequence[Value], types: Iterable[Attribute]) -> list[Value]:
    """Gives the values of these types that consist of the leaves, one after the other."""
    values: list[Value] = []
    start = 0
    for type_ in types:
        values.append(part_reader(start, type_)(leaves))
        start += n_leaves(type_)
    return values


def part_reader(part: int, type_: Attribute) -> Callable[[Sequence[Value]], Value]:
    """Gives the function from leaves to the part that begins at one of them and has a type."""
    if not has_leaves(type_):
        return itemgetter(part)
    end = part + n_leaves(type_)

    def read(leaves: Sequence[Value]) -> Value:
        return tuple(leaves[part:end])

    return read


def part_writer(part: IntegerAttr | None, type_: Attribute) -> Callable[[Value, Value], Value]:
    """Gives the function from a whole value and a new part of it to the new whole; None is all of it."""
    if part is None:
        return lambda whole, value: value
    first = part.value.data
    end = first + n_leaves(type_)
    flatten = flattener([type_])

    def write(whole: tuple[Value, ...], value: Value) -> Value:
        return whole[:first] + flatten((value,)) + whole[end:]

    return write


def whole_maker(type_: Attribute, found: Iterable[Attribute]) -> Callable[[Sequence[Value]], Value]:
    """Gives the function from one value of a type, or from its leaves, to the value."""
    return itemgetter(0) if list(found) == [type_] else tuple


def new(op: value_structs.ValueNewOp, machine: Machine) -> Evaluator:
    """Puts the leaves of the fields together."""
    if not op.fields:
        return lambda: (0,)
    flatten = flattener(op.fields.types)

    def evaluate(*fields: Value) -> Value:
        return flatten(fields)

    return evaluate


def get(op: value_structs.ValueGetOp, machine: Machine) -> Evaluator:
    """Takes a part out."""
    return part_reader(op.part.value.data, op.result.type)


def row(op: value_structs.RowOp, machine: Machine) -> Evaluator:
    """Gives the value itself: a word is whatever it stands for."""

    def evaluate(*leaves: Value) -> Value:
        return leaves

    return evaluate


RULES: dict[type[Operation], ValueRule] = {
    value_structs.ValueNewOp: new,
    value_structs.ValueGetOp: get,
    value_structs.RowOp: row,
}

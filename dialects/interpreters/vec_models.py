"""Models of the runtime's functions on vectors, which are Python lists."""

from collections.abc import Callable
from operator import not_

from dialects import numbers
from dialects.interpreters.data import out_of_bounds
from dialects.interpreters.machine import BYTES_PER_STEP, WORD, Machine, Model, pure
from dialects.interpreters.text_models import check_slice
from dialects.interpreters.values import QuartzPanic, Value, Vec

F64_ORDER, F32_ORDER = 2, 3
"""The numbers by which the runtime is told to sort floats; Python sorts the others right by itself."""


def bad_index(index: int, size: int) -> QuartzPanic:
    """Makes the panic of a function of the runtime, which has no place."""
    return QuartzPanic(out_of_bounds(index, size).encode())


def slice_(machine: Machine, vec: list[Value], start: int, stop: int) -> list[Value]:
    check_slice(start, stop, len(vec), "elements")
    return like(vec, vec[start:stop])


def copy(machine: Machine, vec: list[Value]) -> list[Value]:
    return like(vec, vec)


def like(vec: list[Value], elements: list[Value]) -> list[Value]:
    """Makes a vector of the same type with other elements."""
    return Vec(vec.element, elements) if isinstance(vec, Vec) else list(elements)


def insert(machine: Machine, vec: list[Value], index: int, element: Value) -> None:
    if not 0 <= index <= len(vec):
        raise bad_index(index, len(vec))
    element = machine.words.element_of(vec, element)
    machine.counts.dup(element)
    machine.charge_reading(WORD * (len(vec) - index))
    vec.insert(index, element)


def delete(machine: Machine, vec: list[Value], index: int) -> None:
    if not 0 <= index < len(vec):
        raise bad_index(index, len(vec))
    machine.charge_reading(WORD * (len(vec) - index))
    machine.counts.drop(vec.pop(index))


def vacate(machine: Machine, vec: list[Value], index: int) -> None:
    given_up, vec[index] = vec[index], 0
    machine.counts.drop(given_up)


def occupy(machine: Machine, vec: list[Value], index: int, element: Value) -> None:
    vec[index] = machine.words.element_of(vec, element)
    machine.counts.dup(vec[index])


def truncate(machine: Machine, vec: list[Value], size: int) -> None:
    if size < 0:
        raise bad_index(size, len(vec))
    machine.charge_reading(BYTES_PER_STEP * (len(vec) - size))
    while len(vec) > size:
        machine.counts.drop(vec.pop())


def free(machine: Machine, vec: list[Value]) -> None:
    truncate(machine, vec, 0)


def reserve(machine: Machine, vec: list[Value], capacity: int) -> None:
    """Makes no difference: a list grows by itself."""


def append(machine: Machine, vec: list[Value], other: list[Value]) -> None:
    machine.counts.dup_each(other)
    vec.extend(other)


def append_filled(machine: Machine, vec: list[Value], n: int, word: Value) -> int:
    size = len(vec)
    machine.charge(WORD * n)
    vec.extend([word] * n)
    return size


def total_order_f64(value: float) -> int:
    """Gives a number that orders floats as IEEE's total order does."""
    bits = numbers.bits_of_f64(value)
    return bits if bits >= 0 else bits ^ ((1 << 63) - 1)


def total_order_f32(value: float) -> int:
    """Does the same for the pattern of an f32."""
    bits = numbers.bits_of_f32(value)
    return bits if bits < 1 << 31 else -(bits & ((1 << 31) - 1)) - 1


SORT_KEYS: dict[int, Callable[[float], int]] = {F64_ORDER: total_order_f64, F32_ORDER: total_order_f32}


def reverse(machine: Machine, vec: list[Value]) -> None:
    machine.charge_reading(WORD * len(vec))
    vec.reverse()


def sort(machine: Machine, vec: list[Value], order: int) -> None:
    machine.charge_reading(WORD * len(vec) * len(vec).bit_length())
    vec.sort(key=SORT_KEYS.get(order))


MODELS: dict[str, Model] = {
    "rt.vec$is_empty": pure(not_),
    "rt.vec$reserve": reserve,
    "rt.vec$copy": copy,
    "rt.vec$slice": slice_,
    "rt.vec$append": append,
    "rt.vec$append_filled": append_filled,
    "rt.vec$insert": insert,
    "rt.vec$delete": delete,
    "rt.vec$vacate": vacate,
    "rt.vec$occupy": occupy,
    "rt.vec$truncate": truncate,
    "rt.vec$reverse": reverse,
    "rt.vec$free": free,
    "rt.sort$sort": sort,
}

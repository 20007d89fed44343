"""The meaning of enums: an object each, or a tuple of its leaves where it is unboxed."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from xdsl.ir import Attribute, Operation

from dialects.interpreters.machine import Evaluator, Machine, ValueRule
from dialects.interpreters.value_structs import flattener, initial_value, part_reader
from dialects.interpreters.values import Enum, InterpreterFault, Value
from dialects.interpreters.words import Words
from dialects.qz import enums
from dialects.qz.leaves import flattened, leaf_types
from dialects.qz.types import EnumType


def new(op: enums.EnumNewOp, machine: Machine) -> Evaluator:
    """Makes an enum; the payload has a word for each leaf."""
    type_ = op.result.type
    assert isinstance(type_, EnumType)
    if type_.layout == "unboxed":
        return _new_unboxed(op, machine, type_)
    variant = op.variant.value.data
    is_payload = type_.layout == "nullable"
    flatten = flattener(op.payload.types)
    drop = op.drop.root_reference.data if op.drop is not None else ""

    def evaluate(*payload: Value) -> Enum:
        return Enum(variant, flatten(payload), is_payload=is_payload, drop=drop)

    return evaluate


def _new_unboxed(op: enums.EnumNewOp, machine: Machine, type_: EnumType) -> Evaluator:
    """Puts the tag and the words of the payload where they are kept, and zeros everywhere else."""
    put = packer(type_, op.variant.value.data, flattened(op.payload.types), machine.words)
    flatten = flattener(op.payload.types)

    def evaluate(*payload: Value) -> Value:
        return put(flatten(payload))

    return evaluate


def packer(
    type_: EnumType, variant: int, types: Sequence[Attribute], words: Words
) -> Callable[[Sequence[Value]], Value]:
    """Gives the function from the words of a payload, of these types, to the leaves of an unboxed enum."""
    kept = leaf_types(type_)
    empty = [variant if k == 0 and type_.has_tag else initial_value(leaf) for k, leaf in enumerate(kept)]
    slots = type_.slots[variant]
    converters = [words.converter(found, kept[slot]) for found, slot in zip(types, slots, strict=True)]

    def put(payload: Sequence[Value]) -> Value:
        leaves = empty.copy()
        for slot, convert, word in zip(slots, converters, payload, strict=True):
            leaves[slot] = convert(word)
        return tuple(leaves)

    return put


def tag(op: enums.EnumTagOp, machine: Machine) -> Evaluator:
    """Asks for the variant."""
    type_ = op.value.type
    assert isinstance(type_, EnumType)
    if type_.layout != "unboxed":
        return attrgetter("variant")

    def evaluate(leaves: Sequence[Value]) -> int:
        return variant_of(type_, leaves)

    return evaluate


def get(op: enums.EnumGetOp, machine: Machine) -> Evaluator:
    """Reads a part of a payload. That the variant is the right one was promised, and is checked here."""
    type_ = op.value.type
    assert isinstance(type_, EnumType)
    variant, index = op.variant.value.data, op.index.value.data
    if type_.layout == "unboxed":
        return _get_unboxed(op, machine, type_)
    read = part_reader(index, op.result.type)

    def evaluate(value: Enum) -> Value:
        _check(variant, value.variant)
        return read(value.payload)

    return evaluate


def _get_unboxed(op: enums.EnumGetOp, machine: Machine, type_: EnumType) -> Evaluator:
    variant = op.variant.value.data
    take = unpacker(type_, variant, op.index.value.data, leaf_types(op.result.type), machine.words)
    read = part_reader(0, op.result.type)

    def evaluate(leaves: Value) -> Value:
        _check(variant, variant_of(type_, leaves))
        return read(take(leaves))

    return evaluate


def variant_of(type_: EnumType, leaves: Sequence[Value]) -> int:
    """Gives the number of the variant that the leaves of an unboxed enum are of."""
    return leaves[0] if type_.has_tag else 0


def unpacker(
    type_: EnumType, variant: int, first: int, types: Sequence[Attribute], words: Words
) -> Callable[[Sequence[Value]], list[Value]]:
    """Gives the function from the leaves of an unboxed enum to some words of its payload, of these types."""
    kept = leaf_types(type_)
    slots = type_.slots[variant][first : first + len(types)]
    readers = [(slot, words.converter(kept[slot], to)) for slot, to in zip(slots, types, strict=True)]

    def take(leaves: Sequence[Value]) -> list[Value]:
        return [convert(leaves[slot]) for slot, convert in readers]

    return take


def _check(promised: int, found: int) -> None:
    if found != promised:
        raise InterpreterFault(f"variant {promised} was promised, found {found}")


RULES: dict[type[Operation], ValueRule] = {
    enums.EnumNewOp: new,
    enums.EnumTagOp: tag,
    enums.EnumGetOp: get,
}

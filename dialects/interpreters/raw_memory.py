"""The meaning of raw memory access."""

from xdsl.ir import Operation

from dialects.interpreters.machine import Evaluator, Machine, ValueRule
from dialects.qz import raw


def load(op: raw.RawLoadOp, machine: Machine) -> Evaluator:
    """Loads an integer; the index is an operand more."""
    memory = machine.memory
    offset, width, signed = op.offset.value.data, op.width.value.data, op.signed is not None
    # A word of eight bytes is a si64 whichever extension was asked for.
    signed = signed or width == 8

    def evaluate(address: int, index: int = 0) -> int:
        return memory.load(address + index + offset, width, signed=signed)

    return evaluate


def store(op: raw.RawStoreOp, machine: Machine) -> Evaluator:
    """Stores an integer."""
    memory = machine.memory
    offset, width = op.offset.value.data, op.width.value.data

    def at_address(address: int, value: int) -> None:
        memory.store(address + offset, width, value)

    def at_index(address: int, index: int, value: int) -> None:
        memory.store(address + index + offset, width, value)

    return at_address if op.index is None else at_index


def copy(op: raw.RawCopyOp | raw.RawMoveOp, machine: Machine) -> Evaluator:
    """Copies bytes; that they may overlap makes no difference here."""
    memory = machine.memory

    def evaluate(destination: int, source: int, n: int) -> None:
        memory.write(destination, memory.read(source, n))

    return evaluate


def fill(op: raw.RawFillOp, machine: Machine) -> Evaluator:
    """Fills bytes."""
    memory = machine.memory

    def evaluate(destination: int, byte: int, n: int) -> None:
        memory.write(destination, bytes([byte & 0xFF]) * n)

    return evaluate


def symbol(op: raw.RawSymbolOp, machine: Machine) -> Evaluator:
    """Gives the address of a symbol: a made-up one, the same for the same name."""
    name = op.symbol_name.root_reference.data
    return lambda: machine.symbol_address(name)


RULES: dict[type[Operation], ValueRule] = {
    raw.RawLoadOp: load,
    raw.RawStoreOp: store,
    raw.RawCopyOp: copy,
    raw.RawMoveOp: copy,
    raw.RawFillOp: fill,
    raw.RawSymbolOp: symbol,
}

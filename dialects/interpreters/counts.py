"""Reference counts of interpreted values: nothing, unless a run is to check them.

A run that checks has every string, vector, struct, closure and so on in a ledger with its count, so that a
use of a value whose count has reached zero, a count too many and a count too few are faults. A constant
string is plain `bytes`, which is in no ledger, and so never counted; any other string of such a run is a
`Text`.
"""

from collections.abc import Callable, Iterable, Sequence

from xdsl.ir import Operation

from dialects.interpreters.closures import Closure
from dialects.interpreters.dynamic import Dynamic
from dialects.interpreters.machine import Counts, Evaluator, Machine, ValueRule
from dialects.interpreters.values import Cell, Enum, InterpreterFault, Struct, Value, Vec
from dialects.qz.ownership import AdoptOp, DropOp, DupOp, KeepOp
from dialects.qz.strings import ShowOp, StrConcatOp
from dialects.qz.vec import VecClearOp, VecFilledOp


class Text(bytes):
    """A string that is not shared with any other, as Python's own may be."""


class Builder(bytearray):
    """A string builder of its own."""


COUNTED = (Text, Builder, Vec, Struct, Enum, Cell, Closure, Dynamic)


def is_counted(value: Value) -> bool:
    """Tells whether a value has a count of its own."""
    if isinstance(value, Enum):
        return bool(value.payload)
    if isinstance(value, Cell | Closure):
        return not value.on_stack
    return isinstance(value, COUNTED)


def counted_part(value: Value) -> Value:
    """Gives what a value's count is that of: an enum may be kept as its payload."""
    while isinstance(value, Enum) and value.is_payload and value.payload:
        (value,) = value.payload
    return value


def parts_of(value: Value) -> Iterable[Value]:
    """Gives what a value refers to."""
    match value:
        case Struct():
            return value.fields
        case Enum():
            return value.payload
        case Closure():
            return value.captured
        case Dynamic():
            return (value.value,)
        case Vec() | Cell():
            return flat(value)
        case _:
            return ()


def flat(values: Iterable[Value]) -> list[Value]:
    """Gives values, those that have leaves leaf for leaf."""
    found: list[Value] = []
    for value in values:
        if isinstance(value, tuple):
            found += value
        else:
            found.append(value)
    return found


class Ledger(Counts):
    """The counts of a run that checks them."""

    def __init__(self) -> None:
        # The values are kept, so that an identity never passes to another one.
        self._entries: dict[int, tuple[Value, int]] = {}
        self.give_up: Callable[[str, Value], object] = _nobody_to_call
        """Calls the `drop` of that symbol with a value."""

    def fresh(self, value: Value) -> Value:
        """Enters a value that has just been made, with one count; gives what stands for it."""
        if type(value) is bytes:
            value = Text(value)
        elif type(value) is bytearray:
            value = Builder(value)
        part = counted_part(value)
        if is_counted(part) and id(part) not in self._entries:
            self._entries[id(part)] = (part, 1)
        return value

    def fresh_result(self, value: Value) -> Value:
        """Enters what a function of the runtime made; a vector has a count on each of its elements."""
        is_known = id(counted_part(value)) in self._entries
        value = self.fresh(value)
        if isinstance(value, Vec) and not is_known:
            for element in value:
                self.dup(element)
        return value

    def check(self, value: Value) -> None:
        """Faults if the value is gone, or a leaf of it."""
        for leaf in flat([value]):
            part = counted_part(leaf)
            entry = self._entries.get(id(part))
            if entry is not None and entry[1] == 0:
                raise InterpreterFault(f"{described(part)} is used after its count reached zero")

    def is_gone(self, value: Value) -> bool:
        """Tells whether the value has no count left."""
        entry = self._entries.get(id(counted_part(value)))
        return entry is not None and entry[1] == 0

    def _entry(self, part: Value) -> tuple[Value, int] | None:
        """The entry of a counted value. One that was there before the run has the count of where it was."""
        return self._entries.get(id(part)) or ((part, 1) if is_counted(part) else None)

    def dup(self, value: Value, times: int = 1) -> None:
        """Takes counts."""
        self.check(value)
        for leaf in flat([value]):
            part = counted_part(leaf)
            entry = self._entry(part)
            if entry is not None:
                self._entries[id(part)] = (part, entry[1] + times)

    def dup_each(self, values: Sequence[Value]) -> None:
        """Takes a count of each."""
        for value in values:
            self.dup(value)

    def drop(self, value: Value) -> None:
        """Gives a count back; with the last one, those of what the value refers to."""
        pending = flat([value])
        while pending:
            value = counted_part(pending.pop())
            self.check(value)
            entry = self._entry(value)
            if entry is None:
                continue
            n = entry[1]
            if n == 1 and isinstance(value, Struct | Enum | Closure) and value.drop:
                self.give_up(value.drop, value)
                n = self._entries[id(value)][1]  # it may have been stored somewhere, so that it lives on
            self._entries[id(value)] = (value, n - 1)
            if n == 1:
                parts = list(parts_of(value))
                pending += parts if isinstance(value, Vec) else reversed(parts)

    def check_balance(self, roots: Iterable[Value]) -> None:
        """Faults if a value has another count than there are references to it from the roots."""
        references: dict[int, int] = {}
        pending = flat(roots)
        while pending:
            value = counted_part(pending.pop())
            if id(value) in self._entries:
                references[id(value)] = references.get(id(value), 0) + 1
                if references[id(value)] == 1:
                    pending += parts_of(value)
        for value, count in self._entries.values():
            expected = references.get(id(value), 0)
            if count != expected:
                raise InterpreterFault(f"{described(value)} has a count of {count} instead of {expected}")


def _nobody_to_call(symbol: str, value: Value) -> None:
    raise InterpreterFault(f"nobody calls `{symbol}`")


def described(value: Value) -> str:
    """Names a value in a fault."""
    return f"the {type(value).__name__} {str(value)[:60]}"


def dup(op: DupOp, machine: Machine) -> Evaluator:
    """Takes a count."""
    return machine.counts.dup


def drop(op: DropOp, machine: Machine) -> Evaluator:
    """Gives a count back."""
    return machine.counts.drop


def adopt(op: AdoptOp, machine: Machine) -> Evaluator:
    """Makes a value of a word, as `qz.reinterpret` does."""
    return machine.words.converter(op.word.type, op.result.type)


def making_text(rule: ValueRule) -> ValueRule:
    """Has the result of an operation entered."""

    def counting(op: Operation, machine: Machine) -> Evaluator:
        evaluate, fresh = rule(op, machine), machine.counts.fresh
        return lambda *operands: fresh(evaluate(*operands))

    return counting


def filling(rule: ValueRule) -> ValueRule:
    """Takes a count for every element that a vector is filled with."""

    def counting(op: VecFilledOp, machine: Machine) -> Evaluator:
        evaluate, counts = rule(op, machine), machine.counts

        def fill(n: int, *element: Value) -> Vec:
            vec = evaluate(n, *element)
            counts.dup(element, n)
            return vec

        return fill

    return counting


def clearing(rule: ValueRule) -> ValueRule:
    """Drops every element of a vector that is cleared."""

    def counting(op: VecClearOp, machine: Machine) -> Evaluator:
        counts = machine.counts

        def clear(vec: list[Value]) -> None:
            while vec:
                counts.drop(vec.pop())

        return clear

    return counting


def keep(op: KeepOp, machine: Machine) -> Evaluator:
    """Does nothing."""

    def nothing(value: Value) -> None:
        del value

    return nothing


RULES: dict[type[Operation], ValueRule] = {DupOp: dup, DropOp: drop, KeepOp: keep, AdoptOp: adopt}

COUNTING: dict[type[Operation], Callable[[ValueRule], ValueRule]] = {
    StrConcatOp: making_text,
    ShowOp: making_text,
    VecFilledOp: filling,
    VecClearOp: clearing,
}
"""What becomes of the rule of an operation in a run that checks counts."""

"""The machine that runs decoded functions: frames, calls, limits.

A function is decoded once into steps, small Python functions over a frame, which is a list with a slot for
every SSA value. A step gives None, or the `Exit` by which control leaves its block. Nothing here knows an
operation; the rules stand in the modules beside, one for each family.
"""

from collections.abc import Callable, Iterable, Sequence, Sized
from typing import NamedTuple, TypeAlias

from xdsl.dialects.builtin import StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, Region, SSAValue

from dialects.interpreters.fibres import Fibres
from dialects.interpreters.host import Host
from dialects.interpreters.memory import Memory
from dialects.interpreters.values import InterpreterFault, LimitReached, Stop, Value
from dialects.interpreters.words import Words
from dialects.qz.closures import LambdaOp
from dialects.qz.terminators import YieldOp

Frame: TypeAlias = list[Value]

SYMBOL_BYTES = 8
WORD = 8
"""The bytes of an element of a vector, which is a list here."""
RUNTIME_PREFIX = "rt."
SIZED: tuple[type[Sized], ...] = (bytes, bytearray, list)
NOBODYS_SLOT = -1
"""Takes the None of operations without a result."""


class Exit(NamedTuple):
    """How control leaves a block early: out of the function, out of or around a loop, into an arm."""

    kind: str
    target: Operation | None
    slots: tuple[int, ...]
    arm: int = 0


Step: TypeAlias = Callable[[Frame], Exit | None]
Evaluator: TypeAlias = Callable[..., Value]
"""What a leaf operation does: from the values of its operands to that of its result."""
ValueRule: TypeAlias = Callable[..., Evaluator]
"""Takes an operation and the machine; gives the function from its operands to its result."""
ControlRule: TypeAlias = Callable[..., Step]
"""Takes an operation and the decoder of its function; gives its step."""
Model: TypeAlias = Callable[..., Value]
"""Takes the machine and the arguments of a call."""
Provider: TypeAlias = Callable[[str], FuncOp | None]
"""Gives the function of a symbol, when it is first called."""


def pure(function: Callable[..., Value]) -> Model:
    """Makes the model of a function that is a Python function of its arguments alone."""

    def model(machine: "Machine", *args: Value) -> Value:
        return function(*args)

    return model


class Counts:
    """What a run does with reference counts: nothing, unless it checks them (see `counts.Ledger`)."""

    def fresh(self, value: Value) -> Value:
        """Enters a value that has just been made; gives what stands for it."""
        return value

    def fresh_result(self, value: Value) -> Value:
        """Enters what a function of the runtime made."""
        return value

    def check(self, value: Value) -> None:
        """Faults if the value is gone."""

    def is_gone(self, value: Value) -> bool:
        """Tells whether the value has been given up, as far as that is known."""
        return False

    def dup(self, value: Value, times: int = 1) -> None:
        """Takes counts."""

    def drop(self, value: Value) -> None:
        """Gives a count back."""

    def dup_each(self, values: Sequence[Value]) -> None:
        """Takes a count of each."""

    def check_balance(self, roots: Iterable[Value]) -> None:
        """Faults if a value has another count than there are references to it from the roots."""


BYTES_PER_STEP = 64
"""What a model looks at in about the time of a step."""


class Limits(NamedTuple):
    """What a program may use before its run is given up."""

    n_steps: int = 1_000_000_000
    depth: int = 100_000
    n_bytes: int = 1 << 49
    """Of all strings and vectors made, whether or not they are still in use."""
    n_generators: int = 1000
    """That wait in the middle of their bodies, before these are split."""


class Block(NamedTuple):
    """A decoded region: where its arguments go, what it does, and what it yields."""

    args: tuple[int, ...]
    steps: tuple[Step, ...]
    yields: tuple[int, ...]


def size_of(value: Value) -> int:
    """Gives the number of bytes of a string, or of the elements of a vector, each a word; 0 for anything
    else."""
    if not isinstance(value, SIZED):
        return 0
    return len(value) * (WORD if isinstance(value, list) else 1)


class Suspendable:
    """Something that runs and can be made to wait."""

    def suspend(self, value: Value) -> None:
        """Gives a value to whoever waits for it, and waits."""
        raise NotImplementedError


class Callee:
    """Something that can be called with a list of values."""

    def invoke(self, args: list[Value]) -> Value:
        """Calls it."""
        raise NotImplementedError


def invoke_from(op: Operation, callee: Callee, args: list[Value]) -> Value:
    """Calls something from an operation; what stops inside knows then by which calls it was got to."""
    try:
        return callee.invoke(args)
    except Stop as stop:
        stop.calls.append(op.location)
        raise


class Modelled(Callee):
    """A function that a Python model answers for. A runtime function may be given objects as plain words."""

    def __init__(self, machine: "Machine", model: Model, takes_words: bool) -> None:
        self._machine = machine
        self._model = model
        self._takes_words = takes_words

    def invoke(self, args: list[Value]) -> Value:
        machine = self._machine
        if self._takes_words:
            args = [machine.words.object_of(value) for value in args]
        for value in args:
            machine.counts.check(value)
        result = self._model(machine, *args)
        for made in (result,) if result is not None else args[1:]:  # the latter are appended to the first
            machine.charge(size_of(made))
        return machine.counts.fresh_result(result)


class Function(Callee):
    """A decoded function."""

    def __init__(self, machine: "Machine", name: bytes, n_slots: int, body: Block) -> None:
        self._machine = machine
        self._name = name
        self._n_slots = n_slots
        self._body = body

    def invoke(self, args: list[Value]) -> Value:
        machine = self._machine
        stack = machine.call_stack
        if len(stack) >= machine.limits.depth:
            raise LimitReached(f"calls deeper than {machine.limits.depth}")
        stack.append(self._name)
        frame = args + [None] * (self._n_slots - len(args))
        left = machine.run(self._body, frame)
        stack.pop()
        if left is None or left.kind != "return":
            raise InterpreterFault(f"`{self._name.decode()}` ended without a return")
        if len(left.slots) > 1:
            return tuple([frame[slot] for slot in left.slots])
        return frame[left.slots[0]] if left.slots else None


class Machine:
    """One run of one program."""

    def __init__(
        self,
        provide: Provider,
        models: dict[str, Model],
        rules: tuple[dict[type[Operation], ValueRule], dict[type[Operation], ControlRule]],
        decode_body: Callable[[Region, "Decoder"], Block],
        host: Host,
        limits: Limits,
        counts: Counts | None = None,
    ) -> None:
        self.provide = provide
        self.models = models
        self.value_rules, self.control_rules = rules
        self.decode_body = decode_body
        self.host = host
        self.limits = limits
        self.counts = counts or Counts()
        self.memory = Memory()
        self.words = Words(self.memory)
        self.globals: dict[str, Value] = {}
        self.call_stack: list[bytes] = []
        self.last: Callee | None = None
        """What is left to do when the program ends."""
        self.generator: Suspendable | None = None
        """The one whose body is running, if one is."""
        self.fibres = Fibres(self)
        self.waiting: set[int] = set()
        """Generators that have begun and not ended, by their bodies' ids."""
        self.n_steps = 0
        self.n_bytes = 0
        self._callees: dict[str, Callee] = {}
        self._symbol_addresses: dict[str, int] = {}

    def callee(self, symbol: str) -> Callee:
        """Gives what a symbol calls: a model if there is one, else the function, decoded once."""
        found = self._callees.get(symbol)
        if found is None:
            found = self._callees[symbol] = self._find(symbol)
        return found

    def run_last(self) -> None:
        """Does what is left to do, once."""
        last, self.last = self.last, None
        if last is not None:
            last.invoke([])

    def symbol_address(self, name: str) -> int:
        """Gives the address of a symbol: a made-up one, always the same for the same name."""
        address = self._symbol_addresses.get(name)
        if address is None:
            address = self._symbol_addresses[name] = self.memory.allocate(SYMBOL_BYTES)
        return address

    def charge_reading(self, n_bytes: int) -> None:
        """Counts what a model is about to look at as the steps that it would take a function."""
        self.n_steps += n_bytes // BYTES_PER_STEP

    def charge(self, n_bytes: int) -> None:
        """Counts memory that the program is about to take, and the time to fill it."""
        self.charge_reading(n_bytes)
        self.n_bytes += n_bytes
        if self.n_bytes > self.limits.n_bytes:
            raise LimitReached(f"more than {self.limits.n_bytes} bytes of strings and vectors")

    def _find(self, symbol: str) -> Callee:
        model = self.models.get(symbol)
        if model is not None:
            return Modelled(self, model, symbol.startswith(RUNTIME_PREFIX))
        function = self.provide(symbol)
        if function is None or not function.body.blocks:
            return self.missing(symbol)
        return Decoder(self).function(function)

    def missing(self, symbol: str) -> Callee:
        """Gives what stands for a function that nobody knows."""
        raise InterpreterFault(f"no function and no model of the name `{symbol}`")

    def run(self, block: Block, frame: Frame) -> Exit | None:
        """Runs a block to its end, or to where control leaves it."""
        steps = block.steps
        # The one more is for empty bodies, which could run for ever without a step.
        self.n_steps += len(steps) + 1
        if self.n_steps > self.limits.n_steps:
            raise LimitReached(f"more than {self.limits.n_steps} steps", is_of_steps=True)
        for step in steps:
            left = step(frame)
            if left is not None:
                return left
        return None


class Decoder:
    """Turns one function into steps."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._slots: dict[SSAValue | Operation, int] = {}
        self.late: dict[Operation, list[tuple[int, Block]]] = {}
        """Cleanups that come after that of a scope, each with the slot that says whether it is due."""

    def function(self, function: FuncOp) -> Function:
        """Decodes a function; its arguments have the first slots, and the last slot is nobody's."""
        return self._function(function.body, function, function.sym_name.data)

    def lambda_(self, function: LambdaOp) -> Function:
        """Decodes the body of a lambda, which sees nothing of the function around it."""
        return self._function(function.body, function, function.symbol.data)

    def _function(self, region: Region, marked: Operation, symbol: str) -> Function:
        body = self.machine.decode_body(region, self)
        source = marked.attributes.get("qz.source")
        name = source.data if isinstance(source, StringAttr) else symbol
        return Function(self.machine, name.encode(), len(self._slots) + 1, body)

    def slot(self, value: SSAValue) -> int:
        """Gives the slot of a value."""
        return self._slots.setdefault(value, len(self._slots))

    def slot_of(self, op: Operation) -> int:
        """Gives a slot that an operation has for itself."""
        return self._slots.setdefault(op, len(self._slots))

    def slots(self, values: Sequence[SSAValue]) -> tuple[int, ...]:
        """Gives the slots of several values."""
        return tuple([self.slot(value) for value in values])

    def block(self, region: Region) -> Block:
        """Decodes the one block of a region."""
        block = region.block
        args = self.slots(block.args)
        last = block.last_op
        yields: tuple[int, ...] = ()
        steps: list[Step] = []
        for op in block.ops:
            if op is last and isinstance(op, YieldOp):
                yields = self.slots(op.operands)
            else:
                steps.append(self.step(op))
        return Block(args, tuple(steps), yields)

    def step(self, op: Operation) -> Step:
        """Decodes an operation by its rule."""
        control = self.machine.control_rules.get(type(op))
        if control is not None:
            return control(op, self)
        rule = self.machine.value_rules.get(type(op))
        if rule is None:
            raise InterpreterFault(f"no rule for `{op.name}`")
        evaluate = rule(op, self.machine)
        if type(self.machine.counts) is not Counts:
            evaluate = checked(evaluate, self.machine.counts)
        if len(op.results) > 1:
            return bind_several(evaluate, self.slots(op.operands), self.slots(op.results))
        result = self.slot(op.results[0]) if op.results else NOBODYS_SLOT
        return bind(evaluate, self.slots(op.operands), result)


def checked(evaluate: Evaluator, counts: Counts) -> Evaluator:
    """Makes sure that an operation is given nothing that is gone, and enters what it makes."""

    def evaluate_checked(*operands: Value) -> Value:
        for operand in operands:
            counts.check(operand)
        result = evaluate(*operands)
        return result if type(result) is bytes else counts.fresh(result)

    return evaluate_checked


def give(frame: Frame, results: tuple[int, ...], value: Value) -> None:
    """Puts what an operation gave into the slots of its results: nothing, a value, or a tuple of several."""
    if len(results) == 1:
        frame[results[0]] = value
    elif results:
        for slot, part in zip(results, value, strict=True):
            frame[slot] = part


def bind_several(evaluate: Evaluator, operands: tuple[int, ...], results: tuple[int, ...]) -> Step:
    """Makes a step that evaluates an operation with several results."""

    def step(frame: Frame) -> None:
        give(frame, results, evaluate(*[frame[slot] for slot in operands]))

    return step


def bind(evaluate: Evaluator, operands: tuple[int, ...], result: int) -> Step:
    """Makes a step that evaluates an operation on its slots. Small arities are spelled out for speed."""
    match operands:
        case ():

            def step(frame: Frame) -> None:
                frame[result] = evaluate()

        case (a,):

            def step(frame: Frame) -> None:
                frame[result] = evaluate(frame[a])

        case (a, b):

            def step(frame: Frame) -> None:
                frame[result] = evaluate(frame[a], frame[b])

        case (a, b, c):

            def step(frame: Frame) -> None:
                frame[result] = evaluate(frame[a], frame[b], frame[c])

        case _:

            def step(frame: Frame) -> None:
                frame[result] = evaluate(*[frame[slot] for slot in operands])

    return step

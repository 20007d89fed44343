"""Interprets a program in the qz dialect: the reference meaning of the language.

Functions are asked for by symbol as they are first called, so that a driver can generate their IR on demand.
The program may recurse deeply: calls nest Python frames, which live on the heap, and the little C stack they
need is that of a thread made for the run.
"""

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, Region

from dialects.interpreters import (
    calls,
    closures,
    control,
    counts,
    data,
    dynamic,
    enums,
    flat,
    generators,
    matches,
    raw_memory,
    scalars,
    value_structs,
)
from dialects.interpreters.counts import Ledger
from dialects.interpreters.host import Host
from dialects.interpreters.machine import Block, ControlRule, Decoder, Limits, Machine, Provider, ValueRule
from dialects.interpreters.runtime_models import MODELS
from dialects.interpreters.values import ProgramExit, QuartzPanic, Uncaught, Value, message_and_place

PANIC_STATUS = 101
MAX_BACKTRACE_FRAMES = 64
T = TypeVar("T")
STACK_BYTES = 256 << 20
PYTHON_FRAMES_PER_CALL = 16
SPARE_PYTHON_FRAMES = 10_000

VALUE_RULES: dict[type[Operation], ValueRule] = {
    **scalars.RULES,
    **data.RULES,
    **enums.RULES,
    **value_structs.RULES,
    **raw_memory.RULES,
    **calls.VALUE_RULES,
    **closures.VALUE_RULES,
    **generators.VALUE_RULES,
    **counts.RULES,
    **flat.VALUE_RULES,
}
COUNTING_RULES: dict[type[Operation], ValueRule] = {
    **VALUE_RULES,
    **{op_class: counting(VALUE_RULES[op_class]) for op_class, counting in counts.COUNTING.items()},
}
CONTROL_RULES: dict[type[Operation], ControlRule] = {
    **control.RULES,
    **matches.RULES,
    **calls.CONTROL_RULES,
    **closures.CONTROL_RULES,
    **generators.CONTROL_RULES,
    **dynamic.RULES,
    **flat.CONTROL_RULES,
}


class Outcome(NamedTuple):
    """What a program left behind."""

    stdout: bytes
    stderr: bytes
    status: int
    result: Value
    """What the entry function returned; None where it did not get so far."""
    n_steps: int


def interpret(
    functions: Provider,
    entry: str,
    args: Sequence[Value] = (),
    host: Host | None = None,
    *,
    globals_: Mapping[str, Value] | None = None,
    fillings: Mapping[tuple[str, ...], str] | None = None,
    limits: Limits | None = None,
    checks_counts: bool = False,
) -> Outcome:
    """Runs a function and what it calls; its integer result is the exit status. First, the variables in
    `fillings` get what the function gives that is named there: one, or those of the leaves, a leaf each.

    The functions may be of the stage `qz` or of the stage `cfg`. With `checks_counts` their reference counts
    are checked, which must be explicit then. A panic is an outcome of status 101. `LimitReached` and
    `InterpreterFault` are raised.
    """
    machine = make_machine(functions, host or Host(), limits or Limits(), checks_counts=checks_counts)
    machine.globals.update(globals_ or {})
    return in_deep_thread(lambda: run(machine, entry, list(args), fillings or {}), machine.limits.depth)


def make_machine(
    functions: Callable[[str], FuncOp | None], host: Host, limits: Limits, *, checks_counts: bool = False
) -> Machine:
    """Makes a machine with every rule there is."""
    rules = (COUNTING_RULES if checks_counts else VALUE_RULES, CONTROL_RULES)
    if not checks_counts:
        return Machine(functions, MODELS, rules, decode_body, host, limits)
    ledger = Ledger()
    machine = Machine(functions, MODELS, rules, decode_body, host, limits, ledger)
    ledger.give_up = lambda symbol, value: machine.callee(symbol).invoke([value])
    return machine


def decode_body(region: Region, decoder: Decoder) -> Block:
    """Decodes the body of a function of either stage."""
    if not flat.is_flat(region):
        return decoder.block(region)
    arguments = decoder.slots(region.blocks[0].args)
    return Block(arguments, (flat.graph(region, decoder),), ())


def run(machine: Machine, entry: str, args: list[Value], fillings: Mapping[tuple[str, ...], str]) -> Outcome:
    """Runs to whatever end the program comes to."""
    result: Value = None
    counts = machine.counts
    try:
        args = [counts.fresh_result(value) for value in args]
        fill(machine, fillings)
        result = machine.callee(entry).invoke(args)
        machine.run_last()
        for value in args:
            counts.drop(value)
        counts.check_balance(machine.globals.values())
        status = result if isinstance(result, int) else 0
    except ProgramExit as ended:
        status = ended.status
    except QuartzPanic as panic:
        machine.host.stderr += panic_text(panic, machine.call_stack)
        status = PANIC_STATUS
    except Uncaught as uncaught:
        machine.host.stderr += panic_text(uncaught.panic, machine.call_stack)
        status = PANIC_STATUS
    finally:
        machine.fibres.end()
    host = machine.host
    return Outcome(bytes(host.stdout), bytes(host.stderr), status & 0xFF, result, machine.n_steps)


def fill(machine: Machine, fillings: Mapping[tuple[str, ...], str]) -> None:
    """Gives variables what a function makes of them, which is named: one, or the leaves of one."""
    for variables, maker in fillings.items():
        made = machine.callee(maker).invoke([])
        values = (made,) if len(variables) == 1 else made
        machine.globals.update(zip(variables, values, strict=True))


def panic_text(panic: QuartzPanic, call_stack: Sequence[bytes]) -> bytes:
    """Words a panic that ends the program as the runtime does."""
    lines = [b"backtrace:"]
    frames = list(reversed(call_stack))
    lines += [b"  %d: %s" % (number, name) for number, name in enumerate(frames[:MAX_BACKTRACE_FRAMES])]
    if len(frames) > MAX_BACKTRACE_FRAMES:
        lines.append(b"  ...")
    return b"panic: " + message_and_place(panic) + b"".join(line + b"\n" for line in lines)


def in_deep_thread(action: Callable[[], T], depth: int) -> T:
    """Runs an action where calls may nest as deeply as the limits allow."""
    outcomes: list[T] = []
    failures: list[BaseException] = []

    def body() -> None:
        try:
            outcomes.append(action())
        except BaseException as failure:  # whatever it is, the caller's thread raises it
            failures.append(failure)

    old_limit, old_stack = sys.getrecursionlimit(), threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(max(old_limit, depth * PYTHON_FRAMES_PER_CALL + SPARE_PYTHON_FRAMES))
    try:
        thread = threading.Thread(target=body, name="interpreter")
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old_stack)
        sys.setrecursionlimit(old_limit)
    if failures:
        raise failures[0]
    return outcomes[0]

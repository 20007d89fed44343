"""The meaning of structured control flow: branches, loops, and what leaves them."""

from collections.abc import Sequence

from xdsl.ir import Operation, SSAValue

from dialects.interpreters.machine import Block, ControlRule, Decoder, Exit, Frame, Step
from dialects.interpreters.text import characters
from dialects.interpreters.values import InterpreterFault
from dialects.qz.branches import AllOp, AnyOp, IfOp
from dialects.qz.loops import ForEachOp, ForOp, LoopOp, WhileOp
from dialects.qz.scopes import DeferOp
from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, UnreachableOp, YieldOp, enclosing_loop


def move(frame: Frame, sources: Sequence[int], targets: Sequence[int]) -> None:
    """Copies slots to slots."""
    for target, value in zip(targets, [frame[source] for source in sources], strict=True):
        frame[target] = value


def if_(op: IfOp, decoder: Decoder) -> Step:
    """Runs the first arm whose condition holds, else the else arm."""
    run = decoder.machine.run
    condition = decoder.slot(op.condition)
    first = decoder.block(op.regions[0])
    further = [(decoder.block(test), decoder.block(arm)) for test, arm in op.further_arms]
    otherwise = decoder.block(op.else_region) if op.else_region is not None else None
    results = decoder.slots(op.outputs)

    def finish(arm: Block, frame: Frame) -> Exit | None:
        left = run(arm, frame)
        if left is None and results:
            move(frame, arm.yields, results)
        return left

    def step(frame: Frame) -> Exit | None:
        if frame[condition]:
            return finish(first, frame)
        for test, arm in further:
            left = run(test, frame)
            if left is not None:
                return left
            if frame[test.yields[0]]:
                return finish(arm, frame)
        return finish(otherwise, frame) if otherwise is not None else None

    return step


def short_circuit(op: AllOp | AnyOp, decoder: Decoder) -> Step:
    """Runs the parts until one decides: false for all, true for any."""
    run = decoder.machine.run
    parts = [decoder.block(region) for region in op.regions]
    result = decoder.slot(op.result)
    deciding = isinstance(op, AnyOp)

    def step(frame: Frame) -> Exit | None:
        for part in parts:
            left = run(part, frame)
            if left is not None:
                return left
            if frame[part.yields[0]] is deciding:
                frame[result] = deciding
                return None
        frame[result] = not deciding
        return None

    return step


def leaves(loop: Operation, left: Exit) -> bool:
    """Tells whether an exit ends the loop: every one but its own continue."""
    return left.target is not loop or left.kind == "break"


def after_loop(loop: Operation, left: Exit, frame: Frame, results: Sequence[int]) -> Exit | None:
    """Gives what goes on outside a loop that an exit ended."""
    if left.target is not loop:
        return left
    move(frame, left.slots, results)
    return None


def while_(op: WhileOp, decoder: Decoder) -> Step:
    """Runs the body as long as the condition holds."""
    run = decoder.machine.run
    test = decoder.block(op.condition)
    body = decoder.block(op.body)

    def step(frame: Frame) -> Exit | None:
        while True:
            left = run(test, frame)
            if left is not None:
                return after_loop(op, left, frame, ())
            if not frame[test.yields[0]]:
                return None
            left = run(body, frame)
            if left is not None and leaves(op, left):
                return after_loop(op, left, frame, ())

    return step


def loop(op: LoopOp, decoder: Decoder) -> Step:
    """Runs the body until it is left."""
    run = decoder.machine.run
    body = decoder.block(op.body)
    results = decoder.slots(op.outputs)

    def step(frame: Frame) -> Exit | None:
        while True:
            left = run(body, frame)
            if left is not None and leaves(op, left):
                return after_loop(op, left, frame, results)

    return step


def for_(op: ForOp, decoder: Decoder) -> Step:
    """Runs the body for every number from low to high. Python's range cannot overflow."""
    run = decoder.machine.run
    low, high = decoder.slot(op.low), decoder.slot(op.high)
    step_slot = decoder.slot(op.step) if op.step is not None else None
    inclusive = op.inclusive is not None
    body = decoder.block(op.body)
    variable = body.args[0]

    def step(frame: Frame) -> Exit | None:
        by = 1 if step_slot is None else frame[step_slot]
        if by == 0:
            raise InterpreterFault("a loop with a step of zero")
        stop = frame[high] + ((1 if by > 0 else -1) if inclusive else 0)
        for number in range(frame[low], stop, by):
            frame[variable] = number
            left = run(body, frame)
            if left is not None and leaves(op, left):
                return after_loop(op, left, frame, ())
        return None

    return step


def for_each(op: ForEachOp, decoder: Decoder) -> Step:
    """Runs the body for every element, those pushed meanwhile included; of a string, for every character."""
    run = decoder.machine.run
    source = decoder.slot(op.elements)
    body = decoder.block(op.body)
    element = body.args[-1]
    counter = body.args[0] if len(body.args) == 2 else None

    def step(frame: Frame) -> Exit | None:
        elements = frame[source]
        if isinstance(elements, bytes):
            elements = characters(elements)
        index = 0
        while index < len(elements):
            frame[element] = elements[index]
            if counter is not None:
                frame[counter] = index
            left = run(body, frame)
            if left is not None and leaves(op, left):
                return after_loop(op, left, frame, ())
            index += 1
        return None

    return step


def defer(op: DeferOp, decoder: Decoder) -> Step:
    """Runs the body, then the cleanup, and goes on as the body said. A panic comes past here.

    A cleanup that comes after others is run by the last of those, if its own body has been.
    """
    run = decoder.machine.run
    body = decoder.block(op.body)
    cleanup = decoder.block(op.cleanup)
    results = decoder.slots(op.outputs)
    last = op.outermost_before()
    due = decoder.slot_of(op)
    decoder.late.setdefault(last, []).append((due, cleanup))
    cleanups = [] if last is not op else decoder.late.pop(op)[::-1]  # its own, then the others from within

    def step(frame: Frame) -> Exit | None:
        left = run(body, frame)
        frame[due] = True
        for slot, region in cleanups:
            if frame[slot]:
                frame[slot] = None
                if run(region, frame) is not None:
                    raise InterpreterFault("control left a cleanup")
        if left is None and results:
            move(frame, body.yields, results)
        return left

    return step


def leave(
    kind: str, target: Operation | None, values: Sequence[SSAValue], decoder: Decoder, arm: int = 0
) -> Step:
    """Leaves the block, in the same way each time."""
    left = Exit(kind, target, decoder.slots(values), arm)

    def step(frame: Frame) -> Exit:
        return left

    return step


def return_(op: ReturnOp, decoder: Decoder) -> Step:
    """Leaves the function."""
    return leave("return", None, op.values, decoder)


def break_(op: BreakOp, decoder: Decoder) -> Step:
    """Leaves the loop."""
    return leave("break", enclosing_loop(op, op.label), op.values, decoder)


def continue_(op: ContinueOp, decoder: Decoder) -> Step:
    """Leaves the body."""
    return leave("continue", enclosing_loop(op, op.label), (), decoder)


def unreachable(op: UnreachableOp, decoder: Decoder) -> Step:
    """Is never run, unless the IR is wrong."""

    def step(frame: Frame) -> Exit | None:
        raise InterpreterFault("control reached a `qz.unreachable`")

    return step


def yield_(op: YieldOp, decoder: Decoder) -> Step:
    """A yield ends its block, whose decoding takes note of it; anywhere else it is wrong."""
    raise InterpreterFault("a `qz.yield` that does not end its block")


RULES: dict[type[Operation], ControlRule] = {
    IfOp: if_,
    AllOp: short_circuit,
    AnyOp: short_circuit,
    WhileOp: while_,
    LoopOp: loop,
    ForOp: for_,
    ForEachOp: for_each,
    DeferOp: defer,
    ReturnOp: return_,
    BreakOp: break_,
    ContinueOp: continue_,
    UnreachableOp: unreachable,
    YieldOp: yield_,
}

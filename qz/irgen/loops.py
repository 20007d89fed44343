"""Loops, and what leaves them."""

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute, Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.loops import ForEachOp, ForOp, LoopOp, WhileOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import PREDICATES, UNIT, WRAP, int_const
from dialects.qz.scalar import CastOp, CmpOp, ConstOp
from dialects.qz.terminators import BreakOp, ContinueOp, YieldOp
from dialects.qz.types import StrType, VecType, boolean, char, is_int_type, si64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from qz.irgen.bindings import region_with_locals
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.constants import bytes_literal
from qz.irgen.decisions import take
from qz.irgen.destructuring import take_apart
from qz.irgen.iteration import go_over
from qz.irgen.panics import panic_unless
from qz.sema.types import NEVER, VOID
from qz.syntax.nodes import NodeKind

K = NodeKind


# Leaving


def break_(b: Builder, node: int) -> None:
    loop, value = b.decls[node], b.lhs[node]
    values: tuple[SSAValue, ...] = ()
    if value:
        found = b.value(value)
        results = loop_results(b, loop)
        values = (b.coerce(found, results[0]),) if results else ()
    raise b.end(BreakOp, values, {"label": b.label(loop)})


def continue_(b: Builder, node: int) -> None:
    raise b.end(ContinueOp, (), {"label": b.label(b.decls[node])})


# Loops


def loop_results(b: Builder, loop: int) -> tuple[Attribute, ...]:
    """What a `loop` gives: what it is left with."""
    type_id = b.types[loop]
    return () if type_id in (VOID, NEVER) else (b.ir_types.of(type_id),)


def _body(b: Builder, node: int) -> Region:
    def fill() -> Sequence[SSAValue]:
        b.emit(node)
        return ()

    return b.region(fill)


def while_(b: Builder, node: int) -> SSAValue | None:
    """`while true` is a loop: what follows is reached by `break` only."""
    test, body = b.lhs[node], b.rhs[node]
    label: dict[str, Attribute] = {"label": b.label(node)}
    result: SSAValue | None = None
    if b.kind[node] != K.LOOP and branches_on_patterns(b, test):
        _while_pattern(b, node)
    elif b.kind[node] == K.LOOP or b.kind[test] == K.TRUE:
        op = b.do(LoopOp, (), label, loop_results(b, node), (_body(b, body),))
        result = op.results[0] if op.results else None
    else:
        holds = b.region(lambda: (b.value(test),))
        b.do(WhileOp, (), label, (), (holds, _body(b, body)))
    if b.types[node] == NEVER:
        raise b.unreachable()
    return result


def _while_pattern(b: Builder, node: int) -> None:
    """A loop whose condition decides, each turn, on the body or on the way out."""
    label: dict[str, Attribute] = {"label": b.label(node)}
    bound = locals_bound_by(b, b.lhs[node])

    def enter() -> Diverged:
        return take(b, 0, [b.local_value(local) for local in bound])

    def fill() -> Sequence[SSAValue]:
        b.emit(b.rhs[node])
        return ()

    def turn() -> Sequence[SSAValue]:
        decision = b.region(lambda: leave(condition(b, b.lhs[node], enter, lambda: take(b, 1))))
        body = region_with_locals(b, bound, fill)
        out = b.region(lambda: leave(b.end(BreakOp, (), label)))
        b.do(MatchOp, (), NO_PROPERTIES, (), (decision, body, out))
        return ()

    b.do(LoopOp, (), label, (), (b.region(turn),))


def labeled(b: Builder, node: int) -> SSAValue | None:
    return b.emit(b.lhs[node])


def for_(b: Builder, node: int) -> None:
    iterable = b.arena.extra[b.rhs[node]]
    body = b.arena.extra[b.rhs[node] + 1]
    patterns = b.arena.list(b.lhs[node])

    def turn(values: Sequence[SSAValue]) -> None:
        for pattern, value in zip(patterns, values, strict=True):
            take_apart(b, pattern, value)
        b.emit(body)

    for_each(b, iterable, b.label(node), len(patterns) == 2, turn)


Turn = Callable[[Sequence[SSAValue]], None]
"""Emits the body of a loop, given the element, or the index and the element."""


def for_each(b: Builder, iterable: int, label: Attribute, with_index: bool, turn: Turn) -> None:
    """A loop over whatever ``iterable`` is."""
    if b.kind[iterable] in (K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP):
        _count(b, iterable, label, with_index, turn)
        return
    iteration = b.body.protocols.get(-iterable)
    if iteration is not None:
        if with_index and "key_at" not in iteration.plans:
            turn = _counted_turns(b, turn)
        go_over(b, iterable, iteration, label, turn)
        return
    elements = b.value(iterable)
    arguments: list[Attribute] = [si64] if with_index else []
    arguments.append(element_type(elements.type))
    region = _loop_region(b, arguments, turn)
    b.do(ForEachOp, (elements,), {"label": label}, (), (region,))


def element_type(container: Attribute) -> Attribute:
    """What there is in a vector or a string."""
    if isinstance(container, StrType):
        return char
    assert isinstance(container, VecType)
    return container.element


def _loop_region(b: Builder, arguments: list[Attribute], turn: Turn) -> Region:
    region, inner = region_with_block(arguments)
    outer = b.block
    b.block = inner
    try:
        turn(inner.args)
        b.do(YieldOp)
    except Diverged:
        pass
    finally:
        b.block = outer
    return region


# Counting


def _count(b: Builder, iterable: int, label: Attribute, with_index: bool, turn: Turn) -> None:
    """A loop over a range that is written out."""
    properties: dict[str, Attribute] = {"label": label}
    step = 0
    if b.kind[iterable] == K.RANGE_STEP:
        iterable, step = b.lhs[iterable], b.rhs[iterable]
    counter = b.ir_types.of(b.types[iterable])
    if counter == char:
        counter = si64
    assert is_int_type(counter)
    low = b.value_as(b.lhs[iterable], counter)
    high = b.value_as(b.rhs[iterable], counter)
    if b.kind[iterable] == K.RANGE_INCLUSIVE:
        properties["inclusive"] = UNIT
    bounds = (low, high, _step(b, step, counter)) if step else (low, high)
    if with_index:
        turn = _counted_turns(b, turn) if step else _turns_from(b, low, turn)
    b.do(ForOp, bounds, properties, (), (_loop_region(b, [counter], turn),))


def _step(b: Builder, node: int, counter: IntegerType) -> SSAValue:
    """The step of a range; a step of zero would never get anywhere, and panics."""
    step = b.value_as(node, counter)
    zero = b.make(ConstOp, (), counter, int_const(0, counter))
    holds = b.make(CmpOp, (step, zero), boolean, PREDICATES["ne"])
    panic_unless(b, node, holds, lambda: bytes_literal(b, b"the step of a range is 0"))
    return step


def _turns_from(b: Builder, low: SSAValue, turn: Turn) -> Turn:
    """Turns that know their index: how far they are from the first one."""

    def indexed(values: Sequence[SSAValue]) -> None:
        (value,) = values
        turn((b.make(SubOp, (_word(b, value), _word(b, low)), si64, WRAP), value))

    return indexed


def _word(b: Builder, value: SSAValue) -> SSAValue:
    return value if value.type == si64 else b.make(CastOp, (value,), si64)


def _counted_turns(b: Builder, turn: Turn) -> Turn:
    """Turns that are counted, as their index cannot be told from the element."""
    zero = b.make(ConstOp, (), si64, int_const(0, si64))
    n_turns = b.make(LocalOp, (zero,), b.ir_types.cell(si64))

    def indexed(values: Sequence[SSAValue]) -> None:
        index = b.make(LocalGetOp, (n_turns,), si64)
        one = b.make(ConstOp, (), si64, int_const(1, si64))
        following = b.make(AddOp, (index, one), si64, WRAP)
        b.do(LocalSetOp, (n_turns, following), NO_PROPERTIES)
        turn((index, *values))

    return indexed

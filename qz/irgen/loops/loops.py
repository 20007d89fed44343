"""Loops, and what leaves them."""

from collections.abc import Sequence

from xdsl.ir import Attribute, Region, SSAValue

from dialects.qz.loops import ForEachOp, ForOp, LoopOp, WhileOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrSizeOp
from dialects.qz.terminators import BreakOp, ContinueOp
from dialects.qz.types import StrType, VecType, char, si64
from dialects.qz.vec import VecGetOp, VecSizeOp
from qz.irgen.bindings import region_with_locals
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.data.slices import row
from qz.irgen.holding import holding, owned
from qz.irgen.loops.comprehensions import room_for_turns
from qz.irgen.loops.counting import Begin, Turn, count, count_value, counted_turns, loop_region
from qz.irgen.loops.iteration import go_over
from qz.irgen.matching.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.matching.decisions import take
from qz.irgen.matching.destructuring import bound_by, take_apart
from qz.sema.types import NEVER, VOID
from qz.syntax import node_numbers as nk

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
    if b.kind[node] != nk.LOOP and branches_on_patterns(b, test):
        _while_pattern(b, node)
    elif b.kind[node] == nk.LOOP or b.kind[test] == nk.TRUE:
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
        return take(b, 0, [owned(b, local, b.local_value(local)) for local in bound])

    def fill() -> Sequence[SSAValue]:
        b.emit(b.rhs[node])
        return ()

    def turn() -> Sequence[SSAValue]:
        decision = b.region(lambda: leave(condition(b, b.lhs[node], enter, lambda: take(b, 1))))
        body = region_with_locals(b, bound, lambda: holding(b, bound, (), fill))
        out = b.region(lambda: leave(b.end(BreakOp, (), label)))
        b.do(MatchOp, (), NO_PROPERTIES, (), (decision, body, out))
        return ()

    b.do(LoopOp, (), label, (), (b.region(turn),))


def labeled(b: Builder, node: int) -> SSAValue | None:
    return b.emit(b.lhs[node])


def for_(b: Builder, node: int) -> None:
    iterable = b.tree.extra[b.rhs[node]]
    body = b.tree.extra[b.rhs[node] + 1]
    patterns = b.tree.list(b.lhs[node])

    def fill() -> Sequence[SSAValue]:
        b.emit(body)
        return ()

    def turn(values: Sequence[SSAValue]) -> None:
        for pattern, value in zip(patterns, values, strict=True):
            take_apart(b, pattern, value)
        bound = [local for pattern in patterns for local in bound_by(b, pattern)]
        holding(b, bound, (), fill)

    for_each(b, iterable, b.label(node), len(patterns) == 2, turn, room_for_turns(b, node))


def for_each(
    b: Builder, iterable: int, label: Attribute, with_index: bool, turn: Turn, begin: Begin | None = None
) -> None:
    """A loop over whatever ``iterable`` is; before it, what ``begin`` makes of the number of turns."""
    if b.kind[iterable] in (nk.RANGE, nk.RANGE_INCLUSIVE, nk.RANGE_STEP):
        count(b, iterable, label, with_index, turn, begin)
        return
    iteration = b.body.protocols.get(-iterable)
    if iteration is not None:
        if with_index and "key_at" not in iteration.plans:
            turn = counted_turns(b, turn)
        go_over(b, iterable, iteration, label, turn, begin)
        return
    if b.program.library.is_struct(b.types[iterable], "range", "Range"):
        count_value(b, iterable, label, with_index, turn)
        return
    elements = b.value(iterable)
    if not isinstance(elements.type, VecType | StrType):
        _for_each_of_slice(b, iterable, elements, {"label": label}, with_index, turn, begin)
        return
    if begin is not None:
        begin(b.make(StrSizeOp if isinstance(elements.type, StrType) else VecSizeOp, (elements,), si64))
    arguments: list[Attribute] = [si64] if with_index else []
    arguments.append(element_type(elements.type))
    region = loop_region(b, arguments, turn)
    b.do(ForEachOp, (elements,), {"label": label}, (), (region,))


def _for_each_of_slice(
    b: Builder,
    node: int,
    value: SSAValue,
    label: dict[str, Attribute],
    with_index: bool,
    turn: Turn,
    begin: Begin | None,
) -> None:
    """Each index of the slice; that its vector has that element still is checked with each access."""
    elements = row(b, value, b.types[node])
    assert isinstance(elements.vec.type, VecType)
    element = elements.vec.type.element

    def at(values: Sequence[SSAValue]) -> None:
        (index,) = values
        found = b.make_at(node, VecGetOp, (elements.vec, elements.place(b, index)), element)
        turn((index, found) if with_index else (found,))

    zero = b.make(ConstOp, (), si64, int_const(0, si64))
    size = elements.size(b)
    if begin is not None:
        begin(size)
    b.do(ForOp, (zero, size), label, (), (loop_region(b, [si64], at),))


def element_type(container: Attribute) -> Attribute:
    """What there is in a vector or a string."""
    if isinstance(container, StrType):
        return char
    assert isinstance(container, VecType)
    return container.element

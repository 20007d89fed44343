"""Ranges: loops over them, and ranges that are kept."""

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import IntegerType
from xdsl.ir import Attribute, Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.branches import IfOp
from dialects.qz.loops import ForOp
from dialects.qz.properties import FALSE, PREDICATES, TRUE, UNIT, WRAP, int_const
from dialects.qz.scalar import CastOp, CmpOp, ConstOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import boolean, char, is_int_type, si64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.calls.direct import call_function
from qz.irgen.constants import bytes_literal
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.panics import panic_unless
from qz.syntax.nodes import NodeKind

K = NodeKind

Turn = Callable[[Sequence[SSAValue]], None]
"""Emits the body of a loop, given the element, or the index and the element."""


def loop_region(b: Builder, arguments: list[Attribute], turn: Turn) -> Region:
    """The body of a loop, which is handed values of these types each turn."""
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


Begin = Callable[[SSAValue], None]
"""Emits what stands before a loop of which it is known how many turns it takes."""


def count(
    b: Builder, iterable: int, label: Attribute, with_index: bool, turn: Turn, begin: Begin | None = None
) -> None:
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
    if begin is not None and not step:
        begin(_room_between(b, iterable, low, high))
    if with_index:
        turn = counted_turns(b, turn) if step else _turns_from(b, low, turn)
    b.do(ForOp, bounds, properties, (), (loop_region(b, [counter], turn),))


def _room_between(b: Builder, node: int, low: SSAValue, high: SSAValue) -> SSAValue:
    """For how many elements to make room, where a loop from ``low`` to ``high`` adds one each turn."""
    n_turns: SSAValue = b.make(SubOp, (_word(b, high), _word(b, low)), si64, WRAP)
    if b.kind[node] == K.RANGE_INCLUSIVE:
        n_turns = b.make(AddOp, (n_turns, b.make(ConstOp, (), si64, int_const(1, si64))), si64, WRAP)
    found = call_function(b, node, b.program.library.function("range", "room"), [n_turns])
    assert found is not None
    return found


def _step(b: Builder, node: int, counter: IntegerType) -> SSAValue:
    """The step of a range; a step of zero would never get anywhere, and panics."""
    step = b.value_as(node, counter)
    zero = b.make(ConstOp, (), counter, int_const(0, counter))
    holds = b.make(CmpOp, (step, zero), boolean, PREDICATES["ne"])
    panic_unless(b, node, holds, lambda: bytes_literal(b, b"the step of a range is 0"))
    return step


def count_value(b: Builder, node: int, label: Attribute, with_index: bool, turn: Turn) -> None:
    """A loop over a range that was made before: up to its limit, if it has any number."""
    range_, type_id = b.value(node), b.types[node]
    begins, limit = (b.program.library.function("range", name) for name in ("begins", "limit"))

    def fill() -> Sequence[SSAValue]:
        low, step = (read_field(b, range_, type_id, name) for name in ("start", "step"))
        high = call_function(b, node, limit, [range_])
        assert high is not None
        turns = counted_turns(b, turn) if with_index else turn
        properties: dict[str, Attribute] = {"label": label, "inclusive": UNIT}
        b.do(ForOp, (low, high, step), properties, (), (loop_region(b, [si64], turns),))
        return ()

    has_any = call_function(b, node, begins, [range_])
    assert has_any is not None
    b.do(IfOp, (has_any,), NO_PROPERTIES, (), (b.region(fill),))


def range_value(b: Builder, node: int) -> SSAValue:
    """A range that is kept."""
    bounds, step = node, 0
    if b.kind[node] == K.RANGE_STEP:
        bounds, step = b.lhs[node], b.rhs[node]
    low, high = b.value_as(b.lhs[bounds], si64), b.value_as(b.rhs[bounds], si64)
    by = _step(b, step, si64) if step else b.make(ConstOp, (), si64, int_const(1, si64))
    inclusive = TRUE if b.kind[bounds] == K.RANGE_INCLUSIVE else FALSE
    return new_struct(b, b.types[node], (low, high, by, b.make(ConstOp, (), boolean, inclusive)))


def _turns_from(b: Builder, low: SSAValue, turn: Turn) -> Turn:
    """Turns that know their index: how far they are from the first one."""

    def indexed(values: Sequence[SSAValue]) -> None:
        (value,) = values
        turn((b.make(SubOp, (_word(b, value), _word(b, low)), si64, WRAP), value))

    return indexed


def _word(b: Builder, value: SSAValue) -> SSAValue:
    return value if value.type == si64 else b.make(CastOp, (value,), si64)


def counted_turns(b: Builder, turn: Turn) -> Turn:
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

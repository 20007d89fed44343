"""Loops over values of types that say themselves how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.loops import LoopOp
from dialects.qz.properties import PREDICATES, int_const
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.terminators import BreakOp
from dialects.qz.types import boolean, si64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.calls import call_with_values
from qz.irgen.data.enums import payload_part, tag_of
from qz.sema.body import CallPlan, MethodPlans

SOME = 0
"""The number of the variant of `Option` that holds something."""


def go_over(
    b: Builder,
    iterable: int,
    iteration: MethodPlans,
    label: Attribute,
    turn: Callable[[Sequence[SSAValue]], None],
    begin: Callable[[SSAValue], None] | None,
) -> None:
    """The loop: by places, or by `next` until it gives nothing."""
    value = b.value(iterable)
    if "next_place" in iteration.plans:
        if begin is not None and "size" in iteration.plans:
            begin(_call(b, iteration.plans["size"], value))
        _by_places(b, value, iteration, label, turn)
        return
    iter_ = iteration.plans.get("iter")
    if iter_ is not None:
        value = _call(b, iter_, value)
    next_ = iteration.plans["next"]
    option = b.program.queries.signature(next_.function).result

    def fill() -> Sequence[SSAValue]:
        found = _call(b, next_, value)
        some = b.make(ConstOp, (), si64, int_const(SOME, si64))
        _leave_if(b, "ne", tag_of(b, found), some, label)
        turn((payload_part(b, found, option, SOME, 0),))
        return ()

    b.do(LoopOp, (), {"label": label}, (), (b.region(fill),))


def _by_places(
    b: Builder,
    value: SSAValue,
    iteration: MethodPlans,
    label: Attribute,
    turn: Callable[[Sequence[SSAValue]], None],
) -> None:
    """From -1 on, each place is followed by another, up to one below 0."""
    plans = iteration.plans
    start = b.make(ConstOp, (), si64, int_const(-1, si64))
    at = b.make(LocalOp, (start,), b.ir_types.cell(si64))

    def fill() -> Sequence[SSAValue]:
        place = _call(b, plans["next_place"], value, b.make(LocalGetOp, (at,), si64))
        zero = b.make(ConstOp, (), si64, int_const(0, si64))
        _leave_if(b, "lt", place, zero, label)
        b.do(LocalSetOp, (at, place), NO_PROPERTIES)
        names = [name for name in ("item_at", "key_at", "value_at") if name in plans]
        turn([_call(b, plans[name], value, place) for name in names])
        return ()

    b.do(LoopOp, (), {"label": label}, (), (b.region(fill),))


def _call(b: Builder, plan: CallPlan, *values: SSAValue) -> SSAValue:
    found = call_with_values(b, 0, plan, values)
    assert found is not None
    return found


def _leave_if(b: Builder, predicate: str, left: SSAValue, right: SSAValue, label: Attribute) -> None:
    def leave() -> Sequence[SSAValue]:
        raise b.end(BreakOp, (), {"label": label})

    holds = b.make(CmpOp, (left, right), boolean, PREDICATES[predicate])
    b.do(IfOp, (holds,), NO_PROPERTIES, (), (b.region(leave),))

"""Checks: a branch to a block of its own, far from the hot path, that calls a panic and never returns."""

from collections.abc import Sequence

from xdsl.dialects import llvm
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import SSAValue

from dialects.fast_ops import append_op, new_block
from dialects.qzrt.panics import CheckOp, PanicOp, UnreachableOp
from lowering.dispatch import Table
from lowering.runtime_abi import (
    PANIC_BOUNDS,
    PANIC_DIVISION,
    PANIC_MESSAGE,
    PANIC_OVERFLOW,
    RuntimeFunction,
)
from lowering.shared_attributes import segment_properties
from lowering.to_llvm.translation import Translation

TABLE: Table[Translation] = Table()

_BRANCH = segment_properties(1, 0, 0)

_CHECKS: dict[str, RuntimeFunction] = {
    "bounds": PANIC_BOUNDS,
    "overflow": PANIC_OVERFLOW,
    "division": PANIC_DIVISION,
    "message": PANIC_MESSAGE,
}


def panic_if(
    tr: Translation, condition: SSAValue, function: RuntimeFunction, arguments: Sequence[SSAValue]
) -> None:
    """Continues in a new block unless the condition holds."""
    _branch(tr, condition, function, arguments, panics_on=True)


def _branch(
    tr: Translation,
    condition: SSAValue,
    function: RuntimeFunction,
    arguments: Sequence[SSAValue],
    *,
    panics_on: bool,
) -> None:
    cold, rest = new_block(), new_block()
    successors = (cold, rest) if panics_on else (rest, cold)
    append_op(tr.block, llvm.CondBrOp, (condition,), (), _BRANCH, tr.location, successors)
    tr.block = cold
    _call_panic(tr, function, arguments)
    append_op(cold, llvm.UnreachableOp, location=tr.location)
    tr.cold_blocks.append(cold)
    tr.start_block(rest)


def _call_panic(tr: Translation, function: RuntimeFunction, arguments: Sequence[SSAValue]) -> None:
    tr.call(function, (*arguments, *tr.place()))


@TABLE.lowers(CheckOp)
def lower_check(tr: Translation, op: CheckOp) -> None:
    """Panics when the condition is false."""
    condition, *arguments = tr.words(op)
    kind = op.properties["kind"]
    assert isinstance(kind, StringAttr)
    _branch(tr, condition, _CHECKS[kind.data], arguments, panics_on=False)


@TABLE.lowers(PanicOp)
def lower_panic(tr: Translation, op: PanicOp) -> None:
    """Panics whatever comes."""
    _call_panic(tr, PANIC_MESSAGE, tr.words(op))


@TABLE.lowers(UnreachableOp)
def lower_unreachable(tr: Translation, op: UnreachableOp) -> None:
    """Control does not get here."""
    append_op(tr.block, llvm.UnreachableOp, location=op.location)

"""Terminators, which keep their shape, and the choice between two values."""

from xdsl.dialects import arith, cf, func
from xdsl.ir import Operation

from dialects.fast_ops import append_op
from dialects.qz.terminators import UnreachableOp as SourceUnreachableOp
from dialects.qzrt.panics import UnreachableOp
from lowering.dispatch import Table
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()


@TABLE.lowers(cf.BranchOp, cf.ConditionalBranchOp, cf.SwitchOp)
def lower_branch(rt: Erasure, op: Operation) -> None:
    """The same branch with the new operands and blocks."""
    blocks = rt.blocks
    successors = [blocks[id(block)] for block in op.successors]
    append_op(rt.block, type(op), rt.operands(op), (), op.properties, rt.location, successors)


@TABLE.lowers(func.ReturnOp)
def lower_return(rt: Erasure, op: func.ReturnOp) -> None:
    """The result leaves as a word."""
    words = [rt.to_word(value) for value in rt.operands(op)]
    append_op(rt.block, func.ReturnOp, words, (), {}, rt.location)


@TABLE.lowers(SourceUnreachableOp)
def lower_unreachable(rt: Erasure, op: SourceUnreachableOp) -> None:
    """Stays what it is."""
    append_op(rt.block, UnreachableOp, (), (), {}, op.location)


@TABLE.lowers(arith.SelectOp)
def lower_select(rt: Erasure, op: arith.SelectOp) -> None:
    """A choice between two values of one register type."""
    result = op.results[0]
    rt.values[id(result)] = rt.emit(arith.SelectOp, rt.operands(op), {}, rt.form(result).register)

"""Structured branching: a flat multi-way if, and the short-circuit operators."""

from typing import ClassVar

from xdsl.ir import Region
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    result_def,
    traits_def,
    var_region_def,
    var_result_def,
)
from xdsl.traits import RecursiveMemoryEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.types import i1


@irdl_op_definition
class IfOp(IRDLOperation):
    """`if/elsif/else`, flat however long the chain is.

    The regions are: the first arm, then (condition, arm) for every further arm, then the else arm if there is
    one. A condition region yields one i1. Arms yield the results. So an odd number of regions means no else.
    """

    name = "qz.if"
    condition = operand_def(i1)
    outputs = var_result_def()
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())

    @property
    def has_else(self) -> bool:
        """Whether the last region is an else arm."""
        return len(self.regions) % 2 == 0

    @property
    def n_arms(self) -> int:
        """The number of arms with a condition."""
        return (len(self.regions) + 1) // 2

    @property
    def else_region(self) -> Region | None:
        """The else arm, if there is one."""
        return self.regions[-1] if self.has_else else None

    @property
    def further_arms(self) -> list[tuple[Region, Region]]:
        """The (condition, arm) pairs after the first arm."""
        end = 2 * self.n_arms - 1
        return list(zip(self.regions[1:end:2], self.regions[2:end:2], strict=True))


class _ShortCircuitOp(LazySyntaxOp):
    """Evaluates its regions in order until one decides; each yields an i1."""

    result = result_def(i1)
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "attr-dict-with-keyword $parts"


@irdl_op_definition
class AllOp(_ShortCircuitOp):
    """`a and b and c`: true if every region yields true."""

    name = "qz.all"


@irdl_op_definition
class AnyOp(_ShortCircuitOp):
    """`a or b or c`: true if some region yields true."""

    name = "qz.any"


OPS = (IfOp, AllOp, AnyOp)

"""Generators: function values whose code gives a result and goes on from there at the next call.

The body of a `generator` lambda suspends itself. `split_generators` makes code of it that begins with a
choice of where to go on, and keeps what is needed later in slots of its environment, behind what is captured.
"""

from typing import ClassVar

from xdsl.dialects.builtin import i1
from xdsl.irdl import (
    irdl_op_definition,
    operand_def,
    opt_result_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.types import EnvType, is_counted, nullable

GENERATOR = "qz.generator"
"""The attribute of a function that was the body of a generator."""

AGAIN = b"a generator is asked for its next value while it computes one"
"""What the panic says."""


@irdl_op_definition
class SuspendOp(LazySyntaxOp):
    """Gives the caller a result, or the leaves of one; the next call of the generator goes on behind this.

    Where the generator has something to do if it is given up meanwhile, the result tells whether it is: then
    control goes on once more, to leave the function.
    """

    name = "qz.suspend"
    values = var_operand_def()
    given_up = opt_result_def(i1)
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$values attr-dict `:` type($values) (`->` type($given_up)^)?"

    def verify_(self) -> None:
        require(len(self.values) > 0, "a suspension gives a value, found none")


@irdl_op_definition
class SlotGetOp(LazySyntaxOp):
    """What is in a slot of an environment; slots and captured values are counted together."""

    name = "qz.slot_get"
    environment = operand_def(EnvType)
    index = prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$environment `[` $index `]` attr-dict `:` type($result)"


@irdl_op_definition
class SlotSetOp(LazySyntaxOp):
    """Puts a value into a slot. Where that is counted, the result is what was there, if anything was."""

    name = "qz.slot_set"
    environment = operand_def(EnvType)
    index = prop_def(SMALL_INT)
    value = operand_def()
    old = opt_result_def(nullable)
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "$environment `[` $index `]` `,` $value attr-dict `:` type($value) (`->` type($old)^)?"

    def verify_(self) -> None:
        is_old_given = self.old is not None
        require(
            is_old_given == is_counted(self.value.type), "what was in a slot is given just if it is counted"
        )


OPS = (SuspendOp, SlotGetOp, SlotSetOp)

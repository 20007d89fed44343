"""Reference counts made explicit: `insert_counts` adds `qz.dup` and `qz.drop`. `qz.adopt` is the runtime's.

A value of a counted type is owned by whoever is to give its count back; everybody else borrows it, which is
fine as long as an owner keeps it. `lowering/ownership/rules.py` says for every operation which operands it
takes over.
"""

from typing import ClassVar

from xdsl.irdl import irdl_op_definition, operand_def, result_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import require
from dialects.qz.leaves import leaf_types
from dialects.qz.types import is_counted, si64


@irdl_op_definition
class DupOp(LazySyntaxOp):
    """Takes one more count on a value."""

    name = "qz.dup"
    value = operand_def()
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$value attr-dict `:` type($value)"

    def verify_(self) -> None:
        require(is_counted(self.value.type), f"a {self.value.type} has no count")


@irdl_op_definition
class DropOp(LazySyntaxOp):
    """Gives one count on a value back; the last one frees it and drops what it holds."""

    name = "qz.drop"
    value = operand_def()
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$value attr-dict `:` type($value)"

    def verify_(self) -> None:
        require(is_counted(self.value.type), f"a {self.value.type} has no count")


@irdl_op_definition
class KeepOp(LazySyntaxOp):
    """Uses a value and does nothing with it, so that it is not given up before the end of its scope."""

    name = "qz.keep"
    value = operand_def()
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())
    SYNTAX: ClassVar = "$value attr-dict `:` type($value)"

    def verify_(self) -> None:
        type_ = self.value.type
        require(any(map(is_counted, leaf_types(type_))), f"a {type_} has no count")


@irdl_op_definition
class AdoptOp(LazySyntaxOp):
    """A word that carries a count, as a value that owns it."""

    name = "qz.adopt"
    word = operand_def(si64)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$word attr-dict `->` type($result)"

    def verify_(self) -> None:
        require(is_counted(self.result.type), f"a {self.result.type} has no count")


OPS = (DupOp, DropOp, KeepOp, AdoptOp)

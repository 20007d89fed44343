"""Building the conditions under which a loop may go without checks."""

from dataclasses import dataclass

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dialects.fast_ops import append_op, append_value, region_with_block
from dialects.qz import properties
from dialects.qz.arith import AddOp, SubOp
from dialects.qz.bits import BitAndOp
from dialects.qz.scalar import CmpOp, ConstOp, ReinterpretOp
from dialects.qz.strings import StrSizeOp
from dialects.qz.terminators import YieldOp
from dialects.qz.types import StrType, boolean, si64, ui64
from dialects.qz.vec import VecSizeOp


@dataclass(frozen=True, slots=True)
class ConditionCode:
    """Where one condition is built: a region that yields it."""

    region: Region
    block: Block
    location: LocationAttr

    @classmethod
    def begin(cls, location: LocationAttr) -> "ConditionCode":
        """A new region."""
        region, block = region_with_block()
        return cls(region, block, location)

    def emit(
        self,
        op_class: type[Operation],
        operands: tuple[SSAValue, ...],
        type_: Attribute,
        with_: dict[str, Attribute] = properties.NO_PROPERTIES,
    ) -> SSAValue:
        """Appends an operation."""
        return append_value(self.block, op_class, operands, type_, with_, self.location)

    def compare(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """Compares two numbers."""
        return self.emit(CmpOp, (lhs, rhs), boolean, properties.PREDICATES[predicate])

    def word(self, value: SSAValue) -> SSAValue:
        """A number without its sign."""
        return self.emit(ReinterpretOp, (value,), ui64)

    def number(self, value: int) -> SSAValue:
        """A constant with a sign."""
        return self.emit(ConstOp, (), si64, properties.int_const(value, si64))

    def difference(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """A difference without signs, modulo 2 to the 64."""
        return self.emit(SubOp, (lhs, rhs), ui64, properties.WRAP)

    def plus(self, value: SSAValue, constant: int) -> SSAValue:
        """A sum with signs, modulo 2 to the 64."""
        if constant == 0:
            return value
        return self.emit(AddOp, (value, self.number(constant)), si64, properties.WRAP)

    def size_of(self, container: SSAValue) -> SSAValue:
        """How many elements, or bytes, a vector or string has."""
        size_op = StrSizeOp if isinstance(container.type, StrType) else VecSizeOp
        return self.emit(size_op, (container,), si64)

    def both(self, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """Whether two conditions hold."""
        return self.emit(BitAndOp, (lhs, rhs), boolean)

    def finish(self, condition: SSAValue) -> Region:
        """Ends the region."""
        append_op(self.block, YieldOp, (condition,), (), properties.NO_PROPERTIES, self.location)
        return self.region

"""The state of the rebuild: the new function, and the word that stands for each old value."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import arith, cf, func
from xdsl.dialects.builtin import UNKNOWN_LOC, LocationAttr, f32, f64, i1, i32, i64
from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import append_block, append_op, append_value, detached_op, new_block, new_region
from dialects.qz.calls import ExternOp
from lowering.prelude import Prelude
from lowering.runtime_abi import RuntimeFunction
from lowering.shared_attributes import (
    NO_PROPERTIES,
    Properties,
    segment_properties,
    symbol_ref,
    word_attr,
    word_value,
)
from lowering.value_forms import ValueForm, form_of

I64_RESULT = (i64,)
INTEGER_PREDICATES: dict[str, Properties] = {
    name: {"predicate": word_attr(index)}
    for index, name in enumerate(("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"))
}
ONE_CONDITION = segment_properties(1, 0, 0)


class Erasure:
    """Rebuilds one function with every type erased."""

    __slots__ = (
        "block",
        "blocks",
        "constants",
        "debug",
        "externs",
        "forms",
        "location",
        "prelude",
        "region",
        "runtime",
        "values",
    )

    def __init__(self, externs: dict[str, ExternOp], debug: bool) -> None:
        self.externs = externs
        self.debug = debug
        self.runtime: dict[str, RuntimeFunction] = {}
        self.values: dict[int, SSAValue] = {}
        self.blocks: dict[int, Block] = {}
        self.constants: dict[int, SSAValue] = {}
        self.forms: dict[int, ValueForm] = {}
        self.location: LocationAttr = UNKNOWN_LOC
        self.region: Region = new_region()
        self.block: Block = new_block()
        self.prelude = Prelude(self.block)

    def start_block(self, block: Block) -> None:
        """Continues in a block, which joins the function here."""
        append_block(self.region, block)
        self.block = block

    def form(self, value: SSAValue) -> ValueForm:
        """How an old value is carried."""
        type_ = value._type
        form = self.forms.get(id(type_))
        if form is None:
            form = self.forms[id(type_)] = form_of(type_)
        return form

    def type_form(self, type_: Attribute) -> ValueForm:
        """How a value of a type is carried."""
        form = self.forms.get(id(type_))
        if form is None:
            form = self.forms[id(type_)] = form_of(type_)
        return form

    def operands(self, op: Operation) -> list[SSAValue]:
        """The new values of an old op's operands."""
        values = self.values
        return [values[id(operand)] for operand in op._operands]

    def compare(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """Compares two words."""
        return append_value(
            self.block, arith.CmpiOp, (lhs, rhs), i1, INTEGER_PREDICATES[predicate], self.location
        )

    def emit(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> OpResult:
        """Appends an op with one result, located where the old op is."""
        return append_value(self.block, op_class, operands, result, properties, self.location)

    def effect(
        self,
        op_class: type[Operation],
        operands: Sequence[SSAValue],
        properties: Properties = NO_PROPERTIES,
    ) -> None:
        """Appends an op without results."""
        append_op(self.block, op_class, operands, (), properties, self.location)

    def constant(self, value: int) -> SSAValue:
        """A word constant; one op per value and function, in front of the entry block."""
        known = self.constants.get(value)
        if known is None:
            op = detached_op(arith.ConstantOp, (), I64_RESULT, word_value(value))
            self.prelude.insert(op)
            known = self.constants[value] = op.results[0]
        return known

    def call(self, function: RuntimeFunction, arguments: Sequence[SSAValue]) -> SSAValue | None:
        """Calls a runtime function; gives its result if it has one."""
        self.runtime[function.symbol] = function
        results = I64_RESULT if function.has_result else ()
        properties: Properties = {"callee": symbol_ref(function.symbol)}
        op = append_op(self.block, func.CallOp, arguments, results, properties, self.location)
        return op.results[0] if function.has_result else None

    def call_word(self, function: RuntimeFunction, arguments: Sequence[SSAValue]) -> SSAValue:
        """Calls a runtime function that has a result."""
        result = self.call(function, arguments)
        assert result is not None
        return result

    def to_word(self, value: SSAValue) -> SSAValue:
        """A new value as the i64 that crosses a function boundary or lies in a slot."""
        type_ = value._type
        if type_ is i64:
            return value
        if type_ is i1:
            return self.emit(arith.ExtUIOp, (value,))
        if type_ is f64:
            return self.emit(arith.BitcastOp, (value,))
        if type_ is f32:
            return self.emit(arith.ExtUIOp, (self.emit(arith.BitcastOp, (value,), result=i32),))
        return value

    def from_word(self, word: SSAValue, register: Attribute) -> SSAValue:
        """An i64 as a value of a register type."""
        if register is i1:
            return self.emit(arith.TruncIOp, (word,), result=i1)
        if register is f64:
            return self.emit(arith.BitcastOp, (word,), result=f64)
        if register is f32:
            return self.emit(arith.BitcastOp, (self.emit(arith.TruncIOp, (word,), result=i32),), result=f32)
        return word

    def branch_unlikely(self, condition: SSAValue) -> tuple[Block, Block]:
        """Ends the block with a branch; gives the block for true and the one in which all continues."""
        rare, rest = new_block(), new_block()
        append_op(
            self.block,
            cf.ConditionalBranchOp,
            (condition,),
            (),
            ONE_CONDITION,
            self.location,
            (rare, rest),
        )
        return rare, rest

    def jump(self, target: Block) -> None:
        """Ends the block."""
        append_op(self.block, cf.BranchOp, (), (), NO_PROPERTIES, self.location, (target,))

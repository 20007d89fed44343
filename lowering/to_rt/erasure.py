"""What the rules of the erasure work with: the value that stands for each old one, and building."""

# pyright: reportPrivateUsage=false

from abc import ABC, abstractmethod
from collections.abc import Sequence

from xdsl.dialects import arith, cf, func
from xdsl.dialects.builtin import UNKNOWN_LOC, LocationAttr, f32, f64, i1, i32, i64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.qz.calls import ExternOp
from dialects.qzrt.calls import PackOp, UnpackOp
from dialects.qzrt.types import pack_type
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.abi.value_forms import SHARED_FORMS, ValueForm, form_of
from lowering.dispatch import Operands
from lowering.shared_attributes import (
    NO_PROPERTIES,
    Properties,
    callee_properties,
    result_type,
    segment_properties,
    word_attr,
)

INTEGER_PREDICATES: dict[str, Properties] = {
    name: {"predicate": word_attr(index)}
    for index, name in enumerate(("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge"))
}
_ONE_CONDITION = segment_properties(1, 0, 0)


class Erasure(ABC):
    """Erases the types of one function; what is built, operations or text, is up to the subclass."""

    __slots__ = ("blocks", "debug", "emptied", "externs", "forms", "location", "values")

    def __init__(self, externs: dict[str, ExternOp], debug: bool) -> None:
        self.externs = externs
        self.debug = debug
        self.values: dict[int, SSAValue] = {}
        self.emptied: dict[int, SSAValue] = {}
        """Blocks that may be used again, by the number of their mark."""
        self.blocks: dict[int, Block] = {}
        self.forms = SHARED_FORMS.copy()
        self.location: LocationAttr = UNKNOWN_LOC

    # Old values

    def form(self, value: SSAValue) -> ValueForm:
        """How an old value is carried."""
        type_ = value._type
        return self.forms.get(id(type_)) or self.type_form(type_)

    def type_form(self, type_: Attribute) -> ValueForm:
        """How a value of a type is carried."""
        form = self.forms.get(id(type_))
        if form is None:
            form = self.forms[id(type_)] = form_of(type_)
        return form

    def result_form(self, op: Operation) -> ValueForm:
        """How the one result of an old op is carried."""
        (result,) = op.results
        type_ = result._type
        return self.forms.get(id(type_)) or self.type_form(type_)

    def first_form(self, op: Operation) -> ValueForm:
        """How the first operand of an old op is carried."""
        first, *_ = op._operands
        type_ = first._type
        return self.forms.get(id(type_)) or self.type_form(type_)

    def last_form(self, op: Operation) -> ValueForm:
        """How the last operand of an old op is carried."""
        *_, last = op._operands
        type_ = last._type
        return self.forms.get(id(type_)) or self.type_form(type_)

    def operands(self, op: Operation) -> list[SSAValue]:
        """The new values of an old op's operands."""
        values = self.values
        return [values[id(operand)] for operand in op._operands]

    def operand(self, op: Operation) -> SSAValue:
        """The new value of the only operand of an old op."""
        (operand,) = op._operands
        return self.values[id(operand)]

    def define(self, op: Operation, value: SSAValue) -> None:
        """Says what stands for the result of an old op."""
        (result,) = op.results
        self.values[id(result)] = value

    # Building

    @abstractmethod
    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        """Appends an op with one result, located where the old op is."""

    @abstractmethod
    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        """Appends an op without results."""

    @abstractmethod
    def terminate(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        """Ends the block."""

    @abstractmethod
    def slot(self, properties: Properties, type_: Attribute, debug_type: str | None) -> SSAValue:
        """Makes a stack slot; `debug_type` is what a debugger calls the type of the variable in it."""

    @abstractmethod
    def constant(self, value: int) -> SSAValue:
        """A word constant."""

    @abstractmethod
    def new_block(self, forms: Sequence[ValueForm]) -> Block:
        """Makes a block with arguments of these forms."""

    @abstractmethod
    def start_block(self, block: Block) -> None:
        """Continues in a block, which joins the function here."""

    @abstractmethod
    def start_entry(self, n_parameters: int) -> Sequence[SSAValue]:
        """Starts the function, and gives its parameters, all of them words."""

    # Shorthands

    def compare(self, predicate: str, lhs: SSAValue, rhs: SSAValue) -> SSAValue:
        """Compares two words."""
        return self.emit(arith.CmpiOp, (lhs, rhs), INTEGER_PREDICATES[predicate], i1)

    def call(self, function: RuntimeFunction, arguments: Operands) -> None:
        """Calls a runtime function for its effect."""
        self.effect(func.CallOp, arguments, callee_properties(function.symbol))

    def call_word(self, function: RuntimeFunction, arguments: Operands) -> SSAValue:
        """Calls a runtime function for its result."""
        return self.emit(func.CallOp, arguments, callee_properties(function.symbol))

    def call_quartz(
        self, op: Operation, op_class: type[Operation], operands: Operands, properties: Properties
    ) -> None:
        """Calls a Quartz function with words; what it gives are the results of an old op."""
        if not op.results:
            self.effect(op_class, operands, properties)
            return
        n_results = len(op.results)
        result = self.emit(op_class, operands, properties, result_type(n_results))
        for old, word in zip(op.results, self.unpacked(result, n_results), strict=True):
            self.values[id(old)] = self.from_word(word, self.form(old))

    def words(self, olds: Sequence[SSAValue]) -> list[SSAValue]:
        """What stands for some old values, as words."""
        values, forms = self.values, self.forms
        words: list[SSAValue] = []
        for old in olds:
            value = values[id(old)]
            form = forms.get(id(old._type)) or self.type_form(old._type)
            words.append(value if form.register is i64 else self.to_word(value, form))
        return words

    def packed(self, words: Operands) -> Operands:
        """Words as a function gives them: more than one in a pack."""
        if len(words) <= 1:
            return words
        return (self.emit(PackOp, words, NO_PROPERTIES, pack_type(len(words))),)

    def unpacked(self, result: SSAValue, n_words: int) -> Operands:
        """The words that a function gave."""
        if n_words == 1:
            return (result,)
        return [self.emit(UnpackOp, (result,), {"index": word_attr(k)}) for k in range(n_words)]

    def to_word(self, value: SSAValue, form: ValueForm) -> SSAValue:
        """A new value as the i64 that crosses a function boundary or lies in a field."""
        register = form.register
        if register is i64:
            return value
        if register is i1:
            return self.emit(arith.ExtUIOp, (value,))
        if register is f64:
            return self.emit(arith.BitcastOp, (value,))
        return self.emit(arith.ExtUIOp, (self.emit(arith.BitcastOp, (value,), result=i32),))

    def from_word(self, word: SSAValue, form: ValueForm) -> SSAValue:
        """An i64 as a value of a form."""
        register = form.register
        if register is i64:
            return word
        if register is i1:
            return self.emit(arith.TruncIOp, (word,), result=i1)
        if register is f64:
            return self.emit(arith.BitcastOp, (word,), result=f64)
        return self.emit(arith.BitcastOp, (self.emit(arith.TruncIOp, (word,), result=i32),), result=f32)

    def branch_unlikely(self, condition: SSAValue) -> tuple[Block, Block]:
        """Ends the block with a branch; gives the block for true and the one in which all continues."""
        rare, rest = self.new_block(()), self.new_block(())
        self.terminate(cf.ConditionalBranchOp, (condition,), _ONE_CONDITION, (rare, rest))
        return rare, rest

    def jump(self, target: Block) -> None:
        """Ends the block."""
        self.terminate(cf.BranchOp, (), NO_PROPERTIES, (target,))

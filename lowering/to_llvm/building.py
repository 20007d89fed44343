"""The translation that builds operations of the llvm dialect."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import llvm
from xdsl.dialects.builtin import i64
from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import (
    append_block,
    append_op,
    append_value,
    attach_before,
    attach_last,
    detached_op,
    new_block,
    new_region,
)
from lowering.abi.layout import STRING_PREFIX_BYTES
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.abi.string_symbols import string_symbol
from lowering.dispatch import Operands
from lowering.prelude import Prelude
from lowering.shared_attributes import (
    INT_TYPES,
    NO_PROPERTIES,
    WORD_WIDTHS,
    Properties,
    symbol_ref,
    word_value,
)
from lowering.to_llvm.functions import convention, declaration_properties, declare_words, words_result
from lowering.to_llvm.properties import (
    ALIAS_TAGS,
    ALIGNED,
    ONE_CONDITION,
    UNALIGNED,
    array_of_bytes,
    call_properties,
    constant_gep,
    indexed_gep,
    indirect_call_properties,
    slot_properties,
)
from lowering.to_llvm.translation import PTR, Translation

_POINTER = (PTR,)
_WORD = (i64,)


class IrTranslation(Translation):
    """Rebuilds one function in the llvm dialect, and collects what its module has to declare."""

    __slots__ = ("block", "cold_blocks", "constants", "declared", "prelude", "region", "strings", "texts")

    def __init__(self) -> None:
        super().__init__()
        self.region: Region = new_region()
        self.block: Block = new_block()
        self.prelude = Prelude(self.block)
        self.cold_blocks: list[Block] = []
        self.constants: dict[int, SSAValue] = {}
        self.texts: dict[bytes, SSAValue] = {}
        self.strings: dict[str, bytes] = {}
        self.declared: dict[str, Operation | None] = {}

    def start_block(self, block: Block) -> None:
        """Continues in a block, which joins the function here."""
        append_block(self.region, block)
        self.block = block

    def finish(self) -> Region:
        """The body, with the cold blocks at its end."""
        for cold in self.cold_blocks:
            append_block(self.region, cold)
        return self.region

    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        return append_value(self.block, op_class, operands, result, properties, self.location)

    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        append_op(self.block, op_class, operands, (), properties, self.location)

    def end(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        append_op(self.block, op_class, operands, (), properties, self.location, successors)

    def jump(self, target: Block) -> None:
        self.end(llvm.BrOp, (), NO_PROPERTIES, (target,))

    def displaced(self, address: SSAValue, offset: int, inbounds: bool) -> SSAValue:
        return self.emit(llvm.GEPOp, (address,), constant_gep(offset, inbounds), PTR)

    def indexed(self, address: SSAValue, index: SSAValue, width: int, inbounds: bool) -> SSAValue:
        element = INT_TYPES[8 * width] if width in WORD_WIDTHS else array_of_bytes(width)
        properties = indexed_gep(element, inbounds)
        return self.emit(llvm.GEPOp, (address, index), properties, PTR)

    def load(self, address: SSAValue, type_: Attribute, alias: str | None) -> SSAValue:
        if alias is None:
            return self.emit(llvm.LoadOp, (address,), UNALIGNED, type_)
        op = append_op(self.block, llvm.LoadOp, (address,), (type_,), ALIGNED, self.location)
        op.attributes = ALIAS_TAGS[alias]
        (value,) = op.results
        return value

    def store(self, value: SSAValue, address: SSAValue, alias: str | None) -> None:
        properties = UNALIGNED if alias is None else ALIGNED
        op = append_op(self.block, llvm.StoreOp, (value, address), (), properties, self.location)
        if alias is not None:
            op.attributes = ALIAS_TAGS[alias]

    def load_slot(self, slot: SSAValue, type_: Attribute) -> SSAValue:
        return self.emit(llvm.LoadOp, (slot,), ALIGNED, type_)

    def store_slot(self, value: SSAValue, slot: SSAValue) -> None:
        self.effect(llvm.StoreOp, (value, slot), ALIGNED)

    def reserve(self, content: Attribute) -> SSAValue:
        slot = self._in_front(llvm.AllocaOp, (self.constant(1),), slot_properties(content), _POINTER)
        if self.attributes:
            op = slot.owner
            assert isinstance(op, Operation)
            op.attributes = dict(self.attributes)
            op.location = self.location
        return slot

    def constant(self, value: int) -> SSAValue:
        known = self.constants.get(value)
        if known is None:
            known = self.constants[value] = self._in_front(llvm.ConstantOp, (), word_value(value), _WORD)
        return known

    def text(self, data: bytes) -> SSAValue:
        known = self.texts.get(data)
        if known is None:
            name = string_symbol(data)
            self.strings[name] = data
            base = self._in_front(llvm.AddressOfOp, (), {"global_name": symbol_ref(name)}, _POINTER)
            known = self._in_front(llvm.GEPOp, (base,), constant_gep(STRING_PREFIX_BYTES), _POINTER)
            self.texts[data] = known
        return known

    def address_of(self, name: str) -> SSAValue:
        self.declared.setdefault(name, None)
        return self.emit(llvm.AddressOfOp, (), {"global_name": symbol_ref(name)}, PTR)

    def function_address(self, name: str, n_parameters: int, n_results: int) -> SSAValue:
        self.declared.setdefault(name, declare_words(name, n_parameters, n_results))
        return self.emit(llvm.AddressOfOp, (), {"global_name": symbol_ref(name)}, PTR)

    def call(self, name: str, arguments: Operands, n_results: int) -> SSAValue | None:
        properties = call_properties(name, len(arguments), convention(n_results))
        return self._call(arguments, properties, n_results)

    def call_indirect(self, code: SSAValue, arguments: Operands, n_results: int) -> SSAValue | None:
        properties = indirect_call_properties(len(arguments), convention(n_results))
        return self._call((code, *arguments), properties, n_results)

    def _call(self, operands: Operands, properties: Properties, n_results: int) -> SSAValue | None:
        return self._call_op(operands, properties, words_result(n_results))

    def call_c(
        self, name: str, signature: llvm.LLVMFunctionType, arguments: Operands, result: Attribute | None
    ) -> SSAValue | None:
        properties = call_properties(name, len(arguments))
        if signature.is_variadic:
            properties = {**properties, "var_callee_type": signature}
        if self.declared.get(name) is None:
            declaration = declaration_properties(name, signature)
            self.declared[name] = detached_op(llvm.FuncOp, (), (), declaration, regions=(new_region(),))
        return self._call_op(arguments, properties, result)

    def call_c_at(self, code: SSAValue, arguments: Operands, result: Attribute | None) -> SSAValue | None:
        return self._call_op((code, *arguments), indirect_call_properties(len(arguments)), result)

    def _call_op(
        self, operands: Operands, properties: Properties, result: Attribute | None
    ) -> SSAValue | None:
        results = () if result is None else (result,)
        op = append_op(self.block, llvm.CallOp, operands, results, properties, self.location)
        return None if result is None else op.results[0]

    def counterpart(self, value: SSAValue) -> SSAValue:
        if value._type is PTR:
            conversion: Operation = detached_op(llvm.PtrToIntOp, (value,), _WORD)
        else:
            conversion = detached_op(llvm.IntToPtrOp, (value,), _POINTER)
        self._put_behind(conversion, value)
        (result,) = conversion.results
        self.counterparts[id(value)] = result
        return result

    def _put_behind(self, conversion: Operation, value: SSAValue) -> None:
        if isinstance(value, OpResult):
            block = value.op.parent
            following = value.op._next_op
            if self.prelude.last is value.op:
                self.prelude.last = conversion
        else:
            block = value.owner
            assert isinstance(block, Block)
            if block is self.prelude.entry:
                self.prelude.insert(conversion)
                return
            following = block._first_op
        assert block is not None
        if following is None:
            attach_last(block, conversion)
        else:
            attach_before(conversion, following)

    def panic_block(
        self,
        condition: SSAValue,
        panics_on: bool,
        function: RuntimeFunction,
        arguments: Operands,
    ) -> None:
        cold, rest = new_block(), new_block()
        successors = (cold, rest) if panics_on else (rest, cold)
        self.end(llvm.CondBrOp, (condition,), ONE_CONDITION, successors)
        self.block = cold
        self.call(function.symbol, (*arguments, *self.place()), 0)
        self.end(llvm.UnreachableOp, ())
        self.cold_blocks.append(cold)
        self.start_block(rest)

    def _in_front(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties,
        results: tuple[Attribute],
    ) -> SSAValue:
        """Puts an op with one result in front of the entry block."""
        op = detached_op(op_class, operands, results, properties)
        self.prelude.insert(op)
        (value,) = op.results
        return value

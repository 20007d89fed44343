"""The erasure that builds operations of the stage `rt`."""

from collections.abc import Sequence

from xdsl.dialects import arith
from xdsl.dialects.builtin import DenseArrayBase, i64
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dialects.fast_ops import append_block, append_op, append_value, detached_op, new_block, new_region
from dialects.qz.calls import ExternOp
from dialects.qzrt.memory import SlotOp
from lowering.abi.value_forms import ValueForm
from lowering.dispatch import Operands
from lowering.prelude import Prelude
from lowering.shared_attributes import NO_PROPERTIES, Properties, string_attr, word_value
from lowering.to_rt.erasure import Erasure

_ADDRESSES = "qzrt.addresses"
"""An attribute of a function: the block arguments that hold addresses, as pairs of positions."""

_WORD = (i64,)


class IrErasure(Erasure):
    """Rebuilds one function in the stage `rt`."""

    __slots__ = ("_addresses", "_block", "_constants", "_prelude", "region")

    def __init__(self, externs: dict[str, ExternOp], debug: bool) -> None:
        super().__init__(externs, debug)
        self.region: Region = new_region()
        self._block: Block = new_block()
        self._prelude = Prelude(self._block)
        self._constants: dict[int, SSAValue] = {}
        self._addresses: set[int] = set()

    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        return append_value(self._block, op_class, operands, result, properties, self.location)

    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        append_op(self._block, op_class, operands, (), properties, self.location)

    def terminate(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        append_op(self._block, op_class, operands, (), properties, self.location, successors)

    def slot(self, properties: Properties, type_: Attribute, debug_type: str | None) -> SSAValue:
        op = append_op(self._block, SlotOp, (), (type_,), properties, self.location)
        if debug_type is not None:
            op.attributes["debug_type"] = string_attr(debug_type)
        return op.slot

    def constant(self, value: int) -> SSAValue:
        known = self._constants.get(value)
        if known is None:
            op = detached_op(arith.ConstantOp, (), _WORD, word_value(value))
            self._prelude.insert(op)
            known = self._constants[value] = op.result
        return known

    def new_block(self, forms: Sequence[ValueForm]) -> Block:
        block = new_block([form.register for form in forms])
        for form, argument in zip(forms, block.args, strict=True):
            if form.is_address:
                self._addresses.add(id(argument))
        return block

    def start_block(self, block: Block) -> None:
        append_block(self.region, block)
        self._block = block

    def start_entry(self, n_parameters: int) -> Sequence[SSAValue]:
        entry = self._block
        append_block(self.region, entry)
        return [entry.insert_arg(i64, position) for position in range(n_parameters)]

    def address_attributes(self) -> dict[str, Attribute]:
        """What the function remembers of the block arguments that hold addresses."""
        if not self._addresses:
            return {}
        positions: list[int] = []
        for number, block in enumerate(self.region.blocks):
            for index, argument in enumerate(block.args):
                if id(argument) in self._addresses:
                    positions += (number, index)
        return {_ADDRESSES: DenseArrayBase.from_list(i64, positions)}


def address_arguments(function: FuncOp) -> frozenset[tuple[int, int]]:
    """The block arguments of a function of the stage `rt` that hold addresses: (block, argument)."""
    attribute = function.attributes.get(_ADDRESSES)
    if not isinstance(attribute, DenseArrayBase):
        return frozenset()
    positions = [int(position) for position in attribute.iter_values()]
    return frozenset(zip(positions[::2], positions[1::2], strict=True))

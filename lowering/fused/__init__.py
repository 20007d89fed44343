"""From the stage `cfg` to text in one walk, for production.

The rules are those of `to_rt` and `to_llvm`; only what they build differs. The erasure hands every op that
it would have built straight to the rule that translates it, and the translation writes text instead of
operations. A test compares the text with that of the stages run one after the other.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence
from typing import cast

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import ModuleOp, StringAttr, SymbolRefAttr, i64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.qz.calls import CEntryOp, ExternOp
from dialects.qz.leaves import n_leaves
from dialects.qzrt.memory import SlotOp
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.abi.value_forms import ValueForm
from lowering.contents import definitions
from lowering.dispatch import Operands
from lowering.emit_llvm import FunctionText, emit_function, function_head
from lowering.emit_llvm.call_sites import weighed
from lowering.emit_llvm.declarations import words_result_text
from lowering.escapes.to_bare import bare_in
from lowering.fused.writing import TextTranslation
from lowering.op_lists import top_ops
from lowering.options import DEFAULT_OPTIONS, LoweringOptions
from lowering.shared_attributes import NO_PROPERTIES, Properties
from lowering.to_llvm import RULES
from lowering.to_llvm.c_entries import define_c_entry
from lowering.to_llvm.control import terminate
from lowering.to_llvm.functions import (
    declare_words,
    is_private,
    written_alignment,
    written_attributes,
    written_section,
)
from lowering.to_llvm.translation import PTR
from lowering.to_rt import erase_body, find_externs
from lowering.to_rt.calls import erased_entry
from lowering.to_rt.erasure import Erasure


class FusedErasure(Erasure):
    """Erases the types of one function and has it translated at once."""

    __slots__ = ("_name", "calls_itself", "translation")

    def __init__(self, name: str, externs: dict[str, ExternOp]) -> None:
        super().__init__(externs, debug=False)
        self.translation = TextTranslation()
        self.calls_itself = False
        self._name = name

    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        translation = self.translation
        translation.location = self.location
        if op_class is func.CallOp:
            self._watch(properties)
        value = RULES[op_class](translation, operands, properties, result)
        assert value is not None
        return value

    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        self.translation.location = self.location
        if op_class is func.CallOp:
            self._watch(properties)
        RULES[op_class](self.translation, operands, properties, None)

    def _watch(self, properties: Properties) -> None:
        callee = cast("SymbolRefAttr", properties["callee"])
        if callee.root_reference.data == self._name:
            self.calls_itself = True

    def terminate(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        terminate(self.translation, op_class, operands, properties, successors)

    def jump(self, target: Block) -> None:
        self.translation.jump(target)

    def call(self, function: RuntimeFunction, arguments: Operands) -> None:
        translation = self.translation
        if function.symbol == self._name:
            self.calls_itself = True
        translation.call(function.symbol, translation.words(arguments), 0)

    def call_word(self, function: RuntimeFunction, arguments: Operands) -> SSAValue:
        translation = self.translation
        if function.symbol == self._name:
            self.calls_itself = True
        value = translation.call(function.symbol, translation.words(arguments), 1)
        assert value is not None
        return value

    def slot(self, properties: Properties, type_: Attribute, debug_type: str | None) -> SSAValue:
        return self.emit(SlotOp, (), properties, type_)

    def constant(self, value: int) -> SSAValue:
        return self.translation.constant(value)

    def new_block(self, forms: Sequence[ValueForm]) -> Block:
        return self.translation.new_block([PTR if form.is_address else form.register for form in forms])

    def start_block(self, block: Block) -> None:
        self.translation.start_block(block)

    def start_entry(self, n_parameters: int) -> Sequence[SSAValue]:
        return self.translation.start_entry(n_parameters)


def write_functions(
    module: ModuleOp, options: LoweringOptions = DEFAULT_OPTIONS
) -> tuple[FunctionText, bool]:
    """The text of the functions that a module of the stage `cfg` defines, and whether one calls itself.

    The first of them is the one that the module is about. The module stays as it is.
    """
    externs = find_externs(module)
    texts: list[FunctionText] = []
    calls_itself = False
    for function in definitions(module):
        rt = FusedErasure(function.sym_name.data, externs)
        texts.append(_write_function(function, rt, options))
        calls_itself = calls_itself or rt.calls_itself
    texts += [_write_entry(op) for op in top_ops(module) if type(op) is CEntryOp]
    return FunctionText.joined(texts), calls_itself


def _write_entry(op: CEntryOp) -> FunctionText:
    """A function that C calls is small and rare: it is made of operations, and those are printed."""
    callee = op.callee.root_reference.data
    signature = op.function_type
    n_parameters, n_results = (sum(map(n_leaves, part)) for part in (signature.inputs, signature.outputs))
    called = declare_words(callee, n_parameters, n_results)
    function = define_c_entry(erased_entry(op))
    assert isinstance(function, llvm.FuncOp)
    return emit_function(function, {callee: called}, DEFAULT_OPTIONS)


def _write_function(function: func.FuncOp, rt: FusedErasure, options: LoweringOptions) -> FunctionText:
    erase_body(function, rt)
    name = function.sym_name.data
    translation = rt.translation
    signature = function.function_type
    marks = function.attributes
    display = marks.get("qz.source")
    n_parameters = len(signature.inputs) + len(bare_in(function))
    parameters = ", ".join([f"i64 %{number}" for number in range(n_parameters)])
    head = function_head(
        name,
        display.data if isinstance(display, StringAttr) else name,
        words_result_text(len(signature.outputs)),
        parameters,
        "internal" if is_private(function) else "hidden",
        list(written_attributes(marks)),
        alignment=written_alignment(marks),
        section=written_section(marks),
    )
    text = f"{head}\n{translation.finish()}\n}}\n"
    if options.weighs_calls:
        text = weighed(text)
    context = translation.context
    return FunctionText(name, text, context.declarations, context.strings, (), (name,))

"""Function values: the address of code, or that of a block which begins with one, with its lowest bit set."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, cf
from xdsl.dialects.builtin import FunctionType, IntegerAttr, SymbolRefAttr
from xdsl.ir import Attribute, Block, SSAValue

from dialects.qz.closures import (
    CallCodeOp,
    CallFnOp,
    CapturedOp,
    ClosureOfOp,
    ClosureOp,
    CodeOfOp,
    EnvironmentOp,
    FnRefOp,
    signature_of,
)
from dialects.qz.generators import SlotGetOp, SlotSetOp
from dialects.qz.types import is_counted
from dialects.qzrt.calls import CallIndirectOp, FreshOp, FunctionOp, TagOp
from dialects.qzrt.memory import LoadOp, StoreOp
from lowering.abi.layout import CLOSURE_HEAD_WORDS, CLOSURE_TAG
from lowering.abi.value_forms import WORD
from lowering.dispatch import Operands, Table
from lowering.shared_attributes import (
    NO_PROPERTIES,
    Properties,
    erased_signature,
    result_type,
    segment_properties,
)
from lowering.to_rt.access import CLOSURE_CODE, captured_access, closure_slot_access
from lowering.to_rt.arithmetic import WRAPPING
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.structs import dropped_block, field_word, load_field, new_block

TABLE: Table[Erasure] = Table()

_ONE_CONDITION = segment_properties(1, 0, 0)


def _code(rt: Erasure, callee: Attribute, signature: FunctionType, n_further: int = 0) -> SSAValue:
    """The address of the code of a function, which takes words beyond those of its type."""
    assert isinstance(callee, SymbolRefAttr)
    words = erased_signature(signature, n_further)
    return rt.emit(FunctionOp, (), {"name": callee, "type": words})


def _tagged(rt: Erasure, block: SSAValue) -> SSAValue:
    return rt.emit(TagOp, (block,))


def _untagged(rt: Erasure, function: SSAValue) -> SSAValue:
    return rt.emit(arith.SubiOp, (function, rt.constant(CLOSURE_TAG)), WRAPPING)


@TABLE.lowers(FnRefOp)
def lower_reference(rt: Erasure, op: FnRefOp) -> None:
    """The address itself."""
    rt.define(op, _code(rt, op.properties["callee"], signature_of(op.result)))


@TABLE.lowers(ClosureOp)
def lower_closure(rt: Erasure, op: ClosureOp) -> None:
    """A block of the code and the captured values, which are never written again, and of slots."""
    values = rt.operands(op)
    code = _code(rt, op.properties["callee"], signature_of(op.result), 1)
    held: list[Attribute] = [old._type for old in op._operands]
    if op.slots is not None:
        held += op.slots.data
    counted = [*[False] * CLOSURE_HEAD_WORDS, *[is_counted(type_) for type_ in held]]
    drop = op.properties.get("drop")
    if drop is None:
        block = new_block(rt, counted, on_stack="stack" in op.properties)
    else:
        block = dropped_block(rt, counted, drop)
    block = rt.emit(FreshOp, (block,))
    rt.effect(StoreOp, (block, code), CLOSURE_CODE)
    for index, (old, value) in enumerate(zip(op._operands, values, strict=True)):
        form = rt.form(old)
        properties = captured_access(index, form.element.name)
        rt.effect(StoreOp, (block, field_word(rt, value, form)), properties)
    for index in range(len(values), len(held)):
        rt.effect(StoreOp, (block, rt.constant(0)), closure_slot_access(index, "i64"))
    rt.define(op, _tagged(rt, block))


@TABLE.lowers(EnvironmentOp)
def lower_environment(rt: Erasure, op: EnvironmentOp) -> None:
    """Takes the tag away."""
    (function,) = rt.operands(op)
    rt.define(op, _untagged(rt, function))


@TABLE.lowers(ClosureOfOp)
def lower_closure_of(rt: Erasure, op: ClosureOfOp) -> None:
    """Puts the tag back."""
    (block,) = rt.operands(op)
    rt.define(op, _tagged(rt, block))


@TABLE.lowers(CapturedOp)
def lower_captured(rt: Erasure, op: CapturedOp) -> None:
    """Loads a word of the block."""
    form = rt.result_form(op)
    index = op.properties["index"]
    assert type(index) is IntegerAttr
    properties = captured_access(index.value.data, form.element.name)
    rt.define(op, load_field(rt, rt.operands(op), properties, form))


def _slot_access(op: SlotGetOp | SlotSetOp, element: str) -> Properties:
    return closure_slot_access(op.index.value.data, element)


@TABLE.lowers(SlotGetOp)
def lower_slot_get(rt: Erasure, op: SlotGetOp) -> None:
    """Loads a word of the block."""
    form = rt.result_form(op)
    rt.define(op, load_field(rt, rt.operands(op), _slot_access(op, form.element.name), form))


@TABLE.lowers(SlotSetOp)
def lower_slot_set(rt: Erasure, op: SlotSetOp) -> None:
    """Loads what was there, if that is counted, and stores the value."""
    block, value = rt.operands(op)
    form = rt.form(op.value)
    properties = _slot_access(op, form.element.name)
    if op.old is not None:
        rt.define(op, load_field(rt, (block,), properties, rt.result_form(op)))
    rt.effect(StoreOp, (block, field_word(rt, value, form)), properties)


def _by_kind(rt: Erasure, function: SSAValue) -> tuple[Block, Block]:
    """Ends the block: one follows for a closure, the other for a plain function."""
    closure, plain = rt.new_block(()), rt.new_block(())
    tag = rt.emit(arith.AndIOp, (function, rt.constant(CLOSURE_TAG)))
    is_closure = rt.compare("ne", tag, rt.constant(0))
    rt.terminate(cf.ConditionalBranchOp, (is_closure,), _ONE_CONDITION, (closure, plain))
    return closure, plain


@TABLE.lowers(CodeOfOp)
def lower_code_of(rt: Erasure, op: CodeOfOp) -> None:
    """The first word of a closure; a plain function is its own code."""
    (function,) = rt.operands(op)
    rest = rt.new_block((rt.result_form(op),))
    closure, plain = _by_kind(rt, function)
    rt.start_block(closure)
    code = rt.emit(LoadOp, (_untagged(rt, function),), CLOSURE_CODE)
    rt.terminate(cf.BranchOp, (code,), NO_PROPERTIES, (rest,))
    rt.start_block(plain)
    rt.terminate(cf.BranchOp, (function,), NO_PROPERTIES, (rest,))
    rt.start_block(rest)
    rt.define(op, rest.args[0])


@TABLE.lowers(CallFnOp)
def lower_call(rt: Erasure, op: CallFnOp) -> None:
    """Fetches the code of a closure behind the test that the call makes anyway."""
    function, *arguments = rt.operands(op)
    _call(rt, op, None, function, arguments)


@TABLE.lowers(CallCodeOp)
def lower_call_code(rt: Erasure, op: CallCodeOp) -> None:
    """The code is there."""
    code, function, *arguments = rt.operands(op)
    _call(rt, op, code, function, arguments)


def _call(
    rt: Erasure, op: CallFnOp | CallCodeOp, code: SSAValue | None, function: SSAValue, values: Operands
) -> None:
    """Asks the tag which kind of function it is, and calls it with its environment or without."""
    words = [rt.to_word(value, rt.form(old)) for old, value in zip(op.arguments, values, strict=True)]
    n_results = len(op.results)
    rest = rt.new_block([WORD] * n_results)
    closure, plain = _by_kind(rt, function)

    def call(target: SSAValue, arguments: Operands) -> None:
        if n_results:
            found = rt.emit(CallIndirectOp, (target, *arguments), NO_PROPERTIES, result_type(n_results))
            rt.terminate(cf.BranchOp, rt.unpacked(found, n_results), NO_PROPERTIES, (rest,))
        else:
            rt.effect(CallIndirectOp, (target, *arguments))
            rt.jump(rest)

    rt.start_block(closure)
    block = _untagged(rt, function)
    call(rt.emit(LoadOp, (block,), CLOSURE_CODE) if code is None else code, (*words, block))
    rt.start_block(plain)
    call(function if code is None else code, words)
    rt.start_block(rest)
    for result, word in zip(op.results, rest.args, strict=True):
        rt.values[id(result)] = rt.from_word(word, rt.form(result))

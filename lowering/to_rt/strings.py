"""Strings: constants, size and bytes in place, everything else by the runtime."""

from xdsl.dialects import arith, cf
from xdsl.ir import Operation, SSAValue

from dialects.qz.strings import (
    ShowOp,
    StrByteAtOp,
    StrCharAtOp,
    StrCmpOp,
    StrConcatOp,
    StrConstOp,
    StrNextOp,
    StrSizeOp,
)
from dialects.qzrt.memory import BytesOp, LoadOp, StoreOp, WordsOp
from lowering.abi import layout, runtime_abi
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.abi.value_forms import ADDRESS, WORD, ValueForm
from lowering.dispatch import Table
from lowering.escapes.places import LOCAL
from lowering.ownership.own_in_place import IN_PLACE
from lowering.shared_attributes import NO_PROPERTIES, segment_properties, word_attr
from lowering.to_rt.access import STRING_BYTE, STRING_LENGTH, stack_word
from lowering.to_rt.arithmetic import NO_SIGNED_WRAP
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.scalars import predicate_of
from lowering.to_rt.vectors import check_index

TABLE: Table[Erasure] = Table()

_VALUE_IF_TRUE = segment_properties(1, 1, 0)


@TABLE.lowers(StrConstOp)
def lower_constant(rt: Erasure, op: StrConstOp) -> None:
    """The address of static data."""
    rt.define(op, rt.emit(BytesOp, (), op.properties))


@TABLE.lowers(StrSizeOp)
def lower_size(rt: Erasure, op: StrSizeOp) -> None:
    """Reads the length in front of the bytes."""
    rt.define(op, rt.emit(LoadOp, rt.operands(op), STRING_LENGTH))


@TABLE.lowers(StrByteAtOp)
def lower_byte_at(rt: Erasure, op: StrByteAtOp) -> None:
    """Length, check, byte."""
    text, index = rt.operands(op)
    if "unchecked" not in op.properties:
        check_index(rt, op, index, rt.emit(LoadOp, (text,), STRING_LENGTH))
    rt.define(op, rt.emit(LoadOp, (text, index), STRING_BYTE))


@TABLE.lowers(StrCharAtOp)
def lower_char_at(rt: Erasure, op: StrCharAtOp) -> None:
    """An ASCII character is its byte; any other the runtime decodes."""
    operands = rt.operands(op)
    byte = rt.emit(LoadOp, operands, STRING_BYTE)
    is_ascii = rt.compare("ult", byte, rt.constant(0x80))
    rt.define(op, _or_call(rt, is_ascii, byte, runtime_abi.STRING_CODE_POINT_AT, operands))


@TABLE.lowers(StrNextOp)
def lower_next(rt: Erasure, op: StrNextOp) -> None:
    """Mostly the next byte begins something, be it the NUL behind the string, which continues nothing."""
    text, index = operands = rt.operands(op)
    following = rt.emit(arith.AddiOp, (index, rt.constant(1)), NO_SIGNED_WRAP)
    byte = rt.emit(LoadOp, (text, following), STRING_BYTE)
    bits = rt.emit(arith.AndIOp, (byte, rt.constant(0xC0)))
    begins = rt.compare("ne", bits, rt.constant(0x80))
    rt.define(op, _or_call(rt, begins, following, runtime_abi.STRING_NEXT_CODE_POINT, operands))


def _or_call(
    rt: Erasure, holds: SSAValue, value: SSAValue, function: RuntimeFunction, operands: list[SSAValue]
) -> SSAValue:
    """The value where the condition holds, else what the runtime says."""
    otherwise, rest = rt.new_block(()), rt.new_block((WORD,))
    rt.terminate(cf.ConditionalBranchOp, (holds, value), _VALUE_IF_TRUE, (rest, otherwise))
    rt.start_block(otherwise)
    rt.terminate(cf.BranchOp, (rt.call_word(function, operands),), NO_PROPERTIES, (rest,))
    rt.start_block(rest)
    return rest.args[0]


@TABLE.lowers(StrConcatOp)
def lower_concat(rt: Erasure, op: StrConcatOp) -> None:
    """Two strings are passed as they are, more of them, and what a string grows by, in an array on the stack.

    Of two the runtime may give back one, which must not be on the stack.
    """
    parts = rt.operands(op)
    if IN_PLACE in op.attributes:
        value = rt.call_word(runtime_abi.STRING_EXTENDED, (parts[0], *_listed(rt, parts[1:])))
    elif len(parts) == 2 and not any(map(_is_on_stack, op.parts)):
        value = rt.call_word(runtime_abi.STRING_CONCAT2, parts)
    else:
        value = rt.call_word(runtime_abi.STRING_CONCAT_N, _listed(rt, parts))
    rt.define(op, value)


def _listed(rt: Erasure, parts: list[SSAValue]) -> tuple[SSAValue, SSAValue]:
    """The address of an array of strings on the stack, and how many they are."""
    array = rt.emit(WordsOp, (), {"n": word_attr(len(parts))})
    for position, part in enumerate(parts):
        rt.effect(StoreOp, (array, part), stack_word(position))
    return array, rt.constant(len(parts))


def _is_on_stack(text: SSAValue) -> bool:
    return isinstance(text.owner, Operation) and LOCAL in text.owner.attributes


@TABLE.lowers(StrCmpOp)
def lower_comparison(rt: Erasure, op: StrCmpOp) -> None:
    """Equality has a function of its own, which looks at the lengths first."""
    operands = rt.operands(op)
    predicate = predicate_of(op)
    zero = rt.constant(0)
    if predicate in ("eq", "ne"):
        is_equal = rt.call_word(runtime_abi.STRING_EQUAL, operands)
        value = rt.compare("ne" if predicate == "eq" else "eq", is_equal, zero)
    else:
        order = rt.call_word(runtime_abi.STRING_COMPARE, operands)
        value = rt.compare("s" + predicate, order, zero)
    rt.define(op, value)


def _shower(form: ValueForm) -> RuntimeFunction:
    """The runtime function that shows a scalar; narrow integers are words already."""
    by_element = {
        "f64": runtime_abi.SHOW_F64,
        "f32": runtime_abi.SHOW_F32,
        "bool": runtime_abi.SHOW_BOOL,
        "u64": runtime_abi.SHOW_UNSIGNED,
    }
    return by_element.get(form.element.name, runtime_abi.SHOW_INT)


@TABLE.lowers(ShowOp)
def lower_show(rt: Erasure, op: ShowOp) -> None:
    """The text of a scalar; a string is its own, with one count more."""
    form = rt.first_form(op)
    value: SSAValue = rt.operands(op)[0]
    if LOCAL in op.attributes:
        room = rt.emit(WordsOp, (), {"n": word_attr(layout.WORDS_OF_SHOWN_INT)})
        value = rt.call_word(runtime_abi.SHOW_INT_IN, (room, rt.to_word(value, form)))
    elif form is not ADDRESS:
        value = rt.call_word(_shower(form), (rt.to_word(value, form),))
    else:
        rt.call(runtime_abi.DUP, (value,))
    rt.define(op, value)

"""Integer and float arithmetic.

A number narrower than a word lives in it extended. What may leave its width is computed at that width, so
that LLVM sees no more bits than there are; what cannot leave it is computed on words.
"""

# pyright: reportPrivateUsage=false

from typing import NamedTuple

from xdsl.dialects import arith
from xdsl.dialects.arith import FastMathFlagsAttr, IntegerOverflowAttr, IntegerOverflowFlag
from xdsl.dialects.builtin import FunctionType, StringAttr, SymbolRefAttr, UnitAttr, f32, f64
from xdsl.ir import Operation, OpResult, SSAValue

from dialects.qz.arith import AddOp, DivOp, MulOp, NegOp, RemOp, SubOp
from dialects.qz.scalar import ConstOp
from dialects.qzrt.calls import CallExternOp
from dialects.qzrt.checked import (
    AddCheckedOp,
    AddWrappedOp,
    MulCheckedOp,
    MulWrappedOp,
    SubCheckedOp,
    SubWrappedOp,
    WrapOp,
)
from dialects.qzrt.panics import CheckOp
from lowering.abi.runtime_abi import OverflowCode
from lowering.abi.value_forms import ValueForm
from lowering.dispatch import Table
from lowering.shared_attributes import Properties, number_of, word_attr
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()

WRAPPING: Properties = {"overflowFlags": IntegerOverflowAttr("none")}
NO_SIGNED_WRAP: Properties = {"overflowFlags": IntegerOverflowAttr((IntegerOverflowFlag.NSW,))}
NO_UNSIGNED_WRAP: Properties = {"overflowFlags": IntegerOverflowAttr((IntegerOverflowFlag.NUW,))}
STRICT_FLOAT: Properties = {"fastmath": FastMathFlagsAttr("none")}


def _number_properties(width: int, signed: bool, negation: bool = False) -> Properties:
    properties: Properties = {"width": word_attr(width)}
    if signed:
        properties["signed"] = UnitAttr()
    if negation:
        properties["negation"] = UnitAttr()
    return properties


NUMBERS: dict[tuple[int, bool], Properties] = {
    (width, signed): _number_properties(width, signed)
    for width in (8, 16, 32, 64)
    for signed in (True, False)
}
"""The properties `width` and `signed` of the qzrt operations on numbers."""

NEGATIONS: dict[tuple[int, bool], Properties] = {
    key: _number_properties(*key, negation=True) for key in NUMBERS
}


class _Forms(NamedTuple):
    """What an operation becomes."""

    on_words: type[Operation]
    checked: type[Operation]
    wrapped: type[Operation]
    on_floats: type[Operation]


_ARITHMETIC: dict[type[Operation], _Forms] = {
    AddOp: _Forms(arith.AddiOp, AddCheckedOp, AddWrappedOp, arith.AddfOp),
    SubOp: _Forms(arith.SubiOp, SubCheckedOp, SubWrappedOp, arith.SubfOp),
    MulOp: _Forms(arith.MuliOp, MulCheckedOp, MulWrappedOp, arith.MulfOp),
}


def overflow_mode(op: Operation) -> str:
    """The mode of an integer operation; floats have none."""
    overflow = op.properties.get("overflow")
    return overflow.data if isinstance(overflow, StringAttr) else ""


def wrap(rt: Erasure, value: SSAValue, form: ValueForm) -> SSAValue:
    """The low bits of a word, extended again."""
    if form.width == 64:
        return value
    return rt.emit(WrapOp, (value,), NUMBERS[form.width, form.signed])


@TABLE.lowers(AddOp, SubOp, MulOp)
def lower_arithmetic(rt: Erasure, op: AddOp | SubOp | MulOp) -> None:
    """Sum, difference, product."""
    form = rt.result_form(op)
    forms = _ARITHMETIC[type(op)]
    operands = rt.operands(op)
    if form.element.floating:
        value = rt.emit(forms.on_floats, operands, STRICT_FLOAT, form.register)
    else:
        mode = overflow_mode(op)
        if mode == "trap":
            value = rt.emit(forms.checked, operands, NUMBERS[form.width, form.signed])
        elif mode == "none":
            exact = NO_SIGNED_WRAP if form.signed or form.width < 64 else NO_UNSIGNED_WRAP
            value = rt.emit(forms.on_words, operands, exact)
        elif form.width == 64:
            value = rt.emit(forms.on_words, operands, WRAPPING)
        else:
            value = rt.emit(forms.wrapped, operands, NUMBERS[form.width, form.signed])
    rt.define(op, value)


@TABLE.lowers(NegOp)
def lower_negation(rt: Erasure, op: NegOp) -> None:
    """The difference from zero."""
    form = rt.result_form(op)
    (operand,) = rt.operands(op)
    if form.element.floating:
        value: SSAValue = rt.emit(arith.NegfOp, (operand,), STRICT_FLOAT, form.register)
    elif overflow_mode(op) == "trap":
        value = rt.emit(SubCheckedOp, (rt.constant(0), operand), NEGATIONS[form.width, form.signed])
    elif form.width == 64:
        value = rt.emit(arith.SubiOp, (rt.constant(0), operand), WRAPPING)
    else:
        value = rt.emit(SubWrappedOp, (rt.constant(0), operand), NUMBERS[form.width, form.signed])
    rt.define(op, value)


@TABLE.lowers(DivOp, RemOp)
def lower_division(rt: Erasure, op: DivOp | RemOp) -> None:
    """Quotient and remainder, truncating; what the processor leaves undefined is checked or avoided."""
    form = rt.result_form(op)
    lhs, rhs = rt.operands(op)
    is_div = type(op) is DivOp
    if form.element.floating:
        if is_div:
            value = rt.emit(arith.DivfOp, (lhs, rhs), STRICT_FLOAT, form.register)
        else:
            value = rt.emit(CallExternOp, (lhs, rhs), FLOAT_REMAINDERS[form.width], form.register)
        rt.define(op, value)
        return
    divisor = _constant(op._operands[1])
    if divisor is None or divisor == 0:
        is_valid = rt.compare("ne", rhs, rt.constant(0))
        rt.effect(CheckOp, (is_valid,), DIVISION)
    if not form.signed:
        rt.define(op, rt.emit(arith.DivUIOp if is_div else arith.RemUIOp, (lhs, rhs)))
    elif divisor is not None and divisor != -1:
        rt.define(op, rt.emit(arith.DivSIOp if is_div else arith.RemSIOp, (lhs, rhs)))
    elif is_div:
        rt.define(op, _signed_quotient(rt, lhs, rhs, form, overflow_mode(op)))
    else:
        rt.define(op, rt.emit(arith.RemSIOp, (lhs, _without_minus_one(rt, rhs, form))))


FLOAT_REMAINDERS: dict[int, Properties] = {
    width: {"callee": SymbolRefAttr(name), "c_type": FunctionType.from_lists([type_, type_], [type_])}
    for width, name, type_ in ((64, "fmod", f64), (32, "fmodf", f32))
}
"""C's remainder of floats, for which arith has no op in xDSL."""

DIVISION: Properties = {"kind": StringAttr("division")}
OVERFLOW: Properties = {"kind": StringAttr("overflow")}


def _constant(value: SSAValue) -> int | None:
    """The number of a divisor that is a constant."""
    if isinstance(value, OpResult) and isinstance(value.op, ConstOp):
        return number_of(value.op.properties["value"])
    return None


def _signed_quotient(rt: Erasure, lhs: SSAValue, rhs: SSAValue, form: ValueForm, mode: str) -> SSAValue:
    """The minimum by -1 does not fit: it panics, or gives the minimum again."""
    if mode == "trap":
        minimum = rt.constant(-1 << (form.width - 1))
        is_other = rt.compare("ne", lhs, minimum)
        is_not_one = rt.compare("ne", rhs, rt.constant(-1))
        fits = rt.emit(arith.OrIOp, (is_other, is_not_one), {}, is_other.type)
        rt.effect(CheckOp, (fits, rt.constant(OverflowCode.DIV)), OVERFLOW)
        return rt.emit(arith.DivSIOp, (lhs, rhs))
    if form.width < 64:
        return wrap(rt, rt.emit(arith.DivSIOp, (lhs, rhs)), form)
    quotient = rt.emit(arith.DivSIOp, (lhs, _without_minus_one(rt, rhs, form)))
    negated = rt.emit(arith.SubiOp, (rt.constant(0), lhs), WRAPPING)
    is_minus_one = rt.compare("eq", rhs, rt.constant(-1))
    return rt.emit(arith.SelectOp, (is_minus_one, negated, quotient))


def _without_minus_one(rt: Erasure, divisor: SSAValue, form: ValueForm) -> SSAValue:
    """The divisor, or 1 for -1: any remainder by either is 0, and the minimum by -1 is undefined."""
    if form.width < 64:
        return divisor
    is_minus_one = rt.compare("eq", divisor, rt.constant(-1))
    return rt.emit(arith.SelectOp, (is_minus_one, rt.constant(1), divisor))

"""Constants, comparison, logic, bits and conversions."""

from xdsl.dialects import arith
from xdsl.dialects.builtin import FloatAttr, IntegerAttr, StringAttr, f32, f64, i1
from xdsl.ir import Operation, SSAValue

from dialects.qz.bits import BitAndOp, BitNotOp, BitOrOp, BitXorOp, CountBitsOp, ShlOp, ShrOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp, ReinterpretOp
from dialects.qzrt import checked
from dialects.qzrt.checked import SaturateOp, WrapOp
from lowering.abi.value_forms import BOOL, F32, ValueForm
from lowering.dispatch import Table
from lowering.shared_attributes import FALSE, TRUE, Properties, float_value, word_attr
from lowering.to_rt.arithmetic import NUMBERS, STRICT_FLOAT, WRAPPING, wrap
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table()

_ORDERED = {"eq": 1, "gt": 2, "ge": 3, "lt": 4, "le": 5, "ne": 13}
"""arith's numbers of the float predicates: ordered ones, and the unordered one for ne."""

FLOAT_PREDICATES: dict[str, Properties] = {
    name: {"predicate": word_attr(number), **STRICT_FLOAT} for name, number in _ORDERED.items()
}


@TABLE.lowers(ConstOp)
def lower_constant(rt: Erasure, op: ConstOp) -> None:
    """An integer becomes the word that holds it, extended by its own signedness."""
    attribute = op.properties["value"]
    (result,) = op.results
    form = rt.form(result)
    if type(attribute) is IntegerAttr:
        number = attribute.value.data
        if form is BOOL:
            value: SSAValue = rt.emit(arith.ConstantOp, (), TRUE if number else FALSE, i1)
        else:
            if form.width < 64 and not form.signed:
                number &= (1 << form.width) - 1
            value = rt.constant(number)
    else:
        assert isinstance(attribute, FloatAttr)
        type_ = f32 if form is F32 else f64
        value = rt.emit(arith.ConstantOp, (), float_value(attribute.value.data, type_), type_)
    rt.values[id(result)] = value


def predicate_of(op: Operation) -> str:
    """The predicate of a comparison."""
    predicate = op.properties["predicate"]
    assert type(predicate) is StringAttr
    return predicate.data


@TABLE.lowers(CmpOp)
def lower_comparison(rt: Erasure, op: CmpOp) -> None:
    """Words compare as they are: extension keeps the order of narrow numbers."""
    form = rt.first_form(op)
    lhs, rhs = rt.operands(op)
    predicate = predicate_of(op)
    if form.element.floating:
        value = rt.emit(arith.CmpfOp, (lhs, rhs), FLOAT_PREDICATES[predicate], i1)
    else:
        if predicate not in ("eq", "ne"):
            predicate = ("s" if form.signed else "u") + predicate
        value = rt.compare(predicate, lhs, rhs)
    rt.define(op, value)


@TABLE.lowers(NotOp)
def lower_not(rt: Erasure, op: NotOp) -> None:
    """Exclusive or with true."""
    (operand,) = rt.operands(op)
    true = rt.emit(arith.ConstantOp, (), TRUE, i1)
    rt.define(op, rt.emit(arith.XOrIOp, (operand, true), {}, i1))


_BITWISE = {BitAndOp: arith.AndIOp, BitOrOp: arith.OrIOp, BitXorOp: arith.XOrIOp}


@TABLE.lowers(BitAndOp, BitOrOp, BitXorOp)
def lower_bitwise(rt: Erasure, op: BitAndOp | BitOrOp | BitXorOp) -> None:
    """Both operands are extended alike, and so is the result."""
    rt.define(op, rt.emit(_BITWISE[type(op)], rt.operands(op), {}, rt.result_form(op).register))


@TABLE.lowers(BitNotOp)
def lower_bit_not(rt: Erasure, op: BitNotOp) -> None:
    """Flips the bits of the width; those beyond it follow only where they are copies of the sign."""
    form = rt.result_form(op)
    (operand,) = rt.operands(op)
    mask = -1 if form.signed or form.width == 64 else (1 << form.width) - 1
    rt.define(op, rt.emit(arith.XOrIOp, (operand, rt.constant(mask))))


@TABLE.lowers(CountBitsOp)
def lower_count_bits(rt: Erasure, op: CountBitsOp) -> None:
    """A word of 64 bits is what it is."""
    rt.define(op, rt.emit(checked.CountBitsOp, rt.operands(op), {"what": op.what}))


@TABLE.lowers(ShlOp, ShrOp)
def lower_shift(rt: Erasure, op: ShlOp | ShrOp) -> None:
    """The count is taken modulo the width."""
    form = rt.result_form(op)
    operand, count = rt.operands(op)
    count = rt.emit(arith.AndIOp, (count, rt.constant(form.width - 1)))
    if type(op) is ShlOp:
        value = wrap(rt, rt.emit(arith.ShLIOp, (operand, count), WRAPPING), form)
    else:
        value = rt.emit(arith.ShRSIOp if form.signed else arith.ShRUIOp, (operand, count))
    rt.define(op, value)


@TABLE.lowers(ReinterpretOp)
def lower_reinterpretation(rt: Erasure, op: ReinterpretOp) -> None:
    """The same word in another register."""
    (operand,) = rt.operands(op)
    source, target = rt.first_form(op), rt.result_form(op)
    if source.register is not target.register:
        operand = rt.from_word(rt.to_word(operand, source), target)
    rt.define(op, operand)


@TABLE.lowers(CastOp)
def lower_cast(rt: Erasure, op: CastOp) -> None:
    """A conversion between numbers."""
    (operand,) = rt.operands(op)
    rt.define(op, convert(rt, operand, rt.first_form(op), rt.result_form(op)))


def convert(rt: Erasure, value: SSAValue, source: ValueForm, target: ValueForm) -> SSAValue:
    """Converts a number from one form to another."""
    if source is target:
        return value
    if source.register is i1:
        value = rt.emit(arith.ExtUIOp, (value,))
    if target.element.floating:
        return _to_float(rt, value, source, target)
    if source.element.floating:
        return rt.emit(SaturateOp, (value,), NUMBERS[target.width, target.signed])
    if target.register is i1:
        return rt.compare("ne", value, rt.constant(0))
    if _fits(source, target):
        return value
    return rt.emit(WrapOp, (value,), NUMBERS[target.width, target.signed])


def _fits(source: ValueForm, target: ValueForm) -> bool:
    """Whether every number of the source, extended to a word, is already the target's word."""
    if target.width == 64:
        return True
    return source.width < target.width and (target.signed or not source.signed)


def _to_float(rt: Erasure, value: SSAValue, source: ValueForm, target: ValueForm) -> SSAValue:
    register = target.register
    if source.element.floating:
        if source.register is register:
            return value
        if register is f64:
            return rt.emit(arith.ExtFOp, (value,), {}, f64)
        return rt.emit(arith.TruncFOp, (value,), {}, f32)
    is_unsigned_word = source.width == 64 and not source.signed
    return rt.emit(arith.UIToFPOp if is_unsigned_word else arith.SIToFPOp, (value,), {}, register)

"""Instructions that compute."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence
from functools import lru_cache
from struct import iter_unpack

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, IntegerAttr, StringAttr
from xdsl.ir import Attribute, Operation

from dialects.llvm_extra import conversions, overflow
from lowering.emit_llvm.context import Format, Printed, TextContext
from lowering.shared_attributes import Properties


def _binary(mnemonic: str) -> Format:
    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        lhs, rhs = operands
        return f"{mnemonic} {c.types.get(id(lhs._type)) or c.type_text(lhs._type)} {lhs.text}, {rhs.text}"

    return text


def _or(c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None) -> str:
    lhs, rhs = operands
    mnemonic = "or disjoint" if "isDisjoint" in properties else "or"
    return f"{mnemonic} {c.type_text(lhs._type)} {lhs.text}, {rhs.text}"


_OVERFLOW_FLAGS = ("", " nsw", " nuw", " nuw nsw")


def _overflowing(mnemonic: str) -> Format:
    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        lhs, rhs = operands
        flags = properties.get("overflowFlags")
        marks = _OVERFLOW_FLAGS[flags.value.data] if type(flags) is IntegerAttr else ""
        return f"{mnemonic}{marks} {c.type_text(lhs._type)} {lhs.text}, {rhs.text}"

    return text


def _conversion(mnemonic: str) -> Format:
    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        (operand,) = operands
        assert result is not None
        return f"{mnemonic} {c.typed(operand)} to {c.type_text(result)}"

    return text


def _with_overflow(name: str) -> Format:
    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        lhs, rhs = operands
        type_ = c.type_text(lhs._type)
        intrinsic = f"llvm.{name}.with.overflow.{type_}"
        c.declarations[intrinsic] = f"declare {{ {type_}, i1 }} @{intrinsic}({type_}, {type_})"
        return f"call {{ {type_}, i1 }} @{intrinsic}({type_} {lhs.text}, {type_} {rhs.text})"

    return text


def _intrinsic(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    name = properties["intrin"]
    assert type(name) is StringAttr
    assert result is not None
    type_ = c.type_text(result)
    parameters = ", ".join([c.type_text(operand._type) for operand in operands])
    c.declarations[name.data] = f"declare {type_} @{name.data}({parameters})"
    return f"call {type_} @{name.data}({', '.join([c.typed(operand) for operand in operands])})"


_INTEGER_PREDICATES = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
_ORDERED = ("false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord")
_UNORDERED = ("ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true")


def _comparison(mnemonic: str, predicates: tuple[str, ...]) -> Format:
    def text(
        c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
    ) -> str:
        lhs, rhs = operands
        predicate = properties["predicate"]
        assert type(predicate) is IntegerAttr
        name = predicates[predicate.value.data]
        return f"{mnemonic} {name} {c.type_text(lhs._type)} {lhs.text}, {rhs.text}"

    return text


def _negation(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    return f"fneg {c.typed(operands[0])}"


def _select(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    condition, lhs, rhs = operands
    return f"select i1 {condition.text}, {c.typed(lhs)}, {c.typed(rhs)}"


@lru_cache(maxsize=256)
def _numbers(data: bytes) -> str:
    """The numbers of an array of 64-bit integers."""
    return ", ".join([str(number) for (number,) in iter_unpack("<q", data)])


def _position(properties: Properties) -> str:
    position = properties["position"]
    assert type(position) is DenseArrayBase
    return _numbers(position.data.data)


def _extraction(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    return f"extractvalue {c.typed(operands[0])}, {_position(properties)}"


def _insertion(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    struct, part = operands
    return f"insertvalue {c.typed(struct)}, {c.typed(part)}, {_position(properties)}"


FORMATS: dict[type[Operation], Format] = {
    llvm.AddOp: _overflowing("add"),
    llvm.SubOp: _overflowing("sub"),
    llvm.MulOp: _overflowing("mul"),
    llvm.ShlOp: _overflowing("shl"),
    llvm.SDivOp: _binary("sdiv"),
    llvm.UDivOp: _binary("udiv"),
    llvm.SRemOp: _binary("srem"),
    llvm.URemOp: _binary("urem"),
    llvm.AndOp: _binary("and"),
    llvm.OrOp: _or,
    llvm.XOrOp: _binary("xor"),
    llvm.AShrOp: _binary("ashr"),
    llvm.LShrOp: _binary("lshr"),
    llvm.FAddOp: _binary("fadd"),
    llvm.FSubOp: _binary("fsub"),
    llvm.FMulOp: _binary("fmul"),
    llvm.FDivOp: _binary("fdiv"),
    llvm.FNegOp: _negation,
    llvm.TruncOp: _conversion("trunc"),
    llvm.ZExtOp: _conversion("zext"),
    llvm.SExtOp: _conversion("sext"),
    llvm.IntToPtrOp: _conversion("inttoptr"),
    llvm.PtrToIntOp: _conversion("ptrtoint"),
    llvm.BitcastOp: _conversion("bitcast"),
    llvm.SIToFPOp: _conversion("sitofp"),
    llvm.FPExtOp: _conversion("fpext"),
    llvm.FPTruncOp: _conversion("fptrunc"),
    conversions.UIToFPOp: _conversion("uitofp"),
    llvm.CallIntrinsicOp: _intrinsic,
    overflow.SAddWithOverflowOp: _with_overflow("sadd"),
    overflow.UAddWithOverflowOp: _with_overflow("uadd"),
    overflow.SSubWithOverflowOp: _with_overflow("ssub"),
    overflow.USubWithOverflowOp: _with_overflow("usub"),
    overflow.SMulWithOverflowOp: _with_overflow("smul"),
    overflow.UMulWithOverflowOp: _with_overflow("umul"),
    llvm.ICmpOp: _comparison("icmp", _INTEGER_PREDICATES),
    llvm.FCmpOp: _comparison("fcmp", _ORDERED + _UNORDERED),
    llvm.SelectOp: _select,
    llvm.ExtractValueOp: _extraction,
    llvm.InsertValueOp: _insertion,
}

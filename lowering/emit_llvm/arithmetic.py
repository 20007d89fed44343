"""Instructions that compute."""

# pyright: reportPrivateUsage=false

from collections.abc import Callable

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseArrayBase, IntegerAttr
from xdsl.ir import Operation

from dialects.llvm_extra import conversions, overflow
from lowering.dispatch import Table
from lowering.emit_llvm.emitter import Emitter

TABLE: Table[Emitter] = Table()


def _binary(mnemonic: str) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        names = e.names
        lhs, rhs = op._operands
        e.lines.append(
            f"  {names[id(op.results[0])]} = {mnemonic} {e.type_of(lhs)} {names[id(lhs)]}, {names[id(rhs)]}"
        )

    return emit


_OVERFLOW_FLAGS = ("", " nsw", " nuw", " nuw nsw")


def _overflowing(mnemonic: str) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        names = e.names
        lhs, rhs = op._operands
        flags = op.properties.get("overflowFlags")
        text = _OVERFLOW_FLAGS[flags.value.data] if isinstance(flags, IntegerAttr) else ""
        e.lines.append(
            f"  {names[id(op.results[0])]} = {mnemonic}{text} {e.type_of(lhs)}"
            f" {names[id(lhs)]}, {names[id(rhs)]}"
        )

    return emit


def _conversion(mnemonic: str) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        result = op.results[0]
        (operand,) = op._operands
        e.lines.append(
            f"  {e.names[id(result)]} = {mnemonic} {e.type_of(operand)} {e.names[id(operand)]}"
            f" to {e.type_of(result)}"
        )

    return emit


def _with_overflow(name: str) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        names = e.names
        lhs, rhs = op._operands
        type_ = e.type_of(lhs)
        intrinsic = f"llvm.{name}.with.overflow.{type_}"
        e.declarations[intrinsic] = f"declare {{ {type_}, i1 }} @{intrinsic}({type_}, {type_})"
        e.lines.append(
            f"  {names[id(op.results[0])]} = call {{ {type_}, i1 }} @{intrinsic}"
            f"({type_} {names[id(lhs)]}, {type_} {names[id(rhs)]})"
        )

    return emit


def _saturating(name: str) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        (operand,) = op._operands
        source, target = e.type_of(operand), e.type_of(op.results[0])
        suffix = {"double": "f64", "float": "f32"}[source]
        intrinsic = f"llvm.{name}.sat.{target}.{suffix}"
        e.declarations[intrinsic] = f"declare {target} @{intrinsic}({source})"
        e.lines.append(
            f"  {e.names[id(op.results[0])]} = call {target} @{intrinsic}({source} {e.names[id(operand)]})"
        )

    return emit


_INTEGER_PREDICATES = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
_FLOAT_PREDICATES = (
    "false",
    "oeq",
    "ogt",
    "oge",
    "olt",
    "ole",
    "one",
    "ord",
    "ueq",
    "ugt",
    "uge",
    "ult",
    "ule",
    "une",
    "uno",
    "true",
)


def _comparison(mnemonic: str, predicates: tuple[str, ...]) -> Callable[[Emitter, Operation], None]:
    def emit(e: Emitter, op: Operation) -> None:
        names = e.names
        lhs, rhs = op._operands
        predicate = op.properties["predicate"]
        assert isinstance(predicate, IntegerAttr)
        e.lines.append(
            f"  {names[id(op.results[0])]} = {mnemonic} {predicates[predicate.value.data]} {e.type_of(lhs)}"
            f" {names[id(lhs)]}, {names[id(rhs)]}"
        )

    return emit


for _class, _name in (
    (llvm.AddOp, "add"),
    (llvm.SubOp, "sub"),
    (llvm.MulOp, "mul"),
    (llvm.ShlOp, "shl"),
):
    TABLE[_class] = _overflowing(_name)
for _class, _name in (
    (llvm.SDivOp, "sdiv"),
    (llvm.UDivOp, "udiv"),
    (llvm.SRemOp, "srem"),
    (llvm.URemOp, "urem"),
    (llvm.AndOp, "and"),
    (llvm.OrOp, "or"),
    (llvm.XOrOp, "xor"),
    (llvm.AShrOp, "ashr"),
    (llvm.LShrOp, "lshr"),
    (llvm.FAddOp, "fadd"),
    (llvm.FSubOp, "fsub"),
    (llvm.FMulOp, "fmul"),
    (llvm.FDivOp, "fdiv"),
):
    TABLE[_class] = _binary(_name)
for _class, _name in (
    (llvm.TruncOp, "trunc"),
    (llvm.ZExtOp, "zext"),
    (llvm.SExtOp, "sext"),
    (llvm.IntToPtrOp, "inttoptr"),
    (llvm.PtrToIntOp, "ptrtoint"),
    (llvm.BitcastOp, "bitcast"),
    (llvm.SIToFPOp, "sitofp"),
    (llvm.FPExtOp, "fpext"),
    (llvm.FPTruncOp, "fptrunc"),
    (conversions.UIToFPOp, "uitofp"),
):
    TABLE[_class] = _conversion(_name)
for _class, _name in (
    (overflow.SAddWithOverflowOp, "sadd"),
    (overflow.UAddWithOverflowOp, "uadd"),
    (overflow.SSubWithOverflowOp, "ssub"),
    (overflow.USubWithOverflowOp, "usub"),
    (overflow.SMulWithOverflowOp, "smul"),
    (overflow.UMulWithOverflowOp, "umul"),
):
    TABLE[_class] = _with_overflow(_name)
TABLE[conversions.FPToSISatOp] = _saturating("fptosi")
TABLE[conversions.FPToUISatOp] = _saturating("fptoui")
TABLE[llvm.ICmpOp] = _comparison("icmp", _INTEGER_PREDICATES)
TABLE[llvm.FCmpOp] = _comparison("fcmp", _FLOAT_PREDICATES)


@TABLE.lowers(llvm.FNegOp)
def emit_negation(e: Emitter, op: llvm.FNegOp) -> None:
    """Changes the sign bit."""
    (operand,) = op._operands
    e.lines.append(f"  {e.names[id(op.results[0])]} = fneg {e.typed(operand)}")


@TABLE.lowers(llvm.SelectOp)
def emit_select(e: Emitter, op: llvm.SelectOp) -> None:
    """Chooses one of two values."""
    condition, lhs, rhs = op._operands
    e.lines.append(
        f"  {e.names[id(op.results[0])]} = select i1 {e.names[id(condition)]}, {e.typed(lhs)}, {e.typed(rhs)}"
    )


@TABLE.lowers(llvm.ExtractValueOp)
def emit_extraction(e: Emitter, op: llvm.ExtractValueOp) -> None:
    """Takes one part of a struct."""
    (container,) = op._operands
    position = op.properties["position"]
    assert isinstance(position, DenseArrayBase)
    indices = ", ".join([str(index) for index in position.iter_values()])
    e.lines.append(f"  {e.names[id(op.results[0])]} = extractvalue {e.typed(container)}, {indices}")

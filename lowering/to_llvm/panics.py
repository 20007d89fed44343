"""Checks: a branch to a block of its own, far from the hot path, that calls a panic and never returns."""

from xdsl.dialects import llvm
from xdsl.dialects.builtin import StringAttr, UnitAttr, i64
from xdsl.ir import Attribute, SSAValue

from dialects.qzrt.panics import ApartOp, CheckOp, PanicOp, UnknownOp, UnreachableOp
from lowering.abi.runtime_abi import (
    PANIC_BOUNDS,
    PANIC_DIVISION,
    PANIC_MESSAGE,
    PANIC_OVERFLOW,
    RuntimeFunction,
)
from lowering.dispatch import Operands, RuleTable
from lowering.shared_attributes import Properties, string_attr
from lowering.to_llvm.translation import Translation

RULES: RuleTable[Translation] = RuleTable()

_CHECKS: dict[str, RuntimeFunction] = {
    "bounds": PANIC_BOUNDS,
    "overflow": PANIC_OVERFLOW,
    "division": PANIC_DIVISION,
    "message": PANIC_MESSAGE,
}


@RULES.lowers(CheckOp)
def check(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Panics when the condition is false."""
    condition, *arguments = tr.words(operands)
    kind = properties["kind"]
    assert type(kind) is StringAttr
    tr.panic_block(condition, False, _CHECKS[kind.data], arguments)


@RULES.lowers(PanicOp)
def panic(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Panics whatever comes."""
    tr.call(PANIC_MESSAGE.symbol, (*tr.words(operands), *tr.place()), 0)


_NO_ASSEMBLY: Properties = {
    "asm_string": string_attr(""),
    "constraints": string_attr(""),
    "has_side_effects": UnitAttr(),
    "tail_call_kind": llvm.TailCallKindAttr(llvm.TailCallKind.NONE),
}


@RULES.lowers(ApartOp)
def apart(tr: Translation, operands: Operands, properties: Properties, result: Attribute | None) -> None:
    """Assembly with nothing in it: LLVM neither leaves that out nor makes one of several."""
    tr.effect(llvm.InlineAsmOp, (), _NO_ASSEMBLY)


_SAME: Properties = {
    "asm_string": string_attr(""),
    "constraints": string_attr("=r,0"),
    "tail_call_kind": llvm.TailCallKindAttr(llvm.TailCallKind.NONE),
}


@RULES.lowers(UnknownOp)
def unknown(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> SSAValue:
    """Assembly with nothing in it that takes a register and gives it back."""
    return tr.emit(llvm.InlineAsmOp, tr.words(operands), _SAME, i64)


@RULES.lowers(UnreachableOp)
def unreachable(
    tr: Translation, operands: Operands, properties: Properties, result: Attribute | None
) -> None:
    """Control does not get here."""
    tr.end(llvm.UnreachableOp, ())

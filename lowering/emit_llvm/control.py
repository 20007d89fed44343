"""Calls and the instructions that end a block."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseIntElementsAttr, SymbolRefAttr
from xdsl.ir import Operation
from xdsl.utils.hints import isa

from dialects.llvm_extra.switch import SwitchOp
from lowering.dispatch import Table
from lowering.emit_llvm.emitter import Emitter
from lowering.emit_llvm.symbols import symbol

TABLE: Table[Emitter] = Table()


@TABLE.lowers(llvm.CallOp)
def emit_call(e: Emitter, op: llvm.CallOp) -> None:
    """A direct call."""
    properties = op.properties
    callee = properties["callee"]
    assert isinstance(callee, SymbolRefAttr)
    name = callee.root_reference.data
    e.refer(name)
    names = e.names
    arguments = ", ".join([f"{e.type_of(operand)} {names[id(operand)]}" for operand in op._operands])
    results = op.results
    result = e.type_of(results[0]) if results else "void"
    signature = properties.get("var_callee_type")
    if isinstance(signature, llvm.LLVMFunctionType):
        fixed = [e.type_text(type_) for type_ in signature.inputs]
        result += f" ({', '.join([*fixed, '...'])})"
    target = f"{names[id(results[0])]} = " if results else ""
    e.lines.append(f"  {target}call {result} {symbol(name)}({arguments})")


@TABLE.lowers(llvm.BrOp)
def emit_branch(e: Emitter, op: llvm.BrOp) -> None:
    """Goes on elsewhere."""
    e.lines.append(f"  br label %{e.labels[id(op._successors[0])]}")


@TABLE.lowers(llvm.CondBrOp)
def emit_choice(e: Emitter, op: llvm.CondBrOp) -> None:
    """Goes on in one of two places."""
    first, second = op._successors
    labels = e.labels
    e.lines.append(
        f"  br i1 {e.names[id(op._operands[0])]}, label %{labels[id(first)]}, label %{labels[id(second)]}"
    )


@TABLE.lowers(SwitchOp)
def emit_switch(e: Emitter, op: SwitchOp) -> None:
    """Goes on where a number leads."""
    default, *cases = op._successors
    value = op._operands[0]
    type_ = e.type_of(value)
    numbers = op.properties.get("case_values")
    values = numbers.get_values() if isa(numbers, DenseIntElementsAttr) else ()
    arms = " ".join(
        [
            f"{type_} {number}, label %{e.labels[id(block)]}"
            for number, block in zip(values, cases, strict=True)
        ]
    )
    e.lines.append(f"  switch {e.typed(value)}, label %{e.labels[id(default)]} [ {arms} ]")


@TABLE.lowers(llvm.ReturnOp)
def emit_return(e: Emitter, op: llvm.ReturnOp) -> None:
    """Leaves the function."""
    operands = op._operands
    e.lines.append(f"  ret {e.typed(operands[0])}" if operands else "  ret void")


@TABLE.lowers(llvm.UnreachableOp)
def emit_unreachable(e: Emitter, op: Operation) -> None:
    """Control does not get here."""
    e.lines.append("  unreachable")

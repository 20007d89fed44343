"""Calls and the instructions that end a block."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from xdsl.dialects import llvm
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, SymbolRefAttr
from xdsl.ir import Attribute, Operation

from dialects.llvm_extra.switch import SwitchOp
from lowering.emit_llvm.context import Format, Printed, TextContext
from lowering.emit_llvm.symbols import symbol
from lowering.shared_attributes import Properties

TerminatorFormat: TypeAlias = Callable[[TextContext, Sequence[Printed], Properties, Sequence[str]], str]
"""Gives the text of an instruction that ends a block, from its operands, properties and labels."""


def call_text(
    c: TextContext,
    callee: str,
    arguments: Sequence[Printed],
    result: Attribute | None,
    variadic: llvm.LLVMFunctionType | None = None,
    convention: str = "",
) -> str:
    """The text of a call of what has that text, a symbol or an address."""
    type_ = "void" if result is None else c.type_text(result)
    if variadic is not None:
        fixed = [c.type_text(parameter) for parameter in variadic.inputs]
        type_ += f" ({', '.join([*fixed, '...'])})"
    return f"call {convention}{type_} {callee}({', '.join([c.argument(value) for value in arguments])})"


def convention_text(cconv: Attribute) -> str:
    """How a calling convention is written before the type of a result: not at all if it is C's."""
    assert isinstance(cconv, llvm.CallingConventionAttr)
    return "" if cconv.cconv_name == "ccc" else f"{cconv.cconv_name} "


def _call(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    callee = properties.get("callee")
    convention = convention_text(properties["CConv"])
    if callee is None:
        code, *arguments = operands
        return call_text(c, code.text, arguments, result, None, convention)
    assert type(callee) is SymbolRefAttr
    signature = properties.get("var_callee_type")
    variadic = signature if isinstance(signature, llvm.LLVMFunctionType) else None
    name = symbol(callee.root_reference.data)
    return call_text(c, name, operands, result, variadic, convention)


def _branch(
    c: TextContext, operands: Sequence[Printed], properties: Properties, labels: Sequence[str]
) -> str:
    return f"br label %{labels[0]}"


def _choice(
    c: TextContext, operands: Sequence[Printed], properties: Properties, labels: Sequence[str]
) -> str:
    return f"br i1 {operands[0].text}, label %{labels[0]}, label %{labels[1]}"


def _switch(
    c: TextContext, operands: Sequence[Printed], properties: Properties, labels: Sequence[str]
) -> str:
    default, *cases = labels
    value = c.typed(operands[0])
    type_ = value.split()[0]
    numbers = properties.get("case_values")
    values = numbers.get_values() if isinstance(numbers, DenseIntOrFPElementsAttr) else ()
    arms = [f"{type_} {number}, label %{label}" for number, label in zip(values, cases, strict=True)]
    return f"switch {value}, label %{default} [ {' '.join(arms)} ]"


def _return(
    c: TextContext, operands: Sequence[Printed], properties: Properties, labels: Sequence[str]
) -> str:
    return f"ret {c.typed(operands[0])}" if operands else "ret void"


def _unreachable(
    c: TextContext, operands: Sequence[Printed], properties: Properties, labels: Sequence[str]
) -> str:
    return "unreachable"


def _assembly(
    c: TextContext, operands: Sequence[Printed], properties: Properties, result: Attribute | None
) -> str:
    """Of the kind that there is: nothing that touches any memory or register of the program."""
    if operands:
        return f'call i64 asm "", "=r,0"({c.typed(operands[0])}) nounwind memory(none)'
    return 'call void asm sideeffect "", ""() nounwind memory(inaccessiblemem: readwrite)'


FORMATS: dict[type[Operation], Format] = {llvm.CallOp: _call, llvm.InlineAsmOp: _assembly}

TERMINATOR_FORMATS: dict[type[Operation], TerminatorFormat] = {
    llvm.BrOp: _branch,
    llvm.CondBrOp: _choice,
    SwitchOp: _switch,
    llvm.ReturnOp: _return,
    llvm.UnreachableOp: _unreachable,
}

"""Declarations of functions and data, and the images of constant strings."""

from functools import lru_cache

from xdsl.dialects import llvm
from xdsl.dialects.builtin import BytesAttr, Float64Type, IntegerType, StringAttr
from xdsl.ir import Attribute, Operation

from lowering.abi.runtime_abi import RUNTIME_FUNCTIONS
from lowering.emit_llvm.attribute_groups import COLD_DECLARATION, PANIC, QUARTZ_DECLARATION
from lowering.emit_llvm.context import by_value_text
from lowering.emit_llvm.control import convention_text
from lowering.emit_llvm.symbols import is_quartz_symbol, symbol
from lowering.to_llvm.functions import convention


def passthrough(op: llvm.FuncOp) -> tuple[str, ...]:
    """The names of a function's plain LLVM attributes."""
    if op.passthrough is None:
        return ()
    return tuple([attribute.data for attribute in op.passthrough if isinstance(attribute, StringAttr)])


_C_ATTRIBUTES = {"_setjmp": " returns_twice", "longjmp": " noreturn"}
"""What LLVM has to know of a C function, and does not know by its name."""


@lru_cache(maxsize=4096)
def function_declaration(
    name: str, result: str, parameters: tuple[str, ...], never_returns: bool, is_cold: bool
) -> str:
    """Declares a function; a Quartz function is found within the program, without indirection."""
    head = f"{result} {symbol(name)}({', '.join(parameters)})"
    if never_returns:
        return f"declare hidden {head} {PANIC}"
    if is_quartz_symbol(name):
        return f"declare hidden {head} {COLD_DECLARATION if is_cold else QUARTZ_DECLARATION}"
    return f"declare {head}{_C_ATTRIBUTES.get(name, '')}"


def data_declaration(name: str) -> str:
    """Declares data of which the type does not matter."""
    visibility = "hidden " if is_quartz_symbol(name) else ""
    return f"{symbol(name)} = external {visibility}global i64"


def _type_text(type_: Attribute) -> str:
    match type_:
        case IntegerType():
            return f"i{type_.width.data}"
        case llvm.LLVMPointerType():
            return "ptr"
        case llvm.LLVMVoidType():
            return "void"
        case llvm.LLVMStructType():
            return "{ " + ", ".join([_type_text(part) for part in type_.types]) + " }"
        case llvm.LLVMArrayType():
            return by_value_text(f"[{type_.size.data} x i8]")
        case Float64Type():
            return "double"
        case _:
            return "float"


def words_result_text(n_results: int) -> str:
    """The type of what a Quartz function gives, with its calling convention if that is not C's."""
    if n_results <= 1:
        return "i64" if n_results else "void"
    return f"{convention_text(convention(n_results))}{{ {', '.join(['i64'] * n_results)} }}"


@lru_cache(maxsize=4096)
def words_declaration(name: str, n_parameters: int, n_results: int) -> str:
    """Declares a Quartz function; what the runtime promises is known by its name."""
    runtime = RUNTIME_FUNCTIONS.get(name)
    return function_declaration(
        name,
        words_result_text(n_results),
        ("i64",) * n_parameters,
        runtime is not None and runtime.never_returns,
        runtime is not None and runtime.rarely_called,
    )


def c_declaration(name: str, signature: llvm.LLVMFunctionType) -> str:
    """Declares a C function."""
    parameters = [_type_text(type_) for type_ in signature.inputs]
    if signature.is_variadic:
        parameters.append("...")
    return function_declaration(name, _type_text(signature.output), tuple(parameters), False, False)


def _n_words(output: Attribute) -> int:
    """How many words there are in what a function gives."""
    if isinstance(output, llvm.LLVMStructType):
        return len(output.types)
    return 0 if isinstance(output, llvm.LLVMVoidType) else 1


def declaration_text(op: Operation) -> str | bytes:
    """The declaration of what a module op stands for, or the image of the constant string it is."""
    if isinstance(op, llvm.FuncOp):
        name, signature = op.sym_name.data, op.function_type
        if is_quartz_symbol(name):
            return words_declaration(name, len(signature.inputs), _n_words(signature.output))
        return c_declaration(name, signature)
    assert isinstance(op, llvm.GlobalOp)
    if isinstance(op.value, BytesAttr):
        return op.value.data
    if isinstance(op.value, StringAttr):
        return op.value.data.encode()
    return data_declaration(op.sym_name.data)

"""Functions and globals of the module: signatures, attributes, declarations."""

from collections.abc import Mapping
from functools import cache

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import ArrayAttr, BytesAttr, IntegerAttr, StringAttr, UnitAttr, i8, i64
from xdsl.ir import Attribute, Operation

from dialects.fast_ops import detached_op, new_region
from dialects.qzrt.types import n_words
from lowering.abi.layout import NAME_ALIGNMENT, string_constant
from lowering.abi.runtime_abi import RUNTIME_FUNCTIONS
from lowering.shared_attributes import Properties

CCONV = llvm.CallingConventionAttr("ccc")
FOUR_WORDS_CCONV = llvm.CallingConventionAttr("swiftcc")
"""The convention of C, but with one more register for results on x86-64."""

MAX_REGISTERS = 4
"""More words than that LLVM gives through memory that the caller has made."""

_EXTERNAL = llvm.LinkageAttr("external")
_INTERNAL = llvm.LinkageAttr("internal")
_WEAK = llvm.LinkageAttr("weak")
_PRIVATE = llvm.LinkageAttr("private")
_VISIBLE = IntegerAttr(0, 64)

DEFINED = ("nounwind", "uwtable")
"""What holds of every Quartz function."""

_VALUED: dict[str, Attribute] = {"uwtable": ArrayAttr([StringAttr("uwtable"), StringAttr("2")])}
"""Attributes that MLIR spells as a pair; 2 asks for tables that hold at every instruction."""

_NEVER_RETURNS = ("cold", "noreturn", "nounwind")


_WRITTEN = (("qz.inline", "alwaysinline"), ("qz.noinline", "noinline"), ("qz.cold", "cold"))
"""Annotations of the source, and what LLVM calls them."""


ALIGNMENT = "qz.align"
"""The attribute of a function whose address is to be a multiple of something."""


def written_alignment(marks: Mapping[str, Attribute]) -> int:
    """What the address of a function is a multiple of; of all functions' where the source does not say."""
    asked = marks.get(ALIGNMENT)
    return max(asked.value.data, NAME_ALIGNMENT) if isinstance(asked, IntegerAttr) else NAME_ALIGNMENT


SECTION = "qz.section"
"""The attribute of a function that lies in a section of its own."""


def written_section(marks: Mapping[str, Attribute]) -> str:
    """The section of the object that the source asks for; empty for the one of all code."""
    asked = marks.get(SECTION)
    return asked.data if isinstance(asked, StringAttr) else ""


def written_attributes(marks: Mapping[str, Attribute]) -> tuple[str, ...]:
    """The LLVM attributes that the source asks for."""
    return tuple([name for mark, name in _WRITTEN if mark in marks])


@cache
def words_result(n_results: int) -> Attribute | None:
    """The LLVM type of what a Quartz function gives: nothing, a word, or a struct of several."""
    if n_results > 1:
        return llvm.LLVMStructType.from_type_list([i64] * n_results)
    return i64 if n_results else None


def convention(n_results: int) -> llvm.CallingConventionAttr:
    """How a Quartz function is called: as in C, unless that would give four words through memory."""
    return FOUR_WORDS_CCONV if n_results == MAX_REGISTERS else CCONV


@cache
def word_signature(n_parameters: int, n_results: int) -> llvm.LLVMFunctionType:
    """The LLVM type of a Quartz function."""
    return llvm.LLVMFunctionType([i64] * n_parameters, words_result(n_results))


@cache
def attribute_list(names: tuple[str, ...]) -> ArrayAttr[Attribute]:
    """LLVM function attributes, as MLIR passes them through."""
    return ArrayAttr([_VALUED.get(name) or StringAttr(name) for name in names])


def function_properties(
    name: str,
    signature: llvm.LLVMFunctionType,
    names: tuple[str, ...],
    cconv: llvm.CallingConventionAttr = CCONV,
) -> Properties:
    """The properties of a function op."""
    properties: Properties = {
        "sym_name": StringAttr(name),
        "function_type": signature,
        "CConv": cconv,
        "linkage": _EXTERNAL,
        "visibility_": _VISIBLE,
    }
    if names:
        properties["passthrough"] = attribute_list(names)
    return properties


def is_private(function: func.FuncOp) -> bool:
    """Whether only its own module refers to a function: a lambda that became one."""
    visibility = function.sym_visibility
    return visibility is not None and visibility.data == "private"


def results_of(function: func.FuncOp) -> int:
    """How many words a function of the stage `rt` gives."""
    found = n_words(function.function_type.outputs.data)
    assert found is not None
    return found


def definition_properties(function: func.FuncOp, n_results: int, names: tuple[str, ...]) -> Properties:
    """The properties of the op of a function that has a body."""
    signature = word_signature(len(function.function_type.inputs), n_results)
    properties = function_properties(function.sym_name.data, signature, names, convention(n_results))
    return internal(properties) if is_private(function) else properties


def internal(properties: Properties) -> Properties:
    """The same for a function that no other unit may refer to."""
    return {**properties, "linkage": _INTERNAL}


def weak(properties: Properties) -> Properties:
    """The same for a function that a definition of another object takes the place of."""
    return {**properties, "linkage": _WEAK}


def declaration_properties(
    name: str, signature: llvm.LLVMFunctionType, cconv: llvm.CallingConventionAttr = CCONV
) -> Properties:
    """The properties of a declaration; what the runtime promises is known by its name."""
    runtime = RUNTIME_FUNCTIONS.get(name)
    if runtime is not None and runtime.never_returns:
        return function_properties(name, signature, _NEVER_RETURNS)
    return function_properties(name, signature, ("nounwind",) if "$" in name else (), cconv)


def declare_words(name: str, n_parameters: int, n_results: int) -> Operation:
    """Declares a Quartz function."""
    signature = word_signature(n_parameters, n_results)
    properties = declaration_properties(name, signature, convention(n_results))
    return detached_op(llvm.FuncOp, (), (), properties, regions=(new_region(),))


def declare_data(name: str) -> Operation:
    """Declares a symbol of which only the address is of interest."""
    properties: Properties = {
        "sym_name": StringAttr(name),
        "global_type": i64,
        "linkage": _EXTERNAL,
        "addr_space": IntegerAttr(0, 32),
    }
    return detached_op(llvm.GlobalOp, (), (), properties, regions=(new_region(),))


def define_string(name: str, data: bytes) -> Operation:
    """Defines the static image of a constant string."""
    image = string_constant(data)
    properties: Properties = {
        "sym_name": StringAttr(name),
        "global_type": llvm.LLVMArrayType(len(image), i8),
        "linkage": _PRIVATE,
        "addr_space": IntegerAttr(0, 32),
        "constant": UnitAttr(),
        "value": BytesAttr(image),
        "alignment": IntegerAttr(16, 64),
        "unnamed_addr": IntegerAttr(2, 64),
    }
    return detached_op(llvm.GlobalOp, (), (), properties, regions=(new_region(),))

"""Property dictionaries of the llvm dialect, made once and shared."""

from functools import cache, lru_cache

from xdsl.dialects import llvm
from xdsl.dialects.builtin import (
    ArrayAttr,
    DenseArrayBase,
    IntegerAttr,
    StringAttr,
    UnitAttr,
    i1,
    i8,
    i32,
    i64,
)
from xdsl.ir import Attribute

from dialects.llvm_extra.alias_classes import TbaaRootAttr, TbaaTagAttr
from lowering.abi.alias_classes import ALIAS_CLASSES
from lowering.shared_attributes import Properties, segment_properties, segments, symbol_ref, word_attr
from lowering.to_llvm.functions import CCONV

ROOT = TbaaRootAttr(StringAttr("Quartz"))

ALIAS_TAGS: dict[str, Properties] = {
    name: {"tbaa": ArrayAttr([TbaaTagAttr(StringAttr(name), ROOT)])} for name in ALIAS_CLASSES
}
"""The attributes of an access to each class of memory."""

NO_FASTMATH: Properties = {"fastmathFlags": llvm.FastMathAttr(None)}

ALIGNED: Properties = {"ordering": word_attr(0)}
UNALIGNED: Properties = {"ordering": word_attr(0), "alignment": word_attr(1)}
ONE_CONDITION = segment_properties(1, 0, 0)
"""The properties of a conditional branch that hands over nothing."""

WRAPPING: Properties = {"overflowFlags": IntegerAttr(0, 32)}
NO_SIGNED_WRAP: Properties = {"overflowFlags": IntegerAttr(1, 32)}
NO_UNSIGNED_WRAP: Properties = {"overflowFlags": IntegerAttr(2, 32)}

NOT_VOLATILE: Properties = {"isVolatile": IntegerAttr(0, 1)}


PREDICATES: tuple[Properties, ...] = tuple({"predicate": word_attr(number)} for number in range(16))
FLOAT_PREDICATES: tuple[Properties, ...] = tuple({**predicate, **NO_FASTMATH} for predicate in PREDICATES)

_NO_WRAP_FLAGS = IntegerAttr(0, 32)


def _gep(element: Attribute, index: int, inbounds: bool) -> Properties:
    properties: Properties = {
        "elem_type": element,
        "noWrapFlags": _NO_WRAP_FLAGS,
        "rawConstantIndices": DenseArrayBase.from_list(i32, [index]),
    }
    if inbounds:
        properties["inbounds"] = UnitAttr()
    return properties


@cache
def constant_gep(offset: int, inbounds: bool = True) -> Properties:
    """The address some bytes away."""
    return _gep(i8, offset, inbounds)


@cache
def indexed_gep(element: Attribute, inbounds: bool = True) -> Properties:
    """The address of an element of an array."""
    return _gep(element, llvm.GEP_USE_SSA_VAL, inbounds)


@cache
def slot_properties(content: Attribute) -> Properties:
    """A stack slot."""
    return {"elem_type": content, "alignment": word_attr(8)}


@cache
def array_of_words(n_words: int) -> Attribute:
    """An array of words."""
    return llvm.LLVMArrayType(n_words, i64)


@cache
def array_of_bytes(n_bytes: int) -> Attribute:
    """An array of bytes: an element of a vector of any size."""
    return llvm.LLVMArrayType(n_bytes, i8)


@cache
def saturating_conversion(width: int, signed: bool, from_f64: bool) -> Properties:
    """A call of the intrinsic that converts a float to an integer, with the limits for what lies beyond."""
    return _intrinsic(
        f"llvm.{'fptosi' if signed else 'fptoui'}.sat.i{width}.{'f64' if from_f64 else 'f32'}", 1
    )


_BIT_COUNTERS = {"ones": "ctpop", "leading_zeros": "ctlz", "trailing_zeros": "cttz"}
"""The names of LLVM's intrinsics."""
DISJOINT: Properties = {"isDisjoint": UnitAttr()}
"""An `or` of words that have no bit in common."""
FALSE: Properties = {"value": IntegerAttr(0, i1)}
"""The constant of one bit."""


@cache
def bit_count(what: str) -> Properties:
    """A call of the intrinsic that counts bits; those that look for a 1 are told that there may be none."""
    return _intrinsic(f"llvm.{_BIT_COUNTERS[what]}.i64", 1 if what == "ones" else 2)


def _intrinsic(name: str, n_operands: int) -> Properties:
    return {
        "intrin": StringAttr(name),
        "fastmathFlags": llvm.FastMathAttr(None),
        "op_bundle_sizes": segments(),
        "operandSegmentSizes": segments(n_operands, 0),
    }


LAUNDER = _intrinsic("llvm.launder.invariant.group.p0", 1)
"""A call of the intrinsic that makes another object of an address."""


@cache
def position(index: int) -> Properties:
    """A part of a struct."""
    return {"position": DenseArrayBase.from_list(i64, [index])}


@cache
def indirect_call_properties(n_arguments: int, cconv: llvm.CallingConventionAttr = CCONV) -> Properties:
    """A call through an address, which is the first operand."""
    return {
        "fastmathFlags": llvm.FastMathAttr(None),
        "CConv": cconv,
        "op_bundle_sizes": segments(),
        "TailCallKind": llvm.TailCallKindAttr(llvm.TailCallKind.NONE),
        "operandSegmentSizes": segments(1 + n_arguments, 0),
    }


@lru_cache(maxsize=4096)
def call_properties(callee: str, n_arguments: int, cconv: llvm.CallingConventionAttr = CCONV) -> Properties:
    """A direct call."""
    return {
        "callee": symbol_ref(callee),
        **indirect_call_properties(n_arguments, cconv),
        "operandSegmentSizes": segments(n_arguments, 0),
    }

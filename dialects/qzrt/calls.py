"""Calls of C functions, and calls through an address. Quartz functions known by name are func.call.

A Quartz function that gives several words gives them in one value, a pack.
"""

from typing import ClassVar

from xdsl.dialects.builtin import FunctionType, IntegerType, StringAttr, SymbolRefAttr, UnitAttr, i64
from xdsl.irdl import (
    base,
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    opt_result_def,
    prop_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.traits import Pure, SymbolOpInterface
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qzrt.types import PackType, is_words


@irdl_op_definition
class CallExternOp(LazySyntaxOp):
    """Calls a C function.

    `c_type` holds the types of this call in C's widths (si32, ui8, si64, !qzrt.ptr, f64 …, one for each
    argument, variadic ones included); integers are cut to the width on the way in and extended by its
    signedness on the way out. A struct is as many arguments as it takes registers, or one `!qzrt.copy`; as a
    result it is a pack. `n_fixed` is there for a variadic function and counts its named parameters. An
    `indirect` call has the address of the function as its first argument, which is none of the C type's.
    """

    name = "qzrt.call_extern"
    callee = prop_def(SymbolRefAttr)
    c_type = prop_def(FunctionType)
    n_fixed = opt_prop_def(SMALL_INT)
    indirect = opt_prop_def(UnitAttr)
    arguments = var_operand_def()
    outputs = var_result_def()
    SYNTAX: ClassVar = (
        "(`indirect` $indirect^)? $callee `(` $arguments `)` `as` $c_type (`fixed` $n_fixed^)? attr-dict"
        " `:` functional-type($arguments, $outputs)"
    )

    def verify_(self) -> None:
        n_results = sum(type_.n.data if isinstance(type_, PackType) else 1 for type_ in self.outputs.types)
        n_arguments = len(self.arguments) - (self.indirect is not None)
        if len(self.c_type.inputs) != n_arguments or len(self.c_type.outputs) != n_results:
            raise VerifyException("the C type has one type for each argument and result")


@irdl_op_definition
class CEntryOp(LazySyntaxOp):
    """Defines a C function of the type `c_type`, in C's widths, that calls a Quartz function with words.

    One without a `$` in its name is for all of the program; what is `weak` gives way to a definition
    elsewhere.
    """

    name = "qzrt.c_entry"
    sym_name = prop_def(StringAttr)
    callee = prop_def(SymbolRefAttr)
    c_type = prop_def(FunctionType)
    weak = opt_prop_def(UnitAttr)
    alignment = opt_prop_def(SMALL_INT)
    section = opt_prop_def(StringAttr)
    traits = traits_def(SymbolOpInterface())
    SYNTAX: ClassVar = (
        "$sym_name `of` $callee `as` $c_type (`weak` $weak^)? (`align` $alignment^)? (`section` $section^)?"
        " attr-dict"
    )


@irdl_op_definition
class FunctionOp(LazySyntaxOp):
    """The address of the code of a Quartz function, of which all parameters are words."""

    name = "qzrt.function"
    function_name = prop_def(SymbolRefAttr, prop_name="name")
    function_type = prop_def(FunctionType, prop_name="type")
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$name `:` $type attr-dict"

    def verify_(self) -> None:
        if not is_words(self.function_type):
            raise VerifyException(f"a Quartz function takes and gives words, found {self.function_type}")


@irdl_op_definition
class CallIndirectOp(LazySyntaxOp):
    """Calls the Quartz function at an address with words."""

    name = "qzrt.call_indirect"
    code = operand_def(i64)
    arguments = var_operand_def(i64)
    output = opt_result_def(base(IntegerType) | base(PackType))
    SYNTAX: ClassVar = "$code `(` $arguments `)` attr-dict `:` functional-type($arguments, $output)"


@irdl_op_definition
class FreshOp(LazySyntaxOp):
    """A block that is another one from here on: what is written into it once stays as it is."""

    name = "qzrt.fresh"
    block = operand_def(i64)
    result = result_def(i64)
    SYNTAX: ClassVar = "$block attr-dict"


@irdl_op_definition
class TagOp(LazySyntaxOp):
    """The word of a closure: the address of its block, with the lowest bit set, which is 0 in that."""

    name = "qzrt.tag"
    block = operand_def(i64)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$block attr-dict"


@irdl_op_definition
class PackOp(LazySyntaxOp):
    """Words put together, to be returned."""

    name = "qzrt.pack"
    words = var_operand_def(i64)
    result = result_def(PackType)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$words attr-dict `:` type($result)"

    def verify_(self) -> None:
        if len(self.words) != self.result.type.n.data:
            raise VerifyException(f"expected {self.result.type.n.data} words, found {len(self.words)}")


@irdl_op_definition
class UnpackOp(LazySyntaxOp):
    """One word of a pack."""

    name = "qzrt.unpack"
    pack = operand_def(PackType)
    index = prop_def(SMALL_INT)
    result = result_def(i64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$pack `[` $index `]` attr-dict `:` type($pack)"

    def verify_(self) -> None:
        assert isinstance(self.pack.type, PackType)
        n = self.pack.type.n.data
        if not 0 <= self.index.value.data < n:
            raise VerifyException(f"a pack of {n} words has none with the number {self.index.value.data}")


OPS = (CallExternOp, CEntryOp, FunctionOp, CallIndirectOp, FreshOp, TagOp, PackOp, UnpackOp)

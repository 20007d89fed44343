"""C functions: their declaration and their call. Quartz functions are func.func and func.call."""

from typing import ClassVar

from xdsl.dialects.builtin import ArrayAttr, FunctionType, IntegerAttr, StringAttr, SymbolRefAttr, UnitAttr
from xdsl.irdl import irdl_op_definition, opt_prop_def, prop_def, traits_def, var_operand_def, var_result_def
from xdsl.traits import SymbolOpInterface

from dialects.lazy_syntax import LazySyntaxOp


@irdl_op_definition
class ExternOp(LazySyntaxOp):
    """Declares a C function. The widths are C's own: si32 for an int, si64 for a long, f64 for a double.

    Pointers are si64 and their positions are listed in `ptr_args`; `ptr_result` marks a pointer result.
    """

    name = "qz.extern"
    sym_name = prop_def(StringAttr)
    function_type = prop_def(FunctionType)
    variadic = opt_prop_def(UnitAttr)
    ptr_args = opt_prop_def(ArrayAttr[IntegerAttr])
    ptr_result = opt_prop_def(UnitAttr)
    traits = traits_def(SymbolOpInterface())
    SYNTAX: ClassVar = (
        "$sym_name (`variadic` $variadic^)? `:` $function_type (`pointers` $ptr_args^)?"
        " (`gives` `pointer` $ptr_result^)? attr-dict"
    )


@irdl_op_definition
class CallExternOp(LazySyntaxOp):
    """Calls a C function. Arguments and result have the types of the declaration."""

    name = "qz.call_extern"
    callee = prop_def(SymbolRefAttr)
    arguments = var_operand_def()
    outputs = var_result_def()
    SYNTAX: ClassVar = "$callee `(` $arguments `)` attr-dict `:` functional-type($arguments, $outputs)"


OPS = (ExternOp, CallExternOp)

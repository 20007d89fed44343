"""Calls of C functions. Quartz and runtime functions are func.call."""

from typing import ClassVar

from xdsl.dialects.builtin import FunctionType, SymbolRefAttr
from xdsl.irdl import irdl_op_definition, opt_prop_def, prop_def, var_operand_def, var_result_def
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp


@irdl_op_definition
class CallExternOp(LazySyntaxOp):
    """Calls a C function.

    `c_type` holds the types of this call in C's widths (si32, ui8, si64, !qzrt.ptr, f64 …, one for each
    argument, variadic ones included); integers are cut to the width on the way in and extended by its
    signedness on the way out. `n_fixed` is there for a variadic function and counts its named parameters.
    """

    name = "qzrt.call_extern"
    callee = prop_def(SymbolRefAttr)
    c_type = prop_def(FunctionType)
    n_fixed = opt_prop_def(SMALL_INT)
    arguments = var_operand_def()
    outputs = var_result_def()
    SYNTAX: ClassVar = (
        "$callee `(` $arguments `)` `as` $c_type (`fixed` $n_fixed^)? attr-dict"
        " `:` functional-type($arguments, $outputs)"
    )

    def verify_(self) -> None:
        if len(self.c_type.inputs) != len(self.arguments) or len(self.c_type.outputs) != len(self.outputs):
            raise VerifyException("the C type has one type for each argument and result")


OPS = (CallExternOp,)

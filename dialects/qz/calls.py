"""C functions: their declaration and their call. Quartz functions are func.func and func.call."""

from typing import ClassVar

from xdsl.dialects.builtin import ArrayAttr, FunctionType, IntegerAttr, StringAttr, SymbolRefAttr, UnitAttr
from xdsl.ir import Operation
from xdsl.irdl import irdl_op_definition, opt_prop_def, prop_def, traits_def, var_operand_def, var_result_def
from xdsl.traits import SymbolOpInterface, SymbolTable, SymbolUserOpInterface
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_types, require
from dialects.qz.leaves import flattened
from dialects.qz.types import char, i1, is_float, is_int, si64


@irdl_op_definition
class ExternOp(LazySyntaxOp):
    """Declares a C function. The widths are C's own: si32 for an int, si64 for a long, f64 for a double.

    Value structs are given as C gives them. Pointers are si64 and their positions are listed in `ptr_args`;
    `ptr_result` marks a pointer result. What is `indirect` stands for no function, but for all of a type:
    a call gives the address of the one that it calls before the arguments.
    """

    name = "qz.extern"
    sym_name = prop_def(StringAttr)
    function_type = prop_def(FunctionType)
    variadic = opt_prop_def(UnitAttr)
    indirect = opt_prop_def(UnitAttr)
    ptr_args = opt_prop_def(ArrayAttr[IntegerAttr])
    ptr_result = opt_prop_def(UnitAttr)
    traits = traits_def(SymbolOpInterface())
    SYNTAX: ClassVar = (
        "$sym_name (`variadic` $variadic^)? (`indirect` $indirect^)? `:` $function_type"
        " (`pointers` $ptr_args^)? (`gives` `pointer` $ptr_result^)? attr-dict"
    )

    def verify_(self) -> None:
        inputs = self.function_type.inputs.data
        for index in self.pointer_arguments:
            require(0 <= index < len(inputs), f"no argument {index} to be a pointer")
            require(inputs[index] == si64, f"a pointer is a si64, found {inputs[index]}")
        require(len(self.function_type.outputs) <= 1, "a C function has at most one result")
        is_both = self.variadic is not None and self.indirect is not None
        require(not is_both, "a variadic function is called by its name")
        if self.ptr_result is not None:
            check_types("pointer result", self.function_type.outputs, (si64,))

    @property
    def pointer_arguments(self) -> tuple[int, ...]:
        """The positions of the arguments that are pointers."""
        return tuple(index.value.data for index in self.ptr_args) if self.ptr_args is not None else ()


class CallsDeclaredExtern(SymbolUserOpInterface):
    """A call agrees with the declaration of its callee, where that is in sight."""

    def verify(self, op: Operation) -> None:
        assert isinstance(op, CallExternOp)
        declaration = SymbolTable.lookup_symbol(op, op.callee)
        if declaration is None:
            return
        if not isinstance(declaration, ExternOp | CEntryOp):
            raise VerifyException(f"{op.callee} is neither a `qz.extern` nor a `qz.c_entry`")
        inputs = flattened(declaration.function_type.inputs)
        if isinstance(declaration, ExternOp) and declaration.indirect is not None:
            inputs = (si64, *inputs)
        found = flattened(op.arguments.types)
        is_variadic = isinstance(declaration, ExternOp) and declaration.variadic is not None
        fixed = found[: len(inputs)] if is_variadic else found
        check_types(f"arguments of {op.callee}", fixed, inputs)
        outputs = flattened(declaration.function_type.outputs)
        check_types(f"result of {op.callee}", flattened(op.outputs.types), outputs)


@irdl_op_definition
class CallExternOp(LazySyntaxOp):
    """Calls a C function. Arguments and result have the types of the declaration, or are leaves of such.

    The address of an `indirect` one comes before the arguments.
    """

    name = "qz.call_extern"
    callee = prop_def(SymbolRefAttr)
    arguments = var_operand_def()
    outputs = var_result_def()
    traits = traits_def(CallsDeclaredExtern())
    SYNTAX: ClassVar = "$callee `(` $arguments `)` attr-dict `:` functional-type($arguments, $outputs)"


@irdl_op_definition
class CEntryOp(LazySyntaxOp):
    """Defines a C function that calls a Quartz function, with whose types it is called in C's widths.

    Value structs come and go as C has them. `qz.raw_symbol` gives its address. One without a `$` in its name
    is for all of the program to call; what is `weak` gives way to a definition elsewhere.
    """

    name = "qz.c_entry"
    sym_name = prop_def(StringAttr)
    callee = prop_def(SymbolRefAttr)
    function_type = prop_def(FunctionType)
    weak = opt_prop_def(UnitAttr)
    alignment = opt_prop_def(SMALL_INT)
    section = opt_prop_def(StringAttr)
    traits = traits_def(SymbolOpInterface())
    SYNTAX: ClassVar = (
        "$sym_name `of` $callee `:` $function_type (`weak` $weak^)? (`align` $alignment^)?"
        " (`section` $section^)? attr-dict"
    )

    def verify_(self) -> None:
        types = flattened((*self.function_type.inputs, *self.function_type.outputs))
        unknown = [type_ for type_ in types if not (is_int(type_) or is_float(type_) or type_ in (i1, char))]
        require(not unknown, f"C has no type for {', '.join(map(str, unknown))}")
        require(len(self.function_type.outputs) <= 1, "a C function has at most one result")


OPS = (ExternOp, CallExternOp, CEntryOp)

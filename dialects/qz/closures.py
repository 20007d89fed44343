"""Functions as values: lambdas, plain functions, and calls through a value.

A lambda stands in the function that it is written in. `to_closures` makes it a function of its own, which
finds what it captured in the block of its closure, its environment, handed over as one more parameter.
"""

from collections.abc import Sequence
from typing import ClassVar, Self

from xdsl.dialects.builtin import ArrayAttr, FunctionType, StringAttr, SymbolRefAttr, UnitAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
    var_operand_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import (
    IsolatedFromAbove,
    MemoryAllocEffect,
    MemoryReadEffect,
    Pure,
    SymbolTable,
    SymbolUserOpInterface,
)
from xdsl.utils.exceptions import VerifyException

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.checks import check_arguments, check_types, require
from dialects.qz.leaves import flattened
from dialects.qz.types import CodeType, EnvType, FnType, code, env


def signature_of(function: SSAValue) -> FunctionType:
    """Gives the signature of a function value."""
    assert isinstance(function.type, FnType)
    return function.type.signature


class RefersToFunction(SymbolUserOpInterface):
    """The function that an operation names has the signature of its result, where it is in sight."""

    def __init__(self, further: Sequence[Attribute] = ()) -> None:
        self.further = tuple(further)

    def verify(self, op: Operation) -> None:
        callee = op.properties["callee"]
        assert isinstance(callee, SymbolRefAttr)
        function = SymbolTable.lookup_symbol(op, callee)
        if function is None:
            return
        if not isinstance(function, FuncOp):
            raise VerifyException(f"{callee} is not a function")
        signature = signature_of(op.results[0])
        inputs = (*signature.inputs, *self.further)
        found = function.function_type
        check_types(f"parameters of {callee}", flattened(found.inputs), flattened(inputs))
        check_types(f"result of {callee}", flattened(found.outputs), flattened(signature.outputs))


@irdl_op_definition
class LambdaOp(LazySyntaxOp):
    """A function written as an expression, with the values it captures.

    The arguments of its body are the parameters, then what is captured, then, if it is `recursive`, the value
    of the lambda itself. `symbol` is what the function will be called. One that is on the `stack` is not used
    once the block it is made in has been left. The body of a `generator` suspends itself (`generators.py`).
    """

    name = "qz.lambda"
    symbol = prop_def(StringAttr)
    on_stack = opt_prop_def(UnitAttr, prop_name="stack")
    recursive = opt_prop_def(UnitAttr)
    generator = opt_prop_def(UnitAttr)
    captures = var_operand_def()
    result = result_def(FnType)
    body = region_def()
    traits = traits_def(IsolatedFromAbove(), MemoryAllocEffect())
    SYNTAX: ClassVar = (
        "(`stack` $stack^)? (`recursive` $recursive^)? (`generator` $generator^)? $symbol"
        " (`captures` $captures^ `:` type($captures))? attr-dict-with-keyword `:` type($result) $body"
    )

    def verify_(self) -> None:
        itself = (self.result.type,) if self.recursive is not None else ()
        check_arguments(self.body, (*signature_of(self.result).inputs, *self.captures.types, *itself))
        require(self.on_stack is None or bool(self.captures), "a lambda that captures nothing needs no stack")


@irdl_op_definition
class FnRefOp(LazySyntaxOp):
    """A plain function as a value."""

    name = "qz.fn_ref"
    callee = prop_def(SymbolRefAttr)
    result = result_def(FnType)
    traits = traits_def(Pure(), RefersToFunction())
    SYNTAX: ClassVar = "$callee attr-dict `:` type($result)"


@irdl_op_definition
class ClosureOp(LazySyntaxOp):
    """A function that takes an environment last, together with one, made of these values.

    One that is on the `stack` is not used once the block it is made in has been left. That of a generator has
    `slots` of these types behind what is captured, which its function may change; they are 0 at first. `drop`
    is the function that is called with the environment when its last count is given back.
    """

    name = "qz.closure"
    callee = prop_def(SymbolRefAttr)
    on_stack = opt_prop_def(UnitAttr, prop_name="stack")
    slots = opt_prop_def(ArrayAttr)
    drop = opt_prop_def(SymbolRefAttr)
    captures = var_operand_def()
    result = result_def(FnType)
    traits = traits_def(MemoryAllocEffect(), RefersToFunction((env,)))
    SYNTAX: ClassVar = (
        "(`stack` $stack^)? $callee `(` $captures `)` (`slots` $slots^)? (`drop` $drop^)? attr-dict"
        " `:` functional-type($captures, $result)"
    )

    def verify_(self) -> None:
        require(bool(self.captures) or self.slots is not None, "a closure captures something")


class _CallOp(IRDLOperation):
    """A call; the function stands before the arguments, and their types are its signature.

    Where values have become their leaves, the type of the function still has them, and is written.
    """

    arguments = var_operand_def()
    outputs = var_result_def()

    @property
    def callee(self) -> SSAValue:
        """The function value."""
        return self.operands[len(self.operands) - len(self.arguments) - 1]

    def verify_(self) -> None:
        signature = signature_of(self.callee)
        check_types("arguments of the call", flattened(self.arguments.types), flattened(signature.inputs))
        check_types("result of the call", flattened(self.outputs.types), flattened(signature.outputs))

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        n_leading = len(self.operands) - len(self.arguments)
        printer.print_list(self.operands[:n_leading], printer.print_ssa_value)
        printer.print_string("(")
        printer.print_list(self.arguments, printer.print_ssa_value)
        printer.print_string(")")
        printer.print_op_attributes(self.attributes)
        printer.print_string(" : ")
        printer.print_function_type(self.arguments.types, self.outputs.types)
        written = FunctionType.from_lists(self.arguments.types, self.outputs.types)
        if signature_of(self.callee) != written:
            printer.print_string(" of ")
            printer.print_attribute(self.callee.type)

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        leading = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_unresolved_operand)
        arguments = parser.parse_comma_separated_list(parser.Delimiter.PAREN, parser.parse_unresolved_operand)
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        signature = parser.parse_function_type()
        function = parser.parse_type() if parser.parse_optional_keyword("of") else FnType(signature)
        types = (code, function)[-len(leading) :]
        return cls.create(
            operands=[
                *parser.resolve_operands(leading, types, parser.pos),
                *parser.resolve_operands(arguments, signature.inputs.data, parser.pos),
            ],
            result_types=signature.outputs.data,
            attributes=attributes,
        )


@irdl_op_definition
class CallFnOp(_CallOp):
    """Calls a function value."""

    name = "qz.call_fn"
    function = operand_def(FnType)
    arguments = var_operand_def()


@irdl_op_definition
class CodeOfOp(LazySyntaxOp):
    """The code of a function value, for calls in a loop: it is the same for as long as the value lives."""

    name = "qz.code_of"
    function = operand_def(FnType)
    result = result_def(CodeType)
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$function attr-dict `:` type($function)"


@irdl_op_definition
class CallCodeOp(_CallOp):
    """Calls a function value of which the code is at hand."""

    name = "qz.call_code"
    code = operand_def(CodeType)
    function = operand_def(FnType)
    arguments = var_operand_def()


@irdl_op_definition
class EnvironmentOp(LazySyntaxOp):
    """The environment of a function value that is known to be a closure."""

    name = "qz.environment"
    function = operand_def(FnType)
    result = result_def(EnvType)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$function attr-dict `:` type($function)"


@irdl_op_definition
class ClosureOfOp(LazySyntaxOp):
    """The function value whose environment this is."""

    name = "qz.closure_of"
    environment = operand_def(EnvType)
    result = result_def(FnType)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$environment attr-dict `:` type($result)"


@irdl_op_definition
class CapturedOp(LazySyntaxOp):
    """The captured value that begins at a word; what has leaves has a word for each."""

    name = "qz.captured"
    environment = operand_def(EnvType)
    index = prop_def(SMALL_INT)
    result = result_def()
    traits = traits_def(MemoryReadEffect())
    SYNTAX: ClassVar = "$environment `[` $index `]` attr-dict `:` type($result)"

    def verify_(self) -> None:
        require(self.index.value.data >= 0, "the index of a captured value is not negative")


OPS = (
    LambdaOp,
    FnRefOp,
    ClosureOp,
    CallFnOp,
    CodeOfOp,
    CallCodeOp,
    EnvironmentOp,
    ClosureOfOp,
    CapturedOp,
)

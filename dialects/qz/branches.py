"""Structured branching: a flat multi-way if, and the short-circuit operators."""

from collections.abc import Sequence
from typing import ClassVar

from xdsl.ir import Attribute, Region
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    result_def,
    traits_def,
    var_region_def,
    var_result_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import RecursiveMemoryEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.checks import check_arguments, check_types, last_op, require
from dialects.qz.terminators import YieldOp
from dialects.qz.types import i1


def check_yields(region: Region, expected: Sequence[Attribute]) -> None:
    """Checks that a region takes no argument and, where it ends normally, yields values of these types."""
    check_arguments(region, ())
    end = last_op(region)
    if isinstance(end, YieldOp):
        check_types("yielded values", end.values.types, expected)


@irdl_op_definition
class IfOp(IRDLOperation):
    """`if/elsif/else`, flat however long the chain is.

    The regions are: the first arm, then (condition, arm) for every further arm, then the else arm if there is
    one. A condition region yields one i1. Arms yield the results. So an odd number of regions means no else.
    """

    name = "qz.if"
    condition = operand_def(i1)
    outputs = var_result_def()
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())

    @property
    def has_else(self) -> bool:
        """Whether the last region is an else arm."""
        return len(self.regions) % 2 == 0

    @property
    def n_arms(self) -> int:
        """The number of arms with a condition."""
        return (len(self.regions) + 1) // 2

    @property
    def else_region(self) -> Region | None:
        """The else arm, if there is one."""
        return self.regions[-1] if self.has_else else None

    @property
    def further_arms(self) -> list[tuple[Region, Region]]:
        """The (condition, arm) pairs after the first arm."""
        end = 2 * self.n_arms - 1
        return list(zip(self.regions[1:end:2], self.regions[2:end:2], strict=True))

    def verify_(self) -> None:
        require(bool(self.regions), "an if has at least one arm")
        require(self.has_else or not self.outputs, "an if with results has an else arm")
        results = self.outputs.types
        check_yields(self.regions[0], results)
        for condition, arm in self.further_arms:
            check_yields(condition, (i1,))
            check_yields(arm, results)
        if self.else_region is not None:
            check_yields(self.else_region, results)

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_ssa_value(self.condition)
        if self.outputs:
            printer.print_string(" -> ")
            printer.print_list(self.outputs.types, printer.print_attribute)
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.regions[0])
        for condition, arm in self.further_arms:
            printer.print_string(" elif ")
            printer.print_region(condition)
            printer.print_string(" then ")
            printer.print_region(arm)
        if self.else_region is not None:
            printer.print_string(" else ")
            printer.print_region(self.else_region)

    @classmethod
    def parse(cls, parser: Parser) -> "IfOp":
        condition = parser.resolve_operand(parser.parse_unresolved_operand(), i1)
        types: list[Attribute] = []
        if parser.parse_optional_punctuation("->"):
            types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        attributes = parser.parse_optional_attr_dict_with_keyword()
        parts = [parser.parse_region()]
        while parser.parse_optional_keyword("elif"):
            parts.append(parser.parse_region())
            parser.parse_keyword("then")
            parts.append(parser.parse_region())
        if parser.parse_optional_keyword("else"):
            parts.append(parser.parse_region())
        return cls.create(
            operands=[condition],
            result_types=types,
            regions=parts,
            attributes=attributes.data if attributes else {},
        )


class _ShortCircuitOp(LazySyntaxOp):
    """Evaluates its regions in order until one decides; each yields an i1."""

    result = result_def(i1)
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "attr-dict-with-keyword $parts"

    def verify_(self) -> None:
        require(len(self.regions) >= 2, "a short-circuit operator has at least two operands")
        for region in self.regions:
            check_yields(region, (i1,))


@irdl_op_definition
class AllOp(_ShortCircuitOp):
    """`a and b and c`: true if every region yields true."""

    name = "qz.all"


@irdl_op_definition
class AnyOp(_ShortCircuitOp):
    """`a or b or c`: true if some region yields true."""

    name = "qz.any"


OPS = (IfOp, AllOp, AnyOp)

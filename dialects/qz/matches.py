"""Multi-way branching: the switch on a number, and the match, which decides first and then enters an arm."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, cast

from xdsl.dialects.builtin import DenseArrayBase, IntegerType, i64
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Block, Operation, Region
from xdsl.irdl import (
    IRDLOperation,
    irdl_op_definition,
    operand_def,
    prop_def,
    result_def,
    successor_def,
    traits_def,
    var_operand_def,
    var_region_def,
    var_result_def,
    var_successor_def,
)
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.traits import IsTerminator, MemoryWriteEffect, NoMemoryEffect, Pure, RecursiveMemoryEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.branches import check_yields
from dialects.qz.checks import check_arguments, check_types, last_op, require
from dialects.qz.terminators import YieldOp
from dialects.qz.types import CharType, is_int, si64

_MAX_SHARED = 1024


def numbers(values: Sequence[int]) -> DenseArrayBase:
    """A list of numbers as a property; those of 64 unsigned bits are their signed twins."""
    return _shared_numbers(tuple(values))


@lru_cache(_MAX_SHARED)
def _shared_numbers(values: tuple[int, ...]) -> DenseArrayBase:
    return DenseArrayBase.from_list(i64, [v if v < 1 << 63 else v - (1 << 64) for v in values])


def listed(array: DenseArrayBase) -> list[int]:
    """The numbers again."""
    return list(cast("DenseArrayBase[IntegerType]", array).get_values())


def check_cases(type_: Attribute, values: Sequence[int], counts: Sequence[int]) -> None:
    """Checks what a switch switches on, and that it names each number once."""
    require(is_int(type_) or isinstance(type_, CharType), f"expected an integer type, found {type_}")
    require(len(set(values)) == len(values), "a switch names each number once")
    require(sum(counts) == len(values) and 0 not in counts, "each case of a switch has its numbers")


@irdl_op_definition
class SwitchOp(IRDLOperation):
    """Runs the region of the case that names the number, else the default.

    `values` are the numbers of all cases, one case after the other, and `counts` says how many each has.
    Without a default, the number is known to be one of those named.
    """

    name = "qz.switch"
    value = operand_def()
    values = prop_def(DenseArrayBase)
    counts = prop_def(DenseArrayBase)
    outputs = var_result_def()
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())

    @property
    def cases(self) -> list[tuple[list[int], Region]]:
        """The numbers and the region of each case."""
        values = listed(self.values)
        found: list[tuple[list[int], Region]] = []
        first = 0
        for count, region in zip(listed(self.counts), self.regions, strict=False):
            found.append((values[first : first + count], region))
            first += count
        return found

    @property
    def default_region(self) -> Region | None:
        """The region for all other numbers, if there is one."""
        return self.regions[-1] if len(self.regions) > len(self.counts) else None

    def verify_(self) -> None:
        counts = listed(self.counts)
        check_cases(self.value.type, listed(self.values), counts)
        require(len(self.regions) in (len(counts), len(counts) + 1), "a case has one region")
        require(bool(self.regions), "a switch has at least one region")
        for region in self.regions:
            check_yields(region, self.outputs.types)

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_ssa_value(self.value)
        printer.print_string(" : ")
        printer.print_attribute(self.value.type)
        if self.outputs:
            printer.print_string(" -> ")
            printer.print_list(self.outputs.types, printer.print_attribute)
        printer.print_op_attributes(self.attributes, print_keyword=True)
        for values, region in self.cases:
            printer.print_string(f" case {', '.join(map(str, values))} ")
            printer.print_region(region)
        if self.default_region is not None:
            printer.print_string(" default ")
            printer.print_region(self.default_region)

    @classmethod
    def parse(cls, parser: Parser) -> "SwitchOp":
        operand = parser.parse_unresolved_operand()
        parser.parse_punctuation(":")
        value = parser.resolve_operand(operand, parser.parse_type())
        types: list[Attribute] = []
        if parser.parse_optional_punctuation("->"):
            types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        attributes = parser.parse_optional_attr_dict_with_keyword()
        values: list[int] = []
        counts: list[int] = []
        parts: list[Region] = []
        while parser.parse_optional_keyword("case"):
            of_case = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_integer)
            values += of_case
            counts.append(len(of_case))
            parts.append(parser.parse_region())
        if parser.parse_optional_keyword("default"):
            parts.append(parser.parse_region())
        return cls.create(
            operands=[value],
            result_types=types,
            regions=parts,
            properties={"values": numbers(values), "counts": numbers(counts)},
            attributes=attributes.data if attributes else {},
        )


@irdl_op_definition
class SwitchBrOp(IRDLOperation):
    """Ends a block: goes to the block of the number, else to the default. What `to_cfg` makes of a switch."""

    name = "qz.switch_br"
    value = operand_def()
    values = prop_def(DenseArrayBase)
    default_block = successor_def()
    case_blocks = var_successor_def()
    traits = traits_def(IsTerminator(), NoMemoryEffect())

    def verify_(self) -> None:
        values = listed(self.values)
        check_cases(self.value.type, values, [1] * len(values))
        require(len(values) == len(self.case_blocks), "a number has one block")
        for block in self.successors:
            require(not block.args, "a block that a switch goes to has no arguments")

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_ssa_value(self.value)
        printer.print_string(" : ")
        printer.print_attribute(self.value.type)
        printer.print_op_attributes(self.attributes, print_keyword=True)
        for value, block in zip(listed(self.values), self.case_blocks, strict=True):
            printer.print_string(f" case {value} ")
            printer.print_block_name(block)
        printer.print_string(" default ")
        printer.print_block_name(self.default_block)

    @classmethod
    def parse(cls, parser: Parser) -> "SwitchBrOp":
        operand = parser.parse_unresolved_operand()
        parser.parse_punctuation(":")
        value = parser.resolve_operand(operand, parser.parse_type())
        attributes = parser.parse_optional_attr_dict_with_keyword()
        values: list[int] = []
        blocks: list[Block] = []
        while parser.parse_optional_keyword("case"):
            values.append(parser.parse_integer())
            blocks.append(parser.parse_successor())
        parser.parse_keyword("default")
        return cls.create(
            operands=[value],
            successors=[parser.parse_successor(), *blocks],
            properties={"values": numbers(values)},
            attributes=attributes.data if attributes else {},
        )


def enclosing_match(op: Operation) -> "tuple[MatchOp, int] | None":
    """The innermost match around an operation, and the number of its region that holds the operation."""
    region = op.parent_region()
    while region is not None:
        parent = region.parent
        if parent is None or isinstance(parent, FuncOp):
            return None
        if isinstance(parent, MatchOp):
            return parent, parent.regions.index(region)
        region = parent.parent_region()
    return None


@irdl_op_definition
class ApartOp(LazySyntaxOp):
    """Keeps its block a block of its own down to machine code, and is nothing there."""

    name = "qz.apart"
    traits = traits_def(MemoryWriteEffect())
    SYNTAX: ClassVar = "attr-dict"


@irdl_op_definition
class UnknownOp(LazySyntaxOp):
    """The same number; LLVM does not know where it comes from."""

    name = "qz.unknown"
    number = operand_def(si64)
    result = result_def(si64)
    traits = traits_def(Pure())
    SYNTAX: ClassVar = "$number attr-dict"


@irdl_op_definition
class MatchOp(IRDLOperation):
    """Runs the first region, which takes one of the others: an arm, or a decision that several ways lead to.

    The decision ends on every way in a `qz.take`, which hands the arm its arguments. An arm yields the
    results of the match; one that is a decision in turn takes an arm behind it.
    """

    name = "qz.match"
    outputs = var_result_def()
    parts = var_region_def()
    traits = traits_def(RecursiveMemoryEffect())

    @property
    def arms(self) -> Sequence[Region]:
        """All regions but the first."""
        return self.regions[1:]

    def verify_(self) -> None:
        require(bool(self.regions), "a match has a decision")
        decision = self.regions[0]
        check_arguments(decision, ())
        require(not isinstance(last_op(decision), YieldOp), "a decision takes an arm, it does not yield")
        for arm in self.arms:
            end = last_op(arm)
            if isinstance(end, YieldOp):
                check_types("yielded values", end.values.types, self.outputs.types)

    def print(self, printer: Printer) -> None:
        if self.outputs:
            printer.print_string(" -> ")
            printer.print_list(self.outputs.types, printer.print_attribute)
        printer.print_op_attributes(self.attributes, print_keyword=True)
        printer.print_string(" ")
        printer.print_region(self.regions[0])
        for arm in self.arms:
            printer.print_string(" arm ")
            printer.print_region(arm)

    @classmethod
    def parse(cls, parser: Parser) -> "MatchOp":
        types: list[Attribute] = []
        if parser.parse_optional_punctuation("->"):
            types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        attributes = parser.parse_optional_attr_dict_with_keyword()
        parts = [parser.parse_region()]
        while parser.parse_optional_keyword("arm"):
            parts.append(parser.parse_region())
        return cls.create(result_types=types, regions=parts, attributes=attributes.data if attributes else {})


@irdl_op_definition
class TakeOp(LazySyntaxOp):
    """Enters an arm of the enclosing match, counted from 0, with the arguments it has."""

    name = "qz.take"
    arm = prop_def(SMALL_INT)
    values = var_operand_def()
    traits = traits_def(IsTerminator(), NoMemoryEffect())
    SYNTAX: ClassVar = "$arm attr-dict ($values^ `:` type($values))?"

    def verify_(self) -> None:
        found = enclosing_match(self)
        require(found is not None, "a take stands in a match")
        assert found is not None
        match, region = found
        arm = self.arm.value.data
        require(0 <= arm < len(match.arms), f"the match has {len(match.arms)} arms")
        require(arm >= region, "a take leads to an arm behind it")
        check_types("arguments of the arm", self.values.types, match.arms[arm].block.arg_types)


OPS = (SwitchOp, SwitchBrOp, ApartOp, UnknownOp, MatchOp, TakeOp)

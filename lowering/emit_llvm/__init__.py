"""Prints the stage `llvm` as LLVM IR text.

Values are numbered in the order of the text, constants stand where they are used, and block arguments
become phis. The text names everything it needs from its unit (see `FunctionText`), and is written for the
reader in LLVM: plain numbers parse twice as fast as names.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Mapping
from typing import cast

from xdsl.dialects import llvm
from xdsl.dialects.builtin import ModuleOp, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, Block, Operation

from lowering.abi.layout import NAME_ALIGNMENT, name_prefix
from lowering.dispatch import UnsupportedOpError
from lowering.emit_llvm import arithmetic, control, memory
from lowering.emit_llvm.attribute_groups import DEFINITION
from lowering.emit_llvm.call_sites import weighed
from lowering.emit_llvm.constants import FOLDS
from lowering.emit_llvm.context import Format, Printed, TextContext, alias_text
from lowering.emit_llvm.debug_info import DebugInfo
from lowering.emit_llvm.declarations import declaration_text, passthrough
from lowering.emit_llvm.function_text import FunctionText
from lowering.emit_llvm.symbols import escape, is_quartz_symbol, symbol
from lowering.emit_llvm.unit import UnitBuilder
from lowering.options import LoweringOptions
from lowering.to_llvm.functions import written_alignment, written_section

FORMATS: dict[type[Operation], Format] = {**arithmetic.FORMATS, **memory.FORMATS, **control.FORMATS}
TERMINATOR_FORMATS = control.TERMINATOR_FORMATS

_IMPLIED = frozenset(("nounwind", "uwtable"))


class FunctionPrinter:
    """Prints one function."""

    def __init__(self, function: llvm.FuncOp, symbols: Mapping[str, Operation], debug: DebugInfo | None):
        self.function = function
        self.symbols = symbols
        self.debug = debug
        self.context = TextContext()
        self.labels: dict[int, str] = {}
        self.folded: set[int] = set()
        self.lines: list[str] = []

    def text(self) -> str:
        """The whole definition."""
        entry = self.function.body.blocks.first
        assert entry is not None
        self._number(entry)
        arguments = cast("tuple[Printed, ...]", entry.args)
        parameters = ", ".join([self.context.argument(argument) for argument in arguments])
        self.lines.append(self._head(parameters))
        self._print_blocks(entry)
        self.lines.append("}\n")
        return "\n".join(self.lines)

    def _number(self, entry: Block) -> None:
        """Gives every block a label and every value a number or the text of a constant."""
        labels, context, folded = self.labels, self.context, self.folded
        next_number = 0
        block: Block | None = entry
        while block is not None:
            labels[id(block)] = f"b{len(labels)}"
            for argument in cast("tuple[Printed, ...]", block._args):
                argument.text = f"%{next_number}"
                next_number += 1
            op = block._first_op
            while op is not None:
                fold = FOLDS.get(type(op))
                if op.results:
                    (result,) = cast("tuple[Printed, ...]", op.results)
                    text = None
                    if fold is not None:
                        operands = cast("tuple[Printed, ...]", op._operands)
                        text = fold(context, operands, op.properties, result._type)
                    if text is not None:
                        folded.add(id(op))
                        result.text = text
                    else:
                        result.text = f"%{next_number}"
                        next_number += 1
                op = op._next_op
            block = block._next_block

    def _print_blocks(self, entry: Block) -> None:
        lines, labels, folded, context = self.lines, self.labels, self.folded, self.context
        block: Block | None = entry
        while block is not None:
            lines.append(f"{labels[id(block)]}:")
            if block._args and block is not entry:
                self._print_phis(block)
            op = block._first_op
            while op is not None:
                properties = op.properties
                for name in ("callee", "global_name"):
                    if name in properties:
                        self._refer(properties[name])
                if id(op) not in folded:
                    operands = cast("tuple[Printed, ...]", op._operands)
                    op_class = type(op)
                    form = FORMATS.get(op_class)
                    if form is not None:
                        if op.results:
                            (result,) = cast("tuple[Printed, ...]", op.results)
                            line = f"  {result.text} = {form(context, operands, properties, result._type)}"
                        else:
                            line = f"  {form(context, operands, properties, None)}"
                        if op.attributes:
                            line += alias_text(op.attributes)
                    elif op_class in TERMINATOR_FORMATS:
                        names = [labels[id(successor)] for successor in op._successors]
                        line = f"  {TERMINATOR_FORMATS[op_class](context, operands, properties, names)}"
                    else:
                        raise UnsupportedOpError("emit_llvm", op)
                    lines.append(line)
                    if self.debug is not None:
                        self.debug.annotate(lines, op)
                op = op._next_op
            block = block._next_block

    def _print_phis(self, block: Block) -> None:
        """A phi for each argument, with the operand that each branch to the block hands over."""
        incoming: list[tuple[str, Operation, int]] = []
        use = block.first_use
        while use is not None:
            branch = use._operation
            source = branch.parent
            assert source is not None
            first = 0 if type(branch) is llvm.BrOp else 1
            for earlier in branch._successors[: use._index]:
                first += len(earlier._args)
            incoming.append((self.labels[id(source)], branch, first))
            use = use._next_use
        incoming.reverse()
        for position, argument in enumerate(cast("tuple[Printed, ...]", block._args)):
            sources: list[str] = []
            for label, branch, first in incoming:
                operands = cast("tuple[Printed, ...]", branch._operands)
                sources.append(f"[ {operands[first + position].text}, %{label} ]")
            type_ = self.context.type_text(argument._type)
            self.lines.append(f"  {argument.text} = phi {type_} {', '.join(sources)}")

    def _head(self, parameters: str) -> str:
        function = self.function
        display = function.attributes.get("display_name")
        name = function.sym_name.data
        return function_head(
            name,
            display.data if isinstance(display, StringAttr) else name,
            control.convention_text(function.CConv) + self.context.type_text(function.function_type.output),
            parameters,
            _visibility(name, function.linkage.linkage.data),
            [attribute for attribute in passthrough(function) if attribute not in _IMPLIED],
            "" if self.debug is None else f" !dbg {self.debug.scope}",
            written_alignment(function.attributes),
            written_section(function.attributes),
        )

    def _refer(self, reference: Attribute) -> None:
        """Notes that the function refers to a symbol, so that its unit declares it."""
        assert isinstance(reference, SymbolRefAttr)
        name = reference.root_reference.data
        text = declaration_text(self.symbols[name])
        if isinstance(text, bytes):
            self.context.strings[name] = text
        else:
            self.context.declarations[name] = text


def _visibility(name: str, linkage: str) -> str:
    """Who finds a function: its unit, the program, or C, to which a symbol without a `$` belongs."""
    if linkage == "external":
        return "hidden" if is_quartz_symbol(name) else "dso_local"
    return linkage


def function_head(
    name: str,
    display_name: str,
    result: str,
    parameters: str,
    visibility: str,
    attributes: list[str],
    location: str = "",
    alignment: int = NAME_ALIGNMENT,
    section: str = "",
) -> str:
    """The first line of a definition, with the name that a backtrace shows in front of the code."""
    image = name_prefix(display_name, alignment)
    marks = "".join([f" {attribute}" for attribute in attributes])
    place = f' section "{section}"' if section else ""
    return (
        f"define {visibility} {result} {symbol(name)}({parameters}){marks} {DEFINITION}"
        f'{place} align {alignment} prefix [{len(image)} x i8] c"{escape(image)}"{location} {{'
    )


def emit_functions(module: ModuleOp, options: LoweringOptions) -> list[FunctionText]:
    """The text of every function that a module defines."""
    symbols: dict[str, Operation] = {}
    functions: list[llvm.FuncOp] = []
    for op in module.ops:
        if isinstance(op, llvm.FuncOp):
            symbols[op.sym_name.data] = op
            if op.body.blocks.first is not None:
                functions.append(op)
        elif isinstance(op, llvm.GlobalOp):
            symbols[op.sym_name.data] = op
    return [emit_function(function, symbols, options) for function in functions]


def emit_function(
    function: llvm.FuncOp, symbols: Mapping[str, Operation], options: LoweringOptions
) -> FunctionText:
    """The text of one function; `symbols` holds the module's functions and data by name."""
    debug = DebugInfo(function, options.directory) if options.debug else None
    printer = FunctionPrinter(function, symbols, debug)
    text = printer.text()
    if options.weighs_calls:
        text = weighed(text)
    name = function.sym_name.data
    context = printer.context
    nodes = () if debug is None else tuple(debug.nodes)
    return FunctionText(name, text, context.declarations, context.strings, nodes, (name,))


__all__ = [
    "FORMATS",
    "TERMINATOR_FORMATS",
    "FunctionText",
    "UnitBuilder",
    "emit_function",
    "emit_functions",
    "function_head",
]

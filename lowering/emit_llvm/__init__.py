"""Prints the stage `llvm` as LLVM IR text.

Values are numbered in the order of the text, constants stand where they are used, and block arguments
become phis. The text names everything it needs from its unit (see `FunctionText`), and is written for the
reader in LLVM: plain numbers parse twice as fast as names.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.ir import Block, Operation

from lowering.dispatch import Table, UnsupportedOpError
from lowering.emit_llvm import arithmetic, control, memory
from lowering.emit_llvm.attribute_groups import DEFINITION
from lowering.emit_llvm.constants import FOLDS
from lowering.emit_llvm.debug_info import DebugInfo
from lowering.emit_llvm.declarations import passthrough
from lowering.emit_llvm.emitter import Emitter
from lowering.emit_llvm.function_text import FunctionText
from lowering.emit_llvm.symbols import escape, symbol
from lowering.emit_llvm.unit import UnitBuilder
from lowering.layout import NAME_ALIGNMENT, name_prefix
from lowering.options import LoweringOptions

TABLE: Table[Emitter] = Table({**arithmetic.TABLE, **memory.TABLE, **control.TABLE})

_IMPLIED = frozenset(("nounwind", "uwtable"))


def _number(e: Emitter, entry: Block) -> None:
    """Gives every block a label and every value a number or the text of a constant."""
    names, labels, folds = e.names, e.labels, FOLDS
    next_number = 0
    block: Block | None = entry
    while block is not None:
        labels[id(block)] = f"b{len(labels)}"
        for argument in block._args:
            names[id(argument)] = f"%{next_number}"
            next_number += 1
        op = block._first_op
        while op is not None:
            fold = folds.get(type(op))
            text = fold(e, op) if fold is not None else None
            if text is not None:
                names[id(op.results[0])] = text
            else:
                for result in op.results:
                    names[id(result)] = f"%{next_number}"
                    next_number += 1
            op = op._next_op
        block = block._next_block


def _emit_phis(e: Emitter, block: Block) -> None:
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
        incoming.append((e.labels[id(source)], branch, first))
        use = use._next_use
    incoming.reverse()
    names = e.names
    for position, argument in enumerate(block._args):
        sources = ", ".join(
            [
                f"[ {names[id(branch._operands[first + position])]}, %{label} ]"
                for label, branch, first in incoming
            ]
        )
        e.lines.append(f"  {names[id(argument)]} = phi {e.type_of(argument)} {sources}")


def _emit_blocks(e: Emitter, entry: Block, debug: DebugInfo | None) -> None:
    lines, table, folds = e.lines, TABLE, FOLDS
    block: Block | None = entry
    while block is not None:
        lines.append(f"{e.labels[id(block)]}:")
        if block._args and block is not entry:
            _emit_phis(e, block)
        op = block._first_op
        while op is not None:
            emit = table.get(type(op))
            if emit is not None:
                if type(op) not in folds or e.names[id(op.results[0])][0] == "%":
                    emit(e, op)
                    if debug is not None:
                        debug.annotate(lines, op)
            elif type(op) not in folds:
                raise UnsupportedOpError("emit_llvm", op)
            op = op._next_op
        block = block._next_block


def _head(e: Emitter, function: llvm.FuncOp, debug: DebugInfo | None) -> str:
    signature = function.function_type
    block = function.body.blocks.first
    assert block is not None
    parameters = ", ".join([e.typed(argument) for argument in block._args])
    linkage = function.linkage.linkage.data
    visibility = "internal" if linkage == "internal" else "hidden"
    attributes = "".join([f" {name}" for name in passthrough(function) if name not in _IMPLIED])
    result = e.type_text(signature.output)
    name = function.sym_name.data
    display = function.attributes.get("display_name")
    image = name_prefix(display.data if isinstance(display, StringAttr) else name)
    location = "" if debug is None else f" !dbg {debug.scope}"
    return (
        f"define {visibility} {result} {symbol(name)}({parameters}){attributes} {DEFINITION}"
        f' align {NAME_ALIGNMENT} prefix [{len(image)} x i8] c"{escape(image)}"{location} {{'
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
    function: llvm.FuncOp, symbols: dict[str, Operation], options: LoweringOptions
) -> FunctionText:
    """The text of one function; `symbols` holds the module's functions and data by name."""
    entry = function.body.blocks.first
    assert entry is not None
    e = Emitter(symbols)
    debug = DebugInfo(function, options.directory) if options.debug else None
    _number(e, entry)
    e.lines.append(_head(e, function, debug))
    _emit_blocks(e, entry, debug)
    e.lines.append("}\n")
    name = function.sym_name.data
    return FunctionText(
        name,
        "\n".join(e.lines),
        e.declarations,
        e.strings,
        () if debug is None else tuple(debug.nodes),
        (name,),
    )


__all__ = ["FunctionText", "UnitBuilder", "emit_function", "emit_functions"]

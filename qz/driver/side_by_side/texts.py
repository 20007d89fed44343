"""Texts of stages with the line of the source that each of their lines comes from, 0 where none is known."""

import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import NamedTuple

from xdsl.dialects.builtin import FileLineColLoc, ModuleOp
from xdsl.ir import Operation
from xdsl.printer import Printer

_NODE = re.compile(r" *[A-Z_]+ @(\d+)")
_DEFINITION = re.compile(r'^define .*?@("[^"]*"|[\w.$]+)\(')
_LOCATION = re.compile(r"^!(\d+) = (?:distinct )?!DILocation\(line: (\d+)(?:.*inlinedAt: !(\d+))?")
_DEBUG_USE = re.compile(r", !dbg !(\d+)")
_LABEL = re.compile(r'^("[^"]*"|[\w.$]+):')
_LINE_DIRECTIVE = re.compile(r"^\s*\.loc\s+(\d+) (\d+)")
_FILE_DIRECTIVE = re.compile(r'^\s*\.file\s+(\d+) (?:"[^"]*" )?"([^"]*)"')
_IS_DIRECTIVE = re.compile(r"^\s*\.(?!long|quad|byte|short|zero|asciz?|string)")
_IS_LOCAL_LABEL = re.compile(r"^\.L(?:tmp|func_begin|func_end|sec_end)")


class StageText(NamedTuple):
    """A function at a stage: its lines, the lines of the source behind them, and how many nodes, operations
    or instructions there are. ``n_bytes`` is what it takes in memory, ``microseconds`` what making it took;
    both are 0 where that is not known."""

    lines: list[str]
    sources: list[int]
    n_parts: int
    n_bytes: int = 0
    microseconds: int = 0


def text_of_tree(lines: list[str], line_of_token: Callable[[int], int], n_bytes_of_node: int) -> StageText:
    """A dump of nodes, each of which names its token."""
    nodes = [_NODE.match(line) for line in lines]
    sources = [line_of_token(int(node[1])) if node else 0 for node in nodes]
    n_nodes = sum(not line.startswith(";") for line in lines)
    return StageText(lines, sources, n_nodes, n_nodes * n_bytes_of_node)


class _LocatedPrinter(Printer):
    """Remembers from which line of the source what stands in each line came."""

    def __init__(self, stream: StringIO, path: str) -> None:
        super().__init__(stream)
        self.sources: dict[int, int] = {}
        self.n_ops = 0
        self._path = path

    def print_op(self, op: Operation) -> None:
        self.n_ops += 1
        location = op.location
        if isinstance(location, FileLineColLoc) and location.filename.data == self._path:
            self.sources.setdefault(self._current_line, location.line.data)
        super().print_op(op)


def text_of_module(module: ModuleOp, path: str, n_bytes: int) -> StageText:
    """A module of operations as MLIR prints it; ``path`` is the file of its function."""
    stream = StringIO()
    printer = _LocatedPrinter(stream, path)
    printer.print_op(module)
    lines = stream.getvalue().splitlines()
    sources = [printer.sources.get(number, 0) for number in range(len(lines))]
    return StageText(lines, sources, printer.n_ops, n_bytes)


def texts_of_llvm(text: str) -> Iterator[tuple[str, StageText]]:
    """The functions that a module of LLVM's defines, by symbol; lines are known where there is debug
    information."""
    lines = text.splitlines()
    locations = {found[1]: found for line in lines if (found := _LOCATION.match(line))}
    line_of_node = {number: _line_outside(locations, number) for number in locations}
    symbol, body = "", list[str]()
    for line in lines:
        if found := _DEFINITION.match(line):
            symbol, body = found[1].strip('"'), []
        if symbol:
            body.append(line)
        if line == "}" and symbol:
            yield symbol, _text_of_definition(body, line_of_node)
            symbol = ""


def _line_outside(locations: dict[str, re.Match[str]], number: str) -> int:
    """The line of a location; of what was inlined, the line of the call."""
    found = locations[number]
    while found[3] in locations:
        found = locations[found[3]]
    return int(found[2])


def _text_of_definition(body: list[str], line_of_node: dict[str, int]) -> StageText:
    uses = [_DEBUG_USE.search(line) for line in body]
    sources = [line_of_node.get(use[1], 0) if use else 0 for use in uses]
    lines = [_DEBUG_USE.sub("", line) for line in body]
    n_instructions = sum(line.startswith("  ") and not line.startswith("   ") for line in lines)
    return StageText(lines, sources, n_instructions)


def texts_of_assembly(text: str, symbols: dict[str, str]) -> Iterator[tuple[str, StageText]]:
    """The functions in assembly, by symbol; ``symbols`` maps those wanted to the names of their files."""
    files: dict[str, str] = {}
    symbol, number = "", 0
    lines: list[str] = []
    sources: list[int] = []
    for line in text.splitlines():
        if found := _FILE_DIRECTIVE.match(line):
            files[found[1]] = found[2]
        if (label := _LABEL.match(line)) and label[1].strip('"') in symbols:
            symbol, number, lines, sources = label[1].strip('"'), 0, [], []
        if not symbol:
            continue
        if line.startswith(".Lfunc_end"):
            yield symbol, StageText(lines, sources, sum(each.startswith("\t") for each in lines))
            symbol = ""
        elif place := _LINE_DIRECTIVE.match(line):
            number = int(place[2]) if files.get(place[1], "") == symbols[symbol] else 0
        elif not _IS_DIRECTIVE.match(line) and not _IS_LOCAL_LABEL.match(line):
            lines.append(line)
            sources.append(number if line.startswith("\t") else 0)

"""``--explain-bounds``: of every index in the program, whether it is checked, when, and why.

A place is what tells accesses apart, for that is what a panic would name. So the text that LLVM leaves says
exactly which checks are still there; which of them stand in front of a loop, or why they do not, is known in
the pass that would move them.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from xdsl.dialects.builtin import FileLineColLoc, ModuleOp
from xdsl.ir import Operation

from dialects.qz.strings import StrByteAtOp
from dialects.qz.tables import TableGetOp
from dialects.qz.vec import VecGetOp, VecSetOp
from lowering.abi.layout import packed_position
from lowering.bounds.kept_checks import why_checked
from qz.base.source import SourceFile, Span
from qz.diagnostics.sink import DiagnosticSink

Place = tuple[str, int, int]
Around = Callable[[str], AbstractContextManager[object]]

_ACCESSES = frozenset((VecGetOp, VecSetOp, StrByteAtOp, TableGetOp))
_MOVES = "version_loops"
_CONSTANT = re.compile(r"^(@\S+) = .* constant \[\d+ x i8\] c\"(.*)\"", re.MULTILINE)
_CHECK = re.compile(r'\bcall .*?@"rt\.panic\$bounds"\((.*)\)')
_SYMBOL = re.compile(r"@[\w.]+")
_POSITION = re.compile(r"\b\d{10,}\b")


def accesses(module: ModuleOp) -> Iterator[tuple[Place, Operation]]:
    """The accesses by index that a module has, and where they are."""
    for op in module.walk():
        if type(op) in _ACCESSES and isinstance(op.location, FileLineColLoc):
            location = op.location
            yield (location.filename.data, location.line.data, location.column.data), op


def _is_checked(op: Operation) -> bool:
    return "unchecked" not in op.properties


class BoundsWatch:
    """Looks at every function on its way through the passes."""

    def __init__(self) -> None:
        self._checked: dict[Place, bool] = {}
        self._moved: set[Place] = set()
        self._reasons: dict[Place, str] = {}

    def around(self, module: ModuleOp, inner: Around) -> Around:
        """What is to stand around the passes of a function: `inner`, with a look around one of them."""
        for place, op in accesses(module):
            self._checked[place] = self._checked.get(place, False) or _is_checked(op)

        @contextmanager
        def watched(name: str) -> Generator[None]:
            if name == _MOVES:
                self._reasons |= {place: why_checked(op) for place, op in accesses(module) if _is_checked(op)}
            with inner(name):
                yield
            if name == _MOVES:
                unchecked = (place for place, op in accesses(module) if not _is_checked(op))
                self._moved.update(place for place in unchecked if place in self._reasons)

        return watched

    def report(self, sink: DiagnosticSink, sources: Iterable[SourceFile], text: str) -> None:
        """Says it of every place in some files, given what LLVM made of the program."""
        by_path = {source.path: source for source in sources}
        kept = KeptChecks(text)
        wants_hints, sink.wants_hints = sink.wants_hints, True
        for place in sorted(self._checked):
            path, line, column = place
            source = by_path.get(path)
            if source is None:
                continue
            at = source.offset(line, column)
            if self._checked[place] or source.data[at : at + 1] == b"[":
                span = Span(source.file_id, at, at + 1)
                sink.report("QZ7021", span, when=self._when(place, kept))
        sink.wants_hints = wants_hints

    def _when(self, place: Place, kept: "KeptChecks") -> str:
        if not self._checked[place]:
            return "never checked: it is inside by what it is"
        if place not in kept:
            return "never checked: it cannot be outside, or nothing gets here"
        if place in self._moved:
            return "checked once, before the loop"
        why = self._reasons.get(place)
        return "checked each time" if why is None else f"checked each time: {why}"


class KeptChecks:
    """The checks that are left in LLVM's text.

    LLVM leaves out a file that is the same everywhere, and makes one call of several: then their positions
    meet in a phi, and what else is a number in a phi may be taken for one.
    """

    def __init__(self, text: str) -> None:
        self._files: dict[str, str] = dict(_CONSTANT.findall(text))
        self._places: dict[str, set[str]] = {}  # the files, as symbols, by position
        for line in text.splitlines():
            call = _CHECK.search(line)
            if call is not None:
                file = _SYMBOL.search(call[1])
                self._add(_POSITION.findall(call[1]), "" if file is None else file[0])
            elif " = phi i64 " in line:
                self._add(_POSITION.findall(line), "")

    def _add(self, positions: list[str], file: str) -> None:
        for position in positions:
            self._places.setdefault(position, set()).add(file)

    def __contains__(self, place: Place) -> bool:
        path, line, column = place
        files = self._places.get(str(packed_position(line, column)), ())
        return any(not file or path in self._files.get(file, "") for file in files)

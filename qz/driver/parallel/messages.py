"""What the compiler and the processes that make functions for it tell each other.

Ids differ from one process to the other once they have parted; names do not. So functions go by references
(`qz/sema/incremental/function_refs.py`), modules and variables by name.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.base.source import Span
from qz.diagnostics.model import Diagnostic
from qz.driver.caching.function_cache import Record
from qz.driver.made import TextKey
from qz.driver.measuring.phases import Spent
from qz.sema.incremental.function_refs import FunctionRef


class Task(NamedTuple):
    """A function to be made; for an instance also what is known of who asked for it first."""

    ref: FunctionRef
    symbol: str
    depth: int
    asked_at: Span | None


class Batch(NamedTuple):
    """Functions for a process to make. None at all means that there are no more."""

    tasks: tuple[Task, ...]


class Finished(NamedTuple):
    """A function that was made, without an error. ``image`` is its text, ``mentions`` what that declares;
    ``reads`` has those of other modules of the program whose bodies were read for it."""

    symbol: str
    text: TextKey
    image: bytes
    mentions: tuple[str, ...]
    callees: tuple[Task, ...]
    globals: tuple[tuple[str, str], ...]
    reads: tuple[FunctionRef, ...]
    is_silent: bool
    diagnostics: tuple[Diagnostic, ...]
    record: Record | None
    n_nodes: int
    n_ops: int


class Fault(NamedTuple):
    """An exception that came up: its first line, the phase and the function, and all there is to know."""

    problem: str
    phase: str
    details: str


class Answer(NamedTuple):
    """What became of a batch. Functions that are not there have to be made otherwise; after an error nothing
    is made any more."""

    finished: tuple[Finished, ...]
    has_errors: bool = False
    fault: Fault | None = None


class ImportUse(NamedTuple):
    """How an import was used: at all, and which of the names that it names."""

    used: bool
    names: frozenset[int]


class ModuleUse(NamedTuple):
    """What the bodies of a module told of it: the items that were checked, the modules whose methods are
    called, and of each import how it was used."""

    checked: frozenset[int]
    called: frozenset[str]
    imports: tuple[ImportUse, ...]


class Tally(NamedTuple):
    """What there is to say in the end. ``everywhere``: bodies on which types depend; None if one of them has
    no name."""

    modules: dict[str, ModuleUse]
    everywhere: tuple[FunctionRef, ...] | None
    spent: Spent
    trace: tuple[str, ...]
    peak_bytes: int

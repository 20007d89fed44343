"""What `Build` gets of a function that another process made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from qz.driver.caching.function_cache import Recalled, Record
from qz.driver.parallel.messages import Task

if TYPE_CHECKING:
    from qz.diagnostics.model import Diagnostic
    from qz.sema.decls import FunctionDecl


class Ready(NamedTuple):
    """A function that was made elsewhere, in terms of this process; ``asked`` has what was said of each of
    its callees."""

    recalled: Recalled
    asked: tuple[Task, ...]
    reads: set[FunctionDecl]
    is_silent: bool
    diagnostics: tuple[Diagnostic, ...]
    record: Record | None


MakeElsewhere = Callable[[list["FunctionDecl"], set[int]], dict[int, Ready]]
"""See `Crew.make_all`."""

"""What `Build` gets of a function that another process made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qz.driver.caching.function_cache import Recalled, Record

if TYPE_CHECKING:
    from qz.base.source import Span
    from qz.diagnostics.model import Diagnostic
    from qz.sema.decls import FunctionDecl


Ask: TypeAlias = "tuple[int, Span | None]"
"""How deep in instances a function was asked for, and where."""


class Ready(NamedTuple):
    """A function that was made elsewhere, in terms of this process; ``asked`` has how each of its callees was
    asked for. There are as many of them at a time as functions, so they share what is equal."""

    recalled: Recalled
    asked: tuple[Ask, ...]
    reads: frozenset[FunctionDecl]
    is_silent: bool
    diagnostics: tuple[Diagnostic, ...]
    record: Record | None


MakeElsewhere = Callable[[list["FunctionDecl"], set[int]], dict[int, Ready]]
"""See `Crew.make_all`."""

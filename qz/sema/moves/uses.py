"""What an expression's value is wanted for, as the walk over a body tells each node."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from qz.sema.decls import FunctionDecl


class Kept(NamedTuple):
    """Somebody owns it from now on; ``why`` says in words how that came about."""

    why: str
    function: FunctionDecl | None = None


class Seen(NamedTuple):
    """It is only looked at; or, ``is_needed`` or not, at most that."""

    is_needed: bool = True


class Given(NamedTuple):
    """It is an argument, and what becomes of it depends on the body of the function."""

    function: FunctionDecl
    position: int


Use: TypeAlias = Kept | Seen | Given

LOOK = Seen()
UNUSED = Seen(is_needed=False)
BOUND = Kept("bound to another name here")
STORED = Kept("stored here")
RETURNED = Kept("returned here")
TAKEN_APART = Kept("taken apart here")

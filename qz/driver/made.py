"""What is made of a function and of a variable, on its way to a unit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from qz.sema.constants.values import ConstValue
from qz.sema.decls import ConstDecl, DerivedDecl, FunctionDecl, GlobalDecl, Linking

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp


class TextKey(NamedTuple):
    """Which function's text, of which group, and a fingerprint of it."""

    group: str
    symbol: str
    digest: bytes
    size: int


class Made(NamedTuple):
    """What came of a function besides its IR: what it calls, the globals and constants that have to be there
    for it, whose bodies were read for it, and whether nothing was reported."""

    function: FunctionDecl
    callees: list[FunctionDecl]
    globals: list[ConstDecl | GlobalDecl]
    reads: set[FunctionDecl]
    is_silent: bool


class FunctionUnit(NamedTuple):
    """One function's IR on its way down, with what it calls. Whoever gets it drops it before asking for the
    next."""

    symbol: str
    display_name: str
    group: str
    module: ModuleOp
    callees: list[FunctionDecl]
    n_nodes: int
    n_ops: int
    made: Made | None = None

    def is_called(self, name: str) -> bool:
        """Whether ``name`` means it to a user: its symbol, all of it or the last part, or as it is shown."""
        return name in (self.symbol, self.display_name, self.symbol.rpartition("$")[2])


class Global(NamedTuple):
    """A module-level variable: its symbol, and what it holds when `main` begins.

    A scalar is there from the start; an aggregate is what the function ``maker`` gives. There is a word for
    each leaf of what it holds, with a symbol and a value of its own. One that is exported has as many bytes
    as it is ``wide`` in C. ``of_f32`` are the symbols of narrow floats.
    """

    symbol: str
    initial: ConstValue
    leaves: tuple[tuple[str, ConstValue], ...]
    maker: FunctionDecl | None = None
    linking: Linking | None = None
    wide: int = 8
    of_f32: frozenset[str] = frozenset()


def is_walked(function: FunctionDecl) -> bool:
    """Whether a function that something calls is to be made for the program: no C function, and nothing of
    the runtime, which is compiled apart."""
    return not function.abi and not function.module.is_runtime


_N_SHARED_GROUPS = 8


def group_of(function: FunctionDecl) -> str:
    """With what a function is compiled together: its module, or for what belongs to none, others that chance
    puts there."""
    if function.module.is_own and not isinstance(function, DerivedDecl):
        return function.module.name
    return f"~{zlib.crc32(function.symbol.encode()) % _N_SHARED_GROUPS}"

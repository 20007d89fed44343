"""Names that every module sees, of modules that are only loaded where a program mentions one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qz.sema.decls import ModuleDecl
from qz.sema.modules import Import

if TYPE_CHECKING:
    from qz.sema.program import Program

MODULES = {b"Arena": "arena", b"Pool": "arena", b"arena_scope": "arena"}
"""The modules of the library that declare the names."""


def load_on_demand(program: Program, names: Iterable[bytes]) -> None:
    """Let the prelude, which everybody sees, import what is mentioned."""
    for name in sorted(names):
        target = program.loader.bundled(MODULES[name])
        prelude = program.loader.bundled("prelude")
        if target is None or prelude is None:
            continue
        symbol = program.interner.intern(name.decode())
        decl = target.public(symbol)
        handle = ModuleDecl(prelude, 0, target.name, prelude.tokens.span(0), target=target)
        program.register(handle)
        if decl is not None:
            imported = Import(target, handle, symbol, {symbol: decl}, wildcard=False, item=0)
            prelude.imports.append(imported)
    program.has_arenas = program.loader.has_bundled("arena")
    if program.loader.has_bundled("result"):
        program.types.unit = program.library.enum("result", "Nothing").type

"""Where a name is declared that means nothing in a module: behind `private`, or where nothing imports it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from qz.base.interner import unmarked
from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import Decl
from qz.sema.loading.search_path import module_key

if TYPE_CHECKING:
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program

HIDING = b"\nprivate\n"
DECLARATION = rb"^(?:@\S+ )*(?:linear |const |packed )?(?:def|struct|enum|trait|newtype|type|macro) %s\b"
"""How a formatted file declares what others use. Constants of the library are mostly its modules' own."""
PROGRAM = re.compile(rb"^def main\b", re.MULTILINE)


class Elsewhere(NamedTuple):
    """What is said of such a name; nothing where nothing is known of it."""

    help: str = ""
    notes: tuple[Note, ...] = ()


def declared_elsewhere(program: Program, module: ModuleEnv, symbol: int) -> Elsewhere:
    """Where the program declares a name that a module mentions and does not see, or a file beside it does."""
    symbol = unmarked(symbol)
    for imported in module.imports:
        hidden = _hidden(imported.module, symbol)
        if hidden is not None:
            where = f"module `{imported.module.name}` has it behind `private`"
            return Elsewhere(notes=(Note(hidden.span, where),))
    if not (module.is_own and program.sink.suggests):
        return Elsewhere()
    name = program.interner.text(symbol)
    own = [m.name for m in program.modules.values() if m.is_own and m is not module and _gives(m, symbol)]
    found = own or list(_declaring(program, name, program.search.neighbours(module.path)))
    return Elsewhere(f"`{_importing(name, found[0])}` brings it" if len(found) == 1 else "")


def declared_in_library(program: Program, module: ModuleEnv, symbol: int) -> str:
    """How to have what the library declares under a name, where only one of its modules does. Modules that
    are there by themselves lack nothing that anybody could want."""
    name = program.interner.text(unmarked(symbol))
    there = {module_key(i.module.path) for i in module.prelude.imports} if module.prelude else set[str]()
    rest = [(path, file) for path, file in program.search.library() if module_key(file) not in there]
    found = _declaring(program, name, rest)
    return f"`{_importing(name, found[0])}` brings the library's" if len(found) == 1 else ""


def report_without(
    program: Program,
    asking: ModuleEnv,
    module: ModuleEnv,
    span: Span,
    symbol: int,
    hidden: Decl | None = None,
) -> None:
    """Report a name that is asked of a module and that it does not give: it has none, or keeps it to itself.
    ``hidden`` is what it has there, if it is not among its names."""
    name = program.interner.text(symbol)
    hidden = module.names.get(symbol) or hidden
    if hidden is not None:
        report_hidden(program, span, name, hidden)
    else:
        hint = module.help_without(asking, symbol, name)
        program.sink.report("QZ0603", span, help=hint, name=name, module=module.name)


def report_hidden(program: Program, span: Span, name: str, hidden: Decl) -> None:
    """Report a name behind `private` in another module."""
    notes = [Note(hidden.span, "declared here, after `private`")]
    program.sink.report("QZ0604", span, notes=notes, name=name, module=hidden.module.name)


def report_no_module(program: Program, asking: ModuleEnv, token: int) -> None:
    """Report a name in front of `::` that is none of a module."""
    symbol = asking.tokens.symbol(token)
    if asking.is_excused(symbol) or symbol in asking.items.foreign_names:
        return  # reported where it was read
    name = program.interner.text(symbol)
    known = [imported.handle.name for imported in asking.imports]
    hint = importing_module(program, name) or did_you_mean(name, known)
    program.sink.report("QZ0302", asking.tokens.span(token), help=hint, name=name)


def importing_module(program: Program, name: str) -> str:
    """How a module is had that is called so, where nothing is: help for `json::parse`."""
    own = [m.name for m in program.modules.values() if m.is_own and m.name.rpartition(".")[2] == name]
    library = [path for path, _ in program.search.library() if path.rpartition("/")[2] == name]
    paths = [path.replace(".", "/") for path in own] or library
    return f"write `import {paths[0]}` at the top" if len(paths) == 1 else ""


def _declaring(program: Program, name: str, files: Iterable[tuple[str, str]]) -> list[str]:
    """The files, as they would be imported, that declare a name for others; none of a program's main file."""
    wanted = name.encode()
    declaration = re.compile(DECLARATION % re.escape(wanted), re.MULTILINE)
    found: list[str] = []
    for path, file in files:
        text = (program.search.read(file) or b"").partition(HIDING)[0]
        if wanted in text and declaration.search(text) is not None and PROGRAM.search(text) is None:
            found.append(path)
    return found


def _hidden(module: ModuleEnv, symbol: int) -> Decl | None:
    """What a module declares under a name for itself only."""
    return module.names.get(symbol) if module.public(symbol) is None else None


def _gives(module: ModuleEnv, symbol: int) -> bool:
    return module.public(symbol) is not None or bool(module.public_variants(symbol))


def _importing(name: str, module: str) -> str:
    return f"import {{ {name} }} from {module.replace('.', '/')}"

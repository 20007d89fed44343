"""Imports that nothing in their module needs, and imports that are there twice.

An import is needed for a name that was looked up through it, or for a method of its module that a body calls.
Bodies that were not checked (macros, tests where they are left out) are searched for the names as words.

A module is also imported to load it, for the methods that it gives to types of others. Whoever imports the
importing module may count on them, so taking such an import out is not a sure fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.sema.decls import ImplDecl
from qz.sema.modules import Import, ModuleEnv
from qz.sema.program import Program
from qz.syntax import token_numbers as tk
from qz.syntax.nodes import NodeKind

_NAME = re.compile(r"[A-Za-z_]\w*\??")
_WITH_BODY = frozenset({NodeKind.FN, NodeKind.MACRO, NodeKind.TEST})


def lint_imports(program: Program, module: ModuleEnv) -> None:
    """The imports of a module whose every body was checked, without an error."""
    if module is module.prelude:  # what it imports is what every program has
        return
    first: dict[tuple[int, bool, bool], Import] = {}
    exporting = {decl.module for decl in program.exported}  # which are there for what C does with them
    for imported in module.imports:
        form = (id(imported.module), imported.names is None, imported.wildcard)
        earlier = first.setdefault(form, imported)
        if earlier is not imported and imported.names is None and _same_handle(earlier, imported):
            name, span = imported.handle.name, imported.handle.span
            notes = [Note(earlier.handle.span, "first imported here")]
            fix = _line_removal(module, imported)
            program.sink.report("QZ7006", span, notes=notes, help="remove this line", fix=fix, name=name)
        elif not (imported.handle.name.startswith("_") or imported.module in exporting):
            _lint_import(program, module, imported)


def _same_handle(one: Import, other: Import) -> bool:
    return one.handle.name == other.handle.name


def _lint_import(program: Program, module: ModuleEnv, imported: Import) -> None:
    words = _LazyWords(module)
    text = program.interner.text
    names: list[str] = []
    if imported.names is not None:
        names = list(dict.fromkeys(_word(text(symbol)) for symbol in imported.names))
        used = {_word(text(symbol)) for symbol in imported.used_names}
        unused = [name for name in names if name not in used and name not in words]
        if len(unused) < len(names) or imported.used:
            for name in unused:
                _report_name(program, module, imported, name)
            return
    handle = imported.handle
    given = (handle.name, *(_word(text(symbol)) for symbol in imported.module.names))
    if imported.used or imported.module in module.called or any(name in words for name in given):
        return
    only_here = _loaded_by(imported.module) - _loaded_otherwise(module)
    if only_here & module.called:
        return
    help_text = "remove this line"
    fix = _line_removal(module, imported)
    if any(map(_gives_methods_to_others, only_here)):
        help_text = f"import it `as _{handle.name}` if it is only to be loaded"
        fix = None
    name = "`, `".join(names) or handle.name
    program.sink.report("QZ7002", handle.span, help=help_text, fix=fix, name=name)


def _word(name: str) -> str:
    """A name as it is imported: a macro without its `$`, like a function."""
    return name.removeprefix("$")


def _report_name(program: Program, module: ModuleEnv, imported: Import, name: str) -> None:
    """One of several names in `import { a, b } from m`."""
    tokens = module.tokens
    brace = module.items.keyword[imported.item] + 1
    for token in range(brace + 1, tokens.partner[brace]):
        if tokens.kinds[token] != tk.IDENT or tokens.text(token) != name:
            continue
        span = tokens.span(token)
        if tokens.kinds[token + 1] == tk.COMMA:
            gap = span._replace(end=tokens.start[token + 2])
        elif tokens.kinds[token - 1] == tk.COMMA:
            gap = span._replace(start=tokens.start[token - 1])
        else:
            gap = span
        program.sink.report("QZ7002", span, help="remove it", fix=Fix(((gap, ""),)), name=name)
        return


def _line_removal(module: ModuleEnv, imported: Import) -> Fix | None:
    """The import's line, with what stands before and behind it if that is nothing but a comment."""
    source, tokens = module.source, module.tokens
    start = tokens.start[module.items.first[imported.item]]
    last = module.items.last[imported.item]
    end = tokens.start[last] + tokens.len[last]
    first_line, last_line = source.line_of(start), source.line_of(end)
    line_start = source.line_start(first_line)
    line_end = source.line_end(last_line)
    before, behind = source.data[line_start:start].strip(), source.data[end:line_end].strip()
    if before or (behind and not behind.startswith(b"#")):
        return None
    whole = Span(source.file_id, line_start, min(_next_line(source.data, line_end), len(source.data)))
    return Fix(((whole, ""),))


def _next_line(data: bytes, line_end: int) -> int:
    found = data.find(b"\n", line_end)
    return found + 1 if found >= 0 else len(data)


def _loaded_by(module: ModuleEnv) -> set[ModuleEnv]:
    """The module and everything that is loaded because of it."""
    found = {module}
    pending = [module]
    while pending:
        for imported in pending.pop().imports:
            if imported.module not in found:
                found.add(imported.module)
                pending.append(imported.module)
    return found


def _loaded_otherwise(module: ModuleEnv) -> set[ModuleEnv]:
    """What is loaded with the prelude, and with those imports that are needed for sure."""
    found: set[ModuleEnv] = set()
    if module.prelude is not None:
        found |= _loaded_by(module.prelude)
    for imported in module.imports:
        if imported.used:
            found |= _loaded_by(imported.module)
    return found


def _gives_methods_to_others(module: ModuleEnv) -> bool:
    """Whether it has an `extend` or an `impl Trait for Type`."""
    return any(
        isinstance(owner, ImplDecl) and (owner.extends or owner.trait) for owner in module.owners.values()
    )


class _LazyWords:
    """The names in the bodies of a module that were not checked; collected when first asked for."""

    def __init__(self, module: ModuleEnv) -> None:
        self._module = module
        self._words: set[str] | None = None

    def __contains__(self, name: str) -> bool:
        if self._words is None:
            self._words = set(_unchecked_words(self._module))
        return name in self._words


def _unchecked_words(module: ModuleEnv) -> Iterator[str]:
    """Names, and in macros what may be names in a string."""
    items, tokens = module.items, module.tokens
    for item in range(len(items)):
        if items.kind[item] in _WITH_BODY and item not in module.checked and item not in module.excluded:
            for token in range(items.first[item], items.last[item] + 1):
                if tokens.kinds[token] == tk.IDENT:
                    yield tokens.text(token)
                elif tokens.kinds[token] == tk.STRING and items.kind[item] == NodeKind.MACRO:
                    yield from _NAME.findall(tokens.text(token))

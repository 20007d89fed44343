"""Reading modules and following imports until nothing is new. Cycles are fine, and no body is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qz.base.source import SourceFile, Span
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean, nearest
from qz.sema.annotations.conditions import excluded_items
from qz.sema.decls import Decl, ModuleDecl
from qz.sema.loading.declaring import declare
from qz.sema.loading.elsewhere import report_hidden
from qz.sema.loading.on_demand import MODULES, load_on_demand
from qz.sema.loading.search_path import module_key
from qz.sema.loading.watched import watched_names
from qz.sema.modules import Import, ModuleEnv
from qz.syntax.classify import TokenCodes
from qz.syntax.items import ItemTable
from qz.syntax.nodes import NodeKind
from qz.syntax.outline_image import from_image, image_of
from qz.syntax.parser import parse_item, parse_module
from qz.syntax.tokens import TokenTable
from qz.syntax.views import ImportView

if TYPE_CHECKING:
    from qz.sema.program import Program

PRELUDE = "prelude"


class Outlines(Protocol):
    """Remembers images (`qz/syntax/outline_image.py`) of files of which there was nothing to report."""

    def find(self, data: bytes) -> bytes | None:
        """The image of a file with these contents."""
        ...

    def keep(self, data: bytes, image: bytes) -> None:
        """Remember an image."""
        ...


class Loader:
    """Makes modules of files, with what they declare, and puts them into the program's table."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.search = program.search
        self.outlines: Outlines | None = None
        self.needed: list[str] = []
        """Modules of the library that forms of the language in what was read need, imported or not."""
        self._names: set[str] = set()  # of modules, as symbols begin with them
        self._asked_for: set[bytes] = set()  # names of `on_demand.MODULES` that occur in the program
        self._words = TokenCodes()  # what files have in common is classified once
        self._n_followed = 0  # modules whose imports have been followed

    def load(self, path: str, data: bytes) -> ModuleEnv:
        """Load the program whose main file is ``path``, with everything it imports and the prelude."""
        stem = path.replace("\\", "/").rpartition("/")[2].removesuffix(".qz")
        main = self._read_module(path, data, self.search.module_name(path, stem))
        main.is_own = True
        self.bundled(PRELUDE)
        while self.needed:
            self.bundled(self.needed.pop())
        load_on_demand(self.program, self._asked_for)
        self.program.n_from_start = len(self.program.decls)
        self._words.clear()  # hardly a word is read from here on
        return main

    def bundled(self, name: str) -> ModuleEnv | None:
        """Load a module of the standard library by its place in ``std``, and what it imports."""
        path = self._bundled_path(name)
        key = module_key(path)
        if key not in self.program.modules:
            data = self.search.read(path)
            if data is None:
                return None
            self._read_module(path, data, self.search.module_name(path, name))
        self._follow_imports()
        return self.program.modules[key]

    def has_bundled(self, name: str) -> bool:
        """Whether a module of the standard library is part of the program."""
        return module_key(self._bundled_path(name)) in self.program.modules

    def _bundled_path(self, name: str) -> str:
        return next(self.search.candidates("", f"{self.search.std}/{name}"))

    def _follow_imports(self) -> None:
        """Read every module that is imported and not there yet; the work list is the module table itself."""
        modules = self.program.modules
        while self._n_followed < len(modules):
            for module in list(modules.values())[self._n_followed :]:
                self._n_followed += 1
                for item in range(len(module.items)):
                    if module.items.kind[item] == NodeKind.IMPORT and item not in module.excluded:
                        self._import(module, item)
        prelude = modules.get(module_key(self._bundled_path(PRELUDE)))
        for module in modules.values():
            module.prelude = prelude

    def _read_module(self, path: str, data: bytes, name: str) -> ModuleEnv:
        program = self.program
        source = program.sources.add(self.search.display_path(path), data)
        with program.phase("lex"):
            tokens, items = self._outline(source)
        module = ModuleEnv(self._unique(name), path, source, tokens, items, self.search.is_runtime(path))
        module.is_own = not self.search.is_bundled(path)
        module.excluded = excluded_items(tokens, items, program.configuration, program.arenas, program.sink)
        program.modules[module_key(path)] = module
        if module.is_own:
            program.watched |= watched_names(tokens)
            self._asked_for |= {name for name in MODULES if name in data}
        declare(program, module)
        return module

    def _unique(self, wanted: str) -> str:
        name = wanted
        n = 2
        while name in self._names:
            name = f"{wanted}.{n}"
            n += 1
        self._names.add(name)
        return name

    def _outline(self, source: SourceFile) -> tuple[TokenTable, ItemTable]:
        """The tokens and items of a file, from the last time if they are known."""
        interner, sink = self.program.interner, self.program.sink
        image = self.outlines.find(source.data) if self.outlines is not None else None
        if image is not None:
            return from_image(source, interner, image)
        n_reports = sink.n_reports
        tokens, items = parse_module(source, interner, sink, self._words)
        if self.outlines is not None and sink.n_reports == n_reports:
            self.outlines.keep(source.data, image_of(tokens, items))
        return tokens, items

    def _import(self, module: ModuleEnv, item: int) -> None:
        program = self.program
        n_errors = program.sink.n_error_reports
        with program.arenas.function("import") as arena:
            node = parse_item(module.tokens, module.items, item, arena, program.sink)
            module.lacks_names |= program.sink.n_error_reports > n_errors
            if not node or arena.kind[node] != NodeKind.IMPORT:
                return
            view = ImportView(arena, node)
            parts = [module.tokens.text(arena.token[n]) for n in view.path]
            if not parts:
                return
            first, last = arena.token[view.path[0]], arena.token[view.path[-1]]
            span = module.tokens.span(first).to(module.tokens.span(last))
            names = [arena.token[n] for n in view.names]
            alias = view.alias
            wildcard = view.wildcard
        handle_name = module.tokens.text(alias) if alias else parts[-1]
        target = self._module_at(module, "/".join(parts), span)
        if target is None:
            module.not_imported |= {program.interner.intern(handle_name), *map(module.tokens.symbol, names)}
            module.lacks_names |= not names
            return
        handle = ModuleDecl(module, item, handle_name, span, target=target)
        program.register(handle)
        named: dict[int, Decl] | None = None
        if names:
            named = {}
            for token in names:
                self._import_name(module, target, token, named)
        symbol = program.interner.intern(handle_name)
        module.imports.append(Import(target, handle, symbol, named, wildcard, item))

    def _import_name(self, module: ModuleEnv, target: ModuleEnv, token: int, named: dict[int, Decl]) -> None:
        program = self.program
        symbol = module.tokens.symbol(token)
        text = program.interner.text(symbol)
        macro_symbol = program.interner.intern(f"${text}")
        macro = target.public(macro_symbol)
        if macro is not None:
            named[macro_symbol] = macro
        found = target.public(symbol) or next(iter(target.public_variants(symbol)), None)
        if found is not None:
            named[symbol] = found
        if found is not None or macro is not None:
            return
        module.not_imported.add(symbol)
        hidden = target.names.get(symbol) or target.names.get(macro_symbol)
        if hidden is not None:
            report_hidden(program, module.tokens.span(token), text, hidden)
        else:
            hint = target.help_with_names(text)
            program.sink.excuse(nearest(text, map(program.interner.text, target.names)))
            program.sink.report("QZ0603", module.tokens.span(token), help=hint, name=text, module=target.name)

    def _deeper_in_library(self, import_path: str) -> str:
        """Help for `import file`, where the library has it in a folder."""
        name = import_path.removeprefix("std/")
        found = [path for path, _ in self.search.library() if path.endswith(f"/{name}")]
        return f"did you mean `{found[0]}`?" if len(found) == 1 else ""

    def _module_at(self, module: ModuleEnv, import_path: str, span: Span) -> ModuleEnv | None:
        path = self.search.find(module.path, import_path, self.program.modules.__contains__)
        if path is None:
            tried = [p for p in self.search.candidates(module.path, import_path) if p.endswith(".qz")]
            places = ", ".join(f"`{p}`" for p in tried[::2])
            note = Note(None, f"looked for {places}")
            hint = self.search.hint_of_folder(next(iter(self.program.modules.values())).path, import_path)
            hint = hint or self._deeper_in_library(import_path)
            hint = hint or did_you_mean(import_path, self.search.beside(module.path, import_path))
            self.program.sink.report("QZ0601", span, notes=[note], help=hint, path=import_path)
            return None
        key = module_key(path)
        if key not in self.program.modules:
            data = self.search.read(path)
            if data is None:
                return None
            self._read_module(path, data, self.search.module_name(path, import_path))
        return self.program.modules[key]

"""One module as the rest of the compiler sees it: its text, its declarations, and what its imports bring
in."""

from __future__ import annotations

from dataclasses import dataclass, field

from qz.base.interner import PLAIN
from qz.base.source import SourceFile
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import (
    Ambiguity,
    Decl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    MacroGroup,
    ModuleDecl,
    OwnerDecl,
    VariantDecl,
)
from qz.syntax.items import ItemTable
from qz.syntax.tokens import TokenTable

_FEW_NAMES = 5
"""A module with at most so many names is known by all of them."""


@dataclass(slots=True)
class Import:
    """One `import` line that was found. ``names`` is None for the plain and wildcard forms."""

    module: ModuleEnv
    handle: ModuleDecl
    symbol: int  # the handle's name
    names: dict[int, Decl] | None
    wildcard: bool
    item: int
    used: bool = False
    used_names: set[int] = field(default_factory=set[int])  # of ``names``: those that were looked up

    def variants(self, symbol: int) -> list[VariantDecl]:
        """The variants of that name that come in: of all enums, or of those that are named."""
        found = self.module.public_variants(symbol)
        if self.names is None:
            return found
        named = set(map(id, self.names.values()))
        return [v for v in found if id(v.enum) in named or id(v) in named]

    def note_use(self, variant: VariantDecl) -> None:
        """A variant came in by this line: by the name of its enum, or by its own."""
        self.used = True
        for symbol, decl in (self.names or {}).items():
            if decl is variant or decl is variant.enum:
                self.used_names.add(symbol)


@dataclass(slots=True, eq=False, repr=False)
class ModuleEnv:
    """``name`` is the module's path with dots (`ssg.doc`), the prefix of its symbols. Keys are symbol ids.

    A module ``is_own`` if it belongs to the program and not to the library: only there are lints looked for.
    """

    name: str
    path: str
    source: SourceFile
    tokens: TokenTable
    items: ItemTable
    is_runtime: bool
    is_own: bool = False
    names: dict[int, Decl] = field(default_factory=dict[int, Decl])
    variants: dict[int, list[VariantDecl]] = field(default_factory=dict[int, list[VariantDecl]])
    functions: list[FunctionDecl] = field(default_factory=list[FunctionDecl])
    tests: list[FunctionDecl] = field(default_factory=list[FunctionDecl])  # in the order of the source
    owners: dict[int, OwnerDecl] = field(default_factory=dict[int, OwnerDecl])  # by item: impl, extend, trait
    imports: list[Import] = field(default_factory=list[Import])
    excluded: frozenset[int] = frozenset()
    """Items that do not exist in this configuration; whoever goes through ``items`` leaves them out."""
    prelude: ModuleEnv | None = None
    not_imported: set[int] = field(default_factory=set[int])
    """Names that imports ask for in vain, which has been reported."""
    lacks_names: bool = False
    """Whether a module is missing of which any name could be."""
    lacks_variants: bool = False
    """Whether an enum has a variant whose name could not be read."""
    called: set[ModuleEnv] = field(default_factory=set["ModuleEnv"])  # whose methods its bodies call
    checked: set[int] = field(default_factory=set[int])  # the items whose bodies were checked
    _found: dict[int, Decl | Ambiguity | None] = field(default_factory=dict[int, "Decl | Ambiguity | None"])
    _imports_by_level: list[list[Import]] = field(default_factory=list[list[Import]])
    _everywhere: dict[int, Decl | None] = field(default_factory=dict[int, "Decl | None"])
    _variants: dict[int, list[VariantDecl]] = field(default_factory=dict[int, list[VariantDecl]])

    def __repr__(self) -> str:
        """Its name: it refers to everything that it declares and imports."""
        return f"<ModuleEnv {self.name}>"

    def is_excused(self, symbol: int) -> bool:
        """Whether it is the fault of an import, or of a variant without a name, that a name means nothing."""
        if self.lacks_names or symbol in self.not_imported:
            return True
        return self.lacks_variants and self.tokens.interner.text(symbol)[0].isupper()

    def unknown(self, name: str) -> tuple[str, str]:
        """The mistake that a name of a declaration means nothing in this module, wherever it is mentioned."""
        return self.path, name

    def lookup(self, symbol: int) -> Decl | Ambiguity | None:
        """What a bare name means in this module, scopes apart: own declarations, named, wildcard and plain
        imports, prelude; the nearest level that has the name decides."""
        if symbol in self._found:
            return self._found[symbol]
        found = self._search(symbol)
        self._found[symbol] = found
        return found

    def _search(self, symbol: int) -> Decl | Ambiguity | None:
        own = self.names.get(symbol)
        if own is not None:
            return own
        for level in self._levels():
            found = _at_level(level, symbol)
            if found is not None:
                return found
        if self.prelude is not None:
            return self.prelude.everywhere(symbol)
        return None

    def _levels(self) -> list[list[Import]]:
        """The imports in the order in which names are looked for: of names, of all names, of a module. All
        are there when the first name is looked up."""
        if not self._imports_by_level:
            named = [i for i in self.imports if i.names is not None]
            wildcard = [i for i in self.imports if i.names is None and i.wildcard]
            plain = [i for i in self.imports if i.names is None and not i.wildcard]
            self._imports_by_level += (named, wildcard, plain)
        return self._imports_by_level

    def everywhere(self, symbol: int) -> Decl | None:
        """As the prelude: what every module sees is its own declarations and what it imports by name."""
        if symbol not in self._everywhere:
            found = self.public(symbol)
            if found is None:
                named = (i.names.get(symbol) for i in self.imports if i.names is not None)
                found = next((decl for decl in named if decl is not None), None)
            self._everywhere[symbol] = found
        return self._everywhere[symbol]

    def find_variants(self, symbol: int) -> list[VariantDecl]:
        """The variants that a bare name may mean here: those of the nearest level that has any."""
        own = self.variants.get(symbol)
        if own is not None:
            return own
        if symbol not in self._variants:
            self._variants[symbol] = self._search_variants(symbol)
        return self._variants[symbol]

    def _search_variants(self, symbol: int) -> list[VariantDecl]:
        for level in self._levels():
            found: dict[int, VariantDecl] = {}
            for imported in level:
                for variant in imported.variants(symbol):
                    imported.note_use(variant)
                    found[variant.id] = variant
            if found:
                return list(found.values())
        return [] if self.prelude is None else self.prelude.public_variants(symbol)

    def public_variants(self, symbol: int) -> list[VariantDecl]:
        """The variants of that name that other modules may use."""
        return [variant for variant in self.variants.get(symbol, ()) if not variant.private]

    def help_without(self, asking: ModuleEnv, symbol: int, name: str) -> str:
        """Help for a module that asks for a name which is not here: it has it itself, or what is like it."""
        if asking.lookup(symbol) is not None:
            return f"`{name}` can be used as it is, without the module"
        return self.help_with_names(name)

    def help_with_names(self, name: str) -> str:
        """Help for a name that is not here: what is like it, or else all there is where that is little."""
        known = [decl.name for symbol, decl in self.names.items() if self.public(symbol) is not None]
        if (hint := did_you_mean(name, known)) or not 0 < len(known) <= _FEW_NAMES:
            return hint
        return "it has " + ", ".join(f"`{one}`" for one in known)

    def public(self, symbol: int) -> Decl | None:
        """The declaration of that name that other modules may use."""
        found = self.names.get(symbol & PLAIN)
        if found is None:
            return None
        if isinstance(found, FunctionGroup):
            return found if any(not f.private for f in found.functions) else None
        if isinstance(found, MacroGroup):
            return found if any(not m.private for m in found.macros) else None
        return None if found.private else found

    def import_named(self, symbol: int) -> ModuleDecl | None:
        """The imported module that is called so here (its last path part, or its alias)."""
        for imported in self.imports:
            if imported.symbol == symbol:
                imported.used = True
                return imported.handle
        return None

    def visible_names(self) -> list[Decl]:
        """Everything a bare name could have meant, nearest level first: what suggestions are drawn from."""
        found: list[Decl] = list(self.names.values())
        for imported in self.imports:
            found.extend((imported.names or imported.module.names).values())
        if self.prelude is not None:
            found.extend(self.prelude.names.values())
            for imported in self.prelude.imports:
                found.extend((imported.names or {}).values())
        for decl in list(found):
            if isinstance(decl, EnumDecl):
                found.extend(decl.names.values())
        return found


def _at_level(level: list[Import], symbol: int) -> Decl | Ambiguity | None:
    first: Decl | None = None
    for imported in level:
        found = imported.module.public(symbol) if imported.names is None else imported.names.get(symbol)
        if found is None or found is first:
            continue
        if first is not None:
            return Ambiguity(first, found)
        first = found
        imported.used = True
        imported.used_names.add(symbol)
    return first

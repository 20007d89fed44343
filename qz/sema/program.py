"""The whole program: its modules, every declaration, every type; what lives as long as the compile.

Loading is two passes over outlines, no bodies: the first reads modules and follows imports until nothing is
new (cycles are fine), the second finds which type each `impl` and `extend` is for, once every name is
known.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qz.base.arena import ArenaPool
from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage
from qz.base.source import SourceFile, SourceMap, Span
from qz.diagnostics.model import Note
from qz.diagnostics.sink import DiagnosticSink
from qz.diagnostics.suggest import did_you_mean
from qz.sema import clauses
from qz.sema.annotations.conditions import BARE, Configuration, excluded_items
from qz.sema.annotations.declared import read_declared
from qz.sema.constants.values import ConstValue, n_bytes
from qz.sema.data.enum_names import declare_enum_names
from qz.sema.decls import (
    TYPE_DECLS,
    AliasDecl,
    BinaryDecl,
    ConstDecl,
    Decl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    ImplDecl,
    MacroDecl,
    MacroGroup,
    ModuleDecl,
    NewtypeDecl,
    PackedDecl,
    Signature,
    StructDecl,
    TraitDecl,
    UnsupportedDecl,
)
from qz.sema.incremental.reads import Reads
from qz.sema.loading.on_demand import MODULES, load_on_demand
from qz.sema.loading.search_path import SearchPath, module_key
from qz.sema.loading.watched import watched_names
from qz.sema.modules import Import, ModuleEnv
from qz.sema.type_syntax.open_unions import open_union_names
from qz.sema.types import (
    ERROR,
    INT,
    N_SCALARS,
    NAMED_TYPES,
    NOMINAL,
    VOID,
    TypeId,
    TypeKind,
    TypeTable,
    render,
)
from qz.syntax import token_numbers
from qz.syntax.ast import AstArena
from qz.syntax.classify import TokenCodes
from qz.syntax.items import ItemFlag, ItemTable
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.outline_image import from_image, image_of
from qz.syntax.parser import parse_item, parse_module
from qz.syntax.tokens import TokenTable
from qz.syntax.views import AggregateView, ImportView

if TYPE_CHECKING:
    from qz.sema.body import Body
    from qz.sema.derived.derivations import Derivations
    from qz.sema.instances import Instances
    from qz.sema.methods import Methods
    from qz.sema.queries import Queries

PRELUDE = "prelude"

Interpret: TypeAlias = "Callable[[Body, int], ConstValue | None]"
"""Runs a checked expression at compile time; None where it has no value, which has been reported then."""


class Outlines(Protocol):
    """Remembers images (`qz/syntax/outline_image.py`) of files of which there was nothing to report."""

    def find(self, data: bytes) -> bytes | None:
        """The image of a file with these contents."""
        ...

    def keep(self, data: bytes, image: bytes) -> None:
        """Remember an image."""
        ...


class Program:
    """Modules by path, declarations by id, methods by receiver. Hands out what a body needs to know."""

    def __init__(
        self,
        sources: SourceMap,
        interner: Interner,
        sink: DiagnosticSink,
        search: SearchPath,
        arenas: ArenaPool[AstArena],
        make_methods: Callable[[Program], Methods],
        make_queries: Callable[[Program], Queries],
        make_instances: Callable[[Program], Instances],
        make_derivations: Callable[[Program], Derivations],
        interpret: Interpret,
        phase: Callable[[str], AbstractContextManager[object]] = nullcontext,
        is_intrinsic: Callable[[str], bool] = bool,
        configuration: Configuration = BARE,
    ) -> None:
        self.sources = sources
        self.interner = interner
        self.sink = sink
        self.search = search
        self.arenas = arenas
        self.phase = phase
        self.is_intrinsic = is_intrinsic
        self.configuration = configuration
        self.interpret = interpret
        self.reads = Reads()
        self.outlines: Outlines | None = None
        self.types = TypeTable()
        self.types.name_of_declaration = lambda decl: self.decls[decl].name
        self.types.name_of_symbol = interner.text
        self.types.order_of_type = self.order_of_type
        self.modules: dict[str, ModuleEnv] = {}
        self.decls: list[Decl] = []
        self.deprecated: dict[int, str] = {}
        """What is deprecated, by the declaration's id, and what its annotation says."""
        self.combined_traits: dict[tuple[int, ...], TraitDecl] = {}
        """What stands for `A & B` behind `dyn`, by the ids of their declarations."""
        self.derived_traits: dict[int, dict[str, Span]] = {}
        """The names in the `@derive` of a type, by its declaration's id, and where they stand."""
        self.exported: list[FunctionDecl | GlobalDecl] = []
        """What C can refer to, in the order in which it was read."""
        self.has_arenas = False  # whether the library's are part of the program
        self._asked_for: set[bytes] = set()  # names of `on_demand.MODULES` that occur in it
        self.watched: set[str] = set()
        """The names of the types that weak references are written for, outside of the library."""
        self.has_linear = False  # whether some struct is
        self.open_unions: frozenset[bytes] = frozenset()  # names that may lead to unions of type parameters
        self._symbols: dict[str, int] = {}  # how many functions asked for a symbol
        self._module_names: set[str] = set()
        self._words = TokenCodes()  # what files have in common is classified once
        self._n_followed = 0  # modules whose imports have been followed
        self.needed: list[str] = []
        """Modules of the library that forms of the language in what was read need, imported or not."""
        self._n_attached = 0  # modules whose methods are with their types
        self._type_names: Counter[str] | None = None  # of the types that were there from the start
        self._n_from_start = 0  # declarations when all that the main file imports was there
        self.methods: Methods = make_methods(self)
        self.queries: Queries = make_queries(self)
        self.instances = make_instances(self)
        self.derivations: Derivations = make_derivations(self)

    # Loading

    def load(self, path: str, data: bytes) -> ModuleEnv:
        """Load the program whose main file is ``path``, with everything it imports and the prelude."""
        stem = path.replace("\\", "/").rpartition("/")[2].removesuffix(".qz")
        main = self._read_module(path, data, self.search.module_name(path, stem))
        main.is_own = True
        self.load_bundled(PRELUDE)
        while self.needed:
            self.load_bundled(self.needed.pop())
        load_on_demand(self, self._asked_for)
        self._n_from_start = len(self.decls)
        self._words.clear()  # hardly a word is read from here on
        return main

    def load_bundled(self, name: str) -> ModuleEnv | None:
        """Load a module of the standard library by its place in ``std``, and what it imports."""
        candidates = self.search.candidates("", f"{self.search.std}/{name}")
        path = next(candidates)
        key = module_key(path)
        if key not in self.modules:
            data = self.search.read(path)
            if data is None:
                return None
            self._read_module(path, data, self.search.module_name(path, name))
        self._follow_imports()
        return self.modules[key]

    def has_bundled(self, name: str) -> bool:
        """Whether a module of the standard library is part of the program."""
        path = next(self.search.candidates("", f"{self.search.std}/{name}"))
        return module_key(path) in self.modules

    def _follow_imports(self) -> None:
        """Read every module that is imported and not there yet; the work list is the module table itself."""
        while self._n_followed < len(self.modules):
            for module in list(self.modules.values())[self._n_followed :]:
                self._n_followed += 1
                for item in range(len(module.items)):
                    if module.items.kind[item] == NodeKind.IMPORT and item not in module.excluded:
                        self._import(module, item)
        prelude_path = next(self.search.candidates("", f"{self.search.std}/{PRELUDE}"))
        prelude = self.modules.get(module_key(prelude_path))
        for module in self.modules.values():
            module.prelude = prelude

    def _read_module(self, path: str, data: bytes, name: str) -> ModuleEnv:
        unique = name
        n = 2
        while unique in self._module_names:
            unique = f"{name}.{n}"
            n += 1
        self._module_names.add(unique)
        source = self.sources.add(self.search.display_path(path), data)
        with self.phase("lex"):
            tokens, items = self._outline(source)
        module = ModuleEnv(unique, path, source, tokens, items, self.search.is_runtime(path))
        module.is_own = not self.search.is_bundled(path)
        module.excluded = excluded_items(tokens, items, self.configuration, self.arenas, self.sink)
        self.modules[module_key(path)] = module
        if module.is_own:
            self.watched |= watched_names(tokens)
            self._asked_for |= {name for name in MODULES if name in data}
        self._declare(module)
        return module

    def _outline(self, source: SourceFile) -> tuple[TokenTable, ItemTable]:
        """The tokens and items of a file, from the last time if they are known."""
        image = self.outlines.find(source.data) if self.outlines is not None else None
        if image is not None:
            return from_image(source, self.interner, image)
        n_reports = self.sink.n_reports
        tokens, items = parse_module(source, self.interner, self.sink, self._words)
        if self.outlines is not None and self.sink.n_reports == n_reports:
            self.outlines.keep(source.data, image_of(tokens, items))
        return tokens, items

    def _import(self, module: ModuleEnv, item: int) -> None:
        with self.arenas.function("import") as arena:
            node = parse_item(module.tokens, module.items, item, arena, self.sink)
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
            module.not_imported |= {self.interner.intern(handle_name), *map(module.tokens.symbol, names)}
            module.lacks_names |= not names
            return
        handle = ModuleDecl(module, item, handle_name, span, target=target)
        self.register(handle)
        named: dict[int, Decl] | None = None
        if names:
            named = {}
            for token in names:
                self._import_name(module, target, token, named)
        symbol = self.interner.intern(handle_name)
        module.imports.append(Import(target, handle, symbol, named, wildcard, item))

    def _import_name(self, module: ModuleEnv, target: ModuleEnv, token: int, named: dict[int, Decl]) -> None:
        symbol = module.tokens.symbol(token)
        text = self.interner.text(symbol)
        macro_symbol = self.interner.intern(f"${text}")
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
            note = Note(hidden.span, "declared here, after `private`")
            self.sink.report("QZ0604", module.tokens.span(token), notes=[note], name=text, module=target.name)
        else:
            hint = did_you_mean(text, [decl.name for decl in target.names.values() if not decl.private])
            self.sink.report("QZ0603", module.tokens.span(token), help=hint, name=text, module=target.name)

    def _module_at(self, module: ModuleEnv, import_path: str, span: Span) -> ModuleEnv | None:
        path = self.search.find(module.path, import_path, self.modules.__contains__)
        if path is None:
            tried = [p for p in self.search.candidates(module.path, import_path) if p.endswith(".qz")]
            places = ", ".join(f"`{p}`" for p in tried[::2])
            note = Note(None, f"looked for {places}")
            hint = self.search.hint_of_folder(next(iter(self.modules.values())).path, import_path)
            self.sink.report("QZ0601", span, notes=[note], help=hint, path=import_path)
            return None
        key = module_key(path)
        if key not in self.modules:
            data = self.search.read(path)
            if data is None:
                return None
            self._read_module(path, data, self.search.module_name(path, import_path))
        return self.modules[key]

    # Declaring

    def register(self, decl: Decl) -> None:
        """Give a declaration its id."""
        decl.id = len(self.decls)
        self.decls.append(decl)

    def declare_item(self, decl: Decl) -> None:
        """Register what an item declares, and read the annotations that whoever uses it must know of."""
        self.register(decl)
        if decl.module.items.flags[decl.item] & (ItemFlag.ANNOTATED | ItemFlag.EXTERN):
            read_declared(self, decl)

    def _declare(self, module: ModuleEnv) -> None:
        items = module.items
        for item in range(len(items)):
            kind = NodeKind(items.kind[item])
            if item in module.excluded:
                continue
            if items.parent[item] >= 0 or kind in (NodeKind.IMPORT, NodeKind.IMPL, NodeKind.EXTEND):
                continue
            token = items.name_token[item]
            name = self.interner.text(items.name[item])
            span = module.tokens.span(token)
            private = bool(items.flags[item] & ItemFlag.PRIVATE)
            match kind:
                case NodeKind.FN:
                    function = FunctionDecl(module, item, name, span, private=private)
                    self.declare_item(function)
                    module.functions.append(function)
                    self._add_to_group(module.names, items.name[item], function)
                    continue
                case NodeKind.STRUCT | NodeKind.BINARY:
                    make_struct = BinaryDecl if kind is NodeKind.BINARY else StructDecl
                    struct = make_struct(module, item, name, span, private=private)
                    decl: Decl = struct
                    self.declare_item(decl)
                    struct.is_linear = bool(items.flags[item] & ItemFlag.LINEAR)
                    self.has_linear |= struct.is_linear
                    struct.type_params = self._type_params(decl)
                    struct.type = self.types.make(TypeKind.STRUCT, decl.id, *struct.type_params)
                    if kind is NodeKind.BINARY:
                        self.needed.append("binary")
                case NodeKind.ENUM:
                    enum = EnumDecl(module, item, name, span, private=private)
                    decl = enum
                    self.declare_item(decl)
                    declare_enum_names(self, enum)
                case NodeKind.NEWTYPE | NodeKind.PACKED:
                    make_newtype = PackedDecl if kind is NodeKind.PACKED else NewtypeDecl
                    newtype = make_newtype(module, item, name, span, private=private)
                    decl = newtype
                    self.declare_item(decl)
                    newtype.type = self.types.make(TypeKind.NEWTYPE, decl.id)
                case NodeKind.TRAIT:
                    trait = TraitDecl(module, item, name, span, private=private)
                    decl = trait
                    self.declare_item(decl)
                    own = self.interner.intern("Self")
                    trait.self_type = self.types.make(TypeKind.PARAM, own, decl.id)
                case NodeKind.ALIAS:
                    decl = AliasDecl(module, item, name, span, private=private)
                    self.declare_item(decl)
                case NodeKind.CONST:
                    symbol = f"{module.name}${name}"
                    decl = ConstDecl(module, item, name, span, private=private, symbol=symbol)
                    self.declare_item(decl)
                case NodeKind.GLOBAL:
                    decl = GlobalDecl(
                        module, item, name, span, private=private, symbol=f"{module.name}${name}"
                    )
                    self.declare_item(decl)
                case NodeKind.MACRO:
                    macro = MacroDecl(module, item, f"${name}", span, private=private)
                    self.declare_item(macro)
                    self._add_macro(module, macro)
                    continue
                case NodeKind.TEST:
                    self._declare_test(module, item)
                    continue
                case NodeKind.STATIC_ASSERT:
                    continue
                case _:
                    what = "this declaration is"
                    decl = UnsupportedDecl(module, item, name, span, private=private, what=what)
                    self.declare_item(decl)
            self._add_name(module.names, items.name[item], decl)

    def _type_params(self, decl: Decl) -> tuple[TypeId, ...]:
        """The type parameters of a struct or enum; only one with a `<` behind its name is parsed for them."""
        module = decl.module
        if module.tokens.kind[module.items.name_token[decl.item] + 1] != token_numbers.LT:
            return ()
        with self.arenas.function("type parameters") as arena:
            node = parse_item(module.tokens, module.items, decl.item, arena, self.sink)
            if arena.kind[node] not in (NodeKind.STRUCT, NodeKind.ENUM):
                return ()
            found: list[TypeId] = []
            for param in AggregateView(arena, node).type_params:
                symbol = module.tokens.symbol(arena.token[param])
                found.append(self.types.make(TypeKind.PARAM, symbol, decl.id))
                if arena.kind[param] == NodeKind.CONST_PARAM:
                    written = module.tokens.text(arena.token[arena.lhs[param]])
                    self.types.constant_params[found[-1]] = NAMED_TYPES.get(written, INT)
        return tuple(found)

    def _add_name(self, names: dict[int, Decl], symbol: int, decl: Decl) -> None:
        first = names.setdefault(symbol, decl)
        if first is not decl:
            self._report_duplicate(first, decl)

    def _report_duplicate(self, first: Decl, second: Decl) -> None:
        note = Note(first.span, f"`{first.name}` is first declared here")
        self.sink.report("QZ0305", second.span, notes=[note], name=second.name)

    def _add_to_group(self, names: dict[int, Decl], symbol: int, function: FunctionDecl) -> None:
        group = names.get(symbol)
        if group is None:
            group = names[symbol] = self.new_group(function, function.name)
        if not isinstance(group, FunctionGroup):
            self._report_duplicate(group, function)
            return
        self.join(group, function)

    def _declare_test(self, module: ModuleEnv, item: int) -> None:
        """A test has no name that anybody could use: it is called by its place among the tests."""
        token = module.items.name_token[item]
        name = string_value(module.tokens, token).decode("utf-8", "replace")
        test = FunctionDecl(module, item, name, module.tokens.span(token), signature=Signature((), VOID))
        test.symbol = f"{module.name}$test.{len(module.tests) + 1}"
        self.declare_item(test)
        module.tests.append(test)

    def _add_macro(self, module: ModuleEnv, macro: MacroDecl) -> None:
        """Macros have names of their own, which begin with the `$` of their calls."""
        symbol = self.interner.intern(macro.name)
        group = module.names.get(symbol)
        if not isinstance(group, MacroGroup):
            group = MacroGroup(module, macro.item, macro.name, macro.span)
            self.register(group)
            module.names[symbol] = group
        n_params = module.items.n_params
        for other in group.macros:
            if n_params[other.item] == n_params[macro.item]:
                self._report_duplicate(other, macro)
                return
        group.macros.append(macro)

    def new_group(self, first: FunctionDecl, name: str) -> FunctionGroup:
        """An empty group that ``first`` is about to join."""
        group = FunctionGroup(first.module, first.item, name, first.span)
        self.register(group)
        return group

    def unique_symbol(self, wanted: str) -> str:
        """``wanted``, with a number behind it where another function has it: two types may share a name."""
        n = self._symbols[wanted] = self._symbols.get(wanted, 0) + 1
        return wanted if n == 1 else f"{wanted}.v{n}"

    def join(self, group: FunctionGroup, function: FunctionDecl) -> None:
        """Put an overload into its group and give it a symbol.

        The same arity again is a clause of the first one or an error.
        """
        items = function.module.items
        n_params = items.n_params[function.item]
        for other in group.functions:
            same_arity = other.module.items.n_params[other.item] == n_params
            if same_arity and self._same_place(other, function):
                if clauses.joins(self, other, function):
                    clauses.add(self, other, function)
                    return
                self._report_duplicate(other, function)
                return
        abi = items.abi[function.item]
        function.abi = abi
        prefix = group.name if function.owner >= 0 else f"{function.module.name}${function.name}"
        overload = f".{n_params}" if group.functions else ""
        function.symbol = function.name if abi == "C" else self.unique_symbol(prefix + overload)
        group.functions.append(function)

    def _same_place(self, a: FunctionDecl, b: FunctionDecl) -> bool:
        """Whether two functions of one name and arity are in each other's way: they are for the same type and
        neither belongs to a trait."""
        first, second = a.module.owners.get(a.owner), b.module.owners.get(b.owner)
        if not isinstance(first, ImplDecl) or not isinstance(second, ImplDecl):
            return first is second
        both = first.extends == second.extends and first.trait == second.trait
        same_type = first.self_type == second.self_type
        return both and (
            first is second
            or same_type
            or (first.trait > ERROR and self.types.overlap(first.self_type, second.self_type, {}))
        )

    # Methods

    def declare_methods(self) -> None:
        """Second pass: read the traits, then give the methods of every `impl` and `extend` to its type."""
        modules = list(self.modules.values())[self._n_attached :]
        self._n_attached += len(modules)
        for module in modules:
            self.methods.declare_traits(module)
        for module in modules:
            items = module.items
            for item in range(len(items)):
                if items.kind[item] in (NodeKind.IMPL, NodeKind.EXTEND) and item not in module.excluded:
                    self.methods.attach(module, item)
            self.derivations.attach(module)
        if any(module.is_own for module in modules):
            self.open_unions = open_union_names(list(self.modules.values()), self.interner)

    def type_constructor_name(self, type_id: TypeId) -> str:
        """`Vec` of `Vec<Int>`: what a method's symbol starts with."""
        kind = self.types.kinds[type_id]
        if kind in (TypeKind.VEC, TypeKind.ARRAY):
            return "Vec" if kind is TypeKind.VEC else "Array"
        if kind in NOMINAL:
            return self.decls[self.types.args[type_id][0]].name
        return self.show(type_id)

    def span_of_type(self, type_id: TypeId, module: ModuleEnv) -> Span:
        """Where a type is declared; for one that nobody declares, the beginning of a module."""
        if self.types.kinds[type_id] in NOMINAL:
            return self.decls[self.types.args[type_id][0]].span
        return module.tokens.span(0)

    def method(self, type_id: TypeId, symbol: int) -> FunctionGroup | None:
        """The methods of that name on that type (its constructor; arguments do not matter)."""
        return self.methods.find(*self.methods.key(type_id), symbol)

    def methods_of(self, type_id: TypeId) -> Iterator[str]:
        """The names of all methods of a type, for suggestions."""
        return self.methods.names(*self.methods.key(type_id))

    # Reporting and weighing

    def show(self, type_id: TypeId) -> str:
        """A finished type as a programmer writes it."""
        return render(type_id, self.types.kinds.__getitem__, self.types.args.__getitem__, self.types)

    def show_in_symbols(self, type_id: TypeId) -> str:
        """The same with names that no other type of the program has."""
        kinds, args = self.types.kinds, self.types.args
        return render(type_id, kinds.__getitem__, args.__getitem__, self.types, self._name_in_symbols)

    def _name_in_symbols(self, decl: int) -> str:
        """A type's name, with its module where another type that was there from the start has that name."""
        found = self.decls[decl]
        if self._type_names is None:
            first = self.decls[: self._n_from_start]
            types = (d for d in first if isinstance(d, TYPE_DECLS | TraitDecl))
            self._type_names = Counter(d.name for d in types)
        is_alone = self._type_names[found.name] <= (decl < self._n_from_start)
        return found.name if is_alone else f"{found.module.name}.{found.name}"

    def order_of_type(self, type_id: TypeId) -> tuple[int, str]:
        """An order of types that depends on nothing but what they are: scalars first."""
        if type_id < N_SCALARS:
            return int(type_id), ""
        kinds, args = self.types.kinds.__getitem__, self.types.args.__getitem__
        return int(N_SCALARS), render(type_id, kinds, args, self.types, self._name_and_module)

    def _name_and_module(self, decl: int) -> str:
        return f"{self.decls[decl].name}.{self.decls[decl].module.name}"

    def report_unsupported(self, span: Span, what: str) -> None:
        """``what`` reads on to "not supported yet": "enums are"."""
        self.sink.report("QZ0900", span, what=what)

    def report_deprecated(self, decl: Decl, span: Span) -> None:
        """Something deprecated is used at ``span``."""
        why = self.deprecated[decl.id]
        notes = [Note(decl.span, f"`{decl.name}` is declared here")]
        self.sink.report("QZ7015", span, notes=notes, name=decl.name, why=f": {why}" if why else "")

    def source_of(self, span: Span) -> SourceFile:
        return self.sources.get(span.file)

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        self.types.collect_mem_usage(usage, f"{label}.types")
        decls = sum(map(sys.getsizeof, self.decls)) + sys.getsizeof(self.decls)
        usage.add(f"{label}.decls", decls, decls)
        values = sum(n_bytes(decl.value) for decl in self.decls if isinstance(decl, ConstDecl | GlobalDecl))
        usage.add(f"{label}.constants", values, values)
        for module in self.modules.values():
            module.tokens.collect_mem_usage(usage, f"{label}.tokens")
            module.items.collect_mem_usage(usage, f"{label}.items")

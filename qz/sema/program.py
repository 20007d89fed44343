"""The whole program: its modules, every declaration, every type; what lives as long as the compile.

Loading is two passes over outlines, no bodies: the first reads modules and declares what is in them
(`qz/sema/loading`), the second finds which type each `impl` and `extend` is for, once every name is known.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TypeAlias

from qz.base.arena import ArenaPool
from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage
from qz.base.source import SourceFile, SourceMap, Span
from qz.diagnostics.model import Note
from qz.diagnostics.sink import DiagnosticSink
from qz.sema.annotations.conditions import BARE, Configuration
from qz.sema.annotations.declared import read_declared
from qz.sema.constants.values import ConstValue, n_bytes
from qz.sema.decls import (
    TYPE_DECLS,
    ConstDecl,
    Decl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    TraitDecl,
)
from qz.sema.incremental.reads import Reads
from qz.sema.loading.library import Library
from qz.sema.loading.loader import Loader
from qz.sema.loading.search_path import RUNTIME, SearchPath
from qz.sema.modules import ModuleEnv
from qz.sema.type_syntax.open_unions import open_union_names
from qz.sema.types import (
    N_SCALARS,
    NOMINAL,
    TypeId,
    TypeKind,
    TypeTable,
    render,
)
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.body import Body
    from qz.sema.derived.derivations import Derivations
    from qz.sema.instances import Instances
    from qz.sema.methods import Methods
    from qz.sema.queries import Queries

Interpret: TypeAlias = "Callable[[Body, int], ConstValue | None]"
"""Runs a checked expression at compile time; None where it has no value, which has been reported then."""

BRIEF = 60
"""How many characters of a type are shown beside what is said of something else."""


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
        self.sectioned: list[FunctionDecl | GlobalDecl] = []
        """What C can refer to, in the order in which it was read."""
        self.has_arenas = False  # whether the library's are part of the program
        self.watched: set[str] = set()
        """The names of the types that weak references are written for, outside of the library."""
        self.has_linear = False  # whether some struct is
        self.open_unions: frozenset[bytes] = frozenset()  # names that may lead to unions of type parameters
        self._symbols: dict[str, int] = {}  # how many functions asked for a symbol
        self._n_attached = 0  # modules whose methods are with their types
        self._type_names: Counter[str] | None = None  # of the types that were there from the start
        self.n_from_start = 0  # declarations when all that the main file imports was there
        self.loader = Loader(self)
        self.library = Library(self)
        self.methods: Methods = make_methods(self)
        self.queries: Queries = make_queries(self)
        self.instances = make_instances(self)
        self.derivations: Derivations = make_derivations(self)

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

    def new_group(self, first: FunctionDecl, name: str) -> FunctionGroup:
        """An empty group that ``first`` is about to join."""
        group = FunctionGroup(first.module, first.item, name, first.span)
        self.register(group)
        return group

    def unique_symbol(self, wanted: str) -> str:
        """``wanted``, with a number behind it where another function has it: two types may share a name."""
        n = self._symbols[wanted] = self._symbols.get(wanted, 0) + 1
        return wanted if n == 1 else f"{wanted}.v{n}"

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

    def show_briefly(self, type_id: TypeId) -> str:
        """The same, and only its beginning if it is long."""
        shown = self.show(type_id)
        return shown if len(shown) <= BRIEF else f"{shown[:BRIEF]}…"

    def show_in_symbols(self, type_id: TypeId) -> str:
        """The same with names that no other type of the program has."""
        kinds, args = self.types.kinds, self.types.args
        return render(type_id, kinds.__getitem__, args.__getitem__, self.types, self._name_in_symbols)

    def _name_in_symbols(self, decl: int) -> str:
        """A type's name, with its module where another type that was there from the start has that name."""
        found = self.decls[decl]
        if self._type_names is None:
            first = self.decls[: self.n_from_start]
            types = (d for d in first if isinstance(d, TYPE_DECLS | TraitDecl))
            self._type_names = Counter(d.name for d in types)
        is_alone = self._type_names[found.name] <= (decl < self.n_from_start)
        is_alone |= found.module.name.startswith(f"{RUNTIME}.")  # as the symbols of the runtime do
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

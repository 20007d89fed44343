"""Methods, by the constructor of the type they are for and their name; and who implements which trait.

`impl`, `extend` and `trait` are read once all modules are loaded, headers only. A type's arguments do not
matter to the table: which of several methods of one name is meant is decided at the call (`check/calls.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from qz.base.interner import unmarked
from qz.diagnostics.model import Note
from qz.sema.decls import (
    Bound,
    DerivedDecl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    ImplDecl,
    OwnerDecl,
    StructDecl,
    TraitDecl,
)
from qz.sema.given_traits import is_given, report_given
from qz.sema.modules import ModuleEnv
from qz.sema.overloads import join
from qz.sema.program import Program
from qz.sema.type_syntax.params import read_type_params
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import ERROR, HEADED, NONE, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.shapes import children
from qz.syntax.views import ImplView, TraitView

_UNKNOWN = frozenset({TypeKind.VARIABLE, TypeKind.COMPUTED})
"""Kinds of types that may turn out to be of any constructor."""


class Methods:
    """The methods of every type and the implementations of every trait."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._impls: dict[tuple[int, TypeKind, int], list[ImplDecl]] = {}
        """By the trait's declaration and the `key` of the type they are for; those that may be for a type of
        any constructor under `PARAM`, and all of them, again, under `VARIABLE`."""
        self.dropped: set[int] = set()
        """The structs and enums that implement `Drop`."""
        self._table: dict[tuple[TypeKind, int, int], FunctionGroup] = {}
        self._self = program.interner.intern("Self")

    # Asking

    def find(self, kind: TypeKind, owner: int, symbol: int) -> FunctionGroup | None:
        """The methods of that name on a type's constructor; ``owner`` is a nominal type's declaration."""
        return self._table.get((kind, owner, unmarked(symbol)))

    def implementations(self, trait: int, kind: TypeKind, owner: int) -> Sequence[ImplDecl]:
        """The `impl`s of a trait, by its declaration, that may be for a type of that constructor, in the
        order of the source: few of all that a trait has, which can be as many as there are types."""
        if kind in _UNKNOWN:
            return self._impls.get((trait, TypeKind.VARIABLE, 0), ())
        own = self._impls.get((trait, kind, owner), ())
        blanket = self._impls.get((trait, TypeKind.PARAM, 0), ()) if kind is not TypeKind.PARAM else ()
        return sorted((*own, *blanket), key=attrgetter("id")) if own and blanket else own or blanket

    def find_blanket(self, symbol: int) -> FunctionGroup | None:
        """The methods of that name that some `impl<T> … for T` gives to every type within its bounds."""
        return self._table.get((TypeKind.PARAM, 0, unmarked(symbol)))

    def names(self, kind: TypeKind, owner: int) -> Iterator[str]:
        """The names of all methods of a constructor, for suggestions."""
        return (self.program.interner.text(s) for k, o, s in self._table if k is kind and o == owner)

    def key(self, type_id: TypeId) -> tuple[TypeKind, int]:
        """Kind and declaration of a type in the table."""
        types = self.program.types
        kind = types.kinds[type_id]
        return kind, types.args[type_id][0] if kind in HEADED else 0

    # Declaring

    def declare_traits(self, module: ModuleEnv) -> None:
        """Read the traits of a module: parameters, what they extend, their methods."""
        for decl in list(module.names.values()):
            if isinstance(decl, TraitDecl):
                self.declare_trait(decl)

    def declare_trait(self, decl: TraitDecl) -> None:
        """Read a trait, unless that was done: one that extends it may have come first, in any module."""
        if decl.type != NONE:
            return
        program, module = self.program, decl.module
        with program.arenas.function("trait") as arena:
            node = parse_item(module.tokens, module.items, decl.item, arena, program.sink, with_body=False)
            if not node or arena.kind[node] != NodeKind.TRAIT:
                decl.type = ERROR
                return
            view = TraitView(arena, node)
            own = {self._self: decl.self_type}
            read = read_type_params(program, module, arena, view.type_params, view.where, decl.id, own)
            decl.names = read.names
            decl.type_params = (decl.self_type, *read.own)
            decl.type = program.types.make(TypeKind.TRAIT, decl.id, *read.own)
            syntax = TypeSyntax(program, module, read.names)
            traits = [syntax.trait(arena, t) for t in view.supertraits]
            extended = [Bound(decl.self_type, t) for t in traits if t != ERROR]
            decl.bounds = (Bound(decl.self_type, decl.type), *extended, *read.bounds)
        for function in self._functions(decl):
            symbol = program.interner.intern(function.name)
            group = decl.methods.get(symbol)
            if group is None:
                group = decl.methods[symbol] = program.new_group(function, f"{decl.name}${function.name}")
            join(program, group, function)

    def attach(self, module: ModuleEnv, item: int) -> None:
        """Read the header of an `impl` or `extend`, and give its methods to the type it is for."""
        program = self.program
        extends = module.items.kind[item] == NodeKind.EXTEND
        impl = ImplDecl(module, item, "impl", module.tokens.span(module.items.name_token[item]))
        impl.extends = extends
        program.register(impl)
        module.owners[item] = impl
        with program.arenas.function("impl") as arena:
            node = parse_item(module.tokens, module.items, item, arena, program.sink, with_body=False)
            if not node or arena.kind[node] == NodeKind.POISON:
                impl.self_type = ERROR
                return
            self._read_header(impl, arena, ImplView(arena, node))
        functions = list(self._functions(impl))
        if impl.self_type == ERROR:
            program.sink.excuse(function.name for function in functions)
            return
        kind, owner = self.key(impl.self_type)
        type_name = program.type_constructor_name(impl.self_type)
        for function in functions:
            symbol = program.interner.intern(function.name)
            group = self._table.get((kind, owner, symbol))
            if group is None:
                group = program.new_group(function, f"{type_name}${function.name}")
                self._table[kind, owner, symbol] = group
            join(program, group, function)
            impl.methods.setdefault(symbol, group)
            if function.name == "drop":
                self._check_drop(group)
        if impl.trait and impl.trait != ERROR and not impl.negative:
            self._inherit(impl, functions)

    def add_derived(self, type_id: TypeId, method: DerivedDecl) -> None:
        """Give a type a method that the compiler writes and that is always there."""
        symbol = self.program.interner.intern(method.what)
        group = self.program.new_group(method, method.symbol)
        group.functions.append(method)
        first = self._table.setdefault((*self.key(type_id), symbol), group)
        if first is not group:
            first.functions.append(method)

    def own_functions(self, owner: OwnerDecl) -> list[FunctionDecl]:
        """The functions that an `impl`, `extend` or `trait` holds itself."""
        return [
            f
            for g in owner.methods.values()
            for f in g.functions
            if f.owner == owner.item and f.module is owner.module
        ]

    def _functions(self, owner: OwnerDecl) -> Iterator[FunctionDecl]:
        """A declaration for each function between the header and its `end`."""
        module, items = owner.module, owner.module.items
        module.owners[owner.item] = owner
        for child in range(owner.item + 1, len(items)):
            if items.parent[child] != owner.item:
                break
            if child in module.excluded:
                continue
            name = self.program.interner.text(items.name[child])
            span = module.tokens.span(items.name_token[child])
            private = bool(items.flags[child] & ItemFlag.PRIVATE)
            function = FunctionDecl(module, child, name, span, private=private, owner=owner.item)
            self.program.declare_item(function)
            module.functions.append(function)
            yield function

    def _read_header(self, impl: ImplDecl, arena: AstArena, view: ImplView) -> None:
        program, module = self.program, impl.module
        if self._is_turned_round(module, arena, view) or self._lacks_type(module, arena, view):
            impl.self_type = ERROR
            return
        whole = self._whole_type(module, arena, view.target)
        if whole is not None and not view.type_params:
            names = {program.types.args[p][0]: p for p in whole.type_params}
            read = read_type_params(program, module, arena, (), view.where, impl.id, names)
            impl.self_type, impl.type_params = whole.type, whole.type_params
        else:
            explicit = {module.tokens.symbol(arena.token[p]) for p in view.type_params}
            implicit = self._implicit_params(impl, arena, view, explicit)
            read = read_type_params(program, module, arena, view.type_params, view.where, impl.id, implicit)
            syntax = TypeSyntax(program, module, read.names, allows_deprecated=True)
            impl.self_type = syntax.resolve(arena, view.target)
            impl.type_params = (*implicit.values(), *read.own)
        impl.bounds = read.bounds
        impl.names = read.names | {self._self: impl.self_type}
        impl.negative = view.negative
        if view.trait:
            impl.trait = TypeSyntax(program, module, impl.names).trait(arena, view.trait)
            if impl.self_type == ERROR:
                program.sink.excuse([program.show(impl.trait)])
            if is_given(program, impl):
                span = module.tokens.span(arena.token[view.trait])
                report_given(program, impl.self_type, program.show(impl.trait), span)
            if impl.trait != ERROR and impl.self_type != ERROR:
                self._add_impl(impl)
                self._note_drop(impl, arena.token[view.trait])

    def _is_turned_round(self, module: ModuleEnv, arena: AstArena, view: ImplView) -> bool:
        """Report `impl Type for Trait`, which has the two in the wrong places."""
        heads = [
            node for node in (view.trait, view.target) if node and arena.kind[node] == NodeKind.TYPE_NAME
        ]
        syntax = TypeSyntax(self.program, module, {})
        type_, trait = (
            (syntax.declaration(arena, node) for node in heads) if len(heads) == 2 else (None, None)
        )
        if not isinstance(type_, StructDecl | EnumDecl) or not isinstance(trait, TraitDecl):
            return False
        notes = [Note(type_.span, "declared here")]
        help_text = f"the trait is named first: `impl {trait.name} for {type_.name}`"
        span = module.tokens.span(arena.token[view.trait])
        self.program.sink.report("QZ0312", span, notes=notes, help=help_text, name=f"`{type_.name}`")
        return True

    def _lacks_type(self, module: ModuleEnv, arena: AstArena, view: ImplView) -> bool:
        """Report `impl Trait`, which does not say for what."""
        if view.trait or arena.kind[view.target] != NodeKind.TYPE_NAME:
            return False
        trait = TypeSyntax(self.program, module, {}).declaration(arena, view.target)
        if not isinstance(trait, TraitDecl):
            return False
        notes = [Note(trait.span, "declared here")]
        help_text = f"the type that has it is named as well: `impl {trait.name} for …`"
        span = module.tokens.span(arena.token[view.target])
        self.program.sink.report("QZ0309", span, notes=notes, help=help_text, name=trait.name, what="a trait")
        self.program.sink.excuse([trait.name])
        return True

    def _add_impl(self, impl: ImplDecl) -> None:
        trait = self.program.types.args[impl.trait][0]
        kind, owner = self.key(impl.self_type)
        if kind in _UNKNOWN:
            kind, owner = TypeKind.PARAM, 0
        self._impls.setdefault((trait, kind, owner), []).append(impl)
        self._impls.setdefault((trait, TypeKind.VARIABLE, 0), []).append(impl)

    def _note_drop(self, impl: ImplDecl, token: int) -> None:
        """Note which structs and enums implement the library's `Drop`."""
        program = self.program
        if impl.negative or not self.is_drop(impl.trait):
            return
        if program.queries.owned_types.is_linear(impl.self_type):
            name, span = program.show(impl.self_type), impl.module.tokens.span(token)
            program.sink.report("QZ1210", span, help="write a method that takes it apart", name=name)
        elif program.types.kinds[impl.self_type] in (TypeKind.STRUCT, TypeKind.ENUM):
            self.dropped.add(program.types.args[impl.self_type][0])
        else:
            what = "`Drop` for what is neither struct nor enum is"
            program.report_unsupported(impl.module.tokens.span(token), what)

    def _check_drop(self, group: FunctionGroup) -> None:
        """Which of two `drop` runs when a value is given up must not depend on how methods are looked up."""
        dropping: FunctionDecl | None = None
        own: FunctionDecl | None = None
        for function in group.functions:
            impl = function.module.owners[function.owner]
            if function.module.items.n_params[function.item] != 1 or not isinstance(impl, ImplDecl):
                continue
            if not impl.trait:
                own = function
            elif impl.trait != ERROR and self.is_drop(impl.trait):
                dropping = function
        if dropping is not None and own is not None:
            name = group.functions[0].symbol.split("$")[0]
            notes = [Note(dropping.span, "this is run when a value is given up")]
            self.program.sink.report("QZ0325", own.span, notes=notes, name=name, help="give it another name")

    def is_drop(self, trait: TypeId) -> bool:
        """Whether a TRAIT type is the library's `Drop`."""
        decl = self.program.decls[self.program.types.args[trait][0]]
        return decl.name == "Drop" and self.program.search.is_bundled(decl.module.path)

    def _whole_type(self, module: ModuleEnv, arena: AstArena, target: int) -> StructDecl | EnumDecl | None:
        """`impl Stack` is for every `Stack<T>`: the generic type that the header names without arguments."""
        if arena.kind[target] != NodeKind.TYPE_NAME or arena.list(arena.lhs[target]) or arena.rhs[target]:
            return None
        decl = module.lookup(module.tokens.symbol(arena.token[target]))
        return decl if isinstance(decl, StructDecl | EnumDecl) and decl.type_params else None

    def _implicit_params(
        self, impl: ImplDecl, arena: AstArena, view: ImplView, explicit: set[int]
    ) -> dict[int, TypeId]:
        """`extend Vec<T>`: single capital letters that mean nothing else are type parameters."""
        module = impl.module
        found: dict[int, TypeId] = {}
        pending = [
            argument for node in (view.target, view.trait) if node for argument in children(arena, node)
        ]
        while pending:
            node = pending.pop(0)
            pending += children(arena, node)
            if arena.kind[node] != NodeKind.TYPE_NAME:
                continue
            symbol = module.tokens.symbol(arena.token[node])
            text = self.program.interner.text(symbol)
            if len(text) == 1 and text.isupper() and symbol not in explicit and not module.lookup(symbol):
                found[symbol] = self.program.types.make(TypeKind.PARAM, symbol, impl.id)
        return found

    def _inherit(self, impl: ImplDecl, functions: list[FunctionDecl]) -> None:
        """Give a type the methods that a trait has bodies for and the `impl` does not write anew."""
        program = self.program
        decl = program.decls[program.types.args[impl.trait][0]]
        assert isinstance(decl, TraitDecl)
        own = {(f.name, f.module.items.n_params[f.item]) for f in functions}
        kind, owner = self.key(impl.self_type)
        type_name = program.type_constructor_name(impl.self_type)
        for symbol, group in decl.methods.items():
            for function in group.functions:
                n_params = function.module.items.n_params[function.item]
                if not function.is_default or (function.name, n_params) in own:
                    continue
                inherited = self._table.get((kind, owner, symbol))
                if inherited is None:
                    inherited = program.new_group(function, f"{type_name}${function.name}")
                    self._table[kind, owner, symbol] = inherited
                if function not in inherited.functions:
                    inherited.functions.append(function)


def rank(function: FunctionDecl) -> int:
    """Which of several methods of one name is nearer: inherent, then a trait's, then those of `extend`."""
    owner = function.module.owners.get(function.owner)
    if isinstance(owner, ImplDecl):
        return 1 if owner.trait else 2 if owner.extends else 0
    return 1

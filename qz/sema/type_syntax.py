"""Type annotations: from syntax to `TypeId`. An annotation that means nothing is reported once and is
poison."""

from __future__ import annotations

from collections.abc import Mapping

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import AliasDecl, Ambiguity, Decl, EnumDecl, StructDecl, UnsupportedDecl
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import ERROR, NAMED_TYPES, NEVER, POINTER, VOID, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item

UNSUPPORTED_TYPES = {
    "Array": "`Array` is",
    "Slice": "`Slice` is",
    "Map": "`Map` is",
    "Set": "`Set` is",
    "Range": "`Range` as a type is",
    "Bytes": "`Bytes` is",
    "Symbol": "`Symbol` is",
    "Channel": "`Channel` is",
    "Task": "`Task` is",
    "Mutex": "`Mutex` is",
    "RwLock": "`RwLock` is",
    "Atomic": "`Atomic` is",
    "Arena": "`Arena` is",
    "Pool": "`Pool` is",
    "Weak": "`Weak` is",
}

UNSUPPORTED_FORMS = {
    NodeKind.TYPE_TUPLE: "tuple types are",
    NodeKind.TYPE_RECORD: "record types are",
    NodeKind.TYPE_UNION: "union types are",
    NodeKind.TYPE_INTERSECTION: "intersection types are",
    NodeKind.TYPE_REF: "reference types are",
    NodeKind.TYPE_REF_MUT: "reference types are",
    NodeKind.TYPE_IMPL: "`impl Trait` is",
    NodeKind.TYPE_DYN: "`dyn Trait` is",
    NodeKind.TYPE_CONST: "constant type arguments are",
}


class TypeSyntax:
    """Resolves the annotations of one module; ``params`` are the type parameters in scope, by symbol id."""

    def __init__(self, program: Program, module: ModuleEnv, params: Mapping[int, TypeId]) -> None:
        self.program = program
        self.module = module
        self.params = params

    def resolve(self, arena: AstArena, node: int) -> TypeId:
        """The type an annotation names; `ERROR` once it has been reported."""
        kind = NodeKind(arena.kind[node])
        if kind == NodeKind.TYPE_NAME:
            return self._named(arena, node)
        if kind == NodeKind.TYPE_FN:
            params = [self.resolve(arena, part) for part in arena.list(arena.lhs[node])]
            result = self.resolve(arena, arena.rhs[node]) if arena.rhs[node] else VOID
            if ERROR in params or result == ERROR:
                return ERROR
            return self.program.types.make(TypeKind.FN, *params, result)
        if kind == NodeKind.TYPE_NEVER:
            return NEVER
        what = UNSUPPORTED_FORMS.get(kind)
        if what is not None:
            self.program.report_unsupported(self.module.tokens.span(arena.token[node]), what)
        return ERROR

    def _named(self, arena: AstArena, node: int) -> TypeId:
        token = arena.token[node]
        symbol = self.module.tokens.symbol(token)
        args = arena.list(arena.lhs[node])
        name = self.program.interner.text(symbol)
        if not arena.rhs[node]:
            param = self.params.get(symbol)
            if param is not None:
                return self._without_args(param, name, len(args), token)
            scalar = NAMED_TYPES.get(name)
            if scalar is not None:
                return self._without_args(scalar, name, len(args), token)
            if name == "Vec":
                return self._vec(arena, node, args)
            if name == "Ptr":
                for part in args:
                    self.resolve(arena, part)
                return POINTER
        decl = self.declaration(arena, node)
        if isinstance(decl, StructDecl):
            return self._without_args(decl.type, name, len(args), token)
        if isinstance(decl, EnumDecl):
            return self._enum(arena, decl, args, token)
        if isinstance(decl, AliasDecl):
            return self._without_args(self.alias(decl), name, len(args), token)
        self._report_unknown(decl, token, name)
        return ERROR

    def declaration(self, arena: AstArena, node: int) -> Decl | Ambiguity | None:
        """What a name of a type means."""
        symbol = self.module.tokens.symbol(arena.token[node])
        qualifier = arena.rhs[node]
        if not qualifier:
            return self.module.lookup(symbol)
        handle = self.module.import_named(self.module.tokens.text(qualifier))
        if handle is None or handle.target is None:
            return None
        return handle.target.public(symbol)

    def _report_unknown(self, decl: Decl | Ambiguity | None, token: int, name: str) -> None:
        span = self.module.tokens.span(token)
        sink = self.program.sink
        if isinstance(decl, UnsupportedDecl):
            self.program.report_unsupported(span, decl.what)
        elif isinstance(decl, Ambiguity):
            notes = [Note(d.span, f"from module `{d.module.name}`") for d in (decl.first, decl.second)]
            sink.report("QZ0602", span, notes=notes, name=name)
        elif decl is not None:
            sink.report(
                "QZ0309", span, notes=[Note(decl.span, "declared here")], name=name, what=describe(decl)
            )
        elif name in UNSUPPORTED_TYPES:
            self.program.report_unsupported(span, UNSUPPORTED_TYPES[name])
        else:
            known = [d.name for d in self.module.visible_names() if isinstance(d, TYPE_DECLS)]
            sink.report("QZ0301", span, help=did_you_mean(name, [*known, *NAMED_TYPES, "Vec"]), name=name)

    def _without_args(self, type_id: TypeId, name: str, n_args: int, token: int) -> TypeId:
        if not n_args:
            return type_id
        self._report_arguments(name, "no type arguments", n_args, token)
        return ERROR

    def _report_arguments(self, name: str, expected: str, found: int, token: int) -> None:
        self.program.sink.report(
            "QZ0307", self.module.tokens.span(token), name=name, expected=expected, found=found
        )

    def _vec(self, arena: AstArena, node: int, args: list[int]) -> TypeId:
        if len(args) != 1:
            self._report_arguments("Vec", "one type argument", len(args), arena.token[node])
            return ERROR
        element = self.resolve(arena, args[0])
        if element == ERROR:
            return ERROR
        return self.program.types.vec(element)

    def _enum(self, arena: AstArena, decl: EnumDecl, args: list[int], token: int) -> TypeId:
        """The enum with its type arguments."""
        expected = len(decl.type_params)
        if len(args) != expected:
            self._report_arguments(decl.name, _type_arguments(expected), len(args), token)
            return ERROR
        if not args:
            return decl.type
        parts = [self.resolve(arena, part) for part in args]
        return ERROR if ERROR in parts else self.program.types.make(TypeKind.ENUM, decl.id, *parts)

    def alias(self, decl: AliasDecl) -> TypeId:
        """What an alias stands for, worked out once, in its own module."""
        if decl.type is not None:
            return decl.type
        if decl.resolving:
            self.program.sink.report("QZ0801", decl.span, name=decl.name)
            return ERROR
        decl.resolving = True
        home = decl.module
        with self.program.arenas.function("alias") as arena:
            node = parse_item(home.tokens, home.items, decl.item, arena, self.program.sink)
            if arena.kind[node] != NodeKind.ALIAS:
                decl.type = ERROR
            elif arena.list(arena.lhs[node]):
                self.program.report_unsupported(decl.span, "generic aliases are")
                decl.type = ERROR
            else:
                decl.type = TypeSyntax(self.program, home, {}).resolve(arena, arena.rhs[node])
        decl.resolving = False
        return decl.type


def _type_arguments(n: int) -> str:
    words = {0: "no type arguments", 1: "one type argument"}
    return words.get(n) or f"{n} type arguments"


TYPE_DECLS = (StructDecl, EnumDecl, AliasDecl)
"""The declarations whose names are types."""

DECL_NOUNS = {
    "FunctionDecl": "a function",
    "FunctionGroup": "a function",
    "StructDecl": "a type",
    "EnumDecl": "a type",
    "VariantDecl": "a variant",
    "AliasDecl": "a type",
    "ConstDecl": "a constant",
    "GlobalDecl": "a global",
    "ModuleDecl": "a module",
    "UnsupportedDecl": "a declaration",
}


def describe(decl: Decl) -> str:
    """What kind of thing a declaration is, for messages."""
    return DECL_NOUNS[type(decl).__name__]

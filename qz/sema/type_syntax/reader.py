"""Type annotations: from syntax to `TypeId`. An annotation that means nothing is reported once and is
poison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.diagnostics.other_words import OTHER_TYPES
from qz.diagnostics.suggest import did_you_mean
from qz.sema.data.value_structs import is_value
from qz.sema.decl_nouns import describe
from qz.sema.decls import (
    TYPE_DECLS,
    AliasDecl,
    Ambiguity,
    ConstDecl,
    Decl,
    EnumDecl,
    NewtypeDecl,
    Row,
    StructDecl,
    TraitDecl,
    UnsupportedDecl,
)
from qz.sema.derived.combined_traits import combined
from qz.sema.infer import Inference
from qz.sema.loading.library_names import import_hint
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.lending import Borrow, lending
from qz.sema.program import Program
from qz.sema.type_syntax.applied import misfit_within, report_misfit
from qz.sema.type_syntax.computed import computed_constant, mentions_parameter
from qz.sema.type_syntax.constants import ALLOWED, constant_type, misfit
from qz.sema.types import ERROR, NAMED_TYPES, NEVER, POINTER, ROWS, VOID, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.shapes import children

REFERENCES = {NodeKind.TYPE_REF: Borrow.SHARED, NodeKind.TYPE_REF_MUT: Borrow.MUTABLE}

NO_FIELDS = "stands for the other fields of a parameter, and here is none that has it"
OTHER_FIELDS = "stands for what a parameter has beside other fields than these, and no value is made of both"
"""Why an open record may be nothing."""

LENDING = frozenset({"Option", "Result"})
"""The enums that may hold a reference, as a tuple may: they never change."""

WITHOUT_REFERENCE = (
    "write it without `&`; a parameter, a result or a local can be lent, a tuple, `Option` or `Result` too"
)


def strip(arena: AstArena, annotation: int) -> tuple[int, Borrow]:
    """The type behind `&` or `&mut`, and which of them it is: of a parameter, a result, a local.

    A type that holds references is lent as they are; if one of them may not be changed, nothing in it may.
    """
    found = Borrow.NONE
    while arena.kind[annotation] in REFERENCES:
        found = REFERENCES[NodeKind(arena.kind[annotation])]
        annotation = arena.lhs[annotation]
    return annotation, found or _lent_within(arena, annotation)


def _lent_within(arena: AstArena, annotation: int) -> Borrow:
    """Which of the two the references inside a type are."""
    if not arena.lhs[annotation] or arena.kind[annotation] not in (nk.TYPE_TUPLE, nk.TYPE_NAME):
        return Borrow.NONE
    inner = [strip(arena, part)[1] for part in arena.list(arena.lhs[annotation])]
    return min((borrow for borrow in inner if borrow), default=Borrow.NONE)


_HEAP = frozenset({TypeKind.STRUCT, TypeKind.VEC, TypeKind.RECORD, TypeKind.DYN})
"""Kinds whose values have a block of their own, that is changed where it is; but for value structs."""


def borrow_of(program: Program, arena: AstArena, annotation: int, type_id: TypeId) -> Borrow:
    """What a parameter is lent that is annotated so; ``type_id`` is its type."""
    if not annotation:
        return Borrow.NONE
    if arena.kind[annotation] == NodeKind.TYPE_REF_MUT and lies_in_place(program, type_id):
        return Borrow.IN_PLACE
    return strip(arena, annotation)[1]


def lies_in_place(program: Program, type_id: TypeId) -> bool:
    """Whether values of a type have no block of their own: they are changed in the place in which they lie.

    What a type parameter stands for may be one of them.
    """
    stripped = program.queries.stripped(type_id) if type_id >= 0 else type_id
    if stripped < 0 or stripped == ERROR:
        return False
    return program.types.kinds[stripped] not in _HEAP or is_value(program, stripped)


def changes_in_place(program: Program, borrow: Borrow, self_type: TypeId) -> bool:
    """Whether a method with such a `self` is lent the place of its receiver, if that has this type."""
    if borrow is not Borrow.MUTABLE or self_type < 0 or program.types.kinds[self_type] is TypeKind.PARAM:
        return False
    return lies_in_place(program, self_type)


class TypeSyntax:
    """Resolves the annotations of one module; ``params`` are the type parameters in scope, by symbol id."""

    def __init__(
        self,
        program: Program,
        module: ModuleEnv,
        params: Mapping[int, TypeId],
        infer: Inference | None = None,
        *,
        allows_deprecated: bool = False,
    ) -> None:
        """With ``infer``, type arguments that are left out become variables of it; else they are missed."""
        self.program = program
        self.module = module
        self.params = params
        self._reports_deprecated = bool(program.deprecated) and module.is_own and not allows_deprecated
        self._infer = infer
        self.in_instance = False
        """Whether what type parameters stand for is known here."""
        self.anonymous: Callable[[int], TypeId] | None = None
        """What declares a type parameter for an `impl Trait`, where one may stand."""
        self.row: Callable[[int, int, TypeId], TypeId | str] | None = None
        """What an open record is, by its node, the symbol of its row or 0, and its fields; or why it is
        nothing."""
        self._make: Callable[[TypeKind, tuple[int, ...]], TypeId] = (
            infer.make if infer is not None else lambda kind, args: program.types.make(kind, *args)
        )

    def resolve(self, arena: AstArena, node: int, *, is_lent: bool = False) -> TypeId:
        """The type an annotation names; `ERROR` once it has been reported.

        What `is_lent`, a parameter, a result or a local, may be a reference or hold some.
        """
        kind = NodeKind(arena.kind[node])
        if kind == NodeKind.TYPE_NAME:
            return self._named(arena, node, is_lent=is_lent)
        if kind in REFERENCES:
            return self._reference(arena, node, is_lent=is_lent)
        if kind == NodeKind.TYPE_FN:
            return self._function(arena, node)
        if kind == NodeKind.TYPE_TUPLE:
            return self._tuple(arena, node, is_lent=is_lent)
        if kind == NodeKind.TYPE_NEVER:
            return NEVER
        if kind == NodeKind.TYPE_DYN:
            of = arena.lhs[node]
            is_several = arena.kind[of] == NodeKind.TYPE_INTERSECTION
            return self.dynamic(arena, arena.list(arena.lhs[of]) if is_several else [of])
        if kind == NodeKind.TYPE_RECORD:
            return self._record(arena, node)
        if kind == NodeKind.TYPE_UNION:
            return self._union(arena, node)
        if kind == NodeKind.TYPE_INTERSECTION:
            return self._intersection(arena, node)
        if kind == NodeKind.TYPE_CONST:
            return self._constant(arena, node)
        if kind == NodeKind.TYPE_IMPL:
            return self._hidden(arena, node)
        return ERROR

    def _hidden(self, arena: AstArena, node: int) -> TypeId:
        """`impl Show` is some type that a call or a body decides on, so it stands in the header of a
        function."""
        if self.anonymous is not None:
            return self.anonymous(node)
        span = extent(self.module.tokens, arena, node)
        written = self.program.source_of(span).text(span.start, span.end)
        help_text = f"`dyn {written.removeprefix('impl').strip()}` is the type of any such value"
        self.program.sink.report("QZ0421", span, help=help_text, type=written)
        return ERROR

    def _function(self, arena: AstArena, node: int) -> TypeId:
        """`Fn(A, &B): R`: what it takes and gives may be lent."""
        nodes = arena.list(arena.lhs[node])
        params = [self.resolve(arena, part, is_lent=True) for part in nodes]
        result, result_borrow = VOID, Borrow.NONE
        if arena.rhs[node]:
            result = self.resolve(arena, arena.rhs[node], is_lent=True)
            result_borrow = strip(arena, arena.rhs[node])[1]
        if ERROR in params or result == ERROR:
            return ERROR
        pairs = zip(nodes, params, strict=True)
        borrows = [borrow_of(self.program, arena, part, type_id) for part, type_id in pairs]
        number = lending(borrows, result_borrow)
        return self._make(TypeKind.FN, (number, *params, result))

    def dynamic(self, arena: AstArena, nodes: Sequence[int]) -> TypeId:
        """`dyn Trait`, or `dyn A & B` for a value that has the methods of both."""
        traits = sorted({self.trait(arena, part) for part in nodes})
        if ERROR in traits:
            return ERROR
        if len(traits) > 1:
            args_of = self.program.types.args.__getitem__ if self._infer is None else self._infer.args
            heads = tuple(args_of(trait)[0] for trait in traits)
            span = self.module.tokens.span(arena.token[nodes[0]])
            decl = combined(self.program, self.module, span, heads)
            given = [arg for trait in traits for arg in args_of(trait)[1:]]
            traits = [self._make(TypeKind.TRAIT, (decl.id, *given))]
        return self._make(TypeKind.DYN, (traits[0],))

    def _reference(self, arena: AstArena, node: int, *, is_lent: bool) -> TypeId:
        """`&T` is `T`; that it is lent is known of the parameter, the result, the local."""
        if is_lent:
            return self.resolve(arena, arena.lhs[node], is_lent=True)
        tokens = self.module.tokens
        first, last = arena.token[node], arena.token[node]
        if arena.kind[node] == NodeKind.TYPE_REF_MUT:
            last += 1
        fix = Fix(((tokens.span_of(first, last)._replace(end=tokens.start[last + 1]), ""),))
        self.program.sink.report("QZ1220", tokens.span_of(first, last), help=WITHOUT_REFERENCE, fix=fix)
        return ERROR

    def _tuple(self, arena: AstArena, node: int, *, is_lent: bool) -> TypeId:
        nodes = arena.list(arena.lhs[node])
        parts = [self._element(arena, part, is_lent=is_lent) for part in nodes]
        if not parts:
            span = self.module.tokens.span(arena.token[node])
            self.program.sink.report("QZ0412", span, help="what has no value is `Void`", type="()")
        return ERROR if ERROR in parts or not parts else self._make(TypeKind.TUPLE, tuple(parts))

    def _union(self, arena: AstArena, node: int) -> TypeId:
        """`A | B`; what is in it several times counts once, but for what a type parameter stands for."""
        nodes = arena.list(arena.lhs[node])
        members = [self._element(arena, part) for part in nodes]
        if ERROR in members or (
            self.in_instance and min(members) >= 0 and self._has_twice(arena, nodes, members)
        ):
            return ERROR
        return self._make(TypeKind.UNION, tuple(members))

    def _has_twice(self, arena: AstArena, parts: list[int], members: list[TypeId]) -> bool:
        """Whether what a type parameter stands for is in the union already in which it is one more member;
        reports it."""
        at = self.program.types.has_twice(members)
        if at < 0 or not any(self._mentions_parameter(arena, part) for part in parts):
            return False
        first, last = (extent(self.module.tokens, arena, part) for part in (parts[0], parts[-1]))
        span = first.to(last)
        shown = self.program.source_of(span).text(span.start, span.end)
        found = f"the type `{self.program.show(members[at])}`, twice"
        expected = "members that all differ"
        self.program.sink.report("QZ0419", span, param=shown, expected=expected, found=found)
        return True

    def _mentions_parameter(self, arena: AstArena, node: int) -> bool:
        """Whether a type parameter stands in an annotation."""
        pending = [node]
        while pending:
            node = pending.pop()
            is_name = arena.kind[node] == NodeKind.TYPE_NAME and not arena.rhs[node]
            if is_name and self.module.tokens.symbol(arena.token[node]) in self.params:
                return True
            pending += children(arena, node)
        return False

    def _intersection(self, arena: AstArena, node: int) -> TypeId:
        """`A & B` of records: one with the fields of all of them."""
        types = self.program.types
        fields: dict[str, TypeId] = {}
        for part in arena.list(arena.lhs[node]):
            found = self.resolve(arena, part)
            if found == ERROR:
                return ERROR
            span = self.module.tokens.span(arena.token[part])
            if types.kinds[found] is not TypeKind.RECORD:
                problem = f"`{self.program.show(found)}` is no record"
                self.program.sink.report("QZ0418", span, problem=problem)
                return ERROR
            for name, type_id in zip(
                types.record_names[types.args[found][0]], types.parts(found), strict=True
            ):
                if fields.setdefault(name, type_id) != type_id:
                    shown = self.program.show
                    problem = f"`{name}` would be `{shown(fields[name])}` and `{shown(type_id)}`"
                    self.program.sink.report("QZ0418", span, problem=problem)
                    return ERROR
        names = tuple(sorted(fields))
        return types.make(TypeKind.RECORD, types.number_of_names(names), *(fields[name] for name in names))

    def _element(self, arena: AstArena, node: int, *, is_lent: bool = False) -> TypeId:
        """The type of something that is held: it must have values."""
        found = self.resolve(arena, node, is_lent=is_lent)
        if self.program.types.kinds[found] in (TypeKind.CONSTANT, TypeKind.COMPUTED):
            span = extent(self.module.tokens, arena, node)
            shown = f"the constant `{self.program.show(found)}`"
            self.program.sink.report("QZ0419", span, param="T", expected="a type", found=shown)
            return ERROR
        if found in (VOID, NEVER):
            span = self.module.tokens.span(arena.token[node])
            self.program.sink.report("QZ0412", span, type=self.program.show(found))
            return ERROR
        return found

    def _named(self, arena: AstArena, node: int, *, is_lent: bool) -> TypeId:
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
            if name in ROWS:
                return self._row(arena, node, name, args)
            if name == "Ptr":
                for part in args:
                    self.resolve(arena, part)
                return POINTER
        decl = self.declaration(arena, node)
        if self._reports_deprecated and isinstance(decl, Decl) and decl.id in self.program.deprecated:
            self.program.report_deprecated(decl, self.module.tokens.span(token))
        if isinstance(decl, ConstDecl):
            found = constant_type(self.program, self.program.queries.constant(decl).value)
            if found != ERROR:
                return found
        if isinstance(decl, NewtypeDecl):
            return self._without_args(decl.type, name, len(args), token)
        if isinstance(decl, StructDecl | EnumDecl):
            is_lent = is_lent and decl.name in LENDING
            return self._applied(arena, decl.type, decl.type_params, name, args, token, is_lent=is_lent)
        if isinstance(decl, AliasDecl):
            stands_for = self.alias(decl)
            rows = (node, decl.rows)
            return self._applied(arena, stands_for, decl.type_params, name, args, token, rows=rows)
        self._report_unknown(decl, token, name)
        return ERROR

    def _record(self, arena: AstArena, node: int) -> TypeId:
        """`{ x: Int, y: Int }`, or `{ x: Int, ..r }` for what has more fields."""
        fields = self.record_fields(arena, node)
        row = arena.rhs[node]
        if fields == ERROR or not row:
            return fields
        return self._open(node, self.module.tokens.symbol(row), fields, self.module.tokens.span(row))

    def _open(self, node: int, row: int, fields: TypeId, span: Span) -> TypeId:
        """A record with these fields and those that ``row`` stands for."""
        name = self.program.interner.text(row) if row else ""
        found = self.row(node, row, fields) if self.row is not None else NO_FIELDS
        if row in self.params:
            found = "is a type parameter already; a row is not declared"
        if isinstance(found, str):
            what = f"`..{name}`" if name else f"`{self.program.source_of(span).text(span.start, span.end)}`"
            self.program.sink.report("QZ0424", span, row=what, problem=found)
            return ERROR
        return found

    def record_fields(self, arena: AstArena, node: int) -> TypeId:
        """The record type with the fields that are written."""
        fields: dict[str, TypeId] = {}
        for field in arena.list(arena.lhs[node]):
            name = self.module.tokens.text(arena.token[field])
            if name in fields:
                self.program.sink.report("QZ0305", self.module.tokens.span(arena.token[field]), name=name)
            fields[name] = self.resolve(arena, arena.lhs[field])
        if ERROR in fields.values():
            return ERROR
        names = tuple(sorted(fields))
        number = self.program.types.number_of_names(names)
        return self._make(TypeKind.RECORD, (number, *(fields[name] for name in names)))

    def _constant(self, arena: AstArena, node: int) -> TypeId:
        """A constant among type arguments, written as an expression."""
        if mentions_parameter(self, arena, arena.lhs[node]):
            found = computed_constant(self, arena, arena.lhs[node])
            return ERROR if found is None else self.program.types.computed(found)
        value = self.program.queries.type_constant(self.module, arena, arena.lhs[node])
        return ERROR if value is None else constant_type(self.program, value)

    def constant_parameter(self, arena: AstArena, node: int, param: TypeId) -> None:
        """`const N: Int`: a parameter that stands for a constant."""
        declared = self.resolve(arena, arena.lhs[node])
        if declared not in ALLOWED and declared != ERROR:
            shown = self.program.show(declared)
            help_text = "an integer, a `Bool`, a `Char` or a `String` can be"
            span = extent(self.module.tokens, arena, arena.lhs[node])
            self.program.sink.report("QZ0420", span, type=shown, help=help_text)
        self.program.types.constant_params[param] = declared if declared in ALLOWED else ERROR

    def argument(self, arena: AstArena, node: int, param: TypeId, *, is_lent: bool = False) -> TypeId:
        """What a type parameter is given: a type, or a constant of the type that it is declared with."""
        found = self.resolve(arena, node, is_lent=is_lent)
        problem = misfit(self.program, found, param)
        if problem:
            expected, shown = problem
            span = extent(self.module.tokens, arena, node)
            name = self.program.show(param)
            self.program.sink.report("QZ0419", span, param=name, expected=expected, found=shown)
            return ERROR
        return found

    def _applied(
        self,
        arena: AstArena,
        general: TypeId,
        params: tuple[TypeId, ...],
        name: str,
        nodes: list[int],
        token: int,
        *,
        is_lent: bool = False,
        rows: tuple[int, Sequence[Row]] = (0, ()),
    ) -> TypeId:
        """A generic type with the arguments written, or open ones where none are; ``rows``, of an alias,
        stand for other fields each time."""
        if not params and not nodes and not rows[1]:
            return general
        if self._infer is not None and not nodes:
            args = [self._infer.fresh() for _ in params]
        elif len(nodes) != len(params):
            self._report_arguments(name, n_type_arguments(len(params)), len(nodes), token)
            return ERROR
        else:
            pairs = zip(nodes, params, strict=True)
            args = [self.argument(arena, node, param, is_lent=is_lent) for node, param in pairs]
        if ERROR in args or general == ERROR:
            return ERROR
        given = dict(zip(params, args, strict=True))
        substitute = self._infer.instantiate if self._infer is not None else self.program.types.substitute
        for row in rows[1]:
            fields = substitute(row.fields, given)
            given[row.param] = self._open(rows[0], 0, fields, self.module.tokens.span(token))
        if ERROR in given.values():
            return ERROR
        found = substitute(general, given)
        wrong = misfit_within(self.program, found)
        if wrong is not None:
            report_misfit(self.program, self.module.tokens.span(token), wrong)
            return ERROR
        return found

    def trait(self, arena: AstArena, node: int) -> TypeId:
        """The TRAIT type that a bound or the head of an `impl` names; `ERROR` once it has been reported."""
        if arena.kind[node] != NodeKind.TYPE_NAME:
            self.program.sink.report("QZ0312", self.module.tokens.span(arena.token[node]), name="this")
            return ERROR
        token = arena.token[node]
        symbol = self.module.tokens.symbol(token)
        name = self.program.interner.text(symbol)
        decl = self.declaration(arena, node)
        if isinstance(decl, TraitDecl):
            self.program.methods.declare_trait(decl)
            own = decl.type_params[1:]
            return self._applied(arena, decl.type, own, name, arena.list(arena.lhs[node]), token)
        if decl is None or isinstance(decl, Ambiguity | UnsupportedDecl):
            known = [d.name for d in self.module.visible_names() if isinstance(d, TraitDecl)]
            self._report_unknown(decl, token, name, known)
        else:
            notes = [Note(decl.span, "declared here")]
            self.program.sink.report("QZ0312", self.module.tokens.span(token), notes=notes, name=f"`{name}`")
        return ERROR

    def declaration(self, arena: AstArena, node: int) -> Decl | Ambiguity | None:
        """What a name of a type means."""
        symbol = self.module.tokens.symbol(arena.token[node])
        qualifier = arena.rhs[node]
        if not qualifier:
            return self.module.lookup(symbol)
        handle = self.module.import_named(self.module.tokens.symbol(qualifier))
        if handle is None or handle.target is None:
            return None
        return handle.target.public(symbol)

    def _report_unknown(
        self, decl: Decl | Ambiguity | None, token: int, name: str, known: Sequence[str] = ()
    ) -> None:
        span = self.module.tokens.span(token)
        sink = self.program.sink
        symbol = self.module.tokens.symbol(token)
        if symbol in self.module.items.foreign_names or name.endswith("?"):
            return  # reported where it was read
        if decl is None and (self.module.is_excused(symbol) or symbol in self.module.tokens.garbled):
            return
        if isinstance(decl, UnsupportedDecl):
            self.program.report_unsupported(span, decl.what)
        elif isinstance(decl, Ambiguity):
            notes = [Note(d.span, f"from module `{d.module.name}`") for d in (decl.first, decl.second)]
            sink.report("QZ0602", span, notes=notes, name=name)
        elif isinstance(decl, TraitDecl):
            notes = [Note(decl.span, "declared here")]
            hint = f"write `dyn {name}` for a value of any such type, or a type parameter `T: {name}`"
            sink.report("QZ0309", span, notes=notes, help=hint, name=name, what="a trait")
        elif decl is not None:
            sink.report(
                "QZ0309", span, notes=[Note(decl.span, "declared here")], name=name, what=describe(decl)
            )
        else:
            hint = import_hint(name) or OTHER_TYPES.get(name, "")
            if not hint and sink.suggests:
                hint = did_you_mean(name, known or self._type_names())
            sink.report("QZ0301", span, help=hint, name=name)

    def _type_names(self) -> list[str]:
        known = [d.name for d in self.module.visible_names() if isinstance(d, TYPE_DECLS)]
        return [*known, *NAMED_TYPES, *ROWS]

    def _without_args(self, type_id: TypeId, name: str, n_args: int, token: int) -> TypeId:
        if not n_args:
            return type_id
        self._report_arguments(name, n_type_arguments(0), n_args, token)
        return ERROR

    def _report_arguments(self, name: str, expected: str, found: int, token: int) -> None:
        self.program.sink.report(
            "QZ0307", self.module.tokens.span(token), name=name, expected=expected, found=found
        )

    def _row(self, arena: AstArena, node: int, name: str, args: list[int]) -> TypeId:
        """`Vec<T>`, `Array<T, N>`."""
        kind, n_args = ROWS[name]
        if not args and self._infer is not None:
            return self._make(kind, tuple([self._infer.fresh() for _ in range(n_args)]))
        if len(args) != n_args:
            self._report_arguments(name, n_type_arguments(n_args), len(args), arena.token[node])
            return ERROR
        element = self._element(arena, args[0])
        if kind is TypeKind.VEC:
            return ERROR if element == ERROR else self._make(kind, (element,))
        size = self._size(arena, args[1])
        return ERROR if ERROR in (element, size) else self._make(kind, (element, size))

    def _size(self, arena: AstArena, node: int) -> TypeId:
        """How many elements an array has: a number, or a parameter that stands for one."""
        types = self.program.types
        found = self.resolve(arena, node)
        if types.is_number(found) and types.args[found][0] >= 0:
            return found
        if found == ERROR or found in types.constant_params or types.kinds[found] is TypeKind.COMPUTED:
            return found
        span = self.module.tokens.span(arena.token[node])
        self.program.sink.report("QZ0414", span, found=self.program.show(found))
        return ERROR

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
            else:
                names = {home.tokens.symbol(arena.token[p]): 0 for p in arena.list(arena.lhs[node])}
                for symbol in names:
                    names[symbol] = self.program.types.make(TypeKind.PARAM, symbol, decl.id)
                for param in arena.list(arena.lhs[node]):
                    if arena.kind[param] == NodeKind.CONST_PARAM:
                        type_id = names[home.tokens.symbol(arena.token[param])]
                        TypeSyntax(self.program, home, {}).constant_parameter(arena, param, type_id)
                decl.type_params = tuple(names.values())
                syntax = TypeSyntax(self.program, home, names)
                syntax.row = partial(self._row_of_alias, decl)
                decl.type = syntax.resolve(arena, arena.rhs[node])
        decl.resolving = False
        return decl.type

    def _row_of_alias(self, decl: AliasDecl, node: int, row: int, fields: TypeId) -> TypeId | str:
        """What an alias is open to; one that it goes through has a row of its own there."""
        known = [one for one in decl.rows if row and one.name == row]
        if known:
            return known[0].param if known[0].fields == fields else OTHER_FIELDS
        symbol = row or self.program.interner.intern(f"{decl.name} {len(decl.rows) + 1}")
        param = self.program.types.make(TypeKind.PARAM, symbol, decl.id)
        decl.rows.append(Row(param, fields, row))
        return param


def n_type_arguments(n: int) -> str:
    """How many type arguments something takes, for messages."""
    return f"{n or 'no'} type argument{'' if n == 1 else 's'}"

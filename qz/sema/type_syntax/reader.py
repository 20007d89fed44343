"""Type annotations: from syntax to `TypeId`. An annotation that means nothing is reported once and is
poison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qz.diagnostics.model import Fix, Note
from qz.sema.decls import (
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
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.lending import Borrow, lending
from qz.sema.program import Program
from qz.sema.type_syntax.applied import misfit_within, report_misfit
from qz.sema.type_syntax.computed import computed_constant, mentions_parameter
from qz.sema.type_syntax.constants import ALLOWED, constant_type, misfit
from qz.sema.type_syntax.records import intersection, open_record, record
from qz.sema.type_syntax.references import LENDING, REFERENCES, WITHOUT_REFERENCE, borrow_of, strip
from qz.sema.type_syntax.unknown import report_unknown
from qz.sema.types import ERROR, NAMED_TYPES, NEVER, POINTER, ROWS, VOID, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children


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
        self.make: Callable[[TypeKind, tuple[int, ...]], TypeId] = (
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
            return record(self, arena, node)
        if kind == NodeKind.TYPE_UNION:
            return self._union(arena, node)
        if kind == NodeKind.TYPE_INTERSECTION:
            return intersection(self, arena, node)
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
        params = [self.given(arena, part, is_lent=True) for part in nodes]
        result, result_borrow = VOID, Borrow.NONE
        if arena.rhs[node]:
            result = self.given(arena, arena.rhs[node], is_lent=True)
            result_borrow = strip(arena, arena.rhs[node])[1]
        if ERROR in params or result == ERROR:
            return ERROR
        pairs = zip(nodes, params, strict=True)
        borrows = [borrow_of(self.program, arena, part, type_id) for part, type_id in pairs]
        number = lending(borrows, result_borrow)
        return self.make(TypeKind.FN, (number, *params, result))

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
            traits = [self.make(TypeKind.TRAIT, (decl.id, *given))]
        return self.make(TypeKind.DYN, (traits[0],))

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
        parts = [self.held(arena, part, is_lent=is_lent) for part in nodes]
        if not parts:
            span = self.module.tokens.span(arena.token[node])
            self.program.sink.report("QZ0412", span, help="what has no value is `Void`", type="()")
        return ERROR if ERROR in parts or not parts else self.make(TypeKind.TUPLE, tuple(parts))

    def _union(self, arena: AstArena, node: int) -> TypeId:
        """`A | B`; what is in it several times counts once, but for what a type parameter stands for."""
        nodes = arena.list(arena.lhs[node])
        members = [self.held(arena, part) for part in nodes]
        if ERROR in members or (
            self.in_instance and min(members) >= 0 and self._has_twice(arena, nodes, members)
        ):
            return ERROR
        return self.make(TypeKind.UNION, tuple(members))

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

    def given(self, arena: AstArena, node: int, *, is_lent: bool = False) -> TypeId:
        """The type of what is given, which may be nothing; a constant is none."""
        found = self.resolve(arena, node, is_lent=is_lent)
        if self.program.types.kinds[found] in (TypeKind.CONSTANT, TypeKind.COMPUTED):
            span = extent(self.module.tokens, arena, node)
            shown = f"the constant `{self.program.show(found)}`"
            self.program.sink.report("QZ0419", span, param="T", expected="a type", found=shown)
            return ERROR
        return found

    def held(self, arena: AstArena, node: int, *, is_lent: bool = False) -> TypeId:
        """The type of something that is held: it must have values."""
        found = self.given(arena, node, is_lent=is_lent)
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
            value = self.program.queries.values.constant(decl).value
            found = constant_type(self.program, value)
            if found != ERROR or value is None:  # for what was reported of the constant
                return found
        if isinstance(decl, NewtypeDecl):
            return self._without_args(decl.type, name, len(args), token)
        if isinstance(decl, StructDecl | EnumDecl):
            is_lent = is_lent and decl.name in LENDING
            return self._applied(arena, decl.type, decl.type_params, name, args, token, is_lent=is_lent)
        if isinstance(decl, AliasDecl):
            stands_for = self.program.queries.alias(decl)
            rows = (node, decl.rows)
            return self._applied(arena, stands_for, decl.type_params, name, args, token, rows=rows)
        report_unknown(self.program, self.module, decl, token, name, qualifier=arena.rhs[node])
        return ERROR

    def _constant(self, arena: AstArena, node: int) -> TypeId:
        """A constant among type arguments, written as an expression."""
        if mentions_parameter(self, arena, arena.lhs[node]):
            found = computed_constant(self, arena, arena.lhs[node])
            return ERROR if found is None else self.program.types.computed(found)
        value = self.program.queries.values.type_argument(self.module, arena, arena.lhs[node])
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
        """What a type parameter is given: a type, or a constant of the type that it is declared with. That
        `const` lacks before it, or is too much before another one that it is given, is one mistake."""
        types = self.program.types
        found = self.resolve(arena, node, is_lent=is_lent)
        problem = misfit(self.program, found, param)
        if problem:
            expected, shown = problem
            span = extent(self.module.tokens, arena, node)
            name = self.program.show(param)
            of_header = [param] if param not in types.constant_params else []
            of_header += [found] if types.kinds[found] is TypeKind.PARAM else []
            same = [("QZ0419", one) for one in of_header]
            self.program.sink.report("QZ0419", span, same=same, param=name, expected=expected, found=shown)
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
            self._report_arguments(name, [self.program.show(param) for param in params], len(nodes), token)
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
            given[row.param] = open_record(self, rows[0], 0, fields, self.module.tokens.span(token))
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
            report_unknown(self.program, self.module, decl, token, name, known, arena.rhs[node])
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

    def _without_args(self, type_id: TypeId, name: str, n_args: int, token: int) -> TypeId:
        if not n_args:
            return type_id
        self._report_arguments(name, (), n_args, token)
        return ERROR

    def _report_arguments(self, name: str, params: Sequence[str], found: int, token: int) -> None:
        help_text = f"it is written `{name}<{', '.join(params)}>`" if params else ""
        span, expected = self.module.tokens.span(token), n_type_arguments(len(params))
        self.program.sink.report("QZ0307", span, help=help_text, name=name, expected=expected, found=found)

    def _row(self, arena: AstArena, node: int, name: str, args: list[int]) -> TypeId:
        """`Vec<T>`, `Array<T, N>`."""
        kind, n_args = ROWS[name]
        if not args and self._infer is not None:
            return self.make(kind, tuple([self._infer.fresh() for _ in range(n_args)]))
        if len(args) != n_args:
            self._report_arguments(name, ("T", "N")[:n_args], len(args), arena.token[node])
            return ERROR
        element = self.held(arena, args[0])
        if kind is TypeKind.VEC:
            return ERROR if element == ERROR else self.make(kind, (element,))
        size = self._size(arena, args[1])
        return ERROR if ERROR in (element, size) else self.make(kind, (element, size))

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


def n_type_arguments(n: int) -> str:
    """How many type arguments something takes, for messages."""
    return f"{n or 'no'} type argument{'' if n == 1 else 's'}"

"""Type parameters that a header declares without naming them: by parameters without a type, by `impl Trait`,
and by records that are open.
"""

from __future__ import annotations

from qz.sema.decls import Bound, FunctionDecl, Row
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.type_syntax.records import NO_FIELDS, OTHER_FIELDS
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent


class ImpliedParams:
    """The type parameters of a header, those of its owner and its own first; what it implies joins them."""

    def __init__(
        self,
        program: Program,
        function: FunctionDecl,
        arena: AstArena,
        syntax: TypeSyntax,
        type_params: list[TypeId],
        bounds: list[Bound],
    ) -> None:
        self.program = program
        self.function = function
        self.arena = arena
        self.syntax = syntax
        self.type_params = type_params
        self.bounds = bounds
        self.structural: list[TypeId] = []
        """Those of parameters without a type."""
        self.rows: list[Row] = []
        self.promised: dict[TypeId, list[TypeId]] = {}
        """The traits of each `impl` in the result, the outer ones first."""
        self.hidden: list[TypeId] = []
        """What the ones stand for that have been read of one way in which the result is written."""

    def by_argument(self, symbol: int) -> TypeId:
        """The type of a parameter that takes anything for which the body can be compiled."""
        param = self._declare(symbol)
        self.structural.append(param)
        return param

    def anonymous(self, symbol: int, annotation: int) -> TypeId:
        """`x: impl Show` declares a type parameter on the spot."""
        arena = self.arena
        param = self._declare(symbol)
        traits = [self.syntax.trait(arena, bound) for bound in arena.list(arena.lhs[annotation])]
        self.bounds += [Bound(param, trait) for trait in traits if trait != ERROR]
        return param

    def anonymous_within(self, annotation: int) -> TypeId:
        """`Vec<impl Show>` declares one of that name, with a number if there are several."""
        return self.anonymous(self._name_of(annotation), annotation)

    def promise(self, annotation: int) -> TypeId:
        """`impl Trait` in a result stands for one type, which the body gives, and goes by its text as a
        parameter's does."""
        hidden = self.program.types.make(TypeKind.PARAM, self._name_of(annotation), self.function.id)
        self.hidden.append(hidden)
        if hidden not in self.promised:
            found = self.promised[hidden] = []
            found += [
                self.syntax.trait(self.arena, bound) for bound in self.arena.list(self.arena.lhs[annotation])
            ]
        return hidden

    def open_record(self, annotation: int, row: int, fields: TypeId) -> TypeId | str:
        """`p: { x: Int, ..r }` takes whatever has the fields named."""
        known = self.known_row(annotation, row, fields)
        if not isinstance(known, str):
            return known
        param = self._declare(self._name_of(annotation))
        self.rows.append(Row(param, fields, row))
        return param

    def known_row(self, annotation: int, row: int, fields: TypeId) -> TypeId | str:
        """What has the same other fields as a parameter, and the same ones beside them, has its type."""
        known = [one for one in self.rows if row and one.name == row]
        same = next((one.param for one in known if one.fields == fields), None)
        return same if same is not None else (OTHER_FIELDS if known else NO_FIELDS)

    def _declare(self, symbol: int) -> TypeId:
        """A type parameter that goes by the name of a parameter."""
        param = self.program.types.make(TypeKind.PARAM, symbol, self.function.id)
        if param not in self.type_params:  # of two that have one name, the body is told
            self.type_params.append(param)
        return param

    def _name_of(self, annotation: int) -> int:
        """What an `impl Trait` or an open record goes by that has no other name."""
        span = extent(self.function.module.tokens, self.arena, annotation)
        written = self.program.source_of(span).text(span.start, span.end)
        names = [self.program.show(param) for param in (*self.type_params, *self.hidden)]
        n = sum(name.startswith(written) for name in names)
        return self.program.interner.intern(f"{written} {n + 1}" if n else written)

"""What a value was lent from: followed through fields, elements, branches and calls, to a local."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.data.parts import is_plain, part_types
from qz.sema.decls import StructDecl
from qz.sema.ownership.arenas import arena_named
from qz.sema.ownership.lending import Borrow, param_borrow, result_borrow
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView, branches

K = NodeKind

THROUGH = frozenset(
    (K.UNWRAP, K.TRY, K.CAST, K.ONCE, K.TAP, K.BEHIND, K.OPT_VALUE, K.WITH, K.NAMED_ARG, K.FIELD_INIT)
)
"""What hands on the value on its left, or a part of it."""


class Origin(NamedTuple):
    """What a value was lent from: the local, if there is one, and whether the function owns that itself."""

    borrow: Borrow
    root: int
    is_own: bool = False


class Origins:
    """Those of one body; ``by_local`` are the locals that stand for something lent, as far as is known."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self.tree = tree = body.tree
        self.kind, self.lhs, self.rhs = tree.kind, tree.lhs, tree.rhs
        self.by_local: dict[int, Origin] = {}

    def of(self, node: int) -> Origin | None:
        """What the value of a node was lent from; None where it is owned, or nothing in it can change."""
        kind, body = self.kind[node], self.body
        if not node or (body.types[node] and self.is_free(body.types[node])):
            return None
        if kind in (K.IDENT, K.SELF):
            local = body.decls[node] - 1
            while local in body.rests:
                local = body.rests[local].of
            return self.by_local.get(local)
        if kind in (K.REF, K.REF_MUT):
            return self.reference(node)
        plan = body.calls.get(node)
        if plan is not None:
            return self._of_call(plan)
        if kind == K.CALL and node not in body.variants:
            return self._of_unknown_call(node)
        if node in body.variants:
            return self._first(self.variant_parts(node))
        if kind in (K.FIELD, K.INDEX) or kind in THROUGH:
            return self.of(self.lhs[node]) if kind != K.WITH or self._shares(node) else None
        return self._first(self.results(node))

    def is_free(self, type_id: TypeId) -> bool:
        """Whether a value of the type is nobody's: nothing in it can change, or it is a copy."""
        return is_plain(self.program, type_id, or_copied=True)

    def _first(self, nodes: Iterable[int]) -> Origin | None:
        """The first that is lent from somewhere; one that must not be changed comes before all others."""
        found = [origin for origin in map(self.of, nodes) if origin is not None]
        return min(found, key=lambda origin: origin.borrow, default=None)

    def results(self, node: int) -> Sequence[int]:
        """The nodes of which one gives a node its value."""
        tree, kind = self.tree, self.kind[node]
        match kind:
            case K.CLAUSES:
                return [FnView(tree, clause).body for clause in tree.list(self.lhs[node])]
            case K.COALESCE:
                return [self.lhs[node], self.rhs[node]]
            case K.TUPLE:
                return tree.list(self.lhs[node])
            case _:
                return branches(tree, node)

    def variant_parts(self, node: int) -> Sequence[int]:
        """What a new value of an enum holds."""
        return self.body.variants[node].payload if node in self.body.variants else ()

    def last(self, node: int) -> int:
        """What gives a block its value, or anything else; 0 for a block without statements."""
        statements = self.tree.list(self.lhs[node]) if self.kind[node] == K.BLOCK else [node]
        return statements[-1] if statements else 0

    def reference(self, node: int) -> Origin:
        """Of `&e` and `&mut e`: what `e` was lent from, else the local in which it lies."""
        inner = self.of(self.lhs[node])
        borrow = Borrow.MUTABLE if self.kind[node] == K.REF_MUT else Borrow.SHARED
        if inner is not None:
            return inner._replace(borrow=min(borrow, inner.borrow))
        root = self.lhs[node]
        while self.kind[root] in (K.FIELD, K.INDEX):
            root = self.lhs[root]
        is_local = self.kind[root] in (K.IDENT, K.SELF) and self.body.decls[root] > 0
        return Origin(borrow, self.body.decls[root] - 1 if is_local else -1, is_own=is_local)

    def _of_call(self, plan: CallPlan) -> Origin | None:
        """A result that is a reference is lent from one of the arguments that are."""
        signature = self.program.queries.signature(plan.function)
        if not signature.result_borrow:
            return None
        lent = [arg for arg, p in zip(plan.args, signature.params, strict=False) if p.borrow]
        found = self._first(lent)
        if found is not None:
            return found._replace(borrow=signature.result_borrow)
        arenas = [arena_named(self.program, self.body, arg) for arg in lent if arg != DEFAULT_ARGUMENT]
        arena = next((local for local in arenas if local >= 0), -1)
        return Origin(signature.result_borrow, arena, is_own=arena >= 0)

    def _of_unknown_call(self, node: int) -> Origin | None:
        """What a function gives of which only the type is known."""
        lent = self.lending(self.lhs[node])
        if not result_borrow(lent):
            return None
        args = self.tree.list(self.rhs[node])
        found = self._first(arg for at, arg in enumerate(args) if param_borrow(lent, at))
        return found and found._replace(borrow=result_borrow(lent))

    def lending(self, function: int) -> int:
        """What the type of a function value says of references."""
        type_id = self.body.types[function]
        types = self.program.types
        return types.args[type_id][0] if types.kinds[type_id] is TypeKind.FN else 0

    def _shares(self, node: int) -> bool:
        """Whether a changed copy has something of the original in it that can change."""
        given = {self.body.module.tokens.text(self.tree.token[i]) for i in self.tree.list(self.rhs[node])}
        type_id = self.body.types[node]
        decl = self.program.decls[self.program.types.args[type_id][0]]
        names = list(self.program.queries.fields(decl)) if isinstance(decl, StructDecl) else []
        types = part_types(self.program, type_id)
        kept = (t for name, t in zip(names, types, strict=False) if name not in given)
        return not names or any(not self.is_free(t) for t in kept)

    def root_of_arena(self, node: int) -> int:
        """The local that holds the arena which a node names."""
        local = arena_named(self.program, self.body, node)
        return self.by_local[local].root if local in self.by_local else local

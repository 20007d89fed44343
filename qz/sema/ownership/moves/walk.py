"""A checked body as a graph of what happens to the values that its locals own.

A node is told what its value is wanted for (`uses.py`) and passes that on to whatever gives it its value. A
local owns a value if its type is linear and it was not bound to a reference; a parameter, if the body gives
its value to somebody, which is what `owning.py` asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan, decl_of
from qz.sema.decls import FunctionDecl, GlobalDecl
from qz.sema.ownership.kept import find_kept
from qz.sema.ownership.moves import walk_arenas, walk_bindings, walk_calls, walk_control, walk_patterns
from qz.sema.ownership.moves.graph import Act, Block, Scope, Step
from qz.sema.ownership.moves.uses import (
    LOOK,
    RETURNED,
    STORED,
    THROUGH,
    UNUSED,
    Given,
    Kept,
    Seen,
    Use,
)
from qz.sema.program import Program
from qz.sema.resolve.resolver import SPINE
from qz.sema.types import NEVER, VOID, TypeId, TypeKind
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.views import branches, code_of

K = NodeKind


class Problem(NamedTuple):
    """What is wrong whatever path leads there: a code, its node, what its message needs."""

    code: str
    node: int
    name: str = ""
    lost: str = ""
    why: str = ""
    local: int = -1


class Walk:
    """One body. ``owns`` says whether a function takes over the value it is given for a parameter; without
    it, that is noted in ``given``."""

    def __init__(
        self,
        program: Program,
        body: Body,
        function: FunctionDecl,
        owns: Callable[[FunctionDecl, int], bool] | None,
        matters: Callable[[TypeId], bool],
    ) -> None:
        self.program = program
        self.body = body
        self.arena = body.arena
        self.tree = tree = body.tree
        self.kind, self.lhs, self.rhs = tree.kind, tree.lhs, tree.rhs
        self.function = function
        self.signature = program.queries.signature(function)
        self.types = program.queries.owned_types
        self.owns = owns
        self.is_owned = matters
        """Whether it matters who owns a value of a type."""
        self.entry = self.block = Block()
        self.problems: list[Problem] = []
        self.moves: dict[int, Kept] = {}
        """By the node where something is given away: to whom."""
        self.moved: set[int] = set()
        """The locals whose values are given away somewhere."""
        self.given: set[tuple[int, FunctionDecl, int]] = set()
        """Parameters that are arguments of calls: local, function, position."""
        self.lent: dict[int, tuple[int, ...]] = {}
        """Locals that only stand for what others own, and those."""
        self.in_arenas: dict[int, set[int]] = {}
        """By the local of an arena: those that refer to what was made in it."""
        self.ends: dict[int, str] = {}
        """By node: how what was made in an arena ends there."""
        self.aliases: dict[int, int] = {}
        """What a parameter is called in a clause."""
        self.scopes: list[Scope] = [Scope()]
        self.base = 0
        """The first scope of the innermost function or lambda."""
        self.depth = 0
        """How many lambdas are around."""
        self.loops: dict[int, walk_control.Loop] = {}
        if body.lambdas:
            find_kept(program, body)

    def run(self) -> None:
        """Walk the whole function."""
        code = code_of(self.tree, self.body.root)
        pairs = zip(self.body.params, self.signature.params, strict=False)
        is_default = self.function.default_of >= 0  # which only looks at what it is given
        for position, (local, param) in enumerate(pairs):
            if not self.is_owned(self.body.locals[local].type):
                continue
            if (
                is_default
                or param.borrow
                or (self.owns is not None and not self.owns(self.function, position))
            ):
                self.lent[local] = ()
            else:
                self.own(local, self.body.root)
        for local, pattern in self.body.taken_apart.items():
            walk_patterns.Names(self, self.lent.get(local, ())).bind(pattern, self.body.locals[local].type)
        use = self.result_use(self.body.result)
        self.value(code, use if not self.signature.result_borrow else LOOK)
        walk_control.leave(self, 0, code)

    def result_use(self, type_id: TypeId) -> Use:
        return UNUSED if type_id in (VOID, NEVER) else RETURNED

    # What is asked of types and nodes

    def is_linear(self, type_id: TypeId) -> bool:
        return self.types.is_linear(type_id)

    def local_of(self, node: int) -> int:
        """The local that a node names, or -1."""
        local = self.body.decls[node] - 1
        while local in self.body.rests:
            local = self.body.rests[local].of
        return self.aliases.get(local, local)

    def owners(self, node: int) -> tuple[int, ...] | None:
        """Whose value an expression stands for without owning it; None if it gives a value of its own."""
        kind = self.kind[node]
        if kind in (K.REF, K.REF_MUT):
            return self.roots(self.lhs[node])
        if kind in (K.IDENT, K.SELF):
            return self.lent.get(self.local_of(node))
        plan = self.body.calls.get(node)
        if plan is not None:
            return self.owners_of_result(plan)
        if (
            kind in THROUGH
            or kind in (K.TRY, K.TAP, K.BEHIND)
            or (kind in (K.FIELD, K.INDEX) and node not in self.body.variants)
        ):
            return self.owners(self.lhs[node])
        parts = self.body.variants[node].payload if node in self.body.variants else ()
        found = [self.owners(result) for result in (*parts, *self.results(node))]
        known = [one for one in found if one is not None]
        return tuple(local for one in known for local in one) if known else None

    def results(self, node: int) -> Sequence[int]:
        """The nodes of which one gives a node its value."""
        if self.kind[node] == K.COALESCE:
            return self.lhs[node], self.rhs[node]
        return branches(self.tree, node)

    def roots(self, node: int) -> tuple[int, ...]:
        """The locals that own what a place is part of."""
        while self.kind[node] in (K.FIELD, K.INDEX) or self.kind[node] in THROUGH:
            node = self.lhs[node]
        if self.kind[node] not in (K.IDENT, K.SELF):
            return self.owners(node) or ()
        local = self.local_of(node)
        return self.lent.get(local, (local,) if local >= 0 else ())

    def owners_of_result(self, plan: CallPlan) -> tuple[int, ...] | None:
        """Whose value a call gives without owning it; None if it gives a value of its own."""
        signature = self.program.queries.signature(plan.function)
        if not signature.result_borrow:
            return None
        pairs = zip(plan.args, signature.params, strict=False)
        lent = [arg for arg, param in pairs if param.borrow and arg != DEFAULT_ARGUMENT]
        return tuple(local for arg in lent for local in (self.owners(arg) or self.roots(arg)))

    # What happens

    def step(self, act: Act, local: int, node: int) -> None:
        self.block.steps.append(Step(act, local, node))

    def complain(
        self, code: str, node: int, local: int = -1, *, name: str = "", lost: str = "", why: str = ""
    ) -> None:
        self.problems.append(Problem(code, node, name, lost, why, local))

    def own(self, local: int, node: int) -> None:
        """A local of the innermost scope gets a value of its own."""
        self.step(Act.BIND, local, node)
        self.scopes[-1].locals.append(local)

    def owners_of(self, local: int) -> tuple[int, ...]:
        """Who owns what a local stands for."""
        is_followed = self.is_owned(self.body.locals[local].type) or walk_arenas.refers(self, local)
        own = (local,) if is_followed else ()
        return self.lent.get(local, own)

    def lose(self, node: int, type_id: TypeId, why: str) -> None:
        """A value has no owner from here on, which a linear one must have."""
        if self.is_linear(type_id):
            self.complain("QZ1207", node, lost=self.program.show(type_id), why=why)

    def branch(self) -> Block:
        """A block that may be next."""
        new = Block()
        self.block.following.append(new)
        return new

    def join(self, ends: Iterable[Block]) -> None:
        """Go on where these end."""
        self.block = Block()
        for end in ends:
            end.following.append(self.block)

    def stop(self) -> None:
        """Nothing follows here."""
        self.block = Block()

    # Expressions

    def value(self, node: int, use: Use) -> None:
        """Walk an expression or statement whose value is wanted for ``use``."""
        if not node:
            return
        rule = self.rules.get(self.kind[node])
        plan = self.body.calls.get(node)
        if plan is not None and self.kind[node] not in (K.ASSIGN_OP, K.GO, K.ASYNC):
            walk_calls.call(self, node, plan, use)
        elif rule is not None:
            rule(self, node, use)
        else:
            self.each(children(self.tree, node), LOOK)
        if self.body.types[node] == NEVER:
            self.stop()

    def each(self, nodes: Iterable[int], use: Use) -> None:
        for node in nodes:
            self.value(node, use)

    def made(self, node: int, use: Use) -> None:
        """A new value: somebody must take it."""
        if isinstance(use, Given) and self.owns is not None and self.owns(*use):
            return
        if not isinstance(use, Kept):
            self.lose(node, self.body.types[node], "nobody takes it over")

    def name(self, node: int) -> str:
        """The node's main token as text."""
        return self.body.module.tokens.text(self.tree.token[node])

    def text(self, node: int) -> str:
        """The node as it is written."""
        span = extent(self.body.module.tokens, self.tree, node)
        return self.program.source_of(span).text(span.start, span.end)

    def show(self, node: int) -> str:
        return self.program.show(self.body.types[node])

    def _name(self, node: int, use: Use) -> None:
        """A name that stands for a local; for any other there is nothing to follow."""
        local = self.local_of(node)
        if local < 0:
            self._global(node, use)
            return
        for owner in self.lent.get(local, ()):
            self.step(Act.LOOK, owner, node)
        if walk_arenas.refers(self, local):
            self.step(Act.LOOK, local, node)
        if not self.is_owned(self.body.locals[local].type):
            return
        if isinstance(use, Given):
            if self.owns is None:
                self.given.add((local, use.function, use.position))
                use = LOOK
            else:
                taken = Kept(f"given to `{use.function.name}`, which takes it over", use.function)
                use = taken if self.owns(*use) else LOOK
        if isinstance(use, Seen):
            if local not in self.lent:
                self.step(Act.LOOK, local, node)
        elif local in self.lent:
            self.complain("QZ1209", node, local, name=self.body.locals[local].name, why="only lent")
        elif self.body.locals[local].depth < self.depth:
            why = "captured by a lambda, which may be called more than once"
            self.complain("QZ1209", node, local, name=self.body.locals[local].name, why=why)
        else:
            self.give(local, node, use)

    def _global(self, node: int, use: Use) -> None:
        """A variable of a module lives on; a constant stands for a new value."""
        decl = decl_of(self.body.decls[node], self.program.decls)
        if isinstance(decl, GlobalDecl) and self.is_owned(self.body.types[node]) and self.is_taken(use):
            self.complain("QZ1209", node, name=decl.name, why="a variable of a module, which lives on")

    def give(self, local: int, node: int, taker: Kept) -> None:
        """A local's value goes to another owner."""
        self.moves[node] = taker
        self.moved.add(local)
        self.step(Act.MOVE, local, node)

    def _part(self, node: int, use: Use) -> None:
        """`x.f`, `x[i]`: a part is looked at where it is; only who takes the whole apart has it."""
        if node in self.body.variants:
            return
        self.value(self.lhs[node], LOOK)
        if self.kind[node] == K.INDEX:
            self.value(self.rhs[node], LOOK)
        if self.is_owned(self.body.types[node]) and self.is_taken(use):
            self.complain("QZ1209", node, name=self.text(node), why="a part of what lives on")

    def is_taken(self, use: Use) -> bool:
        """Whether somebody owns what is wanted for ``use``."""
        if isinstance(use, Given):
            return self.owns is not None and self.owns(*use)
        return isinstance(use, Kept)

    def _reference(self, node: int, use: Use) -> None:
        self.value(self.lhs[node], LOOK)
        if self.is_owned(self.body.types[node]) and self.is_taken(use):
            self.complain("QZ1209", node, name=self.text(node), why="only lent")

    def _through(self, node: int, use: Use) -> None:
        self.value(self.lhs[node], use)

    def _holder(self, node: int, use: Use) -> None:
        """`Point { x: a }`, `(a, b)`, `[a, b]`: the parts are its own from now on."""
        if self.kind[node] == K.TUPLE and not self.is_taken(use):
            self.each(self.tree.list(self.lhs[node]), LOOK)
            return
        self.each(walk_patterns.parts(self, node), STORED)
        self.made(node, use)

    def _spine(self, node: int, use: Use) -> None:
        """Operators that chain to the left, in a loop; the right side of `and` and `or` may be left out."""
        links: list[int] = []
        while self.kind[node] in SPINE and node not in self.body.calls:
            links.append(node)
            node = self.lhs[node]
        self.value(node, LOOK)
        for link in reversed(links):
            if self.kind[link] in (K.AND, K.OR):
                walk_control.maybe(self, self.rhs[link], LOOK)
            else:
                self.value(self.rhs[link], STORED if self._appends(link) else LOOK)

    def _appends(self, link: int) -> bool:
        """Whether an operator is the `<<` of a vector."""
        type_id = self.body.types[self.lhs[link]]
        return self.kind[link] == K.SHL and self.program.types.kinds[type_id] is TypeKind.VEC

    rules: ClassVar[dict[int, Callable[[Walk, int, Use], None]]] = {
        K.IDENT: _name,
        K.SELF: _name,
        K.FIELD: _part,
        K.INDEX: _part,
        K.REF: _reference,
        K.REF_MUT: _reference,
        **dict.fromkeys((K.STRUCT_LIT, K.TUPLE, K.VEC_LIT, K.RECORD_LIT, K.MAP_ENTRY), _holder),
        **dict.fromkeys(THROUGH, _through),
        **dict.fromkeys(SPINE, _spine),
        **walk_bindings.RULES,
        **walk_calls.RULES,
        **walk_control.RULES,
        **walk_patterns.RULES,
    }


def graph_of(
    program: Program,
    body: Body,
    function: FunctionDecl,
    owns: Callable[[FunctionDecl, int], bool] | None,
    matters: Callable[[TypeId], bool],
) -> Walk:
    """The walk over a body, when it is done; of which types it ``matters`` who owns their values."""
    walk = Walk(program, body, function, owns, matters)
    walk.run()
    return walk

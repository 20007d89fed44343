"""Which uses of a value only look at it.

A constant of an aggregate type stands for a new value wherever it is used; where the use only looks at it,
no copy is needed, and all such uses share one. `TABLE[i]`, `TABLE.size`, `CONFIG.names[0]` and `for` look,
and so does a call whose parameter is only looked at in its turn. What a part is bound to, by a loop, a match
or a name of its own, is followed: such a use looks if all that happens to those locals does. Whatever is not
known to look, keeps.

What a function hands to a function that it is given, as `any?` does, is up to that: so it is also found out
which parameters are only looked at if functions that are given only look. A call with lambdas that do so
looks then.

A shared instance gives parts away without knowing their types. For its caller that is a look where such
parts cannot change, and its callers know what those are; and where the result, in which alone the parts can
be, is only looked at, as in `TABLE["key"].size`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.constants.values import AGGREGATES
from qz.sema.data.parts import is_plain
from qz.sema.decls import ConstDecl, DerivedDecl, FunctionDecl
from qz.sema.ownership.lending import Borrow, param_borrow, result_borrow
from qz.sema.ownership.value_uses import CHANGING, LOOKING, LOOKING_AT_ELEMENTS, Use, Walk
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

K = NodeKind

_BINDING = frozenset({K.VAR, K.LET, K.ASSIGN})
_TAKING_APART = frozenset({K.DESTRUCTURE, K.VAR_PATTERN})
_BY_PLACES = frozenset({"next_place", "item_at", "key_at", "value_at", "size"})
"""The methods that a loop goes over a map or a set by."""

MAX_DEPTH = 32
"""How far calls are followed."""

MAX_ROUNDS = 8
"""How far names are followed that are bound to parts of what others are bound to."""


class Looks(NamedTuple):
    """The positions of the parameters that a function only looks at, of those of which it gives parts away
    whose types only its callers know, and of those that it looks at if functions that it is given do."""

    at: frozenset[int]
    giving: frozenset[int]
    lending: frozenset[int] = frozenset()

    def use(self, position: int) -> Use:
        if position in self.at:
            return Use.LOOKS
        return Use.GIVES if position in self.giving else Use.KEEPS

    def without(self, positions: frozenset[int]) -> Looks:
        """The same, where those are kept."""
        return Looks(self.at - positions, self.giving - positions, self.lending - positions)


_KEEPS_ALL = Looks(frozenset(), frozenset())


def functions_given(program: Program, plan: CallPlan) -> list[int]:
    """The arguments of a call that are functions, or stand for the default of such a parameter."""
    kinds, params = program.types.kinds, program.queries.signature(plan.function).params
    given = zip(plan.args, params, strict=False)
    return [arg for arg, param in given if kinds[param.type] is TypeKind.FN]


def lends_all(program: Program, body: Body, node: int) -> bool:
    """Whether the type of a function says that it only looks at all that it is given, and owns its result."""
    types = program.types
    if node == DEFAULT_ARGUMENT or types.kinds[body.types[node]] is not TypeKind.FN:  # the call behind `go`
        return False
    lent, *parts = types.args[body.types[node]]
    return not result_borrow(lent) and all(
        param_borrow(lent, at) is Borrow.SHARED for at in range(len(parts) - 1)
    )


class Reading:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[int, Looks] = {}
        self._depth = 0

    def looked_at(self, function: FunctionDecl) -> frozenset[int]:
        """The positions of the parameters that the function only looks at, through all that it calls."""
        return self.looks(function).at

    def looks(self, function: FunctionDecl) -> Looks:
        """What is known of that, and of what it gives away."""
        found = self._known.get(function.id)
        if found is not None:
            self.program.reads.again("looked at", function.id)
            return found
        with self.program.reads.of("looked at", function.id):
            return self._find(function)

    def _find(self, function: FunctionDecl) -> Looks:
        self._known[function.id] = found = _KEEPS_ALL  # for those that it calls and that call it
        if self._has_own_body(function) and self._depth < MAX_DEPTH:
            self._depth += 1
            with self.program.arenas.function(function.symbol) as arena:
                body = self.program.queries.body(function, arena)
                if body.is_clean:
                    in_defaults = self.program.queries.signature(function).in_defaults
                    found = self._only_looked_at(function, body).without(in_defaults)
            self._depth -= 1
        self._known[function.id] = found
        return found

    def _has_own_body(self, function: FunctionDecl) -> bool:
        """Whether what the function does is written, and written for the very types of its parameters."""
        if isinstance(function, DerivedDecl):  # calls whatever the parts of the type have
            return False
        flags = function.module.items.flags[function.item]
        is_generic = self.program.queries.signature(function).type_params
        return bool(flags & ItemFlag.HAS_BODY) and not is_generic and function.value_of is None

    def _only_looked_at(self, function: FunctionDecl, body: Body) -> Looks:
        found = self._settled(function, body, lends=False)
        kinds = self.program.types.kinds
        if all(kinds[body.locals[local].type] is not TypeKind.FN for local in body.params):
            return found
        return found._replace(lending=self._settled(function, body, lends=True).at - found.at)

    def _settled(self, function: FunctionDecl, body: Body, *, lends: bool) -> Looks:
        """A call of itself does with its parameters what all of it does: assume the best until that holds."""
        assumed = Looks(frozenset(range(len(body.params))), frozenset())
        while True:
            walk = _LookingWalk(self.program, self, body, (function, assumed), lends=lends)
            walk.run()
            uses = [walk.uses.get(local, Use.LOOKS) for local in body.params]
            found = Looks(
                *(frozenset(i for i, u in enumerate(uses) if u is use) for use in (Use.LOOKS, Use.GIVES))
            )
            if found == assumed:
                return found
            assumed = found

    def mark(self, body: Body) -> None:
        """Note in a body which mentions of constants only look, and report those that would change one."""
        walk = _LookingWalk(self.program, self, body, None)
        walk.run()
        body.looks = {node for node, _, use in walk.mentions if use is Use.LOOKS}
        for node, decl, use in walk.mentions:
            if use is Use.CHANGES:
                what = f"a part of the constant `{decl.name}`"
                label = "this would change it"
                help_text = f"bind it first, which copies it: `copy = {decl.name}`"
                self.program.sink.report("QZ0502", body.span(node), label=label, help=help_text, what=what)


class _LookingWalk(Walk):
    """What is done with each local, and with what a local is a part of; and with each constant."""

    def __init__(
        self,
        program: Program,
        reading: Reading,
        body: Body,
        itself: tuple[FunctionDecl, Looks] | None,
        *,
        lends: bool = False,
    ) -> None:
        super().__init__(program, body)
        self.reading = reading
        self.itself = itself
        self.lends = lends
        """Whether functions that this one is given are taken to look only."""
        self.uses: dict[int, Use] = {}
        """The worst that happens to each local."""
        self.mentions: list[tuple[int, ConstDecl, Use]] = []
        """Of constants that are aggregates."""
        self._assumed: dict[int, Use] = {}
        """The same of locals that are bound to parts, if it is worse than a look."""
        self._bound: set[int] = set()

    def run(self) -> None:
        """What happens to a local is known at the end: assume the best until that holds, or the worst."""
        for _ in range(MAX_ROUNDS):
            self._run_once()
            worse = {x: self.uses[x] for x in self._bound if self.uses.get(x, Use.LOOKS) > self._of_bound(x)}
            if not worse:
                return
            self._assumed |= worse
        self._assumed |= dict.fromkeys(range(len(self.body.locals)), Use.CHANGES)
        self._run_once()

    def _run_once(self) -> None:
        self.uses.clear()
        self.mentions.clear()
        super().run()

    def local(self, local: int, use: Use) -> None:
        self.uses[local] = max(use, self.uses.get(local, Use.LOOKS))

    def mention(self, node: int, decl_id: int, use: Use) -> None:
        decl = self.program.decls[decl_id]
        if isinstance(decl, ConstDecl) and isinstance(decl.value, AGGREGATES):
            self.mentions.append((node, decl, use))

    def of_part(self, node: int, use: Use) -> Use:
        if use is Use.CHANGES:
            return use
        return min(use, self._of_type(self.body.types[node]))

    def children_of(self, node: int, kind: int) -> None:
        """What is bound, taken apart, tested or looped over is followed into what it is bound to."""
        tree = self.body.tree
        subject, use = 0, Use.KEEPS
        if kind == K.FOR:
            subject = tree.extra[tree.rhs[node]]
            use = max(self._of_loop(subject), self._of_names(tree.list(tree.lhs[node])))
        elif kind in _BINDING:
            subject, use = tree.rhs[node], self._of_local(self.body.decls[node] - 1)
        elif kind in _TAKING_APART:
            subject, use = tree.rhs[node], self._of_names([tree.lhs[node]])
        elif kind == K.IS:
            subject, use = tree.lhs[node], self._of_names([tree.rhs[node]])
        elif kind == K.MATCH:
            patterns = [tree.lhs[arm] for arm in tree.list(tree.rhs[node])]
            subject, use = tree.lhs[node], self._of_names(patterns)
        elif kind == K.IN:
            subject, use = tree.rhs[node], Use.LOOKS
        elif kind == K.CALL and self._is_given(tree.lhs[node]):
            for arg in tree.list(tree.rhs[node]):
                self.push(arg, Use.LOOKS)
            return
        else:
            super().children_of(node, kind)
            return
        if self.program.queries.owned_types.may_be_owned(self.body.types[subject]):  # it is moved there
            use = Use.KEEPS
        for child in children(tree, node):
            self.push(child, use if child == subject else Use.KEEPS)

    def _of_names(self, patterns: Iterable[int]) -> Use:
        """What is done with a value that patterns are for: with the parts that they give names."""
        if self.body.narrowed or self.body.rests:  # names that stand for others
            return Use.KEEPS
        use = Use.LOOKS
        pending = list(patterns)
        while pending:
            node = pending.pop()
            entry = self.body.decls[node]
            if entry > 0:
                use = max(use, self._of_local(entry - 1))
            pending += children(self.body.tree, node)
        return use

    def _of_local(self, local: int) -> Use:
        """What is done with a value of which a local is a part, or which it is."""
        worst = self._of_type(self.body.locals[local].type)
        if worst is Use.LOOKS:
            return worst
        self._bound.add(local)
        return min(self._of_bound(local), worst)

    def _of_bound(self, local: int) -> Use:
        return self._assumed.get(local, Use.LOOKS)

    def _of_loop(self, subject: int) -> Use:
        """What a loop does with what it goes over, what its names are for aside."""
        if self.kind_of(self.body.types[subject]) in (TypeKind.VEC, TypeKind.ARRAY):
            return Use.LOOKS
        protocol = self.body.protocols.get(-subject)
        if protocol is None or not _BY_PLACES.issuperset(protocol.plans):
            return Use.KEEPS
        uses = [self.reading.looks(plan.function).use(0) for plan in protocol.plans.values()]
        # What it gives is what the names are for.
        return max(Use.LOOKS if use is Use.GIVES else use for use in uses)

    def argument(self, arg: int, node: int, plan: CallPlan, position: int, use: Use) -> None:
        found = self.of_argument(plan, position, node)
        if found is not Use.LOOKS and use is Use.LOOKS and self._gives_in_result(plan, position):
            found = use
        self.push(arg, found)

    def _gives_in_result(self, plan: CallPlan, position: int) -> bool:
        """Whether parts of an argument that a function only looks at can get nowhere but into its result."""
        if plan.function.abi or plan.slot >= 0 or plan.rest is not None:
            return False
        params = self.program.queries.signature(plan.function).params
        others = [param.type for other, param in enumerate(params) if other != position]
        gives = self.reading.looks(plan.function).use(position) is Use.GIVES
        return gives and all(is_plain(self.program, other) for other in others)

    def of_body(self, plan: CallPlan, position: int) -> Use:
        use = self._of_call(plan, position, self.body.types[plan.args[position]])
        if use is Use.LOOKS or position not in self.reading.looks(plan.function).lending:
            return use
        return min(use, max(map(self._of_function, functions_given(self.program, plan))))

    def _of_function(self, node: int) -> Use:
        """What a function value does with what it is given."""
        tree, found = self.body.tree, self.body.lambdas.get(node)
        if found is not None:
            params = tree.list(tree.lhs[node]) if tree.kind[node] == K.LAMBDA else []
            patterns = [tree.lhs[param] for param in params if tree.kind[param] == K.PARAM_PATTERN]
            return max([self._of_names(patterns), *map(self._of_local, found.params)])
        return Use.LOOKS if self._is_given(node) or lends_all(self.program, self.body, node) else Use.KEEPS

    def _is_given(self, node: int) -> bool:
        """Whether a name is that of a function that this one is given, and taken to look only."""
        local = self.body.decls[node] - 1 if self.body.tree.kind[node] == K.IDENT else -1
        return self.lends and local in self.body.params

    def _of_call(self, plan: CallPlan, position: int, found: TypeId) -> Use:
        """What a function does with an argument of a type."""
        if self.itself is not None and plan.function is self.itself[0]:
            use = self.itself[1].use(position)
        else:
            use = self.reading.looks(plan.function).use(position)
        if use is not Use.GIVES:
            return use
        return max(map(self._of_type, self.program.types.parts(found)), default=Use.KEEPS)

    def of_intrinsic(self, name: str, position: int, node: int) -> Use:
        if position:
            return Use.KEEPS
        if name in CHANGING:
            return Use.CHANGES
        if name in LOOKING:
            return Use.LOOKS
        if name not in LOOKING_AT_ELEMENTS:
            return Use.KEEPS
        given = self.body.types[node]
        return self._of_type(
            self.program.types.args[given][0] if self.kind_of(given) is TypeKind.VEC else given
        )

    def _of_type(self, type_id: TypeId) -> Use:
        """What may be done with a value by giving away a part of this type."""
        if self.program.queries.owned_types.is_owned(type_id):
            return Use.KEEPS
        if is_plain(self.program, type_id, or_copied=True):
            return Use.LOOKS
        return Use.GIVES if is_plain(self.program, type_id, or_copied=True, or_shared=True) else Use.KEEPS

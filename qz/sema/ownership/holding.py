"""Which parameters a function may hold on to when it is over.

What is given to any other parameter may lie where it is gone soon after the call: on the stack of whoever
calls. A function that only looks at its parameter and at what is in it, changes parts of it, or hands it to
a function that does nothing else either, does not hold on to it. Of each function it is noted once what
happens to its parameters, and which of them go where; what becomes of a value is then a matter of following
it.

Unlike a look (`reading`), taking out a part is fine, as the part is counted by itself, and so is a change.
But where a block lies on the stack, those that are its fields may lie there too: such a value is lent whole
only to a function that does not hold on to any block in it either, nor puts another one in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qz.sema.body import Body, CallPlan
from qz.sema.decls import DerivedDecl, FunctionDecl, TraitDecl
from qz.sema.ownership.value_uses import CHANGING, LOOKING, LOOKING_AT_ELEMENTS, Use, Walk
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind

K = NodeKind

_OUTLIVING = frozenset({K.YIELD, K.GO, K.ASYNC})
"""With one of these in it, a body may go on when its function has been left."""

_BLOCKS = frozenset({TypeKind.VEC, TypeKind.STRUCT, TypeKind.TUPLE, TypeKind.RECORD, TypeKind.ENUM})
"""Kinds of types whose values are blocks with parts."""

_NEVER_ON_STACK = frozenset({*range(TypeKind.BOOL, TypeKind.REFERENCE), TypeKind.VEC, TypeKind.FN})
"""Kinds of fields that are no blocks, or none that a block on the stack brings along."""

_TAKEN_APART = frozenset({TypeKind.STRUCT, TypeKind.TUPLE, TypeKind.ENUM})
"""Kinds of types whose patterns, where they bind the whole, say so."""

_CHANGING = CHANGING - {"rt.vec$free"}

MAX_FUNCTIONS = 64
"""How many functions a value is followed into."""


@dataclass(frozen=True, slots=True)
class Passing:
    """What a function does with its parameters: those that may be held on to, and where the others go."""

    held: frozenset[int]
    goes_to: dict[int, list[tuple[FunctionDecl, int]]] = field(
        default_factory=dict[int, list[tuple[FunctionDecl, int]]]
    )


class Holding:
    """Answers for every function of the program, and remembers. With ``of_whole`` a value is held on to where
    a block in it is."""

    def __init__(self, program: Program, *, of_whole: bool = False) -> None:
        self.program = program
        self._of_whole = of_whole
        self._name = "passing of the whole" if of_whole else "passing"
        self._known: dict[int, Passing] = {}

    def may_hold(self, function: FunctionDecl, position: int) -> bool:
        """Whether the value of a parameter may be held on to, there or by what is called there."""
        seen = {(function.id, position)}
        functions: set[int] = set()
        pending = [(function, position)]
        for called, at in pending:  # grows
            functions.add(called.id)
            if len(functions) > MAX_FUNCTIONS:
                return True
            passing = self._passing(called)
            if at in passing.held:
                return True
            for further, place in passing.goes_to.get(at, ()):
                if (further.id, place) not in seen:
                    seen.add((further.id, place))
                    pending.append((further, place))
        return False

    def _passing(self, function: FunctionDecl) -> Passing:
        found = self._known.get(function.id)
        if found is not None:
            self.program.reads.again(self._name, function.id)
            return found
        with self.program.reads.of(self._name, function.id):
            found = self._known[function.id] = self._find(function)
        return found

    def _find(self, function: FunctionDecl) -> Passing:
        signature = self.program.queries.signature(function)
        everything = frozenset(range(len(signature.params)))
        if not has_own_body(self.program, function):
            return Passing(everything)
        with self.program.queries.bodies.ahead(function) as body:
            outlives = not _OUTLIVING.isdisjoint(body.tree.kind)
            if not body.is_clean or outlives or body.yields:
                return Passing(everything)
            walk = (_WholeWalk if self._of_whole else _HoldingWalk)(self.program, body)
            walk.run()
            for found in body.lambdas.values():
                walk.kept.update(found.captures)
            held = frozenset(i for i, local in enumerate(body.params) if local in walk.kept)
            held |= signature.in_defaults
            goes_to = {
                i: walk.goes_to[local]
                for i, local in enumerate(body.params)
                if i not in held and local in walk.goes_to
            }
        return Passing(held, goes_to)


def has_own_body(program: Program, function: FunctionDecl) -> bool:
    """Whether what the function does is written, and written for the very types of its parameters."""
    if isinstance(function, DerivedDecl) or function.abi or function.wraps is not None:
        return False
    if function.value_of is not None or function.default_of >= 0:
        return False
    if function.generic is None and isinstance(function.module.owners.get(function.owner), TraitDecl):
        return False
    if function.linking is not None and function.linking.is_weak:  # another may take its place
        return False
    has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
    return bool(has_body) and not program.queries.signature(function).type_params


class _HoldingWalk(Walk):
    """Which locals may be held on to, and which functions the others are given to."""

    def __init__(self, program: Program, body: Body) -> None:
        super().__init__(program, body)
        self.kept: set[int] = set()
        self.goes_to: dict[int, list[tuple[FunctionDecl, int]]] = {}

    def local(self, local: int, use: Use) -> None:
        if use not in (Use.LOOKS, Use.CHANGES):
            self.kept.add(local)

    def of_part(self, node: int, use: Use) -> Use:
        """Who has a part of a block does not have the block; some elements in a row are no part."""
        type_id = self.body.types[self.body.tree.lhs[node]]
        if self.kind_of(type_id) is TypeKind.VEC and self.body.tree.kind[node] == K.INDEX:
            is_part = self.body.types[node] == self.program.types.args[type_id][0]
            return Use.LOOKS if is_part else use
        return Use.LOOKS if self._is_block(type_id) else use

    def children_of(self, node: int, kind: int) -> None:
        """A loop over a vector, and a match that takes apart, leave it at that."""
        tree = self.body.tree
        if kind == K.FOR:
            of = tree.extra[tree.rhs[node]]
            self.push(of, Use.LOOKS if self.kind_of(self.body.types[of]) is TypeKind.VEC else Use.KEEPS)
            self.push(tree.extra[tree.rhs[node] + 1], Use.KEEPS)
        elif kind == K.MATCH:
            self._match(node)
        else:
            super().children_of(node, kind)

    def _match(self, node: int) -> None:
        tree = self.body.tree
        subject = tree.lhs[node]
        arms = tree.list(tree.rhs[node])
        type_id = self.body.types[subject]
        is_left = self._is_block(type_id) and self.kind_of(type_id) in _TAKEN_APART
        is_left = is_left and not any(self._binds_whole(tree.lhs[arm]) for arm in arms)
        self.push(subject, Use.LOOKS if is_left else Use.KEEPS)
        for arm in arms:
            first = tree.rhs[arm]
            self.push(tree.extra[first], Use.KEEPS)
            self.push(tree.extra[first + 1], Use.KEEPS)

    def _binds_whole(self, pattern: int) -> bool:
        """Whether a name in a pattern stands for all that is matched."""
        tree = self.body.tree
        match tree.kind[pattern]:
            case K.PAT_WILD | K.PAT_LITERAL | K.PAT_VARIANT | K.PAT_STRUCT | K.PAT_TUPLE:
                return False
            case K.PAT_NAME:
                return self.body.decls[pattern] > 0
            case K.PAT_OR:
                return any(map(self._binds_whole, tree.list(tree.lhs[pattern])))
            case _:
                return True

    def argument(self, arg: int, node: int, plan: CallPlan, position: int, use: Use) -> None:
        """What is given as it is to a function of which more can be known is followed there."""
        local = self._named_by(arg)
        use = self.of_argument(plan, position, node)
        if local is None or use is not Use.KEEPS or plan.function.abi or plan.slot >= 0:
            self.push(arg, use)
        else:
            self.goes_to.setdefault(local, []).append((plan.function, position))

    def _named_by(self, arg: int) -> int | None:
        """The local that an argument is."""
        body = self.body
        is_name = body.tree.kind[arg] in (K.IDENT, K.SELF) and arg not in body.conversions
        return body.decls[arg] - 1 if is_name and body.decls[arg] > 0 else None

    def of_intrinsic(self, name: str, position: int, node: int) -> Use:
        """A vector that grows or is asked for elements is not held on to."""
        if position:
            return Use.KEEPS
        if name in _CHANGING:
            return Use.CHANGES
        return Use.LOOKS if name in LOOKING or name in LOOKING_AT_ELEMENTS else Use.KEEPS

    def _is_block(self, type_id: TypeId) -> bool:
        return self.kind_of(type_id) in _BLOCKS and not self.program.queries.layouts.has_leaves(type_id)


class _WholeWalk(_HoldingWalk):
    """Which locals may be held on to, be it a block in them."""

    def of_part(self, node: int, use: Use) -> Use:
        kind = self.kind_of(self.body.types[node])
        return super().of_part(node, use) if kind in _NEVER_ON_STACK else use

    def _assignment(self, target: int, value: int) -> None:
        """Who puts another block in the place of one ends that one's life."""
        super()._assignment(target, value)
        tree = self.body.tree
        if tree.kind[target] == K.FIELD and self.kind_of(self.body.types[target]) not in _NEVER_ON_STACK:
            self.push(tree.lhs[target], Use.KEEPS)

    def _match(self, node: int) -> None:
        """What a pattern binds may be a block in what is matched."""
        super()._match(node)
        self.push(self.body.tree.lhs[node], Use.KEEPS)

    def of_argument(self, plan: CallPlan, position: int, node: int) -> Use:
        """Who promises to look only may give a part away all the same."""
        if plan.function.abi == "intrinsic":
            return self.of_intrinsic(plan.function.intrinsic, position, node)
        return Use.KEEPS

    def _named_by(self, arg: int) -> int | None:
        """The local that an argument is, or of which it is a block."""
        body = self.body
        if body.tree.kind[arg] == K.FIELD and self.kind_of(body.types[arg]) in _NEVER_ON_STACK:
            return None
        while body.tree.kind[arg] == K.FIELD and not body.decls[arg] and arg not in body.calls:
            if arg in body.conversions:
                return None
            arg = body.tree.lhs[arg]
        return super()._named_by(arg)

"""Which uses of a value only look at it.

A constant of an aggregate type stands for a new value wherever it is used; where the use only looks at it,
no copy is needed, and all such uses share one. `TABLE[i]`, `TABLE.size`, `CONFIG.names[0]` and `for` look,
and so does a call whose parameter is only looked at in its turn. Whatever is not known to look, keeps.
"""

from __future__ import annotations

from enum import IntEnum, auto
from typing import ClassVar

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.constants.values import AGGREGATES
from qz.sema.data.parts import is_plain
from qz.sema.decls import ConstDecl, DerivedDecl, FunctionDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

K = NodeKind


class Use(IntEnum):
    """What happens to the value of an expression."""

    KEEPS = auto()  # it goes on living somewhere else, or nobody knows
    LOOKS = auto()
    CHANGES = auto()  # a part of it is assigned, or it grows or shrinks


LOOKING = frozenset({"vec_size", "array_size", "rt.vec$is_empty"})
"""Intrinsics that only look at their first argument."""
LOOKING_AT_ELEMENTS = frozenset({"vec_get", "vec_get_unchecked", "rt.vec$slice", "rt.vec$copy"})
"""Intrinsics that give elements of it away, which is looking where those cannot change themselves."""
CHANGING = frozenset(
    {"vec_push", "vec_set", "vec_set_unchecked", "vec_clear", "vec_pop_unchecked", "vec_sort"}
    | {f"rt.vec${name}" for name in ("reserve", "append", "insert", "delete", "vacate", "occupy")}
    | {f"rt.vec${name}" for name in ("truncate", "reverse", "free")}
)

NOTHING: frozenset[int] = frozenset()
MAX_DEPTH = 32
"""How far calls are followed."""


class Reading:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[int, frozenset[int]] = {}
        self._depth = 0

    def looked_at(self, function: FunctionDecl) -> frozenset[int]:
        """The positions of the parameters that the function only looks at, through all that it calls."""
        found = self._known.get(function.id)
        if found is not None:
            self.program.reads.again("looked at", function.id)
            return found
        with self.program.reads.of("looked at", function.id):
            return self._find(function)

    def _find(self, function: FunctionDecl) -> frozenset[int]:
        self._known[function.id] = found = NOTHING  # for those that it calls and that call it
        if self._has_own_body(function) and self._depth < MAX_DEPTH:
            self._depth += 1
            with self.program.arenas.function(function.symbol) as arena:
                body = self.program.queries.body(function, arena)
                if body.is_clean:
                    found = self._only_looked_at(function, body)
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

    def _only_looked_at(self, function: FunctionDecl, body: Body) -> frozenset[int]:
        """A call of itself does with its parameters what all of it does: assume the best until that holds."""
        assumed = frozenset(range(len(body.params)))
        while True:
            walk = Walk(self.program, self, body, (function, assumed))
            walk.run()
            found = frozenset(i for i, local in enumerate(body.params) if local not in walk.kept)
            if found == assumed:
                return found
            assumed = found

    def mark(self, body: Body) -> None:
        """Note in a body which mentions of constants only look, and report those that would change one."""
        walk = Walk(self.program, self, body, None)
        walk.run()
        body.looks = walk.looks


class Walk:
    """One walk over a checked body, from the root down: a node is told what is done with its value."""

    HARMLESS: ClassVar = frozenset({Use.LOOKS})
    """Uses after which a local is not among those kept."""

    def __init__(
        self,
        program: Program,
        reading: Reading,
        body: Body,
        itself: tuple[FunctionDecl, frozenset[int]] | None,
    ) -> None:
        self.program = program
        self.reading = reading
        self.body = body
        self.itself = itself
        self.kept: set[int] = set()
        """Locals that something else than a harmless use happens to."""
        self.looks: set[int] = set()
        """Mentions of constants that only look."""
        self._pending: list[tuple[int, Use]] = []

    def run(self) -> None:
        self._pending.append((self.body.root, Use.KEEPS))
        while self._pending:
            self._visit(*self._pending.pop())

    def _visit(self, node: int, use: Use) -> None:
        body = self.body
        kind = body.tree.kind[node]
        if node in body.conversions:
            use = Use.KEEPS
        entry = body.decls[node]
        if kind in (K.IDENT, K.SELF) and entry > 0:
            if use not in self.HARMLESS:
                self.kept.add(entry - 1)
        elif kind in (K.IDENT, K.PATH, K.FIELD) and entry < 0:
            self.mention(node, -entry - 1, use)
        elif kind in (K.ASSIGN, K.ASSIGN_OP) and not entry:
            self._assignment(body.tree.lhs[node], body.tree.rhs[node])
        elif node in body.calls:
            self.arguments(node, body.calls[node])
        elif kind in (K.REF, K.REF_MUT):
            self.push(body.tree.lhs[node], use)
        elif kind in (K.FIELD, K.INDEX):
            self.push(body.tree.lhs[node], self.of_part(node, use))
            if kind == K.INDEX:
                self.push(body.tree.rhs[node], Use.KEEPS)
        else:
            self.children_of(node, kind)

    def push(self, node: int, use: Use) -> None:
        if node:
            self._pending.append((node, use))

    def of_part(self, node: int, use: Use) -> Use:
        """What is done with a struct or a vector of which ``use`` is made of a part."""
        if use is Use.CHANGES or not is_plain(self.program, self.body.types[node]):
            return use
        return Use.LOOKS

    def _assignment(self, target: int, value: int) -> None:
        """`a.b[i] = e`: everything that the place lies in is changed, be it by a method of its type."""
        tree = self.body.tree
        self.push(value, Use.KEEPS)
        if tree.kind[target] not in (K.FIELD, K.INDEX):
            self.push(target, Use.KEEPS)
            return
        self.push(tree.lhs[target], Use.CHANGES)
        if tree.kind[target] == K.INDEX:
            self.push(tree.rhs[target], Use.KEEPS)

    def children_of(self, node: int, kind: int) -> None:
        tree = self.body.tree
        if kind == K.SHL and self.kind_of(self.body.types[tree.lhs[node]]) is TypeKind.VEC:
            self.push(tree.lhs[node], Use.CHANGES)
            self.push(tree.rhs[node], Use.KEEPS)
            return
        if kind == K.FOR:
            iterable = tree.extra[tree.rhs[node]]
            type_id = self.body.types[iterable]
            looks = self.kind_of(type_id) is TypeKind.VEC and is_plain(
                self.program, self.program.types.args[type_id][0]
            )
            self.push(iterable, Use.LOOKS if looks else Use.KEEPS)
            self.push(tree.extra[tree.rhs[node] + 1], Use.KEEPS)
            return
        if kind == K.CLAUSES:
            self.kept.update(self.body.params)
        for child in children(tree, node):
            self.push(child, Use.KEEPS)

    # Calls

    def arguments(self, node: int, plan: CallPlan) -> None:
        for arg in plan.rest or ():
            self.push(arg, Use.KEEPS)
        args = plan.args if plan.rest is None else plan.args[:-1]
        for position, arg in enumerate(args):
            if arg != DEFAULT_ARGUMENT:
                self.argument(arg, node, plan, position)

    def argument(self, arg: int, node: int, plan: CallPlan, position: int) -> None:
        self.push(arg, self.of_argument(plan, position, node))

    def of_argument(self, plan: CallPlan, position: int, node: int) -> Use:
        function = plan.function
        if function.abi == "intrinsic":
            return self.of_intrinsic(function.intrinsic, position, node)
        if function.abi or plan.slot >= 0:
            return Use.KEEPS
        params = self.program.queries.signature(function).params
        if position < len(params) and params[position].borrow is Borrow.SHARED:
            return Use.LOOKS
        return self.of_body(function, position)

    def of_body(self, function: FunctionDecl, position: int) -> Use:
        """What a function does with a parameter of which its header does not tell."""
        if self.itself is not None and function is self.itself[0]:
            looked_at = self.itself[1]
        else:
            looked_at = self.reading.looked_at(function)
        return Use.LOOKS if position in looked_at else Use.KEEPS

    def of_intrinsic(self, name: str, position: int, node: int) -> Use:
        if position:
            return Use.KEEPS
        if name in CHANGING:
            return Use.CHANGES
        if name in LOOKING or (name in LOOKING_AT_ELEMENTS and self._gives_plain(self.body.types[node])):
            return Use.LOOKS
        return Use.KEEPS

    # Constants

    def mention(self, node: int, decl_id: int, use: Use) -> None:
        decl = self.program.decls[decl_id]
        if not isinstance(decl, ConstDecl) or not isinstance(decl.value, AGGREGATES):
            return
        if use is Use.LOOKS:
            self.looks.add(node)
        elif use is Use.CHANGES:
            what = f"a part of the constant `{decl.name}`"
            label = "this would change it"
            help_text = f"bind it first, which copies it: `copy = {decl.name}`"
            self.program.sink.report("QZ0502", self.body.span(node), label=label, help=help_text, what=what)

    # Types

    def kind_of(self, type_id: TypeId) -> TypeKind:
        return self.program.types.kinds[type_id]

    def _gives_plain(self, type_id: TypeId) -> bool:
        """The same of what an intrinsic gives: an element, or a vector of such."""
        if self.kind_of(type_id) is TypeKind.VEC:
            type_id = self.program.types.args[type_id][0]
        return is_plain(self.program, type_id)

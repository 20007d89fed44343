"""What is done with the value of an expression where it stands: the walk over a body that finds it out.

`reading` asks it who only looks, `holding` who does not hold on to what it is given.
"""

from __future__ import annotations

from enum import IntEnum, auto

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

K = NodeKind


class Use(IntEnum):
    """What happens to the value of an expression, the worst last."""

    LOOKS = auto()
    GIVES = auto()  # it is looked at, and parts are given away of which only a caller knows the type
    KEEPS = auto()  # it goes on living somewhere else, or nobody knows
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


class Walk:
    """One walk over a checked body, from the root down: a node is told what is done with its value."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
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
            self.local(entry - 1, use)
        elif kind in (K.IDENT, K.PATH, K.FIELD) and entry < 0:
            self.mention(node, -entry - 1, use)
        elif kind in (K.ASSIGN, K.ASSIGN_OP) and not entry:
            self._assignment(body.tree.lhs[node], body.tree.rhs[node])
        elif node in body.calls:
            self.arguments(node, body.calls[node], use)
            if body.goes_on_appending(node):
                self.push(body.tree.lhs[node], Use.LOOKS)
        elif kind in (K.REF, K.REF_MUT):
            self.push(body.tree.lhs[node], use)
        elif kind in (K.FIELD, K.INDEX):
            self.push(body.tree.lhs[node], self.of_part(node, use))
            if kind == K.INDEX:
                self.push(body.tree.rhs[node], Use.KEEPS)
        elif kind == K.COALESCE:
            self.push(body.tree.lhs[node], self.of_part(node, use))
            self.push(body.tree.rhs[node], use)
        else:
            self.children_of(node, kind)

    def local(self, local: int, use: Use) -> None:
        """Note what is done with a local at one place."""

    def push(self, node: int, use: Use) -> None:
        if node:
            self._pending.append((node, use))

    def of_part(self, node: int, use: Use) -> Use:
        """What is done with a struct or a vector of which ``use`` is made of a part."""
        return use

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
        if kind == K.CLAUSES:
            for param in self.body.params:
                self.local(param, Use.KEEPS)
        for child in children(tree, node):
            self.push(child, Use.KEEPS)

    # Calls

    def arguments(self, node: int, plan: CallPlan, use: Use) -> None:
        """``use`` is what is done with the result."""
        for arg in plan.rest or ():
            self.push(arg, Use.KEEPS)
        args = plan.args if plan.rest is None else plan.args[:-1]
        for position, arg in enumerate(args):
            if arg != DEFAULT_ARGUMENT:
                self.argument(arg, node, plan, position, use)

    def argument(self, arg: int, node: int, plan: CallPlan, position: int, use: Use) -> None:
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
        return self.of_body(plan, position)

    def of_body(self, plan: CallPlan, position: int) -> Use:
        """What a function does with a parameter of which its header does not tell."""
        return Use.KEEPS

    def of_intrinsic(self, name: str, position: int, node: int) -> Use:
        return Use.KEEPS

    # Constants

    def mention(self, node: int, decl_id: int, use: Use) -> None:
        """Note what is done with what a name stands for that is no local."""

    # Types

    def kind_of(self, type_id: TypeId) -> TypeKind:
        return self.program.types.kinds[type_id]

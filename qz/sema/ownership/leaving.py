"""Which functions leave all memory as it was: they read, compute and make, and assign nothing but locals.

What somebody read before a call of such a function lies where it lay when the call is over, and every vector
has the size it had. So a walk over the elements of a vector that asks each of them something counts none,
and no index is checked anew for such a call. What such a function calls has to be of that kind, too.

Not every such function is found: only what is short is looked into, and nothing with lambdas, texts with
values in them and the like.
"""

from __future__ import annotations

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.drops import may_hold_dropped
from qz.sema.ownership.lending import Borrow
from qz.sema.ownership.small_bodies import Called, SmallBodies
from qz.sema.ownership.value_uses import LOOKING, LOOKING_AT_ELEMENTS
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, STRING, TypeId, TypeKind
from qz.syntax import token_numbers as tk
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

K = NodeKind

_ARITHMETIC = frozenset(
    {K.NEG, K.BIT_NOT, K.ADD, K.SUB, K.MUL, K.DIV, K.REM, K.SHL, K.SHR, K.BIT_AND, K.BIT_OR, K.BIT_XOR}
)
_COMPARISONS = frozenset({K.EQ, K.NE, K.LT, K.LE, K.GT, K.GE})
_MAKING = frozenset({K.STRUCT_LIT, K.VEC_LIT, K.TUPLE})
"""What makes a value, which may be given up here."""
_LOOKING = frozenset(
    {
        *(K.BLOCK, K.FOR, K.WHILE, K.LOOP, K.LABELED, K.IF, K.IF_ARM, K.RETURN, K.BREAK, K.CONTINUE),
        *(K.ASSIGN, K.ASSIGN_OP, K.VAR, K.LET, K.INT, K.FLOAT, K.CHAR, K.STRING, K.TRUE, K.FALSE, K.NIL),
        *(
            K.IDENT,
            K.SELF,
            K.PATH,
            K.FIELD,
            K.INDEX,
            K.CALL,
            K.CAST,
            K.UNWRAP,
            K.NOT,
            K.AND,
            K.OR,
            K.COALESCE,
        ),
        *(K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP, K.FIELD_INIT, K.IS, K.MATCH, K.ARM),
        *(K.PAT_NAME, K.PAT_WILD, K.PAT_LITERAL, K.PAT_RANGE, K.PAT_VARIANT, K.PAT_FIELD, K.PAT_TUPLE),
        *_ARITHMETIC,
        *_COMPARISONS,
        *_MAKING,
    }
)
_ASSIGNING = frozenset({K.ASSIGN, K.ASSIGN_OP})
_BINDING = frozenset({K.VAR, K.LET})
_WITH_NAMES = frozenset({K.STRUCT_LIT, K.PAT_VARIANT})
"""What begins with the name of a type or a variant."""
_LISTS = frozenset({TypeKind.VEC, TypeKind.ARRAY, TypeKind.RANGE})

_INTRINSICS = LOOKING | LOOKING_AT_ELEMENTS | {"str_byte_len", "str_byte_at", "integer_min", "integer_max"}
_OF_TEXTS = "rt.string"
"""The module of the runtime whose functions look at texts and make others."""

_NEVER_LOOKING = bytes(
    (tk.STRING_START, tk.ARROW, tk.YIELD, tk.GO, tk.ASYNC, tk.SELECT, tk.DEFER, tk.DOLLAR, tk.MACRO)
)
"""Tokens of what none of these is: so most functions are told apart without being parsed."""

MAX_TOKENS = 160
"""Of the whole function: longer ones are not looked into."""


class Leaving:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._bodies = SmallBodies(program, "leaving", MAX_TOKENS, _NEVER_LOOKING, self._look)

    def leaves(self, function: FunctionDecl) -> bool:
        """Whether a function leaves all memory as it was."""
        return self._bodies.reached(function) is not None

    def _look(self, _function: FunctionDecl, body: Body, root: int) -> Called | None:
        look = _Look(self.program, body)
        return tuple(look.called) if look.is_fine(root) else None


class _Look:
    """One look at a body."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self._pending: list[int] = []
        self.called: list[FunctionDecl] = []

    def is_fine(self, root: int) -> bool:
        """Whether there is nothing in it that might write to memory, but for what it calls."""
        self._pending.append(root)
        while self._pending:
            node = self._pending.pop()
            if node in self.body.conversions or not self._look_into(node):
                return False
        return True

    def _look_into(self, node: int) -> bool:
        """Notes the parts of a node, and what it calls; False if it does anything else."""
        body, tree = self.body, self.body.tree
        kind, plan = tree.kind[node], self.body.calls.get(node)
        if kind not in _LOOKING or (plan is None and not self._is_built_in(node, kind)):
            return False
        if kind in _ASSIGNING:
            if plan is not None or not (body.decls[node] > 0 or self._is_local(tree.lhs[node])):
                return False
            self._pending.append(tree.rhs[node])
        elif plan is not None:
            return self._call(node, plan)
        elif kind == K.CAST:
            self._pending.append(tree.lhs[node])
        elif kind in _BINDING:
            self._pending.append(tree.rhs[node])
        elif kind in _WITH_NAMES:
            self._pending += tree.list(tree.rhs[node])
        elif kind != K.PATH and not (kind == K.FIELD and body.decls[node] < 0):
            self._pending += children(tree, node)
        return True

    def _is_built_in(self, node: int, kind: int) -> bool:
        """Whether a node that is no call of a function calls none, and gives up nothing that shows."""
        tree, types = self.body.tree, self.body.types
        if kind == K.CALL:
            return node in self.body.variants
        if kind in _MAKING:
            return not may_hold_dropped(self.program, types[node])
        if kind in _ARITHMETIC or kind == K.CAST:
            return types[node] in NUMBERS
        if kind in _COMPARISONS:
            return self._is_plain(types[tree.lhs[node]]) and self._is_plain(types[tree.rhs[node]])
        if kind == K.FOR:
            iterable = tree.extra[tree.rhs[node]]
            return self.program.types.kinds[self.program.queries.stripped(types[iterable])] in _LISTS
        return True

    def _is_plain(self, type_id: TypeId) -> bool:
        return type_id in NUMBERS or type_id in (BOOL, STRING)

    def _is_local(self, place: int) -> bool:
        """Whether what is assigned is a variable of the function, and of it alone."""
        entry = self.body.decls[place]
        if self.body.tree.kind[place] != K.IDENT or entry <= 0:
            return False
        local = self.body.locals[entry - 1]
        return not (local.is_in_place or local.is_captured)

    def _call(self, node: int, plan: CallPlan) -> bool:
        function = plan.function
        if plan.slot >= 0 or plan.rest is not None or DEFAULT_ARGUMENT in plan.args:
            return False
        self._pending += plan.args
        if function.abi:
            return function.abi == "intrinsic" and function.intrinsic in _INTRINSICS
        if function.module.is_runtime:
            return function.module.name == _OF_TEXTS
        params = self.program.queries.signature(function).params
        if any(param.borrow is Borrow.IN_PLACE for param in params):
            return False
        if may_hold_dropped(self.program, self.body.types[node]):
            return False
        if not self.program.queries.bare_vectors.computes(function):
            self.called.append(function)
        return True

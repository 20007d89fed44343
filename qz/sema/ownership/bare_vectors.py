"""Which functions only compute, with numbers and with elements of their vectors.

Such a function changes the size of no vector. So of those that it is given it needs no more than where their
elements are and how many, and whoever made one needs none for the call either. What it calls has to be of
the same kind. One that calls itself, whatever is between, would hand on two words instead of one all the
time, and keeps to the vector.
"""

from __future__ import annotations

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.data.value_structs import value_fields
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.ownership.small_bodies import Called, SmallBodies
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, TypeId, TypeKind
from qz.syntax import token_numbers as tk
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

K = NodeKind

_SIMPLE = frozenset(
    {
        *(K.BLOCK, K.FOR, K.WHILE, K.LOOP, K.LABELED, K.IF, K.IF_ARM, K.RETURN, K.BREAK, K.CONTINUE),
        *(K.ASSIGN, K.ASSIGN_OP, K.VAR, K.LET, K.INT, K.FLOAT, K.CHAR, K.TRUE, K.FALSE, K.IDENT, K.FIELD),
        *(K.INDEX, K.CALL, K.CAST, K.NEG, K.NOT, K.BIT_NOT, K.ADD, K.SUB, K.MUL, K.DIV, K.REM, K.SHL, K.SHR),
        *(K.BIT_AND, K.BIT_OR, K.BIT_XOR, K.EQ, K.NE, K.LT, K.LE, K.GT, K.GE, K.AND, K.OR),
        *(K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP, K.STRUCT_LIT, K.FIELD_INIT, K.PAT_NAME, K.PAT_WILD),
    }
)
_NAMES = frozenset({K.VAR, K.LET, K.ASSIGN, K.ASSIGN_OP})
"""What a local gets a value by, unless an assignment is one to another place."""
_RANGES = frozenset({K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP})
_WITHOUT_VALUE = frozenset(
    {K.BLOCK, K.FOR, K.WHILE, K.LOOP, K.LABELED, K.IF, K.IF_ARM, K.RETURN, K.BREAK, K.CONTINUE, K.PAT_NAME}
    | {K.PAT_WILD, K.ASSIGN, K.ASSIGN_OP, K.VAR, K.LET, K.FIELD_INIT}
    | _RANGES
)
"""Of which only the parts are looked at."""

_NEVER_SIMPLE = bytes(
    (tk.STRING, tk.STRING_START, tk.ARROW, tk.FAT_ARROW, tk.MATCH, tk.YIELD, tk.GO, tk.ASYNC, tk.SELECT)
)
"""Tokens of what none of these is: so most functions are told apart without being parsed."""

MODULES_OF_NUMBERS = frozenset(("char", "f32", "f64", "int", "integer", "math", "slice"))
"""Modules of the library that have no variables, and call nothing that does anything but compute."""

MAX_TOKENS = 600
"""Of the whole function: longer ones are not looked into."""


def is_number_type(program: Program, type_id: TypeId) -> bool:
    """Whether a type is that of a number, or of nothing, or a value struct of such."""
    if type_id in NUMBERS or type_id == BOOL or type_id == TypeKind.VOID:
        return True
    fields = value_fields(program, type_id)
    return fields is not None and all(is_number_type(program, part) for _, part in fields)


def is_of_numbers(function: FunctionDecl) -> bool:
    """Whether a function is in such a module: if it takes and gives numbers, it does nothing else."""
    module = function.module
    return module.name in MODULES_OF_NUMBERS and not module.is_own and not module.is_runtime


def _takes_numbers(program: Program, function: FunctionDecl) -> bool:
    """Whether what a function takes and gives are numbers."""
    signature = program.queries.signature(function)
    types = (*(param.type for param in signature.params), signature.result)
    return all(type_ in NUMBERS or type_ == BOOL for type_ in types)


class BareVectors:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._bodies = SmallBodies(program, "plain", MAX_TOKENS, _NEVER_SIMPLE, self._look)

    def positions(self, function: FunctionDecl) -> tuple[int, ...]:
        """The parameters of a function that are such vectors."""
        vectors = self._vectors_of(function)
        return vectors if vectors and self._only_computes(function) else ()

    def computes(self, function: FunctionDecl) -> bool:
        """Whether a function takes and gives numbers, and does nothing else."""
        if not _takes_numbers(self.program, function) or function.abi or function.module.is_runtime:
            return False
        return is_of_numbers(function) or self._only_computes(function)

    def _only_computes(self, function: FunctionDecl) -> bool:
        """Whether the body of a function is plain, and those of all that it calls, among which it is not."""
        reached = self._bodies.reached(function)
        return reached is not None and function.id not in reached

    def _vectors_of(self, function: FunctionDecl) -> tuple[int, ...]:
        if function.abi or function.module.is_runtime:
            return ()
        params = self.program.queries.signature(function).params
        kinds = self.program.types.kinds
        return tuple([n for n, param in enumerate(params) if kinds[param.type] is TypeKind.VEC])

    def _look(self, function: FunctionDecl, body: Body, root: int) -> Called | None:
        params = self.program.queries.signature(function).params
        if any(param.borrow is Borrow.IN_PLACE or param.is_rest for param in params):
            return None
        look = _Look(self.program, body)
        return tuple(look.called) if look.is_plain(root) else None


class _Look:
    """One look at a body."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self._params = {local + 1 for local in body.params}
        self._pending: list[int] = []
        self.called: list[FunctionDecl] = []

    def is_plain(self, root: int) -> bool:
        tree, types = self.body.tree, self.body.types
        self._pending.append(root)
        while self._pending:
            node = self._pending.pop()
            kind = tree.kind[node]
            if kind not in _SIMPLE or node in self.body.conversions:
                return False
            if kind not in _WITHOUT_VALUE and not is_number_type(self.program, types[node]):
                return False
            if not self._look_into(node, kind):
                return False
        return True

    def _look_into(self, node: int, kind: int) -> bool:
        """Notes the parts of a node that have to be plain; False if one is of another kind."""
        tree = self.body.tree
        plan = self.body.calls.get(node)
        if plan is not None:
            return self._call(plan)
        if kind == K.CALL:
            return False
        if kind == K.INDEX:
            if not self._is_vector(tree.lhs[node]):
                return False
            self._pending.append(tree.rhs[node])
        elif kind == K.FOR:
            iterable, block = tree.extra[tree.rhs[node]], tree.extra[tree.rhs[node] + 1]
            if not self._is_vector(iterable):
                if tree.kind[iterable] not in _RANGES:
                    return False
                self._pending.append(iterable)
            self._pending += (*tree.list(tree.lhs[node]), block)
        elif kind == K.CAST:
            self._pending.append(tree.lhs[node])
        elif kind in _NAMES:
            local = self.body.decls[node] - 1
            if local < 0:
                if not self._is_in_reach(tree.lhs[node]):
                    return False
                self._pending.append(tree.lhs[node])
            elif not is_number_type(self.program, self.body.locals[local].type):
                return False
            self._pending.append(tree.rhs[node])
        elif kind == K.STRUCT_LIT:
            self._pending += tree.list(tree.rhs[node])
        else:
            self._pending += children(tree, node)
        return True

    def _call(self, plan: CallPlan) -> bool:
        function = plan.function
        if function.abi == "intrinsic" and function.intrinsic == "vec_size":
            return self._is_vector(plan.args[0])
        if plan.slot >= 0 or plan.rest is not None or DEFAULT_ARGUMENT in plan.args:
            return False
        params = self.program.queries.signature(function).params
        for arg, param in zip(plan.args, params, strict=True):
            if self.program.types.kinds[param.type] is not TypeKind.VEC:
                self._pending.append(arg)
            elif not self._is_vector(arg):
                return False
        if not (is_of_numbers(function) and _takes_numbers(self.program, function)):
            self.called.append(function)
        return True

    def _is_in_reach(self, place: int) -> bool:
        """Whether a place that is assigned lies in a local or in an element: in no variable of a module."""
        tree = self.body.tree
        while tree.kind[place] == K.FIELD:
            place = tree.lhs[place]
        return tree.kind[place] == K.INDEX or self.body.decls[place] > 0

    def _is_vector(self, node: int) -> bool:
        """Whether a node is a parameter that is a vector of numbers."""
        body = self.body
        if (
            body.tree.kind[node] != K.IDENT
            or body.decls[node] not in self._params
            or node in body.conversions
        ):
            return False
        type_id = body.types[node]
        types = self.program.types
        return types.kinds[type_id] is TypeKind.VEC and is_number_type(self.program, types.args[type_id][0])

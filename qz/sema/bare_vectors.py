"""Which vectors a function may take as the place of their elements and how many there are.

That is all there is to a vector as long as its size does not change. A function that only computes with
numbers, and with elements of its parameters that are numbers, cannot change the size of any, so it has no
need of the vector itself; and whoever made that needs none for the call either.
"""

from __future__ import annotations

from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.decls import FunctionDecl
from qz.sema.holding import has_own_body
from qz.sema.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, TypeId, TypeKind
from qz.sema.value_structs import value_fields
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.views import FUNCTIONS, FnView

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

MODULES_OF_NUMBERS = frozenset(("char", "f32", "f64", "int", "integer", "math"))
"""Modules of the library that have no variables, and call nothing that does anything but compute."""

MAX_TOKENS = 600
"""Of the whole function: longer ones are not looked into."""


def is_of_numbers(function: FunctionDecl) -> bool:
    """Whether a function is in such a module: if it takes and gives numbers, it does nothing else."""
    module = function.module
    return module.name in MODULES_OF_NUMBERS and not module.is_own and not module.is_runtime


class BareVectors:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[int, tuple[int, ...]] = {}

    def positions(self, function: FunctionDecl) -> tuple[int, ...]:
        """The parameters of a function that are such vectors."""
        vectors = self._vectors_of(function)
        if not vectors:
            return ()
        if function.id in self._known:
            self.program.reads.again("bare vectors", function.id)
        else:
            with self.program.reads.of("bare vectors", function.id):
                self._known[function.id] = vectors if self._is_plain(function) else ()
        return self._known[function.id]

    def _vectors_of(self, function: FunctionDecl) -> tuple[int, ...]:
        if function.abi or function.module.is_runtime:
            return ()
        params = self.program.queries.signature(function).params
        kinds = self.program.types.kinds
        return tuple([n for n, param in enumerate(params) if kinds[param.type] is TypeKind.VEC])

    def _is_plain(self, function: FunctionDecl) -> bool:
        """Whether a function does nothing but compute with numbers and elements of its parameters."""
        if not has_own_body(self.program, function) or function.clauses or function.is_generator:
            return False
        items = function.module.items
        if items.last[function.item] - items.first[function.item] > MAX_TOKENS:
            return False
        params = self.program.queries.signature(function).params
        if any(param.borrow is Borrow.IN_PLACE or param.is_rest for param in params):
            return False
        with self.program.arenas.function(function.symbol) as arena:
            body = self.program.queries.body(function, arena)
            if not body.is_clean or body.yields or body.lambdas or arena.kind[body.root] not in FUNCTIONS:
                return False
            return _Look(self.program, body).is_plain(FnView(arena, body.root).body)


class _Look:
    """One look at a body."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self._params = {local + 1 for local in body.params}
        self._pending: list[int] = []

    def is_plain(self, root: int) -> bool:
        tree, types = self.body.tree, self.body.types
        self._pending.append(root)
        while self._pending:
            node = self._pending.pop()
            kind = tree.kind[node]
            if kind not in _SIMPLE or node in self.body.conversions:
                return False
            if kind not in _WITHOUT_VALUE and not self._is_number(types[node]):
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
                self._pending.append(tree.lhs[node])
            elif not self._is_number(self.body.locals[local].type):
                return False
            self._pending.append(tree.rhs[node])
        elif kind == K.STRUCT_LIT:
            self._pending += tree.list(tree.rhs[node])
        else:
            self._pending += children(tree, node)
        return True

    def _call(self, plan: CallPlan) -> bool:
        if plan.function.abi == "intrinsic" and plan.function.intrinsic == "vec_size":
            return self._is_vector(plan.args[0])
        if plan.slot >= 0 or plan.rest is not None or DEFAULT_ARGUMENT in plan.args:
            return False
        self._pending += plan.args
        return is_of_numbers(plan.function) and self._takes_numbers(plan.function)

    def _takes_numbers(self, function: FunctionDecl) -> bool:
        signature = self.program.queries.signature(function)
        types = (*(param.type for param in signature.params), signature.result)
        return all(type_ in NUMBERS or type_ == BOOL for type_ in types)

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
        return types.kinds[type_id] is TypeKind.VEC and self._is_number(types.args[type_id][0])

    def _is_number(self, type_id: TypeId) -> bool:
        """Whether a type is that of a number, or a value struct of such."""
        if type_id in NUMBERS or type_id == BOOL or type_id == TypeKind.VOID:
            return True
        fields = value_fields(self.program, type_id)
        return fields is not None and all(self._is_number(part) for _, part in fields)

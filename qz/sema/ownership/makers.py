"""Which functions only make a new block: of their parameters, of parts of them, of what calls give.

`Point.new(x, y)` and `a.plus(b)` are of that kind; numbers may have got names before. What such a function
makes is the caller's, who may have no need of it as a block, but can only know that where it sees it made. So
in optimising builds what they make is made where they are called.
"""

from __future__ import annotations

from qz.sema.body import DEFAULT_ARGUMENT, Body, LocalKind
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.holding import has_own_body
from qz.sema.program import Program
from qz.sema.types import FLOATS, INTEGERS, NUMBERS, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FUNCTIONS, FnView

K = NodeKind

_MADE = frozenset({TypeKind.STRUCT, TypeKind.TUPLE, TypeKind.RECORD, TypeKind.VEC})
_NAMES = frozenset({K.IDENT, K.SELF})
_LITERALS = frozenset({K.INT, K.FLOAT, K.STRING, K.TRUE, K.FALSE})
_LISTS = frozenset({K.STRUCT_LIT, K.TUPLE, K.RECORD_LIT, K.VEC_LIT})
_ARITHMETIC = frozenset({K.ADD, K.SUB, K.MUL, K.NEG, K.DIV})
_BINDINGS = frozenset({K.ASSIGN, K.LET})

MAX_TOKENS = {TypeKind.VEC: 320}
MAX_OTHER_TOKENS = 80
"""Of the whole function, by what it makes: longer ones are not looked into."""


class Makers:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[int, bool | None] = {}
        """By function: None for no maker, else whether there is arithmetic on integers in it."""

    def is_maker(self, function: FunctionDecl, *, wraps: bool) -> bool:
        """Whether a function only makes a block, in code that knows no place: overflow would have one."""
        if function.id in self._known:
            self.program.reads.again("maker", function.id)
        else:
            with self.program.reads.of("maker", function.id):
                self._known[function.id] = self._find(function)
        counts = self._known[function.id]
        return counts is not None and (wraps or not counts)

    def _find(self, function: FunctionDecl) -> bool | None:
        if not has_own_body(self.program, function) or function.clauses or function.module.is_runtime:
            return None
        result = self.program.queries.signature(function).result
        made = self.program.types.kinds[result]
        if made not in _MADE or self.program.queries.layouts.has_leaves(result):
            return None
        items = function.module.items
        n_tokens = items.last[function.item] - items.first[function.item]
        if n_tokens > MAX_TOKENS.get(made, MAX_OTHER_TOKENS):
            return None
        with self.program.queries.bodies.ahead(function) as body:
            if not body.is_clean or body.yields or any(body.locals[i].is_in_place for i in body.params):
                return None
            statements = made_by(body)
            if not statements:
                return None
            if body.arena.kind[statements[-1]] not in _LISTS and statements[-1] not in body.calls:
                return None
            return _counts(self.program, body, statements)


def made_by(body: Body) -> list[int]:
    """What a body consists of, the expression that it gives last; nothing if it has annotations."""
    arena = body.arena
    if arena.kind[body.root] not in FUNCTIONS or FnView(arena, body.root).annotations:
        return []
    node = FnView(arena, body.root).body
    statements = list(arena.list(arena.lhs[node])) if arena.kind[node] == K.BLOCK else [node]
    if statements and arena.kind[statements[-1]] == K.RETURN:
        statements[-1] = arena.lhs[statements[-1]]
    return statements


def _counts(program: Program, body: Body, statements: list[int]) -> bool | None:
    """Whether there is arithmetic on integers in a body; None if there is anything else in it that does more
    than look at parameters, compute, name numbers and value structs, call and make."""
    known = set(body.params)
    counts = False
    for node in statements[:-1]:
        local = body.decls[node] - 1
        if body.arena.kind[node] not in _BINDINGS or local < 0:
            return None
        if body.locals[local].type not in NUMBERS and not is_value(program, body.locals[local].type):
            return None
        found = _counts_in(body, body.arena.rhs[node], known)
        if found is None or body.locals[local].kind is not LocalKind.IMMUTABLE:
            return None
        counts = counts or found
        known.add(local)
    found = _counts_in(body, statements[-1], known)
    return None if found is None else counts or found


def _counts_in(body: Body, expression: int, known: set[int]) -> bool | None:
    """The same of an expression; `known` are the locals that there are."""
    arena = body.arena
    counts = False
    pending = [expression]
    while pending:
        node = pending.pop()
        kind = arena.kind[node]
        if node in body.conversions:
            return None
        if (plan := body.calls.get(node)) is not None:
            if plan.function.abi or plan.slot >= 0 or plan.rest is not None or DEFAULT_ARGUMENT in plan.args:
                return None
            pending += plan.args
        elif kind in _NAMES:
            if body.decls[node] - 1 not in known:
                return None
        elif kind in _ARITHMETIC:
            is_integer = body.types[node] in INTEGERS
            if body.types[node] not in FLOATS and (not is_integer or kind == K.DIV):
                return None
            counts = counts or is_integer
            pending += (arena.lhs[node],) if kind == K.NEG else (arena.lhs[node], arena.rhs[node])
        elif (kind == K.FIELD and body.decls[node] == 0) or kind == K.FIELD_INIT:
            pending.append(arena.lhs[node])
        elif kind in (K.TUPLE, K.RECORD_LIT, K.VEC_LIT):
            pending += arena.list(arena.lhs[node])
        elif kind == K.STRUCT_LIT:
            pending += arena.list(arena.rhs[node])
        elif kind not in _LITERALS:
            return None
    return counts

"""Names in a body: each use to its local or its declaration, each binding to a new local.

One walk in evaluation order. Scopes are one dictionary with an undo log: looking a name up costs the same
at any depth. What the compiler cannot compile yet is reported here, once, so that the phases after it need
not ask.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from qz.diagnostics.model import Note
from qz.sema.body import Body, Given, Lambda, Local, LocalKind
from qz.sema.decls import (
    FunctionGroup,
    Signature,
)
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.reserved_names import report_reserved
from qz.sema.resolve import bindings, loops, uses
from qz.sema.resolve.lambdas import lambda_, lambda_it
from qz.sema.resolve.loops import WaysOut
from qz.sema.resolve.paths import path
from qz.sema.resolve.patterns import (
    PatternNames,
    clauses,
    condition,
    destructure,
    is_,
    match,
    rest_of_condition,
    rest_of_guard,
    var_pattern,
)
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView

K = NodeKind


class Resolver:
    """Fills `Body.decls`, `Body.locals` and `Body.params`."""

    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self.module = body.module
        tree = body.tree
        self.kind, self.token, self.lhs, self.rhs = tree.kind, tree.token, tree.lhs, tree.rhs
        self.decls = body.decls
        self.visible: dict[int, int] = {}
        self._undo: list[tuple[int, int | None]] = []
        self._scope_starts: list[int] = []
        self.ways_out = WaysOut()
        self._run_time_locals = 0
        """Locals below this number have no value where we are: they were bound outside a `comptime`."""
        self.lambdas: list[Lambda] = []  # those around the walk, outermost first
        self.function_node = 0  # the FN that is walked, if it is a whole one
        self.on_their_way: dict[int, int] = {}  # locals of parts that are assigned to places, by token
        self.lambda_name = -1  # the local that the next lambda is bound to

    # Scopes

    def enter(self) -> None:
        self._scope_starts.append(len(self._undo))

    def leave(self) -> None:
        start = self._scope_starts.pop()
        while len(self._undo) > start:
            symbol, hidden = self._undo.pop()
            if hidden is None:
                del self.visible[symbol]
            else:
                self.visible[symbol] = hidden

    def bind(self, token: int, kind: LocalKind) -> int:
        """Make a local of the name at ``token`` in the innermost scope."""
        return self.bind_symbol(self.module.tokens.symbol(token), token, kind)

    def bind_symbol(self, symbol: int, token: int, kind: LocalKind) -> int:
        """Make a local of a name that ``token`` stands for."""
        local = len(self.body.locals)
        name = self.program.interner.text(symbol)
        self.body.locals.append(Local(name, kind, token, depth=len(self.lambdas)))
        self.show(symbol, local)
        return local

    def name(self, local: int, token: int) -> None:
        """Let the name at ``token`` mean a local that is there already, in the innermost scope."""
        self.body.locals[local].name = self.module.tokens.text(token)
        self.body.locals[local].token = token
        self.show(self.module.tokens.symbol(token), local)

    def show(self, symbol: int, local: int) -> None:
        """Let a name mean a local, in the innermost scope. `_` means nothing, as often as it is bound."""
        spec = self.body.locals[local]
        name, kind, token = spec.name, spec.kind, spec.token
        if name == "_":
            return
        report_reserved(self.program, self.module, token, name)
        start = self._scope_starts[-1]
        hidden = self.visible.get(symbol)
        if hidden is not None and any(s == symbol for s, _ in self._undo[start:]):
            first = self.body.locals[hidden]
            where = "parameter list" if kind is LocalKind.PARAMETER else "block"
            note = Note(self.module.tokens.span(first.token), "first bound here")
            self.program.sink.report(
                "QZ0503", self.module.tokens.span(token), notes=[note], name=name, where=where
            )
        self._undo.append((symbol, hidden))
        self.visible[symbol] = local

    def bind_nameless(self, token: int, number: int) -> int:
        """Make a local of a parameter that only patterns have names for; they may keep it."""
        local = len(self.body.locals)
        depth = len(self.lambdas)
        self.body.locals.append(Local(f"_{number}", LocalKind.PARAMETER, token, depth=depth, n_uses=1))
        return local

    def bind_on_its_way(self, token: int) -> int:
        """Make a local of a part of a value that is assigned to the place behind ``token``."""
        local = self.on_their_way[token] = len(self.body.locals)
        kind, depth = LocalKind.PATTERN, len(self.lambdas)
        self.body.locals.append(Local("_", kind, token, depth=depth, is_on_its_way=True))
        return local

    def use(self, node: int, local: int) -> None:
        """Let a node mean a local, which must have a value there; the lambdas in between capture it."""
        used = self.body.locals[local]
        if local < self._run_time_locals:
            span = self.module.tokens.span(used.token)
            note = Note(span, f"`{used.name}` is bound here, when the program runs")
            self.program.sink.report("QZ0806", self.body.span(node), notes=[note], name=used.name)
            return
        rest = self.body.rests.get(local)
        if rest is not None:
            self.use(node, rest.of)
        self.decls[node] = local + 1
        if rest is not None:
            return
        used.n_uses += 1
        if used.depth < len(self.lambdas):
            used.is_captured = True
            for around in self.lambdas[used.depth :]:
                around.captures[local] = None

    @contextmanager
    def inside_lambda(self, node: int) -> Generator[None]:
        """Walk a lambda: a scope, and a function of its own, of which loops around it cannot be left."""
        found = self.body.lambdas[node] = Lambda(self.lambda_name)
        self.lambda_name = -1
        around = self.ways_out
        self.ways_out = WaysOut(
            loops_outside=around.loops_outside + around.loops, in_function=True, in_lambda=True
        )
        self.lambdas.append(found)
        self.enter()
        yield
        self.leave()
        self.lambdas.pop()
        self.ways_out = around

    # The walk

    def function(self, node: int, signature: Signature) -> None:
        """A whole FN: parameters, then the body in their scope."""
        view = FnView(self.body.tree, node)
        self.ways_out.in_function = True
        self.function_node = node
        self.enter()
        in_clauses = self.kind[view.body] == nk.CLAUSES
        for number, param in enumerate(view.params, 1):
            if in_clauses or self.kind[param] == nk.PARAM_PATTERN:
                self.body.params.append(self.bind_nameless(self.token[param], number))
            elif self.kind[param] != nk.POISON:
                self.body.params.append(self.bind(self.token[param], LocalKind.PARAMETER))
        for local, lent in zip(self.body.params, signature.params, strict=False):
            self.body.locals[local].is_in_place = lent.borrow is Borrow.IN_PLACE
        if view.body:
            self.walk(view.body)
        self.leave()

    def expression(self, node: int, given: Sequence[Given] = ()) -> None:
        """The value of a constant, a global or a default. There is no function around it."""
        self.enter()
        for symbol, token, param, pattern in given:
            local = self.bind_symbol(symbol, token, LocalKind.PARAMETER)
            self.body.locals[local].type = param.type
            self.body.locals[local].is_in_place = param.borrow is Borrow.IN_PLACE
            self.body.params.append(local)
            if pattern:
                self.body.taken_apart[local] = pattern
        parts = {local: self._names_in(pattern) for local, pattern in self.body.taken_apart.items()}
        self.walk(node)
        for whole, names in parts.items():
            self.body.locals[whole].n_uses = sum(self.body.locals[name].n_uses for name in names)
            if not self.body.locals[whole].n_uses:
                del self.body.taken_apart[whole]
        self.leave()

    def _names_in(self, pattern: int) -> range:
        """Bind the names of a pattern; their locals."""
        first = len(self.body.locals)
        PatternNames(self).walk(pattern)
        return range(first, len(self.body.locals))

    def walk(self, node: int) -> None:
        walker = WALKERS[self.kind[node]]
        if walker is not None:
            walker(self, node)

    def each(self, items: list[int]) -> None:
        kind = self.kind
        for node in items:
            walker = WALKERS[kind[node]]
            if walker is not None:
                walker(self, node)

    def unsupported(self, node: int, what: str) -> None:
        """Report what cannot be compiled yet."""
        self.program.report_unsupported(self.body.span(node), what)

    def is_in_function(self, node: int) -> bool:
        """Only a function can be left: outside of one the jump is reported, and poison."""
        if not self.ways_out.in_function:
            keyword = self.module.tokens.text(self.token[node])
            self.program.sink.report("QZ0710", self.body.span(node), keyword=keyword)
            self.kind[node] = nk.POISON
        return self.ways_out.in_function

    def left(self, node: int) -> None:
        self.walk(self.lhs[node])

    def left_list(self, node: int) -> None:
        self.each(self.body.tree.list(self.lhs[node]))

    def with_(self, node: int) -> None:
        self.walk(self.lhs[node])
        self.right_list(node)

    def right_list(self, node: int) -> None:
        self.each(self.body.tree.list(self.rhs[node]))

    def both(self, node: int) -> None:
        """Binary operators: down the left spine in a loop, then the right sides from the bottom up."""
        spine: list[int] = []
        kind, lhs = self.kind, self.lhs
        while kind[node] in SPINE:
            if kind[node] == nk.AND:
                self._and(node, spine)
                return
            spine.append(node)
            node = lhs[node]
        self.walk(node)
        rhs = self.rhs
        for link in reversed(spine):
            self.walk(rhs[link])

    def _and(self, node: int, spine: list[int]) -> None:
        """An `and` is a condition of its own; what its `is` binds is visible to its right, and no further."""
        self.enter()
        condition(self, node)
        self.leave()
        for link in reversed(spine):
            self.walk(self.rhs[link])

    def call(self, node: int) -> None:
        """A name that means nothing may be a method of the first argument: the checker sees."""
        callee = self.lhs[node]
        args = self.body.tree.list(self.rhs[node])
        if not args or not self._may_be_method(self.body.tree.callee(node)):
            self.walk(callee)
        self.each(args)

    def _may_be_method(self, callee: int) -> bool:
        """Whether a called name means nothing, and is written as methods are: with a small letter."""
        if self.kind[callee] != nk.IDENT or not self.means_nothing(self.token[callee]):
            return False
        return not self.module.tokens.text(self.token[callee])[0].isupper()

    def index(self, node: int) -> None:
        self.walk(self.lhs[node])
        self.walk(self.rhs[node])

    def behind(self, node: int) -> None:
        self.walk(self.rhs[node])
        self.walk(self.lhs[node])

    def placed(self, node: int) -> None:
        """What is assigned to a place is the part of a pattern that stands where the place does."""
        self.kind[node] = nk.IDENT
        self.use(node, self.on_their_way[self.token[node]])

    def block(self, node: int) -> None:
        self.enter()
        n_scopes = 1
        for statement in self.body.tree.list(self.lhs[node]):
            self.walk(statement)
            if self.body.tests_patterns:
                n_scopes += rest_of_guard(self, statement)
        for _ in range(n_scopes):
            self.leave()

    def select(self, node: int) -> None:
        """What is received has its name in its arm."""
        for arm in self.body.tree.list(self.lhs[node]):
            self.walk(self.lhs[arm])
            binding, body = self.body.tree.extra[self.rhs[arm] : self.rhs[arm] + 2]
            self.enter()
            if binding:
                self.decls[arm] = self.bind(binding, LocalKind.IMMUTABLE) + 1
            self.walk(body)
            self.leave()

    def if_(self, node: int) -> None:
        n_scopes = 0
        for arm in self.body.tree.list(self.lhs[node]):
            self.enter()
            condition(self, self.lhs[arm])
            is_inside = rest_of_condition(self, self.lhs[arm], inside=True)
            self.walk(self.rhs[arm])
            if is_inside:
                self.leave()
            self.leave()
            n_scopes += rest_of_condition(self, self.lhs[arm])
        self.walk(self.rhs[node])
        for _ in range(n_scopes):
            self.leave()

    def is_visible(self, token: int) -> bool:
        """Whether a local has the name at ``token``."""
        return self.module.tokens.symbol(token) in self.visible

    def means_nothing(self, token: int) -> bool:
        """Whether a name is neither bound nor declared."""
        symbol = self.module.tokens.symbol(token)
        if symbol in self.visible or self.module.lookup(symbol) is not None:
            return False
        return not self.module.find_variants(symbol)

    def comptime(self, node: int) -> None:
        """A `comptime` is evaluated by itself: no local of around it, no way out of it but its end."""
        around = self._run_time_locals, self.ways_out
        in_function = self.ways_out.in_function
        self._run_time_locals = len(self.body.locals)
        self.ways_out = WaysOut(in_comptime=True, in_function=in_function)
        self.walk(self.lhs[node])
        self._run_time_locals, self.ways_out = around


SPINE = frozenset(range(nk.ADD, nk.IN)) | {nk.AND, nk.OR}
"""Binary operators that chain to the left."""


LEFT = (
    *(nk.NEG, nk.NOT, nk.BIT_NOT, nk.CAST, nk.NAMED_ARG, nk.FIELD_INIT, nk.SPREAD, nk.REF, nk.REF_MUT),
    *(nk.TYPE_APPLY, nk.UNWRAP, nk.ONCE, nk.AWAIT, nk.GO, nk.ASYNC),
)
"""Kinds whose only child is on the left."""


Walker: TypeAlias = Callable[[Resolver, int], None]


def _table() -> list[Walker | None]:
    table: list[Walker | None] = [None] * len(K)
    for kind in SPINE | {nk.RANGE, nk.RANGE_INCLUSIVE, nk.RANGE_STEP}:
        table[kind] = Resolver.both if kind in SPINE else Resolver.index
    for kind in LEFT:
        table[kind] = Resolver.left
    table[nk.OPT_FIELD] = table[nk.OPT_VALUE] = Resolver.left
    table[nk.TRY] = loops.return_
    table[nk.COALESCE] = Resolver.index
    table[nk.INTERPOLATION] = Resolver.left_list
    table[nk.VEC_LIT] = Resolver.left_list
    table[nk.RECORD_LIT] = Resolver.left_list
    table[nk.MAP_LIT] = Resolver.left_list
    table[nk.MAP_ENTRY] = Resolver.index
    table[nk.TUPLE] = Resolver.left_list
    table[nk.STRUCT_LIT] = Resolver.right_list
    table[nk.WITH] = Resolver.with_
    table[nk.CALL] = Resolver.call
    table[nk.INDEX] = Resolver.index
    table[nk.TAP] = Resolver.index
    table[nk.BEHIND] = Resolver.behind
    table[nk.PLACED] = Resolver.placed
    table[nk.IN] = Resolver.index
    table[nk.BLOCK] = Resolver.block
    table[nk.IF] = Resolver.if_
    table[nk.SELECT] = Resolver.select
    table[nk.MATCH] = match
    table[nk.CLAUSES] = clauses
    table[nk.IS] = is_
    table[nk.IDENT] = uses.ident
    table[nk.SELF] = uses.self_
    table[nk.FIELD] = uses.field
    table[nk.PATH] = path
    table[nk.VAR] = bindings.var
    table[nk.LET] = bindings.var
    table[nk.ASSIGN] = bindings.assign
    table[nk.ASSIGN_OP] = bindings.assign_op
    table[nk.DESTRUCTURE] = destructure
    table[nk.VAR_PATTERN] = var_pattern
    table[nk.WHILE] = loops.while_
    table[nk.LOOP] = loops.while_
    table[nk.FOR] = loops.for_
    table[nk.COMPREHENSION] = loops.comprehension
    table[nk.COLLECT] = loops.collect
    table[nk.LABELED] = loops.labeled
    table[nk.RETURN] = loops.return_
    table[nk.DEFER] = loops.defer
    table[nk.YIELD] = loops.yield_
    table[nk.COMPTIME] = Resolver.comptime
    table[nk.BREAK] = loops.jump
    table[nk.CONTINUE] = loops.jump
    table[nk.LAMBDA] = lambda_
    table[nk.LAMBDA_IT] = lambda_it
    return table


WALKERS = _table()
"""One walker a node kind; None for kinds without names in them, and for the "none"."""

__all__ = ["SPINE", "FunctionGroup", "Resolver"]

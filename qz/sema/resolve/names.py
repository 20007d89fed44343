"""Names in a body: each use to its local or its declaration, each binding to a new local.

One walk in evaluation order. Scopes are one dictionary with an undo log: looking a name up costs the same
at any depth. What the compiler cannot compile yet is reported here, once, so that the phases after it need
not ask.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeAlias

from qz.diagnostics.model import Note
from qz.sema.body import Body, Lambda, Local, LocalKind
from qz.sema.decl_nouns import describe
from qz.sema.decls import (
    NO_VALUES,
    TYPE_DECLS,
    Ambiguity,
    Decl,
    FunctionGroup,
    GlobalDecl,
    Signature,
    UnsupportedDecl,
)
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.resolve import loops
from qz.sema.resolve.lambdas import LAMBDAS, lambda_, lambda_it
from qz.sema.resolve.loops import WaysOut
from qz.sema.resolve.paths import path
from qz.sema.resolve.patterns import (
    PatternNames,
    clauses,
    condition,
    is_,
    match,
    rest_of_condition,
    rest_of_guard,
)
from qz.sema.resolve.reports import report_immutable, report_unknown
from qz.sema.types import NAMED_TYPES, NONE, ROWS, TypeId
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
        self._visible: dict[int, int] = {}
        self._undo: list[tuple[int, int | None]] = []
        self._scope_starts: list[int] = []
        self.ways_out = WaysOut()
        self._run_time_locals = 0
        """Locals below this number have no value where we are: they were bound outside a `comptime`."""
        self._lambdas: list[Lambda] = []

    # Scopes

    def enter(self) -> None:
        self._scope_starts.append(len(self._undo))

    def leave(self) -> None:
        start = self._scope_starts.pop()
        while len(self._undo) > start:
            symbol, hidden = self._undo.pop()
            if hidden is None:
                del self._visible[symbol]
            else:
                self._visible[symbol] = hidden

    def bind(self, token: int, kind: LocalKind) -> int:
        """Make a local of the name at ``token`` in the innermost scope."""
        return self.bind_symbol(self.module.tokens.symbol(token), token, kind)

    def bind_symbol(self, symbol: int, token: int, kind: LocalKind) -> int:
        """Make a local of a name that ``token`` stands for."""
        local = len(self.body.locals)
        name = self.program.interner.text(symbol)
        self.body.locals.append(Local(name, kind, token, depth=len(self._lambdas)))
        self._show(symbol, local)
        return local

    def name(self, local: int, token: int) -> None:
        """Let the name at ``token`` mean a local that is there already, in the innermost scope."""
        self.body.locals[local].name = self.module.tokens.text(token)
        self.body.locals[local].token = token
        self._show(self.module.tokens.symbol(token), local)

    def _show(self, symbol: int, local: int) -> None:
        start = self._scope_starts[-1]
        hidden = self._visible.get(symbol)
        spec = self.body.locals[local]
        name, kind, token = spec.name, spec.kind, spec.token
        if hidden is not None and any(s == symbol for s, _ in self._undo[start:]) and name != "_":
            first = self.body.locals[hidden]
            where = "parameter list" if kind is LocalKind.PARAMETER else "block"
            note = Note(self.module.tokens.span(first.token), "first bound here")
            self.program.sink.report(
                "QZ0503", self.module.tokens.span(token), notes=[note], name=name, where=where
            )
        self._undo.append((symbol, hidden))
        self._visible[symbol] = local

    def bind_nameless(self, token: int, number: int) -> int:
        """Make a local of a parameter that only patterns have names for; they may keep it."""
        local = len(self.body.locals)
        depth = len(self._lambdas)
        self.body.locals.append(Local(f"_{number}", LocalKind.PARAMETER, token, depth=depth, n_uses=1))
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
        if used.depth < len(self._lambdas):
            used.is_captured = True
            for around in self._lambdas[used.depth :]:
                around.captures[local] = None

    @contextmanager
    def inside_lambda(self, node: int) -> Generator[None]:
        """Walk a lambda: a scope, and a function of its own, of which loops around it cannot be left."""
        found = self.body.lambdas[node] = Lambda(self._lambda_name)
        self._lambda_name = -1
        around = self.ways_out
        self.ways_out = WaysOut(
            loops_outside=around.loops_outside + around.loops, in_function=True, in_lambda=True
        )
        self._lambdas.append(found)
        self.enter()
        yield
        self.leave()
        self._lambdas.pop()
        self.ways_out = around

    _lambda_name = -1

    # The walk

    def function(self, node: int, signature: Signature) -> None:
        """A whole FN: parameters, then the body in their scope."""
        view = FnView(self.body.tree, node)
        self.ways_out.in_function = True
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

    def expression(self, node: int, self_type: TypeId = NONE) -> None:
        """The value of a constant, a global or a default: no function around it, but maybe a `self`."""
        self.enter()
        if self_type != NONE:
            symbol = self.program.interner.intern("self")
            local = self.bind_symbol(symbol, self.token[node], LocalKind.PARAMETER)
            self.body.locals[local].type = self_type
            self.body.params.append(local)
        self.walk(node)
        self.leave()

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
        if not args or not self._may_be_method(callee):
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

    def block(self, node: int) -> None:
        self.enter()
        n_scopes = 1
        for statement in self.body.tree.list(self.lhs[node]):
            self.walk(statement)
            if self.body.narrowed:
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

    # Names

    def ident(self, node: int) -> None:
        symbol = self.module.tokens.symbol(self.token[node])
        local = self._visible.get(symbol)
        if local is not None:
            self.use(node, local)
            return
        if symbol in self.body.type_scope:
            return  # a constant parameter, or a type where a value should be: the checker says
        decl = self._global(symbol, self.token[node], node)
        if decl is not None:
            self.decls[node] = -(decl.id + 1)

    def _global(self, symbol: int, token: int, node: int) -> Decl | None:
        """What a name that is no local means; reports where it means nothing, or two things."""
        tokens = self.module.tokens
        found = self.module.lookup(symbol)
        if isinstance(found, FunctionGroup):
            return found
        if found is None or isinstance(found, NO_VALUES):
            variants = self.module.find_variants(symbol)
            found = variants[0] if variants else found
        name = self.program.interner.text(symbol)
        sink = self.program.sink
        if isinstance(found, Ambiguity):
            notes = [Note(d.span, f"from module `{d.module.name}`") for d in (found.first, found.second)]
            hint = f"write `{found.first.module.name.rpartition('.')[2]}::{name}` to say which"
            sink.report("QZ0602", tokens.span(token), notes=notes, help=hint, name=name)
            return None
        if isinstance(found, UnsupportedDecl):
            self.program.report_unsupported(tokens.span(token), found.what)
            return None
        if found is None and name[0].isupper():
            self.body.unknown.add(node)
        elif found is None:
            report_unknown(self.program, self.body, token)
        return found

    def self_(self, node: int) -> None:
        local = self._visible.get(self.module.tokens.symbol(self.token[node]))
        if local is None:
            self.program.sink.report("QZ0308", self.body.span(node))
        else:
            self.use(node, local)

    def field(self, node: int) -> None:
        """`x.f`: a local, else a type (`Vec.new`), else an imported module, else any other value."""
        head = self.lhs[node]
        if self.kind[head] != nk.IDENT:
            self.walk(head)
            return
        local = self._visible.get(self.module.tokens.symbol(self.token[head]))
        if local is not None:
            self.use(head, local)
        elif not self.head(head):
            self.ident(head)

    def head(self, node: int) -> bool:
        """Resolve an IDENT that may be a type's or a module's name; False where it is neither."""
        symbol = self.module.tokens.symbol(self.token[node])
        if symbol in self._visible:
            return False
        name = self.program.interner.text(symbol)
        found = self.module.lookup(symbol)
        if isinstance(found, TYPE_DECLS) and symbol not in self.body.type_scope:
            self.decls[node] = -(found.id + 1)
            return True
        if found is None or symbol in self.body.type_scope:
            if name in NAMED_TYPES or name in ROWS or symbol in self.body.type_scope:
                return True
            handle = self.module.import_named(symbol)
            if handle is not None:
                self.decls[node] = -(handle.id + 1)
                return True
        return False

    def field_init(self, node: int) -> None:
        if self.lhs[node]:
            self.walk(self.lhs[node])
        else:
            self.ident(node)

    # Bindings

    def var(self, node: int) -> None:
        if self.kind[node] == nk.LET and self.kind[self.rhs[node]] in LAMBDAS:
            self._bind_lambda(node, self.token[node], self.rhs[node])
            return
        self.walk(self.rhs[node])
        kind = LocalKind.VAR if self.kind[node] == nk.VAR else LocalKind.IMMUTABLE
        self.decls[node] = self.bind(self.token[node], kind) + 1

    def _bind_lambda(self, node: int, token: int, value: int) -> None:
        """Bind an immutable name to a lambda, which may call itself by it."""
        local = self.bind(token, LocalKind.IMMUTABLE)
        self.decls[node] = local + 1
        self._lambda_name = local
        self.walk(value)

    def assign(self, node: int) -> None:
        """`x = e` assigns the nearest visible variable; where there is none, it binds a new immutable
        name."""
        target, value = self.lhs[node], self.rhs[node]
        if self.kind[target] != nk.IDENT:
            self.walk(target)
            self.walk(value)
            self._require_place_of_self(node, target)
            return
        symbol = self.module.tokens.symbol(self.token[target])
        local = self._visible.get(symbol)
        found = self.module.lookup(symbol) if local is None else None
        if local is None and not isinstance(found, GlobalDecl) and self.kind[value] in LAMBDAS:
            self._bind_lambda(node, self.token[target], value)
            return
        self.walk(value)
        if local is not None:
            self.use(target, local)
            if self.decls[target]:
                self._require_mutable(target, local)
        elif isinstance(found, GlobalDecl):
            self.decls[target] = -(found.id + 1)
        else:
            self.decls[node] = self.bind_symbol(symbol, self.token[target], LocalKind.IMMUTABLE) + 1

    def assign_op(self, node: int) -> None:
        target = self.lhs[node]
        self.walk(target)
        self.walk(self.rhs[node])
        self._require_place_of_self(node, target)
        if self.kind[target] != nk.IDENT:
            return
        entry = self.decls[target]
        if entry > 0:
            self._require_mutable(target, entry - 1)
        elif entry < 0:
            decl = self.program.decls[-entry - 1]
            if not isinstance(decl, GlobalDecl):
                what = f"{describe(decl)} such as `{decl.name}`"
                self.program.sink.report("QZ0502", self.body.span(target), what=what)

    def _require_place_of_self(self, node: int, target: int) -> None:
        """`self = e`: where `&mut self` stands for a place, what lies there becomes something else."""
        entry = self.decls[target] if self.kind[target] == nk.SELF else 0
        if entry > 0 and not self.body.locals[entry - 1].is_in_place:
            operator = self.module.tokens.text(self.body.tree.token[node])
            help_text = "a value without a block of its own, such as a variant, is another one by `&mut self`"
            self.program.sink.report(
                "QZ0028", self.body.span(node), help=help_text, what="`self`", operator=operator
            )

    def _require_mutable(self, target: int, local: int) -> None:
        first = self.body.locals[local]
        first.n_writes += 1
        if any(local in around.params for around in self._lambdas):
            self.body.writes.append((target, local))
        elif not first.mutable:
            report_immutable(self.program, self.body, target, local)

    def destructure(self, node: int) -> None:
        """`(a, b) = e`: each name is assigned where it is visible, else bound, as it would be on its own."""
        self.walk(self.rhs[node])
        first, pattern = len(self.body.locals), self.lhs[node]
        names = PatternNames(self, LocalKind.IMMUTABLE, assigns=True)
        names.walk(pattern)
        for local in self.body.locals[first:]:
            local.pattern = -1 if names.has_assigned else pattern

    def var_pattern(self, node: int) -> None:
        """`var (a, b) = e`: each name is a new variable."""
        self.walk(self.rhs[node])
        PatternNames(self, LocalKind.VAR).walk(self.lhs[node])

    def is_visible(self, token: int) -> bool:
        """Whether a local has the name at ``token``."""
        return self.module.tokens.symbol(token) in self._visible

    def assigned(self, token: int, node: int) -> bool:
        """Have a part of a pattern stand for the variable that its name assigns, if there is one."""
        symbol = self.module.tokens.symbol(token)
        local = self._visible.get(symbol)
        if local is not None:
            self.use(node, local)
            if self.decls[node]:
                self._require_mutable(node, local)
            return True
        found = self.module.lookup(symbol)
        if isinstance(found, GlobalDecl):
            self.decls[node] = -(found.id + 1)
            return True
        return False

    def comptime(self, node: int) -> None:
        """A `comptime` is evaluated by itself: no local of around it, no way out of it but its end."""
        around = self._run_time_locals, self.ways_out
        in_function = self.ways_out.in_function
        self._run_time_locals = len(self.body.locals)
        self.ways_out = WaysOut(in_comptime=True, in_function=in_function)
        self.walk(self.lhs[node])
        self._run_time_locals, self.ways_out = around

    def means_nothing(self, token: int) -> bool:
        """Whether a name is neither bound nor declared."""
        symbol = self.module.tokens.symbol(token)
        if symbol in self._visible or self.module.lookup(symbol) is not None:
            return False
        return not self.module.find_variants(symbol)


SPINE = frozenset(range(nk.ADD, nk.IN)) | {nk.AND, nk.OR}
"""Binary operators that chain to the left."""


LEFT = (
    *(nk.NEG, nk.NOT, nk.BIT_NOT, nk.CAST, nk.NAMED_ARG, nk.SPREAD, nk.REF, nk.REF_MUT),
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
    table[nk.IN] = Resolver.index
    table[nk.BLOCK] = Resolver.block
    table[nk.IF] = Resolver.if_
    table[nk.SELECT] = Resolver.select
    table[nk.MATCH] = match
    table[nk.CLAUSES] = clauses
    table[nk.IS] = is_
    table[nk.IDENT] = Resolver.ident
    table[nk.SELF] = Resolver.self_
    table[nk.FIELD] = Resolver.field
    table[nk.PATH] = path
    table[nk.FIELD_INIT] = Resolver.field_init
    table[nk.VAR] = Resolver.var
    table[nk.LET] = Resolver.var
    table[nk.ASSIGN] = Resolver.assign
    table[nk.ASSIGN_OP] = Resolver.assign_op
    table[nk.DESTRUCTURE] = Resolver.destructure
    table[nk.VAR_PATTERN] = Resolver.var_pattern
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

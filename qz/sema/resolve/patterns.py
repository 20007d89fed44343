"""Names in patterns and behind them: what is bound, and what is a constant or a variant already.

A pattern to the left of `=` assigns the variables that it names, as `x = e` would.

A name with a capital never binds: it is a variant or a constant, if not one that is visible here then a
variant of the matched value's type, which the checker knows. Any other name binds, unless a constant or a
variant of that name is visible.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.body import LocalKind, Rest, decl_of
from qz.sema.clauses import never_returns
from qz.sema.decls import TYPE_DECLS, ConstDecl, Decl, FunctionGroup, VariantDecl
from qz.sema.modules import ModuleEnv
from qz.sema.resolve.bindings import assigned
from qz.sema.resolve.paths import path
from qz.sema.types import NAMED_TYPES, ROWS
from qz.syntax import node_numbers as nk
from qz.syntax.shapes import children
from qz.syntax.views import FnView

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver


def match(r: Resolver, node: int) -> None:
    """The value, and for each arm its pattern, its guard and its body in a scope of their own."""
    r.walk(r.lhs[node])
    tree = r.body.tree
    for arm in tree.list(r.rhs[node]):
        r.enter()
        PatternNames(r).walk(r.lhs[arm])
        _narrow(r, r.lhs[node], r.lhs[arm])
        guard, body = tree.extra[r.rhs[arm]], tree.extra[r.rhs[arm] + 1]
        if guard:
            condition(r, guard)
        r.walk(body)
        r.leave()


def is_(r: Resolver, node: int) -> None:
    """Not a condition: what the pattern binds is seen by nobody."""
    r.enter()
    condition(r, node)
    r.leave()


def condition(r: Resolver, node: int) -> None:
    """An expression behind which, where it holds, the names that its `is` bound are visible."""
    operands: list[int] = []
    while r.kind[node] == nk.AND:
        operands.append(r.rhs[node])
        node = r.lhs[node]
    operands.append(node)
    for operand in reversed(operands):
        if r.kind[operand] == nk.IS:
            r.walk(r.lhs[operand])
            PatternNames(r).walk(r.rhs[operand])
            _narrow(r, r.lhs[operand], r.rhs[operand])
            r.body.tests_patterns = True
        elif r.kind[operand] == nk.AND:
            condition(r, operand)
        else:
            r.walk(operand)


def _narrow(r: Resolver, value: int, pattern: int) -> None:
    """`x is Int`, and the arm `Int => …` of `match x`: behind it `x` is an `Int` if it never changes."""
    if r.kind[value] != nk.IDENT or r.decls[value] <= 0 or r.body.locals[r.decls[value] - 1].mutable:
        return
    if not _is_type_alone(r, pattern):
        return
    local = r.bind(r.token[value], LocalKind.PATTERN)
    r.body.locals[local].n_uses = 1
    r.body.narrowed[pattern] = local


def _is_type_alone(r: Resolver, pattern: int) -> bool:
    """Whether a pattern is a type and nothing else: `Int`, `Vec<Int>`, `_: Int`."""
    if r.kind[pattern] == nk.PAT_TYPED:
        return r.kind[r.lhs[pattern]] == nk.PAT_WILD
    if r.kind[pattern] != nk.PAT_NAME or r.decls[pattern]:
        return False
    is_parameter = r.module.tokens.symbol(r.token[pattern]) in r.body.type_scope
    return is_parameter or names_type(r.module, r.token[pattern])


def rest_of_condition(r: Resolver, node: int, *, inside: bool = False) -> bool:
    """Behind the branch of `if x is Int`, and ``inside`` that of `unless x is Int`, `x` is something else;
    behind the latter it is one. A scope is entered for that, if so."""
    negated = r.kind[node] == nk.NOT
    test = r.lhs[node] if negated else node
    if r.kind[test] != nk.IS or r.rhs[test] not in r.body.narrowed or (inside and not negated):
        return False
    value = r.lhs[test]
    of = r.decls[value] - 1
    r.enter()
    local = r.bind(r.token[value], LocalKind.PATTERN)
    r.body.locals[local].n_uses = 1
    r.body.rests[local] = Rest(of, r.rhs[test], holds=negated and not inside)
    return True


def rest_of_guard(r: Resolver, statement: int) -> int:
    """The same for what follows `return 0 unless x is Int`, and any other way out of the block, be it a call
    of a function that never returns; behind `return 0 unless x is Some(n)`, `n` is visible. How many scopes
    are entered for that."""
    arms = r.body.tree.list(r.lhs[statement]) if r.kind[statement] == nk.IF else []
    if len(arms) != 1 or r.rhs[statement]:
        return 0
    condition = r.lhs[arms[0]]
    if r.kind[condition] != nk.NOT and r.rhs[condition] not in r.body.narrowed:
        return 0
    last = r.rhs[arms[0]]
    if r.kind[last] == nk.BLOCK:
        statements = r.body.tree.list(r.lhs[last])
        last = statements[-1] if statements else 0
    if r.kind[last] not in LEAVING and not _never_returns(r, last):
        return 0
    return rest_of_condition(r, condition) + _names_of_guard(r, statement, condition)


def _never_returns(r: Resolver, node: int) -> bool:
    """Whether a node is a call of a function whose header says that it never returns."""
    if r.kind[node] != nk.CALL:
        return False
    callee = r.body.tree.callee(node)
    decl = decl_of(r.decls[callee], r.program.decls) if r.kind[callee] in (nk.IDENT, nk.PATH) else None
    return isinstance(decl, FunctionGroup) and all(never_returns(r.program, one) for one in decl.functions)


def _names_of_guard(r: Resolver, statement: int, condition: int) -> bool:
    """Make visible what is bound where the condition of a guard does not hold."""
    if r.kind[condition] != nk.NOT:
        return False
    operands = [r.lhs[condition]]
    patterns: list[int] = []
    for operand in operands:  # grows
        if r.kind[operand] == nk.AND:
            operands += (r.lhs[operand], r.rhs[operand])
        elif r.kind[operand] == nk.IS:
            patterns.append(r.rhs[operand])
    bound = _bound_in(r, patterns)
    if bound:
        r.enter()
        r.body.guards[statement] = bound
    for local in bound:
        r.show(r.module.tokens.symbol(r.body.locals[local].token), local)
    return bool(bound)


def _bound_in(r: Resolver, patterns: list[int]) -> tuple[int, ...]:
    """The locals that patterns bind, in the order in which they were made."""
    nodes = list(patterns)
    for node in nodes:  # grows
        nodes += children(r.body.tree, node)
    return tuple(
        sorted({r.decls[node] - 1 for node in nodes if r.kind[node] in BINDING and r.decls[node] > 0})
    )


BINDING = frozenset({nk.PAT_NAME, nk.PAT_AT, nk.PAT_REST, nk.PAT_FIELD})
LEAVING = (nk.RETURN, nk.BREAK, nk.CONTINUE)


def names_type(module: ModuleEnv, token: int) -> bool:
    """Whether a name in a pattern is that of a type."""
    found = module.lookup(module.tokens.symbol(token))
    text = module.tokens.text(token)
    return isinstance(found, TYPE_DECLS) or text in NAMED_TYPES or text in ROWS


def clauses(r: Resolver, node: int) -> None:
    """The clauses of a function: parameters and body of each in a scope of their own."""
    tree = r.body.tree
    for clause in tree.list(r.lhs[node]):
        view = FnView(tree, clause)
        r.enter()
        clause_names(r, view)
        r.walk(view.body)
        r.leave()


def clause_names(r: Resolver, view: FnView) -> None:
    """Bind what the parameters of a clause are called, and what lies in them.

    One that stands for a place of the caller's is that place under every name.
    """
    names = PatternNames(r)
    for param, given in zip_longest(view.params, r.body.params):
        if r.kind[param] == nk.PARAM_PATTERN:
            names.walk(r.lhs[param])
        elif r.kind[param] != nk.POISON and given is not None and r.body.locals[given].is_in_place:
            r.name(given, r.token[param])
            r.decls[param] = given + 1
        elif r.kind[param] != nk.POISON:
            r.decls[param] = r.bind(r.token[param], LocalKind.PARAMETER) + 1


class PatternNames:
    """The names of one pattern. In an alternative, a name that the first one bound means the same local."""

    def __init__(
        self, resolver: Resolver, kind: LocalKind = LocalKind.PATTERN, *, assigns: bool = False
    ) -> None:
        self.r = resolver
        self.kind = kind
        self.assigns = assigns
        """Whether the names of visible variables assign them."""
        self.has_assigned = False
        self.bound: dict[int, int] = {}
        """The names bound so far in the alternative at hand: symbol to token."""
        self.known: dict[int, int] = {}
        """The locals of names that an alternative before has bound: symbol to local."""

    def walk(self, node: int) -> None:
        rule = RULES.get(self.r.kind[node])
        if rule is not None:
            rule(self, node)

    def each(self, nodes: list[int]) -> None:
        for node in nodes:
            self.walk(node)

    def meaning(self, symbol: int) -> Decl | None:
        """The constant or the variant that a name means."""
        module = self.r.module
        found = module.lookup(symbol)
        if isinstance(found, ConstDecl | VariantDecl):
            return found
        return next(iter(module.find_variants(symbol)), None)

    def bind(self, token: int, node: int) -> None:
        """Make a local of the name at ``token``, or find the one that it means."""
        resolver = self.r
        symbol = resolver.module.tokens.symbol(token)
        first = self.bound.get(symbol)
        if first is not None:
            tokens, name = resolver.module.tokens, resolver.module.tokens.text(token)
            note = Note(tokens.span(first), "first bound here")
            resolver.program.sink.report(
                "QZ0503", tokens.span(token), notes=[note], name=name, where="pattern"
            )
            return
        self.bound[symbol] = token
        local = self.known.get(symbol)
        if local is None:
            if self.assigns and assigned(resolver, token, node):
                self.has_assigned = True
                return
            local = self.known[symbol] = resolver.bind(token, self.kind)
        resolver.decls[node] = local + 1

    # The kinds of pattern

    def name(self, node: int) -> None:
        resolver = self.r
        token = resolver.token[node]
        symbol = resolver.module.tokens.symbol(token)
        decl = self.meaning(symbol)
        if self.assigns and resolver.is_visible(token):
            self.bind(token, node)
        elif decl is not None:
            resolver.decls[node] = -(decl.id + 1)
        elif resolver.program.interner.text(symbol)[0].isupper():
            resolver.body.unknown.add(node)
        else:
            self.bind(token, node)

    def at(self, node: int) -> None:
        self.bind(self.r.token[node], node)
        self.walk(self.r.lhs[node])

    def place(self, node: int) -> None:
        self.has_assigned = True
        self.r.kind[node] = nk.PAT_NAME
        self.r.decls[node] = self.r.bind_on_its_way(self.r.token[node]) + 1

    def rest(self, node: int) -> None:
        if self.r.rhs[node]:
            self.bind(self.r.rhs[node], node)

    def field(self, node: int) -> None:
        if self.r.lhs[node]:
            self.walk(self.r.lhs[node])
        else:
            self.bind(self.r.token[node], node)

    def variant(self, node: int) -> None:
        self.head(self.r.lhs[node])
        parts = self.r.body.tree.list(self.r.rhs[node])
        for part in parts:
            self._settle(part)
        self.each(parts)

    def _settle(self, part: int) -> None:
        """`name: N` in a payload is a name with its type, unless `N` is no type: then it is the pattern for
        the part of that name, and `N` a variant or a constant."""
        resolver = self.r
        if resolver.kind[part] != nk.PAT_TYPED:
            return
        written = resolver.rhs[part]
        is_either = resolver.kind[written] == nk.TYPE_UNION
        words = resolver.body.tree.list(resolver.lhs[written]) if is_either else [written]
        if any(map(self._may_be_type, words)):
            return
        for word in words:
            resolver.kind[word] = nk.PAT_NAME
            resolver.lhs[word] = 0
        if is_either:
            resolver.kind[written] = nk.PAT_OR
        resolver.kind[part], resolver.lhs[part] = nk.PAT_FIELD, written

    def _may_be_type(self, node: int) -> bool:
        """Whether something that is written as a type is one, for all that is known here."""
        resolver = self.r
        if resolver.kind[node] != nk.TYPE_NAME or resolver.rhs[node]:
            return True
        if resolver.body.tree.list(resolver.lhs[node]):
            return True
        token = resolver.token[node]
        symbol = resolver.module.tokens.symbol(token)
        return symbol in resolver.body.type_scope or names_type(resolver.module, token)

    def head(self, node: int) -> None:
        """`Variant`, `Enum::Variant`, `module::CONSTANT`."""
        resolver = self.r
        if resolver.kind[node] == nk.PATH:
            path(resolver, node)
            return
        decl = self.meaning(resolver.module.tokens.symbol(resolver.token[node]))
        if decl is not None:
            resolver.decls[node] = -(decl.id + 1)
        else:
            resolver.body.unknown.add(node)

    def range(self, node: int) -> None:
        for end in (self.r.lhs[node], self.r.rhs[node]):
            if end:
                self.r.walk(end)

    def inner(self, node: int) -> None:
        self.walk(self.r.lhs[node])

    def parts(self, node: int) -> None:
        self.each(self.r.body.tree.list(self.r.lhs[node]))

    def fields(self, node: int) -> None:
        self.each(self.r.body.tree.list(self.r.rhs[node]))

    def alternatives(self, node: int) -> None:
        """Every alternative binds the same names."""
        before = self.bound
        found: list[dict[int, int]] = []
        for alternative in self.r.body.tree.list(self.r.lhs[node]):
            self.bound = dict(before)
            self.walk(alternative)
            found.append(self.bound)
        self.bound = {symbol: token for names in reversed(found) for symbol, token in names.items()}
        for symbol, token in self.bound.items():
            if any(symbol not in names for names in found):
                tokens = self.r.module.tokens
                self.r.program.sink.report("QZ0103", tokens.span(token), name=tokens.text(token))


RULES: dict[int, Callable[[PatternNames, int], None]] = {
    nk.PAT_NAME: PatternNames.name,
    nk.PAT_AT: PatternNames.at,
    nk.PAT_PLACE: PatternNames.place,
    nk.PAT_REST: PatternNames.rest,
    nk.PAT_FIELD: PatternNames.field,
    nk.PAT_VARIANT: PatternNames.variant,
    nk.PAT_RANGE: PatternNames.range,
    nk.PAT_TYPED: PatternNames.inner,
    nk.PAT_TUPLE: PatternNames.parts,
    nk.PAT_VEC: PatternNames.parts,
    nk.PAT_OR: PatternNames.alternatives,
    nk.PAT_STRUCT: PatternNames.fields,
}
"""Patterns without names in them are left out."""


def destructure(r: Resolver, node: int) -> None:
    """`(a, b) = e`: each name is assigned where it is visible, else bound, as it would be on its own."""
    r.walk(r.rhs[node])
    first, pattern = len(r.body.locals), r.lhs[node]
    names = PatternNames(r, LocalKind.IMMUTABLE, assigns=True)
    names.walk(pattern)
    for local in r.body.locals[first:]:
        local.pattern = -1 if names.has_assigned else pattern


def var_pattern(r: Resolver, node: int) -> None:
    """`var (a, b) = e`: each name is a new variable."""
    r.walk(r.rhs[node])
    PatternNames(r, LocalKind.VAR).walk(r.lhs[node])

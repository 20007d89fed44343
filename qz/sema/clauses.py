"""Functions in clauses: several `def` of one name and arity, or one `def` with patterns as parameters.

`def fact(0) = 1` and `def fact(n) = n * fact(n - 1)` are one function, declared by the first of them. Its
tree is an FN with the header of the first, whose body is a CLAUSES.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qz.diagnostics.model import Note
from qz.sema.decls import FunctionDecl
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import FnView

if TYPE_CHECKING:
    from qz.sema.program import Program

K = NodeKind

NAMED = (K.PARAM, K.PARAM_SELF, K.PARAM_REST)


# Which functions they are


def joins(program: Program, first: FunctionDecl, function: FunctionDecl) -> bool:
    """Whether a function of the same name and arity is a further clause of ``first``.

    They stand in the same module or `impl`, and at least one of them has a pattern: two that take everything
    cannot both be meant.
    """
    flags = first.module.items.flags
    if first.module is not function.module or first.owner != function.owner:
        return False
    if not flags[first.item] & flags[function.item] & ItemFlag.HAS_BODY:
        return False
    return bool(first.clauses) or has_patterns(program, first) or has_patterns(program, function)


def add(program: Program, first: FunctionDecl, function: FunctionDecl) -> None:
    """Make a function a further clause of ``first``, right behind the others."""
    module = first.module
    before = first.clauses[-1] if first.clauses else first.item
    if function.item != before + 1:
        note = Note(module.tokens.span(module.items.name_token[before]), "the clause before it is here")
        problem = "stands apart from the others; nothing may come between them"
        program.sink.report("QZ0112", function.span, notes=[note], name=function.name, problem=problem)
    first.clauses.append(function.item)
    module.functions.remove(function)


def has_patterns(program: Program, function: FunctionDecl) -> bool:
    """Whether a parameter of this very item is a pattern."""
    module = function.module
    with program.arenas.function("clause") as arena:
        node = parse_item(module.tokens, module.items, function.item, arena, program.sink, with_body=False)
        return arena.kind[node] == K.FN and _takes_apart(arena, FnView(arena, node))


def _takes_apart(arena: AstArena, view: FnView) -> bool:
    return any(arena.kind[param] == K.PARAM_PATTERN for param in view.params)


# Their trees


def parse_function(
    program: Program, function: FunctionDecl, arena: AstArena, *, with_body: bool = True
) -> int:
    """The tree of a function with all its clauses; something else than an FN if one of them has none."""
    module = function.module
    nodes: list[int] = []
    for item in (function.item, *function.clauses):
        node = parse_item(module.tokens, module.items, item, arena, program.sink, with_body=with_body)
        if arena.kind[node] != K.FN:
            return node
        nodes.append(node)
    first = nodes[0]
    if len({len(FnView(arena, node).params) for node in nodes}) > 1:  # one could not be read
        at = arena.n
        arena.append((K.POISON, arena.token[first], 0, 0), ())
        return at
    has_body = module.items.flags[function.item] & ItemFlag.HAS_BODY
    if not has_body or not (function.clauses or _takes_apart(arena, FnView(arena, first))):
        return first
    token, list_index, at = arena.token[first], arena.n_words, arena.n
    rows = [K.CLAUSES, token, list_index, 0, K.FN, token, arena.lhs[first], at]
    arena.append(rows, [len(nodes), *nodes])
    return at + 1


def clauses_of(arena: AstArena, node: int) -> list[FnView]:
    """The clauses of an FN; of one that has no patterns, it alone."""
    view = FnView(arena, node)
    if arena.kind[view.body] != K.CLAUSES:
        return [view]
    return [FnView(arena, clause) for clause in arena.list(arena.lhs[view.body])]


# What their headers say


def never_returns(program: Program, function: FunctionDecl) -> bool:
    """Whether a function's header says that it never returns."""
    with program.arenas.function("header") as arena:
        node = parse_function(program, function, arena, with_body=False)
        return arena.kind[node] == K.FN and arena.kind[FnView(arena, node).result] == K.TYPE_NEVER


class Column(NamedTuple):
    """What the clauses say of one parameter: ``params`` are its nodes, one a clause."""

    name: str
    params: tuple[int, ...]
    annotations: tuple[int, ...]


def columns(function: FunctionDecl, arena: AstArena, clauses: list[FnView]) -> list[Column]:
    """The parameters of a function in clauses. One has a name if all clauses that name it agree on that."""
    tokens = function.module.tokens
    found: list[Column] = []
    for index in range(len(clauses[0].params)):
        params = tuple(clause.params[index] for clause in clauses)
        names = {tokens.text(arena.token[p]) for p in params if arena.kind[p] in NAMED}
        annotations = tuple(a for a in (annotation_of(arena, param) for param in params) if a)
        found.append(Column(names.pop() if len(names) == 1 else "_", params, annotations))
    return found


def annotation_of(arena: AstArena, param: int) -> int:
    """The type that is written behind a parameter, or 0."""
    match arena.kind[param]:
        case K.PARAM:
            return arena.lhs[param]
        case K.PARAM_PATTERN:
            pattern = arena.lhs[param]
            return arena.rhs[pattern] if arena.kind[pattern] == K.PAT_TYPED else arena.rhs[param]
        case _:
            return 0


def check_headers(program: Program, function: FunctionDecl, arena: AstArena, clauses: list[FnView]) -> None:
    """Report what only the first clause may say, or none of several."""
    tokens = function.module.tokens

    def report(token: int, problem: str) -> None:
        program.sink.report("QZ0112", tokens.span(token), name=function.name, problem=problem)

    def names(nodes: list[int]) -> list[str]:
        return [tokens.text(arena.token[node]) for node in nodes]

    def has_rest(clause: FnView) -> bool:
        return arena.kind[clause.params[-1]] == K.PARAM_REST

    for clause in clauses:
        for param in clause.params:
            if arena.kind[param] == K.PARAM and arena.rhs[param] and len(clauses) > 1:
                report(arena.token[param], "has a default value")
        if has_rest(clause) != has_rest(clauses[0]):
            report(arena.token[clause.params[-1]], "takes another number of arguments than the first")
    for clause in clauses[1:]:
        if clause.annotations:
            report(arena.token[clause.annotations[0]], "has annotations, which belong before the first one")
        if clause.type_params and names(clause.type_params) != names(clauses[0].type_params):
            report(arena.token[clause.type_params[0]], "has other type parameters than the first")
        bounds = [*clause.where, *(p for p in clause.type_params if arena.list(arena.lhs[p]))]
        if bounds:
            report(arena.token[bounds[0]], "has bounds, which belong to the first one")

"""Checking one body: names, then types. The result is what irgen reads; nothing else is kept."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.body import Body
from qz.sema.check.checker import Checker, Why
from qz.sema.check.table import RULES
from qz.sema.decls import FunctionDecl
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.resolve import Resolver
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import FnView

EXPRESSIONS = frozenset(range(NodeKind.INT, NodeKind.BLOCK))
"""Kinds that can have a value; the statements follow them."""


def new_body(module: ModuleEnv, name: str, arena: AstArena, root: int) -> Body:
    return Body(module, name, arena, root, [0] * arena.n, [NONE] * arena.n)


def resolve_function(program: Program, function: FunctionDecl, arena: AstArena) -> Body:
    """Parse a function's own tokens into ``arena`` and resolve the names in it."""
    module = function.module
    with program.phase("parse"):
        root = parse_item(module.tokens, module.items, function.item, arena, program.sink)
    body = new_body(module, function.symbol, arena, root)
    if arena.kind[root] == NodeKind.FN:
        with program.phase("resolve"):
            Resolver(program, body).function(root)
    return body


def check_function(program: Program, function: FunctionDecl, arena: AstArena) -> Body:
    """Parse, resolve and check one function. A body with errors comes back all the same; the sink knows."""
    body = resolve_function(program, function, arena)
    if arena.kind[body.root] != NodeKind.FN:
        body.result = ERROR
        return body
    signature = program.queries.signature(function)
    view = FnView(arena, body.root)
    for local, param in zip(body.params, signature.params, strict=False):
        body.locals[local].type = param.type
    checker = Checker(program, body, RULES)
    checker.result = signature.result
    if view.result and signature.result not in (VOID, ERROR):
        checker.result_note = _result_note(checker, function, view.result)
    if view.body:
        body.result = _check_result(checker, function, view.body)
    _close(checker)
    return body


def _result_note(c: Checker, function: FunctionDecl, annotation: int) -> Why:
    return lambda: Note(c.extent(annotation), f"`{function.name}` returns `{c.show(c.result)}`")


def _check_result(c: Checker, function: FunctionDecl, body: int) -> TypeId:
    """The body against the declared result, or the result from the body."""
    declared = c.result
    if declared == VOID:
        c.expr(body, VOID)
        return VOID
    if declared == NONE:
        return _infer(c, body)
    if declared == NEVER:
        if c.expr(body, VOID) != NEVER:
            c.sink.report("QZ0408", function.span, function=function.name, expected="!")
        return NEVER
    if c.kind[body] != NodeKind.BLOCK:
        c.value(body, declared, c.result_note)
        return declared
    found = c.expr(body, declared)
    if found == VOID:
        statements = c.list(c.lhs[body])
        span = c.extent(statements[-1]) if statements else function.span
        notes = () if c.result_note is None else (c.result_note(),)
        c.sink.report("QZ0408", span, notes=notes, function=function.name, expected=c.show(declared))
    elif not c.infer.accepts(declared, found):
        last = c.list(c.lhs[body])[-1]
        notes = () if c.result_note is None else (c.result_note(),)
        c.sink.report("QZ0400", c.extent(last), notes=notes, found=c.show(found), expected=c.show(declared))
    return declared


def _infer(c: Checker, body: int) -> TypeId:
    """The result of a function that does not say: what it returns, else its last expression's type."""
    c.result = c.infer.fresh()
    found = c.expr(body, NONE)
    if c.returns_value:
        if found not in (VOID, NEVER) and not c.infer.accepts(c.result, found):
            c.sink.report("QZ0400", c.extent(body), found=c.show(found), expected=c.show(c.result))
        return c.infer.finish(c.result) or ERROR
    return VOID if found == NEVER else c.infer.finish(found) or ERROR


def check_expression(
    program: Program, module: ModuleEnv, name: str, arena: AstArena, root: int, want: TypeId
) -> Body:
    """Resolve and check an expression outside a function: a constant, a default."""
    body = new_body(module, name, arena, root)
    Resolver(program, body).expression(root)
    checker = Checker(program, body, RULES)
    checker.value(root, want)
    _close(checker)
    return body


def _close(c: Checker) -> None:
    """Replace every type that had a variable in it by what was found; a variable still open is an error."""
    body = c.body
    finish = c.infer.finish
    for local in body.locals:
        if local.type < 0:
            found = finish(local.type)
            if found == NONE:
                span = body.module.tokens.span(local.token)
                what = f"`{local.name}`"
                help_text = f"write its type: `{local.name}: Vec<Int> = …`"
                c.sink.report("QZ0404", span, help=help_text, what=what)
                found = ERROR
            local.type = found
    for plan in body.matches.values():
        for column in plan.columns:
            column.finish(finish)
    clean = not c.sink.n_errors
    for node in c.open_nodes:
        if body.types[node] < 0:
            found = finish(body.types[node])
            if found == NONE:
                if clean:
                    c.sink.report("QZ0404", c.extent(node), what="this expression")
                    clean = False
                found = ERROR
            body.types[node] = found

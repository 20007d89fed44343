"""What a checked body binds and never uses, what it never reaches, and what it should no longer use."""

from __future__ import annotations

from collections.abc import Set

from qz.diagnostics.model import Fix, Note
from qz.sema.body import Body, LocalKind
from qz.sema.check.checker import Checker
from qz.sema.decls import FunctionDecl, ImplDecl, TraitDecl
from qz.sema.lint.misread import locals_named_like_constants, minuses_before_calls
from qz.sema.lint.values import unused_values
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import ERROR, NEVER, NONE, VOID
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

_BOUND = frozenset({LocalKind.VAR, LocalKind.IMMUTABLE, LocalKind.LOOP, LocalKind.PATTERN})


def lint_body(program: Program, function: FunctionDecl, checker: Checker) -> None:
    """What is to be said of a body of the program's own; nothing if it has an error.

    An instance of a generic function has the body of the function, of which everything is said already.
    """
    body = checker.body
    module = body.module
    module.checked.add(function.item)
    for plan in body.calls.values():
        if plan.function.owner >= 0:
            module.called.add(plan.function.module)
    if function.generic is not None or program.sink.n_error_reports != body.errors_before:
        return
    if program.sink.n_errors and _has_errors_in_tokens(module, function.item):
        return
    named = {"self", *_named_in_defaults(body)}
    _unused_locals(program, body, named)
    if body.result != ERROR:
        unused_values(program, checker)
    minuses_before_calls(program, checker)
    locals_named_like_constants(program, body)
    if function.private and function.name != "main" and not _implements_a_trait(module, function):
        _unused_parameters(program, body, named)
    if program.sink.wants_hints:
        _locals_named_like_modules(program, body)
        _dropped_tasks(program, checker)
        if _is_exported(module, function):
            _open_header(program, function)
    for leaving, first, last in checker.unreachable:
        if not module.tokens.is_written(checker.token[first]):
            continue
        span = checker.extent(first).to(checker.extent(last))
        notes = [Note(checker.span(leaving), "nothing behind this is reached")]
        program.sink.report("QZ7004", span, notes=notes)
    if program.deprecated and function.id not in program.deprecated:
        _deprecated_uses(program, checker)


def _has_errors_in_tokens(module: ModuleEnv, item: int) -> bool:
    """Whether there is something in a function that is no token: it may be what would use a name."""
    kinds = module.tokens.kinds
    return any(kinds[at] == tk.ERROR for at in range(module.items.first[item], module.items.last[item] + 1))


# Unused


def _named_in_defaults(body: Body) -> set[str]:
    """The names that the defaults of parameters mention, which is a use of those before them."""
    tree = body.tree
    nodes = [tree.rhs[node] for node, kind in enumerate(tree.kind) if kind == nk.PARAM and tree.rhs[node]]
    for node in nodes:  # grows
        nodes += children(tree, node)
    return {body.module.tokens.text(tree.token[node]) for node in nodes if tree.kind[node] == nk.IDENT}


def _unused_locals(program: Program, body: Body, named: Set[str]) -> None:
    for local in body.locals:
        if local.kind is LocalKind.PATTERN and local.name in named:
            continue
        if local.n_uses > local.n_writes or local.kind not in _BOUND or local.name.startswith("_"):
            continue
        if not body.module.tokens.is_written(local.token):
            continue
        span = body.module.tokens.span(local.token)
        how = "assigned and never read" if local.n_writes else "never used"
        help_text, fix = "", None
        if _is_shorthand(body, local.token):
            help_text = f"`{local.name}: _` gives no name to what is there"
            fix = Fix(((span._replace(start=span.end), ": _"),), sure=False)
        elif local.kind is LocalKind.PATTERN:
            help_text = "what begins with `_` may stay unused, and `_` alone takes any value"
        elif not local.n_writes:
            help_text = f"a name that begins with `_` may stay unused: `_{local.name}`"
            fix = Fix(((span._replace(end=span.start), "_"),), sure=False)
        program.sink.report("QZ7001", span, help=help_text, fix=fix, name=local.name, how=how)


def _is_shorthand(body: Body, token: int) -> bool:
    """Whether a pattern names a field and a local at once, as `Point { x }` does."""
    tree = body.tree
    fields = [node for node, kind in enumerate(tree.kind) if kind == nk.PAT_FIELD and not tree.lhs[node]]
    return any(tree.token[node] == token for node in fields)


def _unused_parameters(program: Program, body: Body, named: Set[str]) -> None:
    for number in body.params:
        local = body.locals[number]
        if not local.n_uses and local.name not in named and not local.name.startswith("_"):
            help_text = f"a name that begins with `_` may stay unused: `_{local.name}`"
            span = body.module.tokens.span(local.token)
            program.sink.report("QZ7003", span, help=help_text, name=local.name)


def _implements_a_trait(module: ModuleEnv, function: FunctionDecl) -> bool:
    """Whether somebody else says what parameters the function has."""
    owner = module.owners.get(function.owner)
    return isinstance(owner, TraitDecl) or (isinstance(owner, ImplDecl) and bool(owner.trait))


# Headers


def _is_exported(module: ModuleEnv, function: FunctionDecl) -> bool:
    """Whether other modules may call a function by its header; nobody imports the one with `main`."""
    is_program = any(other.name == "main" and other.owner < 0 for other in module.functions)
    if function.private or is_program or function in module.tests:
        return False
    return not _implements_a_trait(module, function)


def _open_header(program: Program, function: FunctionDecl) -> None:
    """Report what a header leaves to the body, that others depend on."""
    signature = program.queries.signature(function)
    untyped = [param.name for param in signature.params if param.type in signature.structural]
    if untyped:
        what = "the type of " + " and ".join(f"`{name}`" for name in untyped)
        help_text = f"write it: `{untyped[0]}: T`"
    elif function.result_written or signature.pattern or signature.result in (NONE, VOID, NEVER, ERROR):
        return
    else:
        what = "its result"
        help_text = f"write it behind the parameters: `: {program.show(signature.result)}`"
    program.sink.report("QZ7007", function.span, help=help_text, name=function.name, what=what)


# Names


def _locals_named_like_modules(program: Program, body: Body) -> None:
    """`x.f` where `x` is a local, and a module called `x` has an `f` too: a reader may take it for that."""
    modules = {imported.handle.name: imported for imported in body.module.imports}
    if not any(local.name in modules for local in body.locals):
        return
    tokens, tree = body.module.tokens, body.tree
    for node, kind in enumerate(tree.kind):
        head = tree.lhs[node]
        if kind != NodeKind.FIELD or tree.kind[head] != NodeKind.IDENT or body.decls[head] <= 0:
            continue
        local = body.locals[body.decls[head] - 1]
        imported = modules.get(local.name)
        if imported is not None and imported.module.public(tokens.symbol(tree.token[node])) is not None:
            notes = [Note(tokens.span(local.token), "the local is bound here")]
            member = f"{local.name}::{tokens.text(tree.token[node])}"
            help_text = f"`{member}` is the module's; another name for the local would make it plain"
            program.sink.report("QZ7005", body.span(head), notes=notes, help=help_text, name=local.name)


SCOPES = frozenset({"go_scope", "go_scope_timeout"})
"""Functions of the library that wait for what is started in the block they are given."""


def _dropped_tasks(program: Program, checker: Checker) -> None:
    """Tasks that are started for their effects alone, with no scope around that waits for them."""
    awaited: set[int] = set()
    for plan in checker.body.calls.values():
        function = plan.function
        if function.name in SCOPES and program.search.is_bundled(function.module.path):
            pending = [arg for arg in plan.args if arg > 0]
            while pending:
                node = pending.pop()
                awaited.add(node)
                pending += checker.children(node)
    help_text = (
        "keep it and `await` it, or start it in a `go_scope`, which waits for all that is started in it"
    )
    for node in checker.dropped_tasks:
        if node not in awaited:
            program.sink.report("QZ7206", checker.span(node), help=help_text)


def _deprecated_uses(program: Program, checker: Checker) -> None:
    """Calls of deprecated functions, and every other mention of a deprecated declaration."""
    for node, plan in checker.body.calls.items():
        function = plan.function.generic or plan.function
        if function.id in program.deprecated:
            call = abs(node)
            callee = checker.lhs[call] if checker.kind[call] == NodeKind.CALL else call
            program.report_deprecated(function, checker.span(callee))
    entries = {-number - 1 for number in program.deprecated}
    if entries.isdisjoint(checker.decls):
        return
    for node, entry in enumerate(checker.decls):
        if entry in entries:
            program.report_deprecated(program.decls[-entry - 1], checker.span(node))

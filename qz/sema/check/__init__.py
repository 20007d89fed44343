"""Checking one body: names, then types. The result is what irgen reads; nothing else is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from qz.diagnostics.model import Note
from qz.sema.body import Body, Given, decl_of
from qz.sema.check.checker import Checker, is_structural
from qz.sema.check.closing import close
from qz.sema.check.conversions import converts
from qz.sema.check.destructuring import take_apart
from qz.sema.check.promises import check_promises, learn_from_promises
from qz.sema.check.records import known_row
from qz.sema.check.results import ask_for_result, check_result
from qz.sema.check.table import RULES
from qz.sema.clauses import parse_function
from qz.sema.data.value_structs import is_value
from qz.sema.decls import FunctionDecl, GlobalDecl, Signature
from qz.sema.infer import Inference
from qz.sema.lint.bodies import lint_body
from qz.sema.macros.builtin_macros import BUILTINS
from qz.sema.macros.expansion import expand_macros
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.borrows import check_borrows
from qz.sema.ownership.moves import check_moves
from qz.sema.program import Program
from qz.sema.resolve.resolver import Resolver
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.views import FUNCTIONS, FnView


def new_body(
    program: Program,
    module: ModuleEnv,
    name: str,
    arena: AstArena,
    root: int,
    type_names: Mapping[int, TypeId],
    errors_before: int,
) -> Body:
    """What is to be found out about a parsed tree, after its macro calls are expanded."""
    module = expand_macros(program, module, arena, root, BUILTINS)
    return Body(module, name, arena, root, [0] * arena.n, [NONE] * arena.n, type_names, errors_before)


def resolve_function(program: Program, function: FunctionDecl, arena: AstArena) -> Body:
    """Parse a function's own tokens into ``arena`` and resolve the names in it."""
    module = function.module
    errors_before = program.sink.n_error_reports
    with program.phase("parse"):
        root = parse_function(program, function, arena)
        body = new_body(program, module, function.symbol, arena, root, function.type_names, errors_before)
    if arena.kind[root] in FUNCTIONS:
        with program.phase("resolve"):
            Resolver(program, body).function(root, program.queries.signature(function))
    return body


def check_function(
    program: Program, function: FunctionDecl, arena: AstArena, infer: Inference | None = None
) -> Body:
    """Parse, resolve and check one function. A body with errors comes back all the same; the sink knows.

    A generic function is checked with its type parameters standing for themselves: its bounds say what they
    can do. Parameters without a type are then poison, which leaves what is done with them to each instance.
    With ``infer`` the result is what is wanted, as a type of it that may still be open; the rest is not.
    """
    program.reads.note(function)
    signature = program.queries.signature(function)
    body = resolve_function(program, function, arena)
    if arena.kind[body.root] not in FUNCTIONS:
        body.result = ERROR
        return body
    view = FnView(arena, body.root)
    for local, param in zip(body.params, signature.params, strict=False):
        is_open = param.type in signature.structural or (
            param.is_rest and program.types.args[param.type][0] in signature.structural
        )
        body.locals[local].type = ERROR if is_open else param.type
    checker = Checker(program, body, RULES, function, infer, converts, known_row)
    ask_for_result(checker, function, view, is_inferred=infer is not None)
    with program.sink.inside(_instance_note(program, function)):
        if view.body:
            found = check_result(checker, function, view.body)
            body.result = found if infer is None or not body.yields else function.open_result
            if infer is not None and signature.promised and found not in (VOID, NEVER, ERROR):
                learn_from_promises(checker, signature)
        if infer is None:
            _finish(checker, function, view)
    checker.let_go()
    return body


def _finish(c: Checker, function: FunctionDecl, view: FnView) -> None:
    """What is checked of a function when its types are there."""
    signature = c.program.queries.signature(function)
    close(c)
    if signature.promised:
        check_promises(c, function, signature, view.result)
    if function.module.items.flags[function.item] & ItemFlag.CONST:
        _check_const(c.program, function, c.body)
    if view.body:
        check_ownership(c.program, function, c.body)
    if function.module.is_own:
        lint_body(c.program, function, c)


def _instance_note(program: Program, function: FunctionDecl) -> Note | None:
    """What a mistake in an instance depends on, where the header does not say what its arguments must be."""
    generic = function.generic
    if generic is None or generic.signature is None:
        return None
    if not generic.signature.structural:
        return _note_of_arguments(program, function, generic, generic.signature)
    assert function.signature is not None
    shown = ", ".join(f"`{p.name}: {program.show_briefly(p.type)}`" for p in function.signature.params)
    return Note(function.asked_at, f"`{generic.name}` is called here with {shown}")


def _note_of_arguments(
    program: Program, function: FunctionDecl, generic: FunctionDecl, signature: Signature
) -> Note | None:
    """For which constants and value structs an instance was asked for, for which types of which something is
    asked, and for which that are in unions."""
    asked = {*program.types.constant_params, *(bound.param for bound in signature.bounds)}
    if program.instances.has_open_unions(generic):
        asked |= set(signature.type_params)
    pairs = zip(signature.type_params, function.type_args, strict=True)
    known = [(param, arg) for param, arg in pairs if param in asked or is_value(program, arg)]
    shown = ", ".join(f"`{program.show(param)} = {program.show_briefly(arg)}`" for param, arg in known)
    return Note(function.asked_at, f"`{generic.name}` is called here with {shown}") if known else None


def _is_written_for_it(function: FunctionDecl) -> bool:
    """Whether what a body does with its values cannot be told from a generic one."""
    return function.generic is None or is_structural(function.generic)


def _check_const(program: Program, function: FunctionDecl, body: Body) -> None:
    """A `const def` promises to run at compile time; what it uses itself must keep that."""
    found: list[tuple[int, str]] = []
    for node, entry in enumerate(body.decls):
        decl = decl_of(entry, program.decls)
        if isinstance(decl, GlobalDecl):
            found.append((node, f"the global `{decl.name}`"))
    for node, plan in body.calls.items():
        if plan.function.abi == "C" and not program.search.is_bundled(plan.function.module.path):
            found.append((abs(node), f"the C function `{plan.function.name}`"))
    for node, what in found:
        note = Note(function.span, f"`{function.name}` is a `const def`")
        program.sink.report("QZ0802", body.span(node), notes=[note], what=what)


def check_expression(
    program: Program,
    module: ModuleEnv,
    name: str,
    arena: AstArena,
    root: int,
    want: TypeId,
    type_names: Mapping[int, TypeId] = MappingProxyType({}),
    function: FunctionDecl | None = None,
    given: Sequence[Given] = (),
    later: Mapping[int, int] = MappingProxyType({}),
) -> Body:
    """Resolve and check an expression outside a function: a constant, a default. What it is ``given`` it may
    mention, what comes ``later`` it may not."""
    errors_before = program.sink.n_error_reports
    body = new_body(program, module, name, arena, root, type_names, errors_before)
    body.later = later
    Resolver(program, body).expression(root, given)
    checker = Checker(program, body, RULES, function, None, converts, known_row)
    with program.sink.inside(_instance_note(program, function) if function is not None else None):
        for local, pattern in body.taken_apart.items():
            take_apart(checker, pattern, body.locals[local].type, reports=False)
        checker.value(root, want)
        close(checker)
    checker.let_go()
    return body


def check_ownership(program: Program, function: FunctionDecl, body: Body) -> None:
    """Report what the body of a function, or of a default, does with what is lent to it, and with values that
    have one owner at a time, that it must not."""
    signature = program.queries.signature(function)
    lends = any(param.borrow for param in signature.params) or signature.result_borrow
    if (lends or body.has_references) and body.is_clean and not signature.type_params:
        check_borrows(program, function, body)
        body.n_errors = program.sink.n_error_reports - body.errors_before
    if (program.has_linear or program.methods.dropped) and body.is_clean:
        check_moves(program, function, body, reports=_is_written_for_it(function))
        body.n_errors = program.sink.n_error_reports - body.errors_before

"""Checking one body: names, then types. The result is what irgen reads; nothing else is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from qz.diagnostics.model import Note, Severity
from qz.sema.body import Body, Given, decl_of
from qz.sema.check.checker import Checker, Why, is_structural
from qz.sema.check.clauses import clauses_with
from qz.sema.check.conversions import converts, settle_conversions
from qz.sema.check.destructuring import take_apart
from qz.sema.check.generics import instantiate_calls, settle_bounds
from qz.sema.check.promises import check_promises, learn_from_promises
from qz.sema.check.records import known_row
from qz.sema.check.references import lend_places
from qz.sema.check.table import RULES
from qz.sema.check.valueless import branches_without_value
from qz.sema.clauses import parse_function
from qz.sema.constants.evaluation import evaluate
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
from qz.sema.type_syntax.applied import misfit_within, report_misfit
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FUNCTIONS, FnView

EXPRESSIONS = frozenset(range(NodeKind.INT, NodeKind.BLOCK))
"""Kinds that can have a value; the statements follow them."""


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
    body = Body(module, name, arena, root, [0] * arena.n, [NONE] * arena.n, type_scope=type_names)
    body.errors_before = errors_before
    return body


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
    checker.result = signature.result
    if infer is not None and signature.pattern and not _is_all_hidden(checker, signature):
        checker.result = function.open_result
    if view.result and signature.result not in (VOID, ERROR):
        checker.result_note = _result_note(checker, function, view.result, is_hidden=bool(signature.pattern))
    if body.yields:
        checker.yielded = _yielded(checker, function, view.result)
        checker.result = ERROR if checker.yielded == ERROR else VOID
    elif function.is_generator and view.body:
        _report_nothing_yielded(checker, function, view.result)
    with program.sink.inside(_instance_note(program, function)):
        if view.body:
            found = _check_result(checker, function, view.body)
            body.result = found if infer is None or not body.yields else function.open_result
            if infer is not None and signature.promised and found not in (VOID, NEVER, ERROR):
                learn_from_promises(checker, signature)
        if infer is None:
            _close(checker)
            if signature.promised:
                check_promises(checker, function, signature, view.result)
            if function.module.items.flags[function.item] & ItemFlag.CONST:
                _check_const(program, function, body)
            if view.body:
                check_ownership(program, function, body)
            if function.module.is_own:
                lint_body(program, function, checker)
    checker.let_go()
    return body


def _is_all_hidden(c: Checker, signature: Signature) -> bool:
    """Whether a result is written as an `impl Trait` and nothing around it."""
    return c.program.types.kinds[signature.pattern] is TypeKind.PARAM


def _is_written_for_it(function: FunctionDecl) -> bool:
    """Whether what a body does with its values cannot be told from a generic one."""
    return function.generic is None or is_structural(function.generic)


def _is_iterator(c: Checker, trait: TypeId) -> bool:
    """Whether a type is the library's trait `Iterator`, and no several traits."""
    home = c.program.loader.bundled("iter")
    if c.infer.kind(trait) is not TypeKind.TRAIT:
        return False
    decl = c.program.decls[c.infer.args(trait)[0]]
    return decl.name == "Iterator" and home is not None and decl.module is home


def _yielded(c: Checker, function: FunctionDecl, annotation: int) -> TypeId:
    """The type of what a generator yields, by its result; that of a trait's method it becomes by itself."""
    generator = c.program.library.struct("iter", "Generator")
    element = NONE
    if c.infer.kind(c.result) is TypeKind.STRUCT and c.infer.args(c.result)[0] == generator.id:
        element = c.infer.args(c.result)[1]
    elif c.infer.kind(c.result) is TypeKind.DYN and _is_iterator(c, c.infer.args(c.result)[0]):
        element = c.infer.args(c.infer.args(c.result)[0])[1]
        converts(c, c.body.root, c.result, c.infer.make(TypeKind.STRUCT, (generator.id, element)))
    if element != NONE:
        text = f"`{function.name}` yields `{c.show(element)}`"
        c.result_note = lambda: Note(c.extent(annotation), text)
        return element
    if c.result != ERROR:
        notes = () if c.result_note is None or c.result == NONE else (c.result_note(),)
        first = c.span(c.body.yields[0])
        c.sink.report("QZ0712", first, notes=notes, help="write `: Iterator<T>`", function=function.name)
    return ERROR


def _report_nothing_yielded(c: Checker, function: FunctionDecl, annotation: int) -> None:
    """What such a function gives cannot be told from its body."""
    element = c.show(c.infer.args(c.result)[1]) if c.result != ERROR else "T"
    hint = f"`yield` the elements, or write `impl Iterator<{element}>` for an iterator of any other kind"
    c.sink.report("QZ0713", c.extent(annotation), help=hint, function=function.name)
    c.result = ERROR


def _instance_note(program: Program, function: FunctionDecl) -> Note | None:
    """What a mistake in an instance depends on, where the header does not say what its arguments must be."""
    generic = function.generic
    if generic is None or generic.signature is None:
        return None
    if not generic.signature.structural:
        return _note_of_arguments(program, function, generic, generic.signature)
    assert function.signature is not None
    shown = ", ".join(f"`{p.name}: {program.show(p.type)}`" for p in function.signature.params)
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
    shown = ", ".join(f"`{program.show(param)} = {program.show(arg)}`" for param, arg in known)
    return Note(function.asked_at, f"`{generic.name}` is called here with {shown}") if known else None


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


def _result_note(c: Checker, function: FunctionDecl, annotation: int, *, is_hidden: bool) -> Why:
    def note() -> Note:
        shown = c.source(annotation) if is_hidden else c.show(c.result)
        return Note(c.extent(annotation), f"`{function.name}` returns `{shown}`")

    return note


def _check_result(c: Checker, function: FunctionDecl, body: int) -> TypeId:
    """The body against the declared result, or the result from the body."""
    if c.result == NONE:
        return _infer(c, body)
    if c.kind[body] == NodeKind.CLAUSES:
        c.body.types[body] = c.result
        return clauses_with(c, body, lambda clause, _: _check_declared(c, function, clause))
    return _check_declared(c, function, body)


def _check_declared(c: Checker, function: FunctionDecl, body: int) -> TypeId:
    declared = c.result
    if declared in (VOID, ERROR):
        c.expr(body, VOID)
        return declared
    if declared == NEVER:
        if c.expr(body, VOID) != NEVER:
            c.sink.report("QZ0408", function.span, function=function.name, expected="!")
        return NEVER
    if c.kind[body] != NodeKind.BLOCK:
        c.value(body, declared, c.result_note)
        return declared
    found = c.expr(body, declared)
    if found == VOID:
        if not c.holds_nothing(body, declared):
            _report_no_result(c, function, body, declared)
    elif not c.fits(body, declared, found):
        last = c.list(c.lhs[body])[-1]
        notes = () if c.result_note is None else (c.result_note(),)
        c.report_mismatch(last, found, declared, notes)
    return declared


def _report_no_result(c: Checker, function: FunctionDecl, body: int, expected: TypeId) -> None:
    statements = c.list(c.lhs[body])
    span = c.extent(statements[-1]) if statements else function.span
    notes = () if c.result_note is None else (c.result_note(),)
    notes = [*notes, *branches_without_value(c, body)]
    c.sink.report("QZ0408", span, notes=notes, function=function.name, expected=c.show(expected))


def _infer(c: Checker, body: int) -> TypeId:
    """The result of a function that does not say: what it returns, else its last expression's type.

    One that is left by a `return` without a value gives none, whatever its last expression is.
    """
    assert c.function is not None
    c.result = c.function.open_result or c.infer.fresh()
    found = c.expr(body, NONE)
    if c.returns_nothing and not c.returns_value:
        c.infer.accepts(c.result, VOID)
        return VOID
    if c.returns_value:
        if found == VOID:
            _report_no_result(c, c.function, body, c.result)
            return ERROR
        if found != NEVER and not c.infer.accepts(c.result, found):
            statements = c.list(c.lhs[body]) if c.kind[body] == NodeKind.BLOCK else [body]
            c.report_mismatch(statements[-1], found, c.result)
        return c.result
    if found == NEVER or c.resolved(found) == c.program.types.unit:
        return VOID
    if c.result < 0 and found != VOID:
        c.infer.accepts(c.result, found)
    return found


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
        _close(checker)
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


def _is_generic(c: Checker) -> bool:
    """Whether type parameters stand for themselves here; what depends on them has a value in instances."""
    return c.function is not None and bool(c.program.queries.signature(c.function).type_params)


def _report_open(c: Checker, params: set[int]) -> None:
    """Report the locals whose type stayed open; what follows from a parameter is not reported again.

    Where parameters have no types, nothing is: an instance knows.
    """
    locals_ = c.body.locals
    still_open = [i for i, local in enumerate(locals_) if c.infer.finish(local.type) == NONE]
    # First what others follow from: parameters, and functions last.
    if still_open and c.sink.n_error_reports != c.body.errors_before:
        _give_up_on_parameters(c)
    still_open.sort(key=lambda i: (i not in params, c.infer.kind(locals_[i].type) is TypeKind.FN))
    for index in [i for i in still_open if locals_[i].name != "_"] or still_open:
        local = locals_[index]
        if local.type == NONE or c.infer.finish(local.type) != NONE:
            continue
        shown = re.sub(r"\b_\b", "Int", c.show(local.type))
        written = f"{local.name}: {shown if shown != 'Int' else 'Vec<Int>'} = …"
        example = f"{local.name}: Int -> …" if index in params else written
        span = c.body.module.tokens.span(local.token)
        if not c.is_poisoned:
            c.sink.report("QZ0404", span, help=f"write its type: `{example}`", what=f"`{local.name}`")
        if c.infer.kind(local.type) is TypeKind.VARIABLE:
            c.infer.poison(c.resolved(local.type))


def _give_up_on_parameters(c: Checker) -> None:
    """Where something is wrong within a lambda, nothing is said of the types of its parameters."""
    places = [found.span for found in c.sink.diagnostics if found.severity is Severity.ERROR]
    for node, function in c.body.lambdas.items():
        extent = c.extent(node)
        if not any(place is not None and extent.encloses(place) for place in places):
            continue
        for param in function.params:
            found = c.body.locals[param].type
            if found != NONE and c.infer.kind(found) is TypeKind.VARIABLE:
                c.infer.poison(c.resolved(found))


def _is_misfit(c: Checker, node: int, type_id: TypeId) -> bool:
    """Whether something is wrong with what a type that was inferred is declared to hold; reports it."""
    found = misfit_within(c.program, type_id)
    if found is not None:
        report_misfit(c.program, c.extent(node), found)
    return found is not None


def _close(c: Checker) -> None:
    """Replace every type that had a variable in it by what was found; a variable still open is an error."""
    body = c.body
    finish = c.infer.finish
    for check in c.later:
        check()
    lend_places(c)
    params = {param for function in body.lambdas.values() for param in function.params}
    _report_open(c, params)
    settle_bounds(c)
    for local in body.locals:
        if local.type < 0:
            local.type = finish(local.type) or ERROR
    for plan in body.matches.values():
        for column in plan.columns:
            column.finish(finish)
    for node, found in body.optional.items():
        body.optional[node] = finish(found)
    clean = not c.sink.n_errors and not c.is_poisoned
    for node in c.open_nodes:
        if body.types[node] < 0:
            found = finish(body.types[node])
            if found == NONE:
                if clean:
                    c.sink.report("QZ0404", c.extent(node), what="this expression")
                    clean = False
                found = ERROR
            body.types[node] = found
            if clean:
                clean = not _is_misfit(c, node, found)
    instantiate_calls(c, clean=clean)
    settle_conversions(c)
    body.n_errors = c.sink.n_error_reports - body.errors_before
    if (c.mentions_aggregate or c.comptime_nodes) and body.is_clean and not _is_generic(c):
        if c.mentions_aggregate:
            c.program.queries.reading.mark(body)
        for node in c.comptime_nodes:
            body.comptime[node] = evaluate(c.program, body, c.lhs[node])
        body.n_errors = c.sink.n_error_reports - body.errors_before

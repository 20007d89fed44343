"""What a body gives, against the result that its header declares; else what that is, from the body."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.check.checker import Checker, Why
from qz.sema.check.clauses import clauses_with
from qz.sema.check.conversions import converts
from qz.sema.check.valueless import what_gives_nothing
from qz.sema.decls import FunctionDecl, Signature
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView


def ask_for_result(c: Checker, function: FunctionDecl, view: FnView, *, is_inferred: bool) -> None:
    """Tell the checker what a body is to give, as far as the header says so; and to yield, if it does."""
    signature = c.program.queries.signature(function)
    c.result = signature.result
    if is_inferred and signature.pattern and not _is_all_hidden(c, signature):
        c.result = function.open_result
    if view.result and signature.result not in (VOID, ERROR):
        c.result_note = _note_of_result(c, function, view.result, is_hidden=bool(signature.pattern))
    if c.body.yields:
        c.yielded = _yielded(c, function, view.result)
        c.result = ERROR if c.yielded == ERROR else VOID
    elif function.is_generator and view.body:
        _report_nothing_yielded(c, function, view.result)


def _note_of_result(c: Checker, function: FunctionDecl, annotation: int, *, is_hidden: bool) -> Why:
    def note() -> Note:
        shown = c.source(annotation) if is_hidden else c.show(c.result)
        return Note(c.extent(annotation), f"`{function.name}` returns `{shown}`")

    return note


def check_result(c: Checker, function: FunctionDecl, body: int) -> TypeId:
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
    notes = [*notes, *what_gives_nothing(c, body)]
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


def _is_all_hidden(c: Checker, signature: Signature) -> bool:
    """Whether a result is written as an `impl Trait` and nothing around it."""
    return c.program.types.kinds[signature.pattern] is TypeKind.PARAM


def _is_iterator(c: Checker, trait: TypeId) -> bool:
    """Whether a type is the library's trait `Iterator`, and no several traits."""
    if c.infer.kind(trait) is not TypeKind.TRAIT:
        return False
    return c.program.library.is_declared(c.program.decls[c.infer.args(trait)[0]], "iter", "Iterator")


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

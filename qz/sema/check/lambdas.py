"""Lambdas: their parameters by what is asked for or by use, their result by their body.

`return` leaves the lambda that it stands in. Where a function without result is asked for, any body will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qz.sema.check.checker import Checker
from qz.sema.check.destructuring import take_apart
from qz.sema.check.records import new_row, require_fields
from qz.sema.ownership.lending import Borrow, lending, param_borrow, result_borrow
from qz.sema.resolve.reports import report_immutable
from qz.sema.type_syntax.references import borrow_of
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def lambda_(c: Checker, node: int, want: TypeId) -> TypeId:
    expected: tuple[TypeId, ...] | None = None
    lent = 0
    if c.infer.kind(want) is TypeKind.FN:
        lent, *rest = c.infer.args(want)
        expected = tuple(rest)
    if c.kind[node] == K.LAMBDA_IT:
        _decide_parameter(c, node, expected)
    params = c.body.lambdas[node].params
    if expected is not None and len(params) != len(expected) - 1:
        _report_arity(c, node, len(params), want)
        return _give_up(c, node)
    is_astray = expected is None and _is_astray(c, want)
    types = _parameters(c, node, expected, ERROR if is_astray else NONE)
    _take_apart(c, node, types)
    lent = _lending(c, node, lent, types)
    _settle_writes(c, node, lent)
    c.body.has_references |= lent != 0
    asked = NONE if expected is None else expected[-1]
    name = c.body.lambdas[node].name
    if name >= 0 and expected is None:
        asked = c.infer.fresh()
        c.infer.unify(c.body.locals[name].type, c.infer.make(TypeKind.FN, (lent, *types, asked)))
    result = _result(c, node, asked, is_free=expected is None)
    if want == ERROR or (not is_astray and ERROR in (*types, result)):
        return ERROR
    return c.infer.make(TypeKind.FN, (lent, *types, result))


def _is_astray(c: Checker, want: TypeId) -> bool:
    """Whether what is asked for is nothing that a function could become: nobody says what it is given."""
    return want not in (NONE, VOID, NEVER) and c.infer.kind(want) not in _MAY_BE_FUNCTIONS


_MAY_BE_FUNCTIONS = (TypeKind.VARIABLE, TypeKind.UNION, TypeKind.DYN)


def _take_apart(c: Checker, node: int, types: Sequence[TypeId]) -> None:
    """Give the names in patterns that stand for parameters their types."""
    params = c.list(c.lhs[node]) if c.kind[node] == K.LAMBDA else []
    for param, found in zip(params, types, strict=False):
        if c.kind[param] == K.PARAM_PATTERN:
            take_apart(c, c.lhs[param], found)


def _give_up(c: Checker, node: int) -> TypeId:
    """Check the body of a lambda that was refused, for its own errors."""
    for local in c.body.lambdas[node].params:
        c.body.locals[local].type = ERROR
    _take_apart(c, node, [ERROR] * len(c.body.lambdas[node].params))
    _result(c, node, NONE, is_free=True)
    return ERROR


def _decide_parameter(c: Checker, node: int, expected: tuple[TypeId, ...] | None) -> None:
    """`{ … }` has a parameter if it uses `it`, or if a function with one is asked for."""
    params = c.body.lambdas[node].params
    used = c.body.locals[params[0]].n_uses > 0
    if not used and (expected is None or len(expected) == 1):
        c.body.locals[params.pop()].type = VOID  # nobody asks for its type


def _are_parts(c: Checker, n_found: int, want: TypeId) -> bool:
    """Whether what is asked for has one parameter, a tuple of that many parts."""
    params = c.infer.args(want)[1:-1]
    if len(params) != 1:
        return False
    only = c.resolved(params[0])
    return c.infer.kind(only) is TypeKind.TUPLE and len(c.infer.args(only)) == n_found


def _report_arity(c: Checker, node: int, found: int, want: TypeId) -> None:
    plural = "parameter" if found == 1 else "parameters"
    help_text = ""
    if found == 0:
        names = ", ".join("_" for _ in c.infer.args(want)[1:-1])
        help_text = f"write a name for each, or `_`: `do {names} -> … end`"
    elif _are_parts(c, found, want):
        names = ", ".join(c.body.locals[local].name for local in c.body.lambdas[node].params)
        help_text = f"a tuple is taken apart by `(({names})) -> …`"
    c.sink.report("QZ0208", c.span(node), help=help_text, found=f"{found} {plural}", expected=c.show(want))


def _parameters(
    c: Checker, node: int, expected: tuple[TypeId, ...] | None, otherwise: TypeId
) -> list[TypeId]:
    """The types of the parameters: written, asked for, or ``otherwise``: variables, if that is none."""
    params = c.list(c.lhs[node]) if c.kind[node] == K.LAMBDA else []
    annotations = [c.lhs[param] if c.kind[param] == K.PARAM else 0 for param in params] or [0]
    types: list[TypeId] = []
    for index, local in enumerate(c.body.lambdas[node].params):
        asked = otherwise if expected is None else expected[index]
        annotation = annotations[index]
        fields = new_row(c, annotation) if annotation else NONE
        if fields not in (NONE, ERROR):
            found = asked if asked != NONE else c.infer.fresh()
            c.later.append(partial(_require_fields, c, annotation, found, fields))
        elif annotation:
            found = c.lent_annotation(annotation)
            if asked != NONE and found != ERROR and not c.infer.unify(asked, found):
                span = c.extent(annotation)
                c.sink.report("QZ0400", span, found=c.show(found), expected=c.show(asked))
                found = ERROR
        elif asked != NONE:
            found = c.held(asked)
        elif c.is_poisoned:
            found = ERROR  # an instance knows
        elif params and c.kind[params[index]] == K.PARAM_PATTERN:
            found = _shape_of(c, c.lhs[params[index]])
        else:
            found = c.infer.fresh()
        c.body.locals[local].type = found
        types.append(found)
    return types


def _require_fields(c: Checker, annotation: int, found: TypeId, fields: TypeId) -> None:
    """Require of what a parameter turned out to be the fields that are written."""
    if c.infer.kind(found) not in (TypeKind.VARIABLE, TypeKind.ERROR):
        require_fields(c, c.extent(annotation), found, fields)


def _settle_writes(c: Checker, node: int, lent: int) -> None:
    """Let parameters that stand for places be assigned, and report assignments to others."""
    params = c.body.lambdas[node].params
    for position, local in enumerate(params):
        c.body.locals[local].is_in_place = param_borrow(lent, position) is Borrow.IN_PLACE
    for target, local in c.body.writes:
        if local in params and not c.body.locals[local].mutable:
            report_immutable(c.program, c.body, target, local)


def _lending(c: Checker, node: int, asked: int, types: Sequence[TypeId]) -> int:
    """What a lambda is lent, as it writes or as it is ``asked``; what it gives is what is asked."""
    params = c.list(c.lhs[node]) if c.kind[node] == K.LAMBDA else []
    written = [c.lhs[param] if c.kind[param] == K.PARAM else 0 for param in params]
    own = [
        borrow_of(c.program, c.arena, annotation, types[at]) if annotation else param_borrow(asked, at)
        for at, annotation in enumerate(written)
    ]
    if c.kind[node] == K.LAMBDA_IT:
        own = [param_borrow(asked, at) for at in range(len(c.body.lambdas[node].params))]
    return lending(own, result_borrow(asked))


def _shape_of(c: Checker, pattern: int) -> TypeId:
    """What a pattern alone says of the type of what it takes apart."""
    if c.kind[pattern] == K.PAT_TUPLE:
        return c.infer.make(TypeKind.TUPLE, tuple(_shape_of(c, part) for part in c.list(c.lhs[pattern])))
    return c.infer.fresh()


def _result(c: Checker, node: int, asked: TypeId, *, is_free: bool) -> TypeId:
    """Check the body as that of a function of its own; the type of its result.

    It ``is_free`` if nothing outside has a say in it.
    """
    around = (c.result, c.result_note, c.returns_value, c.returns_nothing, c.returns_from)
    c.result_note, c.returns_value, c.returns_nothing, c.returns_from = None, False, False, "lambda"
    body = c.rhs[node]
    asked = c.resolved(asked)
    if asked == VOID:
        c.result = VOID
        c.expr(body, VOID)
        found: TypeId = VOID
    elif asked == NONE or c.infer.kind(asked) is TypeKind.VARIABLE:
        found = _inferred(c, body, asked, is_free=is_free)
    else:
        found = _required(c, body, asked)
    c.result, c.result_note, c.returns_value, c.returns_nothing, c.returns_from = around
    return found


def _inferred(c: Checker, body: int, asked: TypeId, *, is_free: bool) -> TypeId:
    """The result by what the body gives: its value, or what it returns."""
    c.result = c.infer.fresh() if asked == NONE else asked
    found = c.expr(body, c.result)
    if found == ERROR and c.is_right:
        found = NEVER
    if found == ERROR:
        c.infer.accepts(c.result, ERROR)  # nobody is to ask for its type
        return ERROR
    if found == VOID and c.returns_value:
        c.sink.report("QZ0408", c.extent(_last(c, body)), function="lambda", expected=c.show(c.result))
        return ERROR
    if found == NEVER:
        if not is_free or c.returns_value:
            return c.resolved(c.result)
        found = VOID  # one that never comes to an end has no result
    is_nothing = found == VOID and is_free  # which may still be called for what it does
    if not (c.infer.accepts(c.result, VOID) if is_nothing else c.fits(body, c.result, found)):
        c.report_mismatch(_last(c, body), found, c.result)
        return ERROR
    return c.resolved(c.result)


def _required(c: Checker, body: int, asked: TypeId) -> TypeId:
    """The body against the result that is asked for."""
    c.result = asked
    found = c.expr(body, asked)
    if found == VOID:
        if not c.fits(body, asked, VOID):
            c.sink.report("QZ0408", c.extent(_last(c, body)), function="lambda", expected=c.show(asked))
    elif not c.fits(body, asked, found):
        c.report_mismatch(_last(c, body), found, asked)
    return asked


def _last(c: Checker, body: int) -> int:
    """What gives a body its value."""
    statements = c.list(c.lhs[body]) if c.kind[body] == K.BLOCK else []
    return statements[-1] if statements else body

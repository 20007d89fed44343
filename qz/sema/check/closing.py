"""The end of a check: no type is left open, and what waited for all of them is done."""

from __future__ import annotations

import re

from qz.diagnostics.model import Severity
from qz.sema.check.checker import Checker
from qz.sema.check.conversions import settle_conversions
from qz.sema.check.generics import instantiate_calls, settle_bounds
from qz.sema.check.references import lend_places
from qz.sema.check.unreached import finish_unreached
from qz.sema.constants.evaluation import evaluate
from qz.sema.type_syntax.applied import misfit_within, report_misfit
from qz.sema.types import ERROR, NONE, TypeId, TypeKind


def close(c: Checker) -> None:
    """Replace every type that had a variable in it by what was found; a variable still open is an error."""
    body = c.body
    for check in c.later:
        check()
    lend_places(c)
    _report_open(c, {param for function in body.lambdas.values() for param in function.params})
    settle_bounds(c)
    _finish_places(c)
    is_clean = _finish_nodes(c)
    finish_unreached(c)
    instantiate_calls(c, clean=is_clean)
    settle_conversions(c)
    body.n_errors = c.sink.n_error_reports - body.errors_before
    if (c.mentions_aggregate or c.comptime_nodes) and body.is_clean and not _is_generic(c):
        if c.mentions_aggregate:
            c.program.queries.reading.mark(body)
        for node in c.comptime_nodes:
            body.comptime[node] = evaluate(c.program, body, c.lhs[node])
        body.n_errors = c.sink.n_error_reports - body.errors_before


def _finish_places(c: Checker) -> None:
    """Replace the types of locals and of what patterns look at."""
    body, finish = c.body, c.infer.finish
    for local in body.locals:
        if local.type < 0:
            local.type = finish(local.type) or ERROR
    for plan in body.matches.values():
        for column in plan.columns:
            column.finish(finish)
    for node, found in body.optional.items():
        body.optional[node] = finish(found)


def _finish_nodes(c: Checker) -> bool:
    """Replace the types of nodes, and report the first that is not known or not as it is declared. Whether
    there is none, and nothing else is wrong."""
    types = c.body.types
    is_clean = c.is_right
    for node in c.open_nodes:
        if types[node] >= 0:
            continue
        found = c.infer.finish(types[node])
        types[node] = found or ERROR
        if is_clean and found == NONE:
            c.sink.report("QZ0404", c.extent(node), what="this expression")
            is_clean = False
        elif is_clean:
            is_clean = not _is_misfit(c, node, found)
    return is_clean


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

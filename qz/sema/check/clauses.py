"""Functions in clauses: a match of the parameters, whose arms are the bodies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qz.base.source import Span
from qz.sema.body import MatchPlan
from qz.sema.check.branches import join
from qz.sema.check.checker import Checker
from qz.sema.check.matches import decided, examples, listed, report_unreachable
from qz.sema.check.patterns import PatternReader
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Pattern
from qz.sema.matching.rows import Row
from qz.sema.types import ERROR, NEVER, TypeId
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView

K = NodeKind


def clauses(c: Checker, node: int, want: TypeId) -> TypeId:
    """Clauses whose result nobody has written: they give one type."""
    return clauses_with(c, node, lambda body, so_far: join(c, body, so_far, want, "def"))


def clauses_with(c: Checker, node: int, check: Callable[[int, TypeId], TypeId]) -> TypeId:
    """Check every clause; ``check`` is given a body and the result of those before it."""
    columns = [Occurrence(c.body.locals[local].type) for local in c.body.params]
    reader = PatternReader(c)
    views = [FnView(c.tree, clause) for clause in c.list(c.lhs[node])]
    rows: list[Row] = []
    result: TypeId = NEVER
    for number, view in enumerate(views):
        reader.bindings = []
        patterns = [read(reader, *pair) for pair in zip(view.params, columns, strict=False)]
        rows.append(Row(number, tuple(patterns), tuple(reader.bindings), number))
        result = check(view.body, result)
    if not reader.failed and all(column.type != ERROR for column in columns):
        decision = decided(c, node, columns, rows, [False] * len(rows))
        if decision is not None:
            c.body.matches[node] = MatchPlan(tuple(columns), decision.root)
            shown = examples(c, columns, decision)
            if shown:
                _report_missing(c, node, shown)
            patterns = [view.params for view in views]
            report_unreachable(
                c, patterns, lambda number: _parameters(c, views[number]), reader.sides, decision
            )
    return result


def read(reader: PatternReader, param: int, column: Occurrence) -> Pattern:
    """The pattern that a parameter is; one with a name takes everything."""
    c = reader.c
    if c.kind[param] == K.PARAM_PATTERN:
        return reader.read(c.lhs[param], column)
    if c.decls[param] - 1 not in c.body.params:
        reader.bind(param, column)
    return ANYTHING


def _report_missing(c: Checker, node: int, shown: Sequence[str]) -> None:
    assert c.function is not None
    name = c.function.name
    help_text = f"add a clause `def {name}({shown[0]})`"
    what = f"the clauses of `{name}` are"
    c.sink.report("QZ0107", c.span(node), help=help_text, what=what, missing=listed(shown))


def _parameters(c: Checker, view: FnView) -> Span:
    return c.extent(view.params[0]).to(c.extent(view.params[-1]))

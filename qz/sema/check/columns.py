"""The types of the parameters of a function in clauses, as far as patterns tell."""

from __future__ import annotations

from collections.abc import Sequence

from qz.sema.body import Body
from qz.sema.check.checker import Checker
from qz.sema.check.clauses import read
from qz.sema.check.patterns import PatternReader
from qz.sema.check.table import RULES
from qz.sema.decls import FunctionDecl, Row
from qz.sema.matching.occurrences import Occurrence
from qz.sema.program import Program
from qz.sema.resolve.patterns import clause_names
from qz.sema.resolve.resolver import Resolver
from qz.sema.types import NONE, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.views import FnView


def infer_columns(
    program: Program,
    function: FunctionDecl,
    arena: AstArena,
    views: Sequence[FnView],
    written: Sequence[TypeId],
    rows: list[Row],
) -> list[TypeId]:
    """The types of parameters, which are written or else show in the patterns of all clauses; ``NONE`` for
    one that does not. ``rows`` are the open records among those that are written."""
    nodes = range(arena.n)
    body = Body(
        function.module,
        function.name,
        arena,
        0,
        [0 for _ in nodes],
        [NONE for _ in nodes],
        type_scope=function.type_names,
        errors_before=program.sink.n_error_reports,
    )
    resolver = Resolver(program, body)
    c = Checker(program, body, RULES, function)
    c.rows = rows
    columns = [Occurrence(c.infer.fresh() if type_id == NONE else type_id) for type_id in written]
    reader = PatternReader(c)
    for view in views:
        resolver.enter()
        clause_names(resolver, view)
        resolver.leave()
        for param, column in zip(view.params, columns, strict=True):
            read(reader, param, column)
    return [c.infer.finish(column.type) if column.type < 0 else column.type for column in columns]

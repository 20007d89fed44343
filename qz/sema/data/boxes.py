"""Where values without a block are put into one on the heap, and why: what `--explain-boxes` lists.

Everywhere else they are kept in registers, on the stack, or inside of what holds them.
"""

from __future__ import annotations

from collections.abc import Sequence

from qz.sema.body import Body, Lambda
from qz.sema.program import Program
from qz.syntax.extent import extent


def report_boxes(program: Program, body: Body) -> None:
    """Report the boxes of a checked body in which it is known which lambdas are kept."""
    for node, boxing in body.conversions.items():
        if program.queries.layouts.has_leaves(boxing.found):
            span = extent(body.module.tokens, body.tree, abs(node))
            what = f"this `{program.show(boxing.found)}` is"
            why = f"it becomes a `{program.show(boxing.wanted)}`"
            program.sink.report("QZ7020", span, what=what, why=why)
    for node, spec in body.lambdas.items():
        captured = [body.locals[local] for local in _captured_values(program, body, spec)]
        shared = [local for local in captured if local.mutable and local.is_kept]
        copied = [local.name for local in captured if spec.is_kept and not local.mutable]
        for local in shared:
            span = body.module.tokens.span(local.token)
            why = "a closure that may outlive it shares the variable"
            program.sink.report("QZ7020", span, what=f"`{local.name}` is", why=why)
        if copied:
            what = f"{_listed(copied)} {'is' if len(copied) == 1 else 'are'}"
            why = f"the closure that captures {'it' if len(copied) == 1 else 'them'} may be kept"
            program.sink.report("QZ7020", body.span(node), what=what, why=why)


def _captured_values(program: Program, body: Body, spec: Lambda) -> list[int]:
    has_leaves = program.queries.layouts.has_leaves
    return [i for i in spec.captures if i != spec.name and has_leaves(body.locals[i].type)]


def _listed(names: Sequence[str]) -> str:
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last}" if first else last

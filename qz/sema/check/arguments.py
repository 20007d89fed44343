"""Which argument goes to which parameter."""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import DEFAULT_ARGUMENT
from qz.sema.check.checker import Checker
from qz.sema.decls import Decl, Parameter
from qz.syntax.nodes import NodeKind

K = NodeKind


def place(
    c: Checker, callee: int, function: Decl, parameters: Sequence[Parameter], args: list[int]
) -> list[int]:
    """For each parameter the node of its argument, or `DEFAULT_ARGUMENT`; variadic extras behind them."""
    if not any(c.kind[a] == K.NAMED_ARG for a in args):
        missing = len(parameters) - len(args)
        return args + [DEFAULT_ARGUMENT] * max(missing, 0)
    names = [p.name for p in parameters]
    placed = [DEFAULT_ARGUMENT] * len(names)
    named = False
    for position, arg in enumerate(args):
        if c.kind[arg] != K.NAMED_ARG:
            if named:
                c.sink.report("QZ0203", c.extent(arg))
            placed[position] = arg
            continue
        named = True
        name = c.text(arg)
        if name not in names:
            hint = did_you_mean(name, names)
            c.sink.report("QZ0201", c.span(arg), help=hint, function=function.name, name=name)
            c.expr(c.lhs[arg])
            continue
        at = names.index(name)
        if placed[at] != DEFAULT_ARGUMENT:
            c.sink.report("QZ0202", c.span(arg), name=name)
        placed[at] = c.lhs[arg]
    lacking = [
        f"`{p.name}`"
        for p, arg in zip(parameters, placed, strict=True)
        if arg == DEFAULT_ARGUMENT and p.default is None
    ]
    if lacking:
        c.sink.report(
            "QZ0200",
            c.span(callee),
            notes=[Note(function.span, "declared here")],
            name=function.name,
            expected=f"an argument for {', '.join(lacking)}",
            found="none",
        )
    return placed

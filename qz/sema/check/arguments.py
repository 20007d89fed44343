"""Which argument goes to which parameter."""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import DEFAULT_ARGUMENT
from qz.sema.check.checker import Checker
from qz.sema.decls import Decl, Parameter
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS
from qz.syntax.token_kinds import TokenKind


def place(
    c: Checker,
    callee: int,
    function: Decl,
    parameters: Sequence[Parameter],
    args: list[int],
    block: int = 0,
) -> list[int]:
    """For each parameter the node of its argument, or `DEFAULT_ARGUMENT`; variadic extras behind them.

    ``block`` stands behind the call: it is the last argument, and goes to the last parameter if those before
    it have defaults.
    """
    n_missing = len(parameters) - len(args)
    if nk.NAMED_ARG not in map(c.kind.__getitem__, args):
        if not n_missing:
            return args
        if block and all(p.default is not None for p in parameters[len(args) - 1 : -1]):
            return args[:-1] + [DEFAULT_ARGUMENT] * n_missing + [block]
        placed = args + [DEFAULT_ARGUMENT] * max(n_missing, 0)
        _report_lacking(c, callee, function, parameters, placed)
        return placed
    names = [p.name for p in parameters]
    placed = [DEFAULT_ARGUMENT] * len(names)
    named = is_misnamed = False
    for position, arg in enumerate(args):
        if c.kind[arg] != nk.NAMED_ARG:
            if named and arg == block:
                placed[-1] = arg
                continue
            if named:
                c.sink.report("QZ0203", c.extent(arg))
            if position < len(names):
                placed[position] = arg
            else:
                placed.append(arg)
            continue
        named = True
        name = c.text(arg)
        if name not in names:
            hint = did_you_mean(name, names)
            c.sink.report("QZ0201", c.span(arg), help=hint, function=function.name, name=name)
            c.expr(c.lhs[arg])
            is_misnamed = True
            continue
        at = names.index(name)
        if placed[at] != DEFAULT_ARGUMENT:
            c.sink.report("QZ0202", c.span(arg), name=name)
            is_misnamed = True
        placed[at] = c.lhs[arg]
    if not is_misnamed:
        _report_lacking(c, callee, function, parameters, placed)
    return placed


def _report_lacking(
    c: Checker, callee: int, function: Decl, parameters: Sequence[Parameter], placed: list[int]
) -> None:
    """Report the parameters that have neither an argument nor a default.

    There may be some though the call has as many arguments as it needs, as one of those can stand where
    there is a default.
    """
    lacking = [
        f"`{p.name}`"
        for p, arg in zip(parameters, placed, strict=False)
        if arg == DEFAULT_ARGUMENT and p.default is None and not p.is_rest
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


def trailing_block(c: Checker, node: int, args: Sequence[int]) -> int:
    """The last argument if it is a block behind the call, `f(x) { … }` or `f do … end`; else 0."""
    if not args or c.kind[node] != nk.CALL or c.kind[args[-1]] not in LAMBDAS:
        return 0
    tokens = c.body.module.tokens
    opener = c.token[node]
    behind = tokens.kind[opener] != TokenKind.LPAREN or c.token[args[-1]] > tokens.partner[opener]
    return args[-1] if behind else 0

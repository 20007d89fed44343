"""Loops and the ways out: which loop a `break` means, and what cannot be left from where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import LocalKind
from qz.sema.resolve.patterns import PatternNames, condition
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.resolve.resolver import Resolver

K = NodeKind


@dataclass(slots=True)
class WaysOut:
    """What can be left from where the walk is; a lambda and a `comptime` begin with nothing."""

    loops: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Labels (as symbols) and nodes, outermost first."""
    loops_outside: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Those around the lambda that the walk is in."""
    deferred_in: int | None = None
    """In deferred code, how many loops are around its statement: those it must not leave."""
    in_comptime: bool = False
    in_function: bool = False
    in_lambda: bool = False
    comprehension: int = 0
    """The node of the innermost one around."""
    label: int = 0
    """What was read of a loop that is about to begin."""


def while_(r: Resolver, node: int) -> None:
    r.enter()
    if r.lhs[node]:
        condition(r, r.lhs[node])
    _body(r, node, r.rhs[node], _taken_label(r))
    r.leave()


def _taken_label(r: Resolver) -> int:
    label, r.ways_out.label = r.ways_out.label, 0
    return label


def _body(r: Resolver, node: int, body: int, label: int) -> None:
    r.ways_out.loops.append((label, node))
    r.walk(body)
    r.ways_out.loops.pop()


def labeled(r: Resolver, node: int) -> None:
    r.ways_out.label = r.module.tokens.symbol(r.token[node])
    r.walk(r.lhs[node])


def for_(r: Resolver, node: int) -> None:
    label = _taken_label(r)
    tree = r.body.tree
    iterable, body = tree.extra[r.rhs[node]], tree.extra[r.rhs[node] + 1]
    r.walk(iterable)
    r.enter()
    names = PatternNames(r, LocalKind.LOOP)
    for pattern in tree.list(r.lhs[node]):
        names.walk(pattern)
    _body(r, node, body, label)
    r.leave()


def comprehension(r: Resolver, node: int) -> None:
    around, r.ways_out.comprehension = r.ways_out.comprehension, node
    r.walk(r.lhs[node])
    r.ways_out.comprehension = around


def collect(r: Resolver, node: int) -> None:
    """What is collected belongs to the innermost comprehension."""
    r.decls[node] = r.ways_out.comprehension
    r.walk(r.lhs[node])


def jump(r: Resolver, node: int) -> None:
    """`break` and `continue`: find their loop. A value that means nothing was to be a label."""
    value = r.lhs[node]
    label_token = r.rhs[node]
    if value and r.kind[value] == K.IDENT and r.means_nothing(r.token[value]):
        label_token = r.token[value]
    else:
        r.walk(value)
    keyword = r.module.tokens.text(r.token[node])
    loops, outside = r.ways_out.loops, r.ways_out.loops_outside
    if label_token:
        label = r.module.tokens.symbol(label_token)
        for position in reversed(range(len(loops))):
            if loops[position][0] == label:
                _jump_to(r, node, position)
                return
        if any(name == label for name, _ in outside):
            r.program.sink.report("QZ0709", r.body.span(node), keyword=keyword)
            return
        text = r.program.interner.text
        hint = did_you_mean(text(label), [text(name) for name, _ in loops if name])
        r.program.sink.report("QZ0702", r.module.tokens.span(label_token), help=hint, name=text(label))
    elif loops:
        _jump_to(r, node, len(loops) - 1)
    else:
        r.program.sink.report("QZ0709" if outside else "QZ0701", r.body.span(node), keyword=keyword)


def _jump_to(r: Resolver, node: int, position: int) -> None:
    if r.ways_out.deferred_in is not None and position < r.ways_out.deferred_in:
        _report_leaving(r, node)
    else:
        r.decls[node] = r.ways_out.loops[position][1]


def return_(r: Resolver, node: int) -> None:
    if r.ways_out.in_comptime:
        r.program.sink.report("QZ0807", r.body.span(node), what="`return`")
    elif not r.is_in_function(node):
        return
    r.walk(r.lhs[node])
    if r.ways_out.deferred_in is not None:
        _report_leaving(r, node)


def yield_(r: Resolver, node: int) -> None:
    """Only what stands in a function itself is suspended by it."""
    ways_out = r.ways_out
    if ways_out.in_comptime:
        r.program.sink.report("QZ0807", r.body.span(node), what="`yield`")
    elif not r.is_in_function(node):
        return
    r.walk(r.lhs[node])
    if ways_out.in_lambda or ways_out.deferred_in is not None:
        where = "a lambda" if ways_out.in_lambda else "what `defer` runs"
        r.program.sink.report("QZ0711", r.body.span(node), where=where)
        r.kind[node] = K.POISON
    else:
        r.body.yields.append(node)


def _report_leaving(r: Resolver, node: int) -> None:
    r.program.sink.report("QZ0708", r.body.span(node), keyword=r.module.tokens.text(r.token[node]))


def defer(r: Resolver, node: int) -> None:
    """A statement in a scope of its own, since nothing after it may see what it binds."""
    around = r.ways_out.deferred_in
    r.ways_out.deferred_in = len(r.ways_out.loops)
    r.enter()
    r.walk(r.lhs[node])
    r.leave()
    r.ways_out.deferred_in = around

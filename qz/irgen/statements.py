"""Statements: bindings, assignments, branches, returns."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from xdsl.ir import Attribute, Operation, Region, SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import int_attr
from dialects.qz.terminators import ReturnOp
from qz.irgen.bindings import bind
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.calls.generators import return_from_generator
from qz.irgen.data.enums import nothing
from qz.irgen.holding import held_locals, keep, owned, scoped
from qz.irgen.matching.arms import arm_region
from qz.irgen.matching.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.matching.decisions import take
from qz.irgen.matching.destructuring import bound_by
from qz.sema.types import NEVER, VOID
from qz.syntax import node_numbers as nk

BINDINGS = frozenset((nk.VAR, nk.LET, nk.ASSIGN))
"""Statements that may bind one name."""


def block(b: Builder, node: int) -> SSAValue | None:
    """Statements in order; the value is the last one's."""
    return _statements(b, node, b.tree.list(b.lhs[node]), 0, 0)


def _statements(
    b: Builder, node: int, statements: Sequence[int], first: int, n_deferred: int
) -> SSAValue | None:
    """The statements of the block ``node`` from number ``first`` on, behind so many that are deferred."""
    result: SSAValue | None = None
    for position in range(first, len(statements)):
        statement = statements[position]
        if b.keeps_locations:
            b.location = b.locate(statement)
        if b.kind[statement] == nk.DEFER:
            scope = _Scope(partial(b.emit, b.lhs[statement]), n_deferred + 1)
            return _before(b, node, scope, partial(_hold, b, node, statements, position, (), n_deferred + 1))
        result = b.emit(statement)
        if position + 1 < len(statements) and b.holds_locals:
            held = _held(b, statement)
            if held:
                return _hold(b, node, statements, position, held, n_deferred)
    return result


def _held(b: Builder, statement: int) -> list[int]:
    """The locals that a statement binds, and what else is assigned in it; those whose values have something
    to do when they are given up."""
    bound: list[int] = []
    while b.kind[statement] in BINDINGS:
        bound.append(b.decls[statement] - 1)
        value = b.rhs[statement]
        if b.kind[value] not in (nk.TAP, nk.BEHIND):
            break
        statement = b.rhs[value]
    bound += b.body.guards.get(statement, ())
    if b.kind[statement] in (nk.DESTRUCTURE, nk.VAR_PATTERN):
        binds = b.kind[statement] == nk.VAR_PATTERN
        bound += sorted(bound_by(b, b.lhs[statement], binds=binds))
    return held_locals(b, bound)


def _hold(
    b: Builder, node: int, statements: Sequence[int], position: int, held: Sequence[int], n_deferred: int
) -> SSAValue | None:
    """The rest of a block, behind the statement that binds some locals, which are held until it is left."""
    if not held:
        return _statements(b, node, statements, position + 1, n_deferred)
    scope = _Scope(partial(keep, b, held[0]), n_deferred, is_dropped=True)
    return _before(b, node, scope, partial(_hold, b, node, statements, position, held[1:], n_deferred))


class _Scope(NamedTuple):
    """What is to be done when the rest of a block is left: what is deferred, or giving up a local; that comes
    after all that is deferred in the block."""

    last: Callable[[], object]
    n_deferred: int
    is_dropped: bool = False


def _before(
    b: Builder, node: int, scope: _Scope, following: Callable[[], SSAValue | None]
) -> SSAValue | None:
    """The rest of a block, behind a statement, and what is to be done when that is left."""
    type_id = b.types[node]
    results = () if type_id in (VOID, NEVER) else (b.ir_types.of(type_id),)

    def rest() -> Sequence[SSAValue]:
        value = following()
        if not results:
            return ()
        if value is None:
            raise Diverged
        return (b.coerce(value, results[0]),)

    is_late = scope.is_dropped and scope.n_deferred
    properties: dict[str, Attribute] = {"after": int_attr(scope.n_deferred)} if is_late else NO_PROPERTIES
    op = scoped(b, results, rest, scope.last, properties)
    if type_id == NEVER:
        raise b.unreachable()
    return op.results[0] if results else None


def defer(b: Builder, node: int) -> None:
    """A `defer` that is all there is of its scope: the scope ends at once."""
    b.emit(b.lhs[node])


# Bindings


def var(b: Builder, node: int) -> None:
    local = b.decls[node] - 1
    bind(b, local, b.value_as(b.rhs[node], b.ir_types.of(b.body.locals[local].type)))


# Leaving


def return_result(b: Builder, node: int) -> None:
    """The body of a function or lambda, which returns the value that it has."""
    with suppress(Diverged):
        value = b.emit(node)
        if b.result_type == VOID:
            b.do(ReturnOp)
        elif value is not None:
            b.do(ReturnOp, (b.coerce(value, b.ir_types.of(b.result_type)),))
        else:
            raise b.unreachable()


def return_(b: Builder, node: int) -> None:
    value = b.lhs[node]
    if value and b.result_type == VOID:  # of which it gives one that stands for nothing
        b.emit(value)
        raise b.end(ReturnOp)
    if value:
        raise b.end(ReturnOp, (b.value_as(value, b.ir_types.of(b.result_type)),))
    if b.result_type == b.program.types.unit:
        raise b.end(ReturnOp, (nothing(b),))
    if b.result_type not in (VOID, NEVER):  # which it has although nothing is returned
        raise return_from_generator(b)
    raise b.end(ReturnOp)


# Branches


def if_(b: Builder, node: int) -> SSAValue | None:
    """One flat op for the whole chain."""
    arms = b.tree.list(b.lhs[node])
    if node in b.body.guards:
        _guard(b, arms[0], b.body.guards[node])
        return None
    otherwise = b.rhs[node]
    type_id = b.types[node]
    results: tuple[Attribute, ...] = ()
    if type_id not in (VOID, NEVER):
        results = (b.ir_types.of(type_id),)
    if any(branches_on_patterns(b, b.lhs[arm]) for arm in arms):
        op: Operation = _if_patterns(b, arms, otherwise, results)
    else:
        op = _if_conditions(b, arms, otherwise, results)
    if type_id == NEVER:
        raise b.unreachable()
    return op.results[0] if results else None


def _guard(b: Builder, arm: int, bound: Sequence[int]) -> None:
    """A branch that leaves where patterns do not match, and what they bind where they do."""
    types = tuple([b.ir_types.of(b.body.locals[local].type) for local in bound])

    def matched() -> Diverged:
        return take(b, 0, [owned(b, local, b.local_value(local)) for local in bound])

    decision = b.region(lambda: leave(condition(b, b.lhs[b.lhs[arm]], matched, lambda: take(b, 1))))
    regions = (decision, b.region(lambda: b.block.args, types), arm_region(b, b.rhs[arm], ()))
    op = b.do(MatchOp, (), NO_PROPERTIES, types, regions)
    for local, value in zip(bound, op.results, strict=True):
        bind(b, local, value)


def _if_conditions(
    b: Builder, arms: Sequence[int], otherwise: int, results: tuple[Attribute, ...]
) -> Operation:
    first = b.value(b.lhs[arms[0]])
    regions: list[Region] = [arm_region(b, b.rhs[arms[0]], results)]
    for arm in arms[1:]:
        regions.append(b.region(lambda arm=arm: (b.value(b.lhs[arm]),)))
        regions.append(arm_region(b, b.rhs[arm], results))
    if otherwise:
        regions.append(arm_region(b, otherwise, results))
    return b.do(IfOp, (first,), NO_PROPERTIES, results, tuple(regions))


def _if_patterns(
    b: Builder, arms: Sequence[int], otherwise: int, results: tuple[Attribute, ...]
) -> Operation:
    """Conditions that bind names decide on an arm and hand it what they bound.

    The arms of the match are: the further conditions, the branches, and the branch where none holds.
    """
    n_further = len(arms) - 1
    end = n_further + len(arms)
    bound = [locals_bound_by(b, b.lhs[arm]) for arm in arms]

    def decide(number: int) -> Sequence[SSAValue]:
        def enter() -> Diverged:
            return take(
                b, n_further + number, [owned(b, local, b.local_value(local)) for local in bound[number]]
            )

        def go_on() -> Diverged:
            return take(b, number if number < n_further else end)

        return leave(condition(b, b.lhs[arms[number]], enter, go_on))

    decisions = [b.region(lambda n=n: decide(n)) for n in range(len(arms))]
    branches = [arm_region(b, b.rhs[arm], results, names) for arm, names in zip(arms, bound, strict=True)]
    last = arm_region(b, otherwise, results) if otherwise else b.region(lambda: ())
    return b.do(MatchOp, (), NO_PROPERTIES, results, (*decisions, *branches, last))

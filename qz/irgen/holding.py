"""Scopes that have something to do when they are left, and locals that are held until then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from xdsl.ir import Attribute, Operation, SSAValue

from dialects.qz.ownership import KeepOp
from dialects.qz.scopes import DeferOp
from dialects.qz.types import is_counted
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.expressions import read_local
from qz.sema.body import Local
from qz.sema.ownership.drops import holds_dropped, shows_drops

Fill = Callable[[], Sequence[SSAValue]]
"""Emits what is in a region; gives what the region yields."""


def scoped(
    b: Builder,
    results: Sequence[Attribute],
    rest: Fill,
    last: Callable[[], object],
    properties: dict[str, Attribute] = NO_PROPERTIES,
) -> Operation:
    """The rest of a scope, and what is to be done when that is left, in whatever way."""

    def cleanup() -> Sequence[SSAValue]:
        last()
        return ()

    cleanup_region = b.region(cleanup)
    b.n_scopes += 1
    body = b.region(rest)
    b.n_scopes -= 1
    return b.do(DeferOp, (), properties, results, (body, cleanup_region))


def held_locals(b: Builder, locals_: Sequence[int]) -> list[int]:
    """Those of some locals whose values have something to do when they are given up, or are known by their
    addresses, and may be there when their scope is left."""
    if not b.holds_locals:
        return []
    held = [n for n in locals_ if n >= 0 and _is_held(b, b.body.locals[n])]
    return [n for n in held if not b.body.locals[n].is_given or b.body.locals[n].is_left_with]


def _is_held(b: Builder, local: Local) -> bool:
    if local.is_on_its_way:
        return False
    return local.is_addressed or holds_dropped(b.program, local.type)


def owned(b: Builder, local: int, value: SSAValue) -> SSAValue:
    """What a pattern binds, with a count of its own if it shows when it is given up: what it was taken out of
    may be given up before."""
    if not shows_drops(b.program) or not is_counted(value.type):
        return value
    if not holds_dropped(b.program, b.body.locals[local].type):
        return value
    found = call_runtime(b, "rt.count$shared", [value], value.type)
    assert found is not None
    return found


def keep(b: Builder, local: int) -> None:
    """What a local holds is held until here."""
    b.do(KeepOp, (read_local(b, local),))


def holding(
    b: Builder, locals_: Sequence[int], results: Sequence[Attribute], fill: Fill
) -> Sequence[SSAValue]:
    """What is emitted by ``fill``, while some locals are held: the last one is given up first."""
    held = held_locals(b, locals_)
    if not held:
        return fill()
    rest = partial(holding, b, held[1:], results, fill)
    return scoped(b, results, rest, partial(keep, b, held[0])).results

"""`qz.defer`: a cleanup on every way out of its body.

Ways out that lead to the same place share one copy, so that code grows with the number of places, not of
exits::

    qz.defer {                       ^body:        cf.cond_br %c, ^early, ^late
      qz.if %c { qz.return %a }      ^early:       cf.br ^return(%a)
      …                         →    ^return(%r):  cleanup; func.return %r
    } finally {                      ^late:        … cf.br ^end
      cleanup                        ^end:         cleanup; cf.br ^after
    }

A cleanup that comes `after` those of scopes around it is put beneath them, for whatever leaves its own body.
For that they get copies of their own, and the end of the body leads where theirs does.
"""

# pyright: reportPrivateUsage=false

from dialects.fast_rewrites import discard
from dialects.qz.scopes import DeferOp
from lowering.dispatch import Table
from lowering.to_cfg.flow import Cleanup, Flow, Leave

TABLE: Table[Flow] = Table()


@TABLE.lowers(DeferOp)
def lower_defer(flow: Flow, op: DeferOp) -> None:
    """The cleanup stays apart, as what copies are made of."""
    if op.after is not None:
        _lower_beneath(flow, op, op.after.value.data)
        return
    rest = flow.split_after(op)
    around = flow.scope.loop
    at_end = Leave(rest, around)
    cleanup = Cleanup(op.cleanup, around, at_end, {})
    body = flow.enter(op.body, at_end, cleanup)
    discard(op)
    flow.cleanups.append(op.cleanup)
    flow.jump(body, (), op.location)


def _lower_beneath(flow: Flow, op: DeferOp, n_before: int) -> None:
    """Nothing but the end of its block follows such an operation, so there is nowhere to come back to."""
    before: list[Cleanup] = []
    around = flow.scope.loop
    for _ in range(n_before):
        assert isinstance(around, Cleanup)
        before.append(around)
        around = around.outer
    at_end = before[-1].at_end
    cleanup = Cleanup(op.cleanup, around, at_end, {})
    for passed in reversed(before):
        cleanup = Cleanup(passed.region, cleanup, passed.at_end, {})
    end = op._next_op
    assert end is not None
    end.parent = flow.block  # reading has not come to it
    discard(end)
    body = flow.enter(op.body, at_end, cleanup)
    discard(op)
    flow.cleanups.append(op.cleanup)
    flow.jump(body, (), op.location)

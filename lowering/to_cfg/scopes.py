"""`qz.defer`: a cleanup on every way out of its body.

Ways out that lead to the same place share one copy, so that code grows with the number of places, not of
exits::

    qz.defer {                       ^body:        cf.cond_br %c, ^early, ^late
      qz.if %c { qz.return %a }      ^early:       cf.br ^return(%a)
      …                         →    ^return(%r):  cleanup; func.return %r
    } finally {                      ^late:        … cf.br ^end
      cleanup                        ^end:         cleanup; cf.br ^after
    }
"""

from dialects.qz.scopes import DeferOp
from lowering.dispatch import Table
from lowering.to_cfg.flow import Cleanup, Flow, Leave

TABLE: Table[Flow] = Table()


@TABLE.lowers(DeferOp)
def lower_defer(flow: Flow, op: DeferOp) -> None:
    """The cleanup stays apart, as what copies are made of."""
    after = flow.split_after(op)
    around = flow.scope.loop
    cleanup = Cleanup(op.cleanup, around, {})
    body = flow.enter(op.body, Leave(after, around), cleanup)
    flow.discard(op)
    flow.cleanups.append(cleanup)
    flow.jump(body, (), op.location)

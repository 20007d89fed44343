"""`match`: the decision, and a region for each arm with what its pattern and its guard bind."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.matches import MatchOp
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.expressions import read_local
from qz.irgen.holding import owned
from qz.irgen.matching.arms import arm_region
from qz.irgen.matching.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.matching.decisions import Decision, take
from qz.sema.body import MatchPlan
from qz.sema.matching.nodes import Fail, Leaf, Node
from qz.sema.types import NEVER, VOID


def match(b: Builder, node: int) -> SSAValue | None:
    """The value is decided on once; the arms stand behind the decision."""
    value = b.value(b.lhs[node])
    arms = b.tree.list(b.rhs[node])
    guards = [b.tree.extra[b.rhs[arm]] for arm in arms]
    bodies = [b.tree.extra[b.rhs[arm] + 1] for arm in arms]
    return _matched(b, node, [value], guards, bodies)


def clauses(b: Builder, node: int) -> SSAValue | None:
    """The body of a function in clauses: its parameters are decided on, its arms are the bodies."""
    values = [read_local(b, local) for local in b.body.params]
    bodies = [b.rhs[clause] for clause in b.tree.list(b.lhs[node])]
    return _matched(b, node, values, [0] * len(bodies), bodies)


def _matched(
    b: Builder, node: int, values: Sequence[SSAValue], guards: Sequence[int], bodies: Sequence[int]
) -> SSAValue | None:
    """The value of a whole match."""
    type_id = b.types[node]
    results = () if type_id in (VOID, NEVER) else (b.ir_types.of(type_id),)
    op_results = emit_match(b, b.body.matches[node], values, guards, bodies, results)
    if type_id == NEVER:
        raise b.unreachable()
    return op_results[0] if results else None


def emit_match(
    b: Builder,
    plan: MatchPlan,
    values: Sequence[SSAValue],
    guards: Sequence[int],
    bodies: Sequence[int],
    results: tuple[Attribute, ...],
) -> Sequence[SSAValue]:
    """A whole match; its arms are statements or expressions with these results."""
    branching = {arm for arm, guard in enumerate(guards) if guard and branches_on_patterns(b, guard)}
    bound = _bound_locals(b, plan.root, guards)
    decision = Decision(
        b, plan.columns, values, plan.root, _Ending(guards, bound), branching_guards=branching
    )
    region = b.region(lambda: leave(decision.emit()))
    shared = decision.shared_regions()
    arms = [
        arm_region(b, body, results, bound[arm]) if arm in bound else b.region(lambda: leave(b.unreachable()))
        for arm, body in enumerate(bodies)
    ]
    op = b.do(MatchOp, (), NO_PROPERTIES, results, (region, *shared, *arms))
    return op.results


class _Ending:
    """What the decision ends in: an arm, behind its guard if it has one."""

    def __init__(self, guards: Sequence[int], bound: dict[int, list[int]]) -> None:
        self.guards = guards
        self.bound = bound

    def __call__(self, decision: Decision, node: Leaf | Fail) -> Diverged:
        b = decision.b
        if isinstance(node, Fail):
            return b.unreachable()
        for local, occurrence in node.bindings:
            value = decision.places.value(occurrence)
            b.values[local] = b.coerce(value, b.ir_types.of(b.body.locals[local].type))
        arm = node.arm

        def enter() -> Diverged:
            values = [owned(b, local, b.local_value(local)) for local in self.bound[arm]]
            return take(b, len(decision.shared) + arm, values)

        guard = self.guards[arm]
        if not guard:
            return enter()
        return condition(b, guard, enter, lambda: decision.otherwise(node))


def _bound_locals(b: Builder, root: Node, guards: Sequence[int]) -> dict[int, list[int]]:
    """The locals that each arm is handed: those of its pattern, then those of its guard."""
    found: dict[int, list[int]] = {}
    pending: list[Node] = [root]
    seen = {id(root)}
    while pending:
        node = pending.pop()
        if isinstance(node, Leaf) and node.arm not in found:
            guard = guards[node.arm]
            further = locals_bound_by(b, guard) if guard else []
            found[node.arm] = sorted(local for local, _ in node.bindings) + further
        for following in node.following():
            if id(following) not in seen:
                seen.add(id(following))
                pending.append(following)
    return found

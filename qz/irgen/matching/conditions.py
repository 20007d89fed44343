"""Conditions that test patterns: what they bind is there where they hold, so they branch instead of yielding.

A condition without a pattern that binds is an `i1` like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from xdsl.ir import SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import FALSE, PREDICATES, TRUE, int_const
from dialects.qz.scalar import CmpOp, ConstOp, NotOp
from dialects.qz.types import boolean, si64
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.data.enums import tag_of
from qz.irgen.matching.decisions import Decision, take
from qz.sema.body import MatchPlan
from qz.sema.matching.nodes import Aspect, Fail, Fork, Leaf
from qz.syntax import node_numbers as nk

Continuation: TypeAlias = Callable[[], Diverged]
"""Emits where control goes on, which ends the block; what it gives is to be raised."""


def branches_on_patterns(b: Builder, node: int) -> bool:
    """Whether a condition has an `is` in it that takes more than one comparison."""
    if not b.body.tests_patterns:
        return False
    pending = [node]
    while pending:
        part = pending.pop()
        kind = b.kind[part]
        if kind in (nk.AND, nk.OR):
            pending += (b.lhs[part], b.rhs[part])
        elif kind == nk.NOT:
            pending.append(b.lhs[part])
        elif kind == nk.IS and part not in b.body.cut_off and _plain_tag(b.body.matches[part]) is None:
            return True
    return False


def locals_bound_by(b: Builder, node: int) -> list[int]:
    """The locals that are bound where a condition holds."""
    found: list[int] = []
    operands = [node]
    for part in operands:
        if b.kind[part] == nk.AND:
            operands += (b.lhs[part], b.rhs[part])
        elif b.kind[part] == nk.IS:
            leaf = _success(b.body.matches[part])
            found += [] if leaf is None else sorted(local for local, _ in leaf.bindings)
    return found


def _success(plan: MatchPlan) -> Leaf | None:
    """A leaf of a test where the pattern matches."""
    pending = [plan.root]
    seen = {id(plan.root)}
    while pending:
        node = pending.pop()
        if isinstance(node, Leaf) and node.arm == 0:
            return node
        for following in node.following():
            if id(following) not in seen:
                seen.add(id(following))
                pending.append(following)
    return None


def condition(b: Builder, node: int, if_true: Continuation, if_false: Continuation) -> Diverged:
    """Go on one way or the other; ``if_false`` may be asked more than once."""
    if not branches_on_patterns(b, node):
        return _branch(b, b.value(node), if_true, if_false)
    kind = b.kind[node]
    if kind == nk.NOT:
        return condition(b, b.lhs[node], if_false, if_true)
    left, right = b.lhs[node], b.rhs[node]
    if kind == nk.AND:
        return condition(b, left, lambda: condition(b, right, if_true, if_false), if_false)
    if kind == nk.OR:
        return condition(b, left, if_true, lambda: condition(b, right, if_true, if_false))
    plan = b.body.matches[node]

    def ending(decision: Decision, found: Leaf | Fail) -> Diverged:
        if isinstance(found, Fail) or found.arm:
            return if_false()
        for local, occurrence in found.bindings:
            value = decision.places.value(occurrence)
            b.values[local] = b.coerce(value, b.ir_types.of(b.body.locals[local].type))
        return if_true()

    return Decision(b, plan.columns, [b.value(left)], plan.root, ending, shares=False).emit()


def _branch(b: Builder, holds: SSAValue, if_true: Continuation, if_false: Continuation) -> Diverged:
    """Branch away where the condition does not hold, and go on here."""
    fails = b.make(NotOp, (holds,), boolean)
    b.do(IfOp, (fails,), NO_PROPERTIES, (), (b.region(lambda: leave(if_false())),))
    return if_true()


def leave(end: Diverged) -> Sequence[SSAValue]:
    """For a region that ends in the midst of things.

    What is raised is not what is given: that would refer to this call by its traceback, and the call to it.
    """
    raise Diverged


def truth(b: Builder, node: int) -> SSAValue:
    """The value of a condition that branches."""
    decision = b.region(lambda: leave(condition(b, node, lambda: take(b, 0), lambda: take(b, 1))))
    arms = [b.region(lambda p=p: (b.make(ConstOp, (), boolean, p),)) for p in (TRUE, FALSE)]
    return b.do(MatchOp, (), NO_PROPERTIES, (boolean,), (decision, *arms)).results[0]


def is_(b: Builder, node: int) -> SSAValue:
    """`x is None` is a comparison; what takes more than that branches."""
    tag = _plain_tag(b.body.matches[node])
    if tag is None:
        return truth(b, node)
    found = tag_of(b, b.value(b.lhs[node]))
    number = b.make(ConstOp, (), si64, int_const(tag, si64))
    return b.make(CmpOp, (found, number), boolean, PREDICATES["eq"])


def _plain_tag(plan: MatchPlan) -> int | None:
    """The one variant that a value itself is asked for, where nothing else is asked and nothing bound."""
    root = plan.root
    if not isinstance(root, Fork) or root.kind is not Aspect.VARIANT or len(root.cases) != 1:
        return None
    if root.occurrence.parent is not None:
        return None
    (case,) = root.cases
    if len(case.labels) != 1 or not isinstance(case.node, Leaf) or case.node.bindings:
        return None
    if not isinstance(root.default, Leaf):
        return None
    (tag,) = case.labels
    return tag if isinstance(tag, int) and case.node.arm == 0 else None

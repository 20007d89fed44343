"""`select`: the library is told what is waited for, says which of it happened, and that arm is taken."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Attribute, Region, SSAValue

from dialects.qz.branches import IfOp
from qz.irgen.bindings import bind
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.calls.calls import call_with_values
from qz.irgen.calls.direct import call_function
from qz.irgen.comparison import compare
from qz.irgen.constants import constant
from qz.sema.check.select import SELECT_MODULE
from qz.sema.types import INT, NEVER, VOID


def select(b: Builder, node: int) -> SSAValue | None:
    """All channels and values first; then a branch for each arm, that of `default` last."""
    selection = _library(b, node, "begin")
    asked: dict[int, SSAValue | None] = {}
    default = 0
    for arm in b.tree.list(b.lhs[node]):
        if b.lhs[arm]:
            plan = b.body.calls[arm]
            values = [b.value(part) for part in plan.args]
            asked[arm] = call_with_values(b, arm, plan, [*values, selection])
        else:
            default = arm
    happened = _library(b, node, "poll" if default else "wait", selection)
    type_id = b.types[node]
    results = () if type_id in (VOID, NEVER) else (b.ir_types.of(type_id),)

    def is_number(number: int) -> SSAValue:
        return compare(b, "eq", happened, constant(b, INT, number), INT)

    arms = [*asked, default] if default else [*asked]
    if len(arms) == 1:
        return _only_arm(b, arms[0], asked)
    regions: list[Region] = []
    first = is_number(0)
    for number, arm in enumerate(arms):
        if 0 < number < len(arms) - 1:
            regions.append(b.region(lambda number=number: (is_number(number),)))
        regions.append(_branch(b, arm, asked, results))
    op = b.do(IfOp, (first,), NO_PROPERTIES, results, tuple(regions))
    if type_id == NEVER:
        raise b.unreachable()
    return op.results[0] if results else None


def _library(b: Builder, node: int, name: str, *operands: SSAValue) -> SSAValue:
    found = call_function(b, node, b.program.library.function(SELECT_MODULE, name), list(operands))
    assert found is not None
    return found


def _branch(
    b: Builder, arm: int, asked: dict[int, SSAValue | None], results: tuple[Attribute, ...]
) -> Region:
    def fill() -> Sequence[SSAValue]:
        value = _only_arm(b, arm, asked)
        if not results:
            return ()
        if value is None:
            raise Diverged
        return (b.coerce(value, results[0]),)

    return b.region(fill)


def _only_arm(b: Builder, arm: int, asked: dict[int, SSAValue | None]) -> SSAValue | None:
    """What an arm does: it binds what was received, then comes its body."""
    local = b.decls[arm] - 1
    if local >= 0:
        receiving = asked[arm]
        assert receiving is not None
        value = call_with_values(b, arm, b.body.calls[b.lhs[arm]], [receiving])
        assert value is not None
        bind(b, local, value)
    return b.emit(b.tree.extra[b.rhs[arm] + 1])

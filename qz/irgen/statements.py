"""Statements: bindings, assignments, branches, loops, leaving."""

from collections.abc import Sequence

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Operation, Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.branches import IfOp
from dialects.qz.loops import ForEachOp, ForOp, LoopOp, WhileOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import PREDICATES, UNIT, int_const
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, YieldOp
from dialects.qz.types import VecType, boolean, is_int_type, si64
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, LocalGetOp, LocalSetOp
from dialects.qz.vec import VecGetOp, VecSetOp
from qz.irgen.bindings import bind, region_with_locals
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.constants import bytes_literal
from qz.irgen.decisions import take
from qz.irgen.expressions import combine, field_properties
from qz.irgen.panics import panic_unless
from qz.sema.decls import GlobalDecl
from qz.sema.types import NEVER, VOID
from qz.syntax.compound import operator_of
from qz.syntax.nodes import NodeKind

K = NodeKind


def block(b: Builder, node: int) -> SSAValue | None:
    """Statements in order; the value is the last one's."""
    result: SSAValue | None = None
    for statement in b.arena.list(b.lhs[node]):
        if b.options.debug:
            b.location = b.locate(statement)
        result = b.emit(statement)
    return result


# Bindings and assignments


def var(b: Builder, node: int) -> None:
    local = b.decls[node] - 1
    bind(b, local, b.value_as(b.rhs[node], b.ir_types.of(b.body.locals[local].type)))


def assign(b: Builder, node: int) -> None:
    if b.decls[node] > 0:
        bind(b, b.decls[node] - 1, b.value(b.rhs[node]))
        return
    target = b.lhs[node]
    place = _place(b, target)
    _store(b, target, place, b.value_as(b.rhs[node], b.ir_types.of(b.types[target])))


def assign_op(b: Builder, node: int) -> None:
    """`a += b`: the place is evaluated once."""
    target = b.lhs[node]
    place = _place(b, target)
    kind = operator_of(b.body.module.tokens.kind[b.token[node]])
    old = _load(b, target, place)
    new = combine(b, node, kind, old, b.value(b.rhs[node]), b.types[target])
    _store(b, target, place, b.coerce(new, b.ir_types.of(b.types[target])))


def _place(b: Builder, target: int) -> list[SSAValue]:
    """The operands that say where: nothing for a name, the struct, the vector and the index."""
    kind = b.kind[target]
    if kind == K.FIELD:
        return [b.value(b.lhs[target])]
    if kind == K.INDEX:
        vec = b.value(b.lhs[target])
        return [vec, b.value_as(b.rhs[target], si64)]
    return []


def _load(b: Builder, target: int, place: list[SSAValue]) -> SSAValue:
    kind = b.kind[target]
    result = b.ir_types.of(b.types[target])
    if kind == K.FIELD:
        name = b.body.module.tokens.text(b.token[target])
        return b.make(StructGetOp, place, result, field_properties(b, b.lhs[target], name))
    if kind == K.INDEX:
        return b.make_at(target, VecGetOp, place, result, _checked(b))
    entry = b.decls[target]
    if entry > 0:
        cell = b.values[entry - 1]
        assert cell is not None
        return b.make(LocalGetOp, (cell,), result)
    return b.make(GlobalGetOp, (), result, _global(b, entry))


def _store(b: Builder, target: int, place: list[SSAValue], value: SSAValue) -> None:
    kind = b.kind[target]
    if kind == K.FIELD:
        name = b.body.module.tokens.text(b.token[target])
        b.do(StructSetOp, (*place, value), field_properties(b, b.lhs[target], name))
    elif kind == K.INDEX:
        vec = place[0].type
        assert isinstance(vec, VecType)
        value = b.coerce(value, vec.element)
        b.do(VecSetOp, (*place, value), _checked(b), (), (), b.locate(target))
    else:
        entry = b.decls[target]
        if entry > 0:
            cell = b.values[entry - 1]
            assert cell is not None
            b.do(LocalSetOp, (cell, value))
        else:
            b.do(GlobalSetOp, (value,), _global(b, entry))


def _checked(b: Builder) -> dict[str, Attribute]:
    return {"unchecked": UNIT} if b.options.trusted else NO_PROPERTIES


def _global(b: Builder, entry: int) -> dict[str, Attribute]:
    decl = b.program.decls[-entry - 1]
    assert isinstance(decl, GlobalDecl)
    return {"name": SymbolRefAttr(decl.symbol)}


# Leaving


def return_(b: Builder, node: int) -> None:
    value = b.lhs[node]
    if value:
        raise b.end(ReturnOp, (b.value_as(value, b.ir_types.of(b.result_type)),))
    raise b.end(ReturnOp)


def break_(b: Builder, node: int) -> None:
    raise b.end(BreakOp, (), {"label": b.label(b.decls[node])})


def continue_(b: Builder, node: int) -> None:
    raise b.end(ContinueOp, (), {"label": b.label(b.decls[node])})


# Branches and loops


def if_(b: Builder, node: int) -> SSAValue | None:
    """One flat op for the whole chain."""
    arms = b.arena.list(b.lhs[node])
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


def _if_conditions(
    b: Builder, arms: Sequence[int], otherwise: int, results: tuple[Attribute, ...]
) -> Operation:
    first = b.value(b.lhs[arms[0]])
    regions: list[Region] = [_arm(b, b.rhs[arms[0]], results)]
    for arm in arms[1:]:
        regions.append(b.region(lambda arm=arm: (b.value(b.lhs[arm]),)))
        regions.append(_arm(b, b.rhs[arm], results))
    if otherwise:
        regions.append(_arm(b, otherwise, results))
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
            return take(b, n_further + number, [b.local_value(local) for local in bound[number]])

        def go_on() -> Diverged:
            return take(b, number if number < n_further else end)

        return leave(condition(b, b.lhs[arms[number]], enter, go_on))

    decisions = [b.region(lambda n=n: decide(n)) for n in range(len(arms))]
    branches = [_arm(b, b.rhs[arm], results, names) for arm, names in zip(arms, bound, strict=True)]
    last = _arm(b, otherwise, results) if otherwise else b.region(lambda: ())
    return b.do(MatchOp, (), NO_PROPERTIES, results, (*decisions, *branches, last))


def _arm(b: Builder, node: int, results: tuple[Attribute, ...], locals_: Sequence[int] = ()) -> Region:
    def fill() -> Sequence[SSAValue]:
        value = b.emit(node)
        if not results:
            return ()
        if value is None:
            raise Diverged
        return (b.coerce(value, results[0]),)

    return region_with_locals(b, locals_, fill)


def _body(b: Builder, node: int) -> Region:
    def fill() -> Sequence[SSAValue]:
        b.emit(node)
        return ()

    return b.region(fill)


def while_(b: Builder, node: int) -> None:
    """`while true` is a loop: what follows is reached by `break` only."""
    test, body = b.lhs[node], b.rhs[node]
    label: dict[str, Attribute] = {"label": b.label(node)}
    if b.kind[node] != K.LOOP and branches_on_patterns(b, test):
        _while_pattern(b, node)
    elif b.kind[node] == K.LOOP or b.kind[test] == K.TRUE:
        b.do(LoopOp, (), label, (), (_body(b, body),))
    else:
        holds = b.region(lambda: (b.value(test),))
        b.do(WhileOp, (), label, (), (holds, _body(b, body)))
    if b.types[node] == NEVER:
        raise b.unreachable()


def _while_pattern(b: Builder, node: int) -> None:
    """A loop whose condition decides, each turn, on the body or on the way out."""
    label: dict[str, Attribute] = {"label": b.label(node)}
    bound = locals_bound_by(b, b.lhs[node])

    def enter() -> Diverged:
        return take(b, 0, [b.local_value(local) for local in bound])

    def turn() -> Sequence[SSAValue]:
        decision = b.region(lambda: leave(condition(b, b.lhs[node], enter, lambda: take(b, 1))))
        body = _arm(b, b.rhs[node], (), bound)
        out = b.region(lambda: leave(b.end(BreakOp, (), label)))
        b.do(MatchOp, (), NO_PROPERTIES, (), (decision, body, out))
        return ()

    b.do(LoopOp, (), label, (), (b.region(turn),))


def labeled(b: Builder, node: int) -> None:
    b.emit(b.lhs[node])


def for_(b: Builder, node: int) -> None:
    iterable = b.arena.extra[b.rhs[node]]
    body = b.arena.extra[b.rhs[node] + 1]
    locals_ = [b.decls[p] - 1 for p in b.arena.list(b.lhs[node])]
    properties: dict[str, Attribute] = {"label": b.label(node)}
    step = 0
    if b.kind[iterable] == K.RANGE_STEP:
        iterable, step = b.lhs[iterable], b.rhs[iterable]
    if b.kind[iterable] in (K.RANGE, K.RANGE_INCLUSIVE):
        counter = b.ir_types.of(b.body.locals[locals_[0]].type)
        low = b.value_as(b.lhs[iterable], counter)
        high = b.value_as(b.rhs[iterable], counter)
        if b.kind[iterable] == K.RANGE_INCLUSIVE:
            properties["inclusive"] = UNIT
        bounds = (low, high, _step(b, step, counter)) if step else (low, high)
        b.do(ForOp, bounds, properties, (), (_loop_region(b, body, locals_, [counter]),))
        return
    vec = b.value(iterable)
    assert isinstance(vec.type, VecType)
    arguments: list[Attribute] = [vec.type.element]
    if len(locals_) == 2:
        arguments.insert(0, si64)
    b.do(ForEachOp, (vec,), properties, (), (_loop_region(b, body, locals_, arguments),))


def _step(b: Builder, node: int, counter: Attribute) -> SSAValue:
    """The step of a range; a step of zero would never get anywhere, and panics."""
    assert is_int_type(counter)
    step = b.value_as(node, counter)
    zero = b.make(ConstOp, (), counter, int_const(0, counter))
    holds = b.make(CmpOp, (step, zero), boolean, PREDICATES["ne"])
    panic_unless(b, node, holds, lambda: bytes_literal(b, b"the step of a range is 0"))
    return step


def _loop_region(b: Builder, body: int, locals_: list[int], arguments: list[Attribute]) -> Region:
    region, inner = region_with_block(arguments)
    outer = b.block
    b.block = inner
    try:
        for local, argument in zip(locals_, inner.args, strict=True):
            bind(b, local, argument)
        b.emit(body)
        b.do(YieldOp)
    except Diverged:
        pass
    finally:
        b.block = outer
    return region

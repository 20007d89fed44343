"""Statements: bindings, assignments, branches, returns."""

from collections.abc import Sequence
from contextlib import suppress

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, Operation, Region, SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.matches import MatchOp
from dialects.qz.properties import UNIT
from dialects.qz.scopes import DeferOp
from dialects.qz.structs import StructGetOp, StructSetOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import VecType
from dialects.qz.variables import GlobalGetOp, GlobalSetOp, LocalSetOp, SharedSetOp
from dialects.qz.vec import VecGetOp, VecSetOp
from qz.irgen.bindings import bind, region_with_locals
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.calls import call_with_values, planned_call
from qz.irgen.conditions import branches_on_patterns, condition, leave, locals_bound_by
from qz.irgen.decisions import take
from qz.irgen.expressions import combine, field_properties, overloaded, read_local
from qz.irgen.options import coalesced
from qz.irgen.slices import element_place
from qz.irgen.tuples import element, replaced
from qz.sema.check.tuples import index_of
from qz.sema.decls import GlobalDecl
from qz.sema.types import NEVER, VOID, TypeKind
from qz.syntax.compound import operator_of
from qz.syntax.nodes import NodeKind

K = NodeKind


def block(b: Builder, node: int) -> SSAValue | None:
    """Statements in order; the value is the last one's."""
    return _statements(b, node, b.arena.list(b.lhs[node]), 0)


def _statements(b: Builder, node: int, statements: Sequence[int], first: int) -> SSAValue | None:
    """The statements of the block ``node`` from number ``first`` on."""
    result: SSAValue | None = None
    for position in range(first, len(statements)):
        statement = statements[position]
        if b.keeps_locations:
            b.location = b.locate(statement)
        if b.kind[statement] == K.DEFER:
            return _deferring(b, node, statements, position)
        result = b.emit(statement)
    return result


def _deferring(b: Builder, node: int, statements: Sequence[int], position: int) -> SSAValue | None:
    """A `defer` and the rest of its block, which it is to be run behind."""
    type_id = b.types[node]
    results = () if type_id in (VOID, NEVER) else (b.ir_types.of(type_id),)

    def cleanup() -> Sequence[SSAValue]:
        b.emit(b.lhs[statements[position]])
        return ()

    def rest() -> Sequence[SSAValue]:
        value = _statements(b, node, statements, position + 1)
        if not results:
            return ()
        if value is None:
            raise Diverged
        return (b.coerce(value, results[0]),)

    cleanup_region = b.region(cleanup)
    op = b.do(DeferOp, (), NO_PROPERTIES, results, (b.region(rest), cleanup_region))
    if type_id == NEVER:
        raise b.unreachable()
    return op.results[0] if results else None


def defer(b: Builder, node: int) -> None:
    """A `defer` that is all there is of its scope: the scope ends at once."""
    b.emit(b.lhs[node])


# Bindings and assignments


def var(b: Builder, node: int) -> None:
    local = b.decls[node] - 1
    bind(b, local, b.value_as(b.rhs[node], b.ir_types.of(b.body.locals[local].type)))


def assign(b: Builder, node: int) -> None:
    if b.decls[node] > 0:
        bind(b, b.decls[node] - 1, b.value(b.rhs[node]))
        return
    plan = b.body.calls.get(node)
    if plan is not None:  # `m[k] = v` by a method of m's type
        planned_call(b, node, plan)
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
    plan = b.body.calls.get(node)
    if kind == K.COALESCE:
        new = coalesced(b, node, old, b.types[target])
    elif plan is not None:
        new = overloaded(b, node, kind, plan, old)
        assert new is not None
    else:
        new = combine(b, node, kind, old, b.value(b.rhs[node]), b.types[target])
    setter = b.body.calls.get(-node)
    if setter is not None:
        call_with_values(b, node, setter, [*place, new])
        return
    _store(b, target, place, b.coerce(new, b.ir_types.of(b.types[target])))


def _place(b: Builder, target: int) -> list[SSAValue]:
    """The operands that say where: nothing for a name, the struct, the vector and the index.

    An element of a tuple is where the tuple is, since assigning it gives that place another tuple.
    """
    kind = b.kind[target]
    if kind == K.FIELD:
        if _is_tuple(b, b.lhs[target]):
            return _place(b, b.lhs[target])
        return [b.value(b.lhs[target])]
    if kind == K.INDEX:
        if target in b.body.calls:
            return [b.value(b.lhs[target]), b.value(b.rhs[target])]
        return element_place(b, target)
    return []


def _load(b: Builder, target: int, place: list[SSAValue]) -> SSAValue:
    kind = b.kind[target]
    result = b.ir_types.of(b.types[target])
    if kind == K.FIELD:
        name = b.body.module.tokens.text(b.token[target])
        if _is_tuple(b, b.lhs[target]):
            return element(b, _load(b, b.lhs[target], place), index_of(name))
        return b.make(StructGetOp, place, result, field_properties(b, b.lhs[target], name))
    plan = b.body.calls.get(target)
    if plan is not None:
        found = call_with_values(b, target, plan, place)
        assert found is not None
        return b.coerce(found, result)
    if kind == K.INDEX:
        return b.make_at(target, VecGetOp, place, result, _checked(b))
    entry = b.decls[target]
    if entry > 0:
        return read_local(b, entry - 1)
    return b.make(GlobalGetOp, (), result, _global(b, entry))


def _store(b: Builder, target: int, place: list[SSAValue], value: SSAValue) -> None:
    kind = b.kind[target]
    if kind == K.FIELD and _is_tuple(b, b.lhs[target]):
        position = index_of(b.body.module.tokens.text(b.token[target]))
        holder = b.lhs[target]
        _store(b, holder, place, replaced(b, _load(b, holder, place), position, value))
    elif kind == K.FIELD:
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
            set_local(b, entry - 1, value)
        else:
            set_global(b, entry, value)


def set_local(b: Builder, local: int, value: SSAValue) -> None:
    """Assign a variable of the function."""
    cell = b.values[local]
    assert cell is not None
    spec = b.body.locals[local]
    value = b.coerce(value, b.ir_types.of(spec.type))
    b.do(SharedSetOp if spec.is_captured else LocalSetOp, (cell, value))


def set_global(b: Builder, entry: int, value: SSAValue) -> None:
    """Assign a variable of a module; ``entry`` is what the resolver says of its name."""
    decl = b.program.decls[-entry - 1]
    assert isinstance(decl, GlobalDecl)
    b.do(GlobalSetOp, (b.coerce(value, b.ir_types.of(decl.type)),), _global(b, entry))


def _is_tuple(b: Builder, node: int) -> bool:
    return b.program.types.kinds[b.types[node]] is TypeKind.TUPLE


def _checked(b: Builder) -> dict[str, Attribute]:
    return {"unchecked": UNIT} if b.options.trusted else NO_PROPERTIES


def _global(b: Builder, entry: int) -> dict[str, Attribute]:
    decl = b.program.decls[-entry - 1]
    assert isinstance(decl, GlobalDecl)
    return {"name": SymbolRefAttr(decl.symbol)}


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
    if value:
        raise b.end(ReturnOp, (b.value_as(value, b.ir_types.of(b.result_type)),))
    raise b.end(ReturnOp)


# Branches


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

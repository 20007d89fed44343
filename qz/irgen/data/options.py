"""`Option` and `Result`: what they hold, or what is done where they hold nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.properties import PREDICATES, int_const
from dialects.qz.scalar import CmpOp, ConstOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean, si64
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.calls.calls import planned_call
from qz.irgen.calls.direct import call_function
from qz.irgen.constants import bytes_literal
from qz.irgen.data.enums import new_variant, payload_part, tag_of
from qz.irgen.data.fields import read_field
from qz.irgen.data.tuples import element
from qz.irgen.panics import panic_unless
from qz.sema.check.tuples import index_of
from qz.sema.derived.derivations import SHOW_BETWEEN
from qz.sema.types import VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind

HOLDS = {"Option": "Some", "Result": "Ok"}
"""The variant that holds what one is after; the other one is the failure."""


class Opened:
    """A value of one of the two, asked whether it is what one is after: the variant named, or what holds."""

    def __init__(self, b: Builder, value: SSAValue, type_id: TypeId, good: str = "") -> None:
        self.b = b
        self.value = value
        self.type_id = type_id
        names = b.ir_types.enums.declaration(type_id).names
        self.good = names[good or HOLDS[b.ir_types.enums.declaration(type_id).name]].tag
        self.bad = 1 - self.good
        number = b.make(ConstOp, (), si64, int_const(self.good, si64))
        self.holds = b.make(CmpOp, (tag_of(b, value), number), boolean, PREDICATES["eq"])

    @property
    def is_option(self) -> bool:
        return not self.b.ir_types.payload(self.type_id, self.bad)

    def held(self) -> SSAValue:
        """What it holds, where it does."""
        return payload_part(self.b, self.value, self.type_id, self.good, 0)

    def error(self) -> SSAValue:
        """What a failed `Result` holds."""
        return payload_part(self.b, self.value, self.type_id, self.bad, 0)

    def error_shown(self, before: bytes | SSAValue, after: bytes) -> SSAValue | None:
        """Those texts with the error between them, if it is one that can be shown."""
        b = self.b
        error = b.ir_types.enums.payloads(self.type_id)[self.bad][0]
        if not b.program.derivations.is_shown(error, b.body.module):
            return None
        around = [bytes_literal(b, text) if isinstance(text, bytes) else text for text in (before, after)]
        shown = b.program.derivations.derived(SHOW_BETWEEN, error, b.body.module)
        return call_function(b, 0, shown, [self.error(), *around])


def return_result(b: Builder, result: TypeId, option: Opened, error: Callable[[], SSAValue]) -> None:
    """Return a `Result`: `Ok` with what an option holds, or `Err` with what ``error`` makes."""
    names = b.ir_types.enums.declaration(result).names

    def good() -> Sequence[SSAValue]:
        return (new_variant(b, result, names["Ok"].tag, (option.held(),)),)

    def bad() -> Sequence[SSAValue]:
        return (new_variant(b, result, names["Err"].tag, (error(),)),)

    regions = (b.region(good), b.region(bad))
    op = b.do(IfOp, (option.holds,), NO_PROPERTIES, (b.ir_types.of(result),), regions)
    b.do(ReturnOp, (op.results[0],))


def _open(b: Builder, node: int) -> Opened:
    return Opened(b, b.value(node), b.types[node])


def unwrap(b: Builder, node: int) -> SSAValue:
    """`e!`: a panic tells what was there instead."""
    opened = _open(b, b.lhs[node])

    def message() -> SSAValue:
        if opened.is_option:
            return bytes_literal(b, b"`!` on `None`")
        return opened.error_shown(b"`!` on `Err(", b")`") or bytes_literal(b, b"`!` on an `Err`")

    panic_unless(b, node, opened.holds, message)
    return opened.held()


def try_(b: Builder, node: int) -> SSAValue:
    """`e?`: the failure is returned as the function's own."""
    opened = _open(b, b.lhs[node])

    def leave() -> Sequence[SSAValue]:
        payload = () if opened.is_option else (b.converted(-node, opened.error()),)
        raise b.end(ReturnOp, (new_variant(b, b.result_type, opened.bad, payload),))

    unless(b, opened.holds, leave)
    return opened.held()


def unless(b: Builder, holds: SSAValue, fill: Callable[[], Sequence[SSAValue]]) -> None:
    """What is done where a condition does not hold."""
    b.do(IfOp, (holds,), NO_PROPERTIES, (), (b.region(lambda: ()), b.region(fill)))


def coalesce(b: Builder, node: int) -> SSAValue:
    """`a ?? b`: `b` is computed only where it is needed."""
    opened = _open(b, b.lhs[node])
    result = b.ir_types.of(b.types[node])
    keeps_option = b.types[node] == opened.type_id

    def good() -> Sequence[SSAValue]:
        value = opened.value if keeps_option else b.converted(-node, opened.held())
        return (b.coerce(value, result),)

    return _choose(b, opened.holds, result, good, lambda: (b.value_as(b.rhs[node], result),))


def _choose(
    b: Builder,
    holds: SSAValue,
    result: Attribute,
    good: Callable[[], Sequence[SSAValue]],
    bad: Callable[[], Sequence[SSAValue]],
) -> SSAValue:
    return b.do(IfOp, (holds,), NO_PROPERTIES, (result,), (b.region(good), b.region(bad))).results[0]


def coalesced(b: Builder, node: int, old: SSAValue, type_id: TypeId) -> SSAValue:
    """What `a ??= b` leaves in `a`: what was there, or `b`, as an option if it is none."""
    opened = Opened(b, old, type_id)
    result = b.ir_types.of(type_id)

    def new() -> Sequence[SSAValue]:
        return (_as_option(b, b.value(b.rhs[node]), b.types[b.rhs[node]], type_id),)

    return _choose(b, opened.holds, result, lambda: (old,), new)


def _as_option(b: Builder, value: SSAValue, found: TypeId, type_id: TypeId) -> SSAValue:
    if found == type_id:
        return value
    (held,) = b.ir_types.payload(type_id, _some(b, type_id))
    return new_variant(b, type_id, _some(b, type_id), (b.coerce(value, held),))


def _some(b: Builder, type_id: TypeId) -> int:
    return b.ir_types.enums.declaration(type_id).names["Some"].tag


# Optional chaining


def held_value(b: Builder, node: int) -> SSAValue:
    """What the object in front of a `?.` holds: the link has seen to it."""
    return b.held[node]


def optional_field(b: Builder, node: int) -> SSAValue | None:
    """`e?.name`, `e?.f(a)`."""
    if b.kind[node] == K.CALL:
        link = b.tree.callee(node)
        return _link(b, node, b.lhs[link], lambda: planned_call(b, node, b.body.calls[node]))

    def member() -> SSAValue | None:
        plan = b.body.calls.get(node)
        if plan is not None:
            return planned_call(b, node, plan)
        holder = b.lhs[node]
        name = b.body.module.tokens.text(b.token[node])
        if b.program.types.kinds[b.types[holder]] is TypeKind.TUPLE:
            return element(b, b.held[holder], index_of(name))
        return read_field(b, b.held[holder], b.types[holder], name)

    return _link(b, node, b.lhs[node], member)


def _link(b: Builder, node: int, holder: int, member: Callable[[], SSAValue | None]) -> SSAValue | None:
    """A member of what an option holds, as an option; nothing is computed where it holds nothing."""
    opened = _open(b, b.lhs[holder])
    type_id, inner = b.types[node], b.body.optional[node]

    def good() -> Sequence[SSAValue]:
        b.held[holder] = opened.held()
        value = member()
        if type_id == VOID:
            return ()
        if value is None:
            raise Diverged
        return (_as_option(b, b.coerce(value, b.ir_types.of(inner)), inner, type_id),)

    if type_id == VOID:
        b.do(IfOp, (opened.holds,), NO_PROPERTIES, (), (b.region(good),))
        return None
    none = 1 - _some(b, type_id)
    return _choose(b, opened.holds, b.ir_types.of(type_id), good, lambda: (new_variant(b, type_id, none),))

"""Whether values of any type are equal, and the bodies of what is derived for that."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Region, SSAValue

from dialects.qz.branches import AllOp, IfOp
from dialects.qz.properties import FALSE, PREDICATES, TRUE, UNCHECKED
from dialects.qz.scalar import CmpOp, ConstOp, NotOp
from dialects.qz.strings import StrCmpOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean, si64, string
from dialects.qz.vec import VecGetOp, VecSizeOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.data.enums import tag_of
from qz.irgen.derived.parts import (
    Later,
    call_method,
    compared_elements,
    compared_fields,
    compared_payloads,
    each_element,
    element_type,
)
from qz.sema.types import TypeId


def equal_values(b: Builder, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """Whether two values of a type are equal."""
    callee = b.program.derivations.callee("op_eq", type_id, b.body.module)
    if callee is not None:
        return call_method(b, callee, [left, right])
    op = StrCmpOp if left.type == string else CmpOp
    return b.make(op, (left, right), boolean, PREDICATES["eq"])


def _all(b: Builder, comparisons: Sequence[Later]) -> SSAValue:
    """Whether all of them hold, the first that does not ends it."""
    if not comparisons:
        return b.make(ConstOp, (), boolean, TRUE)
    if len(comparisons) == 1:
        return comparisons[0]()
    regions: list[Region] = [b.region(lambda c=c: (c(),)) for c in comparisons]
    return b.do(AllOp, (), NO_PROPERTIES, (boolean,), tuple(regions)).results[0]


def _return_false_unless(b: Builder, holds: SSAValue) -> None:
    def leave() -> Sequence[SSAValue]:
        raise b.end(ReturnOp, (b.make(ConstOp, (), boolean, FALSE),))

    fails = b.make(NotOp, (holds,), boolean)
    b.do(IfOp, (fails,), NO_PROPERTIES, (), (b.region(leave),))


def equal_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    return _all(b, compared_fields(b, type_id, values, equal_values))


def equal_tuples(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    return _all(b, compared_elements(b, type_id, values, equal_values))


def equal_enums(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The same variant, with equal payloads."""
    left, right = (tag_of(b, value) for value in values)
    same = b.make(CmpOp, (left, right), boolean, PREDICATES["eq"])
    if not any(b.ir_types.enums.payloads(type_id)):
        return same
    _return_false_unless(b, same)
    return compared_payloads(b, type_id, values, equal_values, left, _all, boolean)


def equal_vecs(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The same size, and equal elements at each index."""
    part = element_type(b, type_id)
    left, right = values
    sizes = [b.make(VecSizeOp, (value,), si64) for value in values]
    _return_false_unless(b, b.make(CmpOp, sizes, boolean, PREDICATES["eq"]))

    def turn(index: SSAValue, value: SSAValue) -> None:
        other = b.make(VecGetOp, (right, index), b.ir_types.of(part), UNCHECKED)
        _return_false_unless(b, equal_values(b, value, other, part))

    each_element(b, left, part, turn)
    return b.make(ConstOp, (), boolean, TRUE)

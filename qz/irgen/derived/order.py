"""The order of values of any type, and the bodies of what is derived for that.

What is derived says how two values compare, by a number that is below 0, 0 or above 0: the first parts that
differ decide.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dialects.qz.arith import SubOp
from dialects.qz.branches import IfOp
from dialects.qz.properties import PREDICATES, WRAP
from dialects.qz.scalar import CastOp, CmpOp, NotOp
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean, si64, string
from dialects.qz.vec import VecGetOp, VecSizeOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.direct import call_runtime
from qz.irgen.data.enums import tag_of
from qz.irgen.derived.parts import (
    Later,
    call_method,
    compared_elements,
    compared_fields,
    compared_payloads,
    each_element,
    element_type,
    int_number,
)
from qz.sema.types import INT, TypeId


def order_values(
    b: Builder, predicate: str, left: SSAValue, right: SSAValue, type_id: TypeId
) -> SSAValue | None:
    """Whether `lt`, `le`, `gt` or `ge` holds of two values; None where an operation says it."""
    callee = b.program.derivations.callee("op_lt", type_id, b.body.module)
    if callee is None:
        return None
    own = b.program.derivations.own_order(type_id, b.body.module)
    if own is None:
        compared = compare_values(b, left, right, type_id)
        return b.make(CmpOp, (compared, int_number(b, 0)), boolean, PREDICATES[predicate])
    is_turned = predicate in ("gt", "le")
    found = call_method(b, own, [right, left] if is_turned else [left, right])
    return b.make(NotOp, (found,), boolean) if predicate in ("le", "ge") else found


def compare_values(b: Builder, left: SSAValue, right: SSAValue, type_id: TypeId) -> SSAValue:
    """A number that says how two values of a type compare."""
    callee = b.program.derivations.callee("compare", type_id, b.body.module)
    if callee is not None:
        return call_method(b, callee, [left, right])
    if left.type == string:
        found = call_runtime(b, "rt.string$compare", [left, right])
        assert found is not None
        return found
    sides = [b.make(CmpOp, (left, right), boolean, PREDICATES[predicate]) for predicate in ("gt", "lt")]
    greater, less = (b.make(CastOp, (side,), si64) for side in sides)
    return b.make(SubOp, (greater, less), si64, WRAP)


def compare_by_method(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """By the `op_lt` that a type has: neither before the other is to be equal."""
    left, right = values
    own = b.program.derivations.own_order(type_id, b.body.module)
    assert own is not None
    less, greater = (call_method(b, own, pair) for pair in ([left, right], [right, left]))
    less, greater = (b.make(CastOp, (side,), si64) for side in (less, greater))
    return b.make(SubOp, (greater, less), si64, WRAP)


def _return_if_decided(b: Builder, compared: SSAValue) -> None:
    def leave() -> Sequence[SSAValue]:
        raise b.end(ReturnOp, (compared,))

    differs = b.make(CmpOp, (compared, int_number(b, 0)), boolean, PREDICATES["ne"])
    b.do(IfOp, (differs,), NO_PROPERTIES, (), (b.region(leave),))


def _compare_parts(b: Builder, comparisons: Sequence[Later]) -> SSAValue:
    """The first parts that differ decide, and the last ones in any case."""
    if not comparisons:
        return int_number(b, 0)
    for comparison in comparisons[:-1]:
        _return_if_decided(b, comparison())
    return comparisons[-1]()


def compare_fields(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """In the order of declaration."""
    return _compare_parts(b, compared_fields(b, type_id, values, compare_values))


def compare_tuples(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    return _compare_parts(b, compared_elements(b, type_id, values, compare_values))


def compare_enums(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """The variant that is declared first comes first; of one variant, by the payloads."""
    left, right = (tag_of(b, value) for value in values)
    by_variant = compare_values(b, left, right, INT)
    if not any(b.ir_types.enums.payloads(type_id)):
        return by_variant
    _return_if_decided(b, by_variant)
    return compared_payloads(b, type_id, values, compare_values, left, _compare_parts, si64)


def compare_vecs(b: Builder, type_id: TypeId, values: Sequence[SSAValue]) -> SSAValue:
    """As words in a dictionary: where one ends first, it comes first."""
    part = element_type(b, type_id)
    left, right = values
    sizes = [b.make(VecSizeOp, (value,), si64) for value in values]

    def turn(index: SSAValue, value: SSAValue) -> None:
        _return_if_decided(b, _is_past(b, index, sizes[1]))
        other = b.make(VecGetOp, (right, index), b.ir_types.of(part))
        _return_if_decided(b, compare_values(b, value, other, part))

    each_element(b, left, part, turn)
    return compare_values(b, sizes[0], sizes[1], INT)


def _is_past(b: Builder, index: SSAValue, size: SSAValue) -> SSAValue:
    """1 where an index is past the end, else 0."""
    return b.make(CastOp, (b.make(CmpOp, (index, size), boolean, PREDICATES["ge"]),), si64)

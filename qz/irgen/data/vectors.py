"""Vectors of given elements, and of all elements of other vectors in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from xdsl.ir import Attribute, SSAValue

from dialects.qz.types import VecType
from dialects.qz.vec import VecLitOp, VecPushOp
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_runtime
from qz.syntax import node_numbers as nk


def vector(b: Builder, items: Sequence[int], vec: Attribute) -> SSAValue:
    """A new vector. What stands before the first `...` is in it from the start."""
    assert isinstance(vec, VecType)
    first = list(takewhile(lambda item: b.kind[item] != nk.SPREAD, items))
    made = b.make(VecLitOp, [b.value_as(item, vec.element) for item in first], vec)
    for item in items[len(first) :]:
        if b.kind[item] == nk.SPREAD:
            call_runtime(b, "rt.vec$append", [made, b.value_as(b.lhs[item], vec)])
        else:
            b.do(VecPushOp, (made, b.value_as(item, vec.element)))
    return made

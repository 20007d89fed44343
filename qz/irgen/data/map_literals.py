"""Map literals: an empty map, and each entry set in it in the order written."""

from __future__ import annotations

from xdsl.ir import SSAValue

from qz.irgen.builder import Builder
from qz.irgen.calls.calls import call_with_values


def map_literal(b: Builder, node: int) -> SSAValue:
    """Keys and values are evaluated where they stand, each before it is set."""
    plans = b.body.protocols[node].plans
    found = call_with_values(b, node, plans["new"], [])
    assert found is not None
    for entry in b.tree.list(b.lhs[node]):
        key, value = b.value(b.lhs[entry]), b.value(b.rhs[entry])
        call_with_values(b, entry, plans["set"], [found, key, value])
    return b.coerce(found, b.ir_types.of(b.types[node]))

"""`p.with { x: 1 }`: copies of structs and records with other values in some fields."""

from __future__ import annotations

from xdsl.ir import SSAValue

from qz.irgen.binary.packed import with_bits
from qz.irgen.builder import Builder
from qz.irgen.data.fields import new_struct, read_field
from qz.sema.binary.packed import packed_of


def with_(b: Builder, node: int) -> SSAValue:
    """First the value, then the new fields in the order written; the others are read behind them."""
    type_id = b.types[node]
    types = b.ir_types.structs.field_types(type_id)
    packed = packed_of(b.program, type_id)
    old = b.value(b.lhs[node])
    given: dict[str, SSAValue] = {}
    for init in b.tree.list(b.rhs[node]):
        name = b.body.module.tokens.text(b.token[init])
        given[name] = b.value_as(b.lhs[init], b.ir_types.of(types[name]))
    if packed is not None:
        return with_bits(b, node, old, packed, given)
    values = [given[name] if name in given else read_field(b, old, type_id, name) for name in types]
    return new_struct(b, type_id, values)

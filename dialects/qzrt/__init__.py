"""The qzrt dialect: what the machine does. No `!qz` type occurs beside it."""

from xdsl.ir import Attribute, Dialect, Operation

from dialects.qzrt import blocks, calls, checked, memory, panics, types

FAMILIES = (memory, blocks, checked, panics, calls)

OPS: tuple[type[Operation], ...] = tuple(op for family in FAMILIES for op in family.OPS)
TYPES: tuple[type[Attribute], ...] = types.TYPES

QzRt = Dialect("qzrt", list(OPS), list(TYPES))

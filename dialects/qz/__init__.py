"""The qz dialect: what a Quartz programmer would say. One family of operations a file."""

from xdsl.ir import Attribute, Dialect, Operation

from dialects.byte_string import ByteStringAttr
from dialects.qz import (
    arith,
    bits,
    branches,
    calls,
    closures,
    dynamic,
    enums,
    generators,
    loops,
    matches,
    ownership,
    panics,
    raw,
    scalar,
    scopes,
    strings,
    structs,
    tables,
    terminators,
    types,
    value_structs,
    variables,
    vec,
)
from dialects.qz.constants import QzConstants

FAMILIES = (
    terminators,
    branches,
    matches,
    loops,
    scopes,
    arith,
    bits,
    scalar,
    variables,
    strings,
    vec,
    tables,
    structs,
    value_structs,
    enums,
    raw,
    calls,
    closures,
    generators,
    dynamic,
    panics,
    ownership,
)

OPS: tuple[type[Operation], ...] = tuple(op for family in FAMILIES for op in family.OPS)
ATTRIBUTES: tuple[type[Attribute], ...] = (*types.TYPES, ByteStringAttr)

Qz = Dialect("qz", list(OPS), list(ATTRIBUTES), [QzConstants()])

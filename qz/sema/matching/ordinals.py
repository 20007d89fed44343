"""Scalars as ordinals: integers in the order of their values, so that intervals can be cut and counted."""

import struct

from qz.sema.matching.patterns import Domain
from qz.sema.types import BOOL, CHAR, F32, FLOATS, TypeId, int_range

BOOLS = Domain(0, 1)
CODE_POINTS = Domain(0, 0x10FFFF)
INFINITY = float("inf")
_FORMATS = {32: ("<f", "<i"), 64: ("<d", "<q")}


def domain_of(type_id: TypeId) -> Domain:
    """The ordinals of a scalar type."""
    if type_id == BOOL:
        return BOOLS
    if type_id == CHAR:
        return CODE_POINTS
    if type_id in FLOATS:
        width = 32 if type_id == F32 else 64
        return Domain(float_ordinal(-INFINITY, width), float_ordinal(INFINITY, width), width)
    return Domain(*int_range(type_id))


def float_ordinal(value: float, width: int) -> int:
    """The place of a float among those of its width, from 0 for either zero; it must not be NaN."""
    as_float, as_bits = _FORMATS[width]
    bits: int = struct.unpack(as_bits, struct.pack(as_float, value))[0]
    return bits if bits >= 0 else -(bits & ((1 << (width - 1)) - 1))


def float_at(ordinal: int, width: int) -> float:
    """The float at a place."""
    as_float, as_bits = _FORMATS[width]
    value: float = struct.unpack(as_float, struct.pack(as_bits, abs(ordinal)))[0]
    return value if ordinal >= 0 else -value


def ordinal_of(value: float, domain: Domain) -> int:
    """The ordinal of a constant of any scalar type; integers, code points and truth values are their own."""
    return float_ordinal(float(value), domain.width) if domain.width else int(value)

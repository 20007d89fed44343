"""Which types have integers: the eight, and type parameters that are bound to be one of them."""

from __future__ import annotations

from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.derived import prelude_trait
from qz.sema.check.traits import implements
from qz.sema.types import INTEGERS, N_SCALARS, TypeId


def is_integer(c: Checker, type_id: TypeId) -> bool:
    """Whether a resolved type is one of integers; of a type parameter its bounds have to say so."""
    if type_id in INTEGERS:
        return True
    if type_id < N_SCALARS or c.infer.kind(type_id) is not tyk.PARAM:
        return False
    trait = prelude_trait(c, "Integer")
    return trait is not None and implements(c, type_id, trait.type)

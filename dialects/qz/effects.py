"""Memory effects that depend on the operation at hand.

A panic is counted as a write: it ends the program and prints, so an op that may panic is neither removed
when its result is unused nor moved across another effect.
"""

from collections.abc import Set

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation
from xdsl.traits import EffectInstance, MemoryEffect, MemoryEffectKind

_NONE: frozenset[EffectInstance] = frozenset()
_READ = frozenset((EffectInstance(MemoryEffectKind.READ),))
_PANIC = frozenset((EffectInstance(MemoryEffectKind.WRITE),))
_READ_PANIC = _READ | _PANIC

_TRAP = StringAttr("trap")


class PanicsOnOverflow(MemoryEffect):
    """No effect, unless the op traps on overflow."""

    @classmethod
    def get_effects(cls, op: Operation) -> Set[EffectInstance]:
        return _PANIC if op.properties.get("overflow") == _TRAP else _NONE


class PanicsOnZero(MemoryEffect):
    """Integer division and remainder panic on a zero divisor; those of floats do not."""

    @classmethod
    def get_effects(cls, op: Operation) -> Set[EffectInstance]:
        return _PANIC if "overflow" in op.properties else _NONE


class ReadsWithBoundsCheck(MemoryEffect):
    """Reads memory, and panics on a bad index unless the op is unchecked."""

    @classmethod
    def get_effects(cls, op: Operation) -> Set[EffectInstance]:
        return _READ if "unchecked" in op.properties else _READ_PANIC


class PanicsOutside(MemoryEffect):
    """No effect, as what is read never changes; but it panics on a bad index unless the op is unchecked."""

    @classmethod
    def get_effects(cls, op: Operation) -> Set[EffectInstance]:
        return _NONE if "unchecked" in op.properties else _PANIC

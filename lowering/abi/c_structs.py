"""Where C has the value structs that it is given and gives by value, as the System V ABI of x86-64 says.

A value of at most 16 bytes is in registers, one for each eight bytes of it: a float register if nothing but
floats lies in those, else one for integers. A value that is larger, or has a field that is not aligned, or
for which there are not enough registers left, lies on the stack among the arguments; as a result it lies
where the caller says, in a hidden first argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xdsl.dialects.builtin import f64
from xdsl.ir import Attribute

from dialects.qz.types import si64
from lowering.abi.row_layout import RowLayout

MAX_BYTES = 16
N_INTEGER_REGISTERS = 6
N_FLOAT_REGISTERS = 8


def register_types(layout: RowLayout) -> tuple[Attribute, ...]:
    """What each eight bytes of a value are to C, if they may be in registers; nothing if they may not."""
    is_aligned = all(leaf.offset % leaf.element.width == 0 for leaf in layout.leaves)
    if layout.size > MAX_BYTES or not is_aligned:
        return ()
    types: list[Attribute] = [f64] * -(-layout.size // 8)
    for leaf in layout.leaves:
        if not leaf.element.floating:
            types[leaf.offset // 8] = si64
    return tuple(types)


class Registers:
    """Those that are left for the arguments of one call."""

    def __init__(self) -> None:
        self._n_left: Counter[Attribute] = Counter({si64: N_INTEGER_REGISTERS, f64: N_FLOAT_REGISTERS})

    def take(self, types: Sequence[Attribute]) -> bool:
        """Takes registers for all parts of an argument; if there are not enough, it takes none."""
        wanted = Counter(types)
        if any(n > self._n_left[type_] for type_, n in wanted.items()):
            return False
        self._n_left -= wanted
        return True

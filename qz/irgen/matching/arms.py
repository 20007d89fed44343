"""The arms of `if` and `match`: one region each."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Attribute, Region, SSAValue

from qz.irgen.bindings import region_with_locals
from qz.irgen.builder import Builder, Diverged
from qz.irgen.holding import holding


def arm_region(b: Builder, body: int, results: tuple[Attribute, ...], locals_: Sequence[int] = ()) -> Region:
    """The region of an arm, which is handed what was bound on the way to it."""

    def fill() -> Sequence[SSAValue]:
        value = b.emit(body)
        if not results:
            return ()
        if value is None:
            raise Diverged
        return (b.coerce(value, results[0]),)

    if not locals_:
        return b.region(fill)
    return region_with_locals(b, locals_, lambda: holding(b, locals_, results, fill))

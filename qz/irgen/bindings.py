"""Locals: cells for what can be assigned, plain values for all others."""

from collections.abc import Callable, Sequence

from xdsl.ir import Region, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.panics import DebugBindOp
from dialects.qz.properties import UNIT, name_property
from dialects.qz.terminators import YieldOp
from dialects.qz.variables import LocalOp, SharedOp
from qz.irgen.builder import Builder, Diverged
from qz.sema.body import LocalKind


def bind(b: Builder, local: int, value: SSAValue) -> None:
    """Make a local of a value: a cell if it can be assigned, else the value itself."""
    spec = b.locals[local]
    value = b.coerce(value, b.ir_types.of(spec.type))
    if spec.kind is LocalKind.VAR:
        name = name_property(spec.name)
        if spec.is_captured:
            if not spec.is_kept:
                name = {**name, "stack": UNIT}
            b.values[local] = b.make(SharedOp, (value,), b.ir_types.shared(value.type), name)
        else:
            b.values[local] = b.make(LocalOp, (value,), b.ir_types.cell(value.type), name)
        return
    if spec.is_emptied:
        name = name_property(spec.name)
        b.values[local] = b.make(LocalOp, (value,), b.ir_types.cell(value.type), name)
        return
    b.values[local] = value
    if b.options.debug:
        b.do(DebugBindOp, (value,), name_property(spec.name))


def region_with_locals(b: Builder, locals_: Sequence[int], fill: Callable[[], Sequence[SSAValue]]) -> Region:
    """A region that is handed values for locals; what ``fill`` gives is yielded."""
    types = [b.ir_types.of(b.body.locals[local].type) for local in locals_]
    region, block = region_with_block(types)
    outer = b.block
    b.block = block
    try:
        for local, argument in zip(locals_, block.args, strict=True):
            bind(b, local, argument)
        b.do(YieldOp, tuple(fill()))
    except Diverged:
        pass
    finally:
        b.block = outer
    return region

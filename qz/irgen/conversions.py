"""Values that become something else by themselves where that is asked for."""

from xdsl.ir import SSAValue

from dialects.qz.types import DynType
from qz.irgen.builder import Builder, Diverged
from qz.irgen.calls.direct import call_function
from qz.irgen.calls.dynamic import box
from qz.irgen.data.enums import nothing
from qz.irgen.data.unions import as_union
from qz.sema.types import POINTER, VOID, TypeKind


def convert(b: Builder, node: int, value: SSAValue | None) -> SSAValue:
    """The value of a node as what is asked for there; of one that has none, what stands for that."""
    conversion = b.conversions[node]
    if conversion.found == VOID:
        return nothing(b)
    if value is None:
        raise Diverged
    want = b.ir_types.of(conversion.wanted)
    value = b.coerce(value, b.ir_types.of(conversion.found))
    if b.program.types.kinds[conversion.wanted] is TypeKind.UNION:
        return as_union(b, value, conversion.found, conversion.wanted)
    if conversion.wanted == POINTER:
        return b.coerce(value, want)
    if isinstance(want, DynType):
        return box(b, conversion, value)
    (to_vec,) = conversion.methods
    (taken,) = b.ir_types.callee(to_vec).inputs
    found = call_function(b, node, to_vec, [b.coerce(value, taken)])
    assert found is not None
    return b.coerce(found, want)

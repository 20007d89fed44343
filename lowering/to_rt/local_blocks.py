"""Blocks that lie on the stack, as `place_blocks` marked them: what is in one is given up by itself."""

# pyright: reportPrivateUsage=false

from xdsl.ir import Operation, SSAValue

from dialects.qz.enums import EnumNewOp
from dialects.qz.ownership import DropOp
from dialects.qz.structs import StructNewOp
from dialects.qz.types import is_always_address, is_counted
from dialects.qzrt.memory import LoadOp
from lowering.abi import runtime_abi
from lowering.escapes.places import LOCAL, ON_STACK
from lowering.to_rt.access import field_access, payload_access
from lowering.to_rt.erasure import Erasure


def drop(rt: Erasure, op: DropOp) -> None:
    """Drops what is in a block by now."""
    (value,) = op._operands
    _drop_parts(rt, value)


def _drop_parts(rt: Erasure, value: SSAValue) -> None:
    make = value.owner
    assert isinstance(make, StructNewOp | EnumNewOp)
    access = field_access if isinstance(make, StructNewOp) else payload_access
    for index, part in enumerate(make._operands):
        if isinstance(part.owner, Operation) and part.owner.attributes.get(LOCAL) == ON_STACK:
            _drop_parts(rt, part)
        elif is_counted(part._type):
            word = rt.emit(LoadOp, (rt.values[id(value)],), access(index, rt.form(part).element.name))
            rt.call(runtime_abi.DROP if is_always_address(part._type) else runtime_abi.DROP_WORD, (word,))

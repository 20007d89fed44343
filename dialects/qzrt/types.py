"""The types of the qzrt dialect. Values are i64, i1, f64, f32; C widths occur only in a `c_type`."""

from xdsl.dialects.builtin import FunctionType, i64
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition


@irdl_attr_definition
class SlotType(ParametrizedAttribute, TypeAttribute):
    """A stack slot, reached only by slot_load and slot_store, so that it can become SSA values."""

    name = "qzrt.slot"

    content: Attribute


@irdl_attr_definition
class PtrType(ParametrizedAttribute, TypeAttribute):
    """A C pointer in the signature of a C function; the value itself is an i64."""

    name = "qzrt.ptr"


ptr = PtrType()


def is_words(signature: FunctionType) -> bool:
    """Tells whether a signature is that of a Quartz function: words in, at most one out."""
    types = (*signature.inputs, *signature.outputs)
    return len(signature.outputs) <= 1 and all(type_ == i64 for type_ in types)


TYPES: tuple[type[Attribute], ...] = (SlotType, PtrType)

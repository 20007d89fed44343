"""The types of the qzrt dialect. Values are i64, i1, f64, f32; C widths occur only in a `c_type`."""

from functools import cache

from xdsl.dialects.builtin import FunctionType, IntAttr, i64
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException


@irdl_attr_definition
class SlotType(ParametrizedAttribute, TypeAttribute):
    """A stack slot, reached only by slot_load and slot_store, so that it can become SSA values."""

    name = "qzrt.slot"

    content: Attribute


@irdl_attr_definition
class PtrType(ParametrizedAttribute, TypeAttribute):
    """A C pointer in the signature of a C function; the value itself is an i64."""

    name = "qzrt.ptr"


@irdl_attr_definition
class PackType(ParametrizedAttribute, TypeAttribute):
    """Several words that a function gives at once."""

    name = "qzrt.pack"

    n: IntAttr

    def verify(self) -> None:
        if self.n.data < 2:
            raise VerifyException(f"a pack has at least two words, found {self.n.data}")

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        with parser.in_angle_brackets():
            return (IntAttr(parser.parse_integer()),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(str(self.n.data))


@irdl_attr_definition
class CopyType(ParametrizedAttribute, TypeAttribute):
    """Bytes that C finds on the stack among its arguments, in a C type; the value itself is their address."""

    name = "qzrt.copy"

    n: IntAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        with parser.in_angle_brackets():
            return (IntAttr(parser.parse_integer()),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string(str(self.n.data))


ptr = PtrType()


@cache
def copied(n: int) -> CopyType:
    """The shared type of so many bytes."""
    return CopyType(IntAttr(n))


@cache
def pack_type(n: int) -> PackType:
    """The shared type of so many words."""
    return PackType(IntAttr(n))


def n_words(types: tuple[Attribute, ...]) -> int | None:
    """How many words a function gives with these results; None where it may not give such."""
    if not types:
        return 0
    first, *more = types
    if more:
        return None
    return first.n.data if isinstance(first, PackType) else 1 if first == i64 else None


def is_words(signature: FunctionType) -> bool:
    """Tells whether a signature is that of a Quartz function: words in, words out, several in a pack."""
    inputs = all(type_ == i64 for type_ in signature.inputs)
    return inputs and n_words(signature.outputs.data) is not None


TYPES: tuple[type[Attribute], ...] = (SlotType, PtrType, CopyType, PackType)

"""The type of value structs.

One without fields has a leaf in any case, a byte that is 0: see `leaves.py`.
"""

from collections.abc import Sequence

from xdsl.dialects.builtin import ArrayAttr, IntAttr, IntegerType, Signedness, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dialects.qz.leaves import OfLeaves, flattened, has_leaves, hash_once, leaf_names, n_leaves

NOTHING = IntegerType(8, Signedness.UNSIGNED)
"""The type of the leaf of a value struct without fields."""


@irdl_attr_definition
class StructType(ParametrizedAttribute, TypeAttribute, OfLeaves):
    """A value struct, copied on assignment, with the names and types of its fields.

    In memory its fields stand as in C. `packing` is what the alignment of every field is limited to, and
    `alignment` what that of the whole is at least; where they are 0, nothing is asked for. The types of the
    leaves follow from those of the fields; they are kept because they are asked for all the time.
    """

    name = "qz.struct"

    struct_name: StringAttr
    names: ArrayAttr[StringAttr]
    fields: ArrayAttr
    packing: IntAttr
    alignment: IntAttr
    leaves: ArrayAttr

    def __hash__(self) -> int:
        return hash_once(self)

    def verify(self) -> None:
        if len(self.names) != len(self.fields):
            raise VerifyException("a value struct has as many types as names")
        for limit in (self.packing.data, self.alignment.data):
            if limit < 0 or limit & (limit - 1):
                raise VerifyException(f"an alignment is a power of two, found {limit}")

    @property
    def own_leaves(self) -> tuple[Attribute, ...]:
        return self.leaves.data

    @property
    def leaf_names(self) -> list[str]:
        found: list[str] = []
        for name, field in zip(self.names.data, self.fields.data, strict=True):
            if has_leaves(field):
                found += [f"{name.data}.{inner}" for inner in leaf_names(field)]
            else:
                found.append(name.data)
        return found or ["nothing"]

    def first_leaf(self, index: int) -> int:
        """The number of the leaf that field `index` begins with."""
        return sum([n_leaves(field) for field in self.fields.data[:index]])

    def field_type(self, name: str) -> Attribute:
        """The type of a field."""
        return self.fields.data[[known.data for known in self.names.data].index(name)]

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        names: list[StringAttr] = []
        fields: list[Attribute] = []
        with parser.in_angle_brackets():
            struct_name = parser.parse_str_literal()
            packing = parser.parse_integer() if parser.parse_optional_keyword("packed") else 0
            alignment = parser.parse_integer() if parser.parse_optional_keyword("align") else 0
            while parser.parse_optional_punctuation(","):
                names.append(StringAttr(parser.parse_identifier_or_str_literal()))
                parser.parse_punctuation(":")
                fields.append(parser.parse_type())
        return _parameters(struct_name, names, fields, packing, alignment)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string_literal(self.struct_name.data)
            for keyword, limit in (("packed", self.packing.data), ("align", self.alignment.data)):
                if limit:
                    printer.print_string(f" {keyword} {limit}")
            for name, field in zip(self.names.data, self.fields.data, strict=True):
                printer.print_string(", ")
                printer.print_identifier_or_string_literal(name.data)
                printer.print_string(": ")
                printer.print_attribute(field)


def _parameters(
    name: str, names: Sequence[StringAttr], fields: Sequence[Attribute], packing: int, alignment: int
) -> tuple[Attribute, ...]:
    leaves = ArrayAttr(flattened(fields) or [NOTHING])
    return (
        StringAttr(name),
        ArrayAttr(names),
        ArrayAttr(fields),
        IntAttr(packing),
        IntAttr(alignment),
        leaves,
    )


def struct_type(
    name: str, fields: Sequence[tuple[str, Attribute]], packing: int = 0, alignment: int = 0
) -> StructType:
    """Makes the type of a value struct of these fields."""
    names = [StringAttr(field) for field, _ in fields]
    return StructType.new(_parameters(name, names, [type_ for _, type_ in fields], packing, alignment))

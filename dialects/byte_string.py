"""Constant strings of bytes, which need not be UTF-8 and so cannot be builtin string attributes.

Builtin has a bytes attribute too, but its text form reads back as a string attribute where it is valid UTF-8.
"""

from typing import Self

from xdsl.ir import Attribute, Data
from xdsl.irdl import IRDLOperation, irdl_attr_definition, prop_def
from xdsl.parser import AttrParser, Parser
from xdsl.printer import Printer


def parse_byte_string(parser: AttrParser) -> bytes:
    """Parses a quoted literal, which xDSL's lexer calls a string or a byte string by what is in it."""
    text = parser.parse_optional_str_literal()
    return parser.parse_bytes_literal() if text is None else text.encode()


@irdl_attr_definition
class ByteStringAttr(Data[bytes]):
    """A string of bytes."""

    name = "qz.bytes"

    @classmethod
    def parse_parameter(cls, parser: AttrParser) -> bytes:
        with parser.in_angle_brackets():
            return parse_byte_string(parser)

    def print_parameter(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_bytes_literal(self.data)


class ByteStringOp(IRDLOperation):
    """An operation without operands whose constant bytes are written as a plain literal."""

    value = prop_def(ByteStringAttr)

    @classmethod
    def result_type(cls) -> Attribute:
        """The type of the only result."""
        raise NotImplementedError

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        value = parse_byte_string(parser)
        attributes = parser.parse_optional_attr_dict()
        properties = {"value": ByteStringAttr(value)}
        return cls.create(result_types=[cls.result_type()], properties=properties, attributes=attributes)

    def print(self, printer: Printer) -> None:
        printer.print_string(" ")
        printer.print_bytes_literal(self.value.data)
        printer.print_op_attributes(self.attributes)

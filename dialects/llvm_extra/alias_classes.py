"""TBAA attributes: which kinds of memory cannot overlap.

Only the shape this compiler uses: scalar types directly below one root, accessed at offset 0. Printed in
full, so that a dump needs no attribute aliases and stock MLIR reads it.
"""

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import ParametrizedAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer


@irdl_attr_definition
class TbaaRootAttr(ParametrizedAttribute):
    """The root of a TBAA tree."""

    name = "llvm.tbaa_root"

    id: StringAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[StringAttr]:
        with parser.in_angle_brackets():
            parser.parse_keyword("id")
            parser.parse_punctuation("=")
            return (StringAttr(parser.parse_str_literal()),)

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string("id = ")
            printer.print_string_literal(self.id.data)


@irdl_attr_definition
class TbaaTagAttr(ParametrizedAttribute):
    """The tag of an access to a scalar type `id` below `root`."""

    name = "llvm.tbaa_tag"

    id: StringAttr
    root: TbaaRootAttr

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[StringAttr, TbaaRootAttr]:
        with parser.in_angle_brackets():
            scalar = _parse_scalar(parser, "base_type")
            parser.parse_punctuation(",")
            if _parse_scalar(parser, "access_type") != scalar:
                parser.raise_error("a tag whose base type is not its access type is not supported")
            parser.parse_punctuation(",")
            parser.parse_keyword("offset")
            parser.parse_punctuation("=")
            parser.parse_integer()
        return scalar

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string("base_type = ")
            self._print_scalar(printer)
            printer.print_string(", access_type = ")
            self._print_scalar(printer)
            printer.print_string(", offset = 0")

    def _print_scalar(self, printer: Printer) -> None:
        printer.print_string("<id = ")
        printer.print_string_literal(self.id.data)
        printer.print_string(", members = {<")
        printer.print_attribute(self.root)
        printer.print_string(", 0>}>")


def _parse_scalar(parser: AttrParser, keyword: str) -> tuple[StringAttr, TbaaRootAttr]:
    """Parses `keyword = <id = "x", members = {<root, 0>}>`."""
    parser.parse_keyword(keyword)
    parser.parse_punctuation("=")
    with parser.in_angle_brackets():
        parser.parse_keyword("id")
        parser.parse_punctuation("=")
        scalar = StringAttr(parser.parse_str_literal())
        parser.parse_punctuation(",")
        parser.parse_keyword("members")
        parser.parse_punctuation("=")
        with parser.in_braces(), parser.in_angle_brackets():
            root = parser.parse_attribute()
            parser.parse_punctuation(",")
            parser.parse_integer()
    if not isinstance(root, TbaaRootAttr):
        parser.raise_error("expected #llvm.tbaa_root")
    return scalar, root


ATTRIBUTES = (TbaaRootAttr, TbaaTagAttr)

"""Values and blocks that are only text: they stand where operations would have an SSA value or a block."""

# pyright: reportPrivateUsage=false

from typing import cast

from xdsl.ir import Attribute, Block, BlockArgument, Operation

from lowering.emit_llvm.context import Printed

_new = object.__new__


class TextBlock(Block):
    """A block of the text being written.

    `incoming` collects, for each branch to the block, its label and the texts of the values handed over.
    `line` is where the phis go, and `behind_phis` what is computed from them first of all.
    """

    label: str
    incoming: list[tuple[str, list[str]]]
    line: int
    behind_phis: list[str]


class TextValue(Printed):
    """A value with its name and the number of the line that defines it.

    The line is NOWHERE for a constant and IN_FRONT for what stands at the start of the entry block; an
    argument of a block has the block in `home` instead.
    """

    line: int
    home: TextBlock | None

    @property
    def owner(self) -> Operation | Block:
        """There is no operation."""
        raise AssertionError("a value of the text has no owner")


NOWHERE = -1
IN_FRONT = -2


def make_value(text: str, type_: Attribute, line: int) -> TextValue:
    """Makes a value."""
    value = _new(TextValue)
    value.text = text
    value._type = type_
    value.line = line
    return value


def make_block(label: str, types: list[Attribute]) -> TextBlock:
    """Makes a block, whose arguments are named once it is started."""
    block = _new(TextBlock)
    block.label = label
    block.incoming = []
    block.behind_phis = []
    arguments: list[TextValue] = []
    for type_ in types:
        argument = make_value("", type_, NOWHERE)
        argument.home = block
        arguments.append(argument)
    block._args = cast("tuple[BlockArgument, ...]", tuple(arguments))
    return block

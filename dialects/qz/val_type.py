"""The type of heap values that are told apart by their name, and of words whose type is erased."""

from xdsl.dialects.builtin import StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.exceptions import VerifyException

from dialects.qz.struct_type import StructType


@irdl_attr_definition
class ValType(ParametrizedAttribute, TypeAttribute):
    """One word that still knows its static type: `@Struct` for a heap value, `"T"` if erased.

    A `!qz.struct` in the place of the symbol stands for a heap value too, whose block is laid out as a row of
    that: see `laid_out`.
    """

    name = "qz.val"

    static_type: Attribute

    def verify(self) -> None:
        if not isinstance(self.static_type, SymbolRefAttr | StringAttr | StructType):
            raise VerifyException("!qz.val expects a symbol, a string or a !qz.struct")

    @property
    def is_erased(self) -> bool:
        """Whether this is an erased parameter rather than a nominal type."""
        return isinstance(self.static_type, StringAttr)


def laid_out(type_: Attribute) -> StructType | None:
    """As a row of what the block of a heap struct is laid out, if its words are not one behind the other."""
    static_type = type_.static_type if type(type_) is ValType else None
    return static_type if type(static_type) is StructType else None


def struct_name(type_: Attribute) -> str:
    """What a heap struct is called; nothing for any other type."""
    layout = laid_out(type_)
    if layout is not None:
        return layout.struct_name.data
    static_type = type_.static_type if isinstance(type_, ValType) else None
    return static_type.string_value() if isinstance(static_type, SymbolRefAttr) else ""


reference = ValType(StringAttr("ref"))
nullable = ValType(StringAttr("nullable"))

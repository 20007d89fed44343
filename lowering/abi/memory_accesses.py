"""The properties of a load or a store of the stage `rt`, with what they say."""

from xdsl.dialects.builtin import IntegerAttr, StringAttr
from xdsl.ir import Attribute

from lowering.shared_attributes import Properties


class Access(Properties):
    """The properties of a `qzrt.load` or `qzrt.store`, decoded once for all operations that share them.

    The attributes have the names of the properties; without an alias class, it may be unaligned memory.
    """

    __slots__ = ("alias", "kind", "offset", "scale", "width")

    def __init__(self, properties: Properties) -> None:
        super().__init__(properties)
        self.kind = _string(properties["kind"])
        self.width = _number(properties["width"])
        self.scale = _number(properties["scale"])
        self.offset = _number(properties["offset"])
        alias = properties.get("alias")
        self.alias = None if alias is None else _string(alias)


def access_of(properties: Properties) -> Access:
    """The access that some properties describe; those that the lowering makes are one already."""
    return properties if type(properties) is Access else Access(properties)


def _number(attribute: Attribute) -> int:
    assert type(attribute) is IntegerAttr
    return attribute.value.data


def _string(attribute: Attribute) -> str:
    assert type(attribute) is StringAttr
    return attribute.data

"""The state of printing one function."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import (
    ArrayAttr,
    Float32Type,
    Float64Type,
    IntegerType,
    f32,
    f64,
    i1,
    i8,
    i16,
    i32,
    i64,
)
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.utils.hints import isa

from dialects.llvm_extra.alias_classes import TbaaTagAttr
from lowering.emit_llvm.attribute_groups import TAG_NUMBERS
from lowering.emit_llvm.declarations import declaration_text
from lowering.to_llvm.properties import ALIAS_TAGS
from lowering.to_llvm.translation import PTR

_TYPES: dict[int, str] = {
    id(i64): "i64",
    id(i1): "i1",
    id(i8): "i8",
    id(i16): "i16",
    id(i32): "i32",
    id(f64): "double",
    id(f32): "float",
    id(PTR): "ptr",
}
"""The shared type objects; others are rendered when they are met."""

_TAGS: dict[int, str] = {
    id(attributes["tbaa"]): f", !tbaa !{TAG_NUMBERS[name]}" for name, attributes in ALIAS_TAGS.items()
}


class Emitter:
    """Prints one function.

    `names` gives what stands for a value: its number, or the text of a constant.
    """

    __slots__ = ("declarations", "labels", "lines", "module_symbols", "names", "strings", "types")

    def __init__(self, module_symbols: dict[str, Operation]) -> None:
        self.module_symbols = module_symbols
        self.lines: list[str] = []
        self.names: dict[int, str] = {}
        self.labels: dict[int, str] = {}
        self.types = _TYPES.copy()
        self.declarations: dict[str, str] = {}
        self.strings: dict[str, bytes] = {}

    def type_of(self, value: SSAValue) -> str:
        """The text of a value's type."""
        type_ = value._type
        return self.types.get(id(type_)) or self.type_text(type_)

    def type_text(self, type_: Attribute) -> str:
        """The text of a type."""
        text = self.types.get(id(type_))
        if text is None:
            text = self.types[id(type_)] = self._render(type_)
        return text

    def _render(self, type_: Attribute) -> str:
        match type_:
            case IntegerType():
                return f"i{type_.width.data}"
            case Float64Type():
                return "double"
            case Float32Type():
                return "float"
            case llvm.LLVMPointerType():
                return "ptr"
            case llvm.LLVMVoidType():
                return "void"
            case llvm.LLVMArrayType():
                return f"[{type_.size.data} x {self.type_text(type_.type)}]"
            case llvm.LLVMStructType():
                return "{ " + ", ".join([self.type_text(part) for part in type_.types]) + " }"
            case _:
                raise TypeError(f"no LLVM text for the type {type_}")

    def label(self, block: Block) -> str:
        """The name of a block."""
        return self.labels[id(block)]

    def typed(self, value: SSAValue) -> str:
        """A value with its type in front."""
        return f"{self.type_of(value)} {self.names[id(value)]}"

    def alias(self, op: Operation) -> str:
        """The alias class of an access."""
        tags = op.attributes.get("tbaa")
        if tags is None:
            return ""
        known = _TAGS.get(id(tags))
        if known is not None:
            return known
        assert isa(tags, ArrayAttr[TbaaTagAttr])
        (tag,) = tags.data
        return f", !tbaa !{TAG_NUMBERS[tag.id.data]}"

    def refer(self, name: str) -> None:
        """Notes that the function refers to a symbol, so that its unit declares it."""
        if name in self.declarations or name in self.strings:
            return
        op = self.module_symbols[name]
        text = declaration_text(op)
        if isinstance(text, bytes):
            self.strings[name] = text
        else:
            self.declarations[name] = text

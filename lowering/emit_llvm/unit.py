"""Puts the texts of functions together into the text of one module for LLVM."""

from lowering.emit_llvm.attribute_groups import (
    COMPILE_UNIT,
    FIRST_FREE,
    UNIT_FILE,
    alias_metadata,
    attribute_groups,
)
from lowering.emit_llvm.debug_info import compile_unit_nodes
from lowering.emit_llvm.function_text import FunctionText, shift_nodes
from lowering.emit_llvm.symbols import escape, symbol


class UnitBuilder:
    """Collects functions; `finish` gives the module's text.

    Declarations, constant strings and metadata are merged, so that each is there once.
    """

    def __init__(self, triple: str, data_layout: str, target_attributes: str = "") -> None:
        self._triple = triple
        self._data_layout = data_layout
        self._target_attributes = target_attributes
        self._texts: list[str] = []
        self._defined: set[str] = set()
        self._declarations: dict[str, str] = {}
        self._strings: dict[str, bytes] = {}
        self._metadata: list[str] = []

    def add(self, function: FunctionText, /) -> None:
        """Adds a function with all that it refers to."""
        text = function.text
        if function.metadata:
            first = FIRST_FREE + len(self._metadata)
            text = shift_nodes(text, "!", first)
            for position, node in enumerate(function.metadata):
                self._metadata.append(f"!{first + position} = {shift_nodes(node, '!', first)}")
        self._texts.append(text)
        self._defined.update(function.defined)
        self._declarations.update(function.declarations)
        self._strings.update(function.strings)

    def finish(self, *, frugal: bool = False) -> str:
        """The text of the module; ``frugal``: of one of the many of a program."""
        lines = [f'target datalayout = "{self._data_layout}"', f'target triple = "{self._triple}"', ""]
        for name, image in self._strings.items():
            lines.append(
                f"{symbol(name)} = private unnamed_addr constant [{len(image)} x i8]"
                f' c"{escape(image)}", align 16'
            )
        defined = self._defined
        lines += [text for name, text in self._declarations.items() if name not in defined]
        lines.append("")
        lines += self._texts
        lines += attribute_groups(self._target_attributes, frugal=frugal)
        lines.append("")
        lines += alias_metadata()
        if self._metadata:
            lines += compile_unit_nodes(COMPILE_UNIT, UNIT_FILE, FIRST_FREE + len(self._metadata))
            lines += self._metadata
        lines.append("")
        return "\n".join(lines)

"""Debug metadata: the line of every instruction, and the variables of the source with their types.

Nodes of a function are numbered from 0 and referred to as `!@k`; its unit gives them their final numbers.
"""

import os
import re

from xdsl.dialects import llvm
from xdsl.dialects.builtin import ArrayAttr, FileLineColLoc, StringAttr
from xdsl.ir import Operation
from xdsl.utils.hints import isa

from lowering.emit_llvm.attribute_groups import COMPILE_UNIT
from lowering.emit_llvm.symbols import escape

_RESULT = re.compile(r"  (%\d+) =")

_BASIC_TYPES: dict[str, tuple[int, str]] = {
    "Int": (64, "DW_ATE_signed"),
    "Bool": (8, "DW_ATE_boolean"),
    "F64": (64, "DW_ATE_float"),
    "F32": (32, "DW_ATE_float"),
    "Char": (32, "DW_ATE_UTF"),
    "Word": (64, "DW_ATE_unsigned"),
    **{f"I{width}": (width, "DW_ATE_signed") for width in (8, 16, 32, 64)},
    **{f"U{width}": (width, "DW_ATE_unsigned") for width in (8, 16, 32, 64)},
}


def compile_unit_nodes(unit: int, file: int, first_free: int) -> list[str]:
    """The nodes of a unit that has debug information."""
    return [
        f'!{unit} = distinct !DICompileUnit(language: DW_LANG_C, file: !{file}, producer: "quartz",'
        " isOptimized: false, runtimeVersion: 0, emissionKind: FullDebug)",
        f'!{file} = !DIFile(filename: "quartz", directory: "")',
        f'!{first_free} = !{{i32 2, !"Debug Info Version", i32 3}}',
        f'!{first_free + 1} = !{{i32 7, !"Dwarf Version", i32 4}}',
        f"!llvm.module.flags = !{{!{first_free}, !{first_free + 1}}}",
        f"!llvm.dbg.cu = !{{!{unit}}}",
    ]


class DebugInfo:
    """The debug nodes of one function."""

    __slots__ = ("_file", "_known", "_line", "_parameters", "directory", "nodes", "scope")

    def __init__(self, function: llvm.FuncOp, directory: str) -> None:
        self.directory = directory
        self.nodes: list[str] = []
        self._known: dict[str, str] = {}
        path, self._line = _place(function)
        names = function.attributes.get("parameter_names")
        self._parameters: list[str] = []
        if isa(names, ArrayAttr[StringAttr]):
            self._parameters = [name.data for name in names.data]
        self._file = self._node(self._file_text(path))
        self.scope = self._node(self._subprogram_text(function))

    def annotate(self, lines: list[str], op: Operation) -> None:
        """Adds the place of an instruction to its line, and after a named slot the variable it holds."""
        location = self._location(op)
        lines[-1] += f", !dbg {location}"
        if "debug_name" in op.attributes:
            slot = _RESULT.match(lines[-1])
            assert slot is not None
            variable = self._variable(op)
            lines.append(f"    #dbg_declare(ptr {slot[1]}, {variable}, !DIExpression(), {location})")

    def _node(self, text: str) -> str:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = f"!@{len(self.nodes)}"
            self.nodes.append(text)
        return known

    def _file_text(self, path: str) -> str:
        folder, name = os.path.split(path)
        directory = os.path.join(self.directory, folder) if folder else self.directory
        return f'!DIFile(filename: "{_quoted(name)}", directory: "{_quoted(directory)}")'

    def _subprogram_text(self, function: llvm.FuncOp) -> str:
        display = function.attributes.get("display_name")
        symbol = function.sym_name.data
        name = display.data if isinstance(display, StringAttr) else symbol
        signature = self._node("!DISubroutineType(types: !{})")
        return (
            f'distinct !DISubprogram(name: "{_quoted(name)}", linkageName: "{_quoted(symbol)}",'
            f" scope: {self._file}, file: {self._file}, line: {self._line}, type: {signature},"
            f" scopeLine: {self._line}, spFlags: DISPFlagDefinition, unit: !{COMPILE_UNIT})"
        )

    def _location(self, op: Operation) -> str:
        location = op.location
        line, column = self._line, 0
        if isinstance(location, FileLineColLoc):
            line, column = location.line.data, location.column.data
        return self._node(f"!DILocation(line: {line}, column: {column}, scope: {self.scope})")

    def _variable(self, op: Operation) -> str:
        name, type_name = op.attributes["debug_name"], op.attributes["debug_type"]
        assert isinstance(name, StringAttr)
        assert isinstance(type_name, StringAttr)
        position = ""
        if name.data in self._parameters:
            index = self._parameters.index(name.data)
            self._parameters[index] = ""
            position = f" arg: {index + 1},"
        _, line = _place(op)
        return self._node(
            f'!DILocalVariable(name: "{_quoted(name.data)}",{position} scope: {self.scope},'
            f" file: {self._file}, line: {line or self._line}, type: {self._type(type_name.data)})"
        )

    def _type(self, name: str) -> str:
        basic = _BASIC_TYPES.get(name)
        if basic is not None:
            size, encoding = basic
            return self._node(f'!DIBasicType(name: "{name}", size: {size}, encoding: {encoding})')
        if name == "String":
            char = self._node('!DIBasicType(name: "char", size: 8, encoding: DW_ATE_signed_char)')
            return self._typedef(name, self._pointer(char))
        if name.startswith("Vec<"):
            return self._pointer(self._vec(name, self._type(name[4:-1])))
        return self._typedef(name, self._pointer("null"))

    def _pointer(self, content: str) -> str:
        return self._node(f"!DIDerivedType(tag: DW_TAG_pointer_type, baseType: {content}, size: 64)")

    def _typedef(self, name: str, type_: str) -> str:
        return self._node(
            f'!DIDerivedType(tag: DW_TAG_typedef, name: "{_quoted(name)}", file: {self._file},'
            f" baseType: {type_})"
        )

    def _vec(self, name: str, element: str) -> str:
        word = self._type("Int")
        members = [
            self._node(
                f'!DIDerivedType(tag: DW_TAG_member, name: "{member}", baseType: {type_}, size: 64,'
                f" offset: {offset})"
            )
            for member, type_, offset in (
                ("data", self._pointer(element), 0),
                ("size", word, 64),
                ("capacity", word, 128),
            )
        ]
        elements = self._node(f"!{{{', '.join(members)}}}")
        return self._node(
            f'!DICompositeType(tag: DW_TAG_structure_type, name: "{_quoted(name)}", file: {self._file},'
            f" size: 256, elements: {elements})"
        )


def _quoted(text: str) -> str:
    return escape(text.encode())


def _place(op: Operation) -> tuple[str, int]:
    location = op.location
    if isinstance(location, FileLineColLoc):
        return location.filename.data, location.line.data
    return "", 0

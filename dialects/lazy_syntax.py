"""Operations whose declarative assembly format is compiled at the first use instead of at import.

xDSL compiles `assembly_format` when the class is defined, 0.4 ms each; a compile that prints no MLIR
should not pay that. A class that derives from `LazySyntaxOp` writes the same text in `SYNTAX`.
"""

from typing import Any, ClassVar, Self

from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.irdl import IRDLOperation
from xdsl.parser import Parser
from xdsl.printer import Printer

SMALL_INT = IntegerAttr.constr(i64)
"""The constraint of a property that is a plain number, so that it prints without its type."""

_programs: dict[type[IRDLOperation], Any] = {}


class LazySyntaxOp(IRDLOperation):
    """Base of the operations printed and parsed by the format in `SYNTAX`."""

    SYNTAX: ClassVar[str]

    @classmethod
    def _program(cls) -> Any:
        program = _programs.get(cls)
        if program is None:
            from xdsl.irdl.declarative_assembly_format import FormatProgram

            program = FormatProgram.from_str(cls.SYNTAX, cls.get_irdl_definition())
            _programs[cls] = program
        return program

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        return cls._program().parse(parser, cls)

    def print(self, printer: Printer) -> None:
        self._program().print(printer, self)

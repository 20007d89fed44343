"""What calls every generated function once, with fixed arguments, and makes a number of what they return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generation.shapes import (
    BOOL,
    COUNTS,
    F64,
    INT,
    INTS,
    STRING,
    STRINGS,
    TAGGED,
    FunctionShape,
    Types,
)
from generation.spelling import Form, Spelling

_CALLS_PER_RUNNER = 30


class FirstCalls:
    """Calls of the functions of one module."""

    def __init__(self, types: Types, spelling: Spelling) -> None:
        self._types = types
        self._statements = spelling.statements
        self._values = values = spelling.expressions
        self._as_number: dict[str, Form] = {
            INT: "{}".format,
            F64: values.int_of_f64,
            BOOL: values.int_of_bool,
            STRING: values.folded_text,
            INTS: values.folded,
            STRINGS: values.folded_texts,
            COUNTS: values.folded_counts,
            TAGGED: values.tagged_value,
        }
        self._plain_arguments: dict[str, Form] = {
            INT: "{}".format,
            F64: "{}.5".format,
            BOOL: lambda _: "true",
            STRING: lambda number: values.text(f"seed {number}"),
            INTS: lambda number: values.numbers([number, "2", "3"]),
            STRINGS: lambda number: values.texts([values.text("a"), values.text(f"b{number}")]),
            COUNTS: lambda number: values.counts([values.entry("a", number), values.entry("b", "2")]),
            TAGGED: lambda number: values.tagged("t", number),
        }

    def runners(
        self, module: int, functions: Sequence[FunctionShape]
    ) -> Iterator[tuple[FunctionShape, list[str]]]:
        """Functions that call each function of a module once."""
        for start in range(0, len(functions), _CALLS_PER_RUNNER):
            lines = self.summed(functions[start : start + _CALLS_PER_RUNNER], start + 1)
            name = f"run{module}x{start // _CALLS_PER_RUNNER}"
            yield FunctionShape(name, module, (), INT), [*lines, f"  {self._statements.give_back('total')}"]

    def summed(self, functions: Sequence[FunctionShape], first: int) -> list[str]:
        """Statements that compute `total` from what the functions return; arguments from ``first`` on."""
        lines = [self._statements.bind("total", INT, "0", is_variable=True)]
        for place, shape in enumerate(functions, first):
            arguments = ", ".join(self._argument(kind, place) for kind in shape.parameters)
            number = self._number(self._values.call(shape.name, arguments), shape.result)
            lines.append(self._statements.assign("total", self._values.checksum("total", number)))
        return [f"  {line}" for line in lines]

    def _argument(self, kind: str, number: int) -> str:
        values, types = self._values, self._types
        if kind in types.enums:
            variants = types.enums[kind].variants
            name, payload = variants[number % len(variants)]
            return values.variant(kind, name, [self._argument(type_, number) for type_ in payload])
        if kind in types.structs:
            fields = types.structs[kind].fields
            return values.struct(
                kind, [(name, type_, self._argument(type_, number)) for name, type_ in fields]
            )
        return self._plain_arguments[kind](str(number))

    def _number(self, value: str, kind: str) -> str:
        if kind in self._types.structs:
            return self._values.folded_struct(value, kind)
        if kind in self._types.enums:
            return self._values.folded_enum(value, kind)
        return self._as_number[kind](value)

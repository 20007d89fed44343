"""What a generated program is made of: types, structs, signatures, and what calling a function costs."""

from __future__ import annotations

from dataclasses import dataclass

INT = "Int"
F64 = "F64"
BOOL = "Bool"
STRING = "String"
INTS = "Vec<Int>"
STRINGS = "Vec<String>"
COUNTS = "Map<String, Int>"
TAGGED = "Tagged<Int>"
BUILDER = "StringBuilder"
STRUCT_STEM = "Rec"  # with which the names of structs begin
ENUM_STEM = "Kind"

FIELD_TYPES = (INT, INT, INT, F64, BOOL, STRING, INTS)
PAYLOAD_TYPES = (INT, INT, F64, BOOL, STRING)
PLAIN_TYPES = (INT, INT, INT, F64, BOOL, STRING, STRING, INTS, STRINGS)
RICH_TYPES = (*PLAIN_TYPES, *PLAIN_TYPES, COUNTS, TAGGED)
"""What variables, parameters and results are, besides the types of a module."""


@dataclass(frozen=True, slots=True)
class StructShape:
    """A struct of one module."""

    name: str
    fields: tuple[tuple[str, str], ...]  # name, type


@dataclass(frozen=True, slots=True)
class EnumShape:
    """An enum of one module."""

    name: str
    variants: tuple[tuple[str, tuple[str, ...]], ...]  # name, types of the payload


@dataclass(frozen=True, slots=True)
class Types:
    """The types of one module, by name."""

    structs: dict[str, StructShape]
    enums: dict[str, EnumShape]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.structs, *self.enums)


@dataclass(frozen=True, slots=True)
class FunctionShape:
    """A function that later ones may call."""

    name: str
    module: int
    parameters: tuple[str, ...]  # their types
    result: str
    cost: int = 0  # a bound on the statements that a call executes

    def named_parameters(self) -> tuple[tuple[str, str], ...]:
        """Name and type of each."""
        return tuple((f"a{place}", kind) for place, kind in enumerate(self.parameters))


@dataclass(slots=True)
class Scope:
    """The names a statement can see."""

    names: dict[str, str]  # name → type
    variables: set[str]  # those that can be assigned

    def inner(self) -> Scope:
        """The scope of a block inside this one."""
        return Scope(dict(self.names), set(self.variables))

    def of_type(self, wanted: str) -> list[str]:
        """All names of one type."""
        return [name for name, kind in self.names.items() if kind == wanted]

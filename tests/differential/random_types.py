"""What random programs know of types, which are the texts that say them, and of names in sight."""

from __future__ import annotations

from dataclasses import dataclass, field

INTEGERS = {"Int": (-(1 << 63), (1 << 63) - 1), "U64": (0, (1 << 64) - 1)} | {
    f"{letter}{bits}": ((-(1 << bits - 1), (1 << bits - 1) - 1) if letter == "I" else (0, (1 << bits) - 1))
    for bits in (8, 16, 32)
    for letter in "IU"
}
FLOATS = ("F64", "F32")
SCALARS = (*INTEGERS, *FLOATS, "Bool", "String")
KEYS = ("Int", "U8", "I32", "String", "Bool", "(Int, String)")
"""Types of the keys of maps, and of what sets consist of."""
MAPS = ("Map<String, Int>", "Map<Int, String>", "Map<U8, Vec<Int>>", "Map<(Int, String), Bool>")
SETS = ("Set<Int>", "Set<String>")
"""Most of the maps and sets: each further type of them is much to compile."""
RECORD = "{ a: Int, b: String }"
UNION = "Bool | Int | String"
MEMBERS = ("Bool", "Int", "String")
HELD_IN_ROWS = ("Vec", "Array")


@dataclass(frozen=True)
class Aggregate:
    """A struct, perhaps a value, or an enum with its variants; ``name`` is how a value of it is written, and
    ``maker`` the function that makes one of its fields."""

    name: str
    is_value: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    variants: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    is_recursive: bool = False
    maker: str = ""


@dataclass(frozen=True)
class Function:
    """What a function takes and gives."""

    name: str
    params: tuple[tuple[str, str], ...]
    result: str


@dataclass
class Scope:
    """Names in sight with their types, and which of them can be assigned."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    mutable: set[str] = field(default_factory=set[str])
    in_loop: bool = False
    result: str = ""
    yields: str = ""
    fails_with: str = ""
    """What `?` may leave the function with: `Option` or `Result`, or nothing."""
    labels: tuple[str, ...] = ()

    def inner(self, **changes: bool | str | tuple[str, ...]) -> Scope:
        """A scope within this one."""
        scope = Scope(dict(self.names), set(self.mutable), self.in_loop, self.result, self.yields)
        scope.fails_with, scope.labels = self.fails_with, self.labels
        for name, value in changes.items():
            setattr(scope, name, value)
        return scope

    def of_lambda(self) -> Scope:
        """The scope of a lambda's body, which neither the loops nor the results around concern."""
        return self.inner(in_loop=False, result="", yields="", fails_with="", labels=())

    def of_type(self, wanted: str) -> list[str]:
        """The names of a type."""
        return [name for name, type_ in self.names.items() if type_ == wanted]

    def of_kind(self, *heads: str) -> list[tuple[str, str]]:
        """The names of types that begin so, with these."""
        return [(name, type_) for name, type_ in self.names.items() if head(type_) in heads]


def head(type_: str) -> str:
    """What a type is made with: `Vec` of `Vec<Int>`, the empty text of a tuple, `Fn` of a function's."""
    for at, letter in enumerate(type_):
        if letter in "<(":
            return type_[:at]
    return type_


def parts(type_: str) -> list[str]:
    """The types that a type is made of: `Int` and `String` of `Map<Int, String>`, those of a tuple."""
    if type_ in (RECORD, UNION) or not type_.endswith((">", ")")):
        return []
    found, depth, start = list[str](), 0, 0
    for at, letter in enumerate(type_):
        if letter in "(<{":
            depth += 1
            if depth == 1:
                start = at + 1
        depth -= letter in ")>}"
        if (letter == "," and depth == 1) or (letter in ")>" and depth == 0):
            found.append(type_[start:at].strip())
            start = at + 1
            if depth == 0:
                break
    return [part for part in found if part]


def element(type_: str) -> str:
    """What a `Vec`, an `Array`, a `Set`, an `Option` or a `Result` has."""
    return parts(type_)[0]

"""Writes programs that copy, change and share values, together with what they print according to a model.

The model is Python's: a value struct or a tuple is copied wherever it is handed on, anything else is the same
object for all who have it. Each statement is made up, written down and carried out at once, so that indices
and unwrapped options are always there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

NUMBERS = {"Int": (0, 9), "U8": (0, 255), "I16": (-300, 300)}
FLOATS = ("F64", "F32")
SCALARS = (*NUMBERS, *FLOATS, "Bool", "String", "String")
MAX_DEPTH = 4


@dataclass(frozen=True)
class Type:
    """A scalar or a declaration by its name, or one of `Vec Option Map tuple` with its parts."""

    name: str
    parts: tuple[Type, ...] = ()

    def __str__(self) -> str:
        parts = ", ".join(map(str, self.parts))
        return f"({parts})" if self.name == "tuple" else f"{self.name}<{parts}>" if parts else self.name


INT, STRING = Type("Int"), Type("String")


@dataclass
class Struct:
    """A struct: a value struct is copied by the program's `copied`, any other shared."""

    name: str
    fields: dict[str, object]


@dataclass
class Variant:
    """A variant of an enum."""

    name: str
    payload: list[object]


@dataclass
class Local:
    """A variable of the program and what it holds now."""

    type: Type
    value: object
    can_change: bool


@dataclass
class Place:
    """What can be assigned: its text and type, and how the model reads and writes it."""

    text: str
    type: Type
    get: Callable[[], object]
    set: Callable[[object], None]


class CopyingProgram:
    """One program; the same seed gives the same one."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.fields: dict[str, dict[str, Type]] = {}
        self.values: list[Type] = []
        for number in range(self.rng.randint(2, 4)):
            self.fields[f"V{number}"] = self._some_fields()
            self.values.append(Type(f"V{number}"))
        self.fields["H"] = self._some_fields()
        one, other = self._value(), self._value()
        self.variants: dict[str, tuple[Type, ...]] = {"A": (one,), "B": (INT, other, STRING), "C": ()}
        self.types = [*self.values, *self.values, Type("H"), Type("E"), INT, STRING]
        self.types += [Type(holder, (value,)) for holder in ("Vec", "Option") for value in self.values]
        self.types += [Type("tuple", (self._value(), INT)), Type("Map", (STRING, self._value()))]
        self.locals: dict[str, Local] = {}
        self.lines: list[str] = []
        self.printed: list[str] = []
        for _ in range(self.rng.randint(20, 45)):
            self.rng.choice((self._bind, self._assign, self._assign, self._loop, self._print))()
        for name in self.locals:
            self._print(name)

    def _value(self) -> Type:
        return self.rng.choice(self.values)

    def _some_fields(self) -> dict[str, Type]:
        return {f"f{number}": self._field_type() for number in range(self.rng.randint(1, 4))}

    def _field_type(self) -> Type:
        if not self.values or self.rng.random() < 0.4:
            return Type(self.rng.choice(SCALARS))
        inner = self._value()
        return self.rng.choice(
            (inner, inner, Type("Vec", (inner,)), Type("Option", (inner,)), Type("tuple", (inner, STRING)))
        )

    def _is_value(self, type_: Type) -> bool:
        return type_ in self.values

    # Text

    @property
    def source(self) -> str:
        """The text of the program."""
        return "\n".join([*self._declarations(), "def main()", *self.lines, "end", ""])

    @property
    def output(self) -> str:
        """What it prints."""
        return "".join(f"{line}\n" for line in self.printed)

    def _declarations(self) -> Iterator[str]:
        for name, fields in self.fields.items():
            listed = ", ".join(f"{field}: {type_}" for field, type_ in fields.items())
            yield f"{'' if name == 'H' else '@value '}struct {name} {{ {listed} }}"
        for value in self.values:
            last = [*self.fields[value.name]][-1]
            yield f"def mixed_{value}(a: {value}, b: {value}): {value}"
            yield f"  var c = a\n  c.{last} = b.{last}\n  c\nend"
            yield f"def no_{value}(): Option<{value}> = None"
        yield "enum E"
        for name, payload in self.variants.items():
            yield f"  {name}" + (f"({', '.join(map(str, payload))})" if payload else "")
        yield "end\ndef same<T>(x: T): T = x\ndef run(f: Fn(): Void)\n  f()\nend"

    def shown(self, value: object, type_: Type, *, is_inside: bool = True) -> str:
        """A value as the program prints it."""

        def listed(values: list[object], types: tuple[Type, ...]) -> str:
            return ", ".join(self.shown(part, of) for part, of in zip(values, types, strict=True))

        match value:
            case bool():
                return str(value).lower()
            case str():
                return f'"{value}"' if is_inside else value
            case Struct():
                types = self.fields[value.name]
                fields = [f"{name}: {self.shown(value.fields[name], of)}" for name, of in types.items()]
                return f"{value.name} {{ {', '.join(fields)} }}"
            case Variant():
                types_ = type_.parts if type_.name == "Option" else self.variants[value.name]
                return f"{value.name}({listed(value.payload, types_)})" if value.payload else value.name
            case tuple():
                return f"({listed(list(value), type_.parts)})"
            case list():
                return f"[{listed(value, type_.parts * len(value))}]"
            case dict():
                entries = [f'"{key}" => {self.shown(held, type_.parts[1])}' for key, held in value.items()]
                return "{" + ", ".join(entries) + "}"
            case _:
                return str(value)

    # The model

    def copied(self, value: object) -> object:
        """What is handed on: a value struct or tuple is another one then."""
        match value:
            case Struct() if value.name != "H":
                return Struct(value.name, {name: self.copied(part) for name, part in value.fields.items()})
            case Variant():
                return Variant(value.name, [self.copied(part) for part in value.payload])
            case tuple():
                return tuple(self.copied(part) for part in value)
            case _:
                return value

    # Expressions: each gives its text and its value

    def expression(self, type_: Type, depth: int = 0) -> tuple[str, object]:
        found = [part for name, local in self.locals.items() for part in self._parts(name, local, type_)]
        if found and self.rng.random() < 0.65:
            text, value = self.rng.choice(found)
            if type_.name in self.fields and self.rng.random() < 0.2:
                text = f"same({text})"
            return text, self.copied(value)
        if self._is_value(type_) and depth < MAX_DEPTH and self.rng.random() < 0.2:
            return self._mixed(type_, depth)
        return self._new(type_, depth)

    def _mixed(self, type_: Type, depth: int) -> tuple[str, object]:
        (a, first), (b, second) = (self.expression(type_, depth + 1) for _ in range(2))
        assert isinstance(first, Struct)
        assert isinstance(second, Struct)
        last = [*first.fields][-1]
        first.fields[last] = second.fields[last]
        return f"mixed_{type_}({a}, {b})", first

    def _new(self, type_: Type, depth: int) -> tuple[str, object]:
        rng, name = self.rng, type_.name
        if name in NUMBERS:
            number = rng.randint(*NUMBERS[name])
            return str(number), number
        if name in FLOATS:
            half = rng.randint(-8, 8) / 2
            return str(half), half
        if name == "Bool":
            truth = rng.random() < 0.5
            return str(truth).lower(), truth
        if name == "String":
            digit = rng.randint(0, 9)
            return (f'"s{digit}"' if rng.random() < 0.3 else f'"s#{{{digit}}}"'), f"s{digit}"
        if name == "Option" and rng.random() < 0.3:
            return f"no_{type_.parts[0]}()", Variant("None", [])
        variant, types = "Some", type_.parts
        if name in self.fields:
            types = tuple(self.fields[name].values())
        elif name == "E":
            variant, types = rng.choice([*self.variants.items()])
        elif name == "Vec":
            types *= rng.randint(1, 3)
        elif name == "Map":
            types = types[1:]
        made = [self.expression(of, depth + 1) for of in types]
        texts, parts = [text for text, _ in made], [part for _, part in made]
        if name in self.fields:
            fields = ", ".join(f"{n}: {text}" for n, text in zip(self.fields[name], texts, strict=True))
            return f"{name} {{ {fields} }}", Struct(name, dict(zip(self.fields[name], parts, strict=True)))
        joined = ", ".join(texts)
        match name:
            case "Vec":
                return f"[{joined}]", parts
            case "tuple":
                return f"({joined})", tuple(parts)
            case "Map":
                return f'{{"k" => {joined}}}', {"k": parts[0]}
            case "E" if not parts:
                return f"E::{variant}", Variant(variant, parts)
            case _:
                return f"{'E::' if name == 'E' else ''}{variant}({joined})", Variant(variant, parts)

    def _parts(self, text: str, local: Local, wanted: Type) -> Iterator[tuple[str, object]]:
        """What of a type is in a variable."""
        pending = [(text, local.type, local.value, 0)]
        while pending:
            text, type_, value, depth = pending.pop()
            if type_ == wanted:
                yield text, value
            if depth > MAX_DEPTH:
                continue
            match value:
                case Struct():
                    types = self.fields[value.name]
                    pending += [(f"{text}.{n}", of, value.fields[n], depth + 1) for n, of in types.items()]
                case tuple():
                    parts = zip(type_.parts, value, strict=True)
                    pending += [(f"{text}.{i}", of, part, depth + 1) for i, (of, part) in enumerate(parts)]
                case list() if value:
                    index = self.rng.randrange(len(value))
                    pending.append((f"{text}[{index}]", type_.parts[0], value[index], depth + 1))
                case dict():
                    pending.append((f'{text}["k"]', type_.parts[1], value["k"], depth + 1))
                case Variant("Some", [held]):
                    pending.append((f"{text}!", type_.parts[0], held, depth + 1))
                case _:
                    pass

    # Places

    def _places(self, place: Place, can_change: bool, depth: int = 0) -> Iterator[Place]:
        """A place, if it may be assigned, and those within it."""
        if can_change:
            yield place
        if depth > MAX_DEPTH:
            return
        value = place.get()
        match value:
            case Struct():
                is_shared = not self._is_value(place.type)
                for name, type_ in self.fields[value.name].items():
                    inner = self._field_place(place, name, type_)
                    yield from self._places(inner, can_change or is_shared, depth + 1)
            case list() if value:
                index = self.rng.randrange(len(value))
                element = Place(
                    f"{place.text}[{index}]",
                    place.type.parts[0],
                    lambda: value[index],
                    lambda new: value.__setitem__(index, new),
                )
                yield from self._places(element, True, depth + 1)
            case tuple() if can_change:
                for index, type_ in enumerate(place.type.parts):
                    yield from self._places(self._part_place(place, index, type_), True, depth + 1)
            case dict():
                yield Place(
                    f'{place.text}["k"]',
                    place.type.parts[1],
                    lambda: value["k"],
                    lambda new: value.__setitem__("k", new),
                )
            case _:
                pass

    def _field_place(self, place: Place, name: str, type_: Type) -> Place:
        def struct() -> Struct:
            found = place.get()
            assert isinstance(found, Struct)
            return found

        return Place(
            f"{place.text}.{name}",
            type_,
            lambda: struct().fields[name],
            lambda new: struct().fields.__setitem__(name, new),
        )

    def _part_place(self, place: Place, index: int, type_: Type) -> Place:
        def parts() -> list[object]:
            found = place.get()
            assert isinstance(found, tuple)
            return list(found)

        def replace(new: object) -> None:
            changed = parts()
            changed[index] = new
            place.set(tuple(changed))

        return Place(f"{place.text}.{index}", type_, lambda: parts()[index], replace)

    # Statements

    def _bind(self) -> None:
        type_ = self.rng.choice(self.types)
        text, value = self.expression(type_)
        name, can_change = f"x{len(self.locals)}", self.rng.random() < 0.7
        self.lines.append(f"  {'var ' if can_change else ''}{name}: {type_} = {text}")
        self.locals[name] = Local(type_, value, can_change)

    def _assign(self) -> None:
        if not self.locals:
            return
        name, local = self.rng.choice([*self.locals.items()])
        whole = Place(
            name, local.type, lambda: local.value, lambda new: object.__setattr__(local, "value", new)
        )
        places = list(self._places(whole, local.can_change))
        if not places:
            return
        place = self.rng.choice(places)
        old = place.get()
        if place.type == INT and isinstance(old, int) and self.rng.random() < 0.5:
            self.lines.append(f"  {place.text} += 3")
            place.set(old + 3)
        elif isinstance(old, list) and self.rng.random() < 0.6:
            text, value = self.expression(place.type.parts[0])
            self.lines.append(f"  {place.text}.push({text})")
            old.append(value)
        else:
            text, value = self.expression(place.type)
            line = f"  {place.text} = {text}"
            self.lines.append(f"  run do\n  {line}\n  end" if self.rng.random() < 0.2 else line)
            place.set(value)

    def _loop(self) -> None:
        """Changes each element of a vector by what a copy of it says."""
        for name, local in self.locals.items():
            if not isinstance(local.value, list):
                continue
            fields = self.fields[local.type.parts[0].name]
            field = next((field for field, type_ in fields.items() if type_ == INT), None)
            if field is None:
                continue
            change = f"{name}[i].{field} = y.{field} + i"
            self.lines.append(f"  for i, y in {name}\n    {change}\n  end")
            for index, element in enumerate(local.value):
                assert isinstance(element, Struct)
                element.fields[field] += index
            return

    def _print(self, name: str = "") -> None:
        if self.locals:
            name = name or self.rng.choice([*self.locals])
            local = self.locals[name]
            self.lines.append(f'  puts("#{{{name}}}")')
            self.printed.append(self.shown(local.value, local.type, is_inside=False))

"""Random expressions of a given type, out of what is in scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

INTEGERS = {"Int": (-(1 << 63), (1 << 63) - 1), "U64": (0, (1 << 64) - 1)} | {
    f"{letter}{bits}": ((-(1 << bits - 1), (1 << bits - 1) - 1) if letter == "I" else (0, (1 << bits) - 1))
    for bits in (8, 16, 32)
    for letter in "IU"
}
FLOATS = ("F64", "F32")
SCALARS = (*INTEGERS, *FLOATS, "Bool", "String")
WORDS = ("", "a", "bc", "é", "quartz", "0", "x\\n")
METHODS = ("wrapping_add", "saturating_sub", "wrapping_mul", "min")
RECORD = "{ a: Int, b: String }"
UNION = "Bool | Int | String"
MEMBERS = ("Bool", "Int", "String")


@dataclass(frozen=True)
class Aggregate:
    """A struct, perhaps a value, or an enum with its variants; ``name`` is how a value of it is written."""

    name: str
    is_value: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    variants: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


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

    def inner(self, **changes: bool | str) -> Scope:
        """A scope within this one."""
        scope = Scope(dict(self.names), set(self.mutable), self.in_loop, self.result, self.yields)
        for name, value in changes.items():
            setattr(scope, name, value)
        return scope

    def of_type(self, wanted: str) -> list[str]:
        """The names of a type."""
        return [name for name, type_ in self.names.items() if type_ == wanted]


class RandomValues:
    """What a program has declared so far, and expressions that use it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = Random(seed)
        self.aggregates: dict[str, Aggregate] = {}
        self.functions: list[Function] = []
        self.generators: list[Function] = []
        self.trait = ""
        """The name of a trait that every struct implements; its method gives an `Int`."""
        self.generic_struct = ""
        self.either = ""
        """A generic function of two values of a type that gives one of them."""
        self.pairing = ""
        """A generic function that makes a tuple of two values."""
        self.n_names = 0

    def name(self, prefix: str) -> str:
        """A new name, of this program alone."""
        self.n_names += 1
        return f"{prefix}{self.seed}_{self.n_names}"

    def type_(self, depth: int = 2) -> str:
        """A type."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.55:
            return rng.choice(SCALARS)
        forms: list[Callable[[], str]] = [
            lambda: f"Vec<{self.type_(depth - 1)}>",
            lambda: f"Vec<{rng.choice(SCALARS)}>",
            lambda: f"Option<{self.type_(depth - 1)}>",
            lambda: f"({self.type_(depth - 1)}, {self.type_(depth - 1)})",
            lambda: rng.choice([*self.aggregates, "Int"]),
            lambda: rng.choice((RECORD, UNION)),
            lambda: self._generic_type(depth),
        ]
        return rng.choice(forms)()

    def _generic_type(self, depth: int) -> str:
        """The generic struct, for some type."""
        if not self.generic_struct:
            return "Int"
        held = self.type_(depth - 1)
        type_ = f"{self.generic_struct}<{held}>"
        fields = (("one", held), ("more", f"Vec<{held}>"))
        self.aggregates.setdefault(type_, Aggregate(self.generic_struct, fields=fields))
        return type_

    # Expressions

    def value(self, type_: str, scope: Scope, depth: int = 3) -> str:
        """An expression of a type, of so many operators inside each other at most."""
        rng = self.rng
        known = scope.of_type(type_)
        if known and rng.random() < 0.5:
            return rng.choice(known)
        if depth <= 0:
            return rng.choice(known) if known else self._literal(type_, scope, 0)
        calls = [f for f in self.functions if f.result == type_]
        if calls and scope.names and rng.random() < 0.3:
            return self._call(rng.choice(calls), scope, depth)
        if rng.random() < 0.15:
            chosen, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
            return f"(if {self.value('Bool', scope, depth - 1)}; {chosen} else {other} end)"
        if self.either and rng.random() < 0.1 and not any(sign in type_ for sign in ("dyn", "|", "{")):
            one, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
            return f"{self.either}<{type_}>({one}, {other}, {self.value('Bool', scope, 0)})"
        if type_ in INTEGERS:
            return self._integer(type_, scope, depth)
        if type_ in FLOATS:
            return self._float(type_, scope, depth)
        if type_.startswith("(") and rng.random() < 0.3:
            one, other = (self.value(part, scope, depth - 1) for part in tuple_parts(type_))
            return f"{self.pairing}<{', '.join(tuple_parts(type_))}>({one}, {other})"
        if type_.startswith("Vec<") and rng.random() < 0.5:
            return self._vector(type_[4:-1], scope, depth)
        makers = {"Bool": self._bool, "String": self._string}
        if type_ in makers:
            return makers[type_](scope, depth)
        return self._literal(type_, scope, depth)

    def _literal(self, type_: str, scope: Scope, depth: int) -> str:
        """A value that is written down, of parts that may be computed."""
        rng = self.rng

        def part(of: str) -> str:
            return self.value(of, scope, depth - 1) if depth > 0 else self._literal(of, scope, 0)

        if type_ in INTEGERS:
            low, high = INTEGERS[type_]
            number = rng.choice((0, 1, 2, 3, 7, rng.randint(max(low, -99), 99), high, high - 1))
            suffix = "" if type_ == "Int" else type_.lower()
            return f"({number}{suffix})" if number < 0 else f"{number}{suffix}"
        if type_ == "Bool":
            return rng.choice(("true", "false"))
        if type_ in FLOATS:
            suffix = "" if type_ == "F64" else "f32"
            number = rng.choice(("0.0", "1.0", "0.5", "-2.25", "1e10", "0.1"))
            return f"({number}{suffix})" if number.startswith("-") else number + suffix
        if type_ == "String":
            return f'"{rng.choice(WORDS)}"'
        if type_.startswith("Vec"):
            return f"[{', '.join(part(type_[4:-1]) for _ in range(rng.randint(0, 3)))}]"
        if type_.startswith("Option"):
            return f"Some({part(type_[7:-1])})" if rng.random() < 0.7 else "None"
        if type_.startswith("("):
            return f"({', '.join(part(of) for of in tuple_parts(type_))})"
        if type_ == RECORD:
            return f"{{a: {part('Int')}, b: {part('String')}}}"
        if type_ == UNION:
            return part(rng.choice(MEMBERS))
        if type_.startswith("dyn "):
            return part(rng.choice([name for name, one in self.aggregates.items() if self.has_trait(one)]))
        found = self.aggregates[type_]
        if found.fields:
            return f"{found.name} {{ {', '.join(f'{name}: {part(of)}' for name, of in found.fields)} }}"
        variant, fields = rng.choice(found.variants)
        return f"{variant}({', '.join(part(of) for _, of in fields)})" if fields else variant

    def _integer(self, type_: str, scope: Scope, depth: int) -> str:
        rng = self.rng

        def operand() -> str:
            return self.value(type_, scope, depth - 1)

        other = rng.choice([name for name in INTEGERS if name != type_])
        element, index = f"Vec<{type_}>", rng.randint(-1, 2)
        forms = [
            lambda: f"({operand()} {rng.choice('+-*/%&|^')} {operand()})",
            lambda: f"({operand()} {rng.choice(('<<', '>>'))} {rng.randint(0, 70)})",
            lambda: f"(~{operand()})",
            lambda: f"({self.value(other, scope, depth - 1)} as {type_})",
            lambda: f"({self.value('F64', scope, depth - 1)} as {type_})",
            lambda: f"{operand()}.{rng.choice(METHODS)}({operand()})",
            lambda: f"{self.value(f'Option<{type_}>', scope, depth - 1)}.unwrap_or({operand()})",
            lambda: f"({self.value(f'Option<{type_}>', scope, depth - 1)} ?? {operand()})",
            lambda: self._literal(type_, scope, depth),
        ]
        if scope.of_type(element):
            forms.append(lambda: f"{rng.choice(scope.of_type(element))}[{index}]")
        if type_ == "Int":
            forms.append(lambda: f"{self.value('String', scope, depth - 1)}.size")
            forms += [lambda name=name: f"{name}.a" for name in scope.of_type(RECORD)]
            vectors = [name for name, known in scope.names.items() if known.startswith("Vec")]
            forms += [lambda name=name: f"{name}.size" for name in vectors]
            asked = [name for name, known in scope.names.items() if self.can_ask(known)]
            forms += [lambda name=name: f"{name}.rank{self.seed}({operand()})" for name in asked]
        for name, known in scope.names.items():
            found = self.aggregates.get(known)
            for field_name, field_type in found.fields if found is not None else ():
                if field_type == type_:
                    forms.append(lambda name=name, of=field_name: f"{name}.{of}")
        for name, known in scope.names.items():
            if known == f"Fn({type_}): {type_}":
                forms.append(lambda name=name: f"{name}({operand()})")
        return rng.choice(forms)()

    def _bool(self, scope: Scope, depth: int) -> str:
        rng = self.rng
        compared = rng.choice(("Int", "U8", "I32", "U64", "F64", "F32", "String"))
        left, right = (self.value(compared, scope, depth - 1) for _ in range(2))
        forms = [
            lambda: f"({left} {rng.choice(('<', '<=', '==', '!=', '>', '>='))} {right})",
            lambda: f"({self.value('Bool', scope, depth - 1)} {rng.choice(('and', 'or'))} {left} != {right})",
            lambda: f"(not {self.value('Bool', scope, depth - 1)})",
        ]
        return rng.choice(forms)()

    def _float(self, type_: str, scope: Scope, depth: int) -> str:
        rng, factor = self.rng, self._literal(type_, scope, 0)
        forms = [
            lambda: f"({self.value(type_, scope, depth - 1)} {rng.choice('+-*/')} {factor})",
            lambda: f"({self.value('Int', scope, depth - 1)} as {type_})",
            lambda: f"({self.value('F32' if type_ == 'F64' else 'F64', scope, depth - 1)} as {type_})",
            lambda: factor,
        ]
        return rng.choice(forms)()

    def _vector(self, element: str, scope: Scope, depth: int) -> str:
        """A vector that is computed: by a comprehension, out of another one, by a generator."""
        rng = self.rng
        sources = [name for name, known in scope.names.items() if known.startswith("Vec")]
        forms: list[Callable[[], str]] = [lambda: self._comprehension(element, scope, depth)]
        if element in SCALARS:
            forms += [lambda name=name: f"{name}.reversed()" for name in scope.of_type(f"Vec<{element}>")]
            forms += [lambda name=name: f"{name}.clone()" for name in scope.of_type(f"Vec<{element}>")]
        for generator in self.generators:
            if generator.result == element:
                n = rng.randint(0, 4)
                forms.append(lambda g=generator, n=n: f"{self._call(g, scope, depth)}.take({n}).collect()")
        if sources:
            forms.append(lambda: self._comprehension(element, scope, depth, rng.choice(sources)))
        return rng.choice(forms)()

    def _comprehension(self, element: str, scope: Scope, depth: int, source: str = "") -> str:
        rng, name = self.rng, self.name("c")
        inner = scope.inner(in_loop=False)
        inner.names[name] = scope.names[source][4:-1] if source else "Int"
        source = source or f"{rng.randint(-1, 1)}..{rng.randint(0, 3)}"
        condition = f" if {self.value('Bool', inner, 1)}" if rng.random() < 0.4 else ""
        return f"[{self.value(element, inner, depth - 1)} for {name} in {source}{condition}]"

    def _call(self, function: Function, scope: Scope, depth: int) -> str:
        arguments = ", ".join(self.value(t, scope, depth - 2) for _, t in function.params)
        return f"{function.name}({arguments})"

    def has_trait(self, found: Aggregate) -> bool:
        """Whether an aggregate implements the trait."""
        return bool(found.fields) and found.name != self.generic_struct

    def can_ask(self, type_: str) -> bool:
        """Whether values of a type have the trait's method."""
        found = self.aggregates.get(type_)
        if not self.trait:
            return False
        return type_ == f"dyn {self.trait}" or (found is not None and self.has_trait(found))

    def shown(self, scope: Scope, depth: int) -> str:
        """Something to show: whatever has a name, or a scalar, whose type is plain from itself."""
        known = [name for name, type_ in scope.names.items() if not type_.startswith(("Fn", "dyn"))]
        if known and self.rng.random() < 0.6:
            return self.rng.choice(known)
        return self.value(self.rng.choice(SCALARS), scope, depth)

    def _string(self, scope: Scope, depth: int) -> str:
        rng = self.rng
        forms = [
            lambda: f"({self.value('String', scope, depth - 1)} + {self._literal('String', scope, 0)})",
            lambda: f'"<#{{{self.shown(scope, depth - 1)}}}>"',
            lambda: self._literal("String", scope, 0),
        ]
        return rng.choice(forms)()


def tuple_parts(type_: str) -> list[str]:
    """The types in a tuple's."""
    parts, depth, start = list[str](), 0, 1
    for at, letter in enumerate(type_):
        depth += letter in "(<{"
        depth -= letter in ")>}"
        if (letter == "," and depth == 1) or depth == 0:
            parts.append(type_[start:at].strip())
            start = at + 1
    return parts

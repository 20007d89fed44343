"""Random expressions of a given type, out of what is in scope."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.differential.random_types import (
    FLOATS,
    HELD_IN_ROWS,
    INTEGERS,
    KEYS,
    MAPS,
    MEMBERS,
    RECORD,
    SCALARS,
    SETS,
    UNION,
    Aggregate,
    Function,
    Scope,
    element,
    head,
    parts,
)

WORDS = ("", "a", "bc", "é", "quartz", "0", "x\\n", "-7")
METHODS = ("wrapping_add", "saturating_sub", "wrapping_mul", "saturating_add", "min", "max")
CHECKED = ("checked_add", "checked_sub", "checked_mul")
FLOAT_METHODS = ("abs", "floor", "sqrt")
NUMBERS = ("0.0", "1.0", "0.5", "-2.25", "1e10", "0.1", "3.0", "-0.0", "1e300", "7.5")

Form = Callable[[], str]


class RandomValues:
    """What a program has declared so far, and expressions that use it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = Random(seed)
        self.aggregates: dict[str, Aggregate] = {}
        self.functions: list[Function] = []
        self.generators: list[Function] = []
        self.variables: dict[str, str] = {}
        """Those of the module, which everybody may change."""
        self.trait = ""
        """The name of a trait that every struct implements; its method gives an `Int`."""
        self.generic_struct = ""
        self.either = ""
        """A generic function of two values of a type that gives one of them."""
        self.pairing = ""
        """A generic function that makes a tuple of two values."""
        self.with_trait: set[str] = set()
        """The structs that implement it."""
        self.n_names = 0
        numbers = self.rng.choice(tuple(INTEGERS)), self.rng.choice(SCALARS)
        self.scalars = ("Int", "Int", "Int", *numbers, "String")
        """The scalars of the program: few, so that names of a type are often there."""
        self.palette: tuple[str, ...] = ()
        """Most of its types; none as long as these are not known."""

    def name(self, prefix: str) -> str:
        """A new name, of this program alone."""
        self.n_names += 1
        return f"{prefix}{self.seed}_{self.n_names}"

    # Types

    def type_(self, depth: int = 2) -> str:
        """A type."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.35:
            return rng.choice(self.scalars if rng.random() < 0.95 else SCALARS)
        if self.palette and rng.random() < 0.9:
            return rng.choice(self.palette)
        forms: list[Form] = [
            lambda: f"Vec<{self.type_(depth - 1)}>",
            lambda: f"Vec<{rng.choice(self.scalars)}>",
            lambda: f"Option<{self.type_(depth - 1)}>",
            lambda: f"({self.type_(depth - 1)}, {self.type_(depth - 1)})",
            lambda: f"Array<{self.type_(depth - 1)}, {rng.randint(1, 4)}>",
            lambda: self._map_type(depth),
            lambda: rng.choice((*SETS, f"Result<{self.type_(depth - 1)}, String>")),
            lambda: rng.choice((RECORD, UNION)),
            lambda: self._generic_type(depth),
        ]
        if self.aggregates and not self.palette:
            declared = [name for name in self.aggregates if not name.startswith("G")]
            forms += [lambda: rng.choice(declared)] * 4
            forms.append(lambda: f"Vec<{rng.choice(declared)}>")
        return rng.choice(forms)()

    def choose_palette(self) -> None:
        """Decides on the types that most values have now that structs and enums are declared."""
        declared = [name for name in self.aggregates if not name.startswith("G")]
        some = [self.type_(2) for _ in range(2)]
        rows = [f"Vec<{self.rng.choice(declared)}>", f"Vec<{self.rng.choice(self.scalars)}>", "Vec<Int>"]
        self.palette = (*declared, *declared, *rows, *some, f"Option<{self.rng.choice((*declared, 'Int'))}>")

    def _map_type(self, depth: int) -> str:
        if self.rng.random() < 0.9:
            return self.rng.choice(MAPS)
        return f"Map<{self.rng.choice(KEYS)}, {self.type_(depth - 1)}>"

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

    def value(self, type_: str, scope: Scope, depth: int = 2) -> str:
        """An expression of a type, of so many operators inside each other at most."""
        rng = self.rng
        known = scope.of_type(type_)
        if known and rng.random() < 0.6:
            return rng.choice(known)
        if depth <= 0:
            return rng.choice(known) if known else self.literal(type_, scope, 0)
        found = self._called(type_, scope, depth) if rng.random() < 0.3 else ""
        if found:
            return found
        if rng.random() < 0.08:
            chosen, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
            return f"(if {self.value('Bool', scope, depth - 1)}; {chosen} else {other} end)"
        if self.either and rng.random() < 0.04 and not any(sign in type_ for sign in ("dyn", "|", "{")):
            one, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
            return f"{self.either}<{type_}>({one}, {other}, {self.value('Bool', scope, 0)})"
        reached = self._reached(type_, scope)
        if reached and rng.random() < 0.35:
            return rng.choice(reached)
        makers = {"Bool": self._bool, "String": self._string, "Vec": self._vector, "Option": self._option}
        if type_ in INTEGERS:
            return self._integer(type_, scope, depth)
        if type_ in FLOATS:
            return self._float(type_, scope, depth)
        if self.pairing and type_.startswith("(") and rng.random() < 0.1:
            one, other = (self.value(part, scope, depth - 1) for part in parts(type_))
            return f"{self.pairing}<{', '.join(parts(type_))}>({one}, {other})"
        if head(type_) in makers and rng.random() < 0.7:
            return makers[head(type_)](type_, scope, depth)
        return self.literal(type_, scope, depth)

    def _called(self, type_: str, scope: Scope, depth: int) -> str:
        """A call of a function that gives a type, or what one may fail to give; nothing where none does."""
        forms: list[Form] = [
            lambda f=f: self.call(f, scope, depth) for f in self.functions if f.result == type_
        ]
        if scope.fails_with:
            failing = f"{scope.fails_with}<{type_}" + (", String>" if scope.fails_with == "Result" else ">")
            forms += [
                lambda f=f: f"{self.call(f, scope, depth)}?" for f in self.functions if f.result == failing
            ]
            forms += [lambda n=n: f"$try({n})" for n in scope.of_type(failing)]
        for name, known in scope.of_kind("Fn"):
            if known.endswith(f"): {type_}"):
                taken = tuple(("", part) for part in parts(known.rpartition(":")[0]))
                forms.append(lambda n=name, t=taken: self.call(Function(n, t, type_), scope, depth))
        return self.rng.choice(forms)() if forms else ""

    def _reached(self, type_: str, scope: Scope) -> list[str]:
        """What lies in something that has a name: fields, parts, elements, what may be there."""
        found: list[str] = []
        for name, known in scope.names.items():
            of = self.aggregates.get(known)
            for field_name, field_type in of.fields if of is not None else ():
                if field_type == type_:
                    found.append(f"{name}.{field_name}")
                inner = self.aggregates.get(field_type)
                for deeper, deep_type in inner.fields if inner is not None else ():
                    if deep_type == type_:
                        found.append(f"{name}.{field_name}.{deeper}")
            if known.startswith("("):
                found += [f"{name}.{n}" for n, part in enumerate(parts(known)) if part == type_]
            elif head(known) in HELD_IN_ROWS and element(known) == type_:
                found.append(f"{name}[{self.index(known, name, scope)}]")
            elif head(known) == "Map" and parts(known)[1] == type_:
                key, default = self.value(parts(known)[0], scope, 0), self.value(type_, scope, 0)
                found.append(f"{name}.get_or({key}, {default})")
            elif head(known) == "Option" and element(known) == type_:
                found += [f"{name}!", f"({name} ?? {self.value(type_, scope, 0)})"]
        return found

    def index(self, type_: str, name: str, scope: Scope) -> str:
        """Where to look in a vector or an array: most often where something is."""
        rng = self.rng
        if head(type_) == "Array":
            size = int(parts(type_)[1])
            numbers = scope.of_type("Int")
            if numbers and rng.random() < 0.6:
                return f"{rng.choice(numbers)} & {rng.choice((size - 1, 1, 3))}"
            return str(rng.randrange(size))
        forms = [str(rng.randint(0, 2)), f"{name}.size - 1", f"{name}.size / 2"]
        forms += [number for number in scope.of_type("Int") if number.startswith(("i", "n"))] * 2
        return rng.choice(forms)

    def literal(self, type_: str, scope: Scope, depth: int) -> str:
        """A value that is written down, of parts that may be computed."""
        rng = self.rng

        def part(of: str) -> str:
            return self.value(of, scope, depth - 1) if depth > 0 else self.literal(of, scope, 0)

        def several(of: str, least: int, most: int) -> list[str]:
            return [part(of) for _ in range(rng.randint(least, most))]

        kind = head(type_)
        if type_ in INTEGERS:
            low, high = INTEGERS[type_]
            number = rng.choice((0, 1, 2, 3, 5, 7, rng.randint(max(low, -99), 99)))
            if rng.random() < 0.08:
                number = rng.choice((high, high - 1, low, low + 1))
            suffix = "" if type_ == "Int" else type_.lower()
            return f"({number}{suffix})" if number < 0 else f"{number}{suffix}"
        if type_ == "Bool":
            return self._asked(scope)
        if type_ in FLOATS:
            suffix, number = "" if type_ == "F64" else "f32", rng.choice(NUMBERS)
            number = "1e30" if suffix and number == "1e300" else number
            return f"({number}{suffix})" if number.startswith("-") else number + suffix
        if type_ == "String":
            return f'"{rng.choice(WORDS)}"'
        if kind == "Vec":
            return f"[{', '.join(several(element(type_), 0, 4))}]"
        if kind == "Array":
            held, size = parts(type_)
            return f"[{', '.join(several(held, int(size), int(size)))}]"
        if kind == "Set":
            return f"set_of<{element(type_)}>([{', '.join(several(element(type_), 0, 3))}])"
        if kind == "Map":
            key, held = parts(type_)
            listed = [f"{part(key)} => {part(held)}" for _ in range(rng.randint(0, 2))]
            return f"{{{', '.join(listed)}}}"
        if kind == "Option":
            return f"Some({part(element(type_))})" if rng.random() < 0.7 else "None"
        if kind == "Result":
            return f"Ok({part(element(type_))})" if rng.random() < 0.7 else f"Err({part('String')})"
        if kind == "Fn":
            return self.lambda_(type_, scope)
        if type_.startswith("("):
            return f"({', '.join(part(of) for of in parts(type_))})"
        if type_ == RECORD:
            return f"{{a: {part('Int')}, b: {part('String')}}}"
        if type_ == UNION:
            return part(rng.choice(MEMBERS))
        if type_.startswith("dyn "):
            return part(rng.choice(sorted(self.with_trait)))
        return self._made(type_, part, depth)

    def _asked(self, scope: Scope) -> str:
        """Whether what is in sight is small, or odd, or not empty; rarely something that is known."""
        rng = self.rng
        numbers = [(name, type_) for name, type_ in scope.names.items() if type_ in INTEGERS]
        held = scope.of_kind("Vec", "Map", "Set")
        if (not numbers and not held) or rng.random() < 0.1:
            return rng.choice(("true", "false"))
        if held and (not numbers or rng.random() < 0.2):
            return f"({rng.choice(held)[0]}.size {rng.choice(('<', '>', '=='))} {rng.randint(0, 3)})"
        name, _ = rng.choice(numbers)
        if rng.random() < 0.4:
            return f"({name} & {rng.choice((1, 2, 3))} {rng.choice(('==', '!='))} 0)"
        return f"({name} {rng.choice(('<', '>=', '>', '=='))} {rng.randint(0, 7)})"

    def _made(self, type_: str, part: Callable[[str], str], depth: int) -> str:
        """A struct or a variant."""
        found = self.aggregates[type_]
        if found.maker and self.rng.random() < 0.5:
            return f"{found.maker}({', '.join(part(of) for _, of in found.fields)})"
        if found.fields:
            return f"{found.name} {{ {', '.join(f'{name}: {part(of)}' for name, of in found.fields)} }}"
        variants = found.variants
        if found.is_recursive and depth <= 0:
            variants = tuple(one for one in variants if all(of != type_ for _, of in one[1]))
        variant, fields = self.rng.choice(variants)
        return f"{variant}({', '.join(part(of) for _, of in fields)})" if fields else variant

    def lambda_(self, type_: str, scope: Scope) -> str:
        """A function that is written where it is needed."""
        names = {self.name("p"): part for part in parts(type_.rpartition(":")[0])}
        inner = scope.of_lambda()
        inner.names |= names
        result = self.value(type_.rpartition(": ")[2], inner, 1)
        return f"(({', '.join(f'{name}: {of}' for name, of in names.items())}) -> {result})"

    def _integer(self, type_: str, scope: Scope, depth: int) -> str:
        rng = self.rng

        def operand() -> str:
            return self.value(type_, scope, depth - 1)

        other = rng.choice([name for name in INTEGERS if name != type_])
        forms = [
            lambda: f"({operand()} {rng.choice('+-*&|^')} {operand()})",
            lambda: f"({operand()} {rng.choice('+-')} {self.literal(type_, scope, 0)})",
            lambda: f"({operand()} {rng.choice('/%')} {self.literal(type_, scope, 0)})",
            lambda: f"({operand()} {rng.choice(('<<', '>>'))} {rng.randint(0, 70)})",
            lambda: f"(~{operand()})",
            lambda: f"({self.value(other, scope, depth - 1)} as {type_})",
            lambda: f"({self.value(rng.choice(FLOATS), scope, depth - 1)} as {type_})",
            lambda: f"{operand()}.{rng.choice(METHODS)}({operand()})",
            lambda: f"{operand()}.{rng.choice(METHODS)}({operand()})",
            lambda: f"({operand()}.{rng.choice(CHECKED)}({operand()}) ?? {operand()})",
            lambda: self.literal(type_, scope, depth),
        ]
        if type_ == "Int":
            forms.append(lambda: f"{self.value('String', scope, depth - 1)}.size")
            forms += [lambda n=n: f"{n}.a" for n in scope.of_type(RECORD)]
            forms += [lambda n=n: f"{n}.size" for n, _ in scope.of_kind("Vec", "Map", "Set", "Array")]
            asked = [name for name, known in scope.names.items() if self.can_ask(known)]
            forms += [lambda n=n: f"{n}.rank{self.seed}({operand()})" for n in asked]
        for name, known in scope.of_kind("Vec", "Array"):
            if element(known) == type_:
                a, b = self.name("a"), self.name("b")
                folded = f"({a}, {b}) -> {a} ^ {b}"
                forms.append(lambda n=name, folded=folded: f"{n}.reduce<{type_}>({operand()}, {folded})")
        return rng.choice(forms)()

    def _bool(self, type_: str, scope: Scope, depth: int) -> str:
        rng = self.rng
        known = [of for of in scope.names.values() if of in (*INTEGERS, *FLOATS, "String")]
        compared = rng.choice(known) if known else rng.choice(("Int", "U8", "I32", "U64", "F64", "String"))
        left, right = self.value(compared, scope, depth - 1), self.value(compared, scope, depth - 1)
        if left == right:
            right = self.literal(compared, scope, 0)
        sign = rng.choice(("<", "<=", "==", "!=", ">", ">="))
        forms = [
            lambda: f"({left} {sign} {right})",
            lambda: f"({left} {sign} {right})",
            lambda: (
                f"({self.value('Bool', scope, depth - 1)} {rng.choice(('and', 'or'))} {left} {sign} {right})"
            ),
            lambda: f"(not {self.value('Bool', scope, depth - 1)})",
            lambda: self._asked(scope),
            lambda: self._asked(scope),
        ]
        forms += [
            lambda n=n, t=t: f"{n}.has({self.value(parts(t)[0], scope, 0)})"
            for n, t in scope.of_kind("Map", "Set")
        ]
        forms += [lambda n=n: f"({n} is Some)" for n, _ in scope.of_kind("Option")]
        forms += [lambda n=n: f"({n} is Ok)" for n, _ in scope.of_kind("Result")]
        forms += [lambda n=n: f"{n}.empty?()" for n, _ in scope.of_kind("Vec", "Map", "Set")]
        return rng.choice(forms)()

    def _float(self, type_: str, scope: Scope, depth: int) -> str:
        rng, factor = self.rng, self.literal(type_, scope, 0)
        forms = [
            lambda: f"({self.value(type_, scope, depth - 1)} {rng.choice('+-*/')} {factor})",
            lambda: f"({self.value(type_, scope, depth - 1)} {rng.choice('+-*/')} {factor})",
            lambda: f"({self.value(rng.choice(tuple(INTEGERS)), scope, depth - 1)} as {type_})",
            lambda: f"({self.value('F32' if type_ == 'F64' else 'F64', scope, depth - 1)} as {type_})",
            lambda: factor,
        ]
        if type_ == "F64":
            forms.append(lambda: f"{self.value('F64', scope, depth - 1)}.{rng.choice(FLOAT_METHODS)}()")
        return rng.choice(forms)()

    def _option(self, type_: str, scope: Scope, depth: int) -> str:
        held = element(type_)
        forms: list[Form] = [lambda: self.literal(type_, scope, depth)]
        for name, known in scope.names.items():
            if head(known) == "Vec" and element(known) == held:
                forms += [
                    lambda n=name: f"{n}.get({self.value('Int', scope, 0)})",
                    lambda n=name: f"{n}.pop()",
                ]
                forms += [lambda n=name: f"{n}.{self.rng.choice(('first', 'last'))}()"]
            elif head(known) == "Map" and parts(known)[1] == held:
                key = self.value(parts(known)[0], scope, 0)
                forms += [lambda n=name, k=key: f"{n}.{self.rng.choice(('get', 'delete'))}({k})"]
            elif head(known) == "Result" and element(known) == held:
                forms += [lambda n=name: f"{n}.ok()"]
        return self.rng.choice(forms)()

    def _vector(self, type_: str, scope: Scope, depth: int) -> str:
        """A vector that is computed: by a comprehension, out of another one, by a generator."""
        rng, held = self.rng, element(type_)
        sources = scope.of_kind("Vec", "Array")
        forms: list[Form] = [lambda: self._comprehension(held, scope, depth)]
        for name in scope.of_type(type_):
            item = self.name("c")
            inner = scope.of_lambda()
            inner.names[item] = held
            if held in SCALARS:
                forms += [lambda n=name: f"{n}.{rng.choice(('reversed', 'clone', 'sorted'))}()"]
            kept = self.value("Bool", inner, 1)
            forms += [lambda n=name, c=item, kept=kept: f"{n}.filter({c} -> {kept})"]
            forms += [lambda n=name: f"{n}.{rng.choice(('take', 'skip'))}({rng.randint(0, 2)})"]
            forms += [lambda n=name: f"{n}[0..{n}.size / 2].to_vec()"]
        for generator in self.generators:
            if generator.result == held:
                n = rng.randint(0, 4)
                forms += [lambda g=generator, n=n: f"{self.call(g, scope, depth)}.take({n}).collect()"]
        if sources:
            forms += [lambda: self._comprehension(held, scope, depth, *rng.choice(sources))]
        if sources and head(held) != "Array":  # which the literal that a lambda gives does not say
            forms += [lambda: self._mapped(held, scope, *rng.choice(sources))]
        return rng.choice(forms)()

    def _mapped(self, held: str, scope: Scope, source: str, type_: str) -> str:
        """What a function makes of the elements of a vector; it sees and may not change what is around."""
        name = self.name("c")
        inner = scope.of_lambda()
        inner.names[name] = element(type_)
        back = ".to_vec()" if head(type_) == "Array" else ""
        made = self.value(held, inner, 1)
        return f"{source}.map({name} -> {made}){back}"

    def _comprehension(self, held: str, scope: Scope, depth: int, source: str = "", type_: str = "") -> str:
        rng, name = self.rng, self.name("c")
        inner = scope.inner(in_loop=False, fails_with="")
        inner.names[name] = element(type_) if source else "Int"
        source = source or f"{rng.randint(-1, 1)}..{rng.randint(0, 3)}"
        condition = f" if {self.value('Bool', inner, 1)}" if rng.random() < 0.4 else ""
        return f"[{self.value(held, inner, depth - 1)} for {name} in {source}{condition}]"

    def call(self, function: Function, scope: Scope, depth: int) -> str:
        """A call with arguments of at most so many operators."""
        arguments = ", ".join(self.value(t, scope, depth - 1) for _, t in function.params)
        return f"{function.name}({arguments})"

    def has_trait(self, found: Aggregate) -> bool:
        """Whether an aggregate implements the trait."""
        return bool(found.fields) and found.name != self.generic_struct

    def can_ask(self, type_: str) -> bool:
        """Whether values of a type have the trait's method."""
        return bool(self.trait) and (type_ == f"dyn {self.trait}" or type_ in self.with_trait)

    def shown(self, scope: Scope, depth: int) -> str:
        """Something to show: whatever has a name, or a scalar, whose type is plain from itself."""
        known = [name for name, type_ in scope.names.items() if self.is_shown(type_)]
        if known and self.rng.random() < 0.7:
            return self.rng.choice(known)
        return self.value(self.rng.choice(SCALARS), scope, depth)

    def is_shown(self, type_: str) -> bool:
        """Whether a value of a type has a text."""
        return not type_.startswith(("Fn", "dyn"))

    def _string(self, type_: str, scope: Scope, depth: int) -> str:
        rng = self.rng
        forms = [
            lambda: f"({self.value('String', scope, depth - 1)} + {self.literal('String', scope, 0)})",
            lambda: f'"<#{{{self.shown(scope, depth - 1)}}}>"',
            lambda: (
                f"{self.value('String', scope, depth - 1)}.{rng.choice(('to_upper', 'reverse', 'trim'))}()"
            ),
            lambda: f"str_from_char(97 + ({self.value('Int', scope, 0)} & 7))",
            lambda: self.literal("String", scope, 0),
        ]
        forms += [lambda n=n: f'{n}.join("-")' for n, t in scope.of_kind("Vec") if element(t) in SCALARS]
        return rng.choice(forms)()

"""Writes random well-typed programs, which the interpreter and every level have to agree on.

A program declares a few structs and enums, then functions that call those before them, and cases that call
functions with literals and print what they give. Loops turn a few times at most and nothing is recursive, so
every program ends; overflow, indices and unwrapping may panic, which is behaviour as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

INTEGERS = {"Int": (-(1 << 63), (1 << 63) - 1)} | {
    f"{letter}{bits}": ((-(1 << bits - 1), (1 << bits - 1) - 1) if letter == "I" else (0, (1 << bits) - 1))
    for bits in (8, 16, 32)
    for letter in "IU"
}
SCALARS = (*INTEGERS, "Bool", "F64", "String")
WORDS = ("", "a", "bc", "é", "quartz", "0", "x\\n")
METHODS = ("wrapping_add", "saturating_sub", "wrapping_mul", "min")
MAX_DEPTH = 3


@dataclass(frozen=True)
class Aggregate:
    """A struct, perhaps a value, or an enum with its variants."""

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

    def inner(self, **changes: bool | str) -> Scope:
        """A scope within this one."""
        scope = Scope(dict(self.names), set(self.mutable), self.in_loop, self.result)
        for name, value in changes.items():
            setattr(scope, name, value)
        return scope

    def of_type(self, wanted: str) -> list[str]:
        """The names of a type."""
        return [name for name, type_ in self.names.items() if type_ == wanted]


class RandomProgram:
    """One program; the same seed gives the same one."""

    def __init__(self, seed: int, n_functions: int = 8) -> None:
        self.rng = Random(seed)
        self.aggregates: dict[str, Aggregate] = {}
        self.functions: list[Function] = []
        self.n_names = 0
        self.lines: list[str] = []
        for _ in range(self.rng.randint(1, 3)):
            self._declare_struct()
        for _ in range(self.rng.randint(1, 2)):
            self._declare_enum()
        for _ in range(n_functions):
            self._define_function()
        self.cases = [self._case(number) for number in range(n_functions)]

    def source(self, *, catches: bool) -> str:
        """The text; a program that ``catches`` goes on with the next case when one panics."""
        calls = [f"  {case}()" for case in self.cases]
        if catches:
            calls = [f'  puts("{case}: #{{panic_of(-> {case}())}}")' for case in self.cases]
        return "\n".join([*self.lines, "def main()", *calls, "end", ""])

    # Declarations

    def _name(self, prefix: str) -> str:
        self.n_names += 1
        return f"{prefix}{self.n_names}"

    def _field_types(self, least: int) -> tuple[tuple[str, str], ...]:
        return tuple((self._name("f"), self.type_(1)) for _ in range(self.rng.randint(least, 3)))

    def _declare_struct(self) -> None:
        found = Aggregate(self._name("S"), self.rng.random() < 0.5, self._field_types(1))
        body = [f"  {name}: {type_}" for name, type_ in found.fields]
        self.lines += [f"{'@value ' if found.is_value else ''}struct {found.name}", *body, "end", ""]
        self.aggregates[found.name] = found

    def _declare_enum(self) -> None:
        variants = tuple((self._name("V"), self._field_types(0)) for _ in range(self.rng.randint(2, 4)))
        found = Aggregate(self._name("E"), variants=variants)
        body = [
            f"  {name}({', '.join(f'{f}: {t}' for f, t in fields)})" if fields else f"  {name}"
            for name, fields in variants
        ]
        self.lines += [f"enum {found.name}", *body, "end", ""]
        self.aggregates[found.name] = found

    def type_(self, depth: int = 2) -> str:
        """A type."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.55:
            return rng.choice(SCALARS)
        forms = [
            lambda: f"Vec<{self.type_(depth - 1)}>",
            lambda: f"Option<{self.type_(depth - 1)}>",
            lambda: f"({self.type_(depth - 1)}, {self.type_(depth - 1)})",
            lambda: rng.choice([*self.aggregates, "Int"]),
        ]
        return rng.choice(forms)()

    def _define_function(self) -> None:
        params = tuple((self._name("p"), self.type_()) for _ in range(self.rng.randint(0, 3)))
        function = Function(self._name("fn"), params, self.type_())
        scope = Scope(dict(params), result=function.result)
        shown = ", ".join(f"{name}: {type_}" for name, type_ in params)
        self.lines.append(f"def {function.name}({shown}): {function.result}")
        self.lines += self._block(scope, 1, self.rng.randint(2, 6))
        self.lines += [f"  {self.value(function.result, scope)}", "end", ""]
        self.functions.append(function)

    def _case(self, number: int) -> str:
        function = self.functions[number]
        name = f"case{number}"
        arguments = ", ".join(self.value(type_, Scope(), 2) for _, type_ in function.params)
        call = f"{function.name}({arguments})"
        self.lines += [f"def {name}()", f'  puts("#{{{call}}}")', "end", ""]
        return name

    # Statements

    def _block(self, scope: Scope, depth: int, n: int) -> list[str]:
        lines: list[str] = []
        for _ in range(n):
            lines += self._statement(scope, depth)
        return ["  " + line for line in lines]

    def _statement(self, scope: Scope, depth: int) -> Iterator[str]:
        forms = [self._binding, self._binding, self._variable, self._assignment, self._print, self._change]
        if depth < MAX_DEPTH:
            forms += [self._if, self._for, self._while, self._match, self._lambda]
        if scope.result and self.rng.random() < 0.08:
            forms = [self._leave]
        return self.rng.choice(forms)(scope, depth)

    def _binding(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self.type_(), self._name("x")
        yield f"{name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_

    def _variable(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self.type_(), self._name("v")
        yield f"var {name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_
        scope.mutable.add(name)

    def _assignment(self, scope: Scope, depth: int) -> Iterator[str]:
        if not scope.mutable:
            yield from self._variable(scope, depth)
            return
        name = self.rng.choice(sorted(scope.mutable))
        type_ = scope.names[name]
        if type_ in INTEGERS and self.rng.random() < 0.5:
            yield f"{name} {self.rng.choice('+-*&|^')}= {self.value(type_, scope, 1)}"
        else:
            yield f"{name} = {self.value(type_, scope)}"

    def _print(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f'puts("#{{{self._shown(scope, 2)}}}")'

    def _shown(self, scope: Scope, depth: int) -> str:
        """Something to show: whatever has a name, or a scalar, whose type is plain from itself."""
        known = [name for name, type_ in scope.names.items() if not type_.startswith("Fn")]
        if known and self.rng.random() < 0.6:
            return self.rng.choice(known)
        return self.value(self.rng.choice(SCALARS), scope, depth)

    def _change(self, scope: Scope, depth: int) -> Iterator[str]:
        """Something in a vector or a struct becomes something else."""
        owners = [name for name, type_ in scope.names.items() if self._can_change(name, type_, scope)]
        if not owners:
            yield from self._binding(scope, depth)
            return
        name = self.rng.choice(owners)
        type_ = scope.names[name]
        if type_.startswith("Vec"):
            value = self.value(type_[4:-1], scope, 1)
            yield self.rng.choice(
                (f"{name}.push({value})", f"{name}[{self.rng.randint(0, 2)}] = {value}", f"{name}.pop()")
            )
        else:
            field_name, field_type = self.rng.choice(self.aggregates[type_].fields)
            yield f"{name}.{field_name} = {self.value(field_type, scope, 1)}"

    def _can_change(self, name: str, type_: str, scope: Scope) -> bool:
        found = self.aggregates.get(type_)
        if found is None:
            return type_.startswith("Vec")
        return bool(found.fields) and (not found.is_value or name in scope.mutable)

    def _if(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f"{self.rng.choice(('if', 'unless'))} {self.value('Bool', scope, 2)}"
        yield from self._block(scope.inner(), depth + 1, self.rng.randint(1, 3))
        if self.rng.random() < 0.5:
            yield "else"
            yield from self._block(scope.inner(), depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _for(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self._name("i")
        inner = scope.inner(in_loop=True)
        vectors = [(n, t) for n, t in scope.names.items() if t.startswith("Vec")]
        if vectors and self.rng.random() < 0.5:
            source, type_ = self.rng.choice(vectors)
            inner.names[name] = type_[4:-1]
            inner.mutable.discard(source)
            inner.names.pop(source)  # a loop over what it makes longer would not end
        else:
            sign = self.rng.choice(("..", "..="))
            source = f"{self.rng.randint(-2, 2)}{sign}{self.rng.randint(-1, 4)}"
            inner.names[name] = "Int"
        yield f"for {name} in {source}"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _while(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self._name("n")
        yield f"var {name} = 0"
        yield f"while {name} < {self.rng.randint(1, 4)} and {self.value('Bool', scope, 2)}"
        yield f"  {name} += 1"
        yield from self._block(scope.inner(in_loop=True), depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _leave(self, scope: Scope, depth: int) -> Iterator[str]:
        condition = self.value("Bool", scope, 1)
        if scope.in_loop and self.rng.random() < 0.6:
            yield f"{self.rng.choice(('break', 'continue'))} if {condition}"
        else:
            yield f"return {self.value(scope.result, scope, 2)} if {condition}"

    def _match(self, scope: Scope, depth: int) -> Iterator[str]:
        enums = [name for name, found in self.aggregates.items() if found.variants]
        type_ = self.rng.choice([*enums, "Option<Int>", "U8", "String", "(Bool, Int)"])
        yield f"match {self.value(type_, scope, 2)}"
        for pattern, names in self._patterns(type_):
            inner = scope.inner()
            inner.names |= names
            yield f"  {pattern} =>"
            yield from ("  " + line for line in self._block(inner, depth + 1, self.rng.randint(1, 2)))
        yield "end"

    def _patterns(self, type_: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Patterns that leave nothing out, with what they bind."""
        a, b = self._name("m"), self._name("m")
        if type_ == "Option<Int>":
            yield from ((f"Some({self.rng.randint(0, 3)})", {}), (f"Some({a})", {a: "Int"}), ("None", {}))
        elif type_ == "U8":
            yield from (("0 | 7", {}), (f"{a} @ 1..=99", {a: "U8"}), (f"{b}", {b: "U8"}))
        elif type_ == "String":
            yield from (('"a" | "bc"', {}), (f"{a} if {a}.size > 2", {a: "String"}), ("_", {}))
        elif type_ == "(Bool, Int)":
            yield from ((f"(true, {a})", {a: "Int"}), ("(false, 0)", {}), (f"(_, {b})", {b: "Int"}))
        else:
            for variant, fields in self.aggregates[type_].variants:
                names = {self._name("m"): field_type for _, field_type in fields}
                yield (f"{variant}({', '.join(names)})" if names else variant), names

    def _lambda(self, scope: Scope, depth: int) -> Iterator[str]:
        """A function value, which sees and changes what is around it, called at once and perhaps later."""
        name, param, type_ = self._name("g"), self._name("p"), self.rng.choice(tuple(INTEGERS))
        inner = scope.inner(in_loop=False, result="")
        inner.names[param] = type_
        yield f"{name} = do {param}: {type_} ->"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 2))
        yield f"  {self.value(type_, inner, 1)}"
        yield "end"
        result = self._name("x")
        yield f"{result} = {name}({self.value(type_, scope, 1)})"
        scope.names[result] = type_
        scope.names[name] = f"Fn({type_}): {type_}"

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
            called = rng.choice(calls)
            arguments = ", ".join(self.value(t, scope, depth - 2) for _, t in called.params)
            return f"{called.name}({arguments})"
        if rng.random() < 0.15:
            chosen, other = self.value(type_, scope, depth - 1), self.value(type_, scope, depth - 1)
            return f"(if {self.value('Bool', scope, depth - 1)}; {chosen} else {other} end)"
        if type_ in INTEGERS:
            return self._integer(type_, scope, depth)
        makers = {"Bool": self._bool, "F64": self._float, "String": self._string}
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
        if type_ == "F64":
            return rng.choice(("0.0", "1.0", "0.5", "-2.25", "1e10", "0.1"))
        if type_ == "String":
            return f'"{rng.choice(WORDS)}"'
        if type_.startswith("Vec"):
            return f"[{', '.join(part(type_[4:-1]) for _ in range(rng.randint(0, 3)))}]"
        if type_.startswith("Option"):
            return f"Some({part(type_[7:-1])})" if rng.random() < 0.7 else "None"
        if type_.startswith("("):
            return f"({', '.join(part(of) for of in tuple_parts(type_))})"
        found = self.aggregates[type_]
        if found.fields:
            return f"{type_} {{ {', '.join(f'{name}: {part(of)}' for name, of in found.fields)} }}"
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
        for name, known in scope.names.items():
            if known == f"Fn({type_}): {type_}":
                forms.append(lambda name=name: f"{name}({operand()})")
        return rng.choice(forms)()

    def _bool(self, scope: Scope, depth: int) -> str:
        rng = self.rng
        compared = rng.choice(("Int", "U8", "I32", "F64", "String"))
        left, right = (self.value(compared, scope, depth - 1) for _ in range(2))
        forms = [
            lambda: f"({left} {rng.choice(('<', '<=', '==', '!=', '>', '>='))} {right})",
            lambda: f"({self.value('Bool', scope, depth - 1)} {rng.choice(('and', 'or'))} {left} != {right})",
            lambda: f"(not {self.value('Bool', scope, depth - 1)})",
        ]
        return rng.choice(forms)()

    def _float(self, scope: Scope, depth: int) -> str:
        rng, factor = self.rng, self._literal("F64", scope, 0)
        forms = [
            lambda: f"({self.value('F64', scope, depth - 1)} {rng.choice('+-*/')} {factor})",
            lambda: f"({self.value('Int', scope, depth - 1)} as F64)",
            lambda: factor,
        ]
        return rng.choice(forms)()

    def _string(self, scope: Scope, depth: int) -> str:
        rng = self.rng
        forms = [
            lambda: f"({self.value('String', scope, depth - 1)} + {self._literal('String', scope, 0)})",
            lambda: f'"<#{{{self._shown(scope, depth - 1)}}}>"',
            lambda: self._literal("String", scope, 0),
        ]
        return rng.choice(forms)()


def tuple_parts(type_: str) -> list[str]:
    """The types in a tuple's."""
    parts, depth, start = list[str](), 0, 1
    for at, letter in enumerate(type_):
        depth += letter in "(<"
        depth -= letter in ")>"
        if (letter == "," and depth == 1) or depth == 0:
            parts.append(type_[start:at].strip())
            start = at + 1
    return parts

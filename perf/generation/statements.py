"""Random statements: they fill a function's body to a wanted number of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from generation.expressions import Expressions
from generation.shapes import (
    BOOL,
    BUILDER,
    COUNTS,
    F64,
    INT,
    INTS,
    PLAIN_TYPES,
    RICH_TYPES,
    STRING,
    STRINGS,
    FunctionShape,
    Scope,
    Types,
)

_COST_LIMIT = 3000  # of all calls that one statement makes, loops around it included
_DEEPEST_BLOCK = 3


class Body:
    """The statements of one function, as they come to be."""

    def __init__(
        self,
        rng: Random,
        types: Types,
        callees: Sequence[FunctionShape],
        result: str,
        n_lines: int,
    ) -> None:
        self.lines: list[str] = []
        self.cost = 0
        self.called: set[FunctionShape] = set()
        self._rng = rng
        self._types = types
        self._structs = types.structs
        self._callees = callees
        self._result = result
        self._n_lines = n_lines
        self._n_names = 0
        self._expressions = Expressions(rng, types)
        self._makers: tuple[tuple[int, Callable[[Scope, int, int], None]], ...] = (
            (5, self._variable),
            (5, self._assignment),
            (4, self._call),
            (2, self._field_assignment),
            (3, self._push),
            (1, self._guard),
            (4, self._branches),
            (2, self._for_range),
            (2, self._for_each),
            (2, self._while),
            (2, self._build_text),
            (3, self._match_variant),
            (2, self._match_number),
            (2, self._count),
            (2, self._reduce),
        )

    def fill(self, scope: Scope) -> None:
        """Writes statements until the body is long enough, and then its result."""
        while len(self.lines) < self._n_lines:
            self._statement(scope, 1, 1)
        self._line(1, f"return {self._value(self._result, scope)}")

    def _line(self, indent: int, text: str) -> None:
        self.lines.append("  " * indent + text)

    def _fresh(self, stem: str) -> str:
        """A new name; what begins with `_` may stay unused."""
        self._n_names += 1
        return f"_{stem}{self._n_names}"

    def _value(self, wanted: str, scope: Scope, depth: int = 2) -> str:
        return self._expressions.of_type(wanted, scope, depth)

    def _statement(self, scope: Scope, indent: int, turns: int) -> None:
        self.cost += turns
        weights = [weight for weight, _ in self._makers]
        make = self._rng.choices([maker for _, maker in self._makers], weights)[0]
        make(scope, indent, turns)

    def _block(self, scope: Scope, indent: int, turns: int) -> None:
        self._statement(scope, indent, turns)
        for _ in range(self._rng.randrange(0, 3)):
            if len(self.lines) < self._n_lines:
                self._statement(scope, indent, turns)

    def _variable(self, scope: Scope, indent: int, turns: int) -> None:
        kind = self._rng.choice((*RICH_TYPES, *self._types.names))
        self._bind(kind, self._value(kind, scope), scope, indent)

    def _bind(self, kind: str, value: str, scope: Scope, indent: int) -> str:
        name = self._fresh(kind[0].lower())
        if self._rng.random() < 0.6:
            annotation = f": {kind}" if self._rng.random() < 0.4 else ""
            self._line(indent, f"var {name}{annotation} = {value}")
            scope.variables.add(name)
        else:
            self._line(indent, f"{name} = {value}")
        scope.names[name] = kind
        return name

    def _assignment(self, scope: Scope, indent: int, turns: int) -> None:
        targets = [name for name in scope.variables if scope.names[name] in (INT, F64, BOOL, STRING)]
        if not targets:
            self._bind(INT, self._value(INT, scope), scope, indent)
            return
        name = self._rng.choice(sorted(targets))
        kind = scope.names[name]
        if kind == INT and self._rng.random() < 0.4:
            operator = self._rng.choice(("+=", "-=", "^="))
            self._line(indent, f"{name} {operator} {self._value(INT, scope, 1)} % 1000")
            self._line(indent, f"{name} %= 100003")
        elif kind == STRING:
            self._line(indent, f"{name} = shortened({self._value(STRING, scope)}, 48)")
        else:
            self._line(indent, f"{name} = {self._value(kind, scope)}")

    def _call(self, scope: Scope, indent: int, turns: int) -> None:
        affordable = [shape for shape in self._callees if shape.cost * turns <= _COST_LIMIT]
        if not affordable:
            self._assignment(scope, indent, turns)
            return
        shape = self._rng.choice(affordable)
        arguments = ", ".join(self._value(kind, scope, 1) for kind in shape.parameters)
        self.cost += shape.cost * turns
        self.called.add(shape)
        self._bind(shape.result, f"{shape.name}({arguments})", scope, indent)

    def _field_assignment(self, scope: Scope, indent: int, turns: int) -> None:
        holders = [name for name, kind in scope.names.items() if kind in self._structs]
        if not holders:
            self._variable(scope, indent, turns)
            return
        holder = self._rng.choice(holders)
        field, kind = self._rng.choice(self._structs[scope.names[holder]].fields)
        value = self._value(kind, scope, 1)
        self._line(indent, f"{holder}.{field} = {f'shortened({value}, 32)' if kind == STRING else value}")

    def _push(self, scope: Scope, indent: int, turns: int) -> None:
        vectors = scope.of_type(INTS) + scope.of_type(STRINGS)
        if not vectors:
            kind = self._rng.choice((INTS, STRINGS))
            name = self._fresh("v")
            self._line(indent, f"var {name}: {kind} = vec_new()")
            scope.names[name] = kind
            return
        name = self._rng.choice(vectors)
        if scope.names[name] == INTS:
            self._line(indent, f"{name}.push({self._value(INT, scope)}) if {name}.size < 64")
        else:
            self._line(
                indent, f"{name}.push(shortened({self._value(STRING, scope)}, 24)) if {name}.size < 24"
            )

    def _guard(self, scope: Scope, indent: int, turns: int) -> None:
        condition = f"{self._value(INT, scope, 1)} == {self._rng.randrange(1000, 100000)}"
        self._line(indent, f"return {self._value(self._result, scope, 1)} if {condition}")

    def _branches(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        self._line(indent, f"if {self._value(BOOL, scope)}")
        self._block(scope.inner(), indent + 1, turns)
        for _ in range(self._rng.choice((0, 0, 1, 2))):
            self._line(indent, f"elsif {self._value(BOOL, scope)}")
            self._block(scope.inner(), indent + 1, turns)
        if self._rng.random() < 0.6:
            self._line(indent, "else")
            self._block(scope.inner(), indent + 1, turns)
        self._line(indent, "end")

    def _for_range(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        n_turns = self._rng.randrange(2, 12)
        self._loop(f"for {{}} in 0..{n_turns}", INT, scope, indent, turns * n_turns)

    def _for_each(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK or turns > 12:
            self._assignment(scope, indent, turns)
            return
        kind, element, start = self._rng.choice(
            ((INTS, INT, "first_few"), (STRINGS, STRING, "first_few_texts"))
        )
        vector = self._bind(kind, f"{start}({self._value(kind, scope)})", scope, indent)
        self._loop(f"for {{}} in {vector}.slice(0, {vector}.size)", element, scope, indent, turns * 8)

    def _loop(self, header: str, kind: str, scope: Scope, indent: int, turns: int) -> None:
        name = self._fresh("k")
        self._line(indent, header.format(name))
        inner = scope.inner()
        inner.names[name] = kind
        if self._rng.random() < 0.2:
            word = self._rng.choice(("continue", "break"))
            self._line(indent + 1, f"{word} if {self._value(BOOL, inner, 1)}")
        self._block(inner, indent + 1, turns)
        self._line(indent, "end")

    def _while(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        name = self._fresh("n")
        n_turns = self._rng.randrange(2, 9)
        self._line(indent, f"var {name} = 0")
        self._line(indent, f"while {name} < {n_turns}")
        self._line(indent + 1, f"{name} += 1")
        inner = scope.inner()
        inner.names[name] = INT
        self._block(inner, indent + 1, turns * n_turns)
        self._line(indent, "end")

    def _build_text(self, scope: Scope, indent: int, turns: int) -> None:
        name, index = self._fresh("sb"), self._fresh("k")
        scope.names[name] = BUILDER
        self._line(indent, f"{name} = sb_new()")
        self._line(indent, f"for {index} in 0..{self._rng.randrange(2, 6)}")
        inner = scope.inner()
        inner.names[index] = INT
        self._line(indent + 1, f"{name}.append(shortened({self._value(STRING, inner, 1)}, 12))")
        self._line(indent, "end")
        self._bind(STRING, f"{name}.to_string()", scope, indent)

    def _match_variant(self, scope: Scope, indent: int, turns: int) -> None:
        """A match over every variant of an enum, whose value is used or whose arms are blocks."""
        shape = self._rng.choice(list(self._types.enums.values()))
        value = self._value(shape.name, scope, 1)
        if scope.of_type(shape.name) == []:
            value = self._bind(shape.name, value, scope, indent)
        is_value = indent > _DEEPEST_BLOCK or self._rng.random() < 0.5
        kind = self._rng.choice(PLAIN_TYPES)
        name = self._fresh("m")
        self._line(indent, f"{name} = match {value}" if is_value else f"match {value}")
        for variant, payload in shape.variants:
            bound = [self._fresh("p") for _ in payload]
            inner = scope.inner()
            inner.names.update(zip(bound, payload, strict=True))
            pattern = f"{variant}({', '.join(bound)})" if bound else variant
            if is_value:
                self._line(indent + 1, f"{pattern} => {self._value(kind, inner, 1)}")
            else:
                self._line(indent + 1, f"{pattern} =>")
                self._block(inner, indent + 2, turns)
                self._line(indent + 1, "end")
        self._line(indent, "end")
        if is_value:
            scope.names[name] = kind

    def _match_number(self, scope: Scope, indent: int, turns: int) -> None:
        kind = self._rng.choice(PLAIN_TYPES)
        name, rest = self._fresh("m"), self._fresh("p")
        self._line(indent, f"{name} = match {self._value(INT, scope, 1)}")
        first = self._rng.randrange(0, 50)
        inner = scope.inner()
        inner.names[rest] = INT
        for pattern in (f"{first}", f"{first + 1} | {first + 2}", f"{first + 10}..{first + 500}"):
            self._line(indent + 1, f"{pattern} => {self._value(kind, scope, 1)}")
        self._line(indent + 1, f"{rest} if {rest} < 0 => {self._value(kind, inner, 1)}")
        self._line(indent + 1, f"{rest} => {self._value(kind, inner, 1)}")
        self._line(indent, "end")
        scope.names[name] = kind

    def _count(self, scope: Scope, indent: int, turns: int) -> None:
        """Something with a map: an entry set, an entry updated by a lambda, or a loop over the entries."""
        maps = scope.of_type(COUNTS)
        if not maps:
            self._bind(COUNTS, self._value(COUNTS, scope), scope, indent)
            return
        name = self._rng.choice(maps)
        choice = self._rng.randrange(3)
        if choice == 0:
            self._line(indent, f"{name}[{self._value(STRING, scope, 0)}] = {self._value(INT, scope)}")
        elif choice == 1 or indent > _DEEPEST_BLOCK or turns > 12:
            key, around = self._value(STRING, scope, 0), self._value(INT, scope, 0)
            self._line(indent, f"{name}.update({key}, 0, n -> (n % 5003 + {around}) % 10007)")
        else:
            key, value = self._fresh("k"), self._fresh("v")
            self._line(indent, f"for {key}, {value} in first_few_counts({name})")
            inner = scope.inner()
            inner.names |= {key: STRING, value: INT}
            self._block(inner, indent + 1, turns * 8)
            self._line(indent, "end")

    def _reduce(self, scope: Scope, indent: int, turns: int) -> None:
        """A number out of a vector, through a lambda."""
        vector = self._value(INTS, scope, 0)
        factor, start = self._rng.randrange(2, 40), self._value(INT, scope, 0)
        value = f"{vector}.reduce({start}, (a, x) -> (a % 9001 * {factor} + x % 8009) % 10007)"
        self._bind(INT, value, scope, indent)

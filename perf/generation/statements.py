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
from generation.spelling import Spelling

_COST_LIMIT = 3000  # of all calls that one statement makes, loops around it included
_DEEPEST_BLOCK = 3


class Body:
    """The statements of one function, as they come to be."""

    def __init__(
        self,
        rng: Random,
        types: Types,
        spelling: Spelling,
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
        self._n_lines_wanted = n_lines
        self._n_lines = 0
        self._n_names = 0
        self._forms = spelling.statements
        self._values = spelling.expressions
        self._expressions = Expressions(rng, types, spelling.expressions)
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
        while self._is_short():
            self._statement(scope, 1, 1)
        self._line(1, self._forms.give_back(self._value(self._result, scope)))

    def _is_short(self) -> bool:
        return self._n_lines < self._n_lines_wanted

    def _line(self, indent: int, text: str) -> None:
        """What counts as one line in every language, however many it takes there."""
        self._n_lines += 1
        self.lines += ["  " * indent + line for line in text.split("\n")]

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
            if self._is_short():
                self._statement(scope, indent, turns)

    def _variable(self, scope: Scope, indent: int, turns: int) -> None:
        kind = self._rng.choice((*RICH_TYPES, *self._types.names))
        self._bind(kind, self._value(kind, scope), scope, indent)

    def _bind(self, kind: str, value: str, scope: Scope, indent: int) -> str:
        name = self._fresh(kind[0].lower())
        is_variable = self._rng.random() < 0.6
        is_annotated = is_variable and self._rng.random() < 0.4
        if is_variable:
            scope.variables.add(name)
        text = self._forms.bind(name, kind, value, is_variable=is_variable, is_annotated=is_annotated)
        self._line(indent, text)
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
            self._line(indent, self._forms.assign_with(name, operator, self._value(INT, scope, 1)))
            self._line(indent, self._forms.keep_small(name))
        elif kind == STRING:
            value = self._values.shortened(self._value(STRING, scope), 48)
            self._line(indent, self._forms.assign(name, value))
        else:
            self._line(indent, self._forms.assign(name, self._value(kind, scope)))

    def _call(self, scope: Scope, indent: int, turns: int) -> None:
        affordable = [shape for shape in self._callees if shape.cost * turns <= _COST_LIMIT]
        if not affordable:
            self._assignment(scope, indent, turns)
            return
        shape = self._rng.choice(affordable)
        arguments = ", ".join(self._value(kind, scope, 1) for kind in shape.parameters)
        self.cost += shape.cost * turns
        self.called.add(shape)
        self._bind(shape.result, self._values.call(shape.name, arguments), scope, indent)

    def _field_assignment(self, scope: Scope, indent: int, turns: int) -> None:
        holders = [name for name, kind in scope.names.items() if kind in self._structs]
        if not holders:
            self._variable(scope, indent, turns)
            return
        holder = self._rng.choice(holders)
        field, kind = self._rng.choice(self._structs[scope.names[holder]].fields)
        value = self._value(kind, scope, 1)
        if kind == STRING:
            value = self._values.shortened(value, 32)
        self._line(indent, self._forms.set_field(holder, field, value))

    def _push(self, scope: Scope, indent: int, turns: int) -> None:
        vectors = scope.of_type(INTS) + scope.of_type(STRINGS)
        if not vectors:
            kind = self._rng.choice((INTS, STRINGS))
            name = self._fresh("v")
            self._line(indent, self._forms.new_vector(name, kind))
            scope.names[name] = kind
            return
        name = self._rng.choice(vectors)
        if scope.names[name] == INTS:
            self._line(indent, self._forms.push_number(name, self._value(INT, scope)))
        else:
            value = self._values.shortened(self._value(STRING, scope), 24)
            self._line(indent, self._forms.push_text(name, value))

    def _guard(self, scope: Scope, indent: int, turns: int) -> None:
        number = self._value(INT, scope, 1)
        condition = self._values.compared(number, "==", self._rng.randrange(1000, 100000))
        self._line(indent, self._forms.give_back_if(self._value(self._result, scope, 1), condition))

    def _branches(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        self._line(indent, self._forms.if_(self._value(BOOL, scope)))
        self._block(scope.inner(), indent + 1, turns)
        for _ in range(self._rng.choice((0, 0, 1, 2))):
            self._line(indent, self._forms.elsif(self._value(BOOL, scope)))
            self._block(scope.inner(), indent + 1, turns)
        if self._rng.random() < 0.6:
            self._line(indent, self._forms.else_)
            self._block(scope.inner(), indent + 1, turns)
        self._line(indent, self._forms.end)

    def _for_range(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        n_turns = self._rng.randrange(2, 12)
        name = self._fresh("k")
        self._loop(name, self._forms.for_range(name, n_turns), INT, scope, indent, turns * n_turns)

    def _for_each(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK or turns > 12:
            self._assignment(scope, indent, turns)
            return
        kind, element, start = self._rng.choice(
            ((INTS, INT, self._values.first_numbers), (STRINGS, STRING, self._values.first_texts))
        )
        vector = self._bind(kind, start(self._value(kind, scope)), scope, indent)
        name = self._fresh("k")
        self._loop(name, self._forms.for_each(name, vector, element), element, scope, indent, turns * 8)

    def _loop(self, name: str, header: str, kind: str, scope: Scope, indent: int, turns: int) -> None:
        self._line(indent, header)
        inner = scope.inner()
        inner.names[name] = kind
        if self._rng.random() < 0.2:
            word = self._rng.choice(("continue", "break"))
            self._line(indent + 1, self._forms.leave_if(word, self._value(BOOL, inner, 1)))
        self._block(inner, indent + 1, turns)
        self._line(indent, self._forms.end)

    def _while(self, scope: Scope, indent: int, turns: int) -> None:
        if indent > _DEEPEST_BLOCK:
            self._assignment(scope, indent, turns)
            return
        name = self._fresh("n")
        n_turns = self._rng.randrange(2, 9)
        self._line(indent, self._forms.bind(name, INT, "0", is_variable=True))
        self._line(indent, self._forms.while_below(name, n_turns))
        self._line(indent + 1, self._forms.add_one(name))
        inner = scope.inner()
        inner.names[name] = INT
        self._block(inner, indent + 1, turns * n_turns)
        self._line(indent, self._forms.end)

    def _build_text(self, scope: Scope, indent: int, turns: int) -> None:
        name, index = self._fresh("sb"), self._fresh("k")
        scope.names[name] = BUILDER
        self._line(indent, self._forms.new_builder(name))
        self._line(indent, self._forms.for_range(index, self._rng.randrange(2, 6)))
        inner = scope.inner()
        inner.names[index] = INT
        part = self._values.shortened(self._value(STRING, inner, 1), 12)
        self._line(indent + 1, self._forms.append(name, part))
        self._line(indent, self._forms.end)
        self._bind(STRING, self._forms.built(name), scope, indent)

    def _match_variant(self, scope: Scope, indent: int, turns: int) -> None:
        """A match over every variant of an enum, whose value is used or whose arms are blocks."""
        forms = self._forms
        shape = self._rng.choice(list(self._types.enums.values()))
        value = self._value(shape.name, scope, 1)
        if scope.of_type(shape.name) == []:
            value = self._values.read(self._bind(shape.name, value, scope, indent), shape.name)
        is_value = indent > _DEEPEST_BLOCK or self._rng.random() < 0.5
        kind = self._rng.choice(PLAIN_TYPES)
        name = self._fresh("m")
        self._line(indent, forms.match_enum(name, kind if is_value else "", value, shape.name))
        for variant, payload in shape.variants:
            bound = [(self._fresh("p"), type_) for type_ in payload]
            inner = scope.inner()
            inner.names.update(bound)
            if is_value:
                result = self._value(kind, inner, 1)
                self._line(indent + 1, forms.enum_value_arm(name, shape.name, variant, bound, result))
            else:
                self._line(indent + 1, forms.enum_block_arm(name, shape.name, variant, bound))
                self._block(inner, indent + 2, turns)
                self._line(indent + 1, forms.end_arm)
        self._line(indent, forms.end_value_match(name) if is_value else forms.end_match)
        if is_value:
            scope.names[name] = kind

    def _match_number(self, scope: Scope, indent: int, turns: int) -> None:
        forms = self._forms
        kind = self._rng.choice(PLAIN_TYPES)
        name, rest = self._fresh("m"), self._fresh("p")
        self._line(indent, forms.match_number(name, kind, self._value(INT, scope, 1), rest))
        first = self._rng.randrange(0, 50)
        inner = scope.inner()
        inner.names[rest] = INT
        one, either = forms.one(first, rest), forms.either(first + 1, first + 2, rest)
        for pattern in (one, either, forms.between(first + 10, first + 500, rest)):
            self._line(indent + 1, forms.number_arm(name, pattern, self._value(kind, scope, 1)))
        self._line(indent + 1, forms.negative_arm(name, rest, self._value(kind, inner, 1)))
        self._line(indent + 1, forms.rest_arm(name, rest, self._value(kind, inner, 1)))
        self._line(indent, forms.end_value_match(name))
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
            key, value = self._value(STRING, scope, 0), self._value(INT, scope)
            self._line(indent, self._forms.set_entry(name, key, value))
        elif choice == 1 or indent > _DEEPEST_BLOCK or turns > 12:
            key, around = self._value(STRING, scope, 0), self._value(INT, scope, 0)
            self._line(indent, self._forms.update_entry(name, key, around))
        else:
            key, value = self._fresh("k"), self._fresh("v")
            self._line(indent, self._forms.for_entries(key, value, name))
            inner = scope.inner()
            inner.names |= {key: STRING, value: INT}
            self._block(inner, indent + 1, turns * 8)
            self._line(indent, self._forms.end)

    def _reduce(self, scope: Scope, indent: int, turns: int) -> None:
        """A number out of a vector, through a lambda."""
        vector = self._value(INTS, scope, 0)
        factor, start = self._rng.randrange(2, 40), self._value(INT, scope, 0)
        self._bind(INT, self._values.reduced(vector, start, self._values.combined(factor)), scope, indent)

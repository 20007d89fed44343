"""Random expressions of a wanted type.

Integers stay so small that no arithmetic overflows; divisors are never zero; floats stay finite.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from generation.shapes import (
    BOOL,
    COUNTS,
    F64,
    INT,
    INTS,
    STRING,
    STRINGS,
    TAGGED,
    Scope,
    Types,
)
from generation.spelling import ExpressionForms

_WORDS = ("amber", "basalt", "copper", "dolomite", "emerald", "flint", "garnet", "halite", "iron", "jade")


class Expressions:
    """Makes expressions over the names of a scope."""

    def __init__(self, rng: Random, types: Types, forms: ExpressionForms) -> None:
        self._rng = rng
        self._forms = forms
        self._structs = types.structs
        self._enums = types.enums
        self._makers: dict[str, Callable[[Scope, int], str]] = {
            INT: self._int,
            F64: self._f64,
            BOOL: self._bool,
            STRING: self._string,
            INTS: self._ints,
            STRINGS: self._strings,
            COUNTS: self._counts,
            TAGGED: self._tagged,
        }

    def of_type(self, wanted: str, scope: Scope, depth: int = 2) -> str:
        """An expression of type ``wanted``, of at most ``depth`` operators inside each other."""
        maker = self._makers.get(wanted)
        if maker:
            return maker(scope, depth)
        make = self._variant if wanted in self._enums else self._struct
        return make(wanted, scope, depth)

    def _name(self, wanted: str, scope: Scope) -> str | None:
        """The place of a name or a field of that type, if one is in sight."""
        found = scope.of_type(wanted)
        for name, kind in scope.names.items():
            shape = self._structs.get(kind)
            if shape:
                found += [self._forms.field(name, field) for field, type_ in shape.fields if type_ == wanted]
        return self._rng.choice(found) if found else None

    def _int(self, scope: Scope, depth: int) -> str:
        rng, forms = self._rng, self._forms
        if depth == 0 or rng.random() < 0.25:
            name = self._name(INT, scope)
            return forms.read(name, INT) if name and rng.random() < 0.75 else str(rng.randrange(1, 1000))
        a, b = self._int(scope, depth - 1), self._int(scope, depth - 1)
        found = [
            forms.sum(a, b),
            forms.difference(a, b),
            forms.product(a, b),
            forms.both_bits(a, b),
            forms.other_bits(a, b),
            forms.shifted_left(a, rng.randrange(1, 8)),
            forms.shifted_right(a, rng.randrange(1, 5)),
            forms.quotient(a, b),
        ]
        for kind, form in ((STRING, forms.byte_length), (INTS, forms.size), (STRINGS, forms.size)):
            if name := self._name(kind, scope):
                found.append(form(name))
        if name := self._name(INTS, scope):
            found += [forms.element(name, a), forms.pick(name, a, b)]
        if name := self._name(COUNTS, scope):
            found.append(forms.count_or(name, rng.choice(_WORDS), a))
        if name := self._name(TAGGED, scope):
            found.append(forms.tagged_value(name))
        holders = [name for name, kind in scope.names.items() if kind in self._structs]
        if holders:
            holder = rng.choice(holders)
            found.append(forms.weight(holder, scope.names[holder]))
        return forms.group(rng.choice(found))

    def _f64(self, scope: Scope, depth: int) -> str:
        rng, forms = self._rng, self._forms
        if depth == 0 or rng.random() < 0.3:
            name = self._name(F64, scope)
            if name and rng.random() < 0.7:
                return forms.read(name, F64)
            return f"{rng.randrange(1, 100)}.{rng.choice('0257')}5"
        a, b = self._f64(scope, depth - 1), self._f64(scope, depth - 1)
        found = (forms.half_sum(a, b), forms.quarter_difference(a, b), forms.damped(a, b))
        return rng.choice((*found, forms.f64_of_int(self._int(scope, depth - 1))))

    def _bool(self, scope: Scope, depth: int) -> str:
        rng, forms = self._rng, self._forms
        if depth == 0 or rng.random() < 0.15:
            name = self._name(BOOL, scope)
            return forms.read(name, BOOL) if name and rng.random() < 0.7 else rng.choice(("true", "false"))
        operator = rng.choice(("<", "<=", ">", ">=", "==", "!="))
        found = [forms.compared(self._int(scope, depth - 1), operator, self._int(scope, depth - 1))] * 4
        found.append(forms.compared(self._f64(scope, depth - 1), "<", self._f64(scope, depth - 1)))
        found.append(forms.conjunction(self._bool(scope, depth - 1), self._bool(scope, depth - 1)))
        found.append(forms.disjunction(self._bool(scope, depth - 1), self._bool(scope, depth - 1)))
        found.append(forms.negation(self._bool(scope, 0)))
        if text := self._name(STRING, scope):
            found.append(forms.contains(text, rng.choice("aeiou")))
            found.append(forms.is_text(text, rng.choice(_WORDS)))
        return forms.group(rng.choice(found))

    def _string(self, scope: Scope, depth: int) -> str:
        rng, forms = self._rng, self._forms
        name = self._name(STRING, scope)
        if depth == 0 or rng.random() < 0.25:
            if name and rng.random() < 0.6:
                return forms.read(name, STRING)
            return forms.text(rng.choice(_WORDS))
        number = self._int(scope, depth - 1)
        found = [
            forms.word_and_number(rng.choice(_WORDS), number),
            forms.dashed(rng.choice(_WORDS), self._string(scope, depth - 1)),
            forms.text_of_int(number),
            forms.replaced(self._string(scope, depth - 1), rng.choice("aeiou")),
        ]
        if name:
            found.append(forms.shortened(forms.read(name, STRING), rng.randrange(4, 30)))
            found.append(forms.text_and_number(name, number))
        return rng.choice(found)

    def _ints(self, scope: Scope, depth: int) -> str:
        name = self._name(INTS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return self._forms.read(name, INTS)
        if name and self._rng.random() < 0.5:
            return self._mapped(name, scope)
        n_values = self._rng.randrange(1, 4)
        return self._forms.numbers([self._int(scope, max(depth - 1, 0)) for _ in range(n_values)])

    def _mapped(self, name: str, scope: Scope) -> str:
        """A vector through a lambda, which may capture what is in sight."""
        rng, forms = self._rng, self._forms
        around = self._int(scope, 0)
        found = (
            forms.mapped(name, forms.shifted(around)),
            forms.mapped(name, forms.scaled(rng.randrange(2, 9))),
            forms.filtered(name, forms.is_no_multiple(rng.randrange(2, 6), around)),
        )
        return rng.choice(found)

    def _strings(self, scope: Scope, depth: int) -> str:
        name = self._name(STRINGS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return self._forms.read(name, STRINGS)
        if self._rng.random() < 0.3:
            return self._forms.words(" ".join(self._rng.sample(_WORDS, 3)))
        n_values = self._rng.randrange(1, 4)
        return self._forms.texts([self._string(scope, max(depth - 1, 0)) for _ in range(n_values)])

    def _counts(self, scope: Scope, depth: int) -> str:
        name = self._name(COUNTS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return self._forms.read(name, COUNTS)
        keys = self._rng.sample(_WORDS, self._rng.randrange(1, 4))
        entries = [self._forms.entry(key, self._int(scope, max(depth - 1, 0))) for key in keys]
        return self._forms.counts(entries)

    def _tagged(self, scope: Scope, depth: int) -> str:
        name = self._name(TAGGED, scope)
        if name and (depth == 0 or self._rng.random() < 0.4):
            return self._forms.read(name, TAGGED)
        number = self._int(scope, max(depth - 1, 0))
        if name and self._rng.random() < 0.5:
            return self._forms.relabelled(name, self._rng.choice(_WORDS))
        return self._forms.tagged(self._rng.choice(_WORDS), number)

    def _variant(self, wanted: str, scope: Scope, depth: int) -> str:
        found = scope.of_type(wanted)
        if found and self._rng.random() < 0.5:
            return self._forms.read(self._rng.choice(found), wanted)
        name, payload = self._rng.choice(self._enums[wanted].variants)
        return self._forms.variant(
            wanted, name, [self.of_type(kind, scope, min(depth, 1)) for kind in payload]
        )

    def _struct(self, wanted: str, scope: Scope, depth: int) -> str:
        found = scope.of_type(wanted)
        if found and self._rng.random() < 0.6:
            return self._forms.read(self._rng.choice(found), wanted)
        fields = self._structs[wanted].fields
        return self._forms.struct(
            wanted, [(name, kind, self.of_type(kind, scope, min(depth, 1))) for name, kind in fields]
        )

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

_WORDS = ("amber", "basalt", "copper", "dolomite", "emerald", "flint", "garnet", "halite", "iron", "jade")


class Expressions:
    """Makes expressions over the names of a scope."""

    def __init__(self, rng: Random, types: Types) -> None:
        self._rng = rng
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
        """A name or a field of that type, if one is in sight."""
        found = scope.of_type(wanted)
        for name, kind in scope.names.items():
            shape = self._structs.get(kind)
            if shape:
                found += [f"{name}.{field}" for field, type_ in shape.fields if type_ == wanted]
        return self._rng.choice(found) if found else None

    def _int(self, scope: Scope, depth: int) -> str:
        rng = self._rng
        if depth == 0 or rng.random() < 0.25:
            name = self._name(INT, scope)
            return name if name and rng.random() < 0.75 else str(rng.randrange(1, 1000))
        a, b = self._int(scope, depth - 1), self._int(scope, depth - 1)
        forms = [
            f"({a} + {b}) % 10007",
            f"({a} - {b})",
            f"({a} % 1009) * ({b} % 1013) % 9973",
            f"({a} & {b})",
            f"({a} ^ {b}) % 65536",
            f"(({a} % 256) << {rng.randrange(1, 8)})",
            f"({a} >> {rng.randrange(1, 5)})",
            f"{a} / ({b} % 7 + 8)",
        ]
        for kind, form in ((STRING, "str_byte_len({})"), (INTS, "{}.size"), (STRINGS, "{}.size")):
            if name := self._name(kind, scope):
                forms.append(form.format(name))
        if name := self._name(INTS, scope):
            forms += [f"element({name}, {a})", f"pick({name}, {a}, {b})"]
        if name := self._name(COUNTS, scope):
            forms.append(f'{name}.get_or("{rng.choice(_WORDS)}", {a})')
        if name := self._name(TAGGED, scope):
            forms.append(f"{name}.value")
        holders = [name for name, kind in scope.names.items() if kind in self._structs]
        if holders:
            forms.append(f"{rng.choice(holders)}.weight()")
        return f"({rng.choice(forms)})"

    def _f64(self, scope: Scope, depth: int) -> str:
        rng = self._rng
        if depth == 0 or rng.random() < 0.3:
            name = self._name(F64, scope)
            return name if name and rng.random() < 0.7 else f"{rng.randrange(1, 100)}.{rng.choice('0257')}5"
        a, b = self._f64(scope, depth - 1), self._f64(scope, depth - 1)
        forms = (f"({a} * 0.5 + {b})", f"({a} - {b} * 0.25)", f"({a} / ({b} * {b} + 1.0))")
        return rng.choice((*forms, f"(({self._int(scope, depth - 1)}) as F64)"))

    def _bool(self, scope: Scope, depth: int) -> str:
        rng = self._rng
        if depth == 0 or rng.random() < 0.15:
            name = self._name(BOOL, scope)
            return name if name and rng.random() < 0.7 else rng.choice(("true", "false"))
        operator = rng.choice(("<", "<=", ">", ">=", "==", "!="))
        forms = [f"{self._int(scope, depth - 1)} {operator} {self._int(scope, depth - 1)}"] * 4
        forms.append(f"{self._f64(scope, depth - 1)} < {self._f64(scope, depth - 1)}")
        forms.append(f"({self._bool(scope, depth - 1)} and {self._bool(scope, depth - 1)})")
        forms.append(f"({self._bool(scope, depth - 1)} or {self._bool(scope, depth - 1)})")
        forms.append(f"not {self._bool(scope, 0)}")
        if text := self._name(STRING, scope):
            forms.append(f'str_contains({text}, "{rng.choice("aeiou")}")')
            forms.append(f'{text} == "{rng.choice(_WORDS)}"')
        return f"({rng.choice(forms)})"

    def _string(self, scope: Scope, depth: int) -> str:
        rng = self._rng
        name = self._name(STRING, scope)
        if depth == 0 or rng.random() < 0.25:
            return name if name and rng.random() < 0.6 else f'"{rng.choice(_WORDS)}"'
        number = self._int(scope, depth - 1)
        forms = [
            f'"{rng.choice(_WORDS)} #{{{number}}}"',
            f'"{rng.choice(_WORDS)}-" + {self._string(scope, depth - 1)}',
            f"str_from_int({number})",
            f'str_replace({self._string(scope, depth - 1)}, "{rng.choice("aeiou")}", "_")',
        ]
        if name:
            forms += [f"shortened({name}, {rng.randrange(4, 30)})", f'"#{{{name}}}:#{{{number}}}"']
        return rng.choice(forms)

    def _ints(self, scope: Scope, depth: int) -> str:
        name = self._name(INTS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return name
        if name and self._rng.random() < 0.5:
            return self._mapped(name, scope)
        values = (self._int(scope, max(depth - 1, 0)) for _ in range(self._rng.randrange(1, 4)))
        return f"[{', '.join(values)}]"

    def _mapped(self, name: str, scope: Scope) -> str:
        """A vector through a lambda, which may capture what is in sight."""
        rng = self._rng
        around = self._int(scope, 0)
        forms = (
            f"{name}.map(x -> (x % 4001 + {around}) % 10007)",
            f"{name}.map(x -> x % 257 * {rng.randrange(2, 9)})",
            f"{name}.filter(x -> x % {rng.randrange(2, 6)} != {around})",
        )
        return rng.choice(forms)

    def _strings(self, scope: Scope, depth: int) -> str:
        name = self._name(STRINGS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return name
        if self._rng.random() < 0.3:
            return f'str_split("{" ".join(self._rng.sample(_WORDS, 3))}", " ")'
        values = (self._string(scope, max(depth - 1, 0)) for _ in range(self._rng.randrange(1, 4)))
        return f"[{', '.join(values)}]"

    def _counts(self, scope: Scope, depth: int) -> str:
        name = self._name(COUNTS, scope)
        if name and (depth == 0 or self._rng.random() < 0.6):
            return name
        keys = self._rng.sample(_WORDS, self._rng.randrange(1, 4))
        entries = (f'"{key}" => {self._int(scope, max(depth - 1, 0))}' for key in keys)
        return f"{{{', '.join(entries)}}}"

    def _tagged(self, scope: Scope, depth: int) -> str:
        name = self._name(TAGGED, scope)
        if name and (depth == 0 or self._rng.random() < 0.4):
            return name
        number = self._int(scope, max(depth - 1, 0))
        if name and self._rng.random() < 0.5:
            return f'relabelled({name}, "{self._rng.choice(_WORDS)}")'
        return f'Tagged {{ tag: "{self._rng.choice(_WORDS)}", value: {number} }}'

    def _variant(self, wanted: str, scope: Scope, depth: int) -> str:
        found = scope.of_type(wanted)
        if found and self._rng.random() < 0.5:
            return self._rng.choice(found)
        name, payload = self._rng.choice(self._enums[wanted].variants)
        if not payload:
            return name
        values = (self.of_type(kind, scope, min(depth, 1)) for kind in payload)
        return f"{name}({', '.join(values)})"

    def _struct(self, wanted: str, scope: Scope, depth: int) -> str:
        found = scope.of_type(wanted)
        if found and self._rng.random() < 0.6:
            return self._rng.choice(found)
        fields = self._structs[wanted].fields
        values = (f"{name}: {self.of_type(kind, scope, min(depth, 1))}" for name, kind in fields)
        return f"{wanted} {{ {', '.join(values)} }}"

"""Random statements that change what is there: variables, fields, elements, whatever holds several values."""

from __future__ import annotations

from collections.abc import Iterator

from tests.differential.random_types import INTEGERS, SCALARS, Scope, element, head, parts
from tests.differential.random_values import RandomValues

MAX_PATH = 3


class RandomChanges(RandomValues):
    """Expressions, and statements that change something."""

    def change(self, scope: Scope) -> Iterator[str]:
        """Something in sight becomes something else; nothing where there is nothing to change."""
        forms = [self._place_changed, self._place_changed]
        if scope.of_kind("Vec", "Map", "Set"):
            forms += [self._holder_changed] * 2
        yield from self.rng.choice(forms)(scope)

    def _place_changed(self, scope: Scope) -> Iterator[str]:
        places = [place for name in scope.names for place in self._places(name, scope)]
        if not places:
            return
        place, type_ = self.rng.choice(places)
        yield self.assigned(place, type_, scope)

    def assigned(self, place: str, type_: str, scope: Scope) -> str:
        """An assignment to a place, which may go by what is there."""
        rng = self.rng
        if type_ in INTEGERS and rng.random() < 0.6:
            sign = rng.choice("+-+-*&|^")
            value = self.literal(type_, scope, 0) if rng.random() < 0.4 else self.value(type_, scope, 1)
            return f"{place} {sign}= {value}"
        if type_ == "String" and rng.random() < 0.5:
            more = self.value(type_, scope, rng.randint(0, 1))
            grown = (f"{place} += {more}", f"{place} = {place} + {more} + {place}", f"{place} += {place}")
            return rng.choice((*grown, grown[0], f'{place} = "#{{{place}}}-#{{{self.shown(scope, 0)}}}"'))
        found = self.aggregates.get(type_)
        if found is not None and found.fields and rng.random() < 0.2:
            field_name, field_type = rng.choice(found.fields)
            return f"{place} = {place}.with {{ {field_name}: {self.value(field_type, scope, 1)} }}"
        if "Fn(" in type_:  # a lambda that captures what it becomes a part of is a circle, which is not freed
            scope = scope.inner()
            scope.names = {name: of for name, of in scope.names.items() if of in SCALARS}
        return f"{place} = {self.value(type_, scope)}"

    def _places(self, name: str, scope: Scope) -> Iterator[tuple[str, str]]:
        """What can be assigned in a name, itself perhaps, and the types there."""
        pending = [(name, scope.names[name], name in scope.mutable, 0)]
        while pending:
            place, type_, is_mutable, depth = pending.pop()
            if is_mutable:
                yield place, type_
            if depth == MAX_PATH:
                continue
            found = self.aggregates.get(type_)
            if found is not None and not found.is_recursive:
                may_change = is_mutable or not found.is_value
                pending += [(f"{place}.{of}", kind, may_change, depth + 1) for of, kind in found.fields]
            elif head(type_) in ("Vec", "Array"):
                at = self.index(type_, place, scope)
                may_change = is_mutable or head(type_) == "Vec"
                pending.append((f"{place}[{at}]", element(type_), may_change, depth + 1))

    def _holder_changed(self, scope: Scope) -> Iterator[str]:
        rng = self.rng
        name, type_ = rng.choice(scope.of_kind("Vec", "Map", "Set"))
        held = parts(type_)
        if head(type_) == "Set":
            yield f"{name}.{rng.choice(('add', 'add', 'delete'))}({self.value(held[0], scope, 1)})"
        elif head(type_) == "Map":
            key, value = self.value(held[0], scope, 1), self.value(held[1], scope, 1)
            old = self.name("c")
            inner = scope.of_lambda()
            inner.names[old] = held[1]
            forms = [f"{name}[{key}] = {value}", f"{name}[{key}] = {value}", f"{name}.delete({key})"]
            forms += [f"{name}.update({key}, {value}, {old} -> {self.value(held[1], inner, 1)})"]
            yield rng.choice(forms)
        else:
            value, n = self.value(held[0], scope, 1), rng.randint(1, 2)
            forms = [f"{name}.push({value})"] * 3
            forms += [
                f"{name}.pop()",
                f"{name}.insert(0, {value})",
                f"{name} << {value}",
                f"{name}.reverse()",
            ]
            forms += [f"{name}.truncate({n})", f"{name}.swap(0, {name}.size - 1)", f"{name}.clear()"]
            forms += [f"{name}[{self.index(type_, name, scope)}] = {value}"] * 3
            yield rng.choice(forms)

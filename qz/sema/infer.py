"""Unification for one function: type variables, and types that contain them, under negative ids.

Hindley-Milner's unifier with path compression and an occurs check (Robinson 1965). Everything here dies
with the function; `finish` turns what was found into ids of the module-lived table.
"""

from __future__ import annotations

from collections.abc import Mapping

from qz.sema import type_kinds as tyk
from qz.sema.constants import computed
from qz.sema.ownership.lending import may_stand_for
from qz.sema.types import (
    CHAR,
    ERROR,
    HEADED,
    INT,
    N_SCALARS,
    NEVER,
    NONE,
    NUMBERED,
    POINTER,
    STRING,
    VOID,
    TypeId,
    TypeKind,
    TypeTable,
    render,
)

INTERCHANGEABLE = {(CHAR, INT), (INT, CHAR), (POINTER, INT), (INT, POINTER), (STRING, POINTER)}
"""(found, expected) pairs that share a representation and convert by themselves."""


class Inference:
    """``-1 - i`` is entry ``i``: a variable (bound or not), or a constructor over parts of which one is
    negative."""

    def __init__(self, table: TypeTable) -> None:
        self.table = table
        self._table_kinds = table.kinds
        self._table_args = table.args
        self._kinds: list[TypeKind] = []
        self._args: list[tuple[int, ...]] = []
        self._bound: list[TypeId] = []

    def fresh(self) -> TypeId:
        """A new variable."""
        return self._entry(tyk.VARIABLE, ())

    def _entry(self, kind: TypeKind, args: tuple[int, ...]) -> TypeId:
        self._kinds.append(kind)
        self._args.append(args)
        self._bound.append(NONE)
        return -len(self._kinds)

    def make(self, kind: TypeKind, args: tuple[int, ...]) -> TypeId:
        """A type of that constructor, in the table where nothing in it is open."""
        if args and min(args) < 0:
            return self._entry(kind, args) if kind is not tyk.COMPUTED else self._computed(args)
        return self.table.make(kind, *args)

    def _computed(self, args: tuple[int, ...]) -> TypeId:
        """A constant that is computed from others, of which one is open."""
        given = self.table.forms[args[0]]
        if isinstance(given, computed.Division):
            return self._entry(tyk.COMPUTED, args)
        form, atoms = computed.form_of(
            computed.with_atoms(given, [self._polynomial(part) for part in args[1:]])
        )
        return self._entry(tyk.COMPUTED, (self.table.number_of_form(form), *atoms))

    def resolve(self, type_id: TypeId) -> TypeId:
        """What the id stands for now, one level deep: an unbound variable, or a constructor."""
        while type_id < 0:
            bound = self._bound[-type_id - 1]
            if bound == NONE:
                return type_id
            type_id = bound
        return type_id

    def kind(self, type_id: TypeId) -> TypeKind:
        if type_id < 0:
            type_id = self.resolve(type_id)
            if type_id < 0:
                return self._kinds[-type_id - 1]
        return self._table_kinds[type_id]

    def args(self, type_id: TypeId) -> tuple[int, ...]:
        if type_id < 0:
            type_id = self.resolve(type_id)
            if type_id < 0:
                return self._args[-type_id - 1]
        return self._table_args[type_id]

    def constructor(self, type_id: TypeId) -> tuple[TypeKind, int]:
        """What methods and implementations are found by: a kind, and a declaration where types have one."""
        kind = self.kind(type_id)
        return kind, self.args(type_id)[0] if kind in HEADED else 0

    def show(self, type_id: TypeId) -> str:
        return render(self.finish(type_id) or type_id, self.kind, self.args, self.table)

    def accepts(self, expected: TypeId, found: TypeId) -> bool:
        """Whether a value of type ``found`` may stand where ``expected`` is asked for; binds variables."""
        if expected < 0:
            expected = self.resolve(expected)
        if found < 0:
            found = self.resolve(found)
        if expected == ERROR or found == ERROR:
            self._spoil(expected if found == ERROR else found)
            return True
        if expected == found or found == NEVER:
            return True
        if expected >= 0 and (found, expected) in INTERCHANGEABLE:
            return True
        if self.kind(expected) is tyk.FN and self.kind(found) is tyk.FN:
            return self._accepts_function(expected, found)
        return self.unify(expected, found)

    def _accepts_function(self, expected: TypeId, found: TypeId) -> bool:
        """Two functions of the same types may differ in what they are lent."""
        (asked, *wants), (given, *parts) = self.args(expected), self.args(found)
        if len(wants) != len(parts) or not may_stand_for(given, asked, len(parts) - 1):
            return False
        given_in = [self._held(one) for one in wants[:-1]], [self._held(one) for one in parts[:-1]]
        same = all(self.unify(want, part) for want, part in zip(*given_in, strict=True))
        return same and self.unify(wants[-1], parts[-1])

    def _held(self, type_id: TypeId) -> TypeId:
        """A type of values: where none is handed over, what stands for that."""
        return self.table.unit if self.resolve(type_id) == VOID else type_id

    def poison(self, variable: TypeId) -> None:
        """Give up on a variable: what it was to be has been reported as unknown."""
        self._bound[-variable - 1] = ERROR

    def _spoil(self, type_id: TypeId) -> None:
        """What an unknown type is made one with is unknown as well, as far as it was open."""
        pending = [type_id]
        while pending:
            part = self.resolve(pending.pop())
            if part < 0 and self._kinds[-part - 1] is tyk.VARIABLE:
                self.poison(part)
            elif part < 0:
                pending += self._args[-part - 1]

    def unify(self, a: TypeId, b: TypeId) -> bool:
        """Make two types one, if that can be. A failure may leave variables bound: an error follows
        anyway."""
        pending = [(a, b)]
        while pending:
            a, b = pending.pop()
            if a < 0:
                a = self.resolve(a)
            if b < 0:
                b = self.resolve(b)
            if a == b:
                continue
            if a == ERROR or b == ERROR:
                self._spoil(a if b == ERROR else b)
                continue
            kind = self._table_kinds[a] if a >= 0 else self._kinds[-a - 1]
            other = self._table_kinds[b] if b >= 0 else self._kinds[-b - 1]
            if kind is tyk.VARIABLE:
                if not self._bind(a, b):
                    return False
            elif other is tyk.VARIABLE:
                if not self._bind(b, a):
                    return False
            elif kind is tyk.UNION and other is tyk.UNION:
                left = self._unmatched(a, b)
                if left is None:
                    return False
                pending += left
            elif kind is tyk.COMPUTED or other is tyk.COMPUTED:
                if not self._solve(a, b):
                    return False
            else:
                if kind is not other:
                    return False
                xs, ys = self.args(a), self.args(b)
                if len(xs) != len(ys) or not xs:
                    return False
                if kind in NUMBERED:
                    if xs[0] != ys[0]:
                        return False
                    xs, ys = xs[1:], ys[1:]
                elif kind is tyk.PARAM or kind is tyk.CONSTANT:
                    return False
                pending.extend(zip(xs, ys, strict=True))
        return True

    def _unmatched(self, a: TypeId, b: TypeId) -> list[tuple[TypeId, TypeId]] | None:
        """The members of two unions that must be one for the unions to be; None where they cannot be."""
        ours = [self.finish(member) or self.resolve(member) for member in self.args(a)]
        theirs = [self.finish(member) or self.resolve(member) for member in self.args(b)]
        left = [member for member in ours if member not in theirs]
        others = [member for member in theirs if member not in ours]
        return list(zip(left, others, strict=True)) if len(left) == len(others) <= 1 else None

    def _solve(self, a: TypeId, b: TypeId) -> bool:
        """Make two constants one of which at least is computed from others: one of these may follow."""
        zero = computed.plus(self._polynomial(a), self._polynomial(b), -1)
        found = computed.solved(zero, lambda one: one < 0) if zero else None
        if found is None or self.kind(found[0]) is not tyk.VARIABLE:
            return not zero
        return self._bind(found[0], self.table.computed(found[1]))

    def _polynomial(self, type_id: TypeId) -> computed.Polynomial:
        type_id = self.resolve(type_id)
        if type_id >= 0:
            return self.table.polynomial(type_id)
        if self._kinds[-type_id - 1] is not tyk.COMPUTED:
            return computed.atom(type_id)
        number, *parts = self._args[-type_id - 1]
        form = self.table.forms[number]
        if not isinstance(form, computed.Division):
            return computed.with_atoms(form, [self._polynomial(part) for part in parts])
        known = self.finish(type_id)
        return computed.atom(type_id) if known == NONE else self.table.polynomial(known)

    def _bind(self, variable: TypeId, target: TypeId) -> bool:
        if target < 0 and self._occurs(variable, target):
            return False
        self._bound[-variable - 1] = target
        return True

    def _occurs(self, variable: TypeId, inside: TypeId) -> bool:
        pending = [inside]
        while pending:
            part = self.resolve(pending.pop())
            if part == variable:
                return True
            if part < 0:
                pending.extend(p for p in self._args[-part - 1] if p < 0)
        return False

    def instantiate(self, type_id: TypeId, fresh: Mapping[TypeId, TypeId]) -> TypeId:
        """``type_id`` with type parameters replaced. Recursion is as deep as the annotation."""
        if type_id in fresh:
            return fresh[type_id]
        if type_id < 0:
            kind, args = self.kind(type_id), self.args(type_id)
        elif type_id < N_SCALARS or not self.table.mentions_param(type_id):
            return type_id
        else:
            kind, args = self._table_kinds[type_id], self._table_args[type_id]
        if not args or kind in (tyk.PARAM, tyk.CONSTANT):
            return type_id
        first = 1 if kind in NUMBERED else 0
        parts = tuple([self.instantiate(a, fresh) for a in args[first:]])
        return self.make(kind, args[:first] + parts)

    def same(self, a: TypeId, b: TypeId) -> bool:
        """Whether two types are one as far as they are known; binds nothing."""
        pending = [(a, b)]
        while pending:
            a, b = pending.pop()
            a, b = self.resolve(a), self.resolve(b)
            if a == b:
                continue
            kind, xs, ys = self.kind(a), self.args(a), self.args(b)
            if (a >= 0 and b >= 0) or kind is not self.kind(b) or len(xs) != len(ys) or not xs:
                return False
            if kind in NUMBERED:
                if xs[0] != ys[0]:
                    return False
                xs, ys = xs[1:], ys[1:]
            pending.extend(zip(xs, ys, strict=True))
        return True

    def finish(self, type_id: TypeId) -> TypeId:
        """The type in the table; `NONE` while a variable in it is still open."""
        if type_id >= 0:
            return type_id
        type_id = self.resolve(type_id)
        if type_id >= 0:
            return type_id
        kind = self._kinds[-type_id - 1]
        if kind is tyk.VARIABLE:
            return NONE
        args = self._args[-type_id - 1]
        first = 1 if kind in NUMBERED else 0
        parts = [self.finish(a) for a in args[first:]]
        if NONE in parts:
            return NONE
        return self.table.make(kind, *args[:first], *parts)

"""How values are kept: which enums and tuples are no blocks, and which words a value consists of.

An enum is unboxed where no variant holds more than a few words, and no value of it holds another one of its
own type; so is a tuple of as few. Whether a word can be 0 decides how an enum around it is kept, and so that
of one enum can depend on another, and in a circle on its own: an enum or a tuple in such a circle is boxed,
whichever of them is asked for first.
"""

from __future__ import annotations

from collections.abc import Iterator

from qz.sema.constants.values import ConstStruct, ConstValue, ConstVariant
from qz.sema.data.parts import part_types, payload_types
from qz.sema.data.value_structs import is_value, value_fields
from qz.sema.ownership.drops import is_dropped
from qz.sema.program import Program
from qz.sema.types import INT, NULLABLE, REFERENCES, U8, TypeId, TypeKind

MAX_WORDS = 4
"""Of an unboxed tuple, and of what a variant of an unboxed enum holds: what is larger is cheaper to hand on
as an address."""

MAX_VARIANTS = 256
"""Of an unboxed enum: its tag is a byte."""

MAX_INNER = 64
"""How many enums and tuples one may hold within itself: types that grow from one to the next never end."""

_UNBOXED = (TypeKind.ENUM, TypeKind.TUPLE)
"""Kinds of types whose values are blocks or not, whichever is better."""


class Layouts:
    """The words of the enum and tuple types of a program, worked out once each. A union is an enum of its
    members: each is a variant that holds a value of it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._payloads: dict[TypeId, list[list[TypeId]]] = {}
        self._words: dict[TypeId, list[list[TypeId]]] = {}
        self._unboxed: dict[TypeId, bool] = {}

    def has_leaves(self, type_id: TypeId) -> bool:
        """Whether values of a type are no word: value structs, and unboxed enums and tuples."""
        return self.is_unboxed(type_id) or is_value(self.program, type_id)

    def payloads(self, type_id: TypeId) -> list[list[TypeId]]:
        """The types of the payload of each variant of an enum or a union."""
        found = self._payloads.get(type_id)
        if found is None:
            if self.program.types.kinds[type_id] is TypeKind.ENUM:
                self._require_complete(type_id)
            found = self._payloads[type_id] = payload_types(self.program, type_id)
        return found

    def words(self, type_id: TypeId) -> list[list[TypeId]]:
        """The types of the words of each payload: what has leaves has one for each, and nothing has none.

        Every variant of an enum with a `drop` has one, so that it is a block.
        """
        found = self._words.get(type_id)
        if found is None:
            least = [INT] if is_dropped(self.program, type_id) else []
            held = [[part for part in parts if not self.is_nothing(part)] for parts in self.payloads(type_id)]
            found = self._words[type_id] = [self.flattened(parts) or least for parts in held]
        return found

    def is_nothing(self, type_id: TypeId) -> bool:
        """Whether there is one value of an enum only, as of what `Void` is where a value is held."""
        type_id = self.program.queries.stripped(type_id)
        if self.program.types.kinds[type_id] is not TypeKind.ENUM or is_dropped(self.program, type_id):
            return False
        return self.payloads(type_id) == [[]]

    def flattened(self, type_ids: list[TypeId]) -> list[TypeId]:
        """The types of the leaves of several values, one after the other."""
        return [leaf for part in type_ids for leaf in self.leaf_types(part)]

    def leaf_types(self, type_id: TypeId) -> list[TypeId]:
        """The types of the leaves of a value.

        An unboxed enum has its tag, then numbers, then counted words: as many of either as its variants need.
        """
        parts = self._value_parts(type_id)
        if parts is not None:
            return self.flattened(parts) or [U8]
        if not self.is_unboxed(type_id):
            return [type_id]
        if self._is_tuple(type_id):
            return self.flattened(self._elements(type_id))
        numbers: list[TypeId] = []
        n_counted = 0
        for payload in self.words(self.program.queries.stripped(type_id)):
            own = [self.program.queries.stripped(word) for word in payload if self.word(word) == "word"]
            shared = [one if one == other else INT for one, other in zip(numbers, own, strict=False)]
            numbers[: len(own)] = [*shared, *own[len(shared) :]]
            n_counted = max(n_counted, len(payload) - len(own))
        return [*self.tag(type_id), *numbers, *[NULLABLE] * n_counted]

    def tag(self, type_id: TypeId) -> list[TypeId]:
        """The leaf of an unboxed enum that says which variant it is, unless there is one only."""
        return [U8] if len(self.payloads(self.program.queries.stripped(type_id))) > 1 else []

    def leaf_values(self, value: ConstValue, type_id: TypeId) -> list[tuple[ConstValue, TypeId]]:
        """What the leaves of a constant are, with their types; of one that the program makes, itself each."""
        if not self.has_leaves(type_id):
            return [(value, type_id)]
        kinds = self.leaf_types(type_id)
        if isinstance(value, ConstStruct):
            parts = zip(value.fields, part_types(self.program, value.type), strict=True)
            return [leaf for part, of in parts for leaf in self.leaf_values(part, of)] or [(0, INT)]
        if not isinstance(value, ConstVariant):
            return [(value, INT)] * len(kinds)
        found: list[tuple[ConstValue, TypeId]] = [(0, INT)] * len(kinds)
        at = len(self.tag(type_id))
        if at:
            found[0] = (value.tag, INT)
        number, counted = at, kinds.index(NULLABLE) if NULLABLE in kinds else 0
        for part, of in zip(value.payload, self.payloads(value.type)[value.tag], strict=True):
            if self.is_nothing(of):
                continue
            for leaf, kind in zip(self.leaf_values(part, of), self.leaf_types(of), strict=True):
                if self.word(kind) == "word":
                    found[number], number = leaf, number + 1
                else:
                    found[counted], counted = leaf, counted + 1
        return found

    # Which enums and tuples are unboxed

    def is_unboxed(self, type_id: TypeId) -> bool:
        """Whether values of a type are no block, but the tag of an enum and what its variant holds, or what a
        tuple has."""
        type_id = self.program.queries.stripped(type_id)
        found = self._unboxed.get(type_id)
        if found is None:
            found = self._unboxed[type_id] = self._find_unboxed(type_id)
        return found

    def _find_unboxed(self, type_id: TypeId) -> bool:
        if self._is_tuple(type_id):
            is_finite = not self._holds_itself(type_id)
            return is_finite and len(self.flattened(self._elements(type_id))) <= MAX_WORDS
        if self.program.types.kinds[type_id] is not TypeKind.ENUM or is_dropped(self.program, type_id):
            return False
        if len(self.payloads(type_id)) > MAX_VARIANTS or self._holds_itself(type_id):
            return False
        is_small = 0 < max(map(len, self.words(type_id))) <= MAX_WORDS
        return is_small and self._enum_word(type_id) != "nullable"

    def _holds_itself(self, type_id: TypeId) -> bool:
        """Whether a value of an enum or a tuple would hold another one, were none of those in it a block."""
        seen: set[TypeId] = set()
        pending = [type_id]
        while pending:
            for inner in self._unboxed_in(pending.pop()):
                if inner == type_id or len(seen) > MAX_INNER:
                    return True
                if inner not in seen:
                    seen.add(inner)
                    pending.append(inner)
        return False

    def _unboxed_in(self, type_id: TypeId) -> Iterator[TypeId]:
        """The enums and tuples that values of one hold within themselves, or in a value struct there."""
        payloads = [self._elements(type_id)] if self._is_tuple(type_id) else self.payloads(type_id)
        pending = [part for payload in payloads for part in payload]
        while pending:
            part = self.program.queries.stripped(pending.pop())
            if self.program.types.kinds[part] in _UNBOXED:
                yield part
            pending += self._value_parts(part) or ()

    # What types are made of

    def _is_tuple(self, type_id: TypeId) -> bool:
        return self.program.types.kinds[self.program.queries.stripped(type_id)] is TypeKind.TUPLE

    def _elements(self, type_id: TypeId) -> list[TypeId]:
        return part_types(self.program, self.program.queries.stripped(type_id))

    def _value_parts(self, type_id: TypeId) -> list[TypeId] | None:
        """The types of the fields of a value struct; None for any other type."""
        fields = value_fields(self.program, type_id)
        if fields is None:
            return None
        self._require_complete(self.program.queries.stripped(type_id))
        return [part for _, part in fields]

    def _require_complete(self, type_id: TypeId) -> None:
        """A struct or enum in the midst of being read has no layout yet."""
        self.program.queries.require_complete(self.program.decls[self.program.types.args[type_id][0]])

    # How a value that is one word is kept

    def word(self, type_id: TypeId) -> str:
        """How a value is kept as a word of a payload."""
        type_id = self.program.queries.stripped(type_id)
        kind = self.program.types.kinds[type_id]
        if kind is TypeKind.ENUM:
            return self._enum_word(type_id)
        if kind in REFERENCES:
            return "ref"
        return "nullable" if type_id == NULLABLE else "word"

    def _enum_word(self, type_id: TypeId) -> str:
        if not any(self.words(type_id)):
            return "word"
        inner = self._only_word(type_id)
        if inner is None or self.is_in_circle(type_id):
            return "ref"
        return "nullable" if self.word(inner) == "ref" else "ref"

    def _only_word(self, type_id: TypeId) -> TypeId | None:
        """The type of the one word of an enum that has a variant with it and a variant without payload."""
        if self.program.types.kinds[type_id] is not TypeKind.ENUM:
            return None
        payloads = self.words(type_id)
        if sorted(map(len, payloads)) != [0, 1]:
            return None
        return (payloads[0] or payloads[1])[0]

    def is_in_circle(self, type_id: TypeId) -> bool:
        """Whether the one word of an enum leads, word by word, to that enum again."""
        seen: set[TypeId] = set()
        inner = self._only_word(type_id)
        while inner is not None and inner not in seen:
            if inner == type_id:
                return True
            seen.add(inner)
            inner = self._only_word(inner)
        return False

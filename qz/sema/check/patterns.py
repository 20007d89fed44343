"""Patterns against the type of what they are matched with; the result is what decisions are made from.

In a pattern, the name of a variant is looked up in the type of the value first, so that it needs no
qualification even where its enum is not imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.other_words import other_variant
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import VariantPlan
from qz.sema.check.checker import Checker
from qz.sema.check.constant_patterns import constant, constant_range, literal
from qz.sema.check.enums import find_variant, payload_types
from qz.sema.check.records import field_names, field_type, field_types, is_open
from qz.sema.check.slices import row_element, slice_type
from qz.sema.check.unions import known, member_for, type_named
from qz.sema.decls import ConstDecl, Decl, EnumDecl, GlobalDecl, PackedDecl, StructDecl, Variant
from qz.sema.matching import patterns as p
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING, Binding, Pattern
from qz.sema.resolve.patterns import names_type
from qz.sema.types import CHAR, ERROR, INT, NONE, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


class PatternReader:
    """Reads the patterns of one match. Once one is wrong, ``failed`` says so, and nothing is decided."""

    def __init__(self, checker: Checker, *, bare_variants: bool = False) -> None:
        self.c = checker
        self.failed = False
        self.bare_variants = bare_variants
        """Whether `x is Some` leaves the payload out."""
        self.sides: list[int] = []
        """Every side of a `|` that was read."""
        self.bindings: list[Binding] = []
        """What was bound since this list was last replaced."""

    def read(self, node: int, occurrence: Occurrence) -> Pattern:
        """The pattern at a node, for the value at an occurrence; locals get their types."""
        rule = RULES.get(self.c.kind[node])
        if rule is None:
            self.failed = True
            return ANYTHING
        if self.kind(occurrence) is TypeKind.UNION:
            found = self._of_member(node, occurrence, rule)
            if found is not None:
                return found
        self._narrow(node, occurrence)
        return rule(self, node, occurrence)

    def _of_member(self, node: int, occurrence: Occurrence, rule: Rule) -> Pattern | None:
        """A pattern for one of the members of a union; None for one that does not say for which."""
        c = self.c
        union = known(c, occurrence.type)
        members = c.infer.args(union)
        kind = c.kind[node]
        if kind == K.PAT_NAME and c.decls[node] > 0:
            return None
        member = type_named(c, node, members) if kind == K.PAT_NAME else None
        if member is not None:
            place = occurrence.payload(members.index(member), 0, member)
            self._narrow(node, place)
            return p.Variant(members.index(member), len(members), (ANYTHING,))
        if kind == K.PAT_TYPED:
            member = c.annotation(c.rhs[node])
        else:
            member = member_for(self, node, union)
        if member is None and node in c.body.unknown and names_type(c.body.module, c.token[node]):
            self.poison(node)
            return self.mismatch(node, occurrence, c.text(node))
        if member is None or member not in members:
            return None
        tag = members.index(member)
        place = occurrence.payload(tag, 0, member)
        self._narrow(node, place)
        return p.Variant(tag, len(members), (rule(self, node, place),))

    def _narrow(self, node: int, place: Occurrence) -> None:
        """Bind the local that stands for a value whose type was asked for."""
        local = self.c.body.narrowed.get(node)
        if local is not None:
            self.c.body.locals[local].type = place.type
            self.bindings.append((local, place))

    # What patterns share

    def bind(self, node: int, occurrence: Occurrence) -> None:
        """A name of the pattern; in another alternative it has the same type. A variable that is assigned has
        a type already; one of a module is bound by what stands for it in `Body.decls`."""
        c = self.c
        entry = c.decls[node]
        if entry < 0:
            decl = c.program.decls[-entry - 1]
            assert isinstance(decl, GlobalDecl)
            self._require(node, c.program.queries.values.global_(decl).type, decl.span, occurrence)
            self.bindings.append((entry, occurrence))
        elif entry > 0:
            spec = c.body.locals[entry - 1]
            if spec.type == NONE:
                spec.type = occurrence.type
            else:
                self._require(node, spec.type, c.body.module.tokens.span(spec.token), occurrence)
            self.bindings.append((entry - 1, occurrence))

    def _require(self, node: int, expected: TypeId, bound_at: Span, occurrence: Occurrence) -> None:
        c = self.c
        if not c.infer.accepts(expected, occurrence.type):
            found, notes = c.show(occurrence.type), [Note(bound_at, f"bound here, as `{c.show(expected)}`")]
            c.sink.report("QZ0400", c.span(node), notes=notes, found=found, expected=c.show(expected))

    def kind(self, occurrence: Occurrence) -> TypeKind:
        return self.c.infer.kind(occurrence.type)

    def expect(self, node: int, occurrence: Occurrence, found: TypeId) -> bool:
        """Whether a pattern of that type may stand here; reported where it may not."""
        c = self.c
        expected = c.resolved(occurrence.type)
        if ERROR in (expected, found):
            self.failed = True
            return False
        if found == expected or {found, expected} == {CHAR, INT} or c.infer.unify(expected, found):
            return True
        self.mismatch(node, occurrence, c.show(found))
        return False

    def mismatch(self, node: int, occurrence: Occurrence, found: str) -> Pattern:
        """Report a pattern for values of another type."""
        c = self.c
        self.failed = True
        if c.resolved(occurrence.type) != ERROR:
            help_text = self._around(c.resolved(occurrence.type), found)
            expected = c.show(occurrence.type)
            c.sink.report("QZ0102", c.extent(node), help=help_text, found=found, expected=expected)
        return ANYTHING

    def _around(self, expected: TypeId, found: str) -> str:
        """What a pattern has to stand in, or to be, where the value may be missing or have failed."""
        holder = self.c.holder(expected)
        if not holder:
            return ""
        if holder == "Result" and found.startswith("Option<"):
            return "a `Result` is `Ok(…)` or `Err(…)`"
        if holder == "Option" and found.startswith("Result<"):
            return "an `Option` is `Some(…)` or `None`"
        held = self.c.show(self.c.infer.args(expected)[1])
        return f"write `{'Some' if holder == 'Option' else 'Ok'}(…)`" if held == found else ""

    def poison(self, node: int) -> None:
        """Give the names of a pattern that means nothing the type that silences."""
        c = self.c
        self.failed = True
        if node in c.body.narrowed:
            c.body.locals[c.body.narrowed[node]].type = ERROR
        pending = [node]
        while pending:
            part = pending.pop()
            if c.kind[part] in (K.PAT_NAME, K.PAT_AT, K.PAT_REST, K.PAT_FIELD) and c.decls[part] > 0:
                c.body.locals[c.decls[part] - 1].type = ERROR
            pending.extend(c.children(part))

    # The kinds of pattern

    def wildcard(self, node: int, occurrence: Occurrence) -> Pattern:
        return ANYTHING

    def name(self, node: int, occurrence: Occurrence) -> Pattern:
        entry = self.c.decls[node]
        if entry > 0 or isinstance(self._declaration(node), GlobalDecl):
            self.bind(node, occurrence)
            return ANYTHING
        if entry == 0 and node not in self.c.body.unknown:
            self.failed = True  # bound twice
            return ANYTHING
        if entry == 0 and names_type(self.c.body.module, self.c.token[node]):
            return self._type(node, occurrence)
        return self._named(node, node, (), occurrence)

    def _type(self, node: int, occurrence: Occurrence) -> Pattern:
        """The name of a type, which is the one that the value has anyway, if it is not that of a variant."""
        if type_named(self.c, node, (self.c.resolved(occurrence.type),)) is not None:
            return ANYTHING
        if find_variant(self.c, node, occurrence.type) is not None:
            return self._named(node, node, (), occurrence)
        self.poison(node)
        return self.mismatch(node, occurrence, self.c.text(node))

    def at(self, node: int, occurrence: Occurrence) -> Pattern:
        self.bind(node, occurrence)
        return self.read(self.c.lhs[node], occurrence)

    def variant(self, node: int, occurrence: Occurrence) -> Pattern:
        parts = self.c.list(self.c.rhs[node])
        return self._named(node, self.c.lhs[node], parts, occurrence)

    def _named(self, node: int, name: int, parts: Sequence[int], occurrence: Occurrence) -> Pattern:
        """A constant, or a variant with or without payload, by the node of its name."""
        c = self.c
        found = find_variant(c, name, occurrence.type)
        if found is not None:
            return self._variant(node, *found, parts, occurrence)
        decl = self._declaration(name)
        if isinstance(decl, ConstDecl) and not parts:
            return constant(self, node, decl, occurrence)
        if c.resolved(occurrence.type) != ERROR:
            self._report_unknown(name, decl, occurrence)
        self.poison(node)
        return ANYTHING

    def _declaration(self, name: int) -> Decl | None:
        entry = self.c.decls[name]
        return self.c.program.decls[-entry - 1] if entry < 0 else None

    def _report_unknown(self, name: int, decl: Decl | None, occurrence: Occurrence) -> None:
        """Report a name that is no variant of the value's type."""
        c = self.c
        text = c.text(name)
        head = self._declaration(c.lhs[name]) if c.kind[name] == K.PATH else None
        if c.kind[name] == K.PATH and c.decls[name] == 0 and head is None:
            return  # the resolver has reported the head of the path
        owner = c.resolved(occurrence.type)
        if isinstance(head, EnumDecl):
            known, shown = list(head.names), head.name
        elif c.infer.kind(owner) is TypeKind.ENUM:
            enum = c.program.decls[c.infer.args(owner)[0]]
            known, shown = (list(enum.names) if isinstance(enum, EnumDecl) else []), c.show(owner)
        else:
            if not c.body.module.is_excused(c.symbol(name)):
                known = [d.name for d in c.body.module.visible_names()]
                c.sink.report("QZ0106", c.span(name), help=did_you_mean(text, known), name=text)
            return
        notes = [] if decl is None else [Note(decl.span, f"this `{text}` is something else")]
        hint = other_variant(text, known) or did_you_mean(text, known)
        c.sink.report("QZ0100", c.span(name), notes=notes, help=hint, type=shown, name=text)

    def _variant(
        self,
        node: int,
        type_id: TypeId,
        enum: EnumDecl,
        variant: Variant,
        parts: Sequence[int],
        occurrence: Occurrence,
    ) -> Pattern:
        c = self.c
        if not self.expect(node, occurrence, type_id):
            self.poison(node)
            return ANYTHING
        types = payload_types(c, occurrence.type, enum, variant)
        if self.bare_variants and occurrence.parent is None and not parts:
            return p.Variant(variant.tag, len(enum.names), (ANYTHING,) * len(types))
        placed = self._placed(node, variant, parts)
        if placed is None:
            self.poison(node)
            return ANYTHING
        c.body.variants[node] = VariantPlan(variant.tag, tuple(placed))
        read = [
            ANYTHING if not part else self._part(part, occurrence.payload(variant.tag, index, type_part))
            for index, (part, type_part) in enumerate(zip(placed, types, strict=True))
        ]
        return p.Variant(variant.tag, len(enum.names), tuple(read))

    def _part(self, node: int, place: Occurrence) -> Pattern:
        """What is asked of a part of a payload or a struct, which may have its name there."""
        if self.c.kind[node] != K.PAT_FIELD:
            return self.read(node, place)
        if self.c.lhs[node]:
            return self.read(self.c.lhs[node], place)
        self.bind(node, place)
        return ANYTHING

    def _placed(self, node: int, variant: Variant, parts: Sequence[int]) -> list[int] | None:
        """The parts of a payload in its order, those given by name too, 0 where a `..` leaves one out; None
        where something is wrong with them."""
        c = self.c
        n_parts = len(variant.fields)
        named = [part for part in parts if c.kind[part] == K.PAT_FIELD]
        if not named:
            placed = _spread(c, parts, n_parts)
            if placed is None:
                self._report_payload(node, variant, n_parts, len(parts))
            return placed
        n_first = next(at for at, part in enumerate(parts) if c.kind[part] in (K.PAT_FIELD, K.PAT_REST))
        late = [part for part in parts[n_first:] if c.kind[part] not in (K.PAT_FIELD, K.PAT_REST)]
        if late:
            c.sink.report("QZ0203", c.extent(late[0]))
            return None
        names = [field.name for field in variant.fields]
        if n_first + len(named) > n_parts:
            self._report_payload(node, variant, n_parts, n_first + len(named))
            return None
        given = [*parts[:n_first], *[0] * (n_parts - n_first)]
        for part in named:
            index = self._place_of(part, names, variant.name)
            if index >= 0 and given[index]:
                c.sink.report("QZ0205", c.span(part), name=c.text(part))
            if index < 0 or given[index]:
                return None
            given[index] = part
        lacking = [name for name, part in zip(names, given, strict=True) if not part]
        if lacking and not any(c.kind[part] == K.PAT_REST for part in parts):
            shown = ", ".join(f"{name}: _" for name in lacking)
            self._report_payload(node, variant, n_parts, n_parts - len(lacking), f"add `{shown}`, or `..`")
            return None
        return given

    def _place_of(self, field: int, names: list[str], owner: str) -> int:
        """Which of the parts has the name that is given; -1 where none has, which is reported."""
        name = self.c.text(field)
        if name in names:
            return names.index(name)
        hint = did_you_mean(name, names)
        self.c.sink.report("QZ0303", self.c.span(field), help=hint, type=owner, name=name)
        return -1

    def _report_payload(
        self, node: int, variant: Variant, n_parts: int, n_given: int, help_text: str = ""
    ) -> None:
        c = self.c
        values = "no value" if not n_parts else "1 value" if n_parts == 1 else f"{n_parts} values"
        if not n_given and n_parts:
            help_text = f"write `{variant.name}({', '.join('_' * n_parts)})`"
        elif n_given < n_parts and not help_text:
            help_text = "`..` at the end leaves out the others"
        notes = [Note(variant.span, f"`{variant.name}` is declared here")]
        c.sink.report(
            "QZ0101",
            c.extent(node),
            notes=notes,
            help=help_text,
            name=variant.name,
            expected=values,
            found=n_given,
        )

    def struct(self, node: int, occurrence: Occurrence) -> Pattern:
        """`Type { f: p }`, or `Variant { f: p }` where the payload has names."""
        c = self.c
        type_name = c.lhs[node]
        fields = c.list(c.rhs[node])
        if not type_name:
            return self._record(node, fields, occurrence)
        found = find_variant(c, type_name, occurrence.type)
        if found is not None:
            type_id, enum, variant = found
            if not self.expect(node, occurrence, type_id):
                self.poison(node)
                return ANYTHING
            types = payload_types(c, occurrence.type, enum, variant)
            names = [field.name for field in variant.fields]
            read = self._fields(
                fields, names, variant.name, lambda i: occurrence.payload(variant.tag, i, types[i])
            )
            parts = tuple(read.get(index, ANYTHING) for index in range(len(types)))
            return p.Variant(variant.tag, len(enum.names), parts)
        expected = c.resolved(occurrence.type)
        decl = c.syntax.declaration(c.arena, type_name)
        if isinstance(decl, PackedDecl):
            return self._packed(type_name, decl, fields, occurrence)
        if not isinstance(decl, StructDecl):
            if expected != ERROR:  # of which it may be a variant
                c.annotation(type_name)
            return self._no_struct(node, type_name, decl, occurrence)
        fits = c.infer.kind(expected) is TypeKind.STRUCT and c.infer.args(expected)[0] == decl.id
        if not fits and not self.expect(type_name, occurrence, c.annotation(type_name)):
            self.poison(node)
            return ANYTHING
        types = field_types(c, occurrence.type, decl)
        order = list(types.values())
        read = self._fields(fields, list(types), decl.name, lambda i: occurrence.field(i, order[i]))
        tested = {index: part for index, part in read.items() if part is not ANYTHING}
        return p.Product(tested) if tested else ANYTHING

    def _packed(self, node: int, decl: PackedDecl, fields: Sequence[int], occurrence: Occurrence) -> Pattern:
        """`Gpio { pin0: 1 }`: bits of a packed struct."""
        c = self.c
        if not self.expect(node, occurrence, c.annotation(node)):
            self.poison(node)
            return ANYTHING
        bits = list(decl.bits.values())
        read = self._fields(fields, list(decl.bits), decl.name, lambda i: occurrence.field(i, bits[i].type))
        tested = {index: part for index, part in read.items() if part is not ANYTHING}
        return p.Product(tested) if tested else ANYTHING

    def _record(self, node: int, fields: Sequence[int], occurrence: Occurrence) -> Pattern:
        """`{ f: p }`, of a record, or of whatever has the fields."""
        c = self.c
        holder = c.resolved(occurrence.type)
        if self.kind(occurrence) not in (TypeKind.RECORD, TypeKind.STRUCT) and not is_open(c, holder):
            self.poison(node)
            shown = ", ".join(c.text(field) for field in fields)
            return self.mismatch(node, occurrence, f"{{ {shown} }}")
        names = field_names(c, holder)
        types = [field_type(c, holder, name) or ERROR for name in names]
        owner = c.show(occurrence.type)
        read = self._fields(fields, names, owner, lambda i: occurrence.field(i, types[i]))
        tested = {index: part for index, part in read.items() if part is not ANYTHING}
        return p.Product(tested) if tested else ANYTHING

    def _no_struct(self, node: int, type_name: int, decl: object, occurrence: Occurrence) -> Pattern:
        c = self.c
        self.poison(node)
        if isinstance(decl, Decl):
            self.mismatch(node, occurrence, f"{c.text(type_name)} {{ … }}")
        return ANYTHING

    def _fields(
        self, fields: Sequence[int], names: list[str], owner: str, place: Callable[[int], Occurrence]
    ) -> dict[int, Pattern]:
        """The patterns of the fields that are mentioned, by their places."""
        c = self.c
        read: dict[int, Pattern] = {}
        for field in fields:
            index = self._place_of(field, names, owner)
            if index in read:
                c.sink.report("QZ0205", c.span(field), name=c.text(field))
            if index < 0 or index in read:
                self.poison(field)
            else:
                read[index] = self._part(field, place(index))
        return read

    def tuple(self, node: int, occurrence: Occurrence) -> Pattern:
        c = self.c
        parts = c.list(c.lhs[node])
        kind = self.kind(occurrence)
        if kind is TypeKind.VARIABLE:
            c.infer.unify(
                occurrence.type, c.infer.make(TypeKind.TUPLE, tuple(c.infer.fresh() for _ in parts))
            )
        elif kind is not TypeKind.TUPLE:
            self.poison(node)
            return self.mismatch(node, occurrence, f"({', '.join('_' * len(parts))})")
        types = c.infer.args(occurrence.type)
        spread = _spread(c, parts, len(types))
        if spread is None:
            self.poison(node)
            return self.mismatch(node, occurrence, f"({', '.join('_' * len(parts))})")
        read = {
            index: self.read(part, occurrence.field(index, type_part))
            for index, (part, type_part) in enumerate(zip(spread, types, strict=True))
            if part
        }
        tested = {index: part for index, part in read.items() if part is not ANYTHING}
        return p.Product(tested) if tested else ANYTHING

    def vec(self, node: int, occurrence: Occurrence) -> Pattern:
        """`[a, b]`, `[first, ..rest]`, `[.., last]`."""
        c = self.c
        parts = c.list(c.lhs[node])
        kind = self.kind(occurrence)
        if kind is TypeKind.VARIABLE:
            c.infer.unify(occurrence.type, c.infer.make(TypeKind.VEC, (c.infer.fresh(),)))
        element = row_element(c, c.resolved(occurrence.type))
        if element is None:
            self.poison(node)
            return self.mismatch(node, occurrence, "Vec<_>")
        rest = next((n for n, part in enumerate(parts) if c.kind[part] == K.PAT_REST), len(parts))
        before, after = parts[:rest], parts[rest + 1 :]
        if rest < len(parts):
            rest_type = slice_type(c, element)
            self.bind(parts[rest], occurrence.rest(len(before), len(after), rest_type))
        if kind is TypeKind.ARRAY:
            return self._array(node, occurrence, before, after, has_rest=rest < len(parts))
        prefix = tuple(self.read(part, occurrence.element(n, element)) for n, part in enumerate(before))
        suffix = tuple(
            self.read(part, occurrence.from_end(len(after) - n, element)) for n, part in enumerate(after)
        )
        return p.Sequence(element, prefix, suffix, has_rest=rest < len(parts))

    def _array(
        self, node: int, occurrence: Occurrence, before: list[int], after: list[int], *, has_rest: bool
    ) -> Pattern:
        """The elements of an array are there as the fields of a struct are; there must be as many."""
        c = self.c
        element, size = c.infer.args(occurrence.type)
        n_parts = len(before) + len(after)
        n = c.infer.args(size)[0] if c.infer.kind(size) is TypeKind.CONSTANT else -1
        if n < n_parts or (n > n_parts and not has_rest):
            self.poison(node)
            c.sink.report("QZ0415", c.extent(node), type=c.show(occurrence.type), found=n_parts)
            return ANYTHING
        places = [*enumerate(before), *enumerate(after, n - len(after))]
        read = {index: self.read(part, occurrence.field(index, element)) for index, part in places}
        tested = {index: part for index, part in read.items() if part is not ANYTHING}
        return p.Product(tested) if tested else ANYTHING

    def either(self, node: int, occurrence: Occurrence) -> Pattern:
        """`p | q`: each side is read with bindings of its own."""
        outer = self.bindings
        found: list[p.Alternative] = []
        for side in self.c.list(self.c.lhs[node]):
            self.bindings = []
            read = self.read(side, occurrence)
            found.append(p.Alternative(side, read, tuple(self.bindings)))
            self.sides.append(side)
        self.bindings = outer
        return p.Either(tuple(found))

    def typed(self, node: int, occurrence: Occurrence) -> Pattern:
        """`p: T`, where `T` is what the value is anyway."""
        c = self.c
        if not self.expect(node, occurrence, c.lent_annotation(c.rhs[node])):
            self.poison(node)
            return ANYTHING
        return self.read(c.lhs[node], occurrence)

    def literal(self, node: int, occurrence: Occurrence) -> Pattern:
        return literal(self, self.c.lhs[node], occurrence)

    def range(self, node: int, occurrence: Occurrence) -> Pattern:
        return constant_range(self, node, occurrence)


Rule: TypeAlias = Callable[[PatternReader, int, Occurrence], Pattern]


def _spread(c: Checker, parts: Sequence[int], n: int) -> list[int] | None:
    """The parts, one for each of ``n`` places, 0 where a `..` leaves it out; None where they do not fit."""
    for at, part in enumerate(parts):
        if c.kind[part] == K.PAT_REST:
            gap = n - (len(parts) - 1)
            return [*parts[:at], *[0] * gap, *parts[at + 1 :]] if gap >= 0 else None
    return list(parts) if len(parts) == n else None


RULES: dict[int, Rule] = {
    K.PAT_WILD: PatternReader.wildcard,
    K.PAT_NAME: PatternReader.name,
    K.PAT_AT: PatternReader.at,
    K.PAT_VARIANT: PatternReader.variant,
    K.PAT_STRUCT: PatternReader.struct,
    K.PAT_TUPLE: PatternReader.tuple,
    K.PAT_VEC: PatternReader.vec,
    K.PAT_OR: PatternReader.either,
    K.PAT_TYPED: PatternReader.typed,
    K.PAT_LITERAL: PatternReader.literal,
    K.PAT_RANGE: PatternReader.range,
}

"""Patterns against the type of what they are matched with; the result is what decisions are made from.

In a pattern, the name of a variant is looked up in the type of the value first, so that it needs no
qualification even where its enum is not imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.check.checker import Checker
from qz.sema.check.constant_patterns import constant_range, literal
from qz.sema.check.enums import find_variant
from qz.sema.check.field_patterns import struct_pattern
from qz.sema.check.sequence_patterns import row_pattern, tuple_pattern
from qz.sema.check.unions import known, member_for, type_named
from qz.sema.check.variant_patterns import named, variant_pattern
from qz.sema.decls import Decl, GlobalDecl
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

    def declaration(self, name: int) -> Decl | None:
        """What is declared outside of the body that a node names."""
        entry = self.c.decls[name]
        return self.c.program.decls[-entry - 1] if entry < 0 else None

    def part(self, node: int, place: Occurrence) -> Pattern:
        """What is asked of a part of a payload or a struct, which may have its name there."""
        if self.c.kind[node] != K.PAT_FIELD:
            return self.read(node, place)
        if self.c.lhs[node]:
            return self.read(self.c.lhs[node], place)
        self.bind(node, place)
        return ANYTHING

    def place_of(self, field: int, names: list[str], owner: str) -> int:
        """Which of the parts has the name that is given; -1 where none has, which is reported."""
        name = self.c.text(field)
        if name in names:
            return names.index(name)
        hint = did_you_mean(name, names)
        self.c.sink.report("QZ0303", self.c.span(field), help=hint, type=owner, name=name)
        return -1

    # The kinds of pattern

    def wildcard(self, node: int, occurrence: Occurrence) -> Pattern:
        return ANYTHING

    def name(self, node: int, occurrence: Occurrence) -> Pattern:
        entry = self.c.decls[node]
        if entry > 0 or isinstance(self.declaration(node), GlobalDecl):
            self.bind(node, occurrence)
            return ANYTHING
        if entry == 0 and node not in self.c.body.unknown:
            self.failed = True  # bound twice
            return ANYTHING
        if entry == 0 and names_type(self.c.body.module, self.c.token[node]):
            return self._type(node, occurrence)
        return named(self, node, node, (), occurrence)

    def _type(self, node: int, occurrence: Occurrence) -> Pattern:
        """The name of a type, which is the one that the value has anyway, if it is not that of a variant."""
        if type_named(self.c, node, (self.c.resolved(occurrence.type),)) is not None:
            return ANYTHING
        if find_variant(self.c, node, occurrence.type) is not None:
            return named(self, node, node, (), occurrence)
        self.poison(node)
        return self.mismatch(node, occurrence, self.c.text(node))

    def at(self, node: int, occurrence: Occurrence) -> Pattern:
        self.bind(node, occurrence)
        return self.read(self.c.lhs[node], occurrence)

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


Rule: TypeAlias = Callable[[PatternReader, int, Occurrence], Pattern]

RULES: dict[int, Rule] = {
    K.PAT_WILD: PatternReader.wildcard,
    K.PAT_NAME: PatternReader.name,
    K.PAT_AT: PatternReader.at,
    K.PAT_VARIANT: variant_pattern,
    K.PAT_STRUCT: struct_pattern,
    K.PAT_TUPLE: tuple_pattern,
    K.PAT_VEC: row_pattern,
    K.PAT_OR: PatternReader.either,
    K.PAT_TYPED: PatternReader.typed,
    K.PAT_LITERAL: PatternReader.literal,
    K.PAT_RANGE: constant_range,
}

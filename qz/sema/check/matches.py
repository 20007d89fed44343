"""`match` and `is`: arms against the value, and whether there are enough of them and none too many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qz.base.source import Span
from qz.sema.binary.packed import packed_of
from qz.sema.body import MatchPlan
from qz.sema.check.branches import is_nil, join
from qz.sema.check.checker import Checker
from qz.sema.check.enums import enum_of
from qz.sema.check.patterns import PatternReader
from qz.sema.decls import StructDecl
from qz.sema.matching.decision import Decision, TooManyTestsError, decide
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.ordinals import float_at
from qz.sema.matching.patterns import ANYTHING
from qz.sema.matching.rows import Row
from qz.sema.matching.witness import RECORD, ROW, missing
from qz.sema.types import BOOL, CHAR, ERROR, F32, F64, NEVER, TypeId, TypeKind

MAX_EXAMPLES = 3


def match(c: Checker, node: int, want: TypeId) -> TypeId:
    """The arms of a `match` whose value is used have one type."""
    found = c.operand(c.lhs[node])
    value = Occurrence(ERROR if found == NEVER else found)
    reader = PatternReader(c)
    rows: list[Row] = []
    guarded: list[bool] = []
    result: TypeId = NEVER
    empty: list[int] = []
    joined: list[int] = []
    arms = c.list(c.rhs[node])
    for number, arm in enumerate(arms):
        guard, body = c.tree.extra[c.rhs[arm]], c.tree.extra[c.rhs[arm] + 1]
        reader.bindings = []
        pattern = reader.read(c.lhs[arm], value)
        rows.append(Row(number, (pattern,), tuple(reader.bindings), number))
        if guard:
            c.condition(guard)
        guarded.append(bool(guard))
        if is_nil(c, body):
            empty.append(body)
        else:
            result = join(c, body, result, want, "match", joined)
            joined.append(body)
    for body in empty:
        result = join(c, body, result, want, "match", joined)
    if not reader.failed and found not in (ERROR, NEVER):
        decision = decided(c, node, [value], rows, guarded)
        if decision is not None:
            c.body.matches[node] = MatchPlan((value,), decision.root)
            _report_missing(c, node, [value], decision)
            patterns = [[c.lhs[arm]] for arm in arms]
            report_unreachable(
                c, patterns, lambda number: c.extent(c.lhs[arms[number]]), reader.sides, decision
            )
    return NEVER if found == NEVER else result


def is_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`e is p`: what the pattern binds is there where it holds."""
    found = c.operand(c.lhs[node])
    value = Occurrence(ERROR if found == NEVER else found)
    reader = PatternReader(c, bare_variants=True)
    pattern = reader.read(c.rhs[node], value)
    if not reader.failed and found not in (ERROR, NEVER):
        rows = [Row(0, (pattern,), tuple(reader.bindings)), Row(1, (ANYTHING,), (), 1)]
        decision = decided(c, node, [value], rows, [False, False])
        if decision is not None:
            c.body.matches[node] = MatchPlan((value,), decision.root)
    return BOOL


def decided(
    c: Checker, node: int, columns: list[Occurrence], rows: list[Row], guarded: list[bool]
) -> Decision | None:
    """The decision between rows, or None where it would be too large, which is reported."""
    try:
        return decide(columns, rows, guarded)
    except TooManyTestsError:
        c.sink.report("QZ0109", c.span(node))
        return None


def _report_missing(c: Checker, node: int, columns: list[Occurrence], decision: Decision) -> None:
    shown = examples(c, columns, decision)
    if shown and not _could_not_be_read(c, node):
        c.sink.report(
            "QZ0107",
            c.span(node),
            help=f"add an arm `{shown[0]} => …`",
            what="this `match` is",
            missing=listed(shown),
        )


def _could_not_be_read(c: Checker, node: int) -> bool:
    """Whether something in a `match` was reported while it was read: an arm may be lost in it."""
    whole = c.extent(node)
    spans = (found.span for found in c.sink.diagnostics if found.code < _FIRST_OF_MEANING)
    return any(span is not None and whole.encloses(span) for span in spans)


_FIRST_OF_MEANING = "QZ0100"
"""Codes before this one are about what is written."""


def examples(c: Checker, columns: list[Occurrence], decision: Decision) -> list[str]:
    """Values for which there is no arm, one more than are shown."""
    if not decision.may_fail:
        return []
    found = missing(decision.root, columns, TypeWording(c), MAX_EXAMPLES + 1)
    return [", ".join(parts) for parts in found]


def listed(all_of_them: Sequence[str]) -> str:
    """Examples in backticks, the last one of too many left out."""
    shown = [f"`{example}`" for example in all_of_them[:MAX_EXAMPLES]]
    if len(all_of_them) > MAX_EXAMPLES:
        return ", ".join(shown) + " and more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def report_unreachable(
    c: Checker,
    patterns: Sequence[Sequence[int]],
    span_of: Callable[[int], Span],
    sides: Sequence[int],
    decision: Decision,
) -> None:
    """Warn of arms, each of patterns, and of sides of a `|` that nothing leads to."""
    hidden: set[int] = set()
    for number, parts in enumerate(patterns):
        if number not in decision.arms:
            c.sink.report("QZ0108", span_of(number))
            hidden.update(part for pattern in parts for part in _everything(c, pattern))
    if not sides:
        return
    chosen = decision.alternatives
    for side in reversed(sides):
        if side not in chosen and side not in hidden:
            c.sink.report("QZ0108", c.extent(side))
            hidden.update(_everything(c, side))


def _everything(c: Checker, node: int) -> list[int]:
    found = [node]
    for part in found:
        found.extend(c.children(part))
    return found


class TypeWording:
    """Words examples of values, by the types that the checker found."""

    def __init__(self, checker: Checker) -> None:
        self.c = checker

    def member(self, occurrence: Occurrence, tag: int) -> str | None:
        if self.c.infer.kind(occurrence.type) is not TypeKind.UNION:
            return None
        return f"_: {self.c.show(self.c.infer.args(occurrence.type)[tag])}"

    def variant(self, occurrence: Occurrence, tag: int) -> tuple[str, int]:
        enum = enum_of(self.c, occurrence.type)
        assert enum is not None
        variant = list(self.c.program.queries.variants(enum).values())[tag]
        return variant.name, len(variant.fields)

    def n_variants(self, occurrence: Occurrence) -> int:
        if self.c.infer.kind(occurrence.type) is TypeKind.UNION:
            return len(self.c.infer.args(occurrence.type))
        enum = enum_of(self.c, occurrence.type)
        return len(enum.names) if enum is not None else 0

    def scalar(self, occurrence: Occurrence, ordinal: int) -> str:
        type_id = self.c.resolved(occurrence.type)
        if type_id == BOOL:
            return "true" if ordinal else "false"
        if type_id == CHAR:
            return f"'{chr(ordinal)}'" if chr(ordinal).isprintable() else f"'\\u{{{ordinal:X}}}'"
        if type_id in (F32, F64):
            return repr(float_at(ordinal, 32 if type_id == F32 else 64))
        return str(ordinal)

    def fields(self, occurrence: Occurrence) -> tuple[str, list[str]]:
        c = self.c
        args = c.infer.args(occurrence.type)
        if c.infer.kind(occurrence.type) is TypeKind.STRUCT:
            decl = c.program.decls[args[0]]
            assert isinstance(decl, StructDecl)
            return decl.name, list(c.program.queries.fields(decl))
        packed = packed_of(c.program, occurrence.type)
        if packed is not None:
            return packed.name, list(packed.bits)
        if c.infer.kind(occurrence.type) is TypeKind.ARRAY:
            return ROW, [""] * c.infer.args(args[1])[0]
        if c.infer.kind(occurrence.type) is TypeKind.RECORD:
            return RECORD, list(c.program.types.record_names[args[0]])
        return "", [str(n) for n in range(len(args))]

"""Values that no arm takes, as patterns: what the ways through a decision say that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Protocol

from qz.sema.matching.nodes import Aspect, Fail, Fork, Label, Leaf, Node
from qz.sema.matching.occurrences import Occurrence, StepKind
from qz.sema.matching.patterns import Domain

WILDCARD = "_"
MAX_LISTED_LENGTH = 16
ROW = "[]"
RECORD = "{}"


class Known(NamedTuple):
    """What one outcome of a test says of a value; no label where it is none of those of the cases."""

    test: Fork
    label: Label | None


class Wording(Protocol):
    """Knows the types that patterns are written in."""

    def member(self, occurrence: Occurrence, tag: int) -> str | None:
        """A pattern for all values of a member of a union; None for an enum."""
        ...

    def variant(self, occurrence: Occurrence, tag: int) -> tuple[str, int]:
        """The name of a variant, and the number of words in its payload."""
        ...

    def n_variants(self, occurrence: Occurrence) -> int:
        """How many variants the enum has."""
        ...

    def scalar(self, occurrence: Occurrence, ordinal: int) -> str:
        """A literal."""
        ...

    def fields(self, occurrence: Occurrence) -> tuple[str, list[str]]:
        """The name of a struct and those of its fields; none for a tuple, `ROW` for an array, or `RECORD`."""
        ...


def missing(root: Node, columns: Sequence[Occurrence], wording: Wording, limit: int) -> list[list[str]]:
    """Up to ``limit`` values that no arm takes, each as one pattern a column."""
    fails = _leads_to_failure(root)
    found: list[list[str]] = []
    for way in islice(_ways(root, fails), limit):
        for known in _spelled_out(way, wording, limit):
            shown = [_show(column, known, wording) for column in columns]
            if shown not in found:
                found.append(shown)
    return found[:limit]


def _leads_to_failure(root: Node) -> set[int]:
    """The nodes from which some way leads to a failure."""
    parents: dict[int, list[Node]] = {}
    pending: list[Node] = [root]
    seen = {id(root)}
    failures: list[Node] = []
    while pending:
        node = pending.pop()
        if isinstance(node, Fail):
            failures.append(node)
        for following in node.following():
            parents.setdefault(id(following), []).append(node)
            if id(following) not in seen:
                seen.add(id(following))
                pending.append(following)
    found = {id(node) for node in failures}
    while failures:
        for parent in parents.get(id(failures.pop()), ()):
            if id(parent) not in found:
                found.add(id(parent))
                failures.append(parent)
    return found


def _ways(root: Node, fails: set[int]) -> Iterator[list[Known]]:
    """Every way to a failure, the shortest turns first."""
    pending: list[tuple[Node, list[Known]]] = [(root, [])] if id(root) in fails else []
    while pending:
        node, way = pending.pop()
        if isinstance(node, Fail):
            yield way
        elif isinstance(node, Leaf):
            assert node.otherwise is not None
            pending.append((node.otherwise, way))
        else:
            turns: list[tuple[Node, list[Known]]] = [
                (case.node, [*way, Known(node, label)])
                for case in node.cases
                if id(case.node) in fails
                for label in case.labels
            ]
            if node.default is not None and id(node.default) in fails:
                turns.append((node.default, [*way, Known(node, None)]))
            pending.extend(reversed(turns))


def _spelled_out(way: list[Known], wording: Wording, limit: int) -> Iterator[dict[int, Known]]:
    """A way with the variants named that its last open test of an enum leaves."""
    known = {id(step.test.occurrence): step for step in way}
    for step in reversed(way):
        if step.label is None and step.test.kind is Aspect.VARIANT:
            taken = {label for case in step.test.cases for label in case.labels}
            tags = (t for t in range(wording.n_variants(step.test.occurrence)) if t not in taken)
            for tag in islice(tags, limit):
                yield {**known, id(step.test.occurrence): Known(step.test, tag)}
            return
    yield known


def _show(occurrence: Occurrence, known: dict[int, Known], wording: Wording) -> str:
    """The pattern of the value at an occurrence. Recursion is as deep as the patterns of the source."""
    fact = known.get(id(occurrence))
    if fact is None:
        return _show_product(occurrence, known, wording)
    match fact.test.kind:
        case Aspect.VARIANT:
            return _show_variant(occurrence, fact, known, wording)
        case Aspect.TEXT:
            text = fact.label
            return f'"{text.decode("utf-8", "replace")}"' if isinstance(text, bytes) else WILDCARD
        case Aspect.ORDINAL:
            return _show_ordinal(occurrence, fact, wording)
        case Aspect.LENGTH:
            return _show_sequence(occurrence, fact, known, wording)


def _show_variant(occurrence: Occurrence, fact: Known, known: dict[int, Known], wording: Wording) -> str:
    tag = fact.label
    if not isinstance(tag, int):
        taken = {label for case in fact.test.cases for label in case.labels}
        tag = next(t for t in range(wording.n_variants(occurrence)) if t not in taken)
    member = wording.member(occurrence, tag)
    if member is not None:
        inside = _show(occurrence.payload(tag, 0), known, wording)
        return member if inside == WILDCARD else inside
    name, n_parts = wording.variant(occurrence, tag)
    parts = [_show(occurrence.payload(tag, index), known, wording) for index in range(n_parts)]
    return f"{name}({', '.join(parts)})" if parts else name


def _show_ordinal(occurrence: Occurrence, fact: Known, wording: Wording) -> str:
    """An interval; `_` where what is left reaches to an end of a range that nobody writes out."""
    domain = fact.test.domain
    assert domain is not None
    if isinstance(fact.label, tuple):
        low, high = fact.label
    else:
        gap = None if domain.width else _first_gap(fact.test, domain)
        if gap is None:
            return WILDCARD
        low, high = gap
    if low == high:
        return wording.scalar(occurrence, low)
    return f"{wording.scalar(occurrence, low)}..={wording.scalar(occurrence, high)}"


def _first_gap(test: Fork, domain: Domain) -> tuple[int, int] | None:
    """The first ordinals that no case covers, unless that are those up to or from a limit of 64 bits."""
    taken = sorted(label for case in test.cases for label in case.labels if isinstance(label, tuple))
    next_free = domain.low
    is_wide = domain.high - domain.low >= (1 << 32)
    for low, high in [*taken, (domain.high + 1, domain.high + 1)]:
        if low > next_free:
            is_at_limit = next_free == domain.low or low > domain.high
            return None if is_wide and is_at_limit else (next_free, low - 1)
        next_free = high + 1
    return None


def _show_sequence(occurrence: Occurrence, fact: Known, known: dict[int, Known], wording: Wording) -> str:
    if isinstance(fact.label, int):
        parts = [_show(occurrence.element(n), known, wording) for n in range(fact.label)]
        return f"[{', '.join(parts)}]"
    taken = {label for case in fact.test.cases for label in case.labels if isinstance(label, int)}
    n = next(n for n in range(len(taken) + 1) if n not in taken)
    parts = [_show(occurrence.element(k), known, wording) for k in range(min(n, MAX_LISTED_LENGTH))]
    n_after = max(
        (s.first for s in occurrence.children if s.kind is StepKind.FROM_END and s.first <= n), default=0
    )
    for places in range(n_after, 0, -1):
        shown = _show(occurrence.from_end(places), known, wording)
        if shown != WILDCARD and n <= MAX_LISTED_LENGTH:
            parts[n - places] = shown
    if n > max(taken, default=-1):
        parts.append("..")
    return f"[{', '.join(parts)}]"


def _show_product(occurrence: Occurrence, known: dict[int, Known], wording: Wording) -> str:
    """A struct with the fields that are known; `_` where nothing is."""
    shown = {
        step.first: text
        for step, child in sorted(occurrence.children.items())
        if step.kind is StepKind.FIELD and (text := _show(child, known, wording)) != WILDCARD
    }
    if not shown:
        return WILDCARD
    name, fields = wording.fields(occurrence)
    if name == ROW:
        last = max(shown)
        parts = [shown.get(n, WILDCARD) for n in range(last + 1)]
        n_more = len(fields) - len(parts)
        return f"[{', '.join(parts + (['..'] if n_more > 1 else [WILDCARD] * n_more))}]"
    if not name:
        return f"({', '.join(shown.get(n, WILDCARD) for n in range(len(fields)))})"
    listed = ", ".join(f"{fields[n]}: {text}" for n, text in shown.items())
    return f"{{ {listed} }}" if name == RECORD else f"{name} {{ {listed} }}"

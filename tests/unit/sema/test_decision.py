"""Decisions against naive matching: the arm found, the arms reached and the examples of what is missing.

Domains are small, so that every value can be tried: whatever is drawn, a decision must find the first arm
that matches, reach an arm if some value has it for its first, and give examples exactly where some value has
none.
"""

from __future__ import annotations

from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qz.sema.matching import decision
from qz.sema.matching import patterns as p
from qz.sema.matching.decision import TooManyTestsError, decide
from qz.sema.matching.nodes import Aspect, Fail, Fork, Leaf, Node
from qz.sema.matching.occurrences import Occurrence, StepKind
from qz.sema.matching.ordinals import BOOLS, float_at, float_ordinal
from qz.sema.matching.patterns import ANYTHING, Pattern
from qz.sema.matching.rows import Row
from qz.sema.matching.witness import missing
from qz.sema.types import NONE

# Types: a Bool, numbers 0 to 7, strings, an enum, a pair, vectors of Bool.
BOOL, NUMBER, TEXT, ENUM, PAIR, VEC = "bool", "number", "text", "enum", "pair", "vec"
NUMBERS = p.Domain(0, 7)
TEXTS = (b"", b"a", b"b", b"ab", b"zz")
PAYLOADS: tuple[tuple[str, ...], ...] = ((), (BOOL,), (NUMBER, BOOL), (PAIR,))
PARTS = (BOOL, ENUM)
MAX_LENGTH = 5


def values_of(kind: str, depth: int = 0) -> list[Any]:
    """Every value of a type; a nested enum stops at its first two variants."""
    match kind:
        case "bool":
            return [0, 1]
        case "number":
            return list(range(8))
        case "text":
            return list(TEXTS)
        case "enum":
            payloads = PAYLOADS if depth == 0 else PAYLOADS[:2]
            return [
                (tag, *parts)
                for tag, payload in enumerate(payloads)
                for parts in product(*(values_of(part, depth + 1) for part in payload))
            ]
        case "pair":
            return list(product(*(values_of(part, depth + 1) for part in PARTS)))
        case _:
            return [list(v) for n in range(MAX_LENGTH + 1) for v in product((0, 1), repeat=n)]


@st.composite
def patterns(draw: st.DrawFn, kind: str, depth: int = 2) -> Pattern:
    """A pattern for a type."""
    choice = draw(st.integers(0, 5))
    if choice == 0 or depth < 0:
        return ANYTHING
    if choice == 1:
        sides = draw(st.lists(patterns(kind, depth - 1), min_size=2, max_size=3))
        return p.Either(tuple(p.Alternative(id(side), side, ()) for side in sides))
    match kind:
        case "bool":
            value = draw(st.integers(0, 1))
            return p.Interval(value, value, BOOLS)
        case "number":
            low = draw(st.integers(0, 7))
            return p.Interval(low, draw(st.integers(low, 7)), NUMBERS)
        case "text":
            return p.Text(draw(st.sampled_from(TEXTS[:-1])))
        case "enum":
            n = len(PAYLOADS)
            tag = draw(st.integers(0, n - 1))
            parts = tuple(draw(patterns(part, depth - 1)) for part in PAYLOADS[tag])
            return p.Variant(tag, n, parts)
        case "pair":
            parts = {n: draw(patterns(part, depth - 1)) for n, part in enumerate(PARTS)}
            return p.Product(parts)
        case _:
            prefix = draw(st.lists(patterns(BOOL, 0), max_size=2))
            suffix = draw(st.lists(patterns(BOOL, 0), max_size=2))
            if draw(st.booleans()):
                return p.Sequence(NONE, tuple(prefix), tuple(suffix), has_rest=True)
            return p.Sequence(NONE, tuple(prefix + suffix))


def matches(pattern: Pattern, value: Any) -> bool:
    """What a pattern means, naively."""
    match pattern:
        case p.Either():
            return any(matches(side.pattern, value) for side in pattern.alternatives)
        case p.Interval():
            return pattern.low <= value <= pattern.high
        case p.Text():
            return pattern.text == value
        case p.Variant():
            parts = zip(pattern.parts, value[1:], strict=False)
            return pattern.tag == value[0] and all(matches(part, v) for part, v in parts)
        case p.Product():
            return all(matches(part, value[n]) for n, part in pattern.parts.items())
        case p.Sequence():
            n_before, n_after = len(pattern.prefix), len(pattern.suffix)
            if len(value) < n_before + n_after or (len(value) > n_before and not pattern.has_rest):
                return False
            ends = [*zip(pattern.prefix, value, strict=False)]
            ends += zip(pattern.suffix, value[len(value) - n_after :], strict=True)
            return all(matches(part, v) for part, v in ends)
        case _:
            return True


def value_at(occurrence: Occurrence, roots: dict[Occurrence, Any]) -> Any:
    """The part of the values that an occurrence means."""
    if occurrence.parent is None or occurrence.step is None:
        return roots[occurrence]
    value = value_at(occurrence.parent, roots)
    kind, first, second = occurrence.step
    match kind:
        case StepKind.PAYLOAD:
            assert value[0] == first
            return value[second + 1]
        case StepKind.FROM_END:
            return value[-first]
        case _:
            return value[first]


def outcome(test: Fork, value: Any) -> Node:
    """Where a test leads with a value."""
    key = value[0] if test.kind is Aspect.VARIANT else len(value) if test.kind is Aspect.LENGTH else value
    for labels, node in test.cases:
        for label in labels:
            if label[0] <= key <= label[1] if isinstance(label, tuple) else label == key:
                return node
    assert test.default is not None, "the cases are all there can be"
    return test.default


def decided(root: Node, columns: list[Occurrence], values: tuple[Any, ...], holds: list[bool]) -> int | None:
    """The arm that a decision finds; ``holds`` says which guards do. No value is looked at twice."""
    roots = dict(zip(columns, values, strict=True))
    node = root
    seen: set[Occurrence] = set()
    while True:
        match node:
            case Fail():
                return None
            case Leaf():
                if node.otherwise is None or holds[node.arm]:
                    return node.arm
                node = node.otherwise
            case Fork():
                assert node.occurrence not in seen
                seen.add(node.occurrence)
                node = outcome(node, value_at(node.occurrence, roots))


def first_match(rows: list[tuple[Pattern, ...]], values: tuple[Any, ...], holds: list[bool]) -> int | None:
    for arm, row in enumerate(rows):
        if holds[arm] and all(matches(pattern, value) for pattern, value in zip(row, values, strict=True)):
            return arm
    return None


class PlainWording:
    """Words examples so that `read` can take them apart again."""

    def member(self, occurrence: Occurrence, tag: int) -> str | None:
        return None

    def variant(self, occurrence: Occurrence, tag: int) -> tuple[str, int]:
        return f"v{tag}", len(PAYLOADS[tag])

    def n_variants(self, occurrence: Occurrence) -> int:
        return len(PAYLOADS)

    def scalar(self, occurrence: Occurrence, ordinal: int) -> str:
        return str(ordinal)

    def fields(self, occurrence: Occurrence) -> tuple[str, list[str]]:
        return "", [str(n) for n in range(len(PARTS))]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[tuple[Pattern, ...]], list[bool]]:
    """Types of the columns, rows of patterns, and which rows have a guard."""
    kinds = draw(st.lists(st.sampled_from([BOOL, NUMBER, TEXT, ENUM, PAIR, VEC]), min_size=1, max_size=2))
    rows = draw(st.lists(st.tuples(*(patterns(kind) for kind in kinds)), max_size=6))
    guarded = draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    return kinds, rows, guarded


@given(tables())
def test_decisions_agree_with_naive_matching(table: Any) -> None:
    kinds, rows, guarded = table
    columns = [Occurrence() for _ in kinds]
    made = decide(columns, [Row(n, row, ()) for n, row in enumerate(rows)], guarded)
    examples = missing(made.root, columns, PlainWording(), 3)
    found: set[int | None] = set()
    never = [not guard for guard in guarded]
    for values in product(*map(values_of, kinds)):
        for holds in ([True] * len(rows), never):
            expected = first_match(rows, values, holds)
            assert decided(made.root, columns, values, holds) == expected
            if expected is not None:
                found.add(expected)
        if first_match(rows, values, never) is None:
            found.add(None)
    # Of a nested enum and of a vector not every value was tried, so that arms beyond them may be reached too.
    assert found - {None} <= made.arms
    assert (None not in found) or examples
    if not {ENUM, PAIR, VEC} & set(kinds):
        assert bool(examples) == (None in found)


@given(tables())
def test_an_arm_is_reached_if_a_value_finds_it(table: Any) -> None:
    """With every guard failing, an arm is still reached by what the arms before it turned down."""
    kinds, rows, guarded = table
    if {ENUM, PAIR, VEC} & set(kinds):
        return
    columns = [Occurrence() for _ in kinds]
    made = decide(columns, [Row(n, row, ()) for n, row in enumerate(rows)], guarded)
    reached: set[int] = set()
    for values in product(*map(values_of, kinds)):
        for arm, row in enumerate(rows):
            if all(matches(pattern, value) for pattern, value in zip(row, values, strict=True)):
                reached.add(arm)
                if not guarded[arm]:
                    break
    assert made.arms == reached


@given(st.lists(patterns(NUMBER, 1), min_size=1, max_size=5))
def test_a_side_is_reached_if_a_value_finds_it(sides: list[Pattern]) -> None:
    alternatives = tuple(p.Alternative(n, side, ()) for n, side in enumerate(sides))
    made = decide([Occurrence()], [Row(0, (p.Either(alternatives),), ())], [False])
    reached = {
        next(n for n, side in enumerate(sides) if matches(side, value))
        for value in range(8)
        if any(matches(side, value) for side in sides)
    }
    assert made.alternatives & set(range(len(sides))) == reached


def number(value: int) -> Pattern:
    return p.Interval(value, value, p.Domain(-(1 << 63), (1 << 63) - 1))


def nodes_of(root: Node) -> list[Node]:
    found, pending = [root], [root]
    while pending:
        for node in pending.pop().following():
            if not any(node is other for other in found):
                found.append(node)
                pending.append(node)
    return found


def test_equal_outcomes_are_one_node() -> None:
    """`(1, 1) | (2, 1) => a`, `_ => b`: the second number is tested in one place."""
    sides = [p.Product({0: number(n), 1: number(1)}) for n in (1, 2)]
    either = p.Either(tuple(p.Alternative(n, side, ()) for n, side in enumerate(sides)))
    made = decide([Occurrence()], [Row(0, (either,), ()), Row(1, (ANYTHING,), ())], [False, False])
    tests = [node for node in nodes_of(made.root) if isinstance(node, Fork)]
    assert len(tests) == 3  # the patterns of the second number stand in two places


def test_the_column_that_all_rows_need_comes_first() -> None:
    """Rows that ask for the second column only would be doubled by a test of the first."""
    columns = [Occurrence(), Occurrence()]
    rows = [
        Row(0, (ANYTHING, number(1)), ()),
        Row(1, (number(1), number(2)), ()),
        Row(2, (number(2), number(3)), ()),
        Row(3, (ANYTHING, ANYTHING), ()),
    ]
    made = decide(columns, rows, [False] * 4)
    assert isinstance(made.root, Fork)
    assert made.root.occurrence is columns[1]


def test_many_arms_are_one_switch() -> None:
    rows = [Row(n, (number(3 * n),), ()) for n in range(700)]
    rows.append(Row(700, (ANYTHING,), ()))
    made = decide([Occurrence()], rows, [False] * 701)
    assert isinstance(made.root, Fork)
    assert len(made.root.cases) == 700
    assert made.arms == set(range(701))


def test_tests_that_multiply_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each arm asks for the truth of a few of many values, another few each time."""
    chance = Random(1)
    truths = [p.Interval(truth, truth, BOOLS) for truth in (0, 1)]
    rows: list[Row] = []
    for arm in range(40):
        asked = tuple(truths[chance.randint(0, 1)] if chance.random() < 0.2 else ANYTHING for _ in range(16))
        rows.append(Row(arm, asked, ()))
    columns = [Occurrence() for _ in range(16)]
    assert decide(columns, rows, [False] * 40).arms
    monkeypatch.setattr(decision, "MAX_NODES", 20)
    with pytest.raises(TooManyTestsError):
        decide(columns, rows, [False] * 40)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_ordinals_order_floats(a: float, b: float) -> None:
    left, right = float_ordinal(a, 64), float_ordinal(b, 64)
    assert (left < right) == (a < b)
    assert (left == right) == (a == b)
    assert float_at(left, 64) == a


@given(st.floats(width=32, allow_nan=False))
def test_ordinals_of_single_floats(a: float) -> None:
    assert float_at(float_ordinal(a, 32), 32) == a

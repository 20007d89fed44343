"""The tests of a decision: comparisons, switches, and how strings are told apart.

Each test emits branches for all outcomes but one, and gives that one: it goes on where the test stands.
Outcomes that are the end of the decision are branched to, so that the long way is the straight one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from xdsl.ir import Attribute, Region, SSAValue

from dialects.qz.bits import BitAndOp
from dialects.qz.matches import SwitchOp, numbers
from dialects.qz.properties import PREDICATES, UNCHECKED
from dialects.qz.scalar import CmpOp
from dialects.qz.strings import StrByteAtOp, StrCmpOp, StrSizeOp
from dialects.qz.types import boolean, si64
from qz.irgen.constants import bytes_literal, constant
from qz.irgen.data.enums import tag_of
from qz.sema.matching.nodes import Aspect, Fail, Fork, Leaf, Node
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.ordinals import float_at
from qz.sema.matching.patterns import Domain
from qz.sema.types import BOOL

if TYPE_CHECKING:
    from qz.irgen.matching.decisions import Decision

MAX_LISTED = 1024
MAX_INTERVAL = 64
"""Numbers of intervals that a switch lists, in all and of each; larger ones are compared with their ends.

A class of characters fits. Of more numbers LLVM makes the same two comparisons, after reading them all.
"""

MIN_CASES_WITHOUT_DEFAULT = 4
"""So many outcomes are worth a switch that knows them to be all; of fewer, the last is the default."""

MAX_COMPARED_TEXTS = 2
"""So many strings are compared one by one, which looks at their lengths first."""


class Interval(NamedTuple):
    """An interval of ordinals, and where it leads."""

    low: int
    high: int
    node: Node


class Group(NamedTuple):
    """Numbers that lead to one node."""

    numbers: list[int]
    node: Node


def outcomes(node: Node) -> list[Node]:
    """The nodes that a node branches to, one as often as branches to it are emitted."""
    if not isinstance(node, Fork):
        return node.following()
    if node.kind is Aspect.TEXT:
        found = [case.node for case in node.cases for _ in case.labels]
    elif node.kind is Aspect.ORDINAL:
        groups, intervals = _ordinals(node)
        found = [group.node for group in groups] + [interval.node for interval in intervals]
    else:
        found = [case.node for case in node.cases]
    return found if node.default is None else [*found, node.default]


def emit_test(d: Decision, test: Fork) -> Node:
    """Emit a test; the outcome given is not branched to yet."""
    return _EMITTERS[test.kind](d, test)


def is_end(node: Node) -> bool:
    """Whether a node ends the decision at once."""
    return isinstance(node, Fail) or (isinstance(node, Leaf) and node.otherwise is None)


def _variant(d: Decision, test: Fork) -> Node:
    groups = [
        Group([label for label in case.labels if isinstance(label, int)], case.node) for case in test.cases
    ]
    if len(groups) == 1 and test.default is None:
        return groups[0].node
    return _switch(d, lambda: tag_of(d.b, d.places.value(test.occurrence)), groups, test.default)


def _length(d: Decision, test: Fork) -> Node:
    groups = [
        Group([label for label in case.labels if isinstance(label, int)], case.node) for case in test.cases
    ]
    return _switch(d, lambda: d.places.size(test.occurrence), groups, test.default)


def _switch(
    d: Decision,
    value: Callable[[], SSAValue],
    groups: list[Group],
    default: Node | None,
    *,
    more_follows: bool = False,
) -> Node:
    """Branch by a number. The default is what goes on behind it where more tests follow before that."""
    if default is None and len(groups) < MIN_CASES_WITHOUT_DEFAULT:
        *groups, (_, default) = groups
    if not groups:
        assert default is not None
        return default
    found = value()
    if default is None:
        _emit_switch(d, found, [(group.numbers, d.branch(group.node)) for group in groups], None)
        raise d.b.unreachable()
    if len(groups) == 1 and len(groups[0].numbers) == 1:
        return _compare(d, found, groups[0], default, more_follows=more_follows)
    regions = [(group.numbers, d.branch(group.node)) for group in groups]
    _emit_switch(d, found, regions, d.falling_through(lambda: None))
    return default


def _compare(d: Decision, value: SSAValue, group: Group, default: Node, *, more_follows: bool) -> Node:
    """Branch by one number, away from the outcome that goes on."""
    goes_on, branches = default, group.node
    if is_end(default) and not more_follows:
        goes_on, branches = group.node, default
    predicate = "eq" if goes_on is default else "ne"
    number = d.number(group.numbers[0], value.type)
    d.if_(d.b.make(CmpOp, (value, number), boolean, PREDICATES[predicate]), branches)
    return goes_on


def _emit_switch(
    d: Decision, value: SSAValue, cases: Sequence[tuple[list[int], Region]], default: Region | None
) -> None:
    properties: dict[str, Attribute] = {
        "values": numbers([number for of_case, _ in cases for number in of_case]),
        "counts": numbers([len(of_case) for of_case, _ in cases]),
    }
    regions = tuple([region for _, region in cases] + ([] if default is None else [default]))
    d.b.do(SwitchOp, (value,), properties, (), regions)


# Ordinals


def _ordinals(test: Fork) -> tuple[list[Group], list[Interval]]:
    """What a switch lists, and the intervals that are too large for that or made of floats."""
    groups: list[Group] = []
    intervals: list[Interval] = []
    assert test.domain is not None
    room = 0 if test.domain.width else MAX_LISTED
    for case in test.cases:
        listed: list[int] = []
        for label in case.labels:
            assert isinstance(label, tuple)
            low, high = label
            size = high - low + 1
            if size == 1 and not test.domain.width:
                listed.append(low)
            elif size <= min(room, MAX_INTERVAL):
                room -= size
                listed.extend(range(low, high + 1))
            else:
                intervals.append(Interval(low, high, case.node))
        if listed:
            groups.append(Group(listed, case.node))
    return groups, intervals


def _ordinal(d: Decision, test: Fork) -> Node:
    groups, intervals = _ordinals(test)
    default = test.default
    if default is None and intervals:
        *intervals, (_, _, default) = intervals
    if default is None and len(groups) == 1:
        return groups[0].node
    value = d.places.value(test.occurrence)
    if test.occurrence.type == BOOL:
        return _truth(d, value, {group.numbers[0]: group.node for group in groups}, default)
    if groups:
        rest = default if default is not None or not intervals else intervals[-1].node
        default = _switch(d, lambda: value, groups, rest, more_follows=bool(intervals))
    assert test.domain is not None
    assert default is not None
    for interval in intervals:
        d.if_(_lies_within(d, test.occurrence, value, interval, test.domain), interval.node)
    return default


def _truth(d: Decision, value: SSAValue, nodes: dict[int, Node], default: Node | None) -> Node:
    if_true = nodes.get(1, default)
    if_false = nodes.get(0, default)
    assert if_true is not None
    assert if_false is not None
    if is_end(if_false) and not is_end(if_true):
        d.if_(d.negated(value), if_false)
        return if_true
    d.if_(value, if_true)
    return if_false


def _lies_within(
    d: Decision, occurrence: Occurrence, value: SSAValue, interval: Interval, domain: Domain
) -> SSAValue:
    """Whether a number lies in an interval; a float that is NaN lies in none."""
    b = d.b

    def end(ordinal: int) -> SSAValue:
        number = float_at(ordinal, domain.width) if domain.width else ordinal
        return constant(b, occurrence.type, number)

    def compare(predicate: str, ordinal: int) -> SSAValue:
        return b.make(CmpOp, (value, end(ordinal)), boolean, PREDICATES[predicate])

    if interval.low == interval.high:
        return compare("eq", interval.low)
    if interval.low == domain.low and not domain.width:
        return compare("le", interval.high)
    if interval.high == domain.high and not domain.width:
        return compare("ge", interval.low)
    return b.make(BitAndOp, (compare("ge", interval.low), compare("le", interval.high)), boolean)


# Strings


def _text(d: Decision, test: Fork) -> Node:
    """By length, then by the bytes that tell most of them apart, and in the end by comparison."""
    assert test.default is not None
    value = d.places.value(test.occurrence)
    texts = [(label, case.node) for case in test.cases for label in case.labels if isinstance(label, bytes)]
    if len(texts) == 1 and is_end(test.default):
        (text, node) = texts[0]
        d.if_(_equals(d, value, text, "ne"), test.default)
        return node
    if len(texts) <= MAX_COMPARED_TEXTS:
        _compare_texts(d, value, texts)
        return test.default
    by_length: dict[int, list[tuple[bytes, Node]]] = {}
    for text, node in texts:
        by_length.setdefault(len(text), []).append((text, node))
    _switch_texts(d, value, d.b.make(StrSizeOp, (value,), si64), by_length)
    return test.default


def _switch_texts(
    d: Decision, value: SSAValue, number: SSAValue, groups: dict[int, list[tuple[bytes, Node]]]
) -> None:
    """Branch by a number that the texts have; where none of them is it, control goes on behind."""

    def narrow(texts: list[tuple[bytes, Node]]) -> Region:
        return d.falling_through(lambda: _narrow(d, value, texts))

    cases = [([key], narrow(texts)) for key, texts in sorted(groups.items())]
    _emit_switch(d, number, cases, d.falling_through(lambda: None))


def _narrow(d: Decision, value: SSAValue, texts: list[tuple[bytes, Node]]) -> None:
    """Tell texts of one length apart."""
    if len(texts) <= MAX_COMPARED_TEXTS:
        _compare_texts(d, value, texts)
        return
    position = max(range(len(texts[0][0])), key=lambda at: len({text[at] for text, _ in texts}))
    by_byte: dict[int, list[tuple[bytes, Node]]] = {}
    for text, node in texts:
        by_byte.setdefault(text[position], []).append((text, node))
    byte = d.b.make(StrByteAtOp, (value, d.number(position, si64)), si64, UNCHECKED)
    _switch_texts(d, value, byte, by_byte)


def _compare_texts(d: Decision, value: SSAValue, texts: list[tuple[bytes, Node]]) -> None:
    for text, node in texts:
        d.if_(_equals(d, value, text, "eq"), node)


def _equals(d: Decision, value: SSAValue, text: bytes, predicate: str) -> SSAValue:
    return d.b.make(StrCmpOp, (value, bytes_literal(d.b, text)), boolean, PREDICATES[predicate])


_EMITTERS: dict[Aspect, Callable[[Decision, Fork], Node]] = {
    Aspect.VARIANT: _variant,
    Aspect.ORDINAL: _ordinal,
    Aspect.TEXT: _text,
    Aspect.LENGTH: _length,
}

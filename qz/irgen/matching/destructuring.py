"""Patterns that take a value apart without a choice; a vector of the wrong size panics."""

from xdsl.ir import SSAValue

from dialects.qz.properties import PREDICATES
from dialects.qz.scalar import CmpOp
from dialects.qz.strings import ShowOp, StrConcatOp
from dialects.qz.types import boolean, string
from qz.irgen.bindings import bind
from qz.irgen.builder import Builder
from qz.irgen.constants import bytes_literal
from qz.irgen.holding import owned
from qz.irgen.matching.places import Places
from qz.irgen.panics import panic_unless
from qz.irgen.storage import assign_global, assign_local
from qz.sema.matching.nodes import Aspect, Fail, Fork, Leaf, Node
from qz.syntax.nodes import NodeKind

K = NodeKind


def destructure(b: Builder, node: int) -> None:
    """`pattern = e`, `var pattern = e`. A tuple that is only there to be taken apart is never made."""
    pattern, value = b.lhs[node], b.rhs[node]
    binds = b.kind[node] == K.VAR_PATTERN
    if b.kind[pattern] != K.PAT_TUPLE or b.kind[value] != K.TUPLE:
        take_apart(b, pattern, b.value(value), binds=binds)
        return
    plan = b.body.matches[pattern]
    whole = plan.columns[0]
    items = b.tree.list(b.lhs[value])
    types = b.program.types.args[whole.type]
    values = [b.value_as(item, b.ir_types.of(part)) for item, part in zip(items, types, strict=True)]
    known = {whole.field(index): found for index, found in enumerate(values)}
    _follow(b, pattern, plan.root, Places(b, known), binds=binds)


def take_apart(b: Builder, pattern: int, value: SSAValue, *, binds: bool = False) -> None:
    """Bind what a pattern names, or assign it if that is a variable already and not only ``binds`` one.

    The value may have come out of an instance that is shared.
    """
    plan = b.body.matches.get(pattern)
    if plan is not None:
        whole = plan.columns[0]
        value = b.coerce(value, b.ir_types.of(whole.type))
        _follow(b, pattern, plan.root, Places(b, {whole: value}), binds=binds)
    elif b.kind[pattern] == K.PAT_NAME:
        bind(b, b.decls[pattern] - 1, value)


def _follow(b: Builder, pattern: int, node: Node, places: Places, *, binds: bool) -> None:
    """Go the one way to the end of the tests; all is read before anything is assigned."""
    while isinstance(node, Fork):
        if node.kind is Aspect.LENGTH:
            _require_size(b, pattern, node, places)
        node = _following(node)
    assert isinstance(node, Leaf)
    values = [(target, places.value(occurrence)) for target, occurrence in node.bindings]
    for target, value in values:
        if target < 0:
            assign_global(b, target, value)
        elif b.body.locals[target].mutable and not binds:
            assign_local(b, target, value)
        else:
            bind(b, target, owned(b, target, value))


def _following(test: Fork) -> Node:
    """The one way on from a test."""
    return next(n for n in test.following() if not isinstance(n, Fail))


def bound_by(b: Builder, pattern: int, *, binds: bool = False) -> list[int]:
    """The locals that a pattern binds; those that it assigns are not among them, if it not only ``binds``."""
    plan = b.body.matches.get(pattern)
    if plan is None:
        return [b.decls[pattern] - 1] if b.kind[pattern] == K.PAT_NAME else []
    node = plan.root
    while isinstance(node, Fork):
        node = _following(node)
    assert isinstance(node, Leaf)
    targets = [target for target, _ in node.bindings if target >= 0]
    return [target for target in targets if binds or not b.body.locals[target].mutable]


def _require_size(b: Builder, pattern: int, test: Fork, places: Places) -> None:
    """Panic where a vector has not as many elements as the pattern asks for."""
    size = places.size(test.occurrence)
    if isinstance(test.default, Fail):
        predicate, words = "eq", b"exactly"
        n = next(label for case in test.cases for label in case.labels if not isinstance(case.node, Fail))
    else:
        predicate, words = "ge", b"at least"
        n = sum(len(case.labels) for case in test.cases)
    assert isinstance(n, int)

    def message() -> SSAValue:
        text = b"the pattern asks for %s %d element%s, the vector has " % (words, n, b"" if n == 1 else b"s")
        return b.make(StrConcatOp, (bytes_literal(b, text), b.make(ShowOp, (size,), string)), string)

    holds = b.make(CmpOp, (size, places.number(n)), boolean, PREDICATES[predicate])
    panic_unless(b, pattern, holds, message)

"""Results that are written as what can be done with them: `impl Show`, `Vec<impl Show>`."""

from __future__ import annotations

from collections.abc import Iterator

from qz.sema.check.checker import Checker
from qz.sema.check.traits import implements, why_not
from qz.sema.decls import FunctionDecl, Signature
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeKind
from qz.syntax.nodes import NodeKind


def learn_from_promises(c: Checker, signature: Signature) -> None:
    """What a body leaves open of a result follows from what the header says of it: `xs.iter()` of an empty
    `xs` is an `impl Iterator<Int>` if the elements are of that type."""
    hidden = {bound.param: c.infer.fresh() for bound in signature.promised}
    if c.infer.unify(c.infer.instantiate(signature.pattern, hidden), c.body.result):
        for param, asked in signature.promised:
            if asked != ERROR and c.infer.kind(hidden[param]) is not TypeKind.VARIABLE:
                implements(c, hidden[param], c.infer.instantiate(asked, hidden))


def check_promises(c: Checker, function: FunctionDecl, signature: Signature, written: int) -> None:
    """Each type that a body decides on must implement what the header says of it; ``written`` is the result
    there."""
    found = c.infer.finish(c.body.result) if not c.body.yields else signature.result
    hidden = {bound.param: c.infer.fresh() for bound in signature.promised}
    if found == VOID:
        expected = c.source(written)
        c.sink.report("QZ0408", c.extent(written), function=function.name, expected=expected)
    if found in (NONE, NEVER, ERROR, VOID) or not c.infer.unify(
        c.infer.instantiate(signature.pattern, hidden), found
    ):
        return
    places = dict(zip(hidden, _impls(c, written), strict=False))
    for param, asked in signature.promised:
        trait = c.infer.instantiate(asked, hidden) if asked != ERROR else ERROR
        type_id = c.infer.finish(hidden[param])
        if ERROR in (trait, type_id) or type_id == NONE or implements(c, type_id, trait):
            continue
        span = c.extent(places[param]) if param in places else function.span
        notes = why_not(c, type_id, trait)
        shown = c.show(trait)
        c.sink.report("QZ0313", span, notes=notes, lacks=[shown], type=c.show(type_id), trait=shown)


def _impls(c: Checker, written: int) -> Iterator[int]:
    """Every `impl Trait` in a type, in the order in which they begin."""
    pending = [written] if written else []
    while pending:
        node = pending.pop()
        if c.kind[node] == NodeKind.TYPE_IMPL:
            yield node
        pending += reversed(c.children(node))

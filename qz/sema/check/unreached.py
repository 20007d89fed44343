"""What nobody gets to: an expression one of whose operands never gives a value, `y = [f(), panic("no")]`.

Such a value has no type that anything could be made of. Nothing is: all that is left of it are its operands
up to the one that never gives any.
"""

from __future__ import annotations

from qz.sema.body import DEFAULT_ARGUMENT, Body
from qz.sema.check.checker import Checker
from qz.sema.types import ERROR, NEVER
from qz.syntax import node_numbers as nk

_LEFT, _RIGHT, _SEVERAL = 1, 2, 3
_OPERANDS = bytearray(256)
"""By kind: which operands it evaluates whatever its values are; 0 is none, or control flow."""
for _kind in (
    *(nk.FIELD, nk.INDEX, nk.NEG, nk.AWAIT, nk.GO, nk.ASYNC, nk.UNWRAP, nk.TRY, nk.CAST),
    *(nk.IS, nk.COALESCE, nk.AND, nk.OR, nk.MATCH, nk.COMPREHENSION),
):
    _OPERANDS[_kind] = _LEFT
for _kind in (nk.VAR, nk.LET, nk.DESTRUCTURE, nk.VAR_PATTERN):
    _OPERANDS[_kind] = _RIGHT
for _kind in (
    *(nk.ASSIGN, nk.VEC_LIT, nk.TUPLE, nk.RECORD_LIT, nk.MAP_LIT, nk.WITH),
    *(nk.FOR, nk.IF, nk.CALL),
):
    _OPERANDS[_kind] = _SEVERAL
_NAMES = frozenset({nk.IDENT, nk.PATH})


def finish_unreached(c: Checker) -> None:
    """Note what is cut off, now that all types are known."""
    if not c.is_right:
        return
    body = c.body
    types = body.types
    if not body.is_clean:
        types[:] = [NEVER if found == ERROR else found for found in types]
        for local in body.locals:
            local.type = NEVER if local.type == ERROR else local.type
    if NEVER not in types:
        return
    tree, cut_off = body.tree, body.cut_off
    first = types.index(NEVER)
    for node, kind in enumerate(tree.kind[first:], first):  # parts before what they are part of
        which = _OPERANDS[kind]
        if not which:
            continue
        if which == _SEVERAL:
            operands = _several(body, node)
        else:
            operands = [tree.lhs[node] if which == _LEFT else tree.rhs[node]]
        for n, operand in enumerate(operands, start=1):
            if types[operand] == NEVER or operand in cut_off:
                cut_off[node] = operands[:n]
                break


def _several(body: Body, node: int) -> list[int]:
    """What an expression evaluates whatever its values are, in that order; not of those that have a type even
    so, and come to their end where an operand does."""
    tree = body.tree
    kind = tree.kind[node]
    if kind == nk.ASSIGN:
        target = tree.lhs[node]
        base = [tree.lhs[target]] if tree.kind[target] in (nk.FIELD, nk.INDEX) else []
        return [*base, tree.rhs[node]]
    if kind in (nk.VEC_LIT, nk.TUPLE):
        parts = tree.list(tree.lhs[node])
        return [tree.lhs[part] if tree.kind[part] == nk.SPREAD else part for part in parts]
    if kind == nk.RECORD_LIT:
        return [tree.lhs[part] for part in tree.list(tree.lhs[node])]
    if kind == nk.MAP_LIT:
        return [part for entry in tree.list(tree.lhs[node]) for part in (tree.lhs[entry], tree.rhs[entry])]
    if kind == nk.WITH:
        return [tree.lhs[node], *(tree.lhs[part] for part in tree.list(tree.rhs[node]))]
    if kind == nk.FOR:
        return [tree.extra[tree.rhs[node]]]
    if kind == nk.IF:
        return [tree.lhs[tree.list(tree.lhs[node])[0]]]
    if kind == nk.CALL and node in body.calls:
        plan = body.calls[node]
        return sorted({*plan.args, *(plan.rest or ())} - {DEFAULT_ARGUMENT})  # as they are written
    if kind == nk.CALL and node in body.variants:
        return sorted(body.variants[node].payload)
    if kind == nk.CALL:
        callee = tree.callee(node)
        if tree.kind[callee] == nk.FIELD:
            return [tree.lhs[callee]]
        return [] if tree.kind[callee] in _NAMES else [callee]
    return []

"""Patterns in the graph of moves: who takes a linear value apart has what lies in it, with nothing left.

A match whose patterns bind nothing linear only looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from qz.sema.data.parts import part_names, part_types
from qz.sema.ownership.moves import walk_arenas
from qz.sema.ownership.moves.graph import Act, Block
from qz.sema.ownership.moves.uses import LOOK, TAKEN_APART, Use
from qz.sema.ownership.moves.walk_control import scope
from qz.sema.types import TypeId, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView

if TYPE_CHECKING:
    from qz.sema.ownership.moves.walk import Walk

K = NodeKind


def parts(w: Walk, node: int) -> Iterator[int]:
    """The values of which a literal consists."""
    if w.kind[node] == K.MAP_ENTRY:
        yield from (w.lhs[node], w.rhs[node])
        return
    for part in w.tree.list(w.rhs[node] if w.kind[node] == K.STRUCT_LIT else w.lhs[node]):
        yield w.lhs[part] if w.kind[part] == K.FIELD_INIT else part


# What is matched


def _match(w: Walk, node: int, use: Use) -> None:
    subject = w.lhs[node]
    arms = w.tree.list(w.rhs[node])
    owners = _subject(w, subject, [w.lhs[arm] for arm in arms])
    before, ends = w.block, list[Block]()
    for arm in arms:
        w.block = before
        w.block = w.branch()
        guard, body = w.tree.extra[w.rhs[arm]], w.tree.extra[w.rhs[arm] + 1]

        def walk(pattern: int = w.lhs[arm], guard: int = guard, body: int = body) -> None:
            Names(w, owners).bind(pattern, w.body.types[subject])
            walk_arenas.refer_all(w, [pattern], walk_arenas.arenas_of(w, subject))
            w.value(guard, LOOK)
            w.value(body, use)

        scope(w, body, walk)
        ends.append(w.block)
        if guard and w.is_linear(w.body.types[subject]) and owners is None:
            w.complain("QZ1209", guard, name=w.text(subject), why="taken apart before this guard is asked")
    w.join(ends)


def _is(w: Walk, node: int, use: Use) -> None:
    """`x is Some(y)`: where it does not hold, nobody would have what was taken out."""
    subject = w.lhs[node]
    type_id = w.body.types[subject]
    w.value(subject, LOOK)
    owners = w.owners(subject)
    if owners is None:
        if w.is_linear(type_id) and takes(w, w.rhs[node], type_id):
            why = "only tested by `is`; `match` takes it apart"
            w.complain("QZ1209", w.rhs[node], name=w.text(subject), why=why)
        owners = w.roots(subject)
    Names(w, owners).bind(w.rhs[node], type_id)
    walk_arenas.refer_all(w, [w.rhs[node]], walk_arenas.arenas_of(w, subject))


def _destructure(w: Walk, node: int, use: Use) -> None:
    pattern, value = w.lhs[node], w.rhs[node]
    owners = _subject(w, value, [pattern])
    Names(w, owners).bind(pattern, w.body.types[value])
    walk_arenas.refer_all(w, [pattern], walk_arenas.arenas_of(w, value))


def _subject(w: Walk, subject: int, patterns: Sequence[int]) -> tuple[int, ...] | None:
    """Walk what is matched. None if it is taken apart, else who goes on owning what lies in it."""
    type_id = w.body.types[subject]
    owners = w.owners(subject)
    if owners is None and any(takes(w, pattern, type_id) for pattern in patterns):
        w.value(subject, TAKEN_APART)
        return None
    w.value(subject, LOOK)
    return w.roots(subject) if owners is None else owners


def _clauses(w: Walk, node: int, use: Use) -> None:
    """Each clause has names of its own for the parameters, or takes them apart."""
    before, ends = w.block, list[Block]()
    for clause in w.tree.list(w.lhs[node]):
        view = FnView(w.tree, clause)
        w.block = before
        w.block = w.branch()

        def walk(view: FnView = view) -> None:
            for param, local in zip(view.params, w.body.params, strict=False):
                _parameter(w, param, local)
            w.value(view.body, use)

        scope(w, view.body, walk)
        ends.append(w.block)
    w.join(ends)


def _parameter(w: Walk, param: int, local: int) -> None:
    type_id = w.body.locals[local].type
    if not w.is_owned(type_id):
        return
    if w.kind[param] != K.PARAM_PATTERN and w.body.decls[param] - 1 == local:
        return
    if w.kind[param] != K.PARAM_PATTERN:
        w.aliases[w.body.decls[param] - 1] = local
        return
    pattern = w.lhs[param]
    owners = w.lent.get(local)
    if owners is None and takes(w, pattern, type_id):
        w.give(local, param, TAKEN_APART)
    elif owners is None:
        owners = ()
    Names(w, owners).bind(pattern, type_id)


# Patterns


def takes(w: Walk, pattern: int, type_id: TypeId) -> bool:
    """Whether a pattern takes something linear out of a value of the type."""
    if not w.is_owned(type_id):
        return False
    if _bound(w, pattern) >= 0 or (w.kind[pattern] == K.PAT_STRUCT and w.types.is_linear_struct(type_id)):
        return True
    return any(takes(w, inner, part) for inner, part in _inner(w, pattern, type_id))


def _bound(w: Walk, pattern: int) -> int:
    """The local that a pattern is a name of, or -1."""
    kind = w.kind[pattern]
    binds = kind in (K.PAT_NAME, K.PAT_AT) or (kind == K.PAT_FIELD and not w.lhs[pattern])
    return w.body.decls[pattern] - 1 if binds else -1


def _inner(w: Walk, pattern: int, type_id: TypeId) -> list[tuple[int, TypeId]]:
    """The patterns in one, with the types of what each is for."""
    tree, type_id = w.tree, w.program.queries.stripped(type_id)
    match w.kind[pattern]:
        case K.PAT_VARIANT:
            return [(one, part) for one, part in _payload(w, pattern, type_id) if one]
        case K.PAT_TUPLE:
            return list(zip(tree.list(w.lhs[pattern]), part_types(w.program, type_id), strict=False))
        case K.PAT_OR:
            return [(one, type_id) for one in tree.list(w.lhs[pattern])]
        case K.PAT_TYPED | K.PAT_AT:
            return [(w.lhs[pattern], type_id)]
        case K.PAT_STRUCT:
            types = _fields(w, type_id)
            return [(one, types.get(w.name(one), 0)) for one in tree.list(w.rhs[pattern])]
        case K.PAT_FIELD:
            return [(w.lhs[pattern], type_id)] if w.lhs[pattern] else []
        case _:
            return []


def _fields(w: Walk, type_id: TypeId) -> dict[str, TypeId]:
    return dict(zip(part_names(w.program, type_id), part_types(w.program, type_id), strict=False))


def _payload(w: Walk, pattern: int, type_id: TypeId) -> list[tuple[int, TypeId]]:
    """The patterns for the parts of a payload, 0 for one that is left out, with the types of the parts."""
    plan = w.body.variants.get(pattern)
    if plan is None or w.program.types.kinds[type_id] is not TypeKind.ENUM:
        return []
    return list(zip(plan.payload, part_types(w.program, type_id, plan.tag), strict=True))


class Names:
    """What one pattern binds: values of their own, or parts of what ``owners`` have."""

    def __init__(self, w: Walk, owners: tuple[int, ...] | None) -> None:
        self.w = w
        self.owners = owners

    def bind(self, pattern: int, type_id: TypeId) -> None:
        """Give the locals of a pattern what they stand for; report what would be lost."""
        w = self.w
        if not w.is_owned(type_id):
            return
        local = _bound(w, pattern)
        if local >= 0:
            self._name(pattern, local)
            if w.kind[pattern] == K.PAT_AT:
                Names(w, (*(self.owners or ()), local)).bind(w.lhs[pattern], type_id)
            return
        if w.kind[pattern] == K.PAT_WILD:
            self._lose(pattern, type_id, "`_` throws it away")
        elif w.kind[pattern] == K.PAT_STRUCT:
            given = {w.name(one) for one in w.tree.list(w.rhs[pattern])}
            for name, part in _fields(w, type_id).items():
                if name not in given:
                    self._lose(pattern, part, f"`{name}` is left out")
        elif w.kind[pattern] == K.PAT_VARIANT:
            for one, part in _payload(w, pattern, w.program.queries.stripped(type_id)):
                if not one:
                    self._lose(pattern, part, "`..` leaves it out")
        for inner, part in _inner(w, pattern, type_id):
            self.bind(inner, part)

    def _lose(self, pattern: int, type_id: TypeId, why: str) -> None:
        if self.owners is None:
            self.w.lose(pattern, type_id, why)

    def _name(self, pattern: int, local: int) -> None:
        w = self.w
        if self.owners is not None:
            w.lent[local] = self.owners
        elif any(local in one.locals for one in w.scopes):
            w.step(Act.ASSIGN, local, pattern)
        else:
            w.own(local, pattern)


RULES: dict[int, Callable[[Walk, int, Use], None]] = {
    K.MATCH: _match,
    K.IS: _is,
    K.DESTRUCTURE: _destructure,
    K.VAR_PATTERN: _destructure,
    K.CLAUSES: _clauses,
}

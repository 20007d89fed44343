"""Typed views of nodes whose parts lie in ``extra``: decoded once, for readers that like names."""

from __future__ import annotations

from collections.abc import Sequence

from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind

FUNCTIONS = frozenset({NodeKind.FN, NodeKind.TEST})
"""What has a body that runs when it is called."""


class FnView:
    """A FN: ``annotations``, ``type_params``, ``params``, ``where`` are node lists; ``result`` and
    ``body`` nodes or 0. A TEST is one that has nothing but a body."""

    __slots__ = ("abi_token", "annotations", "body", "flags", "params", "result", "type_params", "where")

    def __init__(self, arena: AstArena, node: int) -> None:
        header: Sequence[int] = _NOTHING
        if arena.kind[node] != NodeKind.TEST:
            header = arena.extra[arena.lhs[node] : arena.lhs[node] + 7]
        annotations, type_params, params, result, where, abi, flags = header
        self.annotations = arena.list(annotations)
        self.type_params = arena.list(type_params)
        self.params = arena.list(params)
        self.result = result
        self.where = arena.list(where)
        self.abi_token = abi
        self.flags = flags
        self.body = arena.rhs[node]


_NOTHING = (0,) * 7


class AggregateView:
    """A STRUCT or ENUM: its members are FIELD_DECL or VARIANT nodes."""

    __slots__ = ("annotations", "members", "type_params")

    def __init__(self, arena: AstArena, node: int) -> None:
        at = arena.lhs[node]
        self.type_params = arena.list(arena.extra[at])
        self.annotations = arena.list(arena.extra[at + 1])
        self.members = arena.list(arena.rhs[node])


class ImplView:
    """An IMPL or EXTEND header; ``trait`` is 0 for inherent methods."""

    __slots__ = ("annotations", "negative", "target", "trait", "type_params", "where")

    def __init__(self, arena: AstArena, node: int) -> None:
        at = arena.lhs[node]
        self.type_params = arena.list(arena.extra[at])
        self.annotations = arena.list(arena.extra[at + 1])
        self.trait = arena.extra[at + 2]
        self.target = arena.extra[at + 3]
        self.negative = bool(arena.extra[at + 4])
        self.where = arena.list(arena.extra[at + 5])


class TraitView:
    """A TRAIT header; ``supertraits`` are TYPE_NAME nodes."""

    __slots__ = ("annotations", "supertraits", "type_params", "where")

    def __init__(self, arena: AstArena, node: int) -> None:
        at = arena.lhs[node]
        self.type_params = arena.list(arena.extra[at])
        self.annotations = arena.list(arena.extra[at + 1])
        self.supertraits = arena.list(arena.extra[at + 2])
        self.where = arena.list(arena.extra[at + 3])


class ImportView:
    """An IMPORT: ``path`` and ``names`` are IDENT nodes; ``alias`` is a token or 0."""

    __slots__ = ("alias", "names", "path", "wildcard")

    def __init__(self, arena: AstArena, node: int) -> None:
        assert arena.kind[node] == NodeKind.IMPORT
        at = arena.lhs[node]
        self.path = arena.list(arena.extra[at])
        self.names = arena.list(arena.extra[at + 1])
        self.alias = arena.extra[at + 2]
        self.wildcard = bool(arena.extra[at + 3])

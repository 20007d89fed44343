"""Typed views of nodes whose parts lie in ``extra``: decoded once, for readers that like names."""

from __future__ import annotations

from collections.abc import Sequence

from qz.syntax.ast import Nodes
from qz.syntax.nodes import NodeKind

FUNCTIONS = frozenset({NodeKind.FN, NodeKind.TEST})
"""What has a body that runs when it is called."""


class FnView:
    """A FN: ``annotations``, ``type_params``, ``params``, ``where`` are node lists; ``result`` and
    ``body`` nodes or 0. A TEST is one that has nothing but a body."""

    __slots__ = ("abi_token", "annotations", "body", "flags", "params", "result", "type_params", "where")

    def __init__(self, tree: Nodes, node: int) -> None:
        header: Sequence[int] = _NOTHING
        if tree.kind[node] != NodeKind.TEST:
            header = tree.extra[tree.lhs[node] : tree.lhs[node] + 7]
        annotations, type_params, params, result, where, abi, flags = header
        self.annotations = tree.list(annotations)
        self.type_params = tree.list(type_params)
        self.params = tree.list(params)
        self.result = result
        self.where = tree.list(where)
        self.abi_token = abi
        self.flags = flags
        self.body = tree.rhs[node]


_NOTHING = (0,) * 7


def code_of(tree: Nodes, root: int) -> int:
    """What a function does; an expression that is none is that itself."""
    return FnView(tree, root).body if tree.kind[root] in FUNCTIONS else root


def branches(tree: Nodes, node: int) -> Sequence[int]:
    """The nodes of which one gives a node its value: the end of a block, the arms of what has some. Nothing
    where the value is the node's own."""
    match tree.kind[node]:
        case NodeKind.BLOCK:
            return tree.list(tree.lhs[node])[-1:]
        case NodeKind.IF:
            arms = [tree.rhs[arm] for arm in tree.list(tree.lhs[node])]
            return [*arms, tree.rhs[node]] if tree.rhs[node] else arms
        case NodeKind.MATCH:
            return [tree.extra[tree.rhs[arm] + 1] for arm in tree.list(tree.rhs[node])]
        case NodeKind.SELECT:
            return [tree.extra[tree.rhs[arm] + 1] for arm in tree.list(tree.lhs[node])]
        case _:
            return ()


class AggregateView:
    """A STRUCT or ENUM: its members are FIELD_DECL or VARIANT nodes."""

    __slots__ = ("annotations", "members", "type_params")

    def __init__(self, tree: Nodes, node: int) -> None:
        at = tree.lhs[node]
        self.type_params = tree.list(tree.extra[at])
        self.annotations = tree.list(tree.extra[at + 1])
        self.members = tree.list(tree.rhs[node])


class ImplView:
    """An IMPL or EXTEND header; ``trait`` is 0 for inherent methods."""

    __slots__ = ("annotations", "negative", "target", "trait", "type_params", "where")

    def __init__(self, tree: Nodes, node: int) -> None:
        at = tree.lhs[node]
        self.type_params = tree.list(tree.extra[at])
        self.annotations = tree.list(tree.extra[at + 1])
        self.trait = tree.extra[at + 2]
        self.target = tree.extra[at + 3]
        self.negative = bool(tree.extra[at + 4])
        self.where = tree.list(tree.extra[at + 5])


class TraitView:
    """A TRAIT header; ``supertraits`` are TYPE_NAME nodes."""

    __slots__ = ("annotations", "supertraits", "type_params", "where")

    def __init__(self, tree: Nodes, node: int) -> None:
        at = tree.lhs[node]
        self.type_params = tree.list(tree.extra[at])
        self.annotations = tree.list(tree.extra[at + 1])
        self.supertraits = tree.list(tree.extra[at + 2])
        self.where = tree.list(tree.extra[at + 3])


class ImportView:
    """An IMPORT: ``path`` and ``names`` are IDENT nodes; ``alias`` is a token or 0."""

    __slots__ = ("alias", "names", "path", "wildcard")

    def __init__(self, tree: Nodes, node: int) -> None:
        assert tree.kind[node] == NodeKind.IMPORT
        at = tree.lhs[node]
        self.path = tree.list(tree.extra[at])
        self.names = tree.list(tree.extra[at + 1])
        self.alias = tree.extra[at + 2]
        self.wildcard = bool(tree.extra[at + 3])

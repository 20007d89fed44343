"""Arguments are evaluated in the order in which they are written, wherever they go."""

from qz.irgen.builder import Builder
from qz.sema.body import DEFAULT_ARGUMENT
from qz.syntax.nodes import NodeKind

_WITH_ARGUMENTS = frozenset((NodeKind.CALL, NodeKind.STRUCT_LIT))
_NAMED = frozenset((NodeKind.NAMED_ARG, NodeKind.FIELD_INIT))


def source_order(b: Builder, node: int, args: tuple[int, ...]) -> list[int]:
    """Positions of the arguments that a node gives; named ones may stand in any order.

    The tokens do not tell: in an expansion, those of an argument are from elsewhere.
    """
    given = [p for p, arg in enumerate(args) if arg != DEFAULT_ARGUMENT]
    kind = b.kind
    if len(given) < 2 or kind[node] not in _WITH_ARGUMENTS:
        return given
    written = b.tree.list(b.rhs[node])
    if _NAMED.isdisjoint([kind[arg] for arg in written]):
        return given
    places = {b.lhs[arg] if kind[arg] in _NAMED else arg: n for n, arg in enumerate(written)}
    return sorted(given, key=lambda p: places.get(args[p], -1))

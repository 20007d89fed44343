"""Arguments are evaluated in the order in which they are written, wherever they go."""

from qz.irgen.builder import Builder
from qz.sema.body import DEFAULT_ARGUMENT
from qz.syntax.nodes import NodeKind

_NAMED = (NodeKind.NAMED_ARG, NodeKind.FIELD_INIT)


def source_order(b: Builder, node: int, args: tuple[int, ...]) -> list[int]:
    """Positions of the arguments that a node gives; named ones may stand in any order.

    The tokens do not tell: in an expansion, those of an argument are from elsewhere.
    """
    given = [p for p, arg in enumerate(args) if arg != DEFAULT_ARGUMENT]
    if b.kind[node] not in (NodeKind.CALL, NodeKind.STRUCT_LIT):
        return given
    written = b.arena.list(b.rhs[node])
    if not any(b.kind[arg] in _NAMED for arg in written):
        return given
    places = {(b.lhs[arg] or arg) if b.kind[arg] in _NAMED else arg: n for n, arg in enumerate(written)}
    return sorted(given, key=lambda p: places.get(args[p], -1))

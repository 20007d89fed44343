"""Arguments are evaluated in the order in which they are written, wherever they go."""

from qz.irgen.builder import Builder
from qz.sema.body import DEFAULT_ARGUMENT


def source_order(b: Builder, args: tuple[int, ...]) -> list[int]:
    """Positions of the given arguments by where they stand; named ones may stand in any order."""
    given = [p for p, arg in enumerate(args) if arg != DEFAULT_ARGUMENT]
    return sorted(given, key=lambda p: b.token[args[p]])

"""QZ12xx: ownership, moves and references."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

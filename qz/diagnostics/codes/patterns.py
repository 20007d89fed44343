"""QZ01xx: patterns and their coverage."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

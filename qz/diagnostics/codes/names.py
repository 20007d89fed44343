"""QZ03xx: names that mean nothing, or too much."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

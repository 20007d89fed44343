"""QZ08xx: constants and what is evaluated while compiling."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

"""QZ06xx: modules and imports."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

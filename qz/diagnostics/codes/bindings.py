"""QZ05xx: bindings and assignment."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

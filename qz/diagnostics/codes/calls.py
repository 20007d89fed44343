"""QZ02xx: calls and their arguments."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

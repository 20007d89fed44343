"""QZ07xx: control flow."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

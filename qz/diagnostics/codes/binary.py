"""QZ0954 to QZ0959: binary layouts."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

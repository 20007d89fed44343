"""QZ70xx to QZ72xx: warnings."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

"""QZ04xx: types that do not fit."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

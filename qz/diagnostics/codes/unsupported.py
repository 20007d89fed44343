"""QZ0900 to QZ0953: parts of the language this compiler does not have yet."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

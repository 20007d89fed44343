"""QZ0900 to QZ0953: parts of the language this compiler does not have yet."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0900", "not supported yet", "{what} not supported yet"),
    error("QZ0901", "unknown intrinsic", "the compiler has no intrinsic `{name}`"),
)

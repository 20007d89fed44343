"""QZ08xx: constants and what is computed at compile time."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0801", "constant depends on itself", "`{name}` depends on itself"),
    error("QZ0802", "not constant", "this is not a constant expression"),
    error("QZ0803", "constant has no value", "evaluating this constant fails: {why}"),
    error("QZ0804", "static assertion failed", "static assertion failed{message}"),
)

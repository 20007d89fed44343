"""QZ08xx: constants and what is computed at compile time."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0801", "constant depends on itself", "`{name}` depends on itself"),
    error("QZ0802", "not at compile time", "{what} cannot be used at compile time"),
    error("QZ0803", "evaluation fails", "evaluating this at compile time fails: {why}"),
    error("QZ0804", "static assertion failed", "static assertion failed{message}"),
    error("QZ0805", "evaluation too large", "evaluating this at compile time {what}"),
    error("QZ0806", "no value at compile time", "`{name}` has no value at compile time"),
    error("QZ0807", "way out of `comptime`", "{what} cannot leave `comptime`"),
    error("QZ0808", "cannot be kept", "a value of type `{type}` cannot be kept until the program runs"),
)

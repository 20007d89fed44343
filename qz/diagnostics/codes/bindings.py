"""QZ05xx: what is bound, and what may be assigned."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0501", "assignment to an immutable name", "`{name}` is immutable and cannot be assigned again"),
    error("QZ0502", "cannot be assigned", "{what} cannot be assigned"),
    error("QZ0503", "bound twice", "`{name}` is bound twice in the same {where}"),
    error("QZ0504", "part of an immutable value", "`{name}` is immutable, and so is its field `{field}`"),
    error("QZ0506", "element of an immutable array", "`{name}` is immutable, and so are its elements"),
    error("QZ0507", "global without a value", "`{name}` needs a value: nothing else is a `{type}` at first"),
)

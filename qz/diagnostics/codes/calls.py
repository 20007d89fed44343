"""QZ02xx: calls, and the arguments they are given."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0200", "wrong number of arguments", "`{name}` requires {expected}, got {found}"),
    error("QZ0201", "unknown named argument", "`{function}` has no parameter `{name}`"),
    error("QZ0202", "argument given twice", "argument `{name}` is given twice"),
    error("QZ0203", "positional argument after a named one", "a positional argument follows a named one"),
    error("QZ0204", "missing field in a struct literal", "missing {fields} in a literal of `{type}`"),
    error("QZ0205", "field given twice", "field `{name}` is given twice"),
    error("QZ0206", "not a function", "`{name}` is {what}, not a function"),
    error("QZ0207", "cannot be called", "a value of type `{type}` cannot be called"),
    error("QZ0208", "wrong number of lambda parameters", "this lambda has {found}, expected `{expected}`"),
    error("QZ0209", "which function is not clear", "there are several functions `{name}`"),
    error("QZ0210", "cannot be called from C", "{what} cannot be called from C"),
    error("QZ0211", "spread out of place", "`...` stands where one value is expected"),
    error("QZ0212", "misplaced variadic parameter", "`{name}...` {problem}"),
    error("QZ0213", "nothing for C", "a value of type `{type}` cannot be given to C"),
)

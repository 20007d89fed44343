"""QZ07xx: control flow."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0701", "outside a loop", "`{keyword}` outside a loop"),
    error("QZ0702", "unknown label", "no loop around this has the label `{name}`"),
    error(
        "QZ0703", "value in a function without result", "`{function}` has no result, but a value is returned"
    ),
    error("QZ0704", "value needed", "`return` needs a value of type `{expected}`"),
)

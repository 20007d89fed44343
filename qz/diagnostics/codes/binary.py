"""QZ0954 to QZ0959: binary layouts and packed structs."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0954", "not a layout", "`{name}` cannot be {what}"),
    error("QZ0955", "widths differ", "`{packed}` has {width} bits, and `{type}` has {other}"),
    error("QZ0956", "nothing to decide by", "`{name}` is no number that stands before this `match`"),
    error("QZ0957", "arm never taken", "{problem}"),
    error("QZ0958", "bits do not add up", "{problem}"),
    error("QZ0959", "does not fit its bits", "{value} does not fit the {width} of `{name}`"),
)

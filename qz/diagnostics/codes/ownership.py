"""QZ12xx: ownership, moves and references."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ1201", "changed through a reference", "this would change what is only lent with `&`"),
    error("QZ1202", "reference given away", "`{name}` may change or keep what is lent to it here"),
    error("QZ1203", "reference that escapes", "what is only lent would be {what}"),
    error("QZ1204", "not lent for changes", "this is to be lent with `&mut`"),
)

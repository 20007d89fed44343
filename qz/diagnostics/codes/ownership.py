"""QZ12xx: ownership, moves and references."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ1201", "changed through a reference", "this would change what is only lent with `&`"),
    error("QZ1202", "reference given away", "`{name}` may change or keep what is lent to it here"),
    error("QZ1203", "reference that escapes", "what is only lent would be {what}"),
    error("QZ1204", "not lent for changes", "this is to be lent with `&mut`"),
    error("QZ1205", "used after it was consumed", "`{name}` is {what}"),
    error("QZ1206", "linear value not consumed", "`{name}` is {how}, and a `{type}` must be"),
    error("QZ1207", "linear value lost", "a `{type}` would be lost here: {why}"),
    error("QZ1208", "cannot hold a linear value", "{holder} cannot hold a `{held}`, which is linear"),
    error("QZ1209", "cannot be consumed here", "`{name}` cannot be consumed here: it is {why}"),
    error("QZ1210", "linear and dropped", "`{name}` is linear, so its `drop` would never run"),
    error("QZ1211", "no weak reference", "a `{type}` has no weak references, it is no struct or vector"),
    error("QZ1212", "used after its arena", "`{name}` refers to what was made in an arena, and is gone here"),
    error("QZ1213", "an arena without a name", "what refers to something in this arena could outlive it"),
    error("QZ1220", "reference inside another type", "a reference cannot be kept here"),
)

"""QZ06xx: modules, imports and visibility."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0601", "module not found", "cannot find module `{path}`"),
    error("QZ0602", "ambiguous name", "`{name}` is given by two imports"),
    error("QZ0603", "name not in module", "module `{module}` has no `{name}`"),
    error("QZ0604", "private name", "`{name}` is private to module `{module}`"),
    error("QZ0605", "unknown condition", "`@cfg` knows no condition `{name}`"),
    error("QZ0606", "malformed condition", 'a condition of `@cfg` is written `name: "text"`'),
)

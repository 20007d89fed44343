"""QZ90xx: files, the linker, and how the compiler is called."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ9001", "file not found", "cannot read `{path}`: {reason}"),
    error("QZ9002", "cannot write output", "cannot write `{path}`: {reason}"),
    error("QZ9003", "no linker", "no linker found: install {tried}"),
    error("QZ9004", "linking failed", "`{linker}` could not link the program"),
    error("QZ9006", "unknown target", "unknown target `{target}`"),
    error("QZ9007", "wrong usage", "{problem}"),
)

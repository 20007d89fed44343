"""QZ95xx: faults of the compiler itself, never of the program it was given."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ9501", "compiler fault", "the compiler failed in `{phase}`: {problem}"),
    error("QZ9503", "code generator crashed", "the code generator ended with {problem}"),
)

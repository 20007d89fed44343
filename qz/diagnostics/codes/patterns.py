"""QZ01xx: patterns and their coverage."""

from qz.diagnostics.model import CodeSpec, error, warning

CODES: tuple[CodeSpec, ...] = (
    error("QZ0100", "unknown variant", "`{type}` has no variant `{name}`"),
    error("QZ0101", "payload of another size", "`{name}` holds {expected}, the pattern gives {found}"),
    error("QZ0102", "pattern for another type", "this pattern is for `{found}`, the value is `{expected}`"),
    error("QZ0103", "not bound in every alternative", "`{name}` is not bound on every side of the `|`"),
    error("QZ0104", "empty range", "nothing lies in this range"),
    error("QZ0105", "not a constant", "`{name}` is not a constant, which a range in a pattern needs"),
    error("QZ0106", "unknown name in a pattern", "`{name}` is neither a variant nor a constant"),
    error("QZ0107", "match is not exhaustive", "{what} not exhaustive; missing: {missing}"),
    warning(
        "QZ0108", "unreachable pattern", "this pattern is never reached: those before it take every value"
    ),
    error("QZ0110", "variant of several enums", "`{name}` is a variant {enums}"),
    error("QZ0109", "too many tests", "these patterns need too many tests, as all their combinations differ"),
    error("QZ0113", "constant that is no pattern", "`{name}` cannot be a pattern: {problem}"),
    error("QZ0112", "clause unlike the others", "this clause of `{name}` {problem}"),
    error("QZ0111", "pattern may not fit", "this pattern does not fit every value; missing: {missing}"),
)

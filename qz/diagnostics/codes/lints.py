"""QZ70xx to QZ72xx: what is allowed and most likely not meant."""

from qz.diagnostics.model import CodeSpec, hint, warning

CODES: tuple[CodeSpec, ...] = (
    warning("QZ7001", "unused variable", "`{name}` is {how}"),
    warning("QZ7002", "unused import", "`{name}` is imported and never used"),
    warning("QZ7003", "unused parameter", "parameter `{name}` is never used"),
    warning("QZ7004", "unreachable code", "this is never reached"),
    hint("QZ7005", "local named like a module", "`{name}` is a local here, not the module of that name"),
    hint(
        "QZ7007",
        "header that leaves something open",
        "others can call `{name}`, and its header leaves {what} open",
    ),
    warning("QZ7006", "imported twice", "`{name}` is imported twice"),
    hint("QZ7008", "failure that nobody looks at", "nobody looks at whether this failed"),
    warning("QZ7009", "unused value", "nothing is done with this value"),
    warning("QZ7010", "unknown annotation", "unknown annotation `@{name}`"),
    warning("QZ7011", "misplaced annotation", "`@{name}` means nothing before {what}"),
    warning("QZ7012", "wrong arguments of an annotation", "`@{name}` takes {expected}"),
    warning("QZ7013", "annotation given twice", "`@{name}` is given twice"),
    warning("QZ7014", "contradicting annotations", "`@{name}` contradicts `@{other}`"),
    warning("QZ7015", "use of something deprecated", "`{name}` is deprecated{why}"),
    warning("QZ7016", "implemented by the language", "`{type}` has `{trait}` by itself, and keeps it"),
    warning("QZ7017", "method that is never called", "no call means this `{name}`: another one comes first"),
    warning("QZ7018", "minus before a call", "the minus is of what the call gives, not of `{number}`"),
    warning("QZ7019", "local named like a constant", "`{name}` is a new local here, not the constant"),
    hint("QZ7020", "value struct in a block", "{what} put into a block on the heap: {why}"),
    hint("QZ7021", "check of an index", "this index is {when}"),
    warning("QZ7022", "reserved name", "`{name}` begins as the names of the compiler do"),
    hint("QZ7206", "task that nobody waits for", "nobody waits for this task"),
)

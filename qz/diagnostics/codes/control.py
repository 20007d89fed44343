"""QZ07xx: control flow."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0701", "outside a loop", "`{keyword}` outside a loop"),
    error("QZ0702", "unknown label", "no loop around this has the label `{name}`"),
    error(
        "QZ0703", "value in a function without result", "`{function}` has no result, but a value is returned"
    ),
    error("QZ0704", "value needed", "`return` needs a value of type `{expected}`"),
    error("QZ0705", "value out of a loop that has none", "a `{keyword}` has no value, but is left with one"),
    error("QZ0706", "loop left with different types", "this `loop` is left with {first} and with {second}"),
    error("QZ0707", "too many names in `for`", "`for` binds {bound}, and nothing more"),
    error("QZ0708", "jump out of deferred code", "`{keyword}` cannot leave what `defer` runs"),
    error("QZ0709", "leaving a lambda", "`{keyword}` cannot leave a lambda"),
    error("QZ0710", "outside a function", "`{keyword}` outside a function"),
    error("QZ0711", "yield out of its place", "`yield` cannot stand in {where}"),
    error(
        "QZ0712",
        "yield in a function that is no generator",
        "`{function}` yields, so it must give an `Iterator`",
    ),
    error("QZ0713", "nothing is yielded", "`{function}` gives an `Iterator`, but yields nothing"),
    error(
        "QZ0714", "value returned from a generator", "a generator such as `{function}` only yields its values"
    ),
    error("QZ0715", "await of something else than a task", "`await` waits for a `Task`, this is `{found}`"),
    error("QZ0716", "nothing to start", "`{word}` starts a call or a block, this is neither"),
    error(
        "QZ0717",
        "not an operation of select",
        "an arm of `select` is `recv(channel)`, `send(channel, value)` or `default`",
    ),
    error("QZ0718", "select without arms", "a `select` without arms would wait forever"),
    error("QZ0719", "second default", "this `select` has a `default` already"),
)

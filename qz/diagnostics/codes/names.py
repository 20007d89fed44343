"""QZ03xx: names that mean nothing, or too much."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0301", "unknown type", "unknown type `{name}`"),
    error("QZ0302", "unknown name", "unknown name `{name}`"),
    error("QZ0303", "unknown field", "`{type}` has no field `{name}`"),
    error("QZ0304", "unknown method", "`{type}` has no method `{name}`"),
    error("QZ0305", "declared twice", "`{name}` is declared twice"),
    error("QZ0306", "not a value", "`{name}` is {what}, not a value"),
    error("QZ0307", "wrong number of type arguments", "`{name}` takes {expected}, got {found}"),
    error("QZ0308", "`self` outside a method", "`self` is used outside a method"),
    error("QZ0309", "not a type", "`{name}` is {what}, not a type"),
    error("QZ0310", "no `main`", "`{file}` has no function `main`"),
    error(
        "QZ0311",
        "wrong shape of `main`",
        "`main` must be `main()`, `main(): Int` or `main(args: Vec<String>)`",
    ),
    error("QZ0312", "not a trait", "{name} is not a trait"),
    error("QZ0313", "trait not implemented", "`{type}` does not implement `{trait}`"),
    error("QZ0314", "types without end", "`{name}` needs itself for ever larger types"),
    error("QZ0315", "missing methods", "this `impl` of `{trait}` lacks {methods}"),
    error("QZ0316", "not in the trait", "`{trait}` has no method `{name}`"),
    error("QZ0317", "not as the trait declares", "`{name}` is `{found}`, not as `{trait}` declares it"),
    error(
        "QZ0318",
        "not callable on `dyn`",
        "`{name}` cannot be called on `{type}`: it is generic, or takes or gives `Self`",
    ),
    error("QZ0319", "value without end", "a value of `{name}` would contain another `{name}`"),
    error("QZ0320", "wrong shape of a test", "`{name}` cannot be a test: it has parameters, or a result"),
    error("QZ0321", "not an alignment", "an alignment is a power of two, this is {found}"),
    error("QZ0322", "mentioned too early", "`{name}` has no value yet in the default of `{of}`"),
    error("QZ0323", "trait that extends itself", "`{name}` extends itself{by}"),
    error("QZ0325", "`drop` twice", "`{name}` has a `drop` of its own beside that of `Drop`"),
    error(
        "QZ0326",
        "value too large",
        "a value of `{type}` would have more than {limit} fields, those of its fields included",
    ),
    error("QZ0330", "cannot be derived", "`{name}` cannot be derived"),
    error(
        "QZ0331", "parts without the trait", "`{trait}` cannot be derived for `{type}`: not all parts have it"
    ),
    error(
        "QZ0332",
        "derived and written",
        "`{trait}` is derived for `{type}`, which has a `{method}` of its own",
    ),
    error("QZ0340", "cannot be exported", "`{name}` cannot be {how}: {why}"),
    error("QZ0341", "symbol given twice", "the symbol `{symbol}` is given twice"),
    error("QZ0342", "symbol that is taken", "the symbol `{symbol}` is taken: {why}"),
    error("QZ0343", "not a symbol of C", "`{symbol}` is no name that C could use"),
    error("QZ0345", "not in that section", "`{name}` cannot lie in the section `{section}`: {why}"),
    error("QZ0344", "nothing to export", "`@{name}` cannot stand before {what}"),
)

"""QZ04xx: types that do not fit."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ0400", "types do not match", "this is `{found}`, expected `{expected}`"),
    error("QZ0401", "a condition is not Bool", "a condition must be `Bool`, this is `{found}`"),
    error("QZ0402", "operator not defined", "`{operator}` is not defined for {types}"),
    error("QZ0403", "number out of range", "`{literal}` does not fit `{type}`, which holds {low} to {high}"),
    error("QZ0404", "type cannot be inferred", "the type of {what} cannot be inferred"),
    error("QZ0405", "conversion not defined", "`as` cannot convert `{found}` to `{target}`"),
    error("QZ0406", "cannot be indexed", "`{type}` cannot be indexed"),
    error("QZ0407", "cannot be iterated", "`{type}` cannot be iterated"),
    error("QZ0408", "missing result", "`{function}` must return `{expected}`, but can end without a value"),
    error("QZ0409", "no value", "this has no value"),
    error("QZ0410", "branches differ", "the branches of this `{keyword}` differ: `{first}` and `{second}`"),
    error("QZ0411", "result type needed", "the result type of `{function}` does not follow from its body"),
    error("QZ0412", "type without values", "`{type}` has no values, so nothing can hold one"),
    error("QZ0413", "nowhere to go", "`?` may return `{failure}`, but `{function}` returns {found}"),
    error("QZ0414", "not a number of elements", "an array has a number of elements, `{found}` is none"),
    error("QZ0415", "wrong number of elements", "`{type}` is asked for, these are {found} elements"),
    error("QZ0416", "index out of bounds", "index {index} is out of bounds for `{type}`"),
    error("QZ0417", "no fields to change", "`{type}` has no fields that `.with` could change"),
    error("QZ0418", "not an intersection", "these types cannot be intersected: {problem}"),
    error("QZ0419", "wrong kind of type argument", "`{param}` stands for {expected}, this is {found}"),
    error(
        "QZ0420", "no type of a constant parameter", "a type parameter cannot stand for a constant `{type}`"
    ),
    error(
        "QZ0421",
        "`impl Trait` outside a header",
        "`{type}` is for parameters and results of functions that have a body",
    ),
    error(
        "QZ0422",
        "not computed in a type",
        "a type computes with constant parameters by `+`, `-`, `*`, `/` and `%`; this is `{found}`",
    ),
    error("QZ0423", "division by zero in a type", "`{computed}` divides by zero"),
    error("QZ0424", "a row that stands for nothing", "{row} {problem}"),
    error("QZ0425", "rows differ", "`..{row}` stands for {first} and for {second}"),
    error("QZ0426", "no word", "`{function}` gives the word of a value, and a `{type}` has none"),
    error("QZ0427", "field that is counted in a block for C", "`{field}` cannot lie in a block {layout}"),
)

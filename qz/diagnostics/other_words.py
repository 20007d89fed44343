"""What other languages call types and methods, and what is written here instead."""

from __future__ import annotations

from collections.abc import Iterable

_NUMBER = (
    "int",
    "integer",
    "long",
    "short",
    "usize",
    "isize",
    "Integer",
    "Long",
    "Number",
    "BigInt",
)
_SHARED = "values are shared as they are: write the type itself"

OTHER_TYPES: dict[str, str] = {
    **dict.fromkeys(_NUMBER, "did you mean `Int`?"),
    **dict.fromkeys(
        ("Int64", "int64", "Int32", "int32"), "integers are `Int`, or `I8` to `I64` by their bits"
    ),
    **dict.fromkeys(("UInt", "uint", "UInt8", "uint8", "UInt32"), "unsigned integers are `U8` to `U64`"),
    **dict.fromkeys(("str", "string", "Str", "Text"), "did you mean `String`?"),
    **dict.fromkeys(("bool", "boolean", "Boolean"), "did you mean `Bool`?"),
    **dict.fromkeys(("float", "double", "Double", "Float64"), "did you mean `F64`?"),
    **dict.fromkeys(("byte", "Byte"), "did you mean `U8`?"),
    **dict.fromkeys(("rune", "Rune", "Character"), "did you mean `Char`?"),
    **dict.fromkeys(("void", "unit", "Unit", "Nil", "NilClass", "None"), "did you mean `Void`?"),
    **dict.fromkeys(("HashMap", "Hash", "Dict", "BTreeMap", "map", "Dictionary"), "did you mean `Map`?"),
    **dict.fromkeys(("HashSet", "BTreeSet"), "did you mean `Set`?"),
    **dict.fromkeys(("List", "ArrayList", "Vector", "vector", "vec", "list"), "did you mean `Vec`?"),
    **dict.fromkeys(("Display", "Debug", "ToString"), "did you mean `Show`?"),
    **dict.fromkeys(("PartialEq", "Comparable"), "did you mean `Eq`, or `Ord`?"),
    "PartialOrd": "did you mean `Ord`?",
    **dict.fromkeys(("Box", "Rc", "Arc", "RefCell", "Cell", "Ref"), _SHARED),
    **dict.fromkeys(("error", "Error", "Exception"), "a `Result` may fail with any type, such as `String`"),
    **dict.fromkeys(("chan", "Chan"), "did you mean `Channel`?"),
    **dict.fromkeys(
        ("any", "Any", "Object", "interface"), "a value of any type with a trait is a `dyn Trait`"
    ),
    **dict.fromkeys(("Proc", "Lambda", "Func", "Function"), "the type of a function is `Fn(A, B): R`"),
    "Maybe": "did you mean `Option`?",
    "Optional": "did you mean `Option`?",
    "Either": "did you mean `Result`?",
    **dict.fromkeys(
        ("F32x4", "F32x8", "F64x2", "I32x4"),
        "a loop over a `Vec` works on several elements at once by itself",
    ),
    "Tuple": "the type of a tuple is `(A, B)`",
}
"""Help for the names of types that nobody declared."""

_OTHER_VARIANTS: dict[str, str] = {
    "Just": "Some",
    **dict.fromkeys(("Nothing", "Null", "Nil"), "None"),
    "Success": "Ok",
    **dict.fromkeys(("Error", "Failure", "Fail"), "Err"),
}
"""What else variants of the library's enums are called."""


def other_variant(name: str, known: Iterable[str]) -> str:
    """Help for a variant that has another name here, if that is known where it stands."""
    ours = _OTHER_VARIANTS.get(name, "")
    return f"did you mean `{ours}`?" if ours in known else ""


LOOPING_METHODS: dict[str, str] = {
    "times": "`for i in 0..n` counts",
    "upto": "`for i in a..=b` counts up",
    "downto": "`for i in a..=b step -1` counts down",
    "each_with_index": "`for i, x in xs` gives the index as well",
    "each_pair": "`for k, v in m` goes over a map",
    "each_char": "`for c in s` goes over the characters",
    "each_line": "`for line in s.lines()` goes over the lines",
}
"""Help for methods that are given a block elsewhere, and are a loop here."""

OTHER_METHODS: dict[str, str] = {
    **LOOPING_METHODS,
    "chars": "`for c in s` goes over the characters",
    "nil?": "only an `Option` may lack a value: `x is None`",
    "is_a?": "`x is Type` asks for one of the types of a union",
    "call": "a function that is a value is called as `f(x)`",
    "zero?": "write `x == 0`",
    "to_f64": "numbers are converted by `x as F64`",
    "to_i64": "numbers are converted by `x as Int`",
    "iter_mut": "`for x in xs` goes over the elements, which may be changed through `x`",
    "into_iter": "`for x in xs` goes over the elements; `xs.iter()` is an iterator",
    "as_str": "a `String` is one as it is",
    "to_owned": "values are shared as they are; `x.clone()` copies",
    "borrow": "values are shared as they are",
    **dict.fromkeys(
        ("shift", "pop_front", "popleft"),
        "`xs[0]` is the first element, and `xs.delete(0)` takes it out; a `Deque` has `pop_first`",
    ),
    **dict.fromkeys(
        ("unshift", "push_front", "prepend"),
        "`xs.insert(0, x)` puts an element in front; a `Deque` has `push_first`",
    ),
    **dict.fromkeys(("tail", "rest"), "`xs[1..]` is all but the first element"),
    "product": "`xs.reduce(1, (a, b) -> a * b)` multiplies the elements",
    **dict.fromkeys(("minmax", "min_max"), "`xs.min()` and `xs.max()` are the least and the greatest"),
    "compact": "`xs.filter_map(x -> x)` leaves out what is `None`",
    "reject": "`xs.filter(x -> not …)` leaves out what fits",
    "collect": "a vector has its elements already; `xs.map(f)` makes one of what `f` gives",
    "map_with_index": "`[f(i, x) for i, x in xs]` has the index as well",
    "zip_with": "`xs.zip(ys).map(((x, y)) -> …)` puts elements together",
    **dict.fromkeys(
        ("sort_desc", "sorted_desc", "reverse_sort"),
        "`xs.sorted_by((a, b) -> a > b)` puts the greatest first",
    ),
    "to_set": "`Set.of(xs)` has the elements of a vector",
    "shuffle": "`import random` has `random::shuffle(xs)`",
    "sample": "`import random` has `random::pick(xs)`",
    "resize": "`xs.truncate(n)` makes a vector shorter, `xs.append(Vec.filled(n, x))` longer",
    "entry": "`m.update(key, default, f)` changes a value, `m.get_or_set(key, make)` adds one",
    **dict.fromkeys(("delete_at", "remove_at"), "`xs.delete(i)` takes an element out by its index"),
    "is_empty": "did you mean `empty?`?",
    "expect": "`e!` gives the value, or panics",
    "freeze": "a name bound with `=` is immutable",
    "tap": "`x |> f` hands a value on",
    **dict.fromkeys(("dup", "copy"), "`x.clone()` copies"),
    "concat": "`a + b` puts texts together, `[...a, ...b]` vectors",
    **dict.fromkeys(("substring", "substr", "slice"), "`x[a..b]` is the part from `a` up to `b`"),
    **dict.fromkeys(("charAt", "char_at", "at"), "`x[i]` is what stands at `i`"),
    "MAX": "the largest value of an integer type is `T.max_value()`",
    "MIN": "the least value of an integer type is `T.min_value()`",
    **dict.fromkeys(("INFINITY", "infinity"), "`import math` has `math::INFINITY`"),
    **dict.fromkeys(("upcase", "upper", "uppercase", "to_uppercase"), "did you mean `to_upper`?"),
    **dict.fromkeys(("downcase", "lower", "lowercase", "to_lowercase"), "did you mean `to_lower`?"),
    "to_vec": "`xs.collect()` makes a vector of what an iterator gives",
    **dict.fromkeys(
        ("to_a", "to_list"), "`xs.to_vec()` makes a vector, and `xs.collect()` does of what an iterator gives"
    ),
    **dict.fromkeys(("inject", "fold", "foldl"), "`xs.reduce(start, f)` takes the elements together"),
    **dict.fromkeys(("select", "keep_if"), "did you mean `filter`?"),
    **dict.fromkeys(("each_slice", "in_groups_of"), "did you mean `chunks`?"),
    "each_cons": "did you mean `windows`?",
    "drop_while": "did you mean `skip_while`?",
    "detect": "did you mean `find`?",
    **dict.fromkeys(("find_all", "where"), "did you mean `filter`?"),
    "position": "did you mean `find_index`?",
    "format": "values are put into a text by `#{x}`",
    "capitalize": "`s[..1].to_upper() + s[1..]` begins with a capital",
    **dict.fromkeys(("ord", "codePointAt", "charCodeAt"), "`s[i]` is a character, and its number"),
}
"""Help for methods that a type does not have."""

OTHER_FUNCTIONS: dict[str, str] = {
    **dict.fromkeys(("str", "repr", "String"), "`x.to_s()` is the text of a value"),
    "int": "`s.to_i()` reads a number, `x as Int` converts one",
    "float": "`s.to_f()` reads a number, `x as F64` converts one",
    "chr": "`c.to_char_s()` is the text of a character",
    "ord": "a character is its number: `c as Int`",
    "enumerate": "`for i, x in xs` gives the index as well",
    "sum": "`xs.sum()` adds up what is in a vector",
    "sorted": "`xs.sorted()` is a sorted copy, `xs.sort()` sorts in place",
    "append": "`xs.push(x)` puts an element at the end",
    "make": "`Vec.new()`, `Map.new()` and their like make a new one",
    **dict.fromkeys(("printf", "sprintf"), "values are put into a text by `#{x}`"),
    **dict.fromkeys(
        ("__FILE__", "__LINE__", "__DIR__", "__dir__", "__method__", "__name__"),
        "code does not know where it stands; `$debug(e)` shows a place and a value",
    ),
    "it": "the only parameter is called `it` in braces: `xs.map { it + 1 }`",
    "_": "`_` is the name of nothing; in braces, the only parameter is called `it`: `xs.map { it + 1 }`",
    "_1": "in braces, the only parameter is called `it`: `xs.map { it + 1 }`",
}
"""Help for functions and parameters that nobody declared, and that are there by themselves elsewhere."""

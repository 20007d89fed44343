"""Words that programmers bring from other languages, and what Quartz says instead; slips of its own words."""

from __future__ import annotations

from qz.diagnostics.suggest import edit_distance

_DECLARING = {
    "let": "a name is bound by `name = value`, a variable by `var name = value`",
    "val": "a name is bound by `name = value`",
    "auto": "a name is bound by `name = value`, a variable by `var name = value`",
    "final": "a name is bound by `name = value`, and keeps its value",
    "local": "a name is bound by `name = value`, a variable by `var name = value`",
    "mut": "a variable is declared with `var`",
    "fn": "functions are declared with `def`",
    "func": "functions are declared with `def`",
    "fun": "functions are declared with `def`",
    "function": "functions are declared with `def`",
    "class": "types are declared with `struct`, their methods in `impl`",
    "interface": "traits are declared with `trait`",
    "protocol": "traits are declared with `trait`",
    "module": "a file is a module: nothing needs to be declared",
    "package": "a file is a module: nothing needs to be declared",
    "namespace": "a file is a module: nothing needs to be declared",
    "mod": "a file is a module: `import` it by its name",
    "pub": "everything is public; what follows a line `private` is not",
    "export": "everything is public; what follows a line `private` is not",
    "public": "everything is public; what follows a line `private` is not",
    "static": "a method without `self` is static; module state is declared with `global`",
    "use": "modules are named with `import`",
    "using": "modules are named with `import`",
    "require": "modules are named with `import`",
    "require_relative": "modules are named with `import`",
    "include": "modules are named with `import`",
    "typedef": "a type gets another name with `type Name = …`",
    "switch": "values are told apart with `match`",
    "case": "values are told apart with `match`",
    "when": "values are told apart with `match`",
    "foreach": "elements are visited with `for x in xs`",
    "then": "a condition ends with its line",
    "elif": "another condition follows `elsif`",
    "elseif": "another condition follows `elsif`",
    "try": "a failure is returned by `expr?`, or unwrapped by `expr!`",
    "throw": "a failure is a value: `return Err(…)`",
    "raise": "a failure is a value: `return Err(…)`",
    "null": "the absent value is `nil`, or `None` of an `Option`",
    "begin": "a group of statements needs no word of its own; a failure is a value, `Ok(…)` or `Err(…)`",
    "rescue": "a failure is a value: `match` tells `Ok(…)` from `Err(…)`",
    "catch": "a failure is a value: `match` tells `Ok(…)` from `Err(…)`",
    "except": "a failure is a value: `match` tells `Ok(…)` from `Err(…)`",
    "ensure": "what is to be done at the end of a block is written `defer …`",
    "finally": "what is to be done at the end of a block is written `defer …`",
    "p": "a line is written by `puts(…)`",
    "pp": "a line is written by `puts(…)`",
    "echo": "a line is written by `puts(…)`",
    "println": "a line is written by `puts(…)`",
    "eprintln": "a line goes to standard error by `eputs(…)`",
    "format": "values are put into a text by `#{x}`",
    "unreachable": "what cannot happen ends the program by `panic(…)`",
    "todo": "what is missing ends the program by `panic(…)`",
    "len": "how many there are is `x.size`",
    "range": "a range is `a..b`, or `a..=b` with its end",
    "gets": "a line of the input is `stdin::read_line()`, of the module `std/io/stdin`",
    "input": "a line of the input is `stdin::read_line()`, of the module `std/io/stdin`",
    "console": "a line is written by `puts(…)`",
    "static_assert": "it stands at the top of a module; inside a function, `assert(…)`",
    "from": "names of a module are imported by `import { parse } from json`",
    "new": "a value is made by `Type { field: … }`, or by a method such as `Type.new(…)`",
    "del": "an entry is taken out by `map.delete(key)`",
    "attr_accessor": "the fields of a `struct` can be read and assigned as they are",
    "attr_reader": "the fields of a `struct` can be read and assigned as they are",
    "attr_writer": "the fields of a `struct` can be read and assigned as they are",
    "alias": "a second name is that of a function which calls the first; of a type, `type Name = …`",
    "lambda": "a lambda is written `x -> e` or `do x -> … end`",
    "next": "the next turn of a loop begins by `continue`",
    "redo": "a loop has `break` and `continue`",
    "goto": "a loop has `break` and `continue`, and may be labelled",
}

# At the top level these open what an `end` closes, as in the language they come from.
OPENER_WORDS = ("fn", "func", "fun", "function", "class", "interface", "module")
OPENERS = frozenset(word.encode() for word in OPENER_WORDS)

INNER_OPENERS = frozenset(word.encode() for word in ("begin", "case", "switch", "try", *OPENER_WORDS))
"""Those which do inside a function."""

DECLARING_WORDS = (
    *("def", "struct", "enum", "trait", "impl", "extend", "type", "newtype", "global", "const", "import"),
    *("macro", "extern", "linear", "packed", "test", "private"),
)
BLOCK_WORDS = ("if", "unless", "while", "until", "for", "loop", "match", "select")
LONG_WORDS = ("return", "unless", "while", "until", "match", "break", "continue", "yield", "defer")
"""What statements begin with, but for words that too many names are like."""


def slip_of(word: str, words: tuple[str, ...]) -> str:
    """Which of the words this one is, but for one letter; empty if none."""
    return next((meant for meant in words if edit_distance(word, meant, 1)), "")


def foreign_word_help(word: str) -> str:
    """What to say instead of a word of another language; empty for any other word."""
    return _DECLARING.get(word, "")

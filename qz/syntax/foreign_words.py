"""Words that programmers bring from other languages, and what Quartz says instead."""

from __future__ import annotations

_DECLARING = {
    "let": "a name is bound by `name = value`, a variable by `var name = value`",
    "val": "a name is bound by `name = value`",
    "auto": "a name is bound by `name = value`, a variable by `var name = value`",
    "mut": "a variable is declared with `var`",
    "fn": "functions are declared with `def`",
    "func": "functions are declared with `def`",
    "fun": "functions are declared with `def`",
    "function": "functions are declared with `def`",
    "class": "types are declared with `struct`, their methods in `impl`",
    "interface": "traits are declared with `trait`",
    "protocol": "traits are declared with `trait`",
    "module": "a file is a module: nothing needs to be declared",
    "namespace": "a file is a module: nothing needs to be declared",
    "mod": "a file is a module: `import` it by its name",
    "pub": "everything is public; what follows a line `private` is not",
    "public": "everything is public; what follows a line `private` is not",
    "static": "a method without `self` is static; module state is declared with `global`",
    "use": "modules are named with `import`",
    "using": "modules are named with `import`",
    "require": "modules are named with `import`",
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
    "begin": "a group of statements needs no word of its own",
}

# At the top level these open what an `end` closes, as in the language they come from.
OPENERS = frozenset(
    word.encode() for word in ("fn", "func", "fun", "function", "class", "interface", "module")
)


def foreign_word_help(word: str) -> str:
    """What to say instead of a word of another language; empty for any other word."""
    return _DECLARING.get(word, "")

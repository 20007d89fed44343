"""What a language has to say about itself: how it writes each form that a generated program is made of.

A form is a function from the texts of its parts to its own text, mostly the ``format`` of a template. The
random part of the generator (`expressions`, `statements`, `modules`) decides what is written and names no
syntax; `in_quartz`, `in_c`, `in_rust`, `in_go` and `in_zig` fill these tables. What all of them
write alike has a default; numbers, `true` and `false` are not even forms.

A *place* is a name or a field in sight; a *value* is an expression. `Expression.read` makes one of the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generation.shapes import FunctionShape, Types

Form = Callable[..., str]
ListForm = Callable[[Sequence[str]], str]
SHARED = Path(__file__).resolve().parent / "shared"
"""Where what the generated functions share is written by hand, in each language."""


class Bind(Protocol):
    """A new name and its first value."""

    def __call__(
        self, name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False
    ) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionForms:
    """How values are written."""

    read: Form  # place, kind
    field: Form  # holder, name: a place
    group: Form = "({})".format
    call: Form = "{}({})".format  # function, arguments

    sum: Form = "({0} + {1}) % 10007".format
    difference: Form = "({0} - {1})".format
    product: Form = "({0} % 1009) * ({1} % 1013) % 9973".format
    both_bits: Form = "({0} & {1})".format
    other_bits: Form = "({0} ^ {1}) % 65536".format
    shifted_left: Form = "(({0} % 256) << {1})".format
    shifted_right: Form = "({0} >> {1})".format
    quotient: Form = "{0} / ({1} % 7 + 8)".format
    checksum: Form = "({0} * 31 + {1}) % 1000003".format
    half_sum: Form = "({0} * 0.5 + {1})".format
    quarter_difference: Form = "({0} - {1} * 0.25)".format
    damped: Form = "({0} / ({1} * {1} + 1.0))".format
    compared: Form = "{0} {1} {2}".format  # value, operator, value
    conjunction: Form = "({} && {})".format
    disjunction: Form = "({} || {})".format
    negation: Form = "!{}".format

    f64_of_int: Form
    int_of_f64: Form
    int_of_bool: Form

    text: Form  # word: a literal
    byte_length: Form  # place
    contains: Form  # place, letter
    is_text: Form  # place, word
    word_and_number: Form  # word, number
    dashed: Form  # word, text
    text_of_int: Form
    replaced: Form  # text, letter
    shortened: Form  # text, bytes
    text_and_number: Form  # place, number

    numbers: ListForm
    texts: ListForm
    words: Form  # of one text, at its spaces
    size: Form  # place
    element: Form  # place, index
    pick: Form  # place, index, otherwise
    first_numbers: Form
    first_texts: Form
    mapped: Form  # place, body over x
    filtered: Form  # place, condition over x
    reduced: Form  # vector, start, body over a and x
    shifted: Form = "(x % 4001 + {}) % 10007".format  # the bodies
    scaled: Form = "x % 257 * {}".format
    is_no_multiple: Form = "x % {} != {}".format
    combined: Form = "(a % 9001 * {} + x % 8009) % 10007".format

    entry: Form  # key, value
    counts: ListForm  # of entries
    count_or: Form  # place, key, otherwise

    tagged: Form  # word, value
    tagged_value: Form  # place or value
    relabelled: Form  # place, word
    variant: Callable[[str, str, Sequence[str]], str]  # enum, variant, payload
    struct: Callable[[str, Sequence[tuple[str, str, str]]], str]  # its name; name, kind, value of each field
    weight: Form  # place, struct

    folded: Form  # vector of numbers
    folded_text: Form
    folded_texts: Form  # vector of texts
    folded_counts: Form
    folded_enum: Form  # value, enum
    folded_struct: Form  # value, struct


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementForms:
    """How statements are written. Each counts as one line, also where a language needs more or fewer.

    A match has a fresh ``name``: what it gives its value to, if it has one.
    """

    bind: Bind
    assign: Form  # name, value
    assign_with: Form  # name, operator, value
    keep_small: Form  # name
    set_field: Form  # holder, field, value
    new_vector: Form  # name, kind
    push_number: Form  # vector, value; where it has fewer than 64
    push_text: Form  # vector, value; where it has fewer than 24
    give_back: Form  # value
    give_back_if: Form  # value, condition
    leave_if: Form  # word, condition

    if_: Form  # condition
    elsif: Form  # condition
    else_: str
    end: str = "}"
    for_range: Form  # name, limit
    for_each: Form  # name, vector, element kind; over a copy
    for_entries: Form  # key, value, counts; over a copy of the first
    while_below: Form  # name, limit
    add_one: Form  # name

    new_builder: Form  # name
    append: Form  # builder, text
    built: Form  # builder: a value

    match_enum: Form  # name, kind ("" where its arms are blocks), value, enum
    enum_value_arm: Callable[[str, str, str, Sequence[tuple[str, str]], str], str]
    """name, enum, variant, what is bound with its kind, value"""
    enum_block_arm: Callable[[str, str, str, Sequence[tuple[str, str]]], str]
    end_arm: str
    end_match: str = "}"
    end_value_match: Form  # name

    match_number: Form  # name, kind, value, rest
    one: Form  # pattern, rest
    either: Form  # pattern, pattern, rest
    between: Form  # first, end, rest; the end is not part of it
    number_arm: Form  # name, pattern, value
    negative_arm: Form  # name, rest, value
    rest_arm: Form  # name, rest, value

    set_entry: Form  # counts, key, value
    update_entry: Form  # counts, key, summand


def modules_of(functions: Sequence[FunctionShape]) -> list[int]:
    """The modules of some functions, each once."""
    return sorted({shape.module for shape in functions})


@dataclass(frozen=True, slots=True)
class ModuleParts:
    """What a module is made of, besides how it is written."""

    number: int
    called: Sequence[FunctionShape]  # of other modules
    types: Types
    functions: Sequence[FunctionShape]  # runners among them
    texts: Sequence[str]  # of the functions

    @property
    def imports(self) -> list[int]:
        """The modules of what is called."""
        return modules_of(self.called)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A language."""

    name: str
    suffix: str
    shared: Sequence[str]  # files, which lie in `SHARED` side by side
    expressions: ExpressionForms
    statements: StatementForms
    function: Callable[[FunctionShape, Sequence[str]], str]
    module_files: Callable[[ModuleParts], Iterator[tuple[str, str]]]
    main_text: Callable[[Sequence[FunctionShape], Sequence[str]], str]
    """the functions called, in the order of their modules; statements that compute `total`"""
    function_head: re.Pattern[str]  # the line before a body, for edits
    joint: str = " "  # between two statements in a line

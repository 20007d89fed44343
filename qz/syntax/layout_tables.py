"""What the layout needs to know about kinds of token, as tables indexed by the kind."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from qz.syntax import token_numbers as tk
from qz.syntax.token_kinds import CONTINUES_LINE, ENDS_EXPRESSION


def flags(kinds: Iterable[int]) -> bytes:
    """One byte for each kind, 1 for those named."""
    table = bytearray(256)
    for kind in kinds:
        table[kind] = 1
    return bytes(table)


def lookup(kinds: Iterable[int]) -> npt.NDArray[np.bool_]:
    """The same for whole columns of kinds: ``lookup(…)[column]`` says of each whether it is one of those."""
    return np.frombuffer(flags(kinds), dtype=np.bool_)


ENDS = flags(ENDS_EXPRESSION)
CONTINUES_LINE_BY_KIND = lookup(CONTINUES_LINE)
# A line that begins with one of these continues the one before.
CONTINUES_FROM_BEFORE = lookup((tk.DOT, tk.OPT_DOT, tk.PIPE_RIGHT, tk.WHERE))

CONDITIONALS = (tk.IF, tk.UNLESS, tk.WHILE, tk.UNTIL, tk.FOR)
# The last is the `class` of another language.
METHOD_HOLDERS = (tk.IMPL, tk.TRAIT, tk.EXTEND, tk.IDENT)
BLOCKS_WITH_HEADER = (*CONDITIONALS, tk.DEF, tk.ENUM, tk.IMPL, tk.TRAIT, tk.EXTEND, tk.MATCH, tk.LOOP)
# Before `impl` where it is part of a type and declares nothing.
BEFORE_TYPE = flags((tk.COLON, tk.LT, tk.COMMA, tk.LPAREN, tk.AMP, tk.BAR, tk.ASSIGN, tk.ARROW))
DECLARING = (tk.DEF, tk.STRUCT, tk.ENUM, tk.TRAIT, tk.IMPL, tk.EXTEND, tk.MACRO)
# What a line that declares something may begin with.
BEGINS_DECLARATION = flags(
    (*DECLARING, tk.CONST, tk.PRIVATE, tk.EXTERN, tk.AT, tk.IDENT),
)
# A token that has one of these directly before it is a name, whatever it spells.
BEFORE_NAME = np.frombuffer(flags((tk.DOT, tk.OPT_DOT, tk.COLON_COLON, tk.DOLLAR)), dtype=np.uint8)
# Between these and `:` a keyword names a field, a parameter or an argument.
BEFORE_FIELD = np.frombuffer(flags((tk.LPAREN, tk.COMMA, tk.LBRACE, tk.NEWLINE)), dtype=np.uint8)
NEVER_FIELDS = np.frombuffer(
    flags((tk.SELF, tk.TRUE, tk.FALSE, tk.NIL, tk.ELSE, tk.DO, tk.LOOP, tk.RETURN)), dtype=np.uint8
)
AFTER_FUNCTION_NAME = np.frombuffer(
    flags((tk.LPAREN, tk.COLON, tk.LT, tk.ASSIGN, tk.NEWLINE)), dtype=np.uint8
)

# Behind one of these on its line an expression, a pattern or a type has to begin,
EXPECTS_VALUE = lookup(
    (
        *range(tk.ASSIGN, tk.COALESCE_ASSIGN + 1),
        *range(tk.PIPE_RIGHT, tk.LE + 1),
        *range(tk.CARET, tk.PERCENT + 1),
        *(tk.LPAREN, tk.COMMA, tk.COLON, tk.STRING_START, tk.STRING_MID, tk.RETURN),
        *(tk.AND, tk.OR, tk.NOT, tk.IF, tk.ELSIF, tk.UNLESS, tk.WHILE, tk.UNTIL),
    )
)
# and none begins with one of these.
NEVER_VALUES = lookup((tk.END, tk.IN, tk.TYPE, tk.NEWTYPE, tk.STRUCT, tk.ENUM, tk.TRAIT, tk.EXTEND, tk.WHERE))
# These do not end one, and what they begin does not go on with one of those.
NEVER_BARE = lookup(
    (
        *(tk.MATCH, tk.SELECT, tk.LOOP, tk.YIELD, tk.ASYNC, tk.AWAIT, tk.GO, tk.DEFER, tk.GLOBAL),
        *(tk.QUOTE, tk.IF, tk.UNLESS, tk.WHILE, tk.UNTIL, tk.FOR),
    )
)
BEHIND_VALUE = lookup(
    (
        *(tk.RPAREN, tk.RBRACKET, tk.RBRACE, tk.STRING_MID, tk.STRING_END, tk.COMMA, tk.DOT, tk.OPT_DOT),
        *(tk.EQ, tk.NE, tk.LT, tk.LE, tk.GT, tk.GE, tk.PLUS, tk.STAR, tk.SLASH, tk.PERCENT),
        *(tk.AND, tk.OR),
    )
)
# Keywords that are no names before a `=` either: values, and what lacks its name there.
NEVER_ASSIGNED = lookup((tk.SELF, tk.TRUE, tk.FALSE, tk.NIL, tk.DEF, tk.VAR, tk.CONST))

STRUCTURAL: npt.NDArray[np.bool_] = lookup(
    (
        *(tk.EOF, tk.NEWLINE, tk.LPAREN, tk.RPAREN, tk.LBRACKET, tk.RBRACKET, tk.LBRACE, tk.RBRACE),
        *(tk.STRING_START, tk.STRING_MID, tk.STRING_END, tk.ARROW, tk.FAT_ARROW, tk.DEF, tk.END),
        *CONDITIONALS,
        *(tk.LOOP, tk.MATCH, tk.SELECT, tk.DO, tk.STRUCT, tk.ENUM, tk.TRAIT, tk.IMPL, tk.EXTEND),
        *(tk.MACRO, tk.QUOTE, tk.COMPTIME),
    )
)
STRUCTURAL_OR_ELSE: npt.NDArray[np.bool_] = STRUCTURAL | lookup((tk.ELSE, tk.ELSIF))

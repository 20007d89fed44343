"""What the layout needs to know about kinds of token, as tables indexed by the kind."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from qz.syntax.token_kinds import CONTINUES_LINE, ENDS_EXPRESSION, TokenKind

K = TokenKind


def flags(kinds: Iterable[int]) -> bytes:
    """One byte for each kind, 1 for those named."""
    table = bytearray(256)
    for kind in kinds:
        table[kind] = 1
    return bytes(table)


ENDS = flags(ENDS_EXPRESSION)
CONTINUES = flags(CONTINUES_LINE)
# A line that begins with one of these continues the one before.
CONTINUES_BEFORE = flags((K.DOT, K.OPT_DOT, K.PIPE_RIGHT, K.WHERE))

CONDITIONALS = (K.IF, K.UNLESS, K.WHILE, K.UNTIL, K.FOR)
METHOD_HOLDERS = (K.IMPL, K.TRAIT, K.EXTEND)
# Before `impl` where it is part of a type and declares nothing.
BEFORE_TYPE = flags((K.COLON, K.LT, K.COMMA, K.LPAREN, K.AMP, K.BAR, K.ASSIGN, K.ARROW))
# What a line that declares something may begin with.
BEGINS_DECLARATION = flags(
    (K.DEF, K.STRUCT, K.ENUM, K.TRAIT, K.IMPL, K.EXTEND, K.MACRO, K.CONST, K.PRIVATE, K.EXTERN, K.AT, K.IDENT)
)
# A token that has one of these directly before it is a name, whatever it spells.
BEFORE_NAME = np.frombuffer(flags((K.DOT, K.OPT_DOT, K.COLON_COLON, K.DOLLAR)), dtype=np.uint8)
# Between these and `:` a keyword names a field, a parameter or an argument.
BEFORE_FIELD = np.frombuffer(flags((K.LPAREN, K.COMMA, K.LBRACE, K.NEWLINE)), dtype=np.uint8)
NEVER_FIELDS = np.frombuffer(
    flags((K.SELF, K.TRUE, K.FALSE, K.NIL, K.ELSE, K.DO, K.LOOP, K.END, K.RETURN)), dtype=np.uint8
)
AFTER_FUNCTION_NAME = np.frombuffer(flags((K.LPAREN, K.COLON, K.LT, K.ASSIGN, K.NEWLINE)), dtype=np.uint8)

STRUCTURAL: npt.NDArray[np.bool_] = np.frombuffer(
    flags(
        (
            K.EOF, K.NEWLINE, K.LPAREN, K.RPAREN, K.LBRACKET, K.RBRACKET, K.LBRACE, K.RBRACE,
            K.STRING_START, K.STRING_MID, K.STRING_END, K.FAT_ARROW, K.DEF, K.END, *CONDITIONALS,
            K.LOOP, K.MATCH, K.SELECT, K.DO, K.STRUCT, K.ENUM, K.TRAIT, K.IMPL, K.EXTEND, K.MACRO,
            K.QUOTE, K.COMPTIME,
        )
    ),
    dtype=np.bool_,
)  # fmt: skip

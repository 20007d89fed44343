"""The kinds of token, the words and signs they are written with, and the classes later phases ask about."""

from __future__ import annotations

from enum import IntEnum, auto


class TokenKind(IntEnum):
    """The value is the byte stored in the ``kind`` column; kinds of one class stand together."""

    NONE = 0  # token 0, the "none" that every index can point at
    EOF = auto()  # the last token of every table
    ERROR = auto()  # was reported by the lexer or by the layout; stands for one expression
    NEWLINE = auto()  # an end of line or `;` that ends a statement, with the blank lines behind it

    IDENT = auto()
    INT = auto()
    FLOAT = auto()
    CHAR = auto()
    STRING = auto()  # a whole string without interpolation, quotes included
    STRING_START = auto()  # from the opening quote to the first `#{`
    STRING_MID = auto()  # from `}` to the next `#{`
    STRING_END = auto()  # from the last `}` to the closing quote
    SYMBOL = auto()  # `:name`

    LPAREN = auto()
    RPAREN = auto()
    LBRACKET = auto()
    RBRACKET = auto()
    LBRACE = auto()
    RBRACE = auto()

    DOT = auto()
    OPT_DOT = auto()
    COLON_COLON = auto()
    COLON = auto()
    COMMA = auto()
    ARROW = auto()
    FAT_ARROW = auto()
    AT = auto()
    DOLLAR = auto()
    QUESTION = auto()
    BANG = auto()
    TILDE = auto()
    ELLIPSIS = auto()

    ASSIGN = auto()
    ADD_ASSIGN = auto()
    SUB_ASSIGN = auto()
    MUL_ASSIGN = auto()
    DIV_ASSIGN = auto()
    REM_ASSIGN = auto()
    SHL_ASSIGN = auto()
    AND_ASSIGN = auto()
    OR_ASSIGN = auto()
    XOR_ASSIGN = auto()
    COALESCE_ASSIGN = auto()

    PIPE_RIGHT = auto()
    COALESCE = auto()
    BAR_BAR = auto()
    AMP_AMP = auto()
    EQ = auto()
    NE = auto()
    LT = auto()
    LE = auto()
    GT = auto()  # `>>` is two of these, so that `Vec<Vec<T>>` needs no care; `>>=` is GT and GE
    GE = auto()
    BAR = auto()
    CARET = auto()
    AMP = auto()
    SHL = auto()
    DOT_DOT = auto()
    DOT_DOT_EQ = auto()
    PLUS = auto()
    MINUS = auto()
    STAR = auto()
    SLASH = auto()
    PERCENT = auto()

    DEF = auto()
    END = auto()
    VAR = auto()
    CONST = auto()
    RETURN = auto()
    IF = auto()
    ELSIF = auto()
    ELSE = auto()
    UNLESS = auto()
    WHILE = auto()
    UNTIL = auto()
    FOR = auto()
    IN = auto()
    LOOP = auto()
    BREAK = auto()
    CONTINUE = auto()
    MATCH = auto()
    DO = auto()
    STRUCT = auto()
    ENUM = auto()
    TRAIT = auto()
    IMPL = auto()
    EXTEND = auto()
    TYPE = auto()
    NEWTYPE = auto()
    IMPORT = auto()
    AS = auto()
    PRIVATE = auto()
    EXTERN = auto()
    MACRO = auto()
    QUOTE = auto()
    UNQUOTE = auto()
    UNQUOTE_EACH = auto()
    WHERE = auto()
    SELF = auto()
    TRUE = auto()
    FALSE = auto()
    NIL = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    IS = auto()
    DEFER = auto()
    GLOBAL = auto()
    AWAIT = auto()
    ASYNC = auto()
    GO = auto()
    SELECT = auto()
    YIELD = auto()
    COMPTIME = auto()


SIGNS: dict[str, TokenKind] = {
    "(": TokenKind.LPAREN,
    ")": TokenKind.RPAREN,
    "[": TokenKind.LBRACKET,
    "]": TokenKind.RBRACKET,
    "{": TokenKind.LBRACE,
    "}": TokenKind.RBRACE,
    ".": TokenKind.DOT,
    "?.": TokenKind.OPT_DOT,
    "::": TokenKind.COLON_COLON,
    ":": TokenKind.COLON,
    ",": TokenKind.COMMA,
    "->": TokenKind.ARROW,
    "=>": TokenKind.FAT_ARROW,
    "@": TokenKind.AT,
    "$": TokenKind.DOLLAR,
    "?": TokenKind.QUESTION,
    "!": TokenKind.BANG,
    "~": TokenKind.TILDE,
    "...": TokenKind.ELLIPSIS,
    "=": TokenKind.ASSIGN,
    "+=": TokenKind.ADD_ASSIGN,
    "-=": TokenKind.SUB_ASSIGN,
    "*=": TokenKind.MUL_ASSIGN,
    "/=": TokenKind.DIV_ASSIGN,
    "%=": TokenKind.REM_ASSIGN,
    "<<=": TokenKind.SHL_ASSIGN,
    "&=": TokenKind.AND_ASSIGN,
    "|=": TokenKind.OR_ASSIGN,
    "^=": TokenKind.XOR_ASSIGN,
    "??=": TokenKind.COALESCE_ASSIGN,
    "|>": TokenKind.PIPE_RIGHT,
    "??": TokenKind.COALESCE,
    "||": TokenKind.BAR_BAR,
    "&&": TokenKind.AMP_AMP,
    "==": TokenKind.EQ,
    "!=": TokenKind.NE,
    "<": TokenKind.LT,
    "<=": TokenKind.LE,
    ">": TokenKind.GT,
    ">=": TokenKind.GE,
    "|": TokenKind.BAR,
    "^": TokenKind.CARET,
    "&": TokenKind.AMP,
    "<<": TokenKind.SHL,
    "..": TokenKind.DOT_DOT,
    "..=": TokenKind.DOT_DOT_EQ,
    "+": TokenKind.PLUS,
    "-": TokenKind.MINUS,
    "*": TokenKind.STAR,
    "/": TokenKind.SLASH,
    "%": TokenKind.PERCENT,
}

# `default from packed linear can binary test variadic with step` are words only in their place:
# identifiers here.
KEYWORDS: dict[str, TokenKind] = {
    kind.name.lower(): kind for kind in TokenKind if TokenKind.DEF <= kind <= TokenKind.COMPTIME
}


def is_keyword(kind: int) -> bool:
    """Whether a token of this kind is a reserved word."""
    return kind >= TokenKind.DEF


# After one of these an expression cannot begin anew, so a following `if` is a postfix guard and `-` is minus.
ENDS_EXPRESSION = frozenset(
    {
        TokenKind.ERROR,
        TokenKind.IDENT,
        TokenKind.INT,
        TokenKind.FLOAT,
        TokenKind.CHAR,
        TokenKind.STRING,
        TokenKind.STRING_END,
        TokenKind.SYMBOL,
        TokenKind.RPAREN,
        TokenKind.RBRACKET,
        TokenKind.RBRACE,
        TokenKind.QUESTION,
        TokenKind.BANG,
        TokenKind.END,
        TokenKind.SELF,
        TokenKind.TRUE,
        TokenKind.FALSE,
        TokenKind.NIL,
        TokenKind.RETURN,
        TokenKind.BREAK,
        TokenKind.CONTINUE,
        TokenKind.YIELD,
    }
)

# A line that ends in one of these goes on in the next.
CONTINUES_LINE = frozenset(
    {
        TokenKind.DOT,
        TokenKind.OPT_DOT,
        TokenKind.COMMA,
        TokenKind.ARROW,
        TokenKind.AND,
        TokenKind.OR,
        TokenKind.NOT,
        TokenKind.IS,
        TokenKind.IN,
        *(kind for kind in TokenKind if TokenKind.ASSIGN <= kind <= TokenKind.PERCENT),
    }
)

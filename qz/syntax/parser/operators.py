"""How tightly the binary operators bind, and which nodes they make."""

from __future__ import annotations

from qz.syntax.nodes import NodeKind as N
from qz.syntax.token_kinds import TokenKind as K

# The levels of the language, loosest first; 0 is "no operator".
ANY = 0
PIPELINE = 30
COALESCING = 40
DISJUNCTION = 50
CONJUNCTION = 60
NEGATION = 70
COMPARISON = 80
BITWISE_OR = 90
BITWISE_XOR = 100
BITWISE_AND = 110
SHIFT = 120
RANGING = 130
ADDITION = 140
MULTIPLICATION = 150

_LEFT_LEANING: dict[int, tuple[K, ...]] = {
    PIPELINE: (K.PIPE_RIGHT,),
    DISJUNCTION: (K.OR, K.BAR_BAR),
    CONJUNCTION: (K.AND, K.AMP_AMP),
    BITWISE_OR: (K.BAR,),
    BITWISE_XOR: (K.CARET,),
    BITWISE_AND: (K.AMP,),
    SHIFT: (K.SHL,),
    ADDITION: (K.PLUS, K.MINUS),
    MULTIPLICATION: (K.STAR, K.SLASH, K.PERCENT),
}

# These have rules of their own. `>` may turn out to be a half of `>>`, which binds tighter.
_SPECIAL: dict[int, tuple[K, ...]] = {
    COALESCING: (K.COALESCE,),
    COMPARISON: (K.EQ, K.NE, K.LT, K.LE, K.GE, K.IS, K.IN),
    SHIFT: (K.GT,),
    RANGING: (K.DOT_DOT, K.DOT_DOT_EQ),
}

_NODES = {
    K.PIPE_RIGHT: N.PIPE,
    K.OR: N.OR,
    K.BAR_BAR: N.OR,
    K.AND: N.AND,
    K.AMP_AMP: N.AND,
    K.BAR: N.BIT_OR,
    K.CARET: N.BIT_XOR,
    K.AMP: N.BIT_AND,
    K.SHL: N.SHL,
    K.PLUS: N.ADD,
    K.MINUS: N.SUB,
    K.STAR: N.MUL,
    K.SLASH: N.DIV,
    K.PERCENT: N.REM,
}

COMPARISONS: dict[int, int] = {
    K.EQ: N.EQ,
    K.NE: N.NE,
    K.LT: N.LT,
    K.LE: N.LE,
    K.GT: N.GT,
    K.GE: N.GE,
    K.IN: N.IN,
    K.IS: N.IS,
}


def _powers() -> bytes:
    table = bytearray(256)
    for level in (*_LEFT_LEANING.items(), *_SPECIAL.items()):
        for kind in level[1]:
            table[kind] = level[0]
    return bytes(table)


def _plain_nodes() -> bytes:
    table = bytearray(256)
    for kind, node in _NODES.items():
        table[kind] = node
    return bytes(table)


POWER = _powers()  # by token kind
PLAIN_NODE = _plain_nodes()  # by token kind: the node of a left-leaning operator, or 0

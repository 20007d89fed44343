"""How tightly the binary operators bind, and which nodes they make."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk

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

_LEFT_LEANING: dict[int, tuple[int, ...]] = {
    DISJUNCTION: (tk.OR, tk.BAR_BAR),
    CONJUNCTION: (tk.AND, tk.AMP_AMP),
    BITWISE_OR: (tk.BAR,),
    BITWISE_XOR: (tk.CARET,),
    BITWISE_AND: (tk.AMP,),
    SHIFT: (tk.SHL,),
    ADDITION: (tk.PLUS, tk.MINUS),
    MULTIPLICATION: (tk.STAR, tk.SLASH, tk.PERCENT),
}

# These have rules of their own. `>` may turn out to be a half of `>>`, which binds tighter.
_SPECIAL: dict[int, tuple[int, ...]] = {
    PIPELINE: (tk.PIPE_RIGHT,),
    COALESCING: (tk.COALESCE,),
    COMPARISON: (tk.EQ, tk.NE, tk.LT, tk.LE, tk.GE, tk.IS, tk.IN),
    SHIFT: (tk.GT,),
    RANGING: (tk.DOT_DOT, tk.DOT_DOT_EQ, tk.ELLIPSIS),
}

_NODES = {
    tk.OR: nk.OR,
    tk.BAR_BAR: nk.OR,
    tk.AND: nk.AND,
    tk.AMP_AMP: nk.AND,
    tk.BAR: nk.BIT_OR,
    tk.CARET: nk.BIT_XOR,
    tk.AMP: nk.BIT_AND,
    tk.SHL: nk.SHL,
    tk.PLUS: nk.ADD,
    tk.MINUS: nk.SUB,
    tk.STAR: nk.MUL,
    tk.SLASH: nk.DIV,
    tk.PERCENT: nk.REM,
}

COMPARISONS: dict[int, int] = {
    tk.EQ: nk.EQ,
    tk.NE: nk.NE,
    tk.LT: nk.LT,
    tk.LE: nk.LE,
    tk.GT: nk.GT,
    tk.GE: nk.GE,
    tk.IN: nk.IN,
    tk.IS: nk.IS,
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

ASSIGN_OPS = frozenset(
    {
        tk.ADD_ASSIGN,
        tk.SUB_ASSIGN,
        tk.MUL_ASSIGN,
        tk.DIV_ASSIGN,
        tk.REM_ASSIGN,
        tk.SHL_ASSIGN,
        tk.AND_ASSIGN,
        tk.OR_ASSIGN,
        tk.XOR_ASSIGN,
        tk.COALESCE_ASSIGN,
    }
)
"""What assigns what it computes, such as `+=`."""

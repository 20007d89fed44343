"""How the columns of each kind of node are to be read: which of them lead to children."""

from __future__ import annotations

from qz.syntax.ast import Nodes
from qz.syntax.nodes import NodeKind

K = NodeKind

# One letter each for lhs and rhs: n node, l list, t token of a name, p token of a place, . nothing (or a
# plain number). A digit string after a colon gives the reading of an `extra` group, word by word.
_SHAPES: dict[str, str] = {
    "..": (
        "POISON ROOT INT FLOAT CHAR STRING STRING_PART SYMBOL TRUE FALSE NIL SELF IDENT PARAM_SELF "
        "PLACED PAT_WILD PAT_NAME PAT_PLACE TYPE_NEVER"
    ),
    "l.": (
        "INTERPOLATION TUPLE VEC_LIT MAP_LIT RECORD_LIT SELECT CLAUSES PAT_TUPLE PAT_VEC PAT_OR TYPE_TUPLE "
        "TYPE_UNION TYPE_INTERSECTION TYPE_IMPL TYPE_PARAM WHERE_BOUND VARIANT BIN_ARM ANNOTATION"
    ),
    "n.": (
        "PATH FIELD OPT_FIELD OPT_VALUE NAMED_ARG SPREAD UNWRAP TRY NEG NOT BIT_NOT REF REF_MUT AWAIT GO "
        "ASYNC FIELD_INIT COMPREHENSION COLLECT COMPTIME QUOTE UNQUOTE UNQUOTE_EACH ONCE RETURN LABELED "
        "DEFER YIELD PAT_LITERAL PAT_FIELD PAT_AT TYPE_FIELD TYPE_REF TYPE_REF_MUT TYPE_DYN TYPE_CONST "
        "PARAM_REST CONST_PARAM PAYLOAD BIN_TYPE"
    ),
    "nl": "CALL TYPE_APPLY WITH STRUCT_LIT MATCH PAT_VARIANT PAT_STRUCT",
    ".l": "BINARY BIN_MATCH",
    "nn": (
        "INDEX CAST ADD SUB MUL DIV REM SHL SHR BIT_AND BIT_OR BIT_XOR EQ NE LT LE GT GE IN AND OR "
        "COALESCE IS RANGE RANGE_INCLUSIVE RANGE_STEP MAP_ENTRY IF_ARM VAR LET ASSIGN "
        "TAP BEHIND ASSIGN_OP DESTRUCTURE VAR_PATTERN WHILE PAT_RANGE PAT_TYPED PARAM PARAM_PATTERN "
        "FIELD_DECL CONST GLOBAL STATIC_ASSERT BIN_FIELD BIN_LIST"
    ),
    "ln": "LAMBDA IF TYPE_FN ALIAS MACRO",
    ".n": "LAMBDA_IT LOOP NEWTYPE TEST",
    "lp": "BLOCK",
    "lt": "TYPE_NAME TYPE_RECORD",
    "nt": "BREAK",
    ".t": "AGAIN CONTINUE PAT_REST",
    "tl": "MACRO_CALL PACKED",
    "n:nn": "ARM",
    "n:tn": "SELECT_ARM",
    "l:nn": "FOR",
    "fn": "FN",
    ":ll,l": "STRUCT ENUM",
    ":llll": "TRAIT",
    ":llnn.l": "IMPL EXTEND",
    ":llt.": "IMPORT",
}

_BY_KIND: dict[int, str] = {K[name]: shape for shape, names in _SHAPES.items() for name in names.split()}
FN_HEADER = "lllnlt."
"""The words that the lhs of a FN leads to."""


def shape(kind: int) -> str:
    """How the columns of a kind are to be read, in the letters of the table above."""
    return _BY_KIND[kind]


def children(tree: Nodes, node: int) -> list[int]:
    """The child nodes in the order of their columns; zeros are left out."""
    shape = _BY_KIND[tree.kind[node]]
    lhs, rhs = tree.lhs[node], tree.rhs[node]
    found: list[int] = []
    if shape == "fn":
        _group(tree, lhs, FN_HEADER, found)
        _column(tree, rhs, "n", found)
    elif shape.startswith(":"):
        words, _, right = shape[1:].partition(",")
        _group(tree, lhs, words, found)
        _column(tree, rhs, right or ".", found)
    else:
        _column(tree, lhs, shape[0], found)
        if shape[1] == ":":
            _group(tree, rhs, shape[2:], found)
        else:
            _column(tree, rhs, shape[1], found)
    return found


def _column(tree: Nodes, value: int, reading: str, found: list[int]) -> None:
    if reading == "n" and value:
        found.append(value)
    elif reading == "l":
        found.extend(tree.list(value))


def _group(tree: Nodes, start: int, words: str, found: list[int]) -> None:
    for offset, reading in enumerate(words):
        _column(tree, tree.extra[start + offset], reading, found)

"""Compound assignment: which operator `+=` and its kin stand for."""

from qz.syntax.nodes import NodeKind
from qz.syntax.token_kinds import TokenKind

_OPERATORS: dict[int, NodeKind] = {
    TokenKind.ADD_ASSIGN: NodeKind.ADD,
    TokenKind.SUB_ASSIGN: NodeKind.SUB,
    TokenKind.MUL_ASSIGN: NodeKind.MUL,
    TokenKind.DIV_ASSIGN: NodeKind.DIV,
    TokenKind.REM_ASSIGN: NodeKind.REM,
    TokenKind.SHL_ASSIGN: NodeKind.SHL,
    TokenKind.GT: NodeKind.SHR,  # `>>=` is two tokens
    TokenKind.AND_ASSIGN: NodeKind.BIT_AND,
    TokenKind.OR_ASSIGN: NodeKind.BIT_OR,
    TokenKind.XOR_ASSIGN: NodeKind.BIT_XOR,
    TokenKind.COALESCE_ASSIGN: NodeKind.COALESCE,
}


def operator_of(token_kind: int) -> NodeKind:
    """The binary node that an ASSIGN_OP with this operator token computes."""
    return _OPERATORS[token_kind]

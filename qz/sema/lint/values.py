"""Values that a statement makes and throws away."""

from __future__ import annotations

from collections.abc import Iterator

from qz.sema.check.checker import Checker
from qz.sema.check.operators import ARITHMETIC, BITWISE
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, STRING, VOID
from qz.syntax.nodes import NodeKind

K = NodeKind

_OPERATORS = ARITHMETIC | BITWISE | {K.EQ, K.NE, K.LT, K.LE, K.GT, K.GE}
_LITERALS = frozenset({K.INT, K.FLOAT, K.CHAR, K.STRING, K.SYMBOL, K.TRUE, K.FALSE})
_OWN = frozenset({*NUMBERS, BOOL, STRING})
"""Types whose operators do nothing but give a value."""


def unused_values(program: Program, checker: Checker) -> None:
    """Report what a statement makes for nobody: numbers, truth values, texts; and, as a hint, failures."""
    for node in _statements(checker):
        kind = checker.kind[node]
        is_value = kind in _LITERALS or (kind == K.IDENT and checker.decls[node] > 0)
        if is_value or (kind in _OPERATORS and checker.types[checker.lhs[node]] in _OWN):
            is_meant = kind == K.EQ and checker.kind[checker.lhs[node]] == K.IDENT
            help_text = "`=` assigns, `==` compares" if is_meant else ""
            program.sink.report("QZ7009", checker.extent(node), help=help_text)
        elif program.sink.wants_hints and checker.holder(checker.types[node]) == "Result":
            help_text = "`e!` panics where it failed; bound to a name that begins with `_`, it may fail"
            program.sink.report("QZ7008", checker.extent(node), help=help_text)


def _statements(checker: Checker) -> Iterator[int]:
    """The statements of a body whose values nobody asks for, without those of macros: they are made for other
    calls too."""
    tokens = checker.body.module.tokens
    for node, kind in enumerate(checker.kind):
        if kind != K.BLOCK or tokens.written(checker.token[node]) != checker.token[node]:
            continue
        statements = checker.list(checker.lhs[node])
        for statement in statements if checker.types[node] == VOID else statements[:-1]:
            if tokens.written(checker.token[statement]) == checker.token[statement]:
                yield statement

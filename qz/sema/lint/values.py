"""Values that a statement makes and throws away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qz.sema.check.checker import Checker
from qz.sema.check.operators import ARITHMETIC, BITWISE
from qz.sema.program import Program
from qz.sema.types import BOOL, NUMBERS, STRING, VOID
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS, NodeKind

K = NodeKind

_OPERATORS = ARITHMETIC | BITWISE | {K.EQ, K.NE, K.LT, K.LE, K.GT, K.GE}
_LITERALS = frozenset({K.INT, K.FLOAT, K.CHAR, K.STRING, K.SYMBOL, K.TRUE, K.FALSE})
_OWN = frozenset({*NUMBERS, BOOL, STRING})
"""Types whose operators do nothing but give a value."""


def unused_values(program: Program, checker: Checker) -> None:
    """Report what a statement makes for nobody: numbers, truth values, texts; and, as a hint, failures."""
    kinds, lhs, types = checker.kind, checker.lhs, checker.types
    wants_hints = program.sink.wants_hints
    for block, node in _statements(checker):
        kind = kinds[node]
        is_value = kind in _LITERALS or kind in LAMBDAS or (kind == nk.IDENT and checker.decls[node] > 0)
        if is_value or (kind in _OPERATORS and types[lhs[node]] in _OWN):
            if _is_written(checker, block, node):
                help_text = "this is a function, which nobody calls" if kind in LAMBDAS else ""
                if kind == nk.EQ and kinds[lhs[node]] == nk.IDENT:
                    help_text = "`=` assigns, `==` compares"
                program.sink.report("QZ7009", checker.extent(node), help=help_text)
        elif wants_hints and checker.holder(types[node]) == "Result" and _is_written(checker, block, node):
            help_text = "`e!` panics where it failed; bound to a name that begins with `_`, it may fail"
            program.sink.report("QZ7008", checker.extent(node), help=help_text)


def _statements(checker: Checker) -> Iterator[tuple[int, int]]:
    """The statements of a body whose values nobody asks for, each with the block that it stands in."""
    for block in _blocks(checker.kind):
        statements = checker.list(checker.lhs[block])
        for statement in statements if checker.types[block] == VOID else statements[:-1]:
            yield block, checker.lhs[statement] if checker.kind[statement] == nk.DEFER else statement


def _blocks(kinds: Sequence[int]) -> Iterator[int]:
    """The nodes that are blocks, which are few: looked for without a look at any other."""
    node = 0
    for _ in range(kinds.count(nk.BLOCK)):
        node = kinds.index(nk.BLOCK, node + 1)
        yield node


def _is_written(checker: Checker, block: int, statement: int) -> bool:
    """Whether a statement and its block stand in the body itself: those of a macro are made for other calls
    too."""
    tokens = checker.body.module.tokens
    return tokens.is_written(checker.token[block]) and tokens.is_written(checker.token[statement])

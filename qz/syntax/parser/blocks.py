"""Blocks: statements up to the word that ends them."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.bare_calls import STARTS_ARGUMENT, foreign_block, misplaced_arguments
from qz.syntax.parser.core import LINE_ENDS, Parser
from qz.syntax.parser.expressions import expression

NEWLINE = tk.NEWLINE
IDENT = tk.IDENT

Rule = Callable[[Parser], int]

# Filled by `grammar.py`; a list by token kind. Everything else is an expression, or an assignment to one.
STATEMENT: list[Rule | None] = [None] * 256

BLOCK_ENDS = bytes(1 if kind in LINE_ENDS and kind != NEWLINE else 0 for kind in range(256))


def block(p: Parser, statements: list[int] | None = None) -> int:
    """Statements up to `end`, `else`, `elsif`, a closing bracket, or the next arm of the `match` around;
    `statements` are those that were read already."""
    kinds = p.kinds
    first = p.token_of(statements[0]) if statements else p.at
    statements = statements or []
    n_defers_around = p.n_defers
    p.n_defers = 0
    while True:
        at = p.at
        kind = kinds[at]
        if kind == NEWLINE:
            if p.partner[at]:
                break
            p.at = at + 1
            continue
        if BLOCK_ENDS[kind]:
            break
        statements.append(statement(p) if not p.partner[at] or kind != IDENT else foreign_block(p))
        kind = kinds[p.at]
        if kind != NEWLINE and not BLOCK_ENDS[kind]:
            if kind == tk.COMMA or kinds[p.at - 1] == tk.QUESTION:  # it was to be something else
                statements[-1] = p.add(nk.POISON, at)
            end_of_statement(p, at)
    p.n_defers = n_defers_around
    return p.add(nk.BLOCK, first, p.list(statements), p.at)


def statement(p: Parser) -> int:
    """One statement, postfix guards included."""
    first = p.at
    rule = STATEMENT[p.kinds[first]]
    node = expression(p) if rule is None else rule(p)
    if STARTS_ARGUMENT[p.kinds[p.at]]:
        node = misplaced_arguments(p, first, node)
    guard = GUARDS[p.kinds[p.at]]
    if guard is not None:
        p.n_guards = 0
    while guard is not None:
        node = guard(p, node)
        guard = GUARDS[p.kinds[p.at]]
    return node


CHOICE = "a choice is written `if a; b; else; c; end`"

GUARDS: list[Callable[[Parser, int], int] | None] = [None] * 256


def end_of_statement(p: Parser, first: int) -> None:
    """Report what stands behind a statement on its line, and skip it. `first` is where the statement
    began."""
    kinds = p.kinds
    help_text = ""
    if kinds[p.at - 1] == tk.QUESTION:
        help_text = CHOICE
    elif kinds[p.at] == tk.COMMA:
        is_assigned = kinds[p.at + 1] == tk.IDENT and kinds[p.at + 2] == tk.ASSIGN
        example = "`(a, b) = (c, d)`" if is_assigned else "`(a, b)`"
        help_text = f"several values together are a tuple: {example}"
    elif kinds[p.at] == tk.ASSIGN:
        help_text = "an assignment is a statement of its own"
        if tk.ARROW in kinds[first : p.at]:
            help_text = "an assignment is a statement: a lambda of statements is `do x -> … end`"
    elif kinds[p.at] == tk.FAT_ARROW:
        help_text = "a lambda is written `x -> e`"
    is_choice = p.text_is(p.at, b"then")
    if is_choice:
        help_text = _help_of_else(p, p.at)
    p.unexpected("the end of the statement", help=help_text)
    p.skip_line()
    if is_choice and kinds[p.at] == tk.ELSE:
        p.at += 1
        p.skip_line()
    if p.at == first:
        p.at += 1


def inline_block(p: Parser, node: int) -> int:
    """A block of one statement that was read already."""
    return p.add(nk.BLOCK, p.token_of(node), p.list([node]), p.at)


def expect_end(p: Parser, opener: int) -> int:
    """Step behind the `end` of an opener; what stands before it unread is reported. Gives the `end`."""
    end = p.partner[opener]
    if p.at != end:
        p.unexpected("`end`", help=_help_of_else(p, p.at) if p.kinds[p.at] == tk.ELSE else "")
    p.at = end + 1
    return end


_CHOSEN = "`return if …` leaves the function if that holds; a value that is chosen is `return (if …)`"


def _help_of_else(p: Parser, at: int) -> str:
    """What is said of an `else` behind a guard on its line: `return if x`, `y = 1 if x`."""
    tokens = p.tokens
    start = tokens.data.rfind(b"\n", 0, tokens.start[at]) + 1
    while at and tokens.start[at - 1] >= start:
        at -= 1
        if p.kinds[at] in (tk.IF, tk.UNLESS) and not p.partner[at]:
            return _CHOSEN if p.kinds[at - 1] == tk.RETURN else CHOICE
    return ""

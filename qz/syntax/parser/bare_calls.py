"""What stands behind a statement on its line: calls without parentheses, statements of other languages."""

from __future__ import annotations

from qz.diagnostics.model import Fix
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import BLOCK_WORDS, LONG_WORDS, foreign_word_help, slip_of
from qz.syntax.parser.core import LINE_ENDS, Parser
from qz.syntax.parser.expressions import ENDS_OR_GUARDS, GUARD_WORDS, expression

STARTS_ARGUMENT = bytes(
    kind
    in (
        *(tk.IDENT, tk.INT, tk.FLOAT, tk.CHAR, tk.STRING, tk.STRING_START, tk.SYMBOL),
        *(tk.TRUE, tk.FALSE, tk.NIL, tk.SELF, tk.DOLLAR, tk.FAT_ARROW, tk.COLON),
    )
    for kind in range(256)
)
"""What cannot follow an expression, and would begin one."""
_CALLEES = frozenset({nk.IDENT, nk.FIELD, nk.PATH})
_VALUES = {nk.ASSIGN: 3, nk.LET: 3, nk.VAR: 3, nk.ASSIGN_OP: 3, nk.RETURN: 2}
"""The column in which statements have a value that ends them."""


def misplaced_arguments(p: Parser, first: int, node: int) -> int:
    """`puts "x"`: the arguments of a call without parentheses, or a statement of another language, which
    began at `first`. Gives the node that remains."""
    if p.kinds[first] == tk.IDENT and not p.was_reported():
        word = p.tokens.text(first)
        help_text = foreign_word_help(word)
        if help_text:
            p.report("QZ0022", first, help=help_text, word=word)
            p.skip_line()
            return p.add(nk.POISON, first)
        meant = slip_of(word, LONG_WORDS)
        if meant:
            p.report("QZ0022", first, help=f"did you mean `{meant}`?", replace=meant, word=word)
            p.skip_line()
            return p.add(nk.POISON, first)
    return node if p.was_reported() else _call_without_parentheses(p, node)


def _call_without_parentheses(p: Parser, node: int) -> int:
    column = _VALUES.get(p.kind_of(node), 0)
    callee = p.rows[4 * node + column] if column else node
    if p.kinds[p.at] in (tk.FAT_ARROW, tk.COLON) or p.kind_of(callee) not in _CALLEES:
        return node
    start = p.at
    name = p.token_of(callee)
    is_name = callee == node and p.kind_of(node) == nk.IDENT
    if is_name and p.kinds[start] == tk.IDENT and p.kinds[start + 1] == tk.ASSIGN:
        return _type_before_name(p, callee)
    help_text = foreign_word_help(p.tokens.text(name)) if p.kind_of(callee) == nk.IDENT else ""
    if p.partner[name]:
        _report_opener(p, name)
        p.at = p.partner[name] + 1
        value = p.add(nk.POISON, name)
        if column:
            p.rows[4 * node + column] = value
        return node if column else value
    if help_text:
        p.report("QZ0022", name, help=help_text, word=p.tokens.text(name))
        p.skip_line()
        return node
    args = [expression(p)]
    while p.accept(tk.COMMA):
        args.append(expression(p))
    if p.kinds[p.at] not in GUARD_WORDS or p.kinds[p.at + 1] not in LINE_ENDS:  # else that is said
        _report_missing_parentheses(p, start, p.at - 1)
    if p.kinds[p.at] == tk.DO and p.partner[p.at]:
        expression(p)
    if p.kinds[p.at] not in ENDS_OR_GUARDS:
        p.skip_line()
    if column:
        p.rows[4 * node + column] = p.add(nk.POISON, start)
        return node
    return args[0] if len(args) == 1 else p.add(nk.TUPLE, start, p.list(args))


def _type_before_name(p: Parser, type_: int) -> int:
    """`int x = 1`, read as `x = 1`: a type stands behind the name."""
    first, name = p.token_of(type_), p.at
    shown = p.tokens.text(name)
    place = p.tokens.span_of(first, name)
    written = p.tokens.source.text(place.start, p.tokens.span(name).start).rstrip()
    fix = Fix(((place, f"{shown}: {written}"),))
    help_text = f"the type stands behind the name: `{shown}: {written}`"
    found = f"the name `{shown}`"
    p.report("QZ0020", name, help=help_text, fix=fix, found=found, expected="the end of the statement")
    p.at = name + 2
    return p.add(nk.ASSIGN, name + 1, p.add(nk.IDENT, name), expression(p))


def _report_missing_parentheses(p: Parser, start: int, last: int) -> None:
    tokens = p.tokens
    written = tokens.span_of(start, last)
    before = tokens.span(start - 1)
    opening = before._replace(start=before.end, end=written.start)
    fix = Fix(((opening, "("), (written._replace(start=written.end), ")")))
    help_text = f"write `{tokens.text(start - 1)}(…)`"
    p.report("QZ0036", start, last=last, help=help_text, fix=fix)


def braced_switch(p: Parser) -> int:
    """`switch (x) { case 1: … }`."""
    at = p.at
    p.report("QZ0022", at, help=foreign_word_help("switch"), word="switch")
    p.at = p.partner[p.partner[at + 1] + 1] + 1
    return p.add(nk.POISON, at)


def foreign_block(p: Parser) -> int:
    """What the layout knows as a block, because of its `end`: `begin … end`, `case x … end` of another
    language, a word that is nearly one of Quartz, a call whose `do` was forgotten."""
    at = p.at
    if p.kinds[at + 1] in _BEHIND_NAME and not foreign_word_help(p.tokens.text(at)):
        _report_missing_do(p)
    else:
        _report_opener(p, at)
    p.at = p.partner[at] + 1
    p.skip_line()  # `end while x`
    return p.add(nk.POISON, at)


_BEHIND_NAME = frozenset({tk.LPAREN, tk.LBRACKET, tk.DOT, tk.OPT_DOT, tk.COLON_COLON, tk.ASSIGN})
"""What stands there in a call, or where its value is bound."""


def _report_opener(p: Parser, opener: int) -> None:
    """Say what may be meant by a name that opens a block."""
    word = p.tokens.text(opener)
    meant = slip_of(word, BLOCK_WORDS)
    help_text = foreign_word_help(word) or (f"did you mean `{meant}`?" if meant else _OPENERS_HELP)
    replace = meant if meant and not foreign_word_help(word) else None
    p.report("QZ0022", opener, help=help_text, replace=replace, word=word)


_OPENERS_HELP = "what has an `end` begins with `if`, `for`, `while` or the like, or its line ends with `do`"


def _report_missing_do(p: Parser) -> None:
    """Lines with an `end` of their own follow a call."""
    kinds = p.kinds
    at = p.at
    while kinds[at] != tk.NEWLINE:
        at += 1
    p.report("QZ0026", at, help="the lines up to the next `end` are a block", found="the end of the line")

"""`match` and `select`: the layout has found where each arm begins."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.blocks import CHOICE, block, statement
from qz.syntax.parser.control import needless_word
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.lambdas import do_header_ahead
from qz.syntax.parser.patterns import pattern
from qz.syntax.parser.prefixes import do_block
from qz.syntax.token_words import describe


def match(p: Parser) -> int:
    """`match e`, then arms."""
    opener = p.at
    p.at = opener + 1
    scrutinee = expression(p)
    if p.kinds[p.at] == tk.IDENT and p.text_is(p.at, b"with"):
        p.report("QZ0027", p.at, help="it ends with its line", remove=True, opener="match", word="with")
        p.at += 1
    else:
        needless_word(p, opener)
    arms = _arms(p, opener, _match_arm)
    return p.add(nk.MATCH, opener, scrutinee, p.list(arms))


def select(p: Parser) -> int:
    """`select`, then arms."""
    opener = p.at
    p.at = opener + 1
    arms = _arms(p, opener, _select_arm)
    return p.add(nk.SELECT, opener, p.list(arms))


def _arms(p: Parser, opener: int, rule: Callable[[Parser, int], int]) -> list[int]:
    """The arms up to `end`. A NEWLINE before an arm knows the `=>` of that arm."""
    kinds = p.kinds
    partner = p.partner
    end = partner[opener]
    arms: list[int] = []
    while p.at < end:
        arrow = partner[p.at] if kinds[p.at] == tk.NEWLINE else 0
        if arrow:
            p.at += 1
            _skip_bar(p, is_first=not arms)
            arms.append(rule(p, arrow))
        elif kinds[p.at] == tk.NEWLINE:
            p.at += 1
        else:
            _no_arm(p, end)
            arms.append(p.add(nk.ARM, p.at, p.poison(), p.group(0, p.poison())))
            _skip_to_arm(p, end)
    p.at = end + 1
    return arms


def _skip_bar(p: Parser, *, is_first: bool) -> None:
    """A `|` before the pattern of an arm, as other languages write it; said once a `match`."""
    if p.kinds[p.at] != tk.BAR:
        return
    if is_first:
        help_text = "an arm begins with its pattern"
        p.report("QZ0020", p.at, help=help_text, remove=True, found="`|`", expected="a pattern")
    p.at += 1


def _no_arm(p: Parser, end: int) -> None:
    """Report a line that is no arm."""
    kinds = p.kinds
    at = p.at
    if kinds[at] == tk.COMMA:
        if p.tokens.bytes(end) != b"}":  # where arms stand in braces, that was said already
            p.unexpected("the end of the line", help="an arm ends with its line, without a comma")
        return
    if kinds[at - 1] == tk.QUESTION:
        p.unexpected("the end of the line", help=CHOICE)
        return
    while kinds[at] not in (tk.NEWLINE, tk.EOF, tk.END, tk.ARROW, tk.COLON):
        at = p.partner[at] + 1 if p.partner[at] > at else at + 1
    if kinds[at] in (tk.ARROW, tk.COLON):
        found = f"`{p.tokens.text(at)}`"
        replace = " =>" if kinds[at] == tk.COLON else "=>"
        p.report("QZ0020", at, replace=replace, help="write `=>`", found=found, expected="`=>`")
    else:
        p.unexpected("an arm `pattern => …` on a line of its own")


def _skip_to_arm(p: Parser, end: int) -> None:
    kinds = p.kinds
    partner = p.partner
    at = p.at
    while at < end and not (kinds[at] == tk.NEWLINE and partner[at]):
        at = partner[at] + 1 if partner[at] > at and kinds[at] != tk.FAT_ARROW else at + 1
    p.at = at


def _is_rest(p: Parser, arrow: int, right: str) -> bool:
    """Whether an arm is for all that is left. One that says so as that of other languages, or as that of the
    other of `match` and `select`, does not say it right."""
    if p.at + 1 != arrow:
        return False
    if p.kinds[p.at] == tk.ELSE or (p.text_is(p.at, b"_") and right != "_"):
        found = describe(p.tokens, p.at)
        help_text = f"`{right}` is the arm for all that is left"
        p.report("QZ0020", p.at, replace=right, help=help_text, found=found, expected=f"`{right}`")
        return True
    return p.text_is(p.at, right.encode())


def _match_arm(p: Parser, arrow: int) -> int:
    if p.kinds[p.at] == tk.ELSE and _is_rest(p, arrow, "_"):
        p.at += 1
        matched = p.add(nk.PAT_WILD, p.at - 1)
    else:
        matched = pattern(p)
    guard = expression(p) if p.accept(tk.IF) else 0
    help_text = "an arm for one pattern or another is `p | q => …`" if p.kinds[p.at] == tk.COMMA else ""
    _reach(p, arrow, "`=>`" if guard else "`=>` or `if`", help_text)
    body = _body(p, arrow)
    return p.add(nk.ARM, arrow, matched, p.group(guard, body))


def _select_arm(p: Parser, arrow: int) -> int:
    """`recv(c) =>`, `x = recv(c) =>`, `send(c, v) =>`, `default =>`."""
    binding = 0
    operation = 0
    if _is_rest(p, arrow, "default"):
        p.at = arrow
    else:
        if p.kinds[p.at] == tk.IDENT and p.kinds[p.at + 1] == tk.ASSIGN:
            binding = p.at
            p.at += 2
        operation = expression(p)
    _reach(p, arrow, "`=>`")
    body = _body(p, arrow)
    return p.add(nk.SELECT_ARM, arrow, operation, p.group(binding, body))


def _reach(p: Parser, arrow: int, expected: str, help_text: str = "") -> None:
    """Step behind the arrow of the arm."""
    if p.at != arrow:
        p.unexpected(expected, help=help_text)
    p.at = arrow + 1


def _body(p: Parser, arrow: int) -> int:
    """A statement on the line of the arrow, or a block on the lines that follow, which `do` may open: a
    function without parameters, which this would be elsewhere, is hardly ever what an arm gives."""
    if p.kinds[p.at] == tk.DO and not do_header_ahead(p, p.at + 1):
        return do_block(p, p.at)
    if p.kinds[p.at] != tk.NEWLINE:
        return statement(p)
    node = block(p)
    end = p.partner[arrow]
    if end:
        if p.at != end:
            p.unexpected("`end`")
        p.at = end + 1
    return node

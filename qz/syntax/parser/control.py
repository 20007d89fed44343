"""`if`, `unless`, loops, `match` and `select`, and the same words behind a statement."""

from __future__ import annotations

from qz.diagnostics.model import Fix
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.blocks import block, expect_end, inline_block
from qz.syntax.parser.core import LINE_ENDS, MAX_RECURSION, Parser
from qz.syntax.parser.expressions import binary, expression, missing_operand
from qz.syntax.parser.operators import ANY, COMPARISON
from qz.syntax.parser.patterns import pattern


def condition(p: Parser, opener: int) -> int:
    """A condition, with what programmers from elsewhere put before and behind one."""
    if p.kinds[p.at] == tk.IDENT and p.kinds[p.at + 1] == tk.IDENT and p.text_is(p.at, b"let"):
        return _let(p, opener)
    node = expression(p)
    if p.kinds[p.at] == tk.ASSIGN and p.kinds[p.at + 1] == tk.TILDE and p.touches(p.at + 1):
        help_text = "whether a text matches is for the module `regex` to say, or `s.contains(part)`"
        p.report("QZ0035", p.at, last=p.at + 1, help=help_text, sign="=~")
        node = p.poison()
        p.skip_line()
    elif p.kinds[p.at] == tk.ASSIGN:
        p.report("QZ0024", p.at, help="write `==` to compare", replace="==")
        at = p.at
        p.at = at + 1
        node = binary(p, _compared(p, node, at), ANY)
    end_of_header(p, opener)
    return node


def _compared(p: Parser, node: int, at: int) -> int:
    """A condition whose last part is compared, by the `=` that was read, with what follows."""
    kind, token, left, right = p.rows[4 * node : 4 * node + 4]
    if kind in (nk.AND, nk.OR):
        return p.add(kind, token, left, _compared(p, right, at))
    return p.add(nk.EQ, at, node, expression(p, COMPARISON))


def _let(p: Parser, opener: int) -> int:
    """`if let Some(x) = e`, which is read as `if e is Some(x)`."""
    at = p.at
    p.report("QZ0022", at, help="a test that binds names is written `value is Some(x)`", word="let")
    p.at = at + 1
    tested = pattern(p)
    value = expression(p) if p.expect(tk.ASSIGN, "`=`") else p.poison()
    end_of_header(p, opener)
    return p.add(nk.IS, at, value, tested)


def end_of_header(p: Parser, opener: int) -> None:
    """The line of an opener ends here."""
    kinds = p.kinds
    at = p.at
    if needless_word(p, opener):
        p.accept(tk.NEWLINE)
    elif kinds[at] == tk.NEWLINE and not p.partner[at]:
        p.at = at + 1
    elif kinds[at] not in LINE_ENDS:
        help_text = _OF_EACH.get(kinds[at], "") if kinds[opener] == tk.FOR else ""
        p.unexpected("the end of the line", help=help_text)
        p.skip_line()


_OF_EACH = {
    tk.IF: "a loop goes over all of them: `continue unless …` in it leaves some out",
    tk.UNLESS: "a loop goes over all of them: `continue if …` in it leaves some out",
}
"""What is meant by a condition behind what a loop goes over, which only a comprehension has."""


def needless_word(p: Parser, opener: int) -> bool:
    """Step over `then`, `do` or `:`, with which other languages end a header."""
    at = p.at
    kind = p.kinds[at]
    is_then = kind == tk.IDENT and p.text_is(at, b"then")
    if not (is_then or kind == tk.COLON or (kind == tk.DO and not p.partner[at])):
        return False
    word = p.tokens.text(at)
    p.at = at + 1
    goes_on = p.kinds[p.at] not in LINE_ENDS
    header = p.tokens.text(opener)
    end = p.partner[opener]
    if goes_on and end and not p.tokens.len[end]:
        help_text = f"on one line it is `{header} c; a else b end`"
        place = p.tokens.span(at)
        fix = Fix(((place._replace(start=p.end_before(at)), ";"), (p.tokens.span(end), " end")))
        p.report("QZ0027", at, help=help_text, fix=fix, opener=header, word=word)
    elif goes_on:
        help_text = "it ends with its line, or with `;`"
        p.report("QZ0027", at, help=help_text, replace=";", joins=True, opener=header, word=word)
    else:
        p.report("QZ0027", at, help="it ends with its line", remove=True, opener=header, word=word)
    return True


def if_(p: Parser) -> int:
    """`if`, with any number of `elsif`."""
    return _if(p, negated=False)


def unless(p: Parser) -> int:
    """`unless`, which is `if not`."""
    return _if(p, negated=True)


def _if(p: Parser, *, negated: bool) -> int:
    opener = p.at
    kinds = p.kinds
    if not p.partner[opener]:
        return missing_operand(p)
    arms = [_arm(p, opener, negated=negated)]
    otherwise = 0
    while True:
        at = p.at
        kind = kinds[at]
        if kind == tk.ELSIF:
            if negated and len(arms) == 1:
                p.report("QZ0039", at, help="write `if not …`, or an `if` in the `else`")
            arms.append(_arm(p, at, negated=False))
        elif kind == tk.ELSE and kinds[at + 1] == tk.IF and not p.partner[at + 1]:
            p.report("QZ0025", at, last=at + 1, help="write `elsif`", replace="elsif")
            p.at = at + 1
            arms.append(_arm(p, at + 1, negated=False))
        elif kind == tk.ELSE and not otherwise:
            p.at = at + 1
            needless_word(p, at)
            otherwise = block(p)
        else:
            break
    expect_end(p, opener)
    return p.add(nk.IF, opener, p.list(arms), otherwise)


def _arm(p: Parser, keyword: int, *, negated: bool) -> int:
    p.at = keyword + 1
    test = condition(p, keyword)
    if negated:
        test = p.add(nk.NOT, keyword, test)
    return p.add(nk.IF_ARM, keyword, test, block(p))


def while_(p: Parser) -> int:
    """`while`, and `until`, which is `while not`."""
    opener = p.at
    if not p.partner[opener]:
        return missing_operand(p)
    p.at = opener + 1
    test = condition(p, opener)
    if p.kinds[opener] == tk.UNTIL:
        test = p.add(nk.NOT, opener, test)
    body = block(p)
    expect_end(p, opener)
    return p.add(nk.WHILE, opener, test, body)


def loop(p: Parser) -> int:
    """`loop … end`, `loop do … end`."""
    opener = p.at
    p.at = opener + 1
    p.accept(tk.DO)
    body = block(p)
    expect_end(p, opener)
    return p.add(nk.LOOP, opener, 0, body)


def for_(p: Parser) -> int:
    """`for x in e`, `for i, x in e`."""
    opener = p.at
    if not p.partner[opener]:
        return missing_operand(p)
    p.at = opener + 1
    if _counts(p):
        return _foreign_for(p, opener)
    patterns = loop_patterns(p)
    iterable = expression(p)
    end_of_header(p, opener)
    body = block(p)
    expect_end(p, opener)
    return p.add(nk.FOR, opener, p.list(patterns), p.group(iterable, body))


def _counts(p: Parser) -> bool:
    """Whether this is the `for` of another language, `for (i = 0; i < n; i++)`: there is no `in`."""
    at, assigns = p.at, False
    while p.kinds[at] not in LINE_ENDS or p.kinds[at] in (tk.RPAREN, tk.RBRACKET):
        if p.kinds[at] == tk.IN:
            return False
        assigns |= p.kinds[at] == tk.ASSIGN
        at += 1
    return assigns


def _foreign_for(p: Parser, opener: int) -> int:
    """Report it, and read the lines behind it as the body of some loop."""
    help_text = "counting is `for i in 0..n`, with `step k` behind it or not; anything else is a `while`"
    p.report("QZ0037", opener, help=help_text)
    tokens = p.tokens
    end = tokens.data.find(b"\n", tokens.start[opener])
    while p.at < p.partner[opener] and tokens.start[p.at] < end:
        p.at += 1
    body = block(p)
    expect_end(p, opener)
    return p.add(nk.WHILE, opener, p.add(nk.POISON, opener), body)


def loop_patterns(p: Parser) -> list[int]:
    """What a loop binds, up to and with `in`."""
    patterns = [pattern(p)]
    while p.accept(tk.COMMA):
        patterns.append(pattern(p))
    if p.kinds[p.at] == tk.IDENT and p.text_is(p.at, b"of"):
        p.unexpected("`in`", help="`for x in xs` goes over what is in `xs`")
        p.at += 1
    else:
        p.expect(tk.IN, "`in`")
    return patterns


# Behind a statement


def guard_if(p: Parser, node: int) -> int:
    """`statement if c`, `statement unless c`."""
    at = p.at
    p.at = at + 1
    body = inline_block(p, node)
    test = expression(p)
    if p.kinds[at] == tk.UNLESS:
        test = p.add(nk.NOT, at, test)
    arm = p.add(nk.IF_ARM, at, test, body)
    return _guarded(p, p.add(nk.IF, at, p.list([arm])))


def guard_while(p: Parser, node: int) -> int:
    """`statement while c`, `statement until c`."""
    at = p.at
    p.at = at + 1
    body = inline_block(p, node)
    test = expression(p)
    if p.kinds[at] == tk.UNTIL:
        test = p.add(nk.NOT, at, test)
    return _guarded(p, p.add(nk.WHILE, at, test, body))


def guard_for(p: Parser, node: int) -> int:
    """`statement for x in e`."""
    at = p.at
    p.at = at + 1
    body = inline_block(p, node)
    patterns = loop_patterns(p)
    iterable = expression(p)
    return _guarded(p, p.add(nk.FOR, at, p.list(patterns), p.group(iterable, body)))


def _guarded(p: Parser, node: int) -> int:
    """Guards nest: the tree grows deeper by each, so there is a limit."""
    p.n_guards += 1
    if p.n_guards > MAX_RECURSION:
        return p.too_deep("postfix guards are")
    return node

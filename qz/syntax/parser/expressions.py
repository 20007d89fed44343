"""Expressions: operator precedence by powers, iterative along left spines, recursive only into operands.

The functions in this file run for every node of every program, so they read the columns directly and use
integers where other rules use names.
"""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import LINE_ENDS, MAX_RECURSION, Parser
from qz.syntax.parser.operators import (
    ANY,
    COALESCING,
    COMPARISON,
    COMPARISONS,
    PLAIN_NODE,
    POWER,
    RANGING,
    SHIFT,
)
from qz.syntax.parser.patterns import pattern
from qz.syntax.token_words import describe

GT = tk.GT
GE = tk.GE
DOT = tk.DOT
LPAREN = tk.LPAREN
IDENT = tk.IDENT
INT = tk.INT
LBRACE = tk.LBRACE
FIELD = nk.FIELD

MAX_LINKS = 1000
# A chain this long may make the tree deep; shorter ones cannot, within the limits of nesting.
CAREFUL_LINKS = 24

Rule = Callable[[Parser], int]
PostfixRule = Callable[[Parser, int], int]

# Filled by `grammar.py`, complete in one place; a list by token kind.
PREFIX: list[Rule | None] = [None] * 256
POSTFIX: list[PostfixRule | None] = [None] * 256

_LEAVES = {
    tk.IDENT: nk.IDENT,
    tk.INT: nk.INT,
    tk.FLOAT: nk.FLOAT,
    tk.CHAR: nk.CHAR,
    tk.STRING: nk.STRING,
    tk.SYMBOL: nk.SYMBOL,
    tk.TRUE: nk.TRUE,
    tk.FALSE: nk.FALSE,
    tk.NIL: nk.NIL,
    tk.SELF: nk.SELF,
    tk.ERROR: nk.POISON,
}


LEAF_KINDS = tuple(_LEAVES)


def _by_kind(values: dict[int, int]) -> bytes:
    table = bytearray(256)
    for kind, node in values.items():
        table[kind] = node
    return bytes(table)


LEAF = _by_kind(_LEAVES)  # by token kind: the node of an expression of this one token, or 0

_ITEM_KEYWORDS = frozenset(
    {
        tk.DEF,
        tk.STRUCT,
        tk.ENUM,
        tk.TRAIT,
        tk.IMPL,
        tk.EXTEND,
        tk.TYPE,
        tk.NEWTYPE,
        tk.IMPORT,
        tk.GLOBAL,
        tk.MACRO,
        tk.PRIVATE,
    }
)


def expression(p: Parser, min_power: int = ANY) -> int:
    """An expression of operators that bind tighter than `min_power`."""
    left = operand(p)
    if POWER[p.kinds[p.at]] > min_power:
        return binary(p, left, min_power)
    return left


def binary(p: Parser, left: int, min_power: int) -> int:
    """The operators behind `left`, as far as they bind tighter than `min_power`."""
    kinds = p.kinds
    rows = p.rows
    while True:
        at = p.at
        kind = kinds[at]
        power = POWER[kind]
        if power <= min_power:
            return left
        node_kind = PLAIN_NODE[kind]
        if node_kind:
            p.at = at + 1
            right = operand(p)
            if POWER[kinds[p.at]] > power:
                right = binary(p, right, power)
            rows += (node_kind, at, left, right)
            left = (len(rows) >> 2) - 1
        else:
            node = SPECIAL[kind](p, left, min_power)
            if not node:
                return left
            left = node


def operand(p: Parser) -> int:
    """What stands between operators: a prefix or primary expression with everything behind it that
    binds to it."""
    kinds = p.kinds
    at = p.at
    kind = kinds[at]
    leaf = LEAF[kind]
    if leaf:
        rows = p.rows
        node = len(rows) >> 2
        rows += (leaf, at, 0, 0)
        p.at = at + 1
        if POSTFIX[kinds[at + 1]] is None:
            return node
        return postfix(p, node)
    rule = PREFIX[kind]
    if rule is None:
        return missing_operand(p)
    node = rule(p)
    if POSTFIX[kinds[p.at]] is None:
        return node
    return postfix(p, node)


def postfix(p: Parser, node: int) -> int:
    """The links behind `node`: fields, calls, indices and so on, in a loop."""
    kinds = p.kinds
    rows = p.rows
    n_links = 0
    while True:
        at = p.at
        kind = kinds[at]
        if kind == DOT and kinds[at + 1] == IDENT and kinds[at + 2] != LBRACE:
            rows += (FIELD, at + 1, node, 0)
            node = (len(rows) >> 2) - 1
            p.at = at + 2
        else:
            rule = POSTFIX[kind]
            if rule is None:
                return node
            linked = rule(p, node)
            if not linked:
                return node
            node = linked
        n_links += 1
        if n_links >= CAREFUL_LINKS:
            p.is_deep = True
            if n_links > MAX_LINKS:
                return too_long(p, "a chain")


def too_long(p: Parser, what: str) -> int:
    """Give up on a chain that is longer than readers can recurse into."""
    p.report("QZ0015", p.at, what=what, limit=MAX_LINKS)
    node = p.poison()
    p.skip_line()
    p.silence()
    return node


GUARD_WORDS = frozenset({tk.IF, tk.UNLESS, tk.WHILE, tk.FOR})
ENDS_OR_GUARDS = LINE_ENDS | GUARD_WORDS


def missing_operand(p: Parser) -> int:
    """Nothing that could begin an expression; the token is left to the rule that called."""
    kind = p.kinds[p.at]
    found = describe(p.tokens, p.at)
    if kind in _ITEM_KEYWORDS:
        if p.kinds[p.at + 1] == tk.IDENT:
            p.sink.garble(p.tokens.span(p.at), [p.tokens.text(p.at + 1)])
        help_text = "a lambda does what a function inside another would" if kind == tk.DEF else ""
        p.report("QZ0031", p.at, help=help_text, keyword=p.tokens.text(p.at))
    elif (doubled := _doubled_sign(p)) > 0:
        sign = p.tokens.text(doubled)
        help_text = f"a variable is counted {'up' if sign == '+' else 'down'} by `x {sign}= 1`"
        p.report("QZ0035", doubled, last=doubled + 1, help=help_text, replace=f" {sign}= 1", sign=sign + sign)
        p.at = doubled + 2
        p.silence()
    elif kind == p.kinds[p.at + 1] == tk.PLUS and p.touches(p.at + 1):
        help_text = "a variable is counted up by `x += 1`"
        p.report("QZ0035", p.at, last=p.at + 1, help=help_text, sign="++")
        p.skip_line()
        p.silence()
    elif kind == tk.ASSIGN and p.kinds[p.at - 1] in _ASSIGNED_BY and p.touches(p.at):
        sign = p.tokens.text(p.at - 1) + "="
        p.report("QZ0035", p.at - 1, last=p.at, help=_ASSIGNED_BY[p.kinds[p.at - 1]], sign=sign)
        p.skip_line()
        p.silence()
    elif kind == tk.AT:
        help_text = "a field of the value at hand is `self.name`, and no other name has a sign"
        p.report("QZ0021", p.at, help=help_text, habit="@", found=found)
    elif kind == tk.STAR and p.kinds[p.at + 1] in (tk.IDENT, tk.SELF) and p.kinds[p.at - 1] != tk.STAR:
        help_text = "a reference is the value itself"
        p.report("QZ0021", p.at, help=help_text, remove=True, found=found)
        p.at += 1
        return operand(p)
    else:
        help_text = _missing_help(p)
        p.report("QZ0021", p.at, help=help_text, found=found)
        if help_text and kind in (tk.STAR, tk.MUL_ASSIGN, tk.GT, tk.PERCENT, tk.SLASH):
            p.skip_line()
            p.silence()
    return p.poison()


_ASSIGNED_BY = {
    tk.BAR_BAR: "`x ??= e` fills an `Option` that has no value, `x = x or e` sets a `Bool`",
    tk.AMP_AMP: "`x = x and e` clears a `Bool`",
}
"""What is meant by `||=` and `&&=`, by the operator that was read."""


def _doubled_sign(p: Parser) -> int:
    """The first sign of `x++` or `x--`, if that is what lacks an operand; or 0."""
    first = p.at - 1 if p.kinds[p.at] == p.kinds[p.at - 1] == tk.PLUS else p.at - 2
    sign = p.kinds[first]
    is_one = sign in (tk.PLUS, tk.MINUS) and p.kinds[first + 1] == sign and p.touches(first + 1)
    return first if is_one and p.kinds[first + 2] in ENDS_OR_GUARDS else 0


_CONDITIONAL = frozenset({tk.IF, tk.UNLESS, tk.WHILE, tk.UNTIL})


def _missing_help(p: Parser) -> str:
    """What somebody may have meant who wrote this where an operand is due."""
    kind = p.kinds[p.at]
    before = p.kinds[p.at - 1]
    if before == tk.NEWLINE and POWER[kind]:
        return "a line goes on in the next one where an operator ends it, not where one begins that"
    if kind == tk.BAR:
        return "a lambda is written `x -> e`"
    if (kind == tk.ASSIGN and before in (tk.EQ, tk.NE)) or (kind == tk.GT and before == tk.LT):
        return "values are compared by `==` and `!=`"
    if kind in (tk.STAR, tk.MUL_ASSIGN) and before == tk.STAR:
        return "a power is `x.pow(n)`"
    if kind == tk.SLASH and before == tk.SLASH:
        return "integers are divided by `/`; a comment begins with `#`"
    if kind == tk.SLASH and p.kinds[p.at + 1] in (tk.SLASH, tk.STAR) and p.touches(p.at + 1):
        return "a comment begins with `#`"
    if kind == tk.GT and before == tk.LE:
        return "which of two values comes first is told by `<` and `>`"
    if kind == tk.RPAREN and before == tk.LPAREN:
        return "where `Void` is held, the value is `nil`"
    if kind in ENDS_OR_GUARDS and before in _CONDITIONAL and not p.partner[p.at - 1]:
        return f"`{p.tokens.text(p.at - 1)}` asks for a condition, which stands on its line"
    if kind == tk.PERCENT and p.kinds[p.at + 1] == tk.IDENT:
        return 'the words of a vector stand in quotes: `["a", "b"]`'
    return ""


# Operators with rules of their own. 0: the operator belongs to somebody further out.


def _comparison(p: Parser, left: int, min_power: int) -> int:
    """Comparisons do not chain; the right side of `is` is a pattern."""
    at = p.at
    kind = p.kinds[at]
    p.at = at + 1
    right = pattern(p) if kind == tk.IS else expression(p, COMPARISON)
    if p.kinds[p.at] in COMPARISONS and not _is_shift(p, p.at):
        help_text = "join two comparisons with `and`: `a < b and b < c`"
        p.report("QZ0029", p.at, help=help_text)
        p.silence()
    return p.add(COMPARISONS[kind], at, left, right)


def _is_shift(p: Parser, at: int) -> bool:
    """Whether `>` is the first half of `>>` or `>>=`."""
    return p.kinds[at] == GT and p.kinds[at + 1] in (GT, GE) and p.touches(at + 1)


def _greater(p: Parser, left: int, min_power: int) -> int:
    """`>`, and `>>`, which is two tokens."""
    at = p.at
    if not _is_shift(p, at):
        return 0 if min_power >= COMPARISON else _comparison(p, left, min_power)
    if p.kinds[at + 1] == GE:
        return 0  # `>>=` assigns
    p.at = at + 2
    right = expression(p, SHIFT)
    return p.add(nk.SHR, at, left, right)


def _coalesce(p: Parser, left: int, min_power: int) -> int:
    """`??` leans right."""
    at = p.at
    p.at = at + 1
    p.depth += 1
    if p.depth > MAX_RECURSION:
        p.depth -= 1
        return p.too_deep("`??` is")
    right = expression(p, COALESCING - 1)
    p.depth -= 1
    return p.add(nk.COALESCE, at, left, right)


def _range(p: Parser, left: int, min_power: int) -> int:
    """`a..b`, `a..=b`, with `step n`; directly in an index the end may be left out."""
    at = p.at
    kind = nk.RANGE if p.kinds[at] == tk.DOT_DOT else nk.RANGE_INCLUSIVE
    p.at = at + 1
    if p.kinds[p.at] == tk.RBRACKET and p.partner[p.at] == p.index_opener:
        p.open_range = p.add(kind, at, left, 0)
        return p.open_range
    if p.kinds[p.at] in (tk.RBRACKET, tk.RPAREN, tk.COMMA, tk.NEWLINE):
        p.report("QZ0033", at)
        right = p.poison()
    else:
        right = expression(p, RANGING)
    return with_step(p, p.add(kind, at, left, right))


def _foreign_range(p: Parser, left: int, min_power: int) -> int:
    """`a...b`, as Ruby writes a range without its end."""
    help_text = "`a..b` leaves its end out, `a..=b` has it in it"
    p.report("QZ0020", p.at, help=help_text, replace="..", found="`...`", expected="`..` or `..=`")
    return _range(p, left, min_power)


def with_step(p: Parser, node: int) -> int:
    """A range with the step behind it, if there is one."""
    at = p.at
    if p.kinds[at] != IDENT or not p.text_is(at, b"step"):
        return node
    p.at = at + 1
    step = expression(p, RANGING)
    return p.add(nk.RANGE_STEP, at, node, step)


# `grammar.py` adds the pipeline.
SPECIAL: dict[int, Callable[[Parser, int, int], int]] = {
    tk.COALESCE: _coalesce,
    tk.GT: _greater,
    tk.DOT_DOT: _range,
    tk.DOT_DOT_EQ: _range,
    tk.ELLIPSIS: _foreign_range,
    **dict.fromkeys((tk.EQ, tk.NE, tk.LT, tk.LE, tk.GE, tk.IS, tk.IN), _comparison),
}

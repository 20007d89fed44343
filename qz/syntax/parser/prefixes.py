"""What stands before an operand: signs, `not`, references, tasks, macro calls, `comptime` and `quote`."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.blocks import block, expect_end
from qz.syntax.parser.calls import arguments
from qz.syntax.parser.core import MAX_RECURSION, Parser
from qz.syntax.parser.expressions import expression, operand, with_step
from qz.syntax.parser.lambdas import do_lambda
from qz.syntax.parser.operators import NEGATION, RANGING

Rule = Callable[[Parser], int]


def prefix(kind: int) -> Rule:
    """The rule of a prefix operator that binds tighter than every binary one."""

    def rule(p: Parser) -> int:
        at = p.at
        p.at = at + 1
        p.depth += 1
        inner = p.too_deep("prefix operators are") if p.depth > MAX_RECURSION else operand(p)
        p.depth -= 1
        if kind == nk.NEG and p.kind_of(inner) == nk.CAST and p.kinds[at + 1] in _NUMBERS:
            return _cast_of_literal(p, at, inner)
        return p.add(kind, at, inner)

    return rule


_NUMBERS = frozenset({tk.INT, tk.FLOAT})


def _cast_of_literal(p: Parser, sign: int, cast: int) -> int:
    """`-3 as U8` converts -3: a sign belongs to the literal behind it."""
    inner = cast
    while p.kind_of(p.rows[4 * inner + 2]) == nk.CAST:
        inner = p.rows[4 * inner + 2]
    literal = p.rows[4 * inner + 2]
    if p.kind_of(literal) not in (nk.INT, nk.FLOAT):
        return p.add(nk.NEG, sign, cast)
    p.rows[4 * inner + 2] = p.add(nk.NEG, sign, literal)
    return cast


def not_(p: Parser) -> int:
    """`not e` takes a whole comparison."""
    at = p.at
    p.at = at + 1
    p.depth += 1
    inner = p.too_deep("prefix operators are") if p.depth > MAX_RECURSION else expression(p, NEGATION)
    p.depth -= 1
    return p.add(nk.NOT, at, inner)


def reference(p: Parser) -> int:
    """`&e`, `&mut e`."""
    at = p.at
    p.at = at + 1
    kind = nk.REF
    if p.kinds[p.at] == tk.IDENT and p.kinds[p.at + 1] in _STARTS_PLACE and p.text_is(p.at, b"mut"):
        kind = nk.REF_MUT
        p.at += 1
    p.depth += 1
    inner = p.too_deep("prefix operators are") if p.depth > MAX_RECURSION else operand(p)
    p.depth -= 1
    return p.add(kind, at, inner)


_STARTS_PLACE = frozenset({tk.IDENT, tk.SELF, tk.LPAREN, tk.STAR})


def open_range(p: Parser) -> int:
    """`[..n]`: only directly in an index may the start be left out."""
    at = p.at
    kind = nk.RANGE if p.kinds[at] == tk.DOT_DOT else nk.RANGE_INCLUSIVE
    if at - 1 != p.index_opener:
        p.report("QZ0033", at, help="all elements of `xs` in a row are written `...xs`")
    p.at = at + 1
    is_whole = p.kinds[p.at] == tk.RBRACKET
    end = 0 if is_whole else expression(p, RANGING)
    return with_step(p, p.add(kind, at, 0, end))


def go(p: Parser) -> int:
    """`go call()`, `go do -> … end`."""
    at = p.at
    p.at = at + 1
    return p.add(nk.GO, at, do_lambda(p) if p.kinds[p.at] == tk.DO else operand(p))


def do(p: Parser) -> int:
    """A lambda that stands for itself."""
    return do_lambda(p)


def comptime(p: Parser) -> int:
    """`comptime e`, `comptime do … end`."""
    at = p.at
    return p.add(nk.COMPTIME, at, _do_block(p) if p.kinds[at + 1] in (tk.DO, tk.NEWLINE) else _behind(p))


def _behind(p: Parser) -> int:
    p.at += 1
    p.depth += 1
    inner = p.too_deep("prefix operators are") if p.depth > MAX_RECURSION else expression(p)
    p.depth -= 1
    return inner


def quote(p: Parser) -> int:
    """`quote do … end`."""
    at = p.at
    return p.add(nk.QUOTE, at, _do_block(p))


def _do_block(p: Parser) -> int:
    """The block of a word that stands before `do`."""
    word = p.at
    p.at = word + 1
    return do_block(p, word)


def do_block(p: Parser, word: int) -> int:
    """`do … end` without parameters, at `do`; the layout let `word` open the block where `do` is missing."""
    opener = p.at
    if p.kinds[opener] != tk.DO or not p.partner[opener]:
        missing_do(p)
        opener = word
        if not p.partner[word]:
            node = p.poison()
            p.skip_line()
            return node
    else:
        p.at = opener + 1
    body = block(p)
    expect_end(p, opener)
    return body


def missing_do(p: Parser) -> None:
    """Report that `do` was forgotten."""
    from qz.syntax.token_words import describe

    p.report("QZ0026", p.at, found=describe(p.tokens, p.at))


def unquote(p: Parser) -> int:
    """`unquote(e)`, `unquote_each(e)`."""
    at = p.at
    kind = nk.UNQUOTE if p.kinds[at] == tk.UNQUOTE else nk.UNQUOTE_EACH
    opener = at + 1
    p.at = opener
    if not p.expect(tk.LPAREN, "`(`"):
        return p.poison()
    inner = expression(p)
    p.close(opener, "`)`")
    return p.add(kind, at, inner)


def macro_call(p: Parser) -> int:
    """`$name(args)`, `$module::name(args)`; `$try` and `$unwrap` are the postfix operators."""
    at = p.at
    p.at = at + 1
    name = p.name("the name of a macro")
    module = 0
    if name and p.accept(tk.COLON_COLON):
        module = name
        name = p.name("the name of a macro")
    if not name:
        return p.poison()
    if p.kinds[p.at] != tk.LPAREN:
        help_text = "that calls a macro; module state is `global name = …`, and its name has no sign"
        shown = p.tokens.source.text(p.tokens.start[at], p.end_before(p.at))
        found, expected = f"`{shown}`", f"`{shown}(…)`"
        p.report("QZ0020", at, last=p.at - 1, help=help_text, habit="$", found=found, expected=expected)
        node = p.poison()
        p.skip_line()
        return node
    args = arguments(p)
    operator = _OPERATOR_MACROS.get(p.tokens.bytes(name))
    if operator is not None and not module and len(args) == 1:
        return p.add(operator, name, args[0])
    return p.add(nk.MACRO_CALL, name, module, p.list(args))


_OPERATOR_MACROS = {b"try": nk.TRY, b"unwrap": nk.UNWRAP}

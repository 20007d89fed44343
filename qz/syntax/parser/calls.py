"""What stands behind an expression and binds to it: calls, fields, indices, casts, `!` and `?`, struct
literals.
"""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import OPENERS, foreign_word_help
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import binary, expression, operand
from qz.syntax.parser.lambdas import (
    arrow_lambda_from_name,
    do_lambda,
    it_lambda,
    typed_lambda,
    typed_lambda_ahead,
)
from qz.syntax.parser.operators import ANY, POWER
from qz.syntax.parser.statements import LOOPS, labeled
from qz.syntax.parser.types import end_of_type_arguments, type_arguments, type_operand

IDENT = tk.IDENT
COLON = tk.COLON
COMMA = tk.COMMA
RPAREN = tk.RPAREN
ELLIPSIS = tk.ELLIPSIS
LBRACE = tk.LBRACE
DO = tk.DO
CALL = nk.CALL

_CALLABLE = frozenset({nk.IDENT, nk.PATH, nk.FIELD, nk.OPT_FIELD, nk.TYPE_APPLY})


def call(p: Parser, callee: int) -> int:
    """Arguments in parentheses, and a block behind them, which is the last argument."""
    opener = p.at
    args = arguments(p)
    kind = p.kinds[p.at]
    if kind == LBRACE:
        if p.kind_of(callee) == nk.IDENT and p.tokens.bytes(p.token_of(callee)) in OPENERS:
            return _foreign_lambda(p, callee)
        args.append(it_lambda(p))
    elif kind == DO and p.partner[p.at]:
        args.append(do_lambda(p))
    rows = p.rows
    rows += (CALL, opener, callee, p.list(args) if args else 0)
    return (len(rows) >> 2) - 1


def _foreign_lambda(p: Parser, callee: int) -> int:
    """`fn(x) { … }`, as other languages write a lambda, at the brace."""
    name = p.token_of(callee)
    p.report("QZ0022", name, help=foreign_word_help("lambda"), word=p.tokens.text(name))
    p.at = p.partner[p.at] + 1
    return p.add(nk.POISON, name)


def arguments(p: Parser) -> list[int]:
    """Arguments between parentheses; behind the closing one afterwards."""
    opener = p.at
    kinds = p.kinds
    p.at = opener + 1
    args: list[int] = []
    while kinds[p.at] != RPAREN:
        kind = kinds[p.at]
        if kind == IDENT and kinds[p.at + 1] == COLON:
            args.append(_named_argument(p))
        elif kind == ELLIPSIS:
            args.append(spread(p))
        else:
            node = operand(p)
            if POWER[kinds[p.at]]:
                node = binary(p, node, ANY)
            args.append(node)
        if kinds[p.at] != COMMA:
            break
        p.at += 1
    if kinds[p.at] == RPAREN:
        p.at += 1
    else:
        p.close(opener, "`,` or `)`")
    return args


def _named_argument(p: Parser) -> int:
    """`name: value`, `name:` for `name: name`, or `name: Type -> body`."""
    if typed_lambda_ahead(p, p.at):
        return typed_lambda(p)
    name = p.at
    p.at = name + 2
    is_alone = p.kinds[p.at] in (COMMA, RPAREN)
    return p.add(nk.NAMED_ARG, name, p.add(nk.IDENT, name) if is_alone else expression(p))


def spread(p: Parser) -> int:
    """`...values`."""
    at = p.at
    p.at = at + 1
    return p.add(nk.SPREAD, at, expression(p))


def field(p: Parser, node: int) -> int:
    """`.name`, `.0`, `.with { … }`."""
    at = p.at
    kinds = p.kinds
    name = at + 1
    p.at = name
    if kinds[name] not in (tk.IDENT, tk.INT):
        called = "a function that is a value is called as `f(x)`"  # and not by `f.(x)`
        p.unexpected("the name of a field or method", help=called if kinds[name] == tk.LPAREN else "")
        return p.add(nk.POISON, at)
    p.at = name + 1
    if kinds[name + 1] == LBRACE and p.text_is(name, b"with"):
        return p.add(nk.WITH, name, node, p.list(field_inits(p)))
    return p.add(nk.FIELD, name, node)


def optional_field(p: Parser, node: int) -> int:
    """`?.name`."""
    at = p.at
    name = at + 1
    p.at = name
    if p.kinds[name] not in (tk.IDENT, tk.INT):
        p.unexpected("the name of a field or method")
        return p.add(nk.POISON, at)
    p.at = name + 1
    return p.add(nk.OPT_FIELD, name, p.add(nk.OPT_VALUE, at, node))


def path(p: Parser, node: int) -> int:
    """`::name`."""
    at = p.at
    p.at = at + 1
    if p.kinds[at + 1] == tk.LT and end_of_type_arguments(p, at + 1):
        help_text = "types for type parameters follow the name at once: `Vec<Int>.new()`"
        p.report("QZ0020", at, help=help_text, remove=True, found="`::`", expected="`<`")
        return p.add(nk.TYPE_APPLY, p.token_of(node), node, p.list(type_arguments(p)))
    if p.kinds[at + 1] != IDENT:
        p.unexpected("a name")
        return p.add(nk.POISON, at)
    p.at = at + 2
    is_applied = p.kind_of(node) == nk.TYPE_APPLY  # `Vec<Int>::new()` is `Vec<Int>.new()`
    return p.add(nk.FIELD if is_applied else nk.PATH, at + 1, node)


def index(p: Parser, node: int) -> int:
    """`[i]`, `[a..b]`."""
    opener = p.at
    p.at = opener + 1
    around = p.index_opener, p.open_range
    p.index_opener, p.open_range = opener, 0
    inner = expression(p)
    if p.open_range not in (0, inner):
        p.report("QZ0033", p.token_of(p.open_range))
    p.index_opener, p.open_range = around
    if p.kinds[p.at] == tk.COMMA and p.kind_of(node) == nk.IDENT and not p.touches(opener):
        p.report("QZ0036", opener, last=p.partner[opener], help=f"write `{p.tokens.text(opener - 1)}(…)`")
        p.at = p.partner[opener] + 1
        return p.add(nk.POISON, opener)
    if p.kinds[p.at] == tk.COLON:
        p.unexpected("`]`", help="a part is `x[a..b]`")
    p.close(opener, "`]`")
    return p.add(nk.INDEX, opener, node, inner)


_FUNCTIONS = frozenset({b"print", b"panic", b"assert", b"assert_eq"})
_MACROS = _FUNCTIONS | {b"println", b"eprintln", b"format", b"unreachable", b"todo"}
"""What is called with `!` in another language, and which of them are functions here."""


def unwrap(p: Parser, node: int) -> int:
    """`e!`."""
    p.at += 1
    if p.kinds[p.at] == tk.LBRACKET and p.kind_of(node) == nk.IDENT and p.touches(p.at):
        name = p.token_of(node)
        if p.text_is(name, b"vec"):
            help_text = "a vector is written `[a, b]`"
            p.report("QZ0022", name, last=p.at - 1, help=help_text, replace="", word="vec!")
            return operand(p)
    if p.kinds[p.at] == tk.LPAREN and p.kind_of(node) == nk.IDENT and p.touches(p.at):
        name = p.token_of(node)
        if p.tokens.bytes(name) in _MACROS:
            text = p.tokens.text(name)
            is_known = p.tokens.bytes(name) in _FUNCTIONS
            help_text = "functions are called without `!`" if is_known else foreign_word_help(text)
            p.report("QZ0022", p.at - 1, help=help_text, word=f"{text}!")
            return node if is_known else p.add(nk.POISON, name)
    return p.add(nk.UNWRAP, p.at - 1, node)


def propagate(p: Parser, node: int) -> int:
    """`e?`."""
    p.at += 1
    return p.add(nk.TRY, p.at - 1, node)


def cast(p: Parser, node: int) -> int:
    """`as T`; `|` and `&` behind the type are operators, and `<` only opens arguments if it touches
    the name."""
    at = p.at
    p.at = at + 1
    kinds = p.kinds
    if kinds[at + 1] == IDENT and kinds[at + 2] == tk.LT and not p.touches(at + 2):
        p.at = at + 2
        return p.add(nk.CAST, at, node, p.add(nk.TYPE_NAME, at + 1))
    return p.add(nk.CAST, at, node, type_operand(p))


def braces(p: Parser, node: int) -> int:
    """A struct literal behind a type, a block behind anything that can be called."""
    kind = p.kind_of(node)
    name = p.token_of(node)
    if kind == nk.TYPE_APPLY:
        args = p.rows[4 * node + 3]
        head = p.rows[4 * node + 2]
        return _struct_literal(p, p.token_of(head), args, p.kind_of(head) == nk.PATH)
    if kind in (nk.IDENT, nk.PATH) and p.is_capital(name):
        return _struct_literal(p, name, 0, kind == nk.PATH)
    if kind not in _CALLABLE:
        return 0
    opener = p.at
    return p.add(CALL, opener, node, p.list([it_lambda(p)]))


def foreign_string(p: Parser, node: int) -> int:
    """`f"…"`, as other languages write strings of a kind."""
    name = p.at - 1
    if p.kind_of(node) != nk.IDENT or p.token_of(node) != name or not p.touches(p.at):
        return 0
    prefix = p.tokens.text(name)
    if len(prefix) > 1:
        return 0
    help_text = 'values are put into any string by `#{x}`; `r"…"` takes every character as it is'
    p.report("QZ0022", name, help=help_text, replace="", word=f'{prefix}"')
    return operand(p)


def _struct_literal(p: Parser, name: int, args: int, qualified: bool) -> int:
    type_name = p.add(nk.TYPE_NAME, name, args, name - 2 if qualified else 0)
    return p.add(nk.STRUCT_LIT, name, type_name, p.list(field_inits(p)))


def field_inits(p: Parser) -> list[int]:
    """`{ x: 1, y }`; behind the brace afterwards."""
    opener = p.at
    end = p.partner[opener]
    p.at = opener + 1
    fields: list[int] = []
    while p.at < end:
        if p.kinds[p.at] in (tk.ELLIPSIS, tk.DOT_DOT):
            p.unexpected("the name of a field", help="a changed copy is `value.with { name: … }`")
            break
        if p.kinds[p.at] not in (IDENT, tk.UNQUOTE):
            p.unexpected("the name of a field", help="the fields of a literal are given as `name: value`")
            break
        name = p.name("the name of a field")
        if not name:
            break
        is_equal = p.kinds[p.at] == tk.ASSIGN
        if is_equal:
            help_text = "the fields of a literal are given as `name: value`"
            p.report("QZ0020", p.at, help=help_text, replace=":", joins=True, found="`=`", expected="`:`")
            p.at += 1
        is_given = is_equal or p.accept(COLON)
        if is_given and (p.kinds[p.at] == COMMA or p.at == end):
            help_text = "a field named like a local is given by its name alone"
            p.report("QZ0020", p.at - 1, help=help_text, remove=True, found="`:`", expected="`,` or `}`")
            is_given = False
        value = expression(p) if is_given else p.add(nk.IDENT, name)  # `{ x }` is `{ x: x }`
        fields.append(p.add(nk.FIELD_INIT, name, value))
        if not p.accept(COMMA):
            break
    p.close(opener, "`,` or `}`")
    return fields


def do_block(p: Parser, node: int) -> int:
    """`callee do … end`, a call without parentheses."""
    at = p.at
    if not p.partner[at] or p.kind_of(node) not in _CALLABLE:
        return 0
    return p.add(CALL, at, node, p.list([do_lambda(p)]))


def arrow(p: Parser, node: int) -> int:
    """`x -> e`, of which the name was read."""
    if p.kind_of(node) != nk.IDENT or p.token_of(node) != p.at - 1:
        return 0
    return arrow_lambda_from_name(p, node)


def colon(p: Parser, node: int) -> int:
    """`x: T -> e`, or `outer: loop …` behind `=`, of which the name was read."""
    name = p.at - 1
    if p.kind_of(node) != nk.IDENT or p.token_of(node) != name:
        return 0
    is_label = p.kinds[name - 1] == tk.ASSIGN and p.kinds[name + 2] in LOOPS
    if not is_label and not typed_lambda_ahead(p, name):
        return 0
    p.at = name
    return labeled(p) if is_label else typed_lambda(p)


def type_apply(p: Parser, node: int) -> int:
    """`f<T>(x)`, `Vec<T>.new()`, `Pair<A, B> { … }`: told from a comparison by what follows the `>`."""
    at = p.at
    if p.kind_of(node) not in (nk.IDENT, nk.PATH, nk.FIELD, nk.OPT_FIELD) or not p.touches(at):
        return 0
    behind = end_of_type_arguments(p, at)
    if not behind or p.kinds[behind] not in (tk.LPAREN, tk.DOT, tk.COLON_COLON, tk.LBRACE):
        return 0
    return p.add(nk.TYPE_APPLY, p.token_of(node), node, p.list(type_arguments(p)))

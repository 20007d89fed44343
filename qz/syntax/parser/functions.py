"""Functions and macros."""

from __future__ import annotations

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.items import ItemFlag
from qz.syntax.parser.annotations import annotation_list
from qz.syntax.parser.blocks import block, expect_end
from qz.syntax.parser.control import needless_word
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.generics import type_parameters, where_clause
from qz.syntax.parser.patterns import pattern
from qz.syntax.parser.prefixes import do_block
from qz.syntax.parser.types import arrow_before_result, type_, typed_name

# The bits of the last word of FnHeader.
CONST, PRIVATE, VARIADIC, EXTERN = 1, 2, 4, 8
_FLAGS = (
    (ItemFlag.CONST, CONST),
    (ItemFlag.PRIVATE, PRIVATE),
    (ItemFlag.VARIADIC, VARIADIC),
    (ItemFlag.EXTERN, EXTERN),
)
_IS_EXTERN = ItemFlag.EXTERN


def function(p: Parser, item: Item) -> int:
    """`def`: header, and the body unless only the header is wanted."""
    noted = annotation_list(p, item.keyword)
    name = item.name_token
    p.at = name + 1
    type_params = type_parameters(p)
    has_this = item.flags & ItemFlag.HAS_SELF and p.kinds[p.at + 1] == tk.IDENT
    params = parameters(p, has_this=bool(has_this)) if p.kinds[p.at] == tk.LPAREN else []
    result = _result(p, item)
    where = where_clause(p)
    body = _body(p, item) if item.with_body else 0
    flags = sum(bit for flag, bit in _FLAGS if item.flags & flag) if item.flags else 0
    header = p.group(noted, p.list(type_params), p.list(params), result, p.list(where), _abi(p, item), flags)
    return p.add(nk.FN, name, header, body)


def _abi(p: Parser, item: Item) -> int:
    """The string of `extern "C"`."""
    if not item.flags & _IS_EXTERN:
        return 0
    at = item.keyword - 1
    return at if p.kinds[at] == tk.STRING else at - 1


def _result(p: Parser, item: Item) -> int:
    if p.kinds[p.at] == tk.ARROW:
        arrow_before_result(p)
        result = type_(p)
        if p.kinds[p.at] == tk.COLON:
            p.at += 1  # of Python, where that ends a header
        return result
    if p.kinds[p.at] == tk.COLON and p.kinds[p.at + 1] == tk.NEWLINE:
        needless_word(p, item.keyword)
        return 0
    if p.accept(tk.COLON):
        return type_(p)
    if p.kinds[p.at] == tk.IDENT and p.is_capital(p.at):
        p.unexpected("`:` and the type of the result", help=f"write `: {p.tokens.text(p.at)}`")
        return type_(p)
    return 0


def _body(p: Parser, item: Item) -> int:
    """A block up to `end`, an expression behind `=`, or nothing."""
    end = p.partner[item.keyword]
    if p.is_put_there(p.at):
        p.at += 1
    if p.accept_assign():
        return expression(p)
    if not end:
        if p.at <= item.last:
            p.unexpected("the end of the line, or `=` and an expression")
        return 0
    if p.kinds[p.at] not in (tk.NEWLINE, tk.END):
        p.unexpected("the end of the line")
        p.skip_line()
    body = block(p)
    expect_end(p, item.keyword)
    return body


def parameters(p: Parser, *, has_this: bool = False) -> list[int]:
    """Parameters between parentheses. The first one may be called `this`, which was reported."""
    opener = p.at
    end = p.partner[opener]
    p.at = opener + 1
    found: list[int] = []
    if has_this:
        found.append(_self(p, 0))
        p.accept(tk.COMMA)
    while p.at < end:
        found.append(_parameter(p))
        if p.kinds[p.at] == tk.IDENT and p.kinds[p.at + 1] == tk.COLON:
            p.unexpected("`,` or `)`")  # and read what follows as the next one
        elif not p.accept(tk.COMMA):
            break
    if p.is_put_there(end) and p.kinds[p.at] in _BEHIND_PARAMETERS:
        return found  # here it should have been
    if p.kinds[p.at] in _BEHIND_TYPES:
        p.unexpected("`,` or `)`", help=_BEHIND_TYPES[p.kinds[p.at]])
        if p.kind_of(found[-1]) == nk.PARAM:
            p.set_left(found[-1], p.poison())  # of another type than was read
    p.close(opener, "`,` or `)`")
    return found


_BEHIND_PARAMETERS = frozenset({tk.COLON, tk.ASSIGN, tk.ARROW})

_BEHIND_TYPES = {
    **dict.fromkeys((tk.ARROW, tk.LPAREN), "the type of a function is `Fn(A, B): R`"),
    tk.LBRACKET: "a vector of `T` is `Vec<T>`",
    tk.QUESTION: "a value that may be absent has type `Option<T>`",
    tk.STAR: "what refers to something else is a `&T`, or a `Ptr<T>` of C",
}
"""What is meant by what other languages have behind the type of a parameter."""


def _parameter(p: Parser) -> int:
    kinds = p.kinds
    at = p.at
    kind = kinds[at]
    if kind == tk.IDENT and kinds[at + 1] == tk.IDENT and p.text_is(at, b"mut"):
        help_text = "a parameter is immutable; `var` makes a variable of it in the body"
        p.report("QZ0022", at, help=help_text, remove=True, word="mut")
        p.at = at + 1
        return _named_parameter(p)
    if kind == tk.IDENT:
        return _named_parameter(p)
    if kind == tk.STAR and kinds[at + 1] == tk.IDENT:
        help_text = "what takes any number of arguments is written `...args`"
        p.report("QZ0020", at, help=help_text, replace="...", found="`*`", expected="a parameter")
        kind = tk.ELLIPSIS
    if kind == tk.SELF:
        return _self(p, 0)
    if kind == tk.AMP and (kinds[at + 1] == tk.SELF or kinds[at + 2] == tk.SELF):
        p.at = at + (1 if kinds[at + 1] == tk.SELF else 2)
        return _self(p, p.at - at)
    if kind == tk.AMP or kind == kinds[at + 1] == tk.STAR:
        return _foreign_parameter(p)
    if kind == tk.ELLIPSIS:
        p.at = at + 1
        name = p.name("the name of the other parameters")
        element = type_(p) if p.accept(tk.COLON) else 0
        return p.add(nk.PARAM_REST, name or at, element)
    return _pattern(p)


_OPTIONS = "an argument that is named is a parameter of its own, with a default: `name: T = e`"
_BLOCK = "a block that is given is a parameter like any other: `name: Fn(A): R`"
_REFERENCE = "what is lent says so in front of its type: `name: &T`, `name: &mut T`"


def _foreign_parameter(p: Parser) -> int:
    """`**options`, `&block`, `&x: T`."""
    at = p.at
    is_reference = p.kinds[at] == tk.AMP
    name = at + 1 if is_reference and not p.text_is(at + 1, b"mut") else at + 2
    p.at = name + 1 if p.kinds[name] == tk.IDENT else name
    found = p.tokens.source.text(p.tokens.start[at], p.end_before(p.at))
    is_typed = p.kinds[p.at] == tk.COLON
    help_text = (_REFERENCE if is_typed else _BLOCK) if is_reference else _OPTIONS
    p.report("QZ0020", at, last=p.at - 1, help=help_text, found=f"`{found}`", expected="a parameter")
    return p.add(nk.PARAM, p.at - 1, type_(p) if p.accept(tk.COLON) else 0)


def _pattern(p: Parser) -> int:
    """A pattern that takes a parameter apart, and its type if it is written."""
    at = p.at
    found = pattern(p)
    return p.add(nk.PARAM_PATTERN, at, found, type_(p) if p.accept(tk.COLON) else 0)


def _self(p: Parser, form: int) -> int:
    at = p.at
    p.at = at + 1
    if p.accept(tk.COLON):
        type_(p)  # `self: Self` says nothing new
    return p.add(nk.PARAM_SELF, at, form)


def _named_parameter(p: Parser) -> int:
    """`name`, `name: T`, `name: T = e`, `name...`; a variant, a struct or `_` is a pattern."""
    kinds = p.kinds
    name = p.at
    following = kinds[name + 1]
    if following == tk.COLON and not (p.text_is(name, b"_") or _is_variant(p, name)):
        p.at = name + 2
        param_type = type_(p)
        default = expression(p) if p.accept_assign() else 0
        return p.add(nk.PARAM, name, param_type, default)
    if following == tk.ELLIPSIS:
        p.at = name + 2
        return p.add(nk.PARAM_REST, name, type_(p) if p.accept(tk.COLON) else 0)
    if following in _PATTERN_AFTER_NAME or p.text_is(name, b"_") or _is_variant(p, name):
        return _pattern(p)
    p.at = name + 1
    param_type = 0
    if p.kinds[p.at] == tk.IDENT:
        p.unexpected("`:` and the type", help=typed_name(p, name, p.at))
        param_type = type_(p)
    default = expression(p) if p.accept_assign() else 0
    return p.add(nk.PARAM, name, param_type, default)


_PATTERN_AFTER_NAME = frozenset(
    {tk.LPAREN, tk.LBRACE, tk.COLON_COLON, tk.AT, tk.BAR, tk.DOT_DOT, tk.DOT_DOT_EQ}
)


def _is_variant(p: Parser, name: int) -> bool:
    """A capital without a type, as in `def show(None) = …`; with one it is spelled as only variants are."""
    if p.kinds[name + 1] == tk.COLON:
        return p.is_capital(name) and not p.tokens.text(name).isupper()
    return p.is_capital(name) and p.kinds[name + 1] in (tk.COMMA, tk.RPAREN)


def macro(p: Parser, item: Item) -> int:
    """`macro name(a, b...) do … end`: a template string, or statements with a `quote`."""
    annotation_list(p, item.keyword)
    name = item.name_token
    p.at = name + 1
    params = parameters(p) if p.kinds[p.at] == tk.LPAREN else []
    body = do_block(p, item.keyword)
    return p.add(nk.MACRO, name, p.list(params), body)


def test(p: Parser, item: Item) -> int:
    """`test "name" do … end`."""
    annotation_list(p, item.keyword)
    name = item.name_token
    p.at = name + 1
    return p.add(nk.TEST, name, 0, do_block(p, item.keyword))

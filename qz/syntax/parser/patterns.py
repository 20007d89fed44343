"""Patterns."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import MAX_RECURSION, Parser
from qz.syntax.parser.types import type_

_LITERALS: dict[int, int] = {
    tk.INT: nk.INT,
    tk.FLOAT: nk.FLOAT,
    tk.CHAR: nk.CHAR,
    tk.STRING: nk.STRING,
    tk.SYMBOL: nk.SYMBOL,
    tk.TRUE: nk.TRUE,
    tk.FALSE: nk.FALSE,
    tk.NIL: nk.NIL,
}

_ENDS_RANGE = frozenset({*_LITERALS, tk.MINUS, tk.IDENT})
_ENDS_PART = frozenset({tk.COMMA, tk.RPAREN, tk.NEWLINE, tk.EOF})
_ONLY_IN_PATTERNS = frozenset({*_LITERALS, tk.MINUS, tk.STRING_START, tk.LBRACKET, tk.DOT_DOT, tk.DOT_DOT_EQ})


def pattern(p: Parser) -> int:
    """A pattern, alternatives included."""
    first = single_pattern(p)
    if p.kinds[p.at] == tk.AT:
        first = _named_behind(p, first)
    if p.kinds[p.at] != tk.BAR:
        return first
    at = p.at
    alternatives = [first]
    while p.accept(tk.BAR):
        alternatives.append(single_pattern(p))
    return p.add(nk.PAT_OR, at, p.list(alternatives))


def _named_behind(p: Parser, inner: int) -> int:
    """`p @ name`, read as `name @ p`."""
    p.unexpected("the end of the pattern", help="the name stands in front: `name @ pattern`")
    p.at += 1
    return p.add(nk.PAT_AT, p.at - 1, inner) if p.accept(tk.IDENT) else inner


def single_pattern(p: Parser) -> int:
    """A pattern without `|`."""
    kind = p.kinds[p.at]
    if kind == tk.IDENT:
        return _named(p)
    if kind in _LITERALS or kind == tk.MINUS:
        return _literal_or_range(p)
    rule = _RULES.get(kind)
    if rule is not None:
        return rule(p)
    help_text = (
        "a pattern cannot compute: bind a name, and compare it in a guard" if kind == tk.STRING_START else ""
    )
    p.unexpected("a pattern", help=help_text)
    return p.poison()


def _literal(p: Parser) -> int:
    """A literal, or minus a number; names of constants are left to `_named`."""
    at = p.at
    if p.kinds[at] == tk.MINUS:
        p.at = at + 1
        number = _LITERALS.get(p.kinds[p.at]) if p.kinds[p.at] in (tk.INT, tk.FLOAT) else None
        if number is None:
            p.unexpected("a number")
            return p.poison()
        p.at += 1
        return p.add(nk.NEG, at, p.add(number, at + 1))
    node = _LITERALS.get(p.kinds[at])
    if node is None:
        p.unexpected("a literal")
        return p.poison()
    p.at = at + 1
    return p.add(node, at)


def _literal_or_range(p: Parser) -> int:
    at = p.at
    literal = _literal(p)
    if p.kinds[p.at] in (tk.DOT_DOT, tk.DOT_DOT_EQ):
        return _range(p, literal)
    return p.add(nk.PAT_LITERAL, at, literal)


def _range(p: Parser, low: int) -> int:
    """What stands behind the first end of a range, 0 where it has none; `a..` has no other."""
    at = p.at
    p.at += 1
    high = 0
    if p.kinds[p.at] == tk.IDENT:
        high = p.add(nk.IDENT, p.at)
        p.at += 1
    elif not low or p.kinds[at] == tk.DOT_DOT_EQ or p.kinds[p.at] in _LITERALS or p.kinds[p.at] == tk.MINUS:
        high = _literal(p)
    return p.add(nk.PAT_RANGE, at, low, high)


def _named(p: Parser) -> int:
    """`_`, a name, `name @ p`, `name: T`, `Vec<T>`, `Variant(p)`, `Enum::Variant(p)`, `Type { f: p }`."""
    kinds = p.kinds
    at = p.at
    following = kinds[at + 1]
    rule = _AFTER_NAME.get(following)
    if rule is not None:
        return rule(p)
    p.at = at + 1
    if p.text_is(at, b"_"):
        return p.add(nk.PAT_WILD, at)
    return p.add(nk.PAT_NAME, at)


def _at(p: Parser) -> int:
    name = p.at
    p.at += 2
    p.depth += 1
    inner = p.too_deep("patterns are") if p.depth > MAX_RECURSION else single_pattern(p)
    p.depth -= 1
    return p.add(nk.PAT_AT, name, inner)


def _typed(p: Parser) -> int:
    name = p.at
    p.at += 2
    wild = p.text_is(name, b"_")
    inner = p.add(nk.PAT_WILD if wild else nk.PAT_NAME, name)
    return p.add(nk.PAT_TYPED, name, inner, type_(p))


def _type_alone(p: Parser) -> int:
    """`Vec<Int>`: a type with arguments, which is `_: Vec<Int>`."""
    name = p.at
    if not p.is_capital(name):
        p.at = name + 1
        return p.add(nk.PAT_NAME, name)
    return p.add(nk.PAT_TYPED, name, p.add(nk.PAT_WILD, name), type_(p))


def _variant(p: Parser) -> int:
    """A path, and the payload if there is one; a struct pattern if braces follow."""
    kinds = p.kinds
    name = p.at
    node = p.add(nk.IDENT, name)
    p.at = name + 1
    while kinds[p.at] in (tk.COLON_COLON, tk.DOT) and kinds[p.at + 1] == tk.IDENT:
        node = p.add(nk.PATH, p.at + 1, node)
        p.at += 2
    last = p.token_of(node)
    if kinds[p.at] == tk.LBRACE:
        return _struct(p, last, last - 2 if p.kind_of(node) == nk.PATH else 0)
    parts: list[int] = []
    if kinds[p.at] == tk.LPAREN:
        parts = pattern_list(p, tk.RPAREN, "`,` or `)`", _part)
    elif kinds[p.at] in (tk.DOT_DOT, tk.DOT_DOT_EQ):
        return _range(p, node)
    return p.add(nk.PAT_VARIANT, last, node, p.list(parts))


def _constant_range(p: Parser) -> int:
    low = p.add(nk.IDENT, p.at)
    p.at += 1
    return _range(p, low)


def _struct_or_name(p: Parser) -> int:
    """`Type { f: p }`; behind a name that is no type, the brace belongs to somebody else."""
    name = p.at
    p.at = name + 1
    if p.is_capital(name):
        return _struct(p, name, 0)
    return p.add(nk.PAT_NAME, name)


def _struct(p: Parser, name: int, module: int) -> int:
    """The fields of a struct pattern, from the brace on."""
    opener = p.at
    type_name = p.add(nk.TYPE_NAME, name, 0, module)
    fields = _fields(p, opener)
    return p.add(nk.PAT_STRUCT, name, type_name, p.list(fields))


def _record(p: Parser) -> int:
    """`{ f: p }`, for a record."""
    opener = p.at
    fields = _fields(p, opener)
    return p.add(nk.PAT_STRUCT, opener, 0, p.list(fields))


def _fields(p: Parser, opener: int) -> list[int]:
    """`f`, `f: p`, `..`; behind the closing brace afterwards."""
    end = p.partner[opener]
    p.at = opener + 1
    fields: list[int] = []
    while p.at < end:
        if p.accept(tk.DOT_DOT):
            continue  # fields may be left out with or without it
        field = p.name("the name of a field")
        if not field:
            break
        inner = pattern(p) if p.accept(tk.COLON) else 0
        fields.append(p.add(nk.PAT_FIELD, field, inner))
        if not p.accept(tk.COMMA):
            break
    p.close(opener, "`,` or `}`")
    return fields


def _part(p: Parser) -> int:
    """A part of a payload: a pattern, `name: p`, `name:` or `..`. Where a type may be meant, as in `name: T`,
    what the words mean decides, which the resolver knows."""
    name = p.at
    if p.kinds[name] != tk.IDENT or p.kinds[name + 1] != tk.COLON or p.text_is(name, b"_"):
        return _place(p)
    if _may_be_type(p, name + 2):
        return pattern(p)
    p.at = name + 2
    inner = 0 if p.kinds[p.at] in (tk.COMMA, tk.RPAREN) else pattern(p)
    return p.add(nk.PAT_FIELD, name, inner)


def _may_be_type(p: Parser, at: int) -> bool:
    """Whether what stands there, up to a comma or the bracket around it, may be a type: no pattern has `<`,
    and no type has small names, literals and payloads."""
    kinds = p.kinds
    start = at
    while kinds[at] not in _ENDS_PART:
        kind = kinds[at]
        if kind == tk.LT:
            return True
        if kind in _ONLY_IN_PATTERNS:
            return False
        if kind == tk.IDENT and kinds[at + 1] not in (tk.COLON, tk.COLON_COLON):
            is_fn = p.text_is(at, b"Fn")
            if not p.is_capital(at) or (kinds[at + 1] in (tk.LPAREN, tk.LBRACE, tk.AT) and not is_fn):
                return False
        at += 1
    return at > start


def pattern_list(
    p: Parser, closer: int, expected: str, part: Callable[[Parser], int] | None = None
) -> list[int]:
    """Patterns between brackets, or what ``part`` reads; behind the closing one afterwards."""
    opener = p.at
    end = p.partner[opener]
    p.at = opener + 1
    found: list[int] = []
    while p.at < end:
        found.append(pattern(p) if part is None else part(p))
        if not p.accept(tk.COMMA):
            if not _BEGINS_PATTERN[p.kinds[p.at]]:
                break
            p.unexpected(expected)
    p.close(opener, expected)
    return found


_BEGINS_PATTERN = bytes(
    kind in (tk.IDENT, tk.INT, tk.STRING, tk.CHAR, tk.LPAREN, tk.LBRACKET) for kind in range(256)
)


def _place(p: Parser) -> int:
    """A part of a tuple or a payload: a pattern, or `..` for any number of others."""
    return _rest(p) if p.kinds[p.at] == tk.DOT_DOT and p.kinds[p.at + 1] in _ENDS_PART else pattern(p)


def _parenthesised(p: Parser) -> int:
    opener = p.at
    parts = pattern_list(p, tk.RPAREN, "`,` or `)`", _place)
    if len(parts) == 1 and p.kinds[p.at - 2] != tk.COMMA and p.kind_of(parts[0]) != nk.PAT_REST:
        return parts[0]
    return p.add(nk.PAT_TUPLE, opener, p.list(parts))


def _vec(p: Parser) -> int:
    opener = p.at
    parts = pattern_list(p, tk.RBRACKET, "`,` or `]`", _element)
    rests = [part for part in parts if p.kind_of(part) == nk.PAT_REST]
    for surplus in rests[1:]:
        p.report("QZ0034", p.token_of(surplus))
    return p.add(nk.PAT_VEC, opener, p.list(parts))


def _element(p: Parser) -> int:
    """A part of a vector: a pattern, `..` or `..name`; before a literal it is a range."""
    is_range = p.kinds[p.at + 1] in _LITERALS or p.kinds[p.at + 1] == tk.MINUS
    return _rest(p) if p.kinds[p.at] == tk.DOT_DOT and not is_range else pattern(p)


def _rest(p: Parser) -> int:
    at = p.at
    p.at = at + 1
    name = at + 1 if p.accept(tk.IDENT) else 0
    return p.add(nk.PAT_REST, at, 0, name)


def _range_to(p: Parser) -> int:
    """`..b`, `..=b`."""
    if p.kinds[p.at] == tk.DOT_DOT and p.kinds[p.at + 1] not in _ENDS_RANGE:
        p.unexpected("a pattern", help="`..` leaves out parts of a whole, and `[first, ..rest]` names them")
        p.at += 1
        return p.poison()
    return _range(p, 0)


def _poisoned(p: Parser) -> int:
    p.at += 1
    return p.add(nk.POISON, p.at - 1)


_AFTER_NAME: dict[int, Callable[[Parser], int]] = {
    tk.AT: _at,
    tk.COLON: _typed,
    tk.LT: _type_alone,
    tk.LPAREN: _variant,
    tk.COLON_COLON: _variant,
    tk.DOT: _variant,
    tk.LBRACE: _struct_or_name,
    tk.DOT_DOT: _constant_range,
    tk.DOT_DOT_EQ: _constant_range,
}

_RULES: dict[int, Callable[[Parser], int]] = {
    tk.LPAREN: _parenthesised,
    tk.LBRACKET: _vec,
    tk.LBRACE: _record,
    tk.DOT_DOT: _range_to,
    tk.DOT_DOT_EQ: _range_to,
    tk.ERROR: _poisoned,
}

"""Structs, enums, traits, impls, aliases, constants and globals."""

from __future__ import annotations

from typing import NamedTuple

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import foreign_word_help
from qz.syntax.items import ItemFlag
from qz.syntax.parser.annotations import annotation_list
from qz.syntax.parser.core import Parser
from qz.syntax.parser.expressions import expression
from qz.syntax.parser.generics import type_parameters, where_clause
from qz.syntax.parser.types import bounds, type_, type_operand, typed_name


class Item(NamedTuple):
    """What the outline knows of the item being parsed."""

    keyword: int
    name_token: int
    last: int
    flags: int
    with_body: bool


def members_end(p: Parser, keyword: int) -> int:
    """At the head of a member list: the token that closes it. The brace of the one-line form is
    stepped over."""
    end = p.partner[keyword]
    if p.kinds[end] == tk.RBRACE:
        p.at = p.partner[end] + 1
    elif p.kinds[p.at] not in (tk.NEWLINE, tk.END):
        is_word = p.kinds[p.at] == tk.IDENT and p.tokens.bytes(p.at) in _IMPLEMENTING
        p.unexpected(
            "the end of the line", help=_BEHIND_HEADS.get(tk.COLON if is_word else p.kinds[p.at], "")
        )
        if p.kinds[p.at] == tk.ASSIGN:
            p.at += 1  # which the first member follows, in the same line for the parser
        else:
            p.skip_line()
    return end


_BEHIND_HEADS = {
    tk.COLON: (
        "what a type implements stands behind it, each trait in an `impl` of its own: `impl Trait for …`"
    ),
    tk.ASSIGN: "what it consists of stands in the lines up to `end`",
}
"""What is meant by something else than members behind the head of a type."""

_IMPLEMENTING = frozenset({b"extends", b"implements", b"with", b"includes"})
"""What other languages say between a type and what it implements."""


def end_of_member(p: Parser, expected: str) -> None:
    """Behind a member: the end of its line, a comma, or the closer; anything else is reported and skipped."""
    if p.kinds[p.at] in (tk.NEWLINE, tk.COMMA, tk.END, tk.RBRACE):
        return
    p.unexpected(expected)
    p.skip_line()


def struct(p: Parser, item: Item) -> int:
    """`struct`, with lines or in braces."""
    noted = annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    type_params = type_parameters(p)
    end = members_end(p, item.keyword)
    fields: list[int] = []
    while p.at < end:
        if p.kinds[p.at] in (tk.NEWLINE, tk.COMMA):
            p.at += 1
            continue
        is_method = p.kinds[p.at] == tk.DEF
        field = _misplaced_method(p, item.name_token, "the name of a field") if is_method else _field(p)
        if field:
            fields.append(field)
        end_of_member(p, "the end of the line")
    p.at = end + 1
    return p.add(nk.STRUCT, item.name_token, p.group(p.list(type_params), noted), p.list(fields))


def _misplaced_method(p: Parser, name: int, expected: str) -> int:
    """Step over a `def` among the members of a type, and all of its body."""
    at = p.at
    help_text = f"methods stand behind it, in `impl {p.tokens.text(name)} … end`"
    p.unexpected(expected, help=help_text)
    p.at = p.partner[at] + 1 if p.partner[at] else at + 1
    p.skip_line()
    return 0


def _field(p: Parser) -> int:
    at = p.at
    if p.kinds[at] == tk.VAR and p.kinds[at + 1] == tk.IDENT:  # `var x: Int`, read as `x: Int`
        help_text = "every field can be assigned: write its name alone"
        p.report("QZ0027", at, help=help_text, remove=True, opener="struct", word="var")
        p.at = at = at + 1
    if p.kinds[at + 1] == tk.SYMBOL and (help_text := foreign_word_help(p.tokens.text(at))):
        p.report("QZ0022", at, help=help_text, word=p.tokens.text(at))  # `attr_reader :x`
        p.skip_line()
        return 0
    name = p.name("the name of a field")
    is_spaced = name and p.kinds[p.at] == tk.IDENT
    if is_spaced:
        p.unexpected("`:` and the type of the field", help=typed_name(p, name, p.at))
    if is_spaced and p.is_capital(p.at):
        pass  # `x Int`, read as `x: Int`
    elif not name or not p.expect(tk.COLON, "`:` and the type of the field"):
        p.at = max(p.at, at + 1)
        p.skip_line()
        return 0
    field_type = type_(p)
    default = expression(p) if p.accept_assign() else 0
    return p.add(nk.FIELD_DECL, name, field_type, default)


def enum(p: Parser, item: Item) -> int:
    """`enum`."""
    noted = annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    type_params = type_parameters(p)
    end = members_end(p, item.keyword)
    variants: list[int] = []
    while p.at < end:
        if p.kinds[p.at] in (tk.NEWLINE, tk.COMMA):
            p.at += 1
        elif p.kinds[p.at] == tk.DEF:
            _misplaced_method(p, item.name_token, "the name of a variant")
            end_of_member(p, "the end of the line")
        else:
            variants.append(_variant(p))
            end_of_member(p, "the end of the line")
    p.at = end + 1
    return p.add(nk.ENUM, item.name_token, p.group(p.list(type_params), noted), p.list(variants))


def _variant(p: Parser) -> int:
    at = p.at
    if p.kinds[at] == tk.LPAREN:
        help_text = "what a variant holds stands behind its name: `Variant(Type)`"
        p.unexpected("the name of a variant", help=help_text)
        name = 0
    else:
        name = p.name("the name of a variant")
    if not name:
        p.skip_line()
        p.at = max(p.at, at + 1)
        return p.add(nk.POISON, at)
    found = p.add(nk.VARIANT, name, p.list(_payloads(p)))
    if p.kinds[p.at] == tk.ASSIGN:
        p.unexpected("the end of the line", help="a variant has no number: a `match` can give it one")
        p.skip_line()
    return found


def _payloads(p: Parser) -> list[int]:
    found: list[int] = []
    opener = p.at
    if p.kinds[opener] == tk.LBRACE:  # as the fields of a struct, and read so
        help_text = "what a variant holds stands in parentheses: `Variant(name: Type)`"
        p.unexpected("the end of the line", help=help_text)
    elif p.kinds[opener] != tk.LPAREN:
        return found
    end = p.partner[opener]
    p.at = opener + 1
    while p.at < end:
        at = p.at
        named = p.kinds[at] == tk.IDENT and p.kinds[at + 1] == tk.COLON
        if named:
            p.at = at + 2
        found.append(p.add(nk.PAYLOAD, at, type_(p), int(named)))
        if p.kinds[p.at] == tk.ASSIGN:
            p.unexpected("`,` or `)`", help="what a variant holds has no default: a function can give it one")
            p.at = end
        is_on_next_line = p.kinds[opener] == tk.LBRACE and p.kinds[p.at] == tk.IDENT
        if not p.accept(tk.COMMA) and not is_on_next_line:
            break
    p.close(opener, "`,` or `)`")
    return found


def _end_of_header(p: Parser) -> None:
    if p.kinds[p.at] not in (tk.NEWLINE, tk.END):
        is_inverted = p.kinds[p.at] == tk.COLON
        p.unexpected(
            "the end of the line",
            help="the trait is named first: `impl Trait for Type`" if is_inverted else "",
        )


def trait(p: Parser, item: Item) -> int:
    """The header of a trait."""
    noted = annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    type_params = type_parameters(p)
    supertraits = _supertraits(p) if p.accept(tk.COLON) else []
    where = where_clause(p)
    _end_of_header(p)
    header = p.group(p.list(type_params), noted, p.list(supertraits), p.list(where))
    return p.add(nk.TRAIT, item.name_token, header)


def impl(p: Parser, item: Item) -> int:
    """The header of `impl Type`, `impl Trait for Type`, `impl !Trait for Type`."""
    noted = annotation_list(p, item.keyword)
    p.at = item.keyword + 1
    type_params = type_parameters(p)
    negative = int(p.accept(tk.BANG))
    implemented = 0
    target = type_operand(p)
    is_one = p.kinds[p.at] not in _BETWEEN_TRAITS
    if not is_one:
        _refuse_traits(p, target)
    if p.accept(tk.FOR):
        implemented = target if is_one else 0
        target = type_(p)
    where = where_clause(p)
    _end_of_header(p)
    header = p.group(p.list(type_params), noted, implemented, target, negative, p.list(where))
    return p.add(nk.IMPL, item.keyword, header)


def _supertraits(p: Parser) -> list[int]:
    """`Ord + Show` behind `trait Name:`; others have another sign between them."""
    found = bounds(p)
    while p.kinds[p.at] in (tk.COMMA, tk.AMP_AMP):
        name = p.tokens.text(p.token_of(found[-1]))
        p.unexpected("`+`", help=f"a trait that needs several has a `+` between them: `{name} + …`")
        p.at += 1
        found += bounds(p)
    return found


_BETWEEN_TRAITS = frozenset({tk.PLUS, tk.AMP, tk.COMMA})


def _refuse_traits(p: Parser, first: int) -> None:
    """`impl A + B for T`, read as `impl T`: whose methods are those of a trait implements it all the same."""
    name = p.tokens.text(p.token_of(first))
    p.unexpected("`for`", help=f"each trait has an `impl` of its own: `impl {name} for … end`")
    while p.kinds[p.at] in _BETWEEN_TRAITS:
        p.at += 1
        type_operand(p)


def extend(p: Parser, item: Item) -> int:
    """The header of `extend Type`."""
    noted = annotation_list(p, item.keyword)
    p.at = item.keyword + 1
    type_params = type_parameters(p)
    target = type_(p)
    where = where_clause(p)
    _end_of_header(p)
    header = p.group(p.list(type_params), noted, 0, target, 0, p.list(where))
    return p.add(nk.EXTEND, item.keyword, header)


def alias(p: Parser, item: Item) -> int:
    """`type Name = T`."""
    annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    type_params = type_parameters(p)
    value = type_(p) if _assigned(p) else p.poison()
    return p.add(nk.ALIAS, item.name_token, p.list(type_params), value)


def newtype(p: Parser, item: Item) -> int:
    """`newtype Name = T`."""
    annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    if p.kinds[p.at] == tk.LT:
        p.unexpected("`=`", help="a newtype has no type parameters, whereas a `struct` may have some")
        return p.add(nk.NEWTYPE, item.name_token, 0, p.poison())
    value = type_(p) if _assigned(p) else p.poison()
    return p.add(nk.NEWTYPE, item.name_token, 0, value)


def constant(p: Parser, item: Item) -> int:
    """`const NAME = e`, or one of a group."""
    if not item.flags & ItemFlag.IN_GROUP:
        annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    declared = type_(p) if p.accept(tk.COLON) else 0
    value = expression(p) if _assigned(p) else p.poison()
    return p.add(nk.CONST, item.name_token, declared, value)


def variable(p: Parser, item: Item) -> int:
    """`global name: T = e`, and `var` at the top level."""
    annotation_list(p, item.keyword)
    p.at = item.name_token + 1
    declared = type_(p) if p.accept(tk.COLON) else 0
    value = expression(p) if p.accept_assign() else 0
    if not declared and not value:
        p.unexpected("`:` and a type, or `=` and a value")
    return p.add(nk.GLOBAL, item.name_token, declared, value)


def _assigned(p: Parser) -> bool:
    if p.accept_assign():
        return True
    p.unexpected("`=`")
    return False


def static_assert(p: Parser, item: Item) -> int:
    """`static_assert(condition, "message")`."""
    annotation_list(p, item.keyword)
    opener = item.keyword + 1
    p.at = opener + 1
    condition = expression(p)
    message = expression(p) if p.accept(tk.COMMA) else 0
    p.close(opener, "`,` or `)`")
    return p.add(nk.STATIC_ASSERT, item.keyword, condition, message)

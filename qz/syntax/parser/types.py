"""Types."""

from __future__ import annotations

from collections.abc import Callable

from qz.diagnostics.model import Fix
from qz.diagnostics.other_words import OTHER_TYPES
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.core import MAX_RECURSION, Parser

# Set by `grammar.py`: constants given as type arguments are expressions, which know of types.
constant_expression: list[Callable[[Parser], int]] = []

# Behind a name, these say that it is the whole type: most are.
_BEHIND_TYPE = frozenset({tk.COMMA, tk.RPAREN, tk.NEWLINE, tk.ASSIGN, tk.GT, tk.END})
ALSO = frozenset({tk.PLUS, tk.AMP})
"""What stands between traits that are all asked for."""
_STARTS_CONSTANT = frozenset({tk.INT, tk.MINUS, tk.CHAR, tk.TRUE, tk.FALSE, tk.STRING})
_ARITHMETIC = frozenset({tk.PLUS, tk.MINUS, tk.STAR, tk.SLASH, tk.PERCENT, tk.SHL})


def type_(p: Parser) -> int:
    """A type, unions and intersections included."""
    at = p.at
    if p.kinds[at] == tk.IDENT and p.kinds[at + 1] in _BEHIND_TYPE and not _ends_in_question_mark(p, at):
        p.at = at + 1
        return p.add(nk.TYPE_NAME, at)
    p.depth += 1
    if p.depth > MAX_RECURSION:
        node = p.too_deep("types are")
    else:
        node = _union(p)
    p.depth -= 1
    return node


def _union(p: Parser) -> int:
    left = _intersection(p)
    if p.kinds[p.at] != tk.BAR:
        return left
    at = p.at
    members = [left]
    while p.accept(tk.BAR):
        members.append(_intersection(p))
    return p.add(nk.TYPE_UNION, at, p.list(members))


def _intersection(p: Parser) -> int:
    left = type_operand(p)
    if p.kinds[p.at] != tk.AMP:
        return left
    at = p.at
    members = [left]
    while p.accept(tk.AMP):
        members.append(type_operand(p))
    return p.add(nk.TYPE_INTERSECTION, at, p.list(members))


def type_operand(p: Parser) -> int:
    """A type without `|` and `&`, as behind `as`."""
    kind = p.kinds[p.at]
    if kind == tk.IDENT:
        return named_type(p)
    rule = _RULES.get(kind)
    if rule is not None:
        return rule(p)
    help_text = "a vector of `T` is `Vec<T>`" if kind == tk.LBRACKET else ""
    p.unexpected("a type", help=help_text)
    return p.poison()


def named_type(p: Parser) -> int:
    """`Name`, `module::Name`, `Name<T>`, `Fn(A): R`, `dyn Trait`."""
    kinds = p.kinds
    first = name = p.at
    if kinds[name + 1] == tk.LPAREN and p.text_is(name, b"Fn"):
        return _function(p)
    if kinds[name + 1] == tk.IDENT and p.text_is(name, b"dyn"):
        p.at = name + 1
        return p.add(nk.TYPE_DYN, name, _traits(p))
    module = 0
    while kinds[name + 1] in (tk.COLON_COLON, tk.DOT) and kinds[name + 2] == tk.IDENT:
        module = name
        name += 2
    p.at = name + 1
    args = type_arguments(p) if kinds[p.at] == tk.LT else _foreign_arguments(p)
    if _ends_in_question_mark(p, name):
        shown = p.tokens.text(name)
        p.report(
            "QZ0020",
            name,
            help=f"a value that may be absent has type `Option<{shown[:-1]}>`",
            replace=f"Option<{shown[:-1]}>",
            found=f"`{shown}`",
            expected="a type",
        )
    if kinds[p.at] == tk.LBRACKET and p.partner[p.at] == p.at + 1 and p.touches(p.at):
        return _foreign_vector(p, first)
    return p.add(nk.TYPE_NAME, name, p.list(args), module)


def _foreign_vector(p: Parser, first: int) -> int:
    """`Int[]`, as other languages write the type of a vector; its brackets come next."""
    opener = p.at
    shown = p.tokens.source.text(p.tokens.start[first], p.end_before(opener))
    p.at += 2
    p.report(
        "QZ0020",
        first,
        last=opener + 1,
        help="a vector of `T` is `Vec<T>`",
        replace=f"Vec<{shown}>",
        found=f"`{shown}[]`",
        expected="a type",
    )
    return p.poison()


def _traits(p: Parser) -> int:
    """What `dyn` stands before: a trait, or several, `A & B`."""
    at = p.at
    found = [named_type(p)]
    while p.kinds[p.at] in ALSO and p.kinds[p.at + 1] == tk.IDENT:
        p.at += 1
        found.append(named_type(p))
    return found[0] if len(found) == 1 else p.add(nk.TYPE_INTERSECTION, at, p.list(found))


def _ends_in_question_mark(p: Parser, name: int) -> bool:
    """Whether the name is a type of another language, `Int?`."""
    tokens = p.tokens
    return tokens.data[tokens.start[name] + tokens.len[name] - 1] == 0x3F


def _foreign_arguments(p: Parser) -> list[int]:
    """`Vec[Int]` and `Vec(Int)`, as other languages write type arguments."""
    opener = p.at
    is_name = p.kinds[opener + 1] == tk.IDENT and p.is_capital(opener + 1)
    if p.kinds[opener] not in (tk.LBRACKET, tk.LPAREN) or not is_name or not p.is_capital(opener - 1):
        return []
    if not p.touches(opener):
        return []
    report_brackets(p, opener)
    p.at = opener + 1
    return type_list(p, opener)


def report_brackets(p: Parser, opener: int) -> None:
    """Type arguments or parameters in brackets of another kind."""
    tokens, closer = p.tokens, p.partner[opener]
    fix = Fix(((tokens.span(opener), "<"), (tokens.span(closer), ">")))
    found = f"`{tokens.text(opener)}`"
    help_text = "types for type parameters stand between `<` and `>`"
    p.report("QZ0020", opener, help=help_text, fix=fix, found=found, expected="`<`")


def typed_name(p: Parser, first: int, second: int) -> str:
    """How a name and its type are written that stand beside each other, in one order or the other."""
    one, other = p.tokens.text(first), p.tokens.text(second)
    is_type = p.is_capital(first) or one in OTHER_TYPES
    name, type_name = (other, one) if is_type and not p.is_capital(second) else (one, other)
    return f"write `{name}: {type_name}`"


def type_arguments(p: Parser) -> list[int]:
    """`<T, 3, N * 2>`."""
    opener = p.at
    p.at += 1
    args = [_type_argument(p)]
    while p.accept(tk.COMMA) or _lacks_comma(p, "`,` or `>`"):
        args.append(_type_argument(p))
    if p.kinds[p.at] == tk.GE and not p.half_read:
        # `Vec<Int>= x`: the first half closes, the second assigns.
        p.half_read = p.at
    elif not p.accept(tk.GT):
        p.unexpected("`>`" if p.kinds[opener] == tk.LT else "`,` or `>`")
    return args


def _lacks_comma(p: Parser, expected: str) -> bool:
    """Whether another type follows without the comma in between, which is reported."""
    if p.kinds[p.at] != tk.IDENT or not p.is_capital(p.at):
        return False
    p.unexpected(expected)
    return True


def _type_argument(p: Parser) -> int:
    at = p.at
    kind = p.kinds[at]
    if kind in _STARTS_CONSTANT or (kind == tk.LPAREN and _computes(p, at)):
        return _constant(p)
    mark = p.mark()
    node = type_(p)
    if p.kinds[p.at] in _ARITHMETIC and p.kinds[p.at] != tk.NEWLINE:
        p.back_to(mark)
        return _constant(p)
    return node


def _computes(p: Parser, opener: int) -> bool:
    """Whether what stands between parentheses is a constant, or they are part of one: `(N + 1) * 2`."""
    kinds, closer = p.kinds, p.partner[opener]
    if kinds[closer + 1] in _ARITHMETIC:
        return True
    at = opener + 1
    if kinds[at] == tk.LPAREN:
        return _computes(p, at)
    if kinds[at] in _STARTS_CONSTANT:
        return True
    while kinds[at] == tk.IDENT and kinds[at + 1] == tk.COLON_COLON:
        at += 2
    return kinds[at] == tk.IDENT and kinds[at + 1] in _ARITHMETIC


def _constant(p: Parser) -> int:
    at = p.at
    return p.add(nk.TYPE_CONST, at, constant_expression[0](p))


def _function(p: Parser) -> int:
    at = p.at
    opener = at + 1
    p.at = opener + 1
    params = type_list(p, opener)
    if p.kinds[p.at] == tk.ARROW and not p.arrow_ends_type:
        arrow_before_result(p)
        result = type_(p)
    else:
        result = type_(p) if p.accept(tk.COLON) else 0
    return p.add(nk.TYPE_FN, at, p.list(params), result)


def _foreign_function(p: Parser, opener: int, params: list[int]) -> int:
    """`(A, B) -> R`, as others write the type of a function: reported, and read as such."""
    written = f"Fn{p.tokens.text_of(opener, p.at - 1)}:"
    p.report("QZ0023", opener, last=p.at, help="the type of a function is `Fn(A, B): R`", replace=written)
    p.at += 1
    return p.add(nk.TYPE_FN, opener, p.list(params), type_(p))


def arrow_before_result(p: Parser) -> None:
    """`-> T`, as others write what a function gives: reported, and stepped over."""
    p.report("QZ0023", p.at, help="write `:` before the result type", replace=":")
    p.at += 1


def type_list(p: Parser, opener: int) -> list[int]:
    """Types between parentheses, of which the first was read; behind the closing one afterwards."""
    types: list[int] = []
    end = p.partner[opener]
    while p.at < end:
        types.append(type_(p))
        if not p.accept(tk.COMMA) and not _lacks_comma(p, "`,` or `)`"):
            break
    p.close(opener, "`,` or `)`")
    return types


def _tuple(p: Parser) -> int:
    opener = p.at
    p.at += 1
    types = type_list(p, opener)
    if p.kinds[p.at] == tk.ARROW and not p.arrow_ends_type:
        return _foreign_function(p, opener, types)
    if len(types) == 1 and p.kinds[p.at - 2] != tk.COMMA:
        return types[0]
    return p.add(nk.TYPE_TUPLE, opener, p.list(types))


def _record(p: Parser) -> int:
    """`{ x: Int, ..r }`."""
    opener = p.at
    end = p.partner[opener]
    p.at += 1
    fields: list[int] = []
    row = 0
    while p.at < end:
        if p.accept(tk.DOT_DOT):
            row = p.name("the name of the other fields")
        else:
            name = p.name("the name of a field")
            if not name or not p.expect(tk.COLON, "`:` and the type of the field"):
                break
            fields.append(p.add(nk.TYPE_FIELD, name, type_(p)))
        if not p.accept(tk.COMMA):
            break
    p.close(opener, "`,` or `}`")
    return p.add(nk.TYPE_RECORD, opener, p.list(fields), row)


def _reference(p: Parser) -> int:
    at = p.at
    p.at += 1
    mutable = p.kinds[p.at] == tk.IDENT and p.kinds[p.at + 1] != tk.LT and p.text_is(p.at, b"mut")
    if mutable:
        p.at += 1
    p.depth += 1
    target = p.too_deep("types are") if p.depth > MAX_RECURSION else type_operand(p)
    p.depth -= 1
    return p.add(nk.TYPE_REF_MUT if mutable else nk.TYPE_REF, at, target)


def _double_reference(p: Parser) -> int:
    """`&&T`, which the lexer reads as one sign."""
    at = p.at
    inner = _reference(p)
    return p.add(nk.TYPE_REF, at, inner)


def _never(p: Parser) -> int:
    p.at += 1
    return p.add(nk.TYPE_NEVER, p.at - 1)


def _impl(p: Parser) -> int:
    at = p.at
    p.at += 1
    return p.add(nk.TYPE_IMPL, at, p.list(bounds(p)))


def bounds(p: Parser) -> list[int]:
    """`Show + Eq`, which may be written `Show & Eq` as well."""
    found = [type_operand(p)]
    while p.kinds[p.at] in ALSO:
        p.at += 1
        found.append(type_operand(p))
    return found


_RULES: dict[int, Callable[[Parser], int]] = {
    tk.LPAREN: _tuple,
    tk.LBRACE: _record,
    tk.AMP: _reference,
    tk.AMP_AMP: _double_reference,
    tk.BANG: _never,
    tk.IMPL: _impl,
    tk.ERROR: lambda p: _poisoned(p),
}


def _poisoned(p: Parser) -> int:
    p.at += 1
    return p.add(nk.POISON, p.at - 1)


_TYPE_TOKENS = frozenset(
    {
        tk.IDENT,
        tk.COMMA,
        tk.COLON_COLON,
        tk.DOT,
        tk.AMP,
        tk.BAR,
        tk.INT,
        tk.CHAR,
        tk.STRING,
        tk.TRUE,
        tk.FALSE,
        tk.COLON,
        tk.IMPL,
        tk.STAR,
        tk.PLUS,
        tk.MINUS,
        tk.SLASH,
        tk.PERCENT,
        tk.SHL,
    }
)
_MAX_LOOKAHEAD = 64
_MAX_NESTED_ARGUMENTS = 8


def end_of_type_arguments(p: Parser, at: int) -> int:
    """The token behind the `>` that matches the `<` at `at`, if everything between could be types; or 0."""
    kinds = p.kinds
    partner = p.partner
    depth = 0
    for _ in range(_MAX_LOOKAHEAD):
        kind = kinds[at]
        if kind == tk.LT:
            depth += 1
            if depth > _MAX_NESTED_ARGUMENTS:
                return 0
        elif kind == tk.GT:
            depth -= 1
            if not depth:
                return at + 1
        elif kind in (tk.LPAREN, tk.LBRACE):
            at = partner[at]
        elif kind not in _TYPE_TOKENS:
            return 0
        at += 1
    return 0

"""Statements that are not expressions: bindings, assignments, jumps, `defer` and `yield`."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import foreign_word_help
from qz.syntax.parser.bare_calls import braced_switch
from qz.syntax.parser.blocks import GUARDS, block, expect_end, statement
from qz.syntax.parser.control import for_, loop, while_
from qz.syntax.parser.core import LINE_ENDS, MAX_RECURSION, Parser
from qz.syntax.parser.expressions import CAREFUL_LINKS, expression
from qz.syntax.parser.lambdas import do_header_ahead, typed_lambda_ahead
from qz.syntax.parser.operators import ASSIGN_OPS
from qz.syntax.parser.patterns import pattern
from qz.syntax.parser.several_places import assign_places, places_ahead
from qz.syntax.parser.types import type_

IDENT = tk.IDENT
ASSIGN = tk.ASSIGN
_IDENT_NODE = nk.IDENT
_ASSIGN_NODE = nk.ASSIGN

PLACES = frozenset({nk.IDENT, nk.PATH, nk.SELF, nk.FIELD, nk.INDEX, nk.POISON, nk.UNQUOTE})
LOOPS = {tk.FOR: for_, tk.WHILE: while_, tk.UNTIL: while_, tk.LOOP: loop}
_OPENERS = frozenset({tk.LPAREN, tk.LBRACKET, tk.LBRACE})
_BINDING_WORDS = frozenset({b"let", b"val", b"auto", b"final", b"local"})
_BEHIND_BINDING_WORDS = _OPENERS | {ASSIGN, tk.COLON, IDENT}


def from_name(p: Parser) -> int:
    """What begins with a name: an assignment, a binding with a type, a label, or an expression."""
    kinds = p.kinds
    at = p.at
    following = kinds[at + 1]
    if following == ASSIGN:
        rows = p.rows
        target = len(rows) >> 2
        rows += (_IDENT_NODE, at, 0, 0)
        p.at = at + 2
        value = expression(p)
        rows += (_ASSIGN_NODE, at + 1, target, value)
        return (len(rows) >> 2) - 1
    if following == tk.COLON:
        if kinds[at + 2] == ASSIGN and p.touches(at + 2):
            return _foreign_assignment(p)
        if kinds[at + 2] in LOOPS:
            return labeled(p)
        return from_expression(p) if typed_lambda_ahead(p, at) else _typed(p)
    if following in _OPENERS:
        behind = p.partner[at + 1] + 1
        if kinds[behind] == ASSIGN:
            if p.is_capital(at):
                return from_expression(p) if following == tk.LBRACKET else destructure(p)
            if not p.touches(at + 1) and p.tokens.bytes(at) in _BINDING_WORDS:
                return _foreign_binding(p)
        elif kinds[behind] == tk.LBRACE and p.text_is(at, b"switch") and p.text_is(behind + 1, b"case"):
            return braced_switch(p)
    if following == IDENT and kinds[at + 2] in _BEHIND_BINDING_WORDS and p.tokens.bytes(at) in _BINDING_WORDS:
        return _foreign_binding(p)
    return from_expression(p)


def _foreign_assignment(p: Parser) -> int:
    """`x := 1`, read as `x = 1`."""
    at = p.at
    help_text = "a name is bound by `name = value`, a variable by `var name = value`"
    p.report("QZ0022", at + 1, last=at + 2, help=help_text, replace="=", word=":=")
    target = p.add(_IDENT_NODE, at)
    p.at = at + 3
    return p.add(_ASSIGN_NODE, at + 2, target, expression(p))


def _foreign_binding(p: Parser) -> int:
    """`let x = 1`, read as if the word were not there; `let mut x = 1`, read as `var x = 1`."""
    word = p.at
    p.at = word + 1
    text = p.tokens.text(word)
    help_text = foreign_word_help(text)
    if p.text_is(p.at, b"mut") and (p.kinds[p.at + 1] == IDENT or p.kinds[p.at + 1] in _OPENERS):
        p.report("QZ0022", word, last=p.at, help=help_text, replace="var", word=text)
        return var(p)
    p.report("QZ0022", word, help=help_text, remove=True, word=text)
    return from_name(p) if p.kinds[p.at] == IDENT else from_bracket(p)


def from_expression(p: Parser) -> int:
    """An expression, or an assignment to what it names."""
    target = expression(p)
    at = p.at
    kind = p.kinds[at]
    if kind == ASSIGN:
        p.at = at + 1
        _check_place(p, target, at)
        return p.add(nk.ASSIGN, at, target, expression(p))
    if kind in ASSIGN_OPS:
        p.at = at + 1
    elif kind == tk.GT and p.kinds[at + 1] == tk.GE and p.touches(at + 1):
        p.at = at + 2  # `>>=`
    else:
        return target
    _check_place(p, target, at)
    return p.add(nk.ASSIGN_OP, at, target, expression(p))


def _check_place(p: Parser, target: int, operator: int) -> None:
    kind = p.kind_of(target)
    if kind not in PLACES:
        what = _WHAT.get(kind, "this expression")
        p.report("QZ0028", operator, what=what, operator=p.tokens.text(operator))


_WHAT: dict[int, str] = {
    nk.CALL: "a call",
    nk.INT: "a number",
    nk.FLOAT: "a number",
    nk.STRING: "a string",
    nk.OPT_FIELD: "an optional field",
    nk.UNWRAP: "an unwrapped value",
}


def from_bracket(p: Parser) -> int:
    """`(a, b) = e`, `[first, ..rest] = e`, `{x, y} = e`, `(v[i], v[j]) = (e, f)`, or an expression."""
    if p.kinds[p.partner[p.at] + 1] != ASSIGN:
        return from_expression(p)
    return assign_places(p, _check_place) if places_ahead(p) else destructure(p)


def destructure(p: Parser) -> int:
    """A pattern, `=`, and what is taken apart."""
    at = p.at
    bound = pattern(p)
    operator = p.at
    if not p.expect(ASSIGN, "`=`"):
        return p.add(nk.POISON, at)
    return p.add(nk.DESTRUCTURE, operator, bound, expression(p))


def _typed(p: Parser) -> int:
    """`name: T = e`."""
    name = p.at
    p.at = name + 2
    node_type = type_(p)
    value = _initial_value(p)
    return p.add(nk.LET, name, node_type, value)


def _initial_value(p: Parser) -> int:
    if p.accept_assign():
        return expression(p)
    several = "several at once are a pattern: `var (a, b) = (1, 2)`"
    p.unexpected("`=` and a value", help=several if p.kinds[p.at] == tk.COMMA else "")
    return p.poison()


def var(p: Parser) -> int:
    """`var name = e`, `var name: T = e`, `var (a, b) = e`."""
    p.at += 1
    if p.kinds[p.at] in _OPENERS or (p.kinds[p.at + 1] in _OPENERS and p.is_capital(p.at)):
        return _var_pattern(p)
    name = p.name("the name of the variable")
    if not name:
        node = p.poison()
        p.skip_line()
        return node
    node_type = type_(p) if p.accept(tk.COLON) else 0
    return p.add(nk.VAR, name, node_type, _initial_value(p))


def _var_pattern(p: Parser) -> int:
    """What follows `var` where a pattern does."""
    keyword = p.at - 1
    bound = pattern(p)
    if not p.expect(ASSIGN, "`=`"):
        p.skip_line()
        return p.add(nk.POISON, keyword)
    return p.add(nk.VAR_PATTERN, keyword, bound, expression(p))


def labeled(p: Parser) -> int:
    """`outer: for …`, and `x = outer: loop …`."""
    label = p.at
    p.at = label + 2
    p.labels.append(p.tokens.bytes(label))
    node = LOOPS[p.kinds[p.at]](p)
    p.labels.pop()
    return p.add(nk.LABELED, label, node)


def _has_value(p: Parser) -> bool:
    """Whether a value follows a jump on its line."""
    kind = p.kinds[p.at]
    return kind not in LINE_ENDS and GUARDS[kind] is None and kind not in (tk.COMMA, tk.FAT_ARROW)


def return_(p: Parser) -> int:
    """`return`, `return e`."""
    at = p.at
    p.at = at + 1
    return p.add(nk.RETURN, at, _nested_value(p) if _has_value(p) else 0)


def _nested_value(p: Parser) -> int:
    p.depth += 1
    value = p.too_deep("jumps are") if p.depth > MAX_RECURSION else expression(p)
    p.depth -= 1
    return value


def break_(p: Parser) -> int:
    """`break`, `break e`, `break label`, `break label e`: a name is a label if a loop around has it."""
    at = p.at
    p.at = at + 1
    label = _label(p)
    return p.add(nk.BREAK, at, _nested_value(p) if _has_value(p) else 0, label)


def _label(p: Parser) -> int:
    at = p.at
    if p.kinds[at] == IDENT and p.labels and p.tokens.bytes(at) in p.labels:
        p.at = at + 1
        return at
    return 0


def continue_(p: Parser) -> int:
    """`continue`, `continue label`."""
    at = p.at
    p.at = at + 1
    label = 0
    if p.kinds[p.at] == IDENT:
        label = p.at
        p.at += 1
    return p.add(nk.CONTINUE, at, 0, label)


def defer(p: Parser) -> int:
    """`defer statement`, `defer do … end`. What follows in the block is a scope to later phases."""
    at = p.at
    p.at = at + 1
    p.n_defers += 1
    if p.n_defers >= CAREFUL_LINKS:
        p.is_deep = True
        if p.n_defers > MAX_RECURSION:
            return p.too_deep("scopes of `defer` are")
    p.depth += 1
    inner = p.too_deep("`defer` is") if p.depth > MAX_RECURSION else _deferred(p)
    p.depth -= 1
    return p.add(nk.DEFER, at, inner)


def _deferred(p: Parser) -> int:
    opener = p.at
    is_block = p.kinds[opener] == tk.DO and p.partner[opener] and p.kinds[opener + 1] != tk.BAR
    if not is_block or do_header_ahead(p, opener + 1):
        return statement(p)
    p.at = opener + 1
    body = block(p)
    expect_end(p, opener)
    return body


def yield_(p: Parser) -> int:
    """`yield e`."""
    at = p.at
    p.at = at + 1
    return p.add(nk.YIELD, at, expression(p))


def local_constant(p: Parser) -> int:
    """`const` stands at the top of a module, not in a function; read as a binding."""
    at = p.at
    note = Note(None, "constants are declared at the top of a module")
    p.report("QZ0031", at, help="a name bound with `=` is immutable", notes=(note,), keyword="const")
    p.at = at + 1
    return from_name(p) if p.kinds[p.at] == IDENT else p.poison()

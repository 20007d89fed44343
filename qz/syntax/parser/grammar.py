"""Which rule reads what: every table of the parser, in one place."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax.nodes import NodeKind as N
from qz.syntax.parser import (
    binary,
    calls,
    control,
    declarations,
    expressions,
    functions,
    imports,
    lambdas,
    literals,
    matches,
    prefixes,
    statements,
    types,
)
from qz.syntax.parser.blocks import GUARDS, STATEMENT
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item
from qz.syntax.parser.expressions import POSTFIX, PREFIX, PostfixRule, Rule
from qz.syntax.parser.operators import SHIFT
from qz.syntax.token_kinds import TokenKind as K

_PREFIX: dict[K, Rule] = {
    K.LPAREN: literals.parenthesised,
    K.LBRACKET: literals.vector,
    K.LBRACE: literals.braces,
    K.STRING_START: literals.interpolation,
    K.MINUS: prefixes.prefix(N.NEG),
    K.TILDE: prefixes.prefix(N.BIT_NOT),
    K.BANG: prefixes.prefix(N.NOT),
    K.AWAIT: prefixes.prefix(N.AWAIT),
    K.ASYNC: prefixes.prefix(N.ASYNC),
    K.AMP: prefixes.reference,
    K.NOT: prefixes.not_,
    K.DOT_DOT: prefixes.open_range,
    K.DOT_DOT_EQ: prefixes.open_range,
    K.GO: prefixes.go,
    K.DO: prefixes.do,
    K.COMPTIME: prefixes.comptime,
    K.QUOTE: prefixes.quote,
    K.UNQUOTE: prefixes.unquote,
    K.UNQUOTE_EACH: prefixes.unquote,
    K.DOLLAR: prefixes.macro_call,
    K.ARROW: lambdas.no_params,
    K.IF: control.if_,
    K.UNLESS: control.unless,
    K.WHILE: control.while_,
    K.UNTIL: control.while_,
    K.FOR: control.for_,
    K.LOOP: control.loop,
    K.MATCH: matches.match,
    K.SELECT: matches.select,
    K.RETURN: statements.return_,
    K.BREAK: statements.break_,
    K.CONTINUE: statements.continue_,
    K.YIELD: statements.yield_,
}

_POSTFIX: dict[K, PostfixRule] = {
    K.LPAREN: calls.call,
    K.DOT: calls.field,
    K.OPT_DOT: calls.optional_field,
    K.COLON_COLON: calls.path,
    K.LBRACKET: calls.index,
    K.BANG: calls.unwrap,
    K.QUESTION: calls.propagate,
    K.AS: calls.cast,
    K.LBRACE: calls.braces,
    K.DO: calls.do_block,
    K.ARROW: calls.arrow,
    K.COLON: calls.colon,
    K.LT: calls.type_apply,
}

_STATEMENT: dict[K, Rule] = {
    K.IDENT: statements.from_name,
    K.SELF: statements.from_expression,
    K.LPAREN: statements.from_bracket,
    K.LBRACKET: statements.from_bracket,
    K.VAR: statements.var,
    K.CONST: statements.local_constant,
    K.DEFER: statements.defer,
}

_GUARDS: dict[K, Callable[[Parser, int], int]] = {
    K.IF: control.guard_if,
    K.UNLESS: control.guard_if,
    K.WHILE: control.guard_while,
    K.UNTIL: control.guard_while,
    K.FOR: control.guard_for,
}

ITEMS: dict[N, Callable[[Parser, Item], int]] = {
    N.FN: functions.function,
    N.MACRO: functions.macro,
    N.TEST: functions.test,
    N.STRUCT: declarations.struct,
    N.ENUM: declarations.enum,
    N.TRAIT: declarations.trait,
    N.IMPL: declarations.impl,
    N.EXTEND: declarations.extend,
    N.ALIAS: declarations.alias,
    N.NEWTYPE: declarations.newtype,
    N.CONST: declarations.constant,
    N.GLOBAL: declarations.variable,
    N.STATIC_ASSERT: declarations.static_assert,
    N.IMPORT: imports.import_,
    N.BINARY: binary.binary,
    N.PACKED: binary.packed,
}


def _fill() -> None:
    for kind, rule in _PREFIX.items():
        PREFIX[kind] = rule
    for kind, postfix_rule in _POSTFIX.items():
        POSTFIX[kind] = postfix_rule
    for kind, rule in _STATEMENT.items():
        STATEMENT[kind] = rule
    for kind in (*_PREFIX, *expressions.LEAF_KINDS):
        if STATEMENT[kind] is None and kind not in _NEVER_ASSIGNED:
            STATEMENT[kind] = statements.from_expression
    for kind, guard in _GUARDS.items():
        GUARDS[kind] = guard
    types.constant_expression.append(lambda p: expressions.expression(p, SHIFT))


# These are statements on their own: what follows them is never an assignment.
_NEVER_ASSIGNED = frozenset(
    {K.WHILE, K.UNTIL, K.FOR, K.LOOP, K.RETURN, K.BREAK, K.CONTINUE, K.YIELD, K.IF, K.UNLESS}
)

_fill()

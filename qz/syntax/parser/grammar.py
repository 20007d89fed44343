"""Which rule reads what: every table of the parser, in one place."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
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
    pipelines,
    prefixes,
    statements,
    types,
)
from qz.syntax.parser.blocks import GUARDS, STATEMENT
from qz.syntax.parser.core import Parser
from qz.syntax.parser.declarations import Item
from qz.syntax.parser.expressions import POSTFIX, PREFIX, SPECIAL, PostfixRule, Rule
from qz.syntax.parser.operators import SHIFT

_PREFIX: dict[int, Rule] = {
    tk.LPAREN: literals.parenthesised,
    tk.LBRACKET: literals.vector,
    tk.LBRACE: literals.braces,
    tk.STRING_START: literals.interpolation,
    tk.MINUS: prefixes.prefix(nk.NEG),
    tk.TILDE: prefixes.prefix(nk.BIT_NOT),
    tk.BANG: prefixes.prefix(nk.NOT),
    tk.AWAIT: prefixes.prefix(nk.AWAIT),
    tk.ASYNC: prefixes.prefix(nk.ASYNC),
    tk.AMP: prefixes.reference,
    tk.NOT: prefixes.not_,
    tk.DOT_DOT: prefixes.open_range,
    tk.DOT_DOT_EQ: prefixes.open_range,
    tk.GO: prefixes.go,
    tk.DO: prefixes.do,
    tk.COMPTIME: prefixes.comptime,
    tk.QUOTE: prefixes.quote,
    tk.UNQUOTE: prefixes.unquote,
    tk.UNQUOTE_EACH: prefixes.unquote,
    tk.DOLLAR: prefixes.macro_call,
    tk.ARROW: lambdas.no_params,
    tk.BAR: lambdas.lambda_in_bars,
    tk.BAR_BAR: lambdas.lambda_without_params,
    tk.IF: control.if_,
    tk.UNLESS: control.unless,
    tk.WHILE: control.while_,
    tk.UNTIL: control.while_,
    tk.FOR: control.for_,
    tk.LOOP: control.loop,
    tk.MATCH: matches.match,
    tk.SELECT: matches.select,
    tk.RETURN: statements.return_,
    tk.BREAK: statements.break_,
    tk.CONTINUE: statements.continue_,
    tk.YIELD: statements.yield_,
}

_POSTFIX: dict[int, PostfixRule] = {
    tk.LPAREN: calls.call,
    tk.DOT: calls.field,
    tk.OPT_DOT: calls.optional_field,
    tk.COLON_COLON: calls.path,
    tk.LBRACKET: calls.index,
    tk.BANG: calls.unwrap,
    tk.STRING: calls.foreign_string,
    tk.STRING_START: calls.foreign_string,
    tk.QUESTION: calls.propagate,
    tk.AS: calls.cast,
    tk.LBRACE: calls.braces,
    tk.DO: calls.do_block,
    tk.ARROW: calls.arrow,
    tk.COLON: calls.colon,
    tk.LT: calls.type_apply,
}

_STATEMENT: dict[int, Rule] = {
    tk.IDENT: statements.from_name,
    tk.SELF: statements.from_expression,
    tk.LPAREN: statements.from_bracket,
    tk.LBRACKET: statements.from_bracket,
    tk.LBRACE: statements.from_bracket,
    tk.VAR: statements.var,
    tk.CONST: statements.local_constant,
    tk.DEFER: statements.defer,
}

_GUARDS: dict[int, Callable[[Parser, int], int]] = {
    tk.IF: control.guard_if,
    tk.UNLESS: control.guard_if,
    tk.WHILE: control.guard_while,
    tk.UNTIL: control.guard_while,
    tk.FOR: control.guard_for,
}

ITEMS: dict[int, Callable[[Parser, Item], int]] = {
    nk.FN: functions.function,
    nk.MACRO: functions.macro,
    nk.TEST: functions.test,
    nk.STRUCT: declarations.struct,
    nk.ENUM: declarations.enum,
    nk.TRAIT: declarations.trait,
    nk.IMPL: declarations.impl,
    nk.EXTEND: declarations.extend,
    nk.ALIAS: declarations.alias,
    nk.NEWTYPE: declarations.newtype,
    nk.CONST: declarations.constant,
    nk.GLOBAL: declarations.variable,
    nk.STATIC_ASSERT: declarations.static_assert,
    nk.IMPORT: imports.import_,
    nk.BINARY: binary.binary,
    nk.PACKED: binary.packed,
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
    SPECIAL[tk.PIPE_RIGHT] = pipelines.pipeline
    types.constant_expression.append(lambda p: expressions.expression(p, SHIFT))


# These are statements on their own: what follows them is never an assignment.
_NEVER_ASSIGNED = frozenset(
    {tk.WHILE, tk.UNTIL, tk.FOR, tk.LOOP, tk.RETURN, tk.BREAK, tk.CONTINUE, tk.YIELD, tk.IF, tk.UNLESS}
)

_fill()

"""`$assert` and `$debug`, which say what was written in their call."""

from __future__ import annotations

from qz.sema.macros.argument_text import quoted
from qz.sema.macros.expansion import Builtin, Call, Expander, Placed
from qz.syntax import node_numbers as nk
from qz.syntax.template import made_template

_COMPARISONS = frozenset({nk.EQ, nk.NE, nk.LT, nk.LE, nk.GT, nk.GE})
_LITERALS = frozenset(
    {
        nk.INT,
        nk.FLOAT,
        nk.CHAR,
        nk.STRING,
        nk.SYMBOL,
        nk.TRUE,
        nk.FALSE,
        nk.NIL,
        nk.VEC_LIT,
        nk.MAP_LIT,
        nk.TUPLE,
    }
)
_CANNOT_BE_SHOWN = b'"..."'


def assert_(expander: Expander, call: Call) -> list[int] | None:
    """`$assert(condition)`, `$assert(condition, message)`: panics with the condition as it is written, and
    with both values of a comparison."""
    if len(call.args) not in (1, 2):
        expander.report_arity(call, "1 or 2 arguments")
        return None
    condition, *message = call.args
    values = _values_of_comparison(expander, condition)
    shown = ", ".join(f"{side}: #{{__macro_{number}_}}" for number, side in enumerate(values, 1))
    text = quoted(expander.texts.of_call(call.token)[0])
    number = len(values) + 1
    said = f": #{{__macro_{number}_}}" if message else ""
    code = f'if not __macro_0_\npanic("assertion failed: {text}{said}{shown and f" ({shown})"}")\nend'
    return _made(expander, call, code, [condition, *values.values(), *message])


def _values_of_comparison(expander: Expander, condition: int) -> dict[str, int]:
    """AGAIN nodes for the operands of a comparison that say something new."""
    arena = expander.arena
    found: dict[str, int] = {}
    if arena.kind[condition] in _COMPARISONS:
        for side, operand in (("left", arena.lhs[condition]), ("right", arena.rhs[condition])):
            if not _is_literal(expander, operand):
                once, again = _remember(expander, operand)
                column = arena.lhs if side == "left" else arena.rhs  # which may be others than before
                column[condition] = once
                found[side] = again
    return found


def _is_literal(expander: Expander, node: int) -> bool:
    """Whether a value is no other than it is written; such a one takes its type from the other side, too."""
    arena = expander.arena
    if arena.kind[node] == nk.NEG:
        node = arena.lhs[node]
    return arena.kind[node] in _LITERALS


def debug(expander: Expander, call: Call) -> list[int] | None:
    """`$debug(e)`: prints place, text and value to standard error, and has the value."""
    if len(call.args) != 1:
        expander.report_arity(call, "1 argument")
        return None
    once, again = _remember(expander, call.args[0])
    source = expander.own.source
    written = expander.tokens.written(call.token)
    line, _ = source.line_col(expander.own.tokens.start[written])
    text = quoted(f"{source.path}:{line}: {expander.texts.of_call(call.token)[0]} = ")
    statements = _made(expander, call, f'eputs("{text}#{{__macro_0_}}")', [again], is_shown=True)
    arena = expander.arena
    arena.append((nk.TAP, call.token, once, statements[0]), ())
    return [arena.n - 1]


def operator(expander: Expander, call: Call) -> list[int] | None:
    """`$try` and `$unwrap` with one argument are read as operators."""
    expander.report_arity(call, "1 argument")
    return None


def _remember(expander: Expander, node: int) -> tuple[int, int]:
    """ONCE and AGAIN around an operand."""
    arena = expander.arena
    token = arena.token[node]
    arena.append((nk.ONCE, token, node, 0), ())
    arena.append((nk.AGAIN, token, arena.n - 1, 0), ())
    return arena.n - 2, arena.n - 1


def _made(expander: Expander, call: Call, code: str, args: list[int], *, is_shown: bool = False) -> list[int]:
    """The statements of code made for this call, in the prelude's names. Unless a value ``is_shown`` for its
    own sake, something stands in for one that cannot be."""
    home = expander.own.prelude or expander.own
    tokens = expander.tokens
    text = code.encode() + b"\n" + _CANNOT_BE_SHOWN
    template = made_template(tokens, call.token, text, expander.sink)
    positions = [[0] if arg in call.args else [] for arg in args]
    *statements, stand_in = expander.fill(call, template, home, Placed([[arg] for arg in args], positions))
    if not is_shown:
        arena = expander.arena
        for arg in args:
            if arena.kind[arg] == nk.AGAIN:
                arena.rhs[arg] = arena.token[stand_in]
    return statements


BUILTINS: dict[str, Builtin] = {"assert": assert_, "debug": debug, "try": operator, "unwrap": operator}

"""Operators of types that define them: `a + b` is `a.op_add(b)` where a's type has such a method."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.body import CallPlan
from qz.sema.check.candidates import choose
from qz.sema.check.checker import Checker
from qz.sema.check.dynamic import call_of_method, goes_through_table
from qz.sema.check.group_calls import plan_call
from qz.sema.check.receivers import find_methods
from qz.sema.check.traits import could_be
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.types import BOOL, CHAR, ERROR, INT, NONE, VOID, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk

METHODS: dict[int, tuple[str, ...]] = {
    nk.ADD: ("op_add",),
    nk.SUB: ("op_sub",),
    nk.MUL: ("op_mul",),
    nk.DIV: ("op_div",),
    nk.REM: ("op_mod",),
    nk.SHL: ("op_shl",),
    nk.SHR: ("op_shr",),
    nk.BIT_AND: ("op_and",),
    nk.BIT_OR: ("op_or",),
    nk.BIT_XOR: ("op_xor",),
    nk.EQ: ("op_eq",),
    nk.NE: ("op_ne", "op_eq"),
    nk.LT: ("op_lt",),
    nk.LE: ("op_le", "op_lt"),
    nk.GT: ("op_gt", "op_lt"),
    nk.GE: ("op_ge", "op_lt"),
}
"""The methods that an operator may be, nearest first: `a != b` is `not (a == b)` without an `op_ne`."""

SWAPPED = frozenset({nk.GT, nk.LE})
"""Operators that ask the right operand where another method stands in: `a > b` is `b.op_lt(a)`."""


def negated(c: Checker, node: int, operand: TypeId) -> TypeId:
    """The type of `-x` by the method `op_neg` of the operand's type; `NONE` where it has none."""
    group = find_methods(c, operand, c.program.interner.intern("op_neg"))
    return NONE if group is None else call_of_method(c, node, group, [c.lhs[node]], NONE, operand)


def overloaded(c: Checker, link: int, kind: int, left: TypeId) -> TypeId:
    """The type of a binary operation by a method of the left operand's type; `NONE` where it has none."""
    names = METHODS.get(kind, ())
    if c.infer.kind(left) is TypeKind.VARIABLE:
        return NONE
    for name in names:
        group = find_methods(c, left, c.program.interner.intern(name))
        if group is not None:
            operands = [_receiver(c, link), c.rhs[link]]
            found = call_of_method(c, link, group, operands, NONE, left)
            return found if name == names[0] else _followed(c, link, kind, left, found)
    return NONE


def overloaded_of(c: Checker, link: int, kind: int, left: TypeId, right: TypeId) -> TypeId:
    """The same where both operands were checked, since an operator is the language's own if it can be; `NONE`
    also where the method does not take what is on the right."""
    names = METHODS.get(kind, ())
    for name in names:
        group = find_methods(c, left, c.program.interner.intern(name))
        if group is not None:
            function = choose(c, group, 2, left)
            if function is None or not _takes(c, function, right):
                return NONE
            found = plan_call(c, link, group, (c.lhs[link], c.rhs[link]), (left, right))
            goes_through_table(c, link, link, left)
            return found if name == names[0] else _followed(c, link, kind, left, found)
    return NONE


def _takes(c: Checker, function: FunctionDecl, operand: TypeId) -> bool:
    """Whether a method can be given an operand that was checked without it."""
    params = c.program.queries.signature(function).params
    if any(param.is_rest or param.borrow is Borrow.IN_PLACE for param in params):
        return False
    return {params[1].type, operand} == {INT, CHAR} or could_be(c, params[1].type, operand)


def _followed(c: Checker, link: int, kind: int, left: TypeId, found: TypeId) -> TypeId:
    """The type of a comparison that another one's method stands in for, where that method is a comparison."""
    plan = c.body.calls.get(link)
    if plan is None or found == ERROR:
        return BOOL
    why = _unlike_comparison(c, kind, plan, c.resolved(found))
    if why:
        operator, span = as_written(c, link)
        right = c.resolved(c.types[c.rhs[link]])
        types = f"`{c.show(left)}`" if left == right else f"`{c.show(left)}` and `{c.show(right)}`"
        notes = [Note(plan.function.span, f"`{operator}` does not follow from `{plan.function.name}`, {why}")]
        help_text = f"`{METHODS[kind][0]}` defines it"
        c.sink.report("QZ0402", span, notes=notes, help=help_text, operator=operator, types=types)
    return BOOL


def _unlike_comparison(c: Checker, kind: int, plan: CallPlan, result: TypeId) -> str:
    """What keeps a method from being one that another comparison follows from; empty if nothing does."""
    signature = c.program.queries.signature(plan.function)
    if result != BOOL:
        return f"which gives `{c.show(result)}`, not `Bool`"
    if any(param.borrow in (Borrow.MUTABLE, Borrow.IN_PLACE) for param in signature.params):
        return "which changes what it is given"
    fresh = dict(zip(signature.type_params, plan.type_args, strict=True))
    one, other = (c.resolved(c.infer.instantiate(param.type, fresh)) for param in signature.params[:2])
    if signature.params[1].is_rest:
        other = c.infer.args(other)[0]
    return f"which compares `{c.show(one)}` to `{c.show(other)}`" if kind in SWAPPED and one != other else ""


def _receiver(c: Checker, link: int) -> int:
    """What a binary operation is asked of: behind `sb << a`, which gives nothing, that is `sb`."""
    before = c.body.calls.get(c.lhs[link])
    appends = c.kind[link] == c.kind[c.lhs[link]] == nk.SHL and c.types[c.lhs[link]] == VOID
    return before.args[0] if before is not None and appends else c.lhs[link]


def is_named_place(c: Checker, node: int) -> bool:
    """Whether a node is a name, or fields of one: what it stands for can be asked for again."""
    while c.kind[node] == nk.FIELD and node not in c.body.calls:
        node = c.lhs[node]
    return c.kind[node] in (nk.IDENT, nk.SELF)


def as_written(c: Checker, node: int) -> tuple[str, Span]:
    """An operator, and where it is: `>>` and `>>=` are two tokens."""
    tokens, token = c.body.module.tokens, c.token[node]
    if tokens.kind[token] == tk.GT and c.kind[node] in (nk.SHR, nk.ASSIGN_OP):
        return f"{tokens.text(token)}{tokens.text(token + 1)}", tokens.span_of(token, token + 1)
    return tokens.text(token), tokens.span(token)

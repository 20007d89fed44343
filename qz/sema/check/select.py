"""`select`: of several sends and receives on channels, one that is possible, and what is done then."""

from __future__ import annotations

from typing import NamedTuple

from qz.diagnostics.model import Note
from qz.sema.check.branches import join
from qz.sema.check.checker import Checker
from qz.sema.types import ERROR, NEVER, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind

SELECT_MODULE = "concurrency/selection"
CHANNEL_MODULE = "concurrency/channel"
N_ARGUMENTS = {"recv": 0, "send": 1}


class Operation(NamedTuple):
    """What an arm asks for: a word, the node of the channel, and the nodes of what is sent: one or none."""

    word: str
    channel: int
    sent: tuple[int, ...]


def select(c: Checker, node: int, want: TypeId) -> TypeId:
    """The arms of a `select` whose value is used have one type, as those of a `match` do."""
    arms = c.list(c.lhs[node])
    if not arms:
        c.sink.report("QZ0718", c.span(node))
        return ERROR
    default = 0
    result: TypeId = NEVER
    for arm in arms:
        if c.lhs[arm]:
            _arm(c, arm)
        elif default:
            note = Note(c.span(default), "the first is here")
            c.sink.report("QZ0719", c.span(arm), notes=[note])
        else:
            default = arm
        result = join(c, c.tree.extra[c.rhs[arm] + 1], result, want, "select")
    return result


def _arm(c: Checker, arm: int) -> None:
    """Check what an arm waits for, and plan it: the arm itself, and for a receive what it is worth."""
    node = c.lhs[arm]
    binding = c.tree.extra[c.rhs[arm]]
    local = c.decls[arm] - 1
    if local >= 0:
        c.body.locals[local].type = ERROR
    operation = operation_of(c, node)
    if operation is None:
        if c.expr(node) != ERROR:
            c.sink.report("QZ0717", c.extent(node))
        return
    element = _element(c, operation.channel)
    c.types[node] = VOID
    if operation.sent:
        (value,) = operation.sent
        if element == ERROR:
            c.expr(value)
            return
        c.value(value, element)
        _plan(c, arm, "send", (operation.channel, value), element)
        if binding:
            c.sink.report("QZ0409", c.extent(node), label="a send has no value")
    elif element != ERROR:
        _plan(c, arm, "receive", (operation.channel,), element)
        found = _plan(c, node, "received", (), element)
        if local >= 0:
            c.body.locals[local].type = found


def operation_of(c: Checker, node: int) -> Operation | None:
    """`recv(channel)`, `send(channel, value)`, or the same as methods; None for anything else."""
    if c.kind[node] != K.CALL:
        return None
    callee, args = c.lhs[node], c.list(c.rhs[node])
    word = c.text(callee)
    if c.kind[callee] == K.FIELD:
        args = [c.lhs[callee], *args]
    elif c.kind[callee] != K.IDENT:
        return None
    named = any(c.kind[arg] in (K.NAMED_ARG, K.SPREAD) for arg in args)
    if named or N_ARGUMENTS.get(word, -1) != len(args) - 1:
        return None
    return Operation(word, args[0], tuple(args[1:]))


def _element(c: Checker, channel: int) -> TypeId:
    """The type of the values of a channel."""
    found = c.resolved(c.operand(channel))
    if found in (ERROR, NEVER):
        return ERROR
    decl = c.program.library.struct(CHANNEL_MODULE, "Channel")
    element = c.infer.fresh()
    wanted = c.infer.make(TypeKind.STRUCT, (decl.id, element))
    if not c.infer.unify(wanted, found):
        c.sink.report("QZ0400", c.extent(channel), found=c.show(found), expected="Channel<T>")
        return ERROR
    return c.resolved(element)


def _plan(c: Checker, key: int, name: str, args: tuple[int, ...], element: TypeId) -> TypeId:
    """Plan a call of the library for channels of that element; gives its result."""
    function = c.program.library.function(SELECT_MODULE, name)
    c.plan(key, function, args, (element,))
    (param,) = c.program.queries.signature(function).type_params
    return c.infer.instantiate(c.program.queries.result(function, c.infer), {param: element})

"""Tasks: `go` and `async` start a call, `await` waits for what it gives."""

from __future__ import annotations

from qz.sema.check.checker import Checker
from qz.sema.types import ERROR, NEVER, VOID, TypeId, TypeKind
from qz.syntax.nodes import LAMBDAS, NodeKind

K = NodeKind

TASK_MODULE = "concurrency/task"


def go(c: Checker, node: int, want: TypeId) -> TypeId:
    """`go f(x)`, `async f(x)`, `go do -> … end`: a task of what the call gives."""
    started = c.lhs[node]
    result = _block_result(c, started) if c.kind[started] in LAMBDAS else _call_result(c, node, started)
    if result == ERROR:
        return ERROR
    has_result = result not in (VOID, NEVER)
    function = c.program.library.function(TASK_MODULE, "start" if has_result else "start_action")
    c.plan(node, function, (started,), (result,) if has_result else ())
    if want == VOID:
        c.dropped_tasks.append(node)
    return task_type(c, result if has_result else VOID)


def await_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`await t`: what the call of the task gave."""
    waited_for = c.lhs[node]
    found = c.resolved(c.operand(waited_for))
    if found in (ERROR, NEVER):
        return found
    if c.infer.kind(found) is TypeKind.VARIABLE:
        open_task = task_type(c, c.infer.fresh())
        c.infer.unify(found, open_task)
        found = c.resolved(open_task)
    if not is_task(c, found):
        is_call = c.kind[waited_for] == K.CALL
        help_text = f"`await go {c.source(waited_for)}` starts the call and waits for it" if is_call else ""
        c.sink.report("QZ0715", c.extent(waited_for), help=help_text, found=c.show(found))
        return ERROR
    result = c.infer.args(found)[1]
    function = c.program.library.function(TASK_MODULE, "result_of")
    c.plan(node, function, (waited_for,), (result,))
    return result


def task_type(c: Checker, result: TypeId) -> TypeId:
    """The type of the task of a call that gives that."""
    return c.infer.make(TypeKind.STRUCT, (c.program.library.struct(TASK_MODULE, "Task").id, result))


def is_task(c: Checker, type_id: TypeId) -> bool:
    """Whether a type is that of some task."""
    return c.is_library_struct(type_id, TASK_MODULE, "Task")


def _block_result(c: Checker, block: int) -> TypeId:
    """What a block gives, which takes nothing."""
    found = c.expr(block)
    if found == ERROR:
        return ERROR
    _, *params, result = c.infer.args(found)
    if params:
        plural = "parameter" if len(params) == 1 else "parameters"
        c.sink.report("QZ0208", c.span(block), found=f"{len(params)} {plural}", expected="Fn(): T")
        return ERROR
    return c.resolved(result)


def _call_result(c: Checker, node: int, started: int) -> TypeId:
    """What a call gives; anything else cannot be started."""
    found = c.expr(started)
    if found == ERROR or _is_call(c, started):
        return c.resolved(found)
    word = c.text(node)
    c.sink.report("QZ0716", c.extent(started), help=f"write `{word} do -> … end`", word=word)
    return ERROR


def _is_call(c: Checker, started: int) -> bool:
    """Whether a checked node is the call of a function or of a function value."""
    if c.kind[started] != K.CALL or c.kind[c.lhs[started]] == K.OPT_FIELD or started in c.body.variants:
        return False
    return started in c.body.calls or c.infer.kind(c.types[c.lhs[started]]) is TypeKind.FN

"""Blocks, bindings, assignments, control flow."""

from qz.diagnostics.model import Note
from qz.sema.body import Local
from qz.sema.check.checker import Checker, Why
from qz.sema.check.names import struct_field
from qz.sema.check.operators import ARITHMETIC, BITWISE
from qz.sema.decls import ConstDecl, FunctionGroup
from qz.sema.type_syntax import describe
from qz.sema.types import (
    CHAR,
    ERROR,
    INT,
    INTEGERS,
    NEVER,
    NONE,
    NUMBERS,
    STRING,
    VOID,
    TypeId,
    TypeKind,
)
from qz.syntax.compound import operator_of
from qz.syntax.nodes import NodeKind

K = NodeKind


def poison(c: Checker, node: int, want: TypeId) -> TypeId:
    return ERROR


def block(c: Checker, node: int, want: TypeId) -> TypeId:
    """The value of a block is that of its last expression; a block one cannot get through has type `!`."""
    statements = c.list(c.lhs[node])
    if not statements:
        return VOID
    diverges = False
    for statement in statements[:-1]:
        if c.expr(statement, VOID) == NEVER:
            diverges = True
    last = c.expr(statements[-1], want)
    if last == NEVER or diverges:
        return NEVER
    return VOID if want == VOID else last


def var(c: Checker, node: int, want: TypeId) -> TypeId:
    """`var x: T = e`, `x: T = e`."""
    local = c.body.locals[c.decls[node] - 1]
    if c.lhs[node]:
        declared = c.annotation(c.lhs[node])
        c.value(
            c.rhs[node],
            declared if declared != ERROR else NONE,
            _declared_note(c, node, local.name, declared),
        )
        local.type = declared
    else:
        local.type = _bound_type(c, c.rhs[node])
    return VOID


def _declared_note(c: Checker, node: int, name: str, declared: TypeId) -> Why:
    return lambda: Note(c.extent(c.lhs[node]), f"`{name}` is declared `{c.show(declared)}`")


def _local_note(c: Checker, local: Local) -> Why:
    return lambda: Note(c.body.module.tokens.span(local.token), f"`{local.name}` is `{c.show(local.type)}`")


def _bound_type(c: Checker, node: int) -> TypeId:
    found = c.operand(node)
    return ERROR if found == NEVER else found


def assign(c: Checker, node: int, want: TypeId) -> TypeId:
    target, value = c.lhs[node], c.rhs[node]
    if c.decls[node] > 0:
        c.body.locals[c.decls[node] - 1].type = _bound_type(c, value)
        return VOID
    expected = _target(c, target)
    entry = c.decls[target] if c.kind[target] == K.IDENT else 0
    why = _local_note(c, c.body.locals[entry - 1]) if entry > 0 else None
    c.value(value, expected if expected != ERROR else NONE, why)
    return VOID


def _target(c: Checker, target: int) -> TypeId:
    """The type of what is assigned to: a local, a global, a field, an element."""
    kind = c.kind[target]
    if kind == K.IDENT:
        entry = c.decls[target]
        decl = c.program.decls[-entry - 1] if entry < 0 else None
        if isinstance(decl, ConstDecl | FunctionGroup):
            c.sink.report("QZ0502", c.span(target), what=f"{describe(decl)} such as `{decl.name}`")
            return ERROR
        found = c.expr(target)
        return found
    if kind == K.FIELD:
        receiver = c.operand(c.lhs[target])
        if receiver == ERROR:
            return ERROR
        if c.infer.kind(receiver) is TypeKind.STRUCT:
            found = struct_field(c, receiver, c.text(target))
            if found is not None:
                c.types[target] = found
                return found
        c.sink.report("QZ0303", c.span(target), type=c.show(receiver), name=c.text(target))
        return ERROR
    if kind == K.INDEX:
        head = c.lhs[target]
        found = c.expr(target)
        if c.resolved(c.types[head]) == STRING:
            c.sink.report("QZ0502", c.extent(target), what="a character of a `String`")
            return ERROR
        return found
    c.expr(target)  # the parser has refused any other target
    return ERROR


def assign_op(c: Checker, node: int, want: TypeId) -> TypeId:
    """`a += b` is `a = a + b` with `a` evaluated once."""
    target = c.lhs[node]
    expected = c.resolved(_target(c, target))
    kind = operator_of(c.body.module.tokens.kind[c.token[node]])
    if kind == K.COALESCE:
        c.program.report_unsupported(c.span(node), "`??=` is")
        c.expr(c.rhs[node])
        return VOID
    if expected == ERROR:
        c.expr(c.rhs[node])
        return VOID
    if kind in (K.SHL, K.SHR):
        found = c.resolved(c.operand(c.rhs[node], INT))
        fits = (expected in INTEGERS) and (found in INTEGERS or found in (CHAR, ERROR))
    else:
        found = c.resolved(c.operand(c.rhs[node], expected))
        fits = c.infer.accepts(expected, found) and (
            (kind in ARITHMETIC and (expected in NUMBERS or (kind == K.ADD and expected == STRING)))
            or (kind in BITWISE and expected in INTEGERS)
        )
    if not fits and found != ERROR:
        types = f"`{c.show(expected)}` and `{c.show(found)}`"
        c.sink.report("QZ0402", c.span(node), operator=c.text(node), types=types)
    return VOID


def return_(c: Checker, node: int, want: TypeId) -> TypeId:
    value = c.lhs[node]
    if not value:
        if c.result not in (VOID, NONE) and c.resolved(c.result) >= 0 and c.result != ERROR:
            notes = () if c.result_note is None else (c.result_note(),)
            c.sink.report("QZ0704", c.span(node), notes=notes, expected=c.show(c.result))
        return NEVER
    c.returns_value = True
    if c.result == VOID:
        c.expr(value)
        name = c.body.name.rpartition("$")[2]
        c.sink.report("QZ0703", c.extent(value), function=name)
    else:
        c.value(value, c.result, c.result_note)
    return NEVER


def jump(c: Checker, node: int, want: TypeId) -> TypeId:
    loop = c.decls[node]
    if c.kind[node] == K.BREAK and loop:
        c.breaks[loop] = True
        if c.lhs[node]:
            c.expr(c.lhs[node])
            c.program.report_unsupported(c.span(node), "`break` with a value is")
    return NEVER


def while_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`while true` and `loop` without a `break` never end."""
    endless = c.kind[node] == K.LOOP or c.kind[c.lhs[node]] == K.TRUE
    if c.lhs[node]:
        c.condition(c.lhs[node])
    c.expr(c.rhs[node], VOID)
    return NEVER if endless and not c.breaks.get(node) else VOID


def labeled(c: Checker, node: int, want: TypeId) -> TypeId:
    return c.expr(c.lhs[node], want)


def for_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`for x in e` over a range or a vector; `for i, x in v` gives the index too."""
    iterable = c.arena.extra[c.rhs[node]]
    body = c.arena.extra[c.rhs[node] + 1]
    patterns = c.list(c.lhs[node])
    element = _element(c, iterable, len(patterns))
    locals_ = [c.body.locals[c.decls[p] - 1] for p in patterns if c.decls[p]]
    if len(locals_) == 2:
        locals_[0].type = INT
    if locals_:
        locals_[-1].type = element
    if len(patterns) > 2:
        c.program.report_unsupported(c.span(patterns[2]), "more than two names in `for` are")
    c.expr(body, VOID)
    return VOID


def _element(c: Checker, iterable: int, n_names: int) -> TypeId:
    if c.kind[iterable] in (K.RANGE, K.RANGE_INCLUSIVE, K.RANGE_STEP):
        if n_names == 2:
            c.program.report_unsupported(c.span(iterable), "two names over a range are")
        return range_(c, iterable, NONE)
    found = c.resolved(c.operand(iterable))
    if found in (ERROR, NEVER):
        return ERROR
    if c.infer.kind(found) is TypeKind.VEC:
        return c.infer.args(found)[0]
    if found == STRING:
        c.program.report_unsupported(c.extent(iterable), "iterating over a `String` is")
        return ERROR
    help_text = "write a range: `0..n`" if found in INTEGERS else ""
    c.sink.report("QZ0407", c.extent(iterable), help=help_text, type=c.show(found))
    return ERROR


def range_(c: Checker, node: int, want: TypeId) -> TypeId:
    """The type of the bounds of a range, and of its step."""
    if c.kind[node] == K.RANGE_STEP:
        bound = range_(c, c.lhs[node], want)
        c.value(c.rhs[node], bound)
        c.types[node] = bound
        return bound
    low, high = c.lhs[node], c.rhs[node]
    if not low or not high:
        c.program.report_unsupported(c.span(node), "open ranges are")
        return ERROR
    if c.kind[low] == K.INT:
        bound = c.resolved(c.operand(high))
        c.value(low, bound)
    else:
        bound = c.resolved(c.operand(low))
        c.value(high, bound)
    if bound not in INTEGERS and bound not in (CHAR, ERROR) and not c.infer.unify(bound, INT):
        c.sink.report("QZ0400", c.extent(low), found=c.show(bound), expected="Int")
        return ERROR
    c.types[node] = bound
    return INT if bound == CHAR else bound


def range_value(c: Checker, node: int, want: TypeId) -> TypeId:
    range_(c, node, NONE)
    c.program.report_unsupported(c.span(node), "a range outside `for` is")
    return ERROR

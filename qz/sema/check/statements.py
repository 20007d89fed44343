"""Blocks, bindings, assignments, control flow."""

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.body import Local
from qz.sema.check import tuples
from qz.sema.check.assignable import require_place
from qz.sema.check.checker import Checker, Why
from qz.sema.check.element_assignment import assigns_element, plan_update, refuse_element
from qz.sema.check.missing_members import report_missing_field
from qz.sema.check.names import element
from qz.sema.check.operators import OWN, PLAIN, way_to_operands
from qz.sema.check.options import coalesce_assign
from qz.sema.check.overloads import METHODS, as_written, overloaded, overloaded_of
from qz.sema.check.packed import is_packed
from qz.sema.check.ranges import RANGES
from qz.sema.check.records import bound_as, field_type, new_row
from qz.sema.check.slices import is_slicing, row_element
from qz.sema.check.value_structs import holds_value
from qz.sema.decl_nouns import describe
from qz.sema.decls import ConstDecl, FunctionGroup, GlobalDecl
from qz.sema.resolve.reports import report_immutable
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
)
from qz.syntax import node_numbers as nk
from qz.syntax.compound import operator_of
from qz.syntax.nodes import LAMBDAS


def poison(c: Checker, node: int, want: TypeId) -> TypeId:
    return ERROR


def block(c: Checker, node: int, want: TypeId) -> TypeId:
    """The value of a block is that of its last expression; a block one cannot get through has type `!`."""
    statements = c.list(c.lhs[node])
    if not statements:
        return VOID
    diverges = False
    for number, statement in enumerate(statements[:-1]):
        if c.expr(statement, VOID) == NEVER and not diverges:
            diverges = True
            c.unreachable.append((statement, statements[number + 1], statements[-1]))
    last = c.expr(statements[-1], want)
    if last == NEVER or diverges:
        return NEVER
    return VOID if want == VOID else last


def comptime(c: Checker, node: int, want: TypeId) -> TypeId:
    """`comptime e` has the type of `e`, which is evaluated when everything around it has been checked."""
    found = c.expr(c.lhs[node], want)
    c.comptime_nodes.append(node)  # behind those inside it
    return found


def var(c: Checker, node: int, want: TypeId) -> TypeId:
    """`var x: T = e`, `x: T = e`."""
    local = c.body.locals[c.decls[node] - 1]
    if c.lhs[node]:
        fields = new_row(c, c.lhs[node])
        if fields != NONE:
            local.type = bound_as(c, fields, c.rhs[node]) if fields != ERROR else c.expr(c.rhs[node])
            return VOID
        declared = c.lent_annotation(c.lhs[node])
        if c.sink.is_garbled(c.span(node)):
            declared = ERROR  # the line was to say something else
        local.type = declared
        c.value(
            c.rhs[node],
            declared if declared != ERROR else NONE,
            _declared_note(c, node, local.name, declared),
        )
    else:
        local.type = _bound_type(c, c.rhs[node])
    return VOID


def _declared_note(c: Checker, node: int, name: str, declared: TypeId) -> Why:
    return lambda: Note(c.extent(c.lhs[node]), f"`{name}` is declared `{c.show(declared)}`")


def _local_note(c: Checker, local: Local) -> Why:
    return lambda: Note(c.body.module.tokens.span(local.token), f"`{local.name}` is `{c.show(local.type)}`")


def _bound_type(c: Checker, node: int) -> TypeId:
    """The type of what gets the value of a node. Of what could not be read anything may be meant."""
    found = c.operand(node)
    if found == NEVER or (c.sink.n_errors and c.sink.is_garbled(c.span(node))):
        return ERROR
    return found


def assign(c: Checker, node: int, want: TypeId) -> TypeId:
    target, value = c.lhs[node], c.rhs[node]
    if c.decls[node] > 0:
        local = c.body.locals[c.decls[node] - 1]
        if c.kind[value] in LAMBDAS:  # it may call itself by that name
            local.type = c.infer.fresh()
            local.type = c.expr(value)
        else:
            local.type = _bound_type(c, value)
        return VOID
    if c.kind[target] == nk.INDEX:
        container = c.resolved(c.operand(c.lhs[target]))
        if c.kind[c.rhs[target]] not in RANGES and assigns_element(c, node, container):
            return VOID
        expected = _element_target(c, target, container)
        if expected != ERROR and target in c.body.calls:
            refuse_element(c, target, container)
            expected = ERROR
    else:
        expected = _target(c, target)
    entry = c.decls[target] if c.kind[target] == nk.IDENT else 0
    if entry > 0 and not c.body.locals[entry - 1].mutable and (target, entry - 1) not in c.body.writes:
        _assign_immutable(c, c.body.locals[entry - 1], value)
        return VOID
    why = _local_note(c, c.body.locals[entry - 1]) if entry > 0 else None
    c.value(value, expected if expected != ERROR else NONE, why)
    return VOID


def _assign_immutable(c: Checker, local: Local, value: int) -> None:
    """What is assigned to a name that was bound for good, which was reported. If it is of another type,
    another name was meant, and what is said of this one from here on is about that."""
    if not c.infer.accepts(local.type, c.operand(value, local.type)):
        local.type = ERROR


def _target(c: Checker, target: int) -> TypeId:
    """The type of what is assigned to: a local, a global, a field, an element."""
    kind = c.kind[target]
    if kind == nk.IDENT:
        entry = c.decls[target]
        decl = c.program.decls[-entry - 1] if entry < 0 else None
        if isinstance(decl, ConstDecl | FunctionGroup):
            c.sink.report("QZ0502", c.span(target), what=f"{describe(decl)} such as `{decl.name}`")
            return ERROR
        found = c.expr(target)
        return found
    if kind == nk.SELF:
        return c.expr(target)
    if kind == nk.PATH:
        return _of_a_module(c, target)
    if kind == nk.FIELD:
        receiver = c.operand(c.lhs[target])
        if receiver == ERROR:
            return ERROR
        found = field_type(c, receiver, c.text(target))
        if found is not None:
            c.types[target] = found
            if found < 0:
                c.open_nodes.append(target)
            if holds_value(c, c.lhs[target]) or is_packed(c, c.lhs[target]):
                require_place(c, target)
            return found
        if c.infer.kind(receiver) is tyk.TUPLE and tuples.index_of(c.text(target)) >= 0:
            return _tuple_element(c, target, receiver)
        report_missing_field(c, target, receiver)
        return ERROR
    if kind == nk.INDEX:
        return _element_target(c, target, c.resolved(c.operand(c.lhs[target])))
    c.expr(target)  # the parser has refused any other target
    return ERROR


def _element_target(c: Checker, target: int, container: TypeId) -> TypeId:
    found = element(c, target, container, NONE)
    c.types[target] = found
    if c.infer.kind(container) is tyk.ARRAY and not is_slicing(c, target):
        require_place(c, target)
    if found < 0:
        c.open_nodes.append(target)
    if is_slicing(c, target):
        c.sink.report("QZ0502", c.extent(target), what="a slice")
        return ERROR
    if container == STRING:
        help_text = 'a text never changes: `s[..i] + "x" + s[i + 1..]` is another one'
        c.sink.report("QZ0502", c.extent(target), help=help_text, what="a character of a `String`")
        return ERROR
    return found


def _of_a_module(c: Checker, target: int) -> TypeId:
    """The type of `module::name` where that is a variable."""
    found = c.expr(target)
    entry = c.decls[target]
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    if isinstance(decl, GlobalDecl) or found == ERROR:
        return found
    what = f"{describe(decl)} such as `{decl.name}`" if decl is not None else f"`{c.source(target)}`"
    c.sink.report("QZ0502", c.span(target), what=what)
    return ERROR


def _tuple_element(c: Checker, target: int, receiver: TypeId) -> TypeId:
    """`t.0 = e` gives a variable another tuple: it must be one that can be assigned."""
    holder = c.lhs[target]
    while c.kind[holder] == nk.FIELD and c.infer.kind(c.types[c.lhs[holder]]) is tyk.TUPLE:
        holder = c.lhs[holder]
    kind, entry = c.kind[holder], c.decls[holder]
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    if kind == nk.IDENT and entry > 0:
        if not c.body.locals[entry - 1].mutable:
            report_immutable(c.program, c.body, holder, entry - 1)
            return ERROR
    elif not (
        (kind == nk.IDENT and isinstance(decl, GlobalDecl))
        or (kind == nk.FIELD and c.infer.kind(c.types[c.lhs[holder]]) is tyk.STRUCT and decl is None)
        or (kind == nk.INDEX and row_element(c, c.types[c.lhs[holder]]) is not None)
    ):
        c.sink.report("QZ0502", c.extent(target), what="an element of a tuple that no variable holds")
        return ERROR
    elif kind == nk.FIELD and holds_value(c, c.lhs[holder]) and not require_place(c, holder):
        return ERROR
    c.types[target] = found = tuples.element(c, target, receiver)
    return found


def assign_op(c: Checker, node: int, want: TypeId) -> TypeId:
    """`a += b` is `a = a + b` with `a` evaluated once."""
    target = c.lhs[node]
    expected = c.resolved(_target(c, target))
    kind = operator_of(c.body.module.tokens.kind[c.token[node]])
    if kind == nk.COALESCE:
        coalesce_assign(c, node, expected)
        plan_update(c, node)
        return VOID
    if expected == ERROR:
        c.expr(c.rhs[node])
        return VOID
    if expected not in PLAIN:
        found = overloaded(c, node, kind, expected)
        if found != NONE:
            _check_sum(c, node, expected, found)
            plan_update(c, node)
            return VOID
    if kind in (nk.SHL, nk.SHR):
        found = c.resolved(c.operand(c.rhs[node], INT))
        fits = (expected in INTEGERS) and (found in INTEGERS or found in (CHAR, ERROR))
    else:
        found = c.resolved(c.operand(c.rhs[node], expected))
        accepted = c.infer.accepts(expected, found)
        expected = c.resolved(expected)
        fits = accepted and expected in OWN.get(kind, ())
    if not fits and found != ERROR and not _is_by_method(c, node, expected, found):
        types = f"`{c.show(expected)}` and `{c.show(found)}`"
        operator, span = as_written(c, node)
        help_text = f"convert what is on the right: `… as {c.show(expected)}`"
        if expected not in NUMBERS or found not in NUMBERS:
            help_text = way_to_operands(c, kind, expected, found)
        same = c.misfit(c.lhs[node], expected, found) or c.misfit(c.rhs[node], found, expected)
        notes = c.where_bound(c.lhs[node]) + c.where_bound(c.rhs[node])
        c.sink.report(
            "QZ0402",
            span,
            notes=notes,
            help=help_text,
            same=same,
            lacks=METHODS.get(kind, ()),
            operator=operator,
            types=types,
        )
    plan_update(c, node)
    return VOID


def _is_by_method(c: Checker, node: int, left: TypeId, right: TypeId) -> bool:
    """Whether a method is declared for an operation that the language has not."""
    kind = operator_of(c.body.module.tokens.kind[c.token[node]])
    found = overloaded_of(c, node, kind, left, right)
    if found != NONE:
        _check_sum(c, node, left, found)
    return found != NONE


def _check_sum(c: Checker, node: int, expected: TypeId, found: TypeId) -> None:
    """What `a + b` gives must fit a, where `a += b` stores it."""
    if not c.infer.accepts(expected, found):
        c.sink.report("QZ0400", c.span(node), found=c.show(found), expected=c.show(expected))


def return_(c: Checker, node: int, want: TypeId) -> TypeId:
    value = c.lhs[node]
    if not value:
        c.returns_nothing = True
        _require_nothing(c, node, c.result, c.result_note)
        return NEVER
    is_open = c.returns_from != "lambda" and c.infer.kind(c.result) is tyk.VARIABLE
    if c.result == VOID or is_open:
        found = c.expr(value, c.result)
        if found == VOID and c.yielded == NONE:
            c.returns_nothing = True  # behind a call that has no value either
            return NEVER
        c.returns_value = True
        if is_open:
            c.must_fit(value, c.result, found, c.result_note)
            return NEVER
        if c.gives_nothing:
            return NEVER
        _refuse_result(c, value, c.resolved(found))
    else:
        c.returns_value = True
        c.value(value, c.result, c.result_note)
    return NEVER


def _require_nothing(c: Checker, node: int, result: TypeId, why: Why, *, settled: bool = False) -> None:
    """Report a `return` without a value where one is needed; of a result that is open, at the end of the
    body."""
    found = c.infer.finish(result) if settled else c.resolved(result)
    if found in (VOID, NONE, ERROR, c.program.types.unit):
        return
    if found < 0:
        c.later.append(lambda: _require_nothing(c, node, result, why, settled=True))
        return
    notes = () if why is None else (why(),)
    c.sink.report("QZ0704", c.span(node), notes=notes, expected=c.show(found))


def _refuse_result(c: Checker, value: int, found: TypeId) -> None:
    """Report a value that is returned from what gives none."""
    is_function = c.returns_from != "lambda"
    code = "QZ0714" if is_function and c.yielded != NONE else "QZ0703"
    help_text = ""
    if is_function and code == "QZ0703" and found not in (VOID, ERROR, NEVER) and found >= 0:
        help_text = f"the type of a result stands behind the parameters: `: {c.show(found)}`"
    c.sink.report(code, c.extent(value), help=help_text, function=c.returns_from)


def yield_(c: Checker, node: int, want: TypeId) -> TypeId:
    """What is yielded is an element of the iterator that the function gives."""
    c.value(c.lhs[node], c.yielded if c.yielded != ERROR else NONE, c.result_note)
    return VOID


def defer(c: Checker, node: int, want: TypeId) -> TypeId:
    """What is deferred has its effects when the block is left; its value is nobody's."""
    c.expr(c.lhs[node], VOID)
    return VOID

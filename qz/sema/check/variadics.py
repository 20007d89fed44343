"""Parameters that take any number of arguments, and `...`, which gives all elements of a vector at once."""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.sema.body import DEFAULT_ARGUMENT
from qz.sema.check.arguments import place, trailing_block
from qz.sema.check.checker import Checker, Why
from qz.sema.check.value_structs import holds_value
from qz.sema.decls import FunctionDecl, Parameter, Signature
from qz.sema.types import BOOL, ERROR, NEVER, NONE, NUMBERS, POINTER, STRING, TypeId, TypeKind
from qz.syntax import node_numbers as nk


def place_all(
    c: Checker, node: int, function: FunctionDecl, signature: Signature, args: list[int]
) -> tuple[list[int], tuple[int, ...] | None]:
    """The node for each parameter of a call, and what goes to the last one if that takes any number: there
    stands the first of them."""
    callee, params = c.lhs[node], signature.params
    if signature.arity >= 0:
        return place(c, callee, function, params, args, trailing_block(c, node, args)), None
    own: list[int] = []
    rest: list[int] = []
    named = False
    for arg in args:
        if c.kind[arg] == nk.NAMED_ARG:
            named = True
            own.append(arg)
        elif len(own) < len(params) - 1:
            own.append(arg)
        else:
            rest.append(arg)
            if named:
                c.sink.report("QZ0203", c.extent(arg))
    placed = place(c, callee, function, params[:-1], own)
    placed.append(rest[0] if rest else DEFAULT_ARGUMENT)
    return placed, tuple(rest)


def check_rest(
    c: Checker, function: FunctionDecl, param: Parameter, vec: TypeId, rest: Sequence[int]
) -> None:
    """Check the arguments that are the elements of a vector of that type."""
    if c.infer.kind(vec) is not TypeKind.VEC:
        for arg in rest:
            c.expr(arg)
        return
    element = c.infer.args(vec)[0]

    def why() -> Note:
        return Note(function.span, f"`{function.name}` takes `{param.name}...: {c.show(element)}`")

    for arg in rest:
        if c.kind[arg] == nk.SPREAD:
            spread_in(c, arg, vec, why)
        else:
            c.value(arg, element, why)


def spread_in(c: Checker, node: int, vec: TypeId, why: Why) -> None:
    """`...v` among the elements of a vector."""
    c.value(c.lhs[node], vec, why)
    c.types[node] = vec
    if vec < 0:
        c.open_nodes.append(node)


def spread(c: Checker, node: int, want: TypeId) -> TypeId:
    """`...v` anywhere else."""
    c.expr(c.lhs[node])
    c.sink.report("QZ0211", c.extent(node))
    return ERROR


def check_c_argument(c: Checker, node: int) -> None:
    """An argument for which a C function has no parameter: what it is, C has to have."""
    found = c.operand(node)
    if holds_value(c, node):
        c.program.report_unsupported(c.extent(node), "a value struct that a C function does not name is")
        return

    def check() -> None:
        type_id = c.infer.finish(found)
        if type_id not in C_ARGUMENTS:
            c.sink.report("QZ0213", c.extent(node), type=c.show(type_id))

    c.later.append(check)


C_ARGUMENTS = frozenset({*NUMBERS, BOOL, STRING, POINTER, ERROR, NEVER, NONE})
"""What a C function can be given besides its parameters; an open type is reported where it is."""

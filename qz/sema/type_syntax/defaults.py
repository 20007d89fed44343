"""Defaults of parameters and fields: values where they are constant, else functions called at each use.

Such a function is given what its expression mentions of what stands before: `n` in
`def f(n: Int, m = n + 1)`. It only looks at that, since the argument itself goes to the function called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qz.sema.binary.syntax import layout_expressions, value_of_layout
from qz.sema.body import Body, Given
from qz.sema.check import check_expression, check_ownership
from qz.sema.constants.evaluation import evaluate
from qz.sema.data.parts import is_per_type
from qz.sema.decls import ConstValue, FunctionDecl, Parameter
from qz.sema.program import Program
from qz.sema.resolve.lambdas import NOBODYS_NAME
from qz.sema.types import ERROR, NONE, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView, FnView


def read_default(
    program: Program,
    function: FunctionDecl,
    arena: AstArena,
    value: int,
    before: Mapping[int, tuple[int, Parameter]],
    later: Mapping[int, int],
) -> tuple[ConstValue | FunctionDecl, TypeId]:
    """The value of a default, or ``function``, which is to compute it; and its type, which the signature's
    result asks for where it is known.

    ``before`` are the parameters or fields before it by position, with their nodes; ``later`` is as in
    `Body`, its own first.
    """
    signature = function.signature
    assert signature is not None
    names, want = function.type_names, signature.result
    known = [given(program, function, node, arena, param) for node, param in before.values()]
    body = check_expression(
        program, function.module, function.name, arena, value, want, names, function, known, later
    )
    function.takes = tuple(
        [at for at, local in zip(before, body.params, strict=True) if body.locals[local].n_uses]
    )
    found = body.types[value]
    if not function.takes:
        constant = evaluate(program, body, value, quiet=True)
        if constant is not None and not is_per_type(program.types, constant):
            return constant, found
    if found == ERROR and want == NONE and signature.structural and not body.n_errors:
        found = _type_of_mention(program, function, body, value, before, later)
    taken = tuple([before[at][1] for at in function.takes])
    function.signature = replace(signature, params=taken, result=want if want != NONE else found)
    plan = body.calls.get(value)
    function.is_call_place = plan is not None and plan.function.intrinsic == "call_place"
    program.register(function)
    return function, found


def _type_of_mention(
    program: Program,
    function: FunctionDecl,
    body: Body,
    value: int,
    before: Mapping[int, tuple[int, Parameter]],
    later: Mapping[int, int],
) -> TypeId:
    """The type of a default that mentions a parameter which has none: the same, if it is nothing but that."""
    if body.tree.kind[value] in (nk.IDENT, nk.SELF) and function.takes:
        (mentioned,) = [before[at][1] for at in function.takes]
        return mentioned.type
    name = program.interner.text(next(iter(later)))
    span = extent(body.module.tokens, body.tree, value)
    help_text = f"write its type: `{name}: T = …`"
    program.sink.report("QZ0404", span, help=help_text, what=f"the default of `{name}`")
    return ERROR


def given(program: Program, function: FunctionDecl, node: int, arena: AstArena, param: Parameter) -> Given:
    """What a default may mention, a parameter or field that is declared at ``node``. What one is that has no
    type, only an instance knows."""
    assert function.signature is not None
    token = arena.token[node]
    known = replace(param, type=ERROR) if param.type in function.signature.structural else param
    if arena.kind[node] == nk.PARAM_PATTERN:
        return Given(program.interner.intern(NOBODYS_NAME), token, known, arena.lhs[node])
    return Given(function.module.tokens.symbol(token), token, known)


def default_body(program: Program, function: FunctionDecl, arena: AstArena) -> Body:
    """The body of a function that computes a default, something in a layout, or a constant with functions
    in it: one expression."""
    module = function.module
    program.reads.note(function)
    node = parse_item(module.tokens, module.items, function.item, arena, program.sink, with_body=False)
    signature = program.queries.signature(function)
    declared: list[int] = []
    known: list[Given] = []
    if arena.kind[node] == NodeKind.FN:
        declared = FnView(arena, node).params
        value = arena.rhs[declared[function.default_of]]
    elif arena.kind[node] in (NodeKind.CONST, NodeKind.GLOBAL):
        value = arena.rhs[node]
    elif arena.kind[node] == NodeKind.BINARY:
        value = layout_expressions(arena, node)[function.default_of]
        known = [value_of_layout(program, arena, value, param) for param in signature.params]
    else:
        declared = AggregateView(arena, node).members
        value = arena.rhs[declared[function.default_of]]
    for at, param in zip(function.takes, signature.params, strict=False):
        known.append(given(program, function, declared[at], arena, param))
    result, names = signature.result, function.type_names
    body = check_expression(program, module, function.symbol, arena, value, result, names, function, known)
    body.result = result
    if function.takes:
        check_ownership(program, function, body)
    return body


def check_default(program: Program, function: FunctionDecl) -> None:
    """Report what a default does with what it is given that it must not."""
    assert function.signature is not None
    if function.takes and not function.signature.structural:
        with program.arenas.function(function.symbol) as arena:
            default_body(program, function, arena)

"""Bodies of the functions that stand for C functions and intrinsics where these are used as values.

There is no source to parse: the tree is a call, with a name for each parameter of the declaration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.body import Body, CallPlan, Local, LocalKind
from qz.sema.types import NONE
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import FnView

if TYPE_CHECKING:
    from qz.sema.decls import FunctionDecl
    from qz.sema.program import Program

K = NodeKind


def wrapper_body(program: Program, wrapper: FunctionDecl, arena: AstArena) -> Body:
    """A checked body that calls what ``wrapper`` wraps with its own parameters."""
    wrapped, signature = wrapper.wraps, wrapper.signature
    assert wrapped is not None
    assert signature is not None
    module = wrapper.module
    declaration = parse_item(module.tokens, module.items, wrapper.item, arena, program.sink, with_body=False)
    tokens = [arena.token[param] for param in FnView(arena, declaration).params]
    first = arena.n
    call = first + len(tokens)
    rows = [word for token in tokens for word in (K.IDENT, token, 0, 0)]
    arena.append([*rows, K.CALL, arena.token[declaration], 0, 0], [])
    body = Body(module, wrapper.symbol, arena, call, [0] * arena.n, [NONE] * arena.n)
    for index, (token, param) in enumerate(zip(tokens, signature.params, strict=True)):
        body.locals.append(Local(param.name, LocalKind.PARAMETER, token, param.type))
        body.params.append(index)
        body.decls[first + index] = index + 1
        body.types[first + index] = param.type
    body.types[call] = signature.result
    body.calls[call] = CallPlan(wrapped, tuple(range(first, call)))
    body.result = signature.result
    return body

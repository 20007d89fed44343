"""What an expression's value is wanted for, as the walk over a body tells each node."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from qz.sema.decls import FunctionDecl
from qz.sema.program import Program
from qz.sema.types import TypeKind
from qz.syntax.nodes import NodeKind


class Kept(NamedTuple):
    """Somebody owns it from now on; ``why`` says in words how that came about."""

    why: str
    function: FunctionDecl | None = None


class Seen(NamedTuple):
    """It is only looked at; or, ``is_needed`` or not, at most that."""

    is_needed: bool = True


class Given(NamedTuple):
    """It is an argument, and what becomes of it depends on the body of the function."""

    function: FunctionDecl
    position: int


Use: TypeAlias = Kept | Seen | Given

K = NodeKind

THROUGH = frozenset({K.UNWRAP, K.CAST, K.ONCE, K.OPT_VALUE, K.NAMED_ARG, K.FIELD_INIT, K.LABELED})
"""What hands on the value on its left, or a part of it, and does nothing else."""

_ROWS = frozenset({TypeKind.VEC, TypeKind.ARRAY})

LOOK = Seen()
UNUSED = Seen(is_needed=False)
BOUND = Kept("bound to another name here")
STORED = Kept("stored here")
RETURNED = Kept("returned here")
TAKEN_APART = Kept("taken apart here")


def put_away(program: Program, function: FunctionDecl) -> frozenset[int]:
    """The positions of what an intrinsic, which has no body to tell, keeps: elements of a vector or an array
    that it is given or gives, and what it gives a reference to."""
    types, signature = program.types, program.queries.signature(function.generic or function)
    around = (*(parameter.type for parameter in signature.params), signature.result)
    kept = {types.args[one][0] for one in around if types.kinds[one] in _ROWS}
    if signature.result_borrow:
        kept.add(signature.result)
    return frozenset(at for at, parameter in enumerate(signature.params) if parameter.type in kept)

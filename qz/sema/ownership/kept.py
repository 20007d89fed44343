"""Which lambdas of a body may live longer than the call or the block that they are made for.

A lambda is not kept if it is called where it stands, or if it goes to a parameter that its function does not
keep, or if it has an immutable name of which nothing else than that is made. So it may lie on the stack, and
so may the variables that it shares, unless another lambda, which is kept, captures the same. What the
functions called do with their parameters is asked of their bodies, in the same way.
"""

from __future__ import annotations

from collections import Counter

from qz.sema.body import Body, CallPlan
from qz.sema.decls import FunctionDecl, TraitDecl
from qz.sema.program import Program
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind

K = NodeKind

_OUTLIVING = frozenset({K.YIELD, K.GO, K.ASYNC})
"""With one of these in it, a call may go on when the function that made it is left."""


def find_kept(program: Program, body: Body, function: FunctionDecl | None = None) -> None:
    """Fill in `Lambda.is_kept` and `Local.is_kept`; ``function``: whose parameters are asked for."""
    if not _OUTLIVING.isdisjoint(body.tree.kind):
        return  # what is kept where nothing else is known
    harmless = {node for node in body.lent if not _is_kept(program, body, node, function)}
    locals_ = Counter(body.decls[node] - 1 for node in harmless if body.tree.kind[node] == K.IDENT)

    def is_only_lent(local: int) -> bool:
        return body.locals[local].n_uses == locals_[local]

    for node, found in body.lambdas.items():
        found.is_kept = node not in harmless and not (found.name >= 0 and is_only_lent(found.name))
    for index, local in enumerate(body.locals):
        local.is_kept = index in body.params and not is_only_lent(index)
    named = {found.name: found for found in body.lambdas.values() if found.name >= 0}
    pending = [found for found in body.lambdas.values() if found.is_kept]
    while pending:
        for local in pending.pop().captures:
            body.locals[local].is_kept = True
            captured = named.get(local)
            if captured is not None and not captured.is_kept:
                captured.is_kept = True
                pending.append(captured)


def _is_kept(program: Program, body: Body, node: int, function: FunctionDecl | None) -> bool:
    """Whether the function that a value is lent to may keep it."""
    loan = body.lent[node]
    if loan is None:
        return False
    call, index = loan
    plan = body.calls.get(call)
    called = None if plan is None else _body_called(program, plan)
    if called is None:
        return True
    if called is function and _is_parameter(body, node, index):
        return False  # the same again: then it does whatever else the function does
    return index in _kept_parameters(program, called)


def _body_called(program: Program, plan: CallPlan) -> FunctionDecl | None:
    """The function whose body says what a call does; None where only the run knows."""
    function = plan.function
    generic = function.generic
    if plan.slot >= 0:
        return None
    if isinstance(function.module.owners.get(function.owner), TraitDecl):
        return None if generic is None else function
    # What is done with a parameter that has no type shows only in an instance.
    if generic is None or program.queries.signature(generic).structural:
        return function
    return generic


def _is_parameter(body: Body, node: int, index: int) -> bool:
    return body.tree.kind[node] == K.IDENT and body.decls[node] - 1 == body.params[index]


def _kept_parameters(program: Program, function: FunctionDecl) -> frozenset[int]:
    """The positions of the parameters whose values a function may keep: store, return, capture for good."""
    if function.kept is not None:
        program.reads.again("kept", function.id)
        return function.kept
    with program.reads.of("kept", function.id):
        # Whoever asks again meanwhile, and of a function without a body: all of them.
        signature = program.queries.signature(function)
        function.kept = frozenset(range(len(signature.params)))
        has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
        if has_body and not function.abi:
            with program.arenas.function(function.symbol) as arena:
                body = program.queries.body(function, arena)
                find_kept(program, body, function)
                params = enumerate(body.params)
                function.kept = frozenset(i for i, local in params if body.locals[local].is_kept)
                function.kept |= signature.in_defaults
    return function.kept

"""Type parameters: from `<T: Show, const N: Int>` and `where` to PARAM types and what binds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qz.diagnostics.suggest import did_you_mean
from qz.sema.data.param_names import distinct
from qz.sema.decls import Bound
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind


class TypeParams(NamedTuple):
    """``names`` has the enclosing parameters too; ``own`` and ``bounds`` are those of this header."""

    names: dict[int, TypeId]
    own: tuple[TypeId, ...]
    bounds: tuple[Bound, ...]


def read_type_params(
    program: Program,
    module: ModuleEnv,
    arena: AstArena,
    nodes: Sequence[int],
    where: Sequence[int],
    owner: int,
    enclosing: Mapping[int, TypeId],
) -> TypeParams:
    """The type parameters that a header declares; ``owner`` is the id of the declaration they belong to."""
    names = dict(enclosing)
    own: list[TypeId] = []
    for node in distinct(program, module, arena, nodes):
        symbol = module.tokens.symbol(arena.token[node])
        names[symbol] = program.types.make(TypeKind.PARAM, symbol, owner)
        own.append(names[symbol])
        if arena.kind[node] == NodeKind.CONST_PARAM:
            TypeSyntax(program, module, {}).constant_parameter(arena, node, names[symbol])
    syntax = TypeSyntax(program, module, names)
    bounds: list[Bound] = []
    for node in [*nodes, *where]:
        if arena.kind[node] == NodeKind.CONST_PARAM:
            continue
        param = names.get(module.tokens.symbol(arena.token[node]))
        if param is None:
            name = module.tokens.text(arena.token[node])
            known = [program.interner.text(symbol) for symbol in names]
            span = module.tokens.span(arena.token[node])
            program.sink.report("QZ0301", span, help=did_you_mean(name, known), name=name)
            continue
        for bound in arena.list(arena.lhs[node]):
            trait = syntax.trait(arena, bound)
            if trait != ERROR:
                bounds.append(Bound(param, trait))
    return TypeParams(names, tuple(own), tuple(bounds))

"""`dyn A & B`: a trait that nobody wrote, which extends those that are named and asks for nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from qz.base.source import Span
from qz.sema.decls import Bound, TraitDecl
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import TypeKind


def combined(program: Program, module: ModuleEnv, span: Span, heads: tuple[int, ...]) -> TraitDecl:
    """The trait that extends several, given by the ids of their declarations."""
    decl = program.combined_traits.get(heads)
    if decl is None:
        decl = program.combined_traits[heads] = _declare(program, module, span, heads)
    return decl


def _declare(program: Program, module: ModuleEnv, span: Span, heads: Sequence[int]) -> TraitDecl:
    """The declaration; it has the parameters of all of them, one after the other."""
    types, intern = program.types, program.interner.intern
    extended = [trait for head in heads if isinstance(trait := program.decls[head], TraitDecl)]
    decl = TraitDecl(module, -1, " & ".join(trait.name for trait in extended), span, is_combined=True)
    program.register(decl)
    decl.self_type = types.make(TypeKind.PARAM, intern("Self"), decl.id)
    decl.type_params = (decl.self_type,)
    bounds: list[Bound] = []
    for trait in extended:
        own = [
            types.make(TypeKind.PARAM, intern(f"{trait.name}.{types.args[param][0]}"), decl.id)
            for param in trait.type_params[1:]
        ]
        decl.type_params += tuple(own)
        bounds.append(Bound(decl.self_type, types.make(TypeKind.TRAIT, trait.id, *own)))
    decl.type = types.make(TypeKind.TRAIT, decl.id, *decl.type_params[1:])
    decl.bounds = (Bound(decl.self_type, decl.type), *bounds)
    return decl

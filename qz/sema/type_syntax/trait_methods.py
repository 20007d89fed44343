"""What the header of a method takes from the trait that it implements, or is declared in."""

from __future__ import annotations

from dataclasses import replace

from qz.sema.decls import ImplDecl, OwnerDecl, Parameter, Signature, TraitDecl
from qz.sema.program import Program
from qz.sema.types import ERROR, NONE, VOID, TypeId, TypeKind


def is_of_any_type(program: Program, owner: OwnerDecl | None, name: str) -> bool:
    """Whether this is a method of a trait, or implements one that gives a `dyn`."""
    if not isinstance(owner, ImplDecl) or owner.trait in (NONE, ERROR):
        return isinstance(owner, TraitDecl)
    pending = [signature.result for signature in _asked_for(program, owner, name)]
    for type_id in pending:
        pending += program.types.parts(type_id)
    return any(program.types.kinds[part] is TypeKind.DYN for part in pending)


def holds_nothing(program: Program, owner: OwnerDecl | None) -> bool:
    """Whether a declaration is an `impl` of something like `Source<Void>`."""
    if not isinstance(owner, ImplDecl) or owner.trait in (NONE, ERROR):
        return False
    return program.types.unit in program.types.args[owner.trait][1:]


def where_nothing_is_held(
    program: Program, owner: OwnerDecl | None, name: str, params: list[Parameter], result: TypeId
) -> tuple[list[Parameter], TypeId]:
    """In an `impl` of `Source<Void>`, the `Void` of `def give(self): Void` is what a value of the trait's
    parameter holds."""
    types = program.types
    if not holds_nothing(program, owner):
        return params, result
    assert isinstance(owner, ImplDecl)
    given = types.args[owner.trait][1:]
    signatures = _asked_for(program, owner, name)
    asked = next((found for found in signatures if len(found.params) == len(params)), None)
    if asked is None:
        return params, result
    stands_for = dict(zip(_trait_of(program, owner).type_params, (owner.self_type, *given), strict=True))

    def held(found: TypeId, declared: TypeId) -> TypeId:
        is_held = found in (VOID, NONE) and types.substitute(declared, stands_for) == types.unit
        return types.unit if is_held else found

    params = [
        replace(param, type=held(param.type, other.type))
        for param, other in zip(params, asked.params, strict=True)
    ]
    return params, held(result, asked.result)


def _trait_of(program: Program, owner: ImplDecl) -> TraitDecl:
    declared = program.decls[program.types.args[owner.trait][0]]
    assert isinstance(declared, TraitDecl)
    return declared


def _asked_for(program: Program, owner: ImplDecl, name: str) -> list[Signature]:
    """The methods of a name that the trait of an `impl` declares."""
    group = _trait_of(program, owner).methods.get(program.interner.intern(name))
    return [program.queries.signature(asked) for asked in (group.functions if group else ())]

"""Methods that no call or operator means, since the type has another one, or the operator itself."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.check.operators import is_own
from qz.sema.decls import DerivedDecl, FunctionDecl, ImplDecl, TraitDecl
from qz.sema.given_traits import is_given, report_given
from qz.sema.methods import rank
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program


def lint_extensions(program: Program, module: ModuleEnv) -> None:
    """Report those that a module declares."""
    for owner in module.owners.values():
        if isinstance(owner, ImplDecl) and not is_given(program, owner):
            for function in program.methods.own_functions(owner):
                params = [param.type for param in program.queries.signature(function).params]
                if is_own(function.name, params):
                    report_given(program, owner.self_type, function.name, function.span)
                elif owner.extends:
                    _lint_method(program, owner, function)


def _lint_method(program: Program, extension: ImplDecl, function: FunctionDecl) -> None:
    group = extension.methods.get(program.interner.intern(function.name))
    for other in group.functions if group is not None else ():
        if not isinstance(other, DerivedDecl) and _comes_first(program, other, function, extension):
            notes = [Note(other.span, "this one is called")]
            program.sink.report("QZ7017", function.span, notes=notes, name=function.name)
            return


def _comes_first(program: Program, other: FunctionDecl, function: FunctionDecl, extension: ImplDecl) -> bool:
    """Whether ``other`` is meant by every call that could mean the method of an `extend`."""
    if rank(other) >= rank(function) or _arity(other) != _arity(function):
        return False
    overlap, owner = program.types.overlap, other.module.owners.get(other.owner)
    if isinstance(owner, TraitDecl):  # its body for all types, of which the extended one may be
        kind, declaration = program.methods.key(extension.self_type)
        impls = program.methods.implementations(owner.id, kind, declaration)
        return any(overlap(impl.self_type, extension.self_type, {}) for impl in impls)
    return isinstance(owner, ImplDecl) and overlap(owner.self_type, extension.self_type, {})


def _arity(function: FunctionDecl) -> int:
    return function.module.items.n_params[function.item]

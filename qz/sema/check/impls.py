"""Whether an `impl Trait for Type` keeps what it says: every method there, nothing else, each as declared."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import Body
from qz.sema.check.assignable import way_to_change
from qz.sema.check.checker import Checker
from qz.sema.check.table import RULES
from qz.sema.check.traits import (
    fits,
    header,
    implements,
    missing_methods,
    trait_decl,
    why_not,
    with_supertraits,
)
from qz.sema.decls import FunctionDecl, ImplDecl, TraitDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.types import ERROR, TypeId


def check_impl(program: Program, impl: ImplDecl) -> None:
    """Report what an `impl` of a trait lacks or has too much of."""
    if not impl.trait or ERROR in (impl.trait, impl.self_type) or impl.negative:
        return
    with program.arenas.function("impl") as arena:
        body = Body(impl.module, "impl", arena, 0, [], [], type_scope=impl.names)
        c = Checker(program, body, RULES)
        for bound in impl.bounds:
            c.bounds.setdefault(bound.param, []).append(bound.trait)
        decl = trait_decl(c, impl.trait)
        elsewhere: dict[TypeId, list[FunctionDecl]] = {}
        for function in program.methods.own_functions(impl):
            declares = _extended_with(c, impl, function)
            if declares is None:
                _check_method(c, impl, decl, function)
            else:
                elsewhere.setdefault(declares, []).append(function)
        for trait, functions in elsewhere.items():
            _report_elsewhere(c, impl, decl, trait, functions)
        _check_complete(c, impl, decl)


def _extended_with(c: Checker, impl: ImplDecl, function: FunctionDecl) -> TypeId | None:
    """The trait that declares a method, if it is one that the trait of the `impl` extends."""
    name = c.program.interner.intern(function.name)
    traits = with_supertraits(c, impl.self_type, impl.trait)
    found = next((trait for trait in traits if name in trait_decl(c, trait).methods), impl.trait)
    return None if found == impl.trait else found


def _report_elsewhere(
    c: Checker, impl: ImplDecl, decl: TraitDecl, trait: TypeId, functions: list[FunctionDecl]
) -> None:
    """Report methods that belong into an `impl` of a trait that this one extends: where they begin."""
    shown, subject = c.show(trait), c.show(impl.self_type)
    names = ", ".join(f"`{function.name}`" for function in functions)
    notes = [Note(decl.span, f"`{decl.name}` extends `{shown}`, which declares {names}")]
    help_text = f"write {'them' if len(functions) > 1 else 'it'} in `impl {shown} for {subject}`"
    first = functions[0]
    c.sink.report("QZ0316", first.span, notes=notes, help=help_text, trait=decl.name, name=first.name)


def _check_method(c: Checker, impl: ImplDecl, decl: TraitDecl, function: FunctionDecl) -> None:
    group = decl.methods.get(c.program.interner.intern(function.name))
    if group is None:
        known = [f.name for g in decl.methods.values() for f in g.functions]
        hint = did_you_mean(function.name, known)
        notes = [Note(decl.span, f"`{decl.name}` is declared here")]
        c.sink.report("QZ0316", function.span, notes=notes, help=hint, trait=decl.name, name=function.name)
    elif not any(fits(c, function, asked, impl.self_type, impl.trait) for asked in group.functions):
        asked = group.functions[0]
        declared, found = header(c, asked, impl.self_type, impl.trait), header(c, function)
        notes = [Note(asked.span, f"`{decl.name}` declares `{declared}`")]
        way = way_to_change(c, impl) if _changes_self(c, function) and not _changes_self(c, asked) else ""
        c.sink.report(
            "QZ0317", function.span, notes=notes, help=way, name=function.name, found=found, trait=decl.name
        )


def _changes_self(c: Checker, function: FunctionDecl) -> bool:
    """Whether a method has `&mut self` of a value that has no block of its own."""
    signature = c.program.queries.signature(function)
    return signature.has_self and signature.params[0].borrow is Borrow.IN_PLACE


def _check_complete(c: Checker, impl: ImplDecl, decl: TraitDecl) -> None:
    lacking = missing_methods(c, impl.self_type, impl.trait)
    if lacking and lacking != [decl.name]:
        wrong = set(map(c.program.interner.text, impl.methods))  # which is reported already
        names = [name for name in lacking if name not in wrong]
        if names:
            notes = [Note(decl.span, f"`{decl.name}` is declared here")]
            shown = ", ".join(f"`{name}`" for name in names)
            c.sink.report("QZ0315", impl.span, notes=notes, lacks=names, trait=decl.name, methods=shown)
        return
    for extended in with_supertraits(c, impl.self_type, impl.trait):
        if extended != impl.trait and not implements(c, impl.self_type, extended):
            notes = [Note(decl.span, f"`{decl.name}` extends `{c.show(extended)}`")]
            notes += why_not(c, impl.self_type, extended)
            subject, shown = c.show(impl.self_type), c.show(extended)
            c.sink.report("QZ0313", impl.span, notes=notes, lacks=[shown], type=subject, trait=shown)

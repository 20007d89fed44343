"""What is reported of a name that stands where a type has to, and is none."""

from __future__ import annotations

from collections.abc import Sequence

from qz.base.interner import unmarked
from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.other_words import OTHER_TYPES
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decl_nouns import describe
from qz.sema.decls import TYPE_DECLS, Ambiguity, Decl, TraitDecl, UnsupportedDecl
from qz.sema.loading.elsewhere import (
    declared_elsewhere,
    declared_in_library,
    report_no_module,
    report_without,
)
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import NAMED_TYPES, ROWS


def report_unknown(
    program: Program,
    module: ModuleEnv,
    decl: Decl | Ambiguity | None,
    token: int,
    name: str,
    known: Sequence[str] = (),
    qualifier: int = 0,
) -> None:
    """``name``, behind ``qualifier`` if there is one, means ``decl``, or nothing. It may be one of ``known``,
    misspelt, or any type without them."""
    span = module.tokens.span(token)
    symbol = module.tokens.symbol(token)
    if symbol in module.items.foreign_names or name.endswith("?"):
        return  # reported where it was read
    if decl is None and module.is_excused(symbol):
        return
    if decl is None and qualifier and _report_qualified(program, module, qualifier, span, symbol):
        return
    if isinstance(decl, UnsupportedDecl):
        program.report_unsupported(span, decl.what)
    elif isinstance(decl, Ambiguity):
        notes = [Note(d.span, f"from module `{d.module.name}`") for d in (decl.first, decl.second)]
        program.sink.report("QZ0602", span, notes=notes, name=name)
    elif decl is not None:
        _report_other(program, span, decl, name)
    else:
        elsewhere = declared_elsewhere(program, module, symbol)
        hint = elsewhere.help or OTHER_TYPES.get(name, "") or _of_variant(module, symbol, name)
        if not hint and not elsewhere.notes and program.sink.suggests:
            hint = declared_in_library(program, module, symbol)
            hint = hint or did_you_mean(name, known or _type_names(module))
        same = (module.unknown(name),)
        program.sink.report("QZ0301", span, notes=elsewhere.notes, help=hint, same=same, name=name)


def _report_qualified(program: Program, module: ModuleEnv, qualifier: int, span: Span, symbol: int) -> bool:
    """Whether `module::Name` was reported for what stands in front; not where ``symbol`` is that of a variant
    of the module's, which is said of a type whatever stands in front."""
    handle = module.import_named(module.tokens.symbol(qualifier))
    if handle is None:
        report_no_module(program, module, qualifier)
    elif handle.target is not None:
        symbol = unmarked(symbol)
        if handle.target.public_variants(symbol):
            return False
        report_without(program, module, handle.target, span, symbol)
    return True


def _of_variant(module: ModuleEnv, symbol: int, name: str) -> str:
    """What is said of a type by whose name a variant goes."""
    variants = module.find_variants(symbol)
    if len(variants) != 1:
        return ""
    return (
        f"`{name}` is a variant of `{variants[0].enum.name}`, which is the type; one is made by `{name}(…)`"
    )


def _report_other(program: Program, span: Span, decl: Decl, name: str) -> None:
    """The name of something that is no type."""
    notes = [Note(decl.span, "declared here")]
    if isinstance(decl, TraitDecl):
        shown = f"{name}<…>" if decl.type_params[1:] else name
        hint = "" if decl.module.is_own else OTHER_TYPES.get(name, "")
        hint = hint or f"`dyn {shown}` is a value of any such type, and a parameter may be `impl {shown}`"
        program.sink.report("QZ0309", span, notes=notes, help=hint, name=name, what="a trait")
    else:
        program.sink.report("QZ0309", span, notes=notes, name=name, what=describe(decl))


def _type_names(module: ModuleEnv) -> list[str]:
    known = [d.name for d in module.visible_names() if isinstance(d, TYPE_DECLS)]
    return [*known, *NAMED_TYPES, *ROWS]

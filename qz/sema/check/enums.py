"""Variants: which one a name means, and making a value of it.

A name is looked up in the type that is asked for first, then among the variants that are visible. A variant
of a generic enum is made with fresh variables for the type arguments, which the payload, the type asked for
or a later use binds.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.diagnostics.model import Note
from qz.diagnostics.other_words import other_variant
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.body import DEFAULT_ARGUMENT, VariantPlan
from qz.sema.check.arguments import place
from qz.sema.check.checker import Checker, Why
from qz.sema.check.type_arguments import apply_type_arguments, has_type_arguments
from qz.sema.decls import AliasDecl, EnumDecl, Field, Parameter, Variant, VariantDecl
from qz.sema.loading.elsewhere import declared_elsewhere, declared_in_library
from qz.sema.types import ERROR, N_SCALARS, NONE, VOID, TypeId
from qz.syntax import node_numbers as nk


class FoundVariant(NamedTuple):
    """A variant, and the enum type it would be made or matched in: `ERROR` where it was reported that nobody
    knows which."""

    type: TypeId
    enum: EnumDecl
    variant: Variant


def enum_of(c: Checker, type_id: TypeId) -> EnumDecl | None:
    """The declaration of an enum type; None for any other type."""
    if c.infer.kind(type_id) is not tyk.ENUM:
        return None
    decl = c.program.decls[c.infer.args(type_id)[0]]
    assert isinstance(decl, EnumDecl)
    return decl


def instance(c: Checker, enum: EnumDecl) -> TypeId:
    """The enum's type with fresh variables for its parameters."""
    if not enum.type_params:
        return enum.type
    return c.infer.make(tyk.ENUM, (enum.id, *[c.infer.fresh() for _ in enum.type_params]))


def payload_types(c: Checker, type_id: TypeId, enum: EnumDecl, variant: Variant) -> list[TypeId]:
    """The types of a variant's payload in a type of its enum."""
    if not enum.type_params:
        return [field.type for field in variant.fields]
    arguments = dict(zip(enum.type_params, c.infer.args(type_id)[1:], strict=True))
    return [c.infer.instantiate(field.type, arguments) for field in variant.fields]


def find_variant_of(c: Checker, head: int, name: str) -> FoundVariant | None:
    """`Enum::Variant` and `Enum.Variant`, by the node of the type's name, which may be that of an alias."""
    entry = c.decls[head]
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    type_id = ERROR
    if isinstance(decl, EnumDecl):
        type_id = instance(c, decl)
    elif isinstance(decl, AliasDecl):
        type_id = c.program.queries.alias(decl)
    return find_variant_in(c, type_id, name)


def find_variant_in(c: Checker, type_id: TypeId, name: str) -> FoundVariant | None:
    """The variant of that name that a type has, or None."""
    enum = enum_of(c, type_id)
    variant = c.program.queries.variants(enum).get(name) if enum is not None else None
    if enum is None or variant is None:
        return None
    return FoundVariant(type_id, enum, variant)


def find_variant(c: Checker, name: int, want: TypeId) -> FoundVariant | None:
    """The variant that a node names (IDENT, PATH, the name in a pattern), or None."""
    if c.kind[name] == nk.PATH and c.decls[name] == 0:
        return find_variant_of(c, c.lhs[name], c.text(name))
    expected = enum_of(c, want) if want < 0 or want >= N_SCALARS else None
    if expected is not None and c.kind[name] != nk.PATH:
        variant = c.program.queries.variants(expected).get(c.text(name))
        if variant is not None:
            return FoundVariant(c.resolved(want), expected, variant)
    entry = c.decls[name]
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    if not isinstance(decl, VariantDecl):
        return None
    variant = c.program.queries.variants(decl.enum)[decl.name]
    is_ambiguous = c.kind[name] != nk.PATH and _refuse_ambiguity(c, name, decl, want)
    return FoundVariant(ERROR if is_ambiguous else instance(c, decl.enum), decl.enum, variant)


def none_of(c: Checker, want: TypeId) -> FoundVariant | None:
    """What `nil` is: the variant `None` of the `Option` that is asked for, or of one that is open. None where
    the prelude is not imported."""
    prelude = c.body.module.prelude
    option = prelude.everywhere(c.program.interner.intern("Option")) if prelude is not None else None
    if not isinstance(option, EnumDecl):
        return None
    type_id = c.resolved(want) if enum_of(c, want) is option else instance(c, option)
    return FoundVariant(type_id, option, c.program.queries.variants(option)["None"])


def is_of_several(c: Checker, node: int) -> bool:
    """Whether an expression is a variant that two enums have, named without either."""
    name = c.tree.callee(node) if c.kind[node] == nk.CALL else node
    return c.kind[name] == nk.IDENT and len(_candidates(c, name)) > 1


def _candidates(c: Checker, name: int) -> list[VariantDecl]:
    """The variants that a name without an enum may be; none if it is something else."""
    entry = c.decls[name]
    decl = c.program.decls[-entry - 1] if entry < 0 else None
    candidates = c.body.module.find_variants(c.symbol(name)) if isinstance(decl, VariantDecl) else []
    return candidates if decl in candidates else []


def _refuse_ambiguity(c: Checker, name: int, decl: VariantDecl, want: TypeId) -> bool:
    """Two enums that give one name are told apart by the type asked for, and by nothing else."""
    candidates = _candidates(c, name)
    if len(candidates) < 2 or want == ERROR:
        return len(candidates) > 1
    notes = [Note(v.span, f"a variant of `{v.enum.name}`") for v in candidates]
    written = _joined([f"`{v.enum.name}::{v.name}`" for v in candidates], "or")
    hint = f"where no type that is asked for tells which, write {written}"
    enums = _joined([f"of `{v.enum.name}`" for v in candidates], "and")
    c.sink.report("QZ0110", c.span(name), notes=notes, help=hint, name=decl.name, enums=enums)
    return True


def _joined(parts: list[str], word: str) -> str:
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def report_unknown_name(c: Checker, node: int) -> None:
    """Report a name with a capital that is neither visible nor a variant of the type asked for."""
    if c.symbol(node) in c.body.module.items.foreign_names or c.body.module.is_excused(c.symbol(node)):
        return
    name = c.text(node)
    hint, notes = declared_elsewhere(c.program, c.body.module, c.symbol(node))
    if not hint and not notes and c.sink.suggests:
        hint = declared_in_library(c.program, c.body.module, c.symbol(node))
    if not hint and not notes and c.sink.suggests:
        known = [d.name for d in c.body.module.visible_names()]
        hint = other_variant(name, known) or did_you_mean(name, known)
    same = (c.body.module.unknown(name),)
    c.sink.report("QZ0302", c.span(node), notes=notes, help=hint, same=same, name=name)


def report_unknown_variant(c: Checker, node: int, enum: EnumDecl) -> None:
    """Report `Enum::Name` or `Enum.Name` that is neither variant nor method."""
    if enum.lacks_variants:
        return
    known = [*enum.names, *c.program.methods_of(enum.type)]
    name = c.text(node)
    help_text, same = did_you_mean(name, known), (c.body.module.unknown(name),)
    c.sink.report("QZ0100", c.span(node), help=help_text, same=same, type=enum.name, name=name)


def named_variant(c: Checker, node: int, found: FoundVariant, want: TypeId) -> TypeId:
    """A variant named without a call: a value, or the function that makes one of what it holds."""
    if not found.variant.fields or found.type == ERROR or c.infer.kind(want) is tyk.ENUM:
        return construct(c, node, node, found, [], want)
    type_id, enum, variant = found
    _learn_arguments(c, node, found)
    function = c.infer.make(tyk.FN, (0, *payload_types(c, type_id, enum, variant), type_id))
    if enum.type_params and c.infer.kind(want) is tyk.FN:
        c.infer.accepts(want, function)
    c.decls[node] = -(enum.names[variant.name].id + 1)
    return c.resolved(function)


def _learn_arguments(c: Checker, node: int, found: FoundVariant) -> None:
    """`Some<Int>`: the type arguments of the enum, where a variant is named with some."""
    if has_type_arguments(c, node):
        arguments = c.infer.args(c.resolved(found.type))[1:]
        given = dict(zip(found.enum.type_params, arguments, strict=True))
        apply_type_arguments(c, node, found.enum.type_params, given)


def construct(c: Checker, node: int, name: int, found: FoundVariant, args: list[int], want: TypeId) -> TypeId:
    """Make a value of a variant; ``name`` is the node that names it, ``node`` the whole expression."""
    type_id, enum, variant = found
    if type_id == ERROR:
        return _check_anyway(c, args)
    _learn_arguments(c, node, found)
    if want not in (NONE, VOID) and enum.type_params:
        c.infer.accepts(want, type_id)
    types = payload_types(c, type_id, enum, variant)
    decl = enum.names[variant.name]
    parameters = tuple(Parameter(field.name, part) for field, part in zip(variant.fields, types, strict=True))
    if len(args) != len(types):
        expected = f"{len(types)} argument" + ("" if len(types) == 1 else "s")
        notes = [Note(decl.span, f"`{decl.name}` is declared here")]
        is_unit = not args and [c.resolved(part) for part in types] == [c.program.types.unit]
        hint = f"there is no value, which is written `{decl.name}(nil)`" if is_unit else ""
        if not is_unit and c.kind[node] != nk.CALL:
            held = ", ".join("…" if field.name.isdecimal() else field.name for field in variant.fields)
            hint = f"`{decl.name}({held})` makes one of what it holds"
        named = decl.name
        c.sink.report(
            "QZ0200", c.span(name), notes=notes, help=hint, name=named, expected=expected, found=len(args)
        )
        return _check_anyway(c, args)
    placed = place(c, name, decl, parameters, args)
    for field, part, arg in zip(variant.fields, types, placed, strict=True):
        if arg != DEFAULT_ARGUMENT:
            c.value(arg, part, _payload_note(c, variant, field, part))
    c.body.variants[node] = VariantPlan(variant.tag, tuple(placed))
    return c.resolved(type_id)


def _check_anyway(c: Checker, args: list[int]) -> TypeId:
    for arg in args:
        c.expr(c.lhs[arg] if c.kind[arg] == nk.NAMED_ARG else arg)
    return ERROR


def _payload_note(c: Checker, variant: Variant, field: Field, expected: TypeId) -> Why:
    name = "" if field.name.isdecimal() else f"{field.name}: "
    return lambda: Note(field.span, f"`{variant.name}` takes `{name}{c.show(expected)}`")

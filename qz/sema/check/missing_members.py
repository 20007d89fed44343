"""What is said of a field or method that a type lacks."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.diagnostics.other_words import OTHER_METHODS
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.derived import has_one_owner, parts_without, prelude_trait
from qz.sema.check.derived_calls import DERIVED_METHODS, derive_hint
from qz.sema.check.enums import enum_of
from qz.sema.check.loop_counts import taken_for_parts
from qz.sema.check.receivers import find_methods, method_names, misses_self
from qz.sema.check.records import field_names, field_type
from qz.sema.check.traits import implements, why_not
from qz.sema.check.ways import opening
from qz.sema.resolve.reports import trying_help
from qz.sema.types import ERROR, NEVER, VOID, TypeId
from qz.syntax import node_numbers as nk

_TO_VECTORS = ("to_vec", "collect")
"""Methods that make a vector of what a value consists of, or gives."""


def report_missing_member(c: Checker, node: int, callee: int, receiver: TypeId) -> None:
    """Report that the type has nothing of the name that ``callee``, a FIELD node, asks for; ``node`` is the
    call where it is called, else the same."""
    name = c.text(callee)
    is_called = node != callee
    fields = field_names(c, receiver)
    if is_called and name in fields and not c.list(c.rhs[node]):
        help_text = f"`{name}` is a field, and is read without parentheses"
    elif is_called and name in fields:
        help_text = f"`{name}` is a field, of type `{c.show(field_type(c, receiver, name) or ERROR)}`"
    elif not is_called and name.endswith("?") and name[:-1] in fields:
        span = c.extent(callee)
        help_text = trying_help(c.program.source_of(span).text(span.start, span.end - 1))
    else:
        help_text = derive_hint(c, name, receiver) or OTHER_METHODS.get(name, "")
        help_text = _inside(c, callee, receiver) or _in_variant(c, name, receiver) or help_text
        if c.infer.kind(receiver) is tyk.FN:
            help_text = opening(c, receiver) or help_text
        elif (methods := find_methods(c, receiver, c.symbol(callee))) is not None:
            if any(misses_self(function) for function in methods.functions):
                return
            help_text = f"a function without `self` is asked of its type: `{c.show(receiver)}.{name}(…)`"
    help_text = help_text or taken_for_parts(c, c.lhs[callee]) or _of_vector(c, callee, receiver)
    if not help_text and c.sink.suggests:
        help_text = did_you_mean(name, [*method_names(c, receiver), *fields])
    notes: list[Note] = []
    head = c.lhs[callee]
    module = c.body.module.import_named(c.symbol(head)) if c.kind[head] == nk.IDENT else None
    target = module.target if module is not None else None
    if target is not None and target.public(c.symbol(callee)) is not None:
        notes.append(
            Note(None, f"`{c.text(head)}` is a local here; `{c.text(head)}::{name}` means the module")
        )
    if is_called:
        notes += _not_derived(c, name, receiver)
    if c.infer.kind(receiver) is tyk.UNION:
        notes.append(Note(None, "`match` and `is` tell which of the types it has"))
    code = "QZ0303" if not is_called and fields else "QZ0304"
    shown = c.show(receiver)
    same = ((shown, name),)
    c.sink.report(code, c.span(callee), notes=notes, help=help_text, same=same, type=shown, name=name)


def _not_derived(c: Checker, name: str, receiver: TypeId) -> list[Note]:
    """Why a type lacks a method that types have by themselves whose parts have it."""
    _, trait_name = DERIVED_METHODS.get(name, ("", ""))
    trait = prelude_trait(c, trait_name)
    if trait is None:
        return []
    if c.infer.kind(receiver) is tyk.PARAM:
        return why_not(c, receiver, trait.type)
    if trait_name == "Clone" and has_one_owner(c, receiver):
        return [Note(None, f"a value of `{c.show(receiver)}` has one owner, and is not copied")]
    lacking = parts_without(c, receiver, lambda part: implements(c, part, trait.type))
    return [Note(span, f"`{c.show(part)}` does not implement `{trait_name}`") for span, part in lacking]


def report_missing_field(c: Checker, target: int, receiver: TypeId) -> None:
    """Report that the type has no such field to assign to; ``target`` is the FIELD node."""
    name = c.text(target)
    help_text = _inside(c, target, receiver) or _in_variant(c, name, receiver)
    if not help_text and c.sink.suggests:
        help_text = did_you_mean(name, field_names(c, receiver))
    shown = c.show(receiver)
    c.sink.report("QZ0303", c.span(target), help=help_text, same=((shown, name),), type=shown, name=name)


def _of_vector(c: Checker, callee: int, receiver: TypeId) -> str:
    """How to get at a method that a vector of what the receiver has, or gives, would have."""
    asked = find_methods(c, c.program.types.vec(NEVER), c.symbol(callee))
    if asked is None or c.program.queries.signature(asked.functions[0]).result == VOID:
        return ""  # what changes a vector would change that one
    for way in _TO_VECTORS:
        if find_methods(c, receiver, c.program.interner.intern(way)) is not None:
            return f"`x.{way}().{c.text(callee)}` asks a vector of what is in it"
    return ""


def _in_variant(c: Checker, name: str, receiver: TypeId) -> str:
    """How to get at what a variant of an enum holds under that name."""
    enum = enum_of(c, receiver)
    for variant in c.program.queries.variants(enum).values() if enum is not None else ():
        if any(field.name == name for field in variant.fields):
            rest = ", .." if len(variant.fields) > 1 else ""
            pattern = f"{variant.name}({name}: x{rest})"
            return f"only a `{variant.name}` holds it: `e is {pattern}` takes it out, and a `match` does"
    return ""


def _inside(c: Checker, callee: int, receiver: TypeId) -> str:
    """How to get at a member that what is in an `Option` or a `Result` has."""
    holder = c.holder(receiver)
    if not holder:
        return ""
    held, name = c.resolved(c.infer.args(receiver)[1]), c.text(callee)
    if held == ERROR or c.infer.kind(held) is tyk.VARIABLE:
        return ""
    if field_type(c, held, name) is None and find_methods(c, held, c.symbol(callee)) is None:
        return ""
    if holder == "Option":
        return f"`e?.{name}` asks what is in it, if anything is; `e!.{name}` panics where nothing is"
    return f"`$try(e).{name}` leaves the function with the error; `e!.{name}` panics with it"

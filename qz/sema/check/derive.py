"""`@derive(Ord, Show)`: that what it names can be derived, and that the type has the parts for it.

Equality, text, hashes and copies are there without asking; an order is only there where it was asked for.
"""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import Body
from qz.sema.check.checker import Checker
from qz.sema.check.derived import parts_without, prelude_trait
from qz.sema.check.table import RULES
from qz.sema.check.traits import implements
from qz.sema.decls import Decl, DerivedDecl, EnumDecl, NewtypeDecl, StructDecl
from qz.sema.derived.json import JSON, has_json
from qz.sema.program import Program
from qz.sema.types import ERROR, TypeId

METHODS = {"Json": "to_json", "Eq": "op_eq", "Ord": "op_lt", "Hash": "hash", "Show": "show", "Clone": "clone"}
"""What can be derived, and the method that says it of a type that has its own."""


def check_derive(program: Program, decl: Decl) -> None:
    """Report what is wrong with the `@derive` before a declaration, if it has one."""
    asked = program.derived_traits.get(decl.id)
    if not asked or not isinstance(decl, StructDecl | EnumDecl | NewtypeDecl) or decl.type == ERROR:
        return
    with program.arenas.function("derive") as arena:
        c = Checker(program, Body(decl.module, "derive", arena, 0, [], []), RULES)
        for name, span in asked.items():
            _check(c, decl.type, name, span)


def _check(c: Checker, type_id: TypeId, name: str, span: Span) -> None:
    trait = prelude_trait(c, name) if name in METHODS and name != JSON else None
    if trait is None and name != JSON:
        c.sink.report("QZ0330", span, help=did_you_mean(name, METHODS), name=name)
        return
    own = c.program.methods.find(
        c.infer.kind(type_id), c.infer.args(type_id)[0], c.program.interner.intern(METHODS[name])
    )
    if own is not None and not isinstance(own.functions[0], DerivedDecl):
        notes = [Note(own.functions[0].span, "written here")]
        c.sink.report("QZ0332", span, notes=notes, trait=name, type=c.show(type_id), method=METHODS[name])
        return

    asked = () if trait is None else ((type_id, trait.id),)

    def has(part: TypeId) -> bool:
        if trait is None:
            return has_json(c.program, part)
        return c.program.types.mentions_param(part) or implements(c, part, trait.type, asked)

    lacking = parts_without(c, type_id, has)
    wrapped = next(c.program.queries.layers(type_id), None)
    if trait is None and wrapped is not None and not has(wrapped):
        lacking = [(c.program.span_of_type(type_id, c.body.module), wrapped)]
    if lacking:
        c.program.derivations.failed.setdefault(c.infer.args(type_id)[0], set()).add(name)
        notes = [Note(where, f"`{c.show(part)}` does not implement `{name}`") for where, part in lacking]
        c.sink.report("QZ0331", span, notes=notes, trait=name, type=c.show(type_id))

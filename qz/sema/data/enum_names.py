"""The names an enum brings with it, read when it is declared: type parameters and variants, no payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.diagnostics.model import Note
from qz.sema.data.param_names import distinct
from qz.sema.decls import EnumDecl, VariantDecl
from qz.sema.types import TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView

if TYPE_CHECKING:
    from qz.sema.program import Program


def declare_enum_names(program: Program, enum: EnumDecl) -> None:
    """Fill in an enum's own type, and declare its variants in its module."""
    module = enum.module
    tokens = module.tokens
    with program.arenas.function(enum.name) as arena:
        node = parse_item(tokens, module.items, enum.item, arena, program.sink)
        if arena.kind[node] != NodeKind.ENUM:
            enum.type = program.types.make(TypeKind.ENUM, enum.id)
            return
        view = AggregateView(arena, node)
        enum.type_params = tuple(
            program.types.make(TypeKind.PARAM, tokens.symbol(arena.token[param]), enum.id)
            for param in distinct(program, module, arena, view.type_params)
        )
        enum.lacks_variants = any(arena.kind[member] == NodeKind.POISON for member in view.members)
        module.lacks_variants |= enum.lacks_variants
        names = [arena.token[member] for member in view.members if arena.kind[member] == NodeKind.VARIANT]
    enum.type = program.types.make(TypeKind.ENUM, enum.id, *enum.type_params)
    for token in names:
        _declare_variant(program, enum, token)


def _declare_variant(program: Program, enum: EnumDecl, token: int) -> None:
    module = enum.module
    symbol = module.tokens.symbol(token)
    name, span = program.interner.text(symbol), module.tokens.span(token)
    first = enum.names.get(name)
    if first is not None:
        note = Note(first.span, f"`{name}` is first declared here")
        program.sink.report("QZ0305", span, notes=[note], name=name)
        return
    variant = VariantDecl(module, enum.item, name, span, private=enum.private, enum=enum, tag=len(enum.names))
    program.register(variant)
    enum.names[name] = variant
    module.variants.setdefault(symbol, []).append(variant)

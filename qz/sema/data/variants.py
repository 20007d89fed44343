"""The variants of an enum and what they hold, read from its declaration."""

from __future__ import annotations

from dataclasses import replace

from qz.diagnostics.model import Note
from qz.sema.decls import EnumDecl, Field, Variant
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView


def read_variants(program: Program, enum: EnumDecl, found: dict[str, Variant]) -> None:
    """Add the variants in declaration order. One that is declared twice is reported where names are.

    All are there before the first payload is read, for that may mention what is computed with one of them.
    """
    module = enum.module
    params = {program.types.args[param][0]: param for param in enum.type_params}
    with program.arenas.function(enum.name) as arena:
        node = parse_item(module.tokens, module.items, enum.item, arena, program.sink)
        if arena.kind[node] != NodeKind.ENUM:
            return
        syntax = TypeSyntax(program, module, params)
        nodes: dict[str, int] = {}
        for member in AggregateView(arena, node).members:
            if arena.kind[member] == NodeKind.VARIANT:
                nodes.setdefault(module.tokens.text(arena.token[member]), member)
        for tag, (name, member) in enumerate(nodes.items()):
            found[name] = Variant(name, tag, (), module.tokens.span(arena.token[member]))
        for name, member in nodes.items():
            found[name] = replace(found[name], fields=_payload(enum, syntax, arena, member))


def _payload(enum: EnumDecl, syntax: TypeSyntax, arena: AstArena, variant: int) -> tuple[Field, ...]:
    """The fields of a variant; one without a name is called by its place."""
    tokens = enum.module.tokens
    fields: dict[str, Field] = {}
    for index, part in enumerate(arena.list(arena.lhs[variant])):
        type_id = syntax.held(arena, arena.lhs[part])
        name = tokens.text(arena.token[part]) if arena.rhs[part] else str(index)
        span = tokens.span(arena.token[part])
        first = fields.get(name)
        if first is not None:
            notes = [Note(first.span, f"`{name}` is first declared here")]
            syntax.program.sink.report("QZ0305", span, notes=notes, name=name)
            continue
        fields[name] = Field(name, type_id, None, span)
    return tuple(fields.values())

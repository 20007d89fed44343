"""The fields of a struct and their defaults, read from its declaration."""

from __future__ import annotations

from dataclasses import replace

from qz.diagnostics.model import Note
from qz.sema.binary.syntax import read_layout
from qz.sema.data.value_structs import (
    check_finite,
    check_in_c,
    move_what_holds_moved,
    read_annotations,
)
from qz.sema.decls import BinaryDecl, Field, FunctionDecl, Parameter, Signature, StructDecl
from qz.sema.ownership.moves.owned_types import check_fields
from qz.sema.program import Program
from qz.sema.type_syntax.defaults import read_default
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import ERROR
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView


def read_fields(program: Program, struct: StructDecl) -> None:
    """Add the fields in declaration order, and report what their struct cannot hold."""
    read_annotations(program, struct)
    module = struct.module
    with program.arenas.function(struct.name) as arena:
        node = parse_item(module.tokens, module.items, struct.item, arena, program.sink)
        if isinstance(struct, BinaryDecl):
            read_layout(program, struct, arena, node)
            return
        if arena.kind[node] != NodeKind.STRUCT:
            return
        view = AggregateView(arena, node)
        names = {program.types.args[p][0]: p for p in struct.type_params}
        syntax = TypeSyntax(program, module, names)
        declared = [member for member in view.members if arena.kind[member] == NodeKind.FIELD_DECL]
        with program.queries.reading_parts_of(struct):
            declared = [member for member in declared if _field(program, struct, syntax, arena, member)]
        check_finite(program, struct)
        for index in range(len(declared)):
            _default_of_field(program, struct, arena, declared, index)
    check_fields(program, struct)
    move_what_holds_moved(program, struct)
    if struct.in_c:
        check_in_c(program, struct)


def _field(program: Program, struct: StructDecl, syntax: TypeSyntax, arena: AstArena, node: int) -> bool:
    """Add a field, yet without its default: what that is computed with may hold values of the struct.
    Whether there was none of its name."""
    assert struct.fields is not None
    name = struct.module.tokens.text(arena.token[node])
    span = struct.module.tokens.span(arena.token[node])
    type_id = syntax.held(arena, arena.lhs[node])
    if program.sink.is_garbled(span):
        type_id = ERROR  # the line was to say something else
    first = struct.fields.get(name)
    if first is not None:
        notes = [Note(first.span, f"`{name}` is first declared here")]
        program.sink.report("QZ0305", span, notes=notes, name=name)
        return False
    struct.fields[name] = Field(name, type_id, None, span)
    return True


def _default_of_field(
    program: Program, struct: StructDecl, arena: AstArena, declared: list[int], index: int
) -> None:
    """Add the default of a field, which may mention the fields before it."""
    assert struct.fields is not None
    module, node = struct.module, declared[index]
    if not arena.rhs[node]:
        return
    fields = list(struct.fields.values())
    field = fields[index]
    function = FunctionDecl(
        module,
        struct.item,
        f"{struct.name} (default of field `{field.name}`)",
        field.span,
        symbol=f"{module.name}${struct.name}$default{index + 1}",
        default_of=index,
        signature=Signature((), field.type, type_params=struct.type_params),
        type_names={program.types.args[p][0]: p for p in struct.type_params},
    )
    pairs = zip(declared[:index], fields, strict=False)
    params = {at: (one, Parameter(f.name, f.type)) for at, (one, f) in enumerate(pairs)}
    later = {module.tokens.symbol(arena.token[one]): arena.token[one] for one in declared[index:]}
    default, _ = read_default(program, function, arena, arena.rhs[node], params, later)
    struct.fields[field.name] = replace(field, default=default)

"""`@value` structs: what their annotations say, and that none of them contains itself."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.annotations import LAYOUT_ANNOTATIONS, Annotation, read
from qz.sema.const_values import ConstStruct, ConstValue
from qz.sema.decls import Field, StructDecl
from qz.sema.program import Program
from qz.sema.types import TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.literals import int_value
from qz.syntax.nodes import NodeKind

MAX_NESTING = 64
"""How deep value structs may nest: types that grow from one to the next would never end."""

MAX_ALIGNMENT = 8
"""What the allocator promises."""


def read_annotations(program: Program, struct: StructDecl) -> None:
    """Note what the annotations of a struct say about its values."""
    module = struct.module
    if not module.items.flags[struct.item] & ItemFlag.ANNOTATED:
        return
    with program.arenas.function("annotations") as arena:
        wanted = {b"value", *(name.encode() for name in LAYOUT_ANNOTATIONS)}
        found = {a.name: a for a in read(program, module, struct.item, arena, wanted)}
        is_value = "value" in found
        struct.is_moved = is_value and struct.id in program.methods.dropped
        struct.is_value = is_value and not struct.is_moved
        for annotation in found.values():
            if annotation.name not in LAYOUT_ANNOTATIONS:
                continue
            if struct.is_value:
                _read_layout(program, struct, arena, annotation)
            else:
                what = f"`@{annotation.name}` on a struct that is not `@value` is"
                program.report_unsupported(annotation.span, what)


def move_what_holds_moved(program: Program, struct: StructDecl) -> None:
    """A value struct in which something moves is moved with it."""
    types = program.queries.owned_types
    if struct.is_value and any(types.is_moved(field.type) for field in (struct.fields or {}).values()):
        struct.is_value, struct.is_moved = False, True


def _read_layout(program: Program, struct: StructDecl, arena: AstArena, annotation: Annotation) -> None:
    """C's layout is the usual one, so `@repr(C)` only has to be understood."""
    tokens = struct.module.tokens
    argument = annotation.args[0] if len(annotation.args) == 1 else 0
    text = tokens.text(arena.token[argument]) if argument else ""
    if annotation.name == "packed":
        struct.packing = 1
    elif not argument:
        return  # what is wrong with the annotation is said for all of them alike
    elif annotation.name == "repr":
        if text != "C":
            program.report_unsupported(annotation.span, "`@repr` of anything but C is")
    elif arena.kind[argument] != NodeKind.INT:
        program.report_unsupported(annotation.span, "an alignment that is not written as a number is")
    else:
        struct.alignment = _alignment(
            program, int_value(text.encode())[0], tokens.span(arena.token[argument])
        )


def _alignment(program: Program, value: int, where: Span) -> int:
    """An alignment that can be had; 0, which asks for nothing, if this one cannot."""
    if value < 1 or value & (value - 1):
        program.sink.report("QZ0321", where, found=f"`{value}`")
    elif value > MAX_ALIGNMENT:
        program.report_unsupported(where, f"an alignment of more than {MAX_ALIGNMENT} bytes is")
    else:
        return value
    return 0


def value_fields(program: Program, type_id: TypeId) -> list[tuple[Field, TypeId]] | None:
    """The fields of a value struct with their types as they are in ``type_id``; None for any other type."""
    types = program.types
    type_id = program.queries.stripped(type_id)
    if types.kinds[type_id] is not TypeKind.STRUCT:
        return None
    decl = program.decls[types.args[type_id][0]]
    assert isinstance(decl, StructDecl)
    fields = program.queries.fields(decl)
    if not decl.is_value:
        return None
    given = dict(zip(decl.type_params, types.args[type_id][1:], strict=True))
    return [(field, types.substitute(field.type, given)) for field in fields.values()]


def is_value(program: Program, type_id: TypeId) -> bool:
    """Whether values of a type are copied, field by field."""
    return value_fields(program, type_id) is not None


def leaf_values(program: Program, value: ConstValue) -> list[ConstValue]:
    """What the leaves of a constant are; a value struct without fields has a 0."""
    if not isinstance(value, ConstStruct) or not is_value(program, value.type):
        return [value]
    return [leaf for part in value.fields for leaf in leaf_values(program, part)] or [0]


def check_finite(program: Program, struct: StructDecl) -> None:
    """Refuse a value struct of which a value would contain another one of its own type."""
    path = _path_back(program, struct.type, struct, ())
    if path is None:
        return
    notes = [Note(field.span, f"through `{field.name}: {program.show(field.type)}`") for field in path]
    hint = "leave out `@value`, or keep what is inside in a `Vec` or an `Option`"
    program.sink.report("QZ0319", struct.span, notes=notes, help=hint, name=struct.name)


def _path_back(
    program: Program, type_id: TypeId, struct: StructDecl, path: tuple[Field, ...]
) -> tuple[Field, ...] | None:
    """The fields that lead from a value of a type to one of the struct, or to no end."""
    if len(path) >= MAX_NESTING:
        return path[:1]
    for field, part in value_fields(program, type_id) or ():
        further = (*path, field)
        stripped = program.queries.stripped(part)
        if program.types.kinds[stripped] is TypeKind.STRUCT:
            if program.types.args[stripped][0] == struct.id:
                return further
            found = _path_back(program, part, struct, further)
            if found is not None:
                return found
    return None

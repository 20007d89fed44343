"""`@value` structs: what their annotations say, and that none of them contains itself."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.annotations.alignments import written_alignment
from qz.sema.annotations.rules import LAYOUT_ANNOTATIONS, Annotation, read
from qz.sema.decls import Field, StructDecl
from qz.sema.program import Program
from qz.sema.types import NUMBERS, REFERENCE, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag

MAX_NESTING = 64
"""How deep value structs may nest: types that grow from one to the next would never end."""

MAX_FIELDS = 4096
"""How many fields a value may consist of, which a few lines can double again and again."""

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
            _read_layout(program, struct, arena, annotation)
            struct.in_c |= not struct.is_value and annotation.name != "align"


def move_what_holds_moved(program: Program, struct: StructDecl) -> None:
    """A value struct in which something moves is moved with it."""
    types = program.queries.owned_types
    if struct.is_value and any(types.is_moved(field.type) for field in (struct.fields or {}).values()):
        struct.is_value, struct.is_moved = False, True


def _read_layout(program: Program, struct: StructDecl, arena: AstArena, annotation: Annotation) -> None:
    """C's layout is the usual one, so `@repr(C)` only has to be understood."""
    argument = annotation.args[0] if len(annotation.args) == 1 else 0
    if annotation.name == "packed":
        struct.packing = 1
    elif annotation.name == "align":
        struct.alignment = written_alignment(program, struct.module, arena, annotation, MAX_ALIGNMENT)
    elif argument and struct.module.tokens.text(arena.token[argument]) != "C":
        program.report_unsupported(annotation.span, "`@repr` of anything but C is")


def lies_in_c(program: Program, type_id: TypeId) -> bool:
    """Whether a value is a block with the layout of C, whose address is something for C."""
    type_id = program.queries.stripped(type_id)
    if type_id < 0 or program.types.kinds[type_id] is not TypeKind.STRUCT:
        return False
    decl = program.decls[program.types.args[type_id][0]]
    assert isinstance(decl, StructDecl)
    return is_laid_out_as_c(program, decl)


def is_laid_out_as_c(program: Program, struct: StructDecl) -> bool:
    """Whether the values of a struct are blocks with the layout of C."""
    program.queries.fields(struct)  # with which it is known how they are laid out
    return struct.in_c


def check_in_c(program: Program, struct: StructDecl) -> None:
    """Refuse a field of a heap struct with the layout of C that cannot lie where that has it; of a type with
    parameters, whoever says what they stand for is refused."""
    for field in (struct.fields or {}).values():
        if not program.types.mentions_param(field.type):
            shown = why_not_in_c(program, struct, field, field.type)
            if shown:
                program.sink.report("QZ0427", field.span, notes=(), fix=None, **shown)


def why_not_in_c(program: Program, struct: StructDecl, field: Field, type_id: TypeId) -> dict[str, str]:
    """What is shown, with its help, of a field of that type that a heap struct with the layout of C cannot
    have; empty where it can."""
    if _is_plain(program, type_id) or not (struct.packing or is_value(program, type_id)):
        return {}
    shown = program.show(field.type if type_id == REFERENCE else type_id)
    layout, way = "with the layout of C", f"without `@value`, a `{shown}` lies in a block of its own"
    if struct.packing:
        layout, way = "that is packed", f"without `@packed`, or as a `@value`, `{struct.name}` can have it"
    return {"field": f"{field.name}: {shown}", "layout": layout, "help": way}


def _is_plain(program: Program, type_id: TypeId) -> bool:
    fields = value_fields(program, type_id)
    if fields is not None:
        return all(_is_plain(program, part) for _, part in fields)
    kind = program.types.kinds[program.queries.stripped(type_id)]
    return kind in (*NUMBERS, TypeKind.BOOL, TypeKind.POINTER, TypeKind.ERROR)


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


def check_finite(program: Program, struct: StructDecl) -> None:
    """Refuse a value struct of which a value would contain another one of its own type, or too much.

    The latter is no value struct any more, so that those which contain it are not reported as well.
    """
    path = _path_back(program, struct.type, struct, (), set())
    hint = "leave out `@value`, or keep what is inside in a `Vec` or an `Option`"
    if path is None:
        if _n_fields(program, struct.type, {}) > MAX_FIELDS:
            shown = program.show(struct.type)
            program.sink.report("QZ0326", struct.span, help=hint, type=shown, limit=MAX_FIELDS)
            struct.is_value = False
        return
    notes = [Note(field.span, f"through `{field.name}: {program.show(field.type)}`") for field in path]
    if len(path) < MAX_NESTING:
        program.sink.report("QZ0319", struct.span, notes=notes, help=hint, name=struct.name)
        return
    what = f"values of `{struct.name}` are"
    program.sink.report("QZ0014", struct.span, notes=notes[:1], help=hint, what=what, limit=MAX_NESTING)
    struct.is_value = False


def _path_back(
    program: Program, type_id: TypeId, struct: StructDecl, path: tuple[Field, ...], seen: set[TypeId]
) -> tuple[Field, ...] | None:
    """The fields that lead from a value of a type to one of the struct, or as many as there may be."""
    if len(path) >= MAX_NESTING:
        return path
    for field, part in value_fields(program, type_id) or ():
        further = (*path, field)
        stripped = program.queries.stripped(part)
        if program.types.kinds[stripped] is TypeKind.STRUCT and stripped not in seen:
            seen.add(stripped)
            if program.types.args[stripped][0] == struct.id:
                return further
            found = _path_back(program, part, struct, further, seen)
            if found is not None:
                return found
    return None


def _n_fields(program: Program, type_id: TypeId, known: dict[TypeId, int]) -> int:
    """How many fields a value of a type has, those of its fields included; it has an end."""
    found = known.get(type_id)
    if found is None:
        known[type_id] = 0
        fields = None if len(known) > MAX_FIELDS else value_fields(program, type_id)
        found = 1 if fields is None else sum(_n_fields(program, part, known) for _, part in fields)
        known[type_id] = found
    return found

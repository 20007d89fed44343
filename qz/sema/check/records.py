"""Fields, of structs and of records; record literals; what an open record asks of an argument."""

from __future__ import annotations

from collections.abc import Mapping

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.binary.packed import n_bits, packed_of
from qz.sema.check.checker import Checker, Why
from qz.sema.constants.evaluation import evaluate
from qz.sema.decls import AliasDecl, BitField, FunctionDecl, Row, Signature, StructDecl
from qz.sema.type_syntax.records import NO_FIELDS, OTHER_FIELDS, record_fields
from qz.sema.types import ERROR, NEVER, NONE, TypeId
from qz.syntax.nodes import NodeKind


def field_type(c: Checker, holder: TypeId, name: str) -> TypeId | None:
    """The type of a field, or None where a type has no such field."""
    holder = c.resolved(holder)
    kind = c.infer.kind(holder)
    if kind is tyk.STRUCT:
        return _struct_field(c, holder, name)
    if kind is tyk.NEWTYPE:
        packed = packed_of(c.program, holder)
        return packed.bits[name].type if packed is not None and name in packed.bits else None
    if kind is tyk.PARAM:
        fields = (field_type(c, row.fields, name) for row in _rows(c) if row.param == holder)
        return next((found for found in fields if found is not None), None)
    if kind is tyk.RECORD:
        number, *types = c.infer.args(holder)
        names = c.program.types.record_names[number]
        return types[names.index(name)] if name in names else None
    return None


def _struct_field(c: Checker, struct: TypeId, name: str) -> TypeId | None:
    decl = c.program.decls[c.infer.args(struct)[0]]
    if not isinstance(decl, StructDecl):
        return None
    fields = c.program.queries.fields(decl)
    if name not in fields:
        return None
    if not decl.type_params:
        return fields[name].type
    return c.infer.instantiate(fields[name].type, struct_arguments(c, decl, struct))


def struct_arguments(c: Checker, decl: StructDecl, struct: TypeId) -> dict[TypeId, TypeId]:
    """What a struct's type parameters stand for in a type."""
    return dict(zip(decl.type_params, c.infer.args(struct)[1:], strict=True))


def field_types(c: Checker, struct: TypeId, decl: StructDecl) -> dict[str, TypeId]:
    """The types of a struct's fields, in the order in which they are declared."""
    given = struct_arguments(c, decl, struct)
    fields = c.program.queries.fields(decl)
    return {name: c.infer.instantiate(field.type, given) for name, field in fields.items()}


def field_names(c: Checker, holder: TypeId) -> list[str]:
    """The names of a type's fields, for suggestions."""
    kind, args = c.infer.kind(holder), c.infer.args(holder)
    if kind is tyk.RECORD:
        return list(c.program.types.record_names[args[0]])
    packed = packed_of(c.program, holder)
    if packed is not None:
        return list(packed.bits)
    if kind is tyk.PARAM:
        rows = [row for row in _rows(c) if row.param == holder]
        return [name for row in rows for name in field_names(c, row.fields)]
    decl = c.program.decls[args[0]] if kind is tyk.STRUCT else None
    return list(c.program.queries.fields(decl)) if isinstance(decl, StructDecl) else []


def record_literal(c: Checker, node: int, want: TypeId) -> TypeId:
    """`{x: 1, y: 2}`; what is asked for says what width a literal in it has."""
    fields: dict[str, TypeId] = {}
    asked = want if c.infer.kind(want) is tyk.RECORD else NONE
    for init in c.list(c.lhs[node]):
        name = c.text(init)
        hint = (field_type(c, asked, name) if asked != NONE else None) or NONE
        value = c.lhs[init]
        found = c.operand(value, hint)
        if hint != NONE and c.fits(value, hint, found):
            found = hint
        c.types[init] = found
        if found < 0:
            c.open_nodes.append(init)
        if name in fields:
            c.sink.report("QZ0205", c.span(init), name=name)
        fields[name] = found
    if ERROR in fields.values():
        return ERROR
    names = tuple(sorted(fields))
    number = c.program.types.number_of_names(names)
    return c.infer.make(tyk.RECORD, (number, *(fields[name] for name in names)))


def with_(c: Checker, node: int, want: TypeId) -> TypeId:
    """`p.with { x: 1 }`: a copy of a struct or record with other values in some fields."""
    found = c.resolved(c.operand(c.lhs[node], want))
    inits = c.list(c.rhs[node])
    packed = packed_of(c.program, found)
    kinds = (tyk.STRUCT, tyk.RECORD)
    known = c.infer.kind(found) in kinds or packed is not None or is_open(c, found)
    if not known and found not in (ERROR, NEVER):
        c.sink.report("QZ0417", c.extent(c.lhs[node]), type=c.show(found))
    given: set[str] = set()
    for init in inits:
        name = c.text(init)
        expected = field_type(c, found, name) if known else ERROR
        if expected is None:
            hint = did_you_mean(name, field_names(c, found))
            c.sink.report("QZ0303", c.span(init), help=hint, type=c.show(found), name=name)
        elif name in given:
            c.sink.report("QZ0205", c.span(init), name=name)
        given.add(name)
        field_value(c, init, ERROR if expected is None else expected, None)
        if packed is not None and name in packed.bits:
            require_bits(c, init, packed.bits[name])
    return found if known else ERROR


def is_open(c: Checker, type_id: TypeId) -> bool:
    """Whether a type parameter stands for whatever has certain fields."""
    return any(row.param == type_id for row in _rows(c))


def field_value(c: Checker, init: int, expected: TypeId, why: Why) -> None:
    """Check what a field is given."""
    c.value(c.lhs[init], expected, why)
    c.types[init] = expected
    if expected < 0:
        c.open_nodes.append(init)


def require_bits(c: Checker, init: int, field: BitField) -> None:
    """Report a number that is known and does not fit the bits that it is to be put into."""
    node = c.lhs[init]
    value = evaluate(c.program, c.body, node, quiet=True)
    if isinstance(value, int) and not 0 <= value < 1 << field.width:
        notes = [Note(field.span, f"they hold 0 to {(1 << field.width) - 1}")]
        width = n_bits(field.width)
        c.sink.report("QZ0959", c.extent(node), notes=notes, value=value, width=width, name=field.name)


def require_rows(
    c: Checker, node: int, function: FunctionDecl, signature: Signature, fresh: Mapping[TypeId, TypeId]
) -> None:
    """Require of an argument for an open record the fields that are named, and of arguments for records that
    are open to the same other fields that they have these in common."""
    others: dict[int, dict[str, TypeId]] = {}
    for row in signature.rows:
        found = c.resolved(fresh[row.param])
        if found in (ERROR, NEVER) or c.infer.kind(found) is tyk.VARIABLE:
            continue  # what stays open is reported as that
        asked = c.infer.instantiate(row.fields, fresh)
        if not require_fields(c, c.span(node), found, asked, function):
            c.body.calls.pop(node, None)
        elif row.name:
            own = _other_fields(c, found, asked)
            if not _same_fields(c, others.setdefault(row.name, own), own):
                shown = [_shown_fields(c, fields) for fields in (others[row.name], own)]
                name = c.program.interner.text(row.name)
                notes = [Note(function.span, f"`{function.name}` has `..{name}` in several places")]
                c.sink.report("QZ0425", c.span(node), notes=notes, row=name, first=shown[0], second=shown[1])
                c.body.calls.pop(node, None)


def require_fields(
    c: Checker, span: Span, found: TypeId, asked: TypeId, function: FunctionDecl | None = None
) -> bool:
    """Require of a value the fields of a record type; whether it has them. ``function`` is who asks."""
    number, *types = c.infer.args(asked)
    for name, wanted in zip(c.program.types.record_names[number], types, strict=True):
        type_id = field_type(c, found, name)
        text = f"`{function.name}` asks for `{name}: {c.show(wanted)}`" if function is not None else ""
        notes = [Note(function.span, text)] if function is not None else []
        if type_id is None:
            c.sink.report("QZ0303", span, notes=notes, type=c.show(found), name=name)
            return False
        if not c.infer.accepts(wanted, type_id):
            c.sink.report("QZ0400", span, notes=notes, found=c.show(type_id), expected=c.show(wanted))
            return False
    return True


def _other_fields(c: Checker, holder: TypeId, named: TypeId) -> dict[str, TypeId]:
    """The fields of a type beside those of a record type."""
    taken = set(field_names(c, named))
    types = {name: field_type(c, holder, name) for name in field_names(c, holder) if name not in taken}
    return {name: found for name, found in types.items() if found is not None}


def _same_fields(c: Checker, one: Mapping[str, TypeId], other: Mapping[str, TypeId]) -> bool:
    return one.keys() == other.keys() and all(
        c.infer.unify(found, other[name]) for name, found in one.items()
    )


def _shown_fields(c: Checker, fields: Mapping[str, TypeId]) -> str:
    shown = ", ".join(f"{name}: {c.show(found)}" for name, found in sorted(fields.items()))
    return f"`{shown}`" if shown else "no fields"


# Rows in a body


def known_row(c: Checker, name: int, fields: TypeId) -> TypeId | str:
    """What an open record is whose other fields are those of a parameter; else why it is nothing."""
    rows = _rows(c)
    for param, own in ((row.param, row.fields) for row in rows if name and row.name == name):
        if own == fields:
            return param
    if any(row.name == name for row in rows if name):
        return OTHER_FIELDS
    return NO_FIELDS


def _rows(c: Checker) -> list[Row]:
    """The open records in the header of the function, as they are in this instance of it."""
    if c.rows is not None:
        return c.rows
    function = c.function
    generic = None if function is None else function.generic or function
    if function is None or generic is None or generic.signature is None:
        return []
    signature = generic.signature
    given = dict(zip(signature.type_params, function.type_args, strict=False))
    substitute = c.program.types.substitute
    return [
        Row(given.get(row.param, row.param), substitute(row.fields, given), row.name)
        for row in signature.rows
    ]


def new_row(c: Checker, annotation: int) -> TypeId:
    """The fields that an annotation asks for which is open to whatever others the value has; `NONE` for any
    other annotation."""
    if c.kind[annotation] == NodeKind.TYPE_RECORD and c.rhs[annotation]:
        name = c.body.module.tokens.symbol(c.rhs[annotation])
        if any(row.name == name for row in _rows(c)):
            return NONE
        return record_fields(c.syntax, c.arena, annotation)
    if c.kind[annotation] == NodeKind.TYPE_NAME and not c.list(c.lhs[annotation]):
        decl = c.syntax.declaration(c.arena, annotation)
        if isinstance(decl, AliasDecl) and not decl.type_params:
            stands_for = c.program.queries.alias(decl)
            return next((row.fields for row in decl.rows if row.param == stands_for), NONE)
    return NONE


def bound_as(c: Checker, fields: TypeId, value: int) -> TypeId:
    """The type of a value that a name is bound to which asks for these fields and takes any others."""
    is_literal = c.kind[value] == NodeKind.RECORD_LIT
    found = c.resolved(c.operand(value, fields if is_literal else NONE))
    if found in (ERROR, NEVER):
        return ERROR
    return found if require_fields(c, c.extent(value), found, fields) else ERROR

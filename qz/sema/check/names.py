"""Names and members: what a resolved name is worth, fields, indexing, conversions."""

from collections.abc import Callable

from qz.diagnostics.model import Note
from qz.diagnostics.other_words import OTHER_TYPES
from qz.diagnostics.suggest import did_you_mean
from qz.sema import type_kinds as tyk
from qz.sema.binary.packed import packed_of
from qz.sema.check.arrays import array_literal, check_index
from qz.sema.check.callbacks import at_address, callback
from qz.sema.check.calls import call_method
from qz.sema.check.checker import Checker
from qz.sema.check.dynamic import call_of_method
from qz.sema.check.elements import common_type
from qz.sema.check.enums import (
    find_variant,
    find_variant_of,
    named_variant,
    report_unknown_name,
)
from qz.sema.check.function_values import function_value
from qz.sema.check.group_calls import plan_call
from qz.sema.check.integers import is_integer
from qz.sema.check.loop_counts import taken_for_parts
from qz.sema.check.packed import cast_target, casts_word, packed_literal
from qz.sema.check.receivers import find_methods
from qz.sema.check.records import field_type, field_value, struct_arguments
from qz.sema.check.slices import cut_from, is_kept_range, row_element, slice_
from qz.sema.check.static_calls import is_type_name, member_of_type, names_type, static_value
from qz.sema.check.tuples import element as tuple_element
from qz.sema.check.tuples import index_of
from qz.sema.check.unions import rest_type
from qz.sema.check.ways import calling, opening
from qz.sema.constants.values import AGGREGATES
from qz.sema.decl_nouns import describe
from qz.sema.decls import ConstDecl, Decl, Field, FunctionGroup, GlobalDecl, NewtypeDecl, StructDecl
from qz.sema.types import (
    BOOL,
    CHAR,
    ERROR,
    FLOATS,
    INT,
    INTEGERS,
    NEVER,
    NONE,
    NUMBERS,
    POINTER,
    STRING,
    VOID,
    TypeId,
)
from qz.syntax import node_numbers as nk


def ident(c: Checker, node: int, want: TypeId) -> TypeId:
    entry = c.decls[node]
    if entry > 0:
        return rest_type(c, entry - 1) if entry - 1 in c.body.rests else c.body.locals[entry - 1].type
    made = c.infer.args(want)[-1] if c.infer.kind(want) is tyk.FN else want
    variant = find_variant(c, node, made)
    if variant is not None:
        return named_variant(c, node, variant, want)
    if entry == 0:
        if node in c.body.unknown and not is_type_name(c, node):
            report_unknown_name(c, node)
            return ERROR
        return _parameter_value(c, node)
    return value_of(c, node, c.program.decls[-entry - 1], want)


def _parameter_value(c: Checker, node: int) -> TypeId:
    """A type parameter where a value is asked for: what a constant one stands for."""
    param = c.body.type_scope.get(c.symbol(node))
    if param is None:
        if is_type_name(c, node):
            c.sink.report("QZ0306", c.span(node), name=c.text(node), what="a type")
        return ERROR
    if c.infer.kind(param) is tyk.CONSTANT:
        return _declared_type(c, c.symbol(node))
    constant = c.program.types.constant_params.get(param)
    if constant is None:
        c.sink.report("QZ0306", c.span(node), name=c.text(node), what="a type parameter")
        return ERROR
    return constant


def _declared_type(c: Checker, symbol: int) -> TypeId:
    """The type of a constant parameter of the generic function that the body is an instance of."""
    generic = c.function.generic if c.function is not None else None
    param = generic.type_names.get(symbol, NONE) if generic is not None else NONE
    return c.program.types.constant_params.get(param, INT)


def path(c: Checker, node: int, want: TypeId) -> TypeId:
    """`module::name`, `Enum::Variant`, or `T::f`, a function of a type."""
    variant = find_variant(c, node, want)
    if variant is not None:
        return named_variant(c, node, variant, want)
    entry = c.decls[node]
    if entry < 0:
        return value_of(c, node, c.program.decls[-entry - 1], want)
    return static_value(c, node, want)


def value_of(c: Checker, node: int, decl: Decl, want: TypeId) -> TypeId:
    """The type of a declaration used as a value."""
    if isinstance(decl, ConstDecl):
        c.program.queries.values.constant(decl)
        c.mentions_aggregate |= isinstance(decl.value, AGGREGATES)
        return decl.type
    if isinstance(decl, GlobalDecl):
        return c.program.queries.values.global_(decl).type
    if isinstance(decl, FunctionGroup):
        return function_value(c, node, decl, want)
    if isinstance(decl, NewtypeDecl):
        return c.infer.make(tyk.FN, (0, c.program.queries.underlying(decl), decl.type))
    notes = [Note(decl.span, "declared here")]
    hint = "" if decl.module.is_own else OTHER_TYPES.get(decl.name, "")  # `Hash` is a trait here
    c.sink.report("QZ0306", c.span(node), notes=notes, help=hint, name=decl.name, what=describe(decl))
    return ERROR


def field(c: Checker, node: int, want: TypeId) -> TypeId:
    """`x.f`: a field, else a method that needs no arguments (`v.size`)."""
    head = c.lhs[node]
    entry = c.decls[head]
    if c.kind[head] == nk.IDENT and entry < 0:
        decl = c.program.decls[-entry - 1]
        variant = find_variant_of(c, head, c.text(node))
        if variant is not None:
            return named_variant(c, node, variant, want)
        member = module_member(c, node, decl)
        if member is not None:
            c.decls[node] = -(member.id + 1)
            return value_of(c, node, member, want)
    if names_type(c, head):
        return member_of_type(c, node, want)
    receiver = c.operand(head)
    found = field_type(c, receiver, c.text(node))
    if found is not None:
        return found
    if c.infer.kind(receiver) is tyk.TUPLE and index_of(c.text(node)) >= 0:
        return tuple_element(c, node, receiver)
    return call_method(c, node, node, receiver, [], want)


def module_member(c: Checker, node: int, decl: Decl) -> Decl | None:
    """`json.parse` where `json` is no local but an imported module."""
    target = getattr(decl, "target", None)
    if target is None:
        return None
    symbol = c.symbol(node)
    found = target.public(symbol)
    if found is None:
        hint = target.help_without(c.body.module, symbol, c.text(node))
        c.sink.report("QZ0603", c.span(node), help=hint, name=c.text(node), module=target.name)
    return found


def index(c: Checker, node: int, want: TypeId) -> TypeId:
    return element(c, node, c.resolved(c.operand(c.lhs[node], cut_from(c, node, want))), want)


def element(c: Checker, node: int, container: TypeId, want: TypeId) -> TypeId:
    """The type of `v[i]`, v being a ``container``."""
    head, position = c.lhs[node], c.rhs[node]
    if c.kind[position] in (nk.RANGE, nk.RANGE_INCLUSIVE):
        return slice_(c, node, container)
    inside = row_element(c, container)
    if inside is not None:
        if is_kept_range(c, position):
            return slice_(c, node, container)
        check_index(c, node, container)
        return inside
    if container in (ERROR, NEVER):
        c.expr(position)
        return container
    if c.infer.kind(container) is tyk.VARIABLE:
        c.expr(position)
        return c.unknown(head, container)
    group = find_methods(c, container, c.program.interner.intern("op_index"))
    if container == STRING and group is not None:
        if is_kept_range(c, position):
            return slice_(c, node, container)
        return plan_call(c, node, group, (head, position), (container, INT))
    if group is None:
        c.expr(position)
        help_text = opening(c, container) or calling(c, head)
        if c.infer.kind(container) is tyk.TUPLE:
            help_text = taken_for_parts(c, head) or "the elements of a tuple are `.0`, `.1` and so on"
        c.sink.report("QZ0406", c.extent(head), help=help_text, lacks=["op_index"], type=c.show(container))
        return ERROR
    return call_of_method(c, node, group, [head, position], want, container)


CONVERTED = frozenset({tyk.DYN, tyk.UNION})
"""What values become by themselves where it is asked for, as behind `as`."""
BRANCHING = frozenset({nk.IF, nk.MATCH, nk.SELECT, nk.LOOP, nk.LABELED, nk.BLOCK, nk.COALESCE})
"""What asks its parts for all that it is asked for, so that they would have to be what `as` makes of them."""


def cast(c: Checker, node: int, want: TypeId) -> TypeId:
    """`e as T` between numbers, from `Bool` to an integer, and to what a value becomes by itself; between
    functions and the addresses that C knows them by."""
    target = cast_target(c, c.rhs[node])
    if target == POINTER and callback(c, c.lhs[node], POINTER, None):
        return target
    packed = packed_of(c.program, target)
    hint = NONE if packed is None else c.program.queries.underlying(packed)
    if c.program.types.kinds[target] in CONVERTED:
        c.value(c.lhs[node], target)
        return target
    if hint == NONE and c.program.types.kinds[target] not in NUMBERS:
        hint = target
    c.cast_operands.add(c.lhs[node])
    found = c.resolved(c.operand(c.lhs[node], NONE if c.kind[c.lhs[node]] in BRANCHING else hint))
    if ERROR in map(c.program.queries.stripped, (found, target)) or found == NEVER:
        return target
    if c.infer.kind(target) is tyk.FN and found == POINTER:
        at_address(c, node, target)
        return target
    if target in c.program.queries.layers(found) or casts_word(c, node, found, target):
        return target
    if c.infer.kind(found) is tyk.VARIABLE:
        c.infer.unify(found, INT)
        found = INT
    if found < 0 and c.infer.unify(found, target):
        return target
    from_number = found in NUMBERS or is_integer(c, found)
    numeric = from_number and (target in FLOATS or target == CHAR or is_integer(c, target))
    if numeric and not (found in FLOATS and target == CHAR):
        return target
    if found == target or (found == BOOL and target in INTEGERS):
        return target
    words = {INT, POINTER}
    if found in words and target in words:
        return target
    help_text = "compare instead: `… != 0`" if target == BOOL and found in INTEGERS else ""
    if c.infer.kind(found) is tyk.ENUM and target in NUMBERS:
        help_text = opening(c, found) or "a `match` can give each variant a number"
    if found == INT and c.infer.kind(target) is tyk.FN:
        help_text = "an address is a `CPtr`: `… as CPtr as Fn(…)`"
    elif target == STRING:
        help_text = 'write it as text: `"#{…}"`'
    elif found == STRING and (target in FLOATS or target in INTEGERS):
        way = "to_f" if target in FLOATS else "to_i"
        help_text = f"`s.{way}()` reads a number, if the text is one"
    c.sink.report("QZ0405", c.extent(node), help=help_text, found=c.show(found), target=c.show(target))
    return target


def vec_literal(c: Checker, node: int, want: TypeId) -> TypeId:
    """`[a, b]`: the elements have one type; an empty one takes it from where it goes."""
    items = c.list(c.lhs[node])
    want = c.resolved(want)
    element: TypeId = NONE
    if c.infer.kind(want) is tyk.ARRAY:
        return array_literal(c, node, want)
    if c.infer.kind(want) is tyk.VEC:
        element = c.infer.args(want)[0]
    elif not items:
        element = c.infer.fresh()
    if items and c.infer.kind(element) is tyk.VARIABLE:
        c.infer.accepts(element, common_type(c, items, NONE, "element", node))
    else:
        element = common_type(c, items, element, "element", node)
    return ERROR if element == ERROR else c.infer.make(tyk.VEC, (element,))


def _field_note(field_decl: Field) -> Callable[[], Note]:
    return lambda: Note(field_decl.span, f"field `{field_decl.name}` is declared here")


def struct_literal(c: Checker, node: int, want: TypeId) -> TypeId:
    type_id = c.open_annotation(c.lhs[node])
    inits = c.list(c.rhs[node])
    packed = packed_of(c.program, type_id)
    if packed is not None:
        return packed_literal(c, node, packed)
    decl = c.program.decls[c.infer.args(type_id)[0]] if c.infer.kind(type_id) is tyk.STRUCT else None
    if type_id == ERROR or not isinstance(decl, StructDecl):
        for init in inits:
            c.expr(c.lhs[init])
        if type_id != ERROR:
            c.sink.report("QZ0309", c.span(node), name=c.text(c.lhs[node]), what="a type without fields")
        return ERROR
    fields = c.program.queries.fields(decl)
    arguments = struct_arguments(c, decl, type_id)
    if type_id < 0 and want not in (NONE, VOID):
        c.infer.accepts(want, type_id)
    given: dict[str, int] = {}
    for init in inits:
        name = c.text(init)
        if name in given:
            notes = [Note(c.span(given[name]), "first given here")]
            c.sink.report("QZ0205", c.span(init), notes=notes, name=name)
        given.setdefault(name, init)
        if name not in fields:
            hint = did_you_mean(name, list(fields))
            c.sink.report("QZ0303", c.span(init), help=hint, type=decl.name, name=name)
            c.expr(c.lhs[init])
            continue
        field_decl = fields[name]
        why = _field_note(field_decl)
        expected = c.infer.instantiate(field_decl.type, arguments) if arguments else field_decl.type
        field_value(c, init, expected, why)
    lacking = [f for f in fields.values() if f.name not in given and f.default is None]
    missing = [f"`{f.name}`" for f in lacking if not c.sink.is_garbled(f.span)]  # as its default may be
    n_unknown = sum(name not in fields for name in given)  # each may be meant for one that is missing
    if len(missing) > n_unknown:
        shown = ", ".join(missing)
        c.sink.report(
            "QZ0204",
            c.span(c.lhs[node]),
            notes=[Note(decl.span, "declared here")],
            fields=shown,
            type=decl.name,
        )
    return type_id

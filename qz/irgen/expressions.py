"""Literals, names, members, operators."""

from collections.abc import Sequence

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Operation, SSAValue

from dialects.qz.arith import AddOp, DivOp, MulOp, NegOp, RemOp, SubOp
from dialects.qz.bits import BitAndOp, BitNotOp, BitOrOp, BitXorOp, ShlOp, ShrOp
from dialects.qz.branches import AllOp, AnyOp
from dialects.qz.properties import (
    FALSE,
    TRUE,
    UNCHECKED,
    bytes_const,
)
from dialects.qz.scalar import CastOp, ConstOp, NotOp
from dialects.qz.strings import StrConcatOp, StrConstOp
from dialects.qz.tables import TableGetOp
from dialects.qz.types import (
    LocalType,
    SharedType,
    VecType,
    char,
    f32,
    f64,
    i1,
    is_float,
    si64,
    string,
)
from dialects.qz.variables import GlobalGetOp, LocalGetOp, LocalSetOp, SharedGetOp, SharedSetOp
from dialects.qz.vec import VecGetOp, VecPushOp
from qz.irgen.binary.packed import packed_value
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.c_functions import callback, function_at
from qz.irgen.calls.calls import (
    call_default,
    call_with_values,
    function_value,
    lent_cell,
    planned_call,
    planned_value,
)
from qz.irgen.comparison import compare
from qz.irgen.constants import constant, table_property
from qz.irgen.data.enums import construct, maker
from qz.irgen.data.fields import new_struct, read_field
from qz.irgen.data.nothing import nothing
from qz.irgen.data.slices import element_place, is_known_inside, is_slicing, known_size, slice_
from qz.irgen.data.tuples import element
from qz.irgen.data.unions import narrowed
from qz.irgen.data.vectors import vector
from qz.irgen.derived.showing import show_value
from qz.irgen.matching.conditions import branches_on_patterns, truth
from qz.irgen.mentions import constant_value, known_field, known_value
from qz.irgen.storage import part_in_place
from qz.sema.binary.packed import packed_of
from qz.sema.body import CallPlan, LocalKind
from qz.sema.check.tuples import index_of
from qz.sema.constants.values import ConstTable
from qz.sema.decls import (
    ConstDecl,
    Field,
    FunctionDecl,
    GlobalDecl,
    NewtypeDecl,
    PackedDecl,
    StructDecl,
    VariantDecl,
)
from qz.sema.resolve.resolver import SPINE
from qz.sema.type_syntax.constants import value_of_constant
from qz.sema.types import FLOATS, INT, STRING, VOID, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.literals import char_value, float_value, int_value, string_value, symbol_value

ARITHMETIC: dict[int, type[Operation]] = {
    nk.ADD: AddOp,
    nk.SUB: SubOp,
    nk.MUL: MulOp,
    nk.DIV: DivOp,
    nk.REM: RemOp,
}
BITWISE: dict[int, type[Operation]] = {nk.BIT_AND: BitAndOp, nk.BIT_OR: BitOrOp, nk.BIT_XOR: BitXorOp}
SHIFTS: dict[int, type[Operation]] = {nk.SHL: ShlOp, nk.SHR: ShrOp}
VAR = LocalKind.VAR
_LINKS = SPINE - {nk.AND, nk.OR}
COMPARISONS: dict[int, str] = {nk.EQ: "eq", nk.NE: "ne", nk.LT: "lt", nk.LE: "le", nk.GT: "gt", nk.GE: "ge"}


# Literals


def integer(b: Builder, node: int, sign: int = 1) -> SSAValue:
    number = sign * int_value(b.body.module.tokens.bytes(b.token[node]))[0]
    type_id = b.types[node]
    if type_id in FLOATS:
        return constant(b, type_id, float(number))
    return b.make(ConstOp, (), b.ir_types.of(type_id), b.ir_types.number(type_id, number))


def floating(b: Builder, node: int) -> SSAValue:
    return constant(b, b.types[node], float_value(b.body.module.tokens.bytes(b.token[node]))[0])


def character(b: Builder, node: int) -> SSAValue:
    return constant(b, b.types[node], char_value(b.body.module.tokens.bytes(b.token[node])))


def true(b: Builder, node: int) -> SSAValue:
    return b.make(ConstOp, (), i1, TRUE)


def false(b: Builder, node: int) -> SSAValue:
    return b.make(ConstOp, (), i1, FALSE)


def text(b: Builder, node: int) -> SSAValue:
    value = string_value(b.body.module.tokens, b.token[node])
    return b.make(StrConstOp, (), string, bytes_const(value))


def symbol(b: Builder, node: int) -> SSAValue:
    value = symbol_value(b.body.module.tokens, b.token[node])
    return b.make(StrConstOp, (), string, bytes_const(value))


def nil(b: Builder, node: int) -> SSAValue:
    """A variant, or the pointer to nothing."""
    return construct(b, node) if node in b.body.variants else constant(b, INT, 0)


def interpolation(b: Builder, node: int) -> SSAValue:
    """Every part as text, then one concatenation."""
    parts: list[SSAValue] = []
    pieces = b.tree.list(b.lhs[node])
    first = b.token[pieces[0]] if pieces else 0
    for part in pieces:
        if b.kind[part] == nk.STRING_PART:
            value = string_value(b.body.module.tokens, b.token[part], first)
            if value:
                parts.append(b.make(StrConstOp, (), string, bytes_const(value)))
        else:
            parts.append(shown(b, part))
    if not parts:
        return b.make(StrConstOp, (), string, bytes_const(b""))
    return parts[0] if len(parts) == 1 else b.make(StrConcatOp, parts, string)


def shown(b: Builder, node: int) -> SSAValue:
    """The text of a value, by its own rules or by its type's."""
    return show_value(b, b.value(node), b.types[node])


# Names


def ident(b: Builder, node: int) -> SSAValue:
    entry = b.decls[node]
    if entry > 0:
        return give_local(b, node, entry - 1)
    if node in b.body.variants:
        return construct(b, node)
    if entry == 0:  # a constant type parameter
        stands_for = b.body.type_scope[b.body.module.tokens.symbol(b.token[node])]
        return constant(b, b.types[node], value_of_constant(b.program, stands_for))
    return declared(b, node, entry)


def read_local(b: Builder, local: int) -> SSAValue:
    if local in b.rests:
        of = b.rests[local].of
        return narrowed(b, read_local(b, of), b.locals[of].type, b.locals[local].type)
    found = b.values[local]
    assert found is not None
    spec = b.locals[local]
    if spec.kind is VAR or spec.is_in_place:
        is_shared = spec.is_captured or spec.is_in_place
        return b.make(SharedGetOp if is_shared else LocalGetOp, (found,), b.ir_types.of(spec.type))
    if type(found.type) is LocalType:  # one that is emptied
        return b.make(LocalGetOp, (found,), b.ir_types.of(spec.type))
    return found


def give_local(b: Builder, node: int, local: int) -> SSAValue:
    """What a local holds, which at this node it may give to another owner."""
    value = read_local(b, local)
    if node not in b.body.given or not b.locals[local].is_emptied:
        return value
    cell = b.values[local]
    assert cell is not None
    empty = nothing(b, b.locals[local].type)
    b.do(SharedSetOp if isinstance(cell.type, SharedType) else LocalSetOp, (cell, empty))
    return value


def declared(b: Builder, node: int, entry: int) -> SSAValue:
    """A constant is its value or a new one of it, a global is read, a function is one as a value, and so is
    the name of what is made by a call."""
    if node in b.body.functions:
        return function_value(b, node)
    decl = b.program.decls[-entry - 1]
    if isinstance(decl, VariantDecl | NewtypeDecl):
        return maker(b, node, decl)
    if isinstance(decl, GlobalDecl):
        return b.make(GlobalGetOp, (), b.ir_types.of(decl.type), {"name": SymbolRefAttr(decl.symbol)})
    assert isinstance(decl, ConstDecl)
    return constant_value(b, node, decl)


def comptime(b: Builder, node: int) -> SSAValue | None:
    """What the evaluation gave; nothing is left of one that was made for nothing."""
    value = b.body.comptime[node]
    return None if value is None else constant(b, b.types[node], value)


def path(b: Builder, node: int) -> SSAValue:
    return construct(b, node) if node in b.body.variants else declared(b, node, b.decls[node])


def field(b: Builder, node: int) -> SSAValue | None:
    plan = b.body.calls.get(node)
    if plan is not None:
        return planned_value(b, node, plan)
    if node in b.body.variants:
        return construct(b, node)
    if b.decls[node] < 0:
        return declared(b, node, b.decls[node])
    known = known_field(b, node)
    if known is not None:
        return constant(b, b.types[node], known)
    place = part_in_place(b, node)
    if place is not None:
        return place.read(b)
    name = b.body.module.tokens.text(b.token[node])
    receiver = b.value(b.lhs[node])
    if b.program.types.kinds[b.types[b.lhs[node]]] is TypeKind.TUPLE:
        return element(b, receiver, index_of(name))
    found = read_field(b, receiver, b.types[b.lhs[node]], name)
    return b.coerce(found, b.ir_types.of(b.types[node]))


def index(b: Builder, node: int) -> SSAValue | None:
    plan = b.body.calls.get(node)
    if plan is not None:
        return planned_value(b, node, plan)
    if is_slicing(b, node):
        return slice_(b, node)
    properties = UNCHECKED if b.options.trusted or is_known_inside(b, node) else NO_PROPERTIES
    table = known_value(b, b.lhs[node])
    if isinstance(table, ConstTable):
        position = b.value_as(b.rhs[node], si64)
        element = b.ir_types.of(b.types[node])
        return b.make_at(node, TableGetOp, (position,), element, {**table_property(table), **properties})
    place = element_place(b, node)
    vec = place[0].type
    assert isinstance(vec, VecType)
    if not properties:
        properties = known_size(b, b.types[b.lhs[node]])
    return b.make_at(node, VecGetOp, place, vec.element, properties)


def vec_literal(b: Builder, node: int) -> SSAValue:
    return vector(b, b.tree.list(b.lhs[node]), b.ir_types.of(b.types[node]))


def struct_literal(b: Builder, node: int) -> SSAValue:
    """A struct, or the bits of a packed one."""
    packed = packed_of(b.program, b.types[node])
    if packed is not None:
        return _packed_literal(b, node, packed)
    return new_struct(b, b.types[node], field_values(b, node))


def field_values(b: Builder, node: int) -> list[SSAValue]:
    """The fields of a struct that is written, in their order: those given in the order written, then the
    defaults."""
    decl = b.program.decls[b.program.types.args[b.types[node]][0]]
    assert isinstance(decl, StructDecl)
    types = b.program.types
    arguments = dict(zip(decl.type_params, types.args[b.types[node]][1:], strict=True))
    fields = b.program.queries.fields(decl)
    values: dict[str, SSAValue] = {}
    for init in b.tree.list(b.rhs[node]):
        name = b.body.module.tokens.text(b.token[init])
        want = b.ir_types.of(types.substitute(fields[name].type, arguments))
        values[name] = b.value_as(b.lhs[init], want)
    in_order: list[SSAValue] = []
    for name, spec in fields.items():
        given = values.get(name)
        in_order.append(_field_default(b, node, spec, arguments, in_order) if given is None else given)
    return in_order


def _packed_literal(b: Builder, node: int, decl: PackedDecl) -> SSAValue:
    """The bits that are given, in the order written; the others are 0."""
    given: dict[str, SSAValue] = {}
    for init in b.tree.list(b.rhs[node]):
        name = b.body.module.tokens.text(b.token[init])
        given[name] = b.value_as(b.lhs[init], b.ir_types.of(decl.bits[name].type))
    return packed_value(b, node, decl, given)


def _field_default(
    b: Builder, node: int, field: Field, arguments: dict[TypeId, TypeId], before: Sequence[SSAValue]
) -> SSAValue:
    """The value of a field that was left out: of a generic struct, what the default's instance gives."""
    type_id = b.program.types.substitute(field.type, arguments)
    default = field.default
    assert default is not None
    if isinstance(default, FunctionDecl) and arguments:
        default = b.program.instances.of(default, tuple(arguments.values()), None, b.body.span(node))
    return b.coerce(call_default(b, default, type_id, before), b.ir_types.of(type_id))


def record_literal(b: Builder, node: int) -> SSAValue:
    """The fields in the order written; they lie in the order of their names."""
    types, record = b.program.types, b.types[node]
    number, *field_types = types.args[record]
    wants = dict(zip(types.record_names[number], field_types, strict=True))
    values: dict[str, SSAValue] = {}
    for init in b.tree.list(b.lhs[node]):
        name = b.body.module.tokens.text(b.token[init])
        values[name] = b.value_as(b.lhs[init], b.ir_types.of(wants[name]))
    return new_struct(b, record, [values[name] for name in wants])


def cast(b: Builder, node: int) -> SSAValue:
    if b.lhs[node] in b.body.callbacks:
        return callback(b, b.lhs[node])
    value = b.value(b.lhs[node])
    if node in b.body.at_addresses:
        return function_at(b, node, b.types[node], value)
    want = b.ir_types.of(b.types[node])
    return value if value.type == want else b.make(CastOp, (value,), want)


# Operators


def negation(b: Builder, node: int) -> SSAValue | None:
    operand = b.lhs[node]
    plan = b.body.calls.get(node)
    if plan is not None:
        return planned_value(b, node, plan)
    if b.kind[operand] == nk.INT:
        return integer(b, operand, sign=-1)
    result = b.ir_types.of(b.types[node])
    value = b.value_as(operand, result)
    return b.make_at(node, NegOp, (value,), result, NO_PROPERTIES if is_float(result) else b.overflow)


def logical_not(b: Builder, node: int) -> SSAValue:
    return b.make(NotOp, (b.value(b.lhs[node]),), i1)


def bit_not(b: Builder, node: int) -> SSAValue:
    result = b.ir_types.of(b.types[node])
    return b.make(BitNotOp, (b.value_as(b.lhs[node], result),), result)


def binary(b: Builder, node: int) -> SSAValue | None:
    """A chain that leans left, from its innermost link outwards; runs of string `+` become one
    concatenation."""
    spine: list[int] = []
    kind, lhs, types = b.kind, b.lhs, b.types
    while kind[node] in _LINKS:
        spine.append(node)
        node = lhs[node]
    if not spine:
        return _short_circuit(b, node)
    left: SSAValue | None = None if lends_its_receiver(b, spine[-1]) else b.value(node)
    parts: list[SSAValue] = []
    for link in reversed(spine):
        if lends_its_receiver(b, link):
            left = planned_call(b, link, b.calls[link])
            continue
        if types[link] == STRING and kind[link] == nk.ADD and link not in b.calls:
            if not parts:
                assert left is not None
                parts.append(left)
            parts.append(b.value(b.rhs[link]))
            continue
        if parts:
            left = b.make(StrConcatOp, parts, string)
            parts = []
        if left is None:  # `<<` that gives nothing, and the next is asked of what that was asked of
            left = b.value(b.calls[link].args[0])
        left = _link(b, link, left)
    return b.make(StrConcatOp, parts, string) if parts else left


def lends_its_receiver(b: Builder, link: int) -> bool:
    """Whether an operator is a method that changes what is on its left in its place."""
    plan = b.calls.get(link)
    if plan is None:
        return False
    callee = b.ir_types.callee(plan.function)
    return callee.inputs[0] is not callee.values[0]


def _link(b: Builder, link: int, left: SSAValue) -> SSAValue | None:
    kind, result = b.kind[link], b.types[link]
    if link in b.calls:
        return overloaded(b, link, kind, b.calls[link], left)
    if isinstance(left.type, VecType) and kind == nk.SHL:
        b.do(VecPushOp, (left, b.value_as(b.rhs[link], left.type.element)))
        return None if result == VOID else left
    return combine(b, link, kind, left, b.value(b.rhs[link]), result)


def overloaded(b: Builder, link: int, kind: int, plan: CallPlan, left: SSAValue) -> SSAValue | None:
    """An operator that is a method. Where the method is not quite the operator, `a > b` is `b.op_lt(a)`."""
    callee = b.ir_types.callee(plan.function)
    wants = callee.values
    left = b.coerce(left, wants[0])
    want = wants[1]
    if plan.rest is not None:
        assert isinstance(want, VecType)
        want = want.element
    n_lent = len(b.lent)
    is_lent = plan.rest is None and callee.inputs[1] is not want
    right = lent_cell(b, b.rhs[link]) if is_lent else b.value_as(b.rhs[link], want)
    swapped, negated = DERIVED.get((kind, plan.function.name), (False, False))
    found = call_with_values(b, link, plan, [right, left] if swapped else [left, right])
    b.put_back(n_lent)
    return b.make(NotOp, (found,), i1) if negated and found is not None else found


DERIVED: dict[tuple[int, str], tuple[bool, bool]] = {
    (nk.NE, "op_eq"): (False, True),
    (nk.GT, "op_lt"): (True, False),
    (nk.LE, "op_lt"): (True, True),
    (nk.GE, "op_lt"): (False, True),
}
"""Operand order and sense of an operator by the method that stands in for it: swapped, negated."""


def combine(b: Builder, node: int, kind: int, left: SSAValue, right: SSAValue, result_id: TypeId) -> SSAValue:
    """One binary operation on values; `Char` computes as `Int`."""
    if kind in COMPARISONS:
        return compare(b, COMPARISONS[kind], left, right, b.types[b.lhs[node]])
    result = b.ir_types.of(result_id)
    if result is string:
        return b.make(StrConcatOp, (left, right), string)
    if left.type is not result:
        left = b.coerce(left, result)
    if kind in SHIFTS:
        return b.make(SHIFTS[kind], (left, b.coerce(right, si64) if right.type is char else right), result)
    if right.type is not result:
        right = b.coerce(right, result)
    if kind in BITWISE:
        return b.make(BITWISE[kind], (left, right), result)
    properties = NO_PROPERTIES if result is f64 or result is f32 else b.overflow
    return b.make_at(node, ARITHMETIC[kind], (left, right), result, properties)


def _short_circuit(b: Builder, node: int) -> SSAValue:
    """`a and b and c` is one flat op, however long."""
    kind = b.kind[node]
    if branches_on_patterns(b, node):
        return truth(b, node)
    operands: list[int] = []
    while b.kind[node] == kind:
        operands.append(b.rhs[node])
        node = b.lhs[node]
    operands.append(node)
    regions = tuple(b.region(lambda n=n: (b.value(n),)) for n in reversed(operands))
    op = b.do(AllOp if kind == nk.AND else AnyOp, (), NO_PROPERTIES, (i1,), regions)
    return op.results[0]

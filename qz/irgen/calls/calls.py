"""Calls: of functions, by name and as values, and of intrinsics. The checker has said which and with what."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import FileLineColLoc
from xdsl.ir import Attribute, SSAValue

from dialects.qz.closures import CallFnOp, FnRefOp
from dialects.qz.dynamic import DynCallOp
from dialects.qz.properties import UNIT, int_attr
from dialects.qz.types import FnType, VecType
from dialects.qz.variables import SharedOp
from dialects.qz.vec import VecPushOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.calls.argument_order import source_order
from qz.irgen.calls.c_functions import call_at, call_c, callback
from qz.irgen.calls.direct import call_function
from qz.irgen.constants import bytes_literal, constant
from qz.irgen.data.enums import construct
from qz.irgen.data.vectors import vector
from qz.irgen.ir_types import Callee
from qz.sema.body import CallPlan
from qz.sema.decls import ConstValue, FunctionDecl
from qz.sema.ownership.lending import Borrow, param_borrow
from qz.sema.types import NEVER, TypeId, TypeKind
from qz.syntax import node_numbers as nk


def call(b: Builder, node: int) -> SSAValue | None:
    if node in b.body.variants:
        return construct(b, node)
    if node in b.body.optional:
        return b.emitters[nk.OPT_FIELD](b, node)
    plan = b.body.calls.get(node)
    if plan is None:
        callee = b.lhs[node]
        if b.types[callee] == NEVER:  # there is no function, and nobody gets to the call
            return b.value(callee)
        if b.program.types.kinds[b.types[callee]] is TypeKind.FN:
            return call_value(b, node)
        # `Meters(5)`: the value itself
        return b.value_as(b.tree.list(b.rhs[node])[0], b.ir_types.of(b.types[node]))
    return planned_value(b, node, plan)


def planned_value(b: Builder, node: int, plan: CallPlan) -> SSAValue | None:
    """The call that a node stands for, as the type that the node has: an instance shared by several types
    gives a word that has forgotten which."""
    found = planned_call(b, node, plan)
    if found is None or plan.function.generic is None:
        return found
    return b.coerce(found, b.ir_types.of(b.types[node]))


def call_value(b: Builder, node: int) -> SSAValue | None:
    """A call of the value that the callee has: first that, then the arguments."""
    if b.lhs[node] in b.body.at_addresses:
        return _call_of_cast(b, node)
    function = b.value(b.lhs[node])
    assert isinstance(function.type, FnType)
    signature = function.type.signature
    args = b.tree.list(b.rhs[node])
    type_id = b.types[b.lhs[node]]
    number = b.program.types.args[type_id][0]
    n_lent = len(b.lent)
    operands = [
        lent_cell(b, arg) if param_borrow(number, at) is Borrow.IN_PLACE else b.value_as(arg, want)
        for at, (arg, want) in enumerate(zip(args, signature.inputs, strict=True))
    ]
    location = b.locate(node) if b.keeps_locations else None
    outputs = signature.outputs.data
    op = b.do(CallFnOp, (function, *operands), NO_PROPERTIES, outputs, (), location)
    if b.program.types.args[type_id][-1] == NEVER:
        raise b.unreachable()
    b.put_back(n_lent)
    return op.results[0] if outputs else None


def _call_of_cast(b: Builder, node: int) -> SSAValue | None:
    """`(address as Fn(…))(…)`: no function value is made for it."""
    cast = b.lhs[node]
    code = b.value(b.lhs[cast])
    params = b.program.types.parts(b.types[cast])[:-1]
    args = zip(b.tree.list(b.rhs[node]), params, strict=True)
    operands = [b.value_as(arg, b.ir_types.of(param)) for arg, param in args]
    return call_at(b, node, b.types[cast], code, operands)


def function_value(b: Builder, node: int) -> SSAValue:
    """A declared function as a value."""
    function = b.body.functions[node].function
    b.callees[function.symbol] = function
    callee = b.ir_types.callee(function)
    found = b.make(FnRefOp, (), FnType(callee.type), callee.properties)
    return b.coerce(found, b.ir_types.of(b.types[node]))  # an instance may be shared by several types


def planned_call(b: Builder, node: int, plan: CallPlan) -> SSAValue | None:
    """Evaluate the arguments in the order written, place them, call."""
    function = plan.function
    meaning = function.generic or function
    if meaning.intrinsic:
        return b.emit_intrinsic(b, node, meaning, plan.args)
    n_lent = len(b.lent)
    operands = _arguments(b, node, plan, b.ir_types.callee(function))
    if function.abi == "C":
        found = call_c(b, node, function, operands)
    elif plan.slot >= 0:
        found = call_through_table(b, plan, operands)
    else:
        found = call_function(b, node, function, operands)
    b.put_back(n_lent)
    return found


def _arguments(b: Builder, node: int, plan: CallPlan, callee: Callee) -> list[SSAValue]:
    """The values for all parameters: of the arguments in the order written, then those of what was left
    out."""
    wants, inputs = callee.values, callee.inputs
    n_params = len(wants)
    values: list[SSAValue | None] = [None] * len(plan.args)
    for position in source_order(b, node, plan.args):
        arg = plan.args[position]
        if plan.rest is not None and position == n_params - 1:
            values[position] = vector(b, plan.rest, wants[position])
        elif position < n_params and inputs[position] is not wants[position]:
            values[position] = lent_cell(b, arg)
        elif arg in b.body.callbacks:
            values[position] = callback(b, arg)
        else:
            values[position] = b.value_as(arg, wants[position]) if position < n_params else b.value(arg)
    operands: list[SSAValue] = []
    for position, value in enumerate(values):
        found = value or _left_out(b, node, plan.function, operands, wants[position])
        operands.append(found)
    return operands


def _left_out(
    b: Builder, node: int, function: FunctionDecl, before: Sequence[SSAValue], want: Attribute
) -> SSAValue:
    """The value of a parameter that has no argument, but those ``before`` it."""
    position = len(before)
    param = b.program.queries.signature(function).params[position]
    if param.is_rest:
        return vector(b, (), want)
    assert param.default is not None
    if isinstance(param.default, FunctionDecl) and param.default.is_call_place:
        return place_of(b, node)
    return call_default(b, param.default, param.type, before)


def lent_cell(b: Builder, arg: int) -> SSAValue:
    """What a function is given that changes its argument in its place."""
    found = b.emitters[nk.REF_MUT](b, arg)
    assert found is not None
    return found


def call_with_values(b: Builder, node: int, plan: CallPlan, values: Sequence[SSAValue]) -> SSAValue | None:
    """A planned call of a Quartz function with arguments that were evaluated already, but those left out.

    What the function changes in its place is a copy.
    """
    callee = b.ir_types.callee(plan.function)
    wants = callee.values
    n_single = len(wants) - (plan.rest is not None)
    singles = zip(values[:n_single], wants, callee.inputs, strict=False)
    operands = [_as_taken(b, value, want, taken) for value, want, taken in singles]
    if plan.rest is not None:
        operands.append(_gathered(b, values[n_single:], wants[n_single]))
    for want in wants[len(operands) :]:
        operands.append(_left_out(b, node, plan.function, operands, want))
    if plan.slot >= 0:
        return call_through_table(b, plan, operands)
    return call_function(b, node, plan.function, operands)


def _as_taken(b: Builder, value: SSAValue, want: Attribute, taken: Attribute) -> SSAValue:
    """A value as a parameter takes it, which may be in a cell."""
    if taken is want:
        return b.coerce(value, want)
    if value.type == taken:
        return value
    return b.make(SharedOp, (b.coerce(value, want),), taken, {"stack": UNIT})


def _gathered(b: Builder, values: Sequence[SSAValue], want: Attribute) -> SSAValue:
    """A vector of values, for a parameter that takes any number."""
    assert isinstance(want, VecType)
    found = vector(b, (), want)
    for value in values:
        b.do(VecPushOp, (found, b.coerce(value, want.element)))
    return found


def place_of(b: Builder, node: int) -> SSAValue:
    """The place of a node as a panic shows it, as a string."""
    place = b.locate(node)
    assert isinstance(place, FileLineColLoc)
    return bytes_literal(b, f"{place.filename.data}:{place.line.data}:{place.column.data}".encode())


def call_default(
    b: Builder, default: ConstValue | FunctionDecl, type_id: TypeId, before: Sequence[SSAValue]
) -> SSAValue:
    """The value of a parameter or field that was left out; it may depend on those ``before`` it."""
    if not isinstance(default, FunctionDecl):
        return constant(b, type_id, default)
    inputs = b.ir_types.callee(default).inputs
    result = call_function(
        b, 0, default, [b.coerce(before[at], want) for at, want in zip(default.takes, inputs, strict=True)]
    )
    assert result is not None
    return result


def call_through_table(b: Builder, plan: CallPlan, operands: list[SSAValue]) -> SSAValue | None:
    """A call of the method that a `dyn Trait` carries in its table."""
    result = b.program.queries.signature(plan.function).result
    outputs = b.ir_types.results(result)
    op = b.do(DynCallOp, operands, {"index": int_attr(plan.slot)}, outputs)
    if result == NEVER:
        raise b.unreachable()
    return op.results[0] if outputs else None

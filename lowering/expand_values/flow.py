"""What makes, takes, passes on and returns values without looking into memory."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import arith, cf, func
from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Attribute, Operation

from dialects.qz.calls import CallExternOp
from dialects.qz.closures import CallCodeOp, CallFnOp
from dialects.qz.dynamic import DynCallOp
from dialects.qz.generators import SuspendOp
from dialects.qz.leaves import has_leaves, leaf_names, leaf_types, n_leaves
from dialects.qz.ownership import KeepOp
from dialects.qz.panics import DebugBindOp
from dialects.qz.properties import int_const
from dialects.qz.scalar import ConstOp, ReinterpretOp
from dialects.qz.struct_type import NOTHING
from dialects.qz.types import is_counted
from dialects.qz.value_structs import RowOp, ValueGetOp, ValueNewOp
from lowering.dispatch import Table
from lowering.expand_values.expansion import Expansion
from lowering.shared_attributes import segment_properties, string_attr

TABLE: Table[Expansion] = Table()


@TABLE.lowers(ValueNewOp)
def expand_new(x: Expansion, op: ValueNewOp) -> None:
    """The leaves of the fields, one after the other."""
    leaves = x.flattened(op._operands)
    if not leaves:
        leaves = list(x.emit(ConstOp, (), (NOTHING,), int_const(0, NOTHING)).results)
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(ValueGetOp)
def expand_get(x: Expansion, op: ValueGetOp) -> None:
    """Some of the leaves."""
    first = op.part.value.data
    leaves = x.leaves(op.struct)
    x.define(op.result, leaves[first : first + n_leaves(op.result.type)])
    x.discard(op)


@TABLE.lowers(
    func.CallOp, func.ReturnOp, CallExternOp, CallFnOp, CallCodeOp, DynCallOp, SuspendOp, cf.BranchOp
)
def expand_call(x: Expansion, op: Operation) -> None:
    """The leaves take the place of the values."""
    x.rebuild(op)


@TABLE.lowers(cf.ConditionalBranchOp)
def expand_choice(x: Expansion, op: cf.ConditionalBranchOp) -> None:
    """The same, counted anew for each successor."""
    sizes = [len(x.flattened(values)) for values in (op.then_arguments, op.else_arguments)]
    x.rebuild(op, segment_properties(1, *sizes))


@TABLE.lowers(arith.SelectOp)
def expand_select(x: Expansion, op: arith.SelectOp) -> None:
    """A choice for each leaf."""
    pairs = zip(x.leaves(op.lhs), x.leaves(op.rhs), strict=True)
    leaves = [x.emit(arith.SelectOp, (op.cond, a, b), (a.type,)).results[0] for a, b in pairs]
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(ReinterpretOp)
def expand_reinterpretation(x: Expansion, op: ReinterpretOp) -> None:
    """The same struct with other types, leaf for leaf; or a word for the runtime, the address of a copy."""
    type_ = op.operand.type
    leaves = x.leaves(op.operand)
    if has_leaves(op.result.type):
        pairs = zip(leaves, leaf_types(op.result.type), strict=True)
        leaves = [leaf if leaf.type == to else x.read(ReinterpretOp, (leaf,), to) for leaf, to in pairs]
    else:
        leaves = x.emit(RowOp, leaves, (op.result.type,), {"type": type_}).results
    x.define(op.result, leaves)
    x.discard(op)


@TABLE.lowers(DebugBindOp)
def expand_binding(x: Expansion, op: DebugBindOp) -> None:
    """A name for each leaf."""
    for name, leaf in zip(names_of_leaves(op.value.type, op.bound_name), x.leaves(op.value), strict=True):
        x.emit(DebugBindOp, (leaf,), (), {"name": string_attr(name)})
    x.discard(op)


@TABLE.lowers(KeepOp)
def expand_keep(x: Expansion, op: KeepOp) -> None:
    """Keeps the leaves that are counted."""
    for leaf in x.leaves(op.value):
        if is_counted(leaf.type):
            x.emit(KeepOp, (leaf,))
    x.discard(op)


def names_of_leaves(type_: Attribute, name: StringAttr) -> list[str]:
    """What the leaves of a variable are called."""
    return [f"{name.data}.{leaf}" for leaf in leaf_names(type_)]

"""Does without structs, tuples and variants that nobody but their function gets to know.

Where a block is only asked for its fields, they are what it was made of; a field that is also written is a
variable::

    %p = qz.struct_new %x, %y                   %a = qz.local %x
    %b = qz.struct_get %p[0]                    %b = qz.local_get %a
    qz.struct_set %p[0], %z               →     qz.local_set %a, %z
    %c = qz.struct_get %p[1]                    use %y
    use %c

So nothing is allocated, and what is in the block is counted as any other value is. A block in a block goes
the same way, the outer one first.

What a value with a `drop` does when it is given up shows, so it is given up when it would have been: a block
stays if one of its fields may hold such a value, unless the caller keeps that in any case.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.ir import BlockArgument, Operation, SSAValue

from dialects.fast_ops import put_before, unlink
from dialects.qz.enums import EnumGetOp, EnumNewOp, EnumTagOp
from dialects.qz.properties import int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.structs import StructGetOp, StructNewOp, StructSetOp
from dialects.qz.types import LocalType, may_have_drop, si64
from dialects.qz.variables import LocalGetOp, LocalOp, LocalSetOp
from lowering.contents import Contents, definitions
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions


def _may_show(value: SSAValue, function: func.FuncOp) -> bool:
    """Whether anybody may see when a value is given up."""
    if type(value) is BlockArgument and value.block is function.body._first_block:
        return False
    return may_have_drop(value.type)


def number_of(op: Operation, name: str) -> int:
    number = op.properties[name]
    assert isinstance(number, IntegerAttr)
    return number.value.data


def is_a_look(make: Operation, op: Operation, index: int) -> bool:
    """Whether an operation does with the block that it is given nothing but look, or write a field."""
    fields = make._operands
    if type(op) is StructGetOp:
        return fields[number_of(op, "index")].type == op.result.type
    if type(op) is StructSetOp:
        return index == 0 and fields[number_of(op, "index")].type == op.value.type
    if type(op) is EnumGetOp:
        is_there = op.variant == make.properties["variant"]
        return is_there and fields[number_of(op, "index")].type == op.result.type
    return type(op) is EnumTagOp


def _is_dissolvable(make: Operation, function: func.FuncOp) -> bool:
    if "drop" in make.properties or any(_may_show(field, function) for field in make._operands):
        return False
    return all(is_a_look(make, use.operation, use.index) for use in make.results[0].uses)


def _dissolve(make: Operation) -> None:
    """Puts fields, or variables, in the place of a block."""
    users = [use.operation for use in make.results[0].uses]
    written = {number_of(op, "index") for op in users if type(op) is StructSetOp}
    cells = {
        index: put_before(make, LocalOp, (field,), (LocalType(field.type),)).results[0]
        for index, field in enumerate(make._operands)
        if index in written
    }
    for op in users:
        if type(op) is EnumTagOp:
            tag = put_before(op, ConstOp, (), (si64,), int_const(number_of(make, "variant"), si64))
            op.result.replace_all_uses_with(tag.results[0])
        elif type(op) is StructSetOp:
            put_before(op, LocalSetOp, (cells[number_of(op, "index")], op.value))
        elif (cell := cells.get(number_of(op, "index"))) is not None:
            read = put_before(op, LocalGetOp, (cell,), (op.results[0].type,))
            op.results[0].replace_all_uses_with(read.results[0])
        else:
            op.results[0].replace_all_uses_with(make._operands[number_of(op, "index")])
        _remove(op)
    _remove(make)


def _remove(op: Operation) -> None:
    unlink(op)
    op.operands = ()


def dissolve_function(function: func.FuncOp) -> None:
    """Does it in one function; what is in a block was made before it."""
    makes = [
        op for op in flat_ops(function) if type(op) is StructNewOp or (type(op) is EnumNewOp and op._operands)
    ]
    is_done = False
    while makes and not is_done:
        left = [make for make in makes if not _dissolved(make, function)]
        is_done = len(left) == len(makes)
        makes = left


def _dissolved(make: Operation, function: func.FuncOp) -> bool:
    if not _is_dissolvable(make, function):
        return False
    _dissolve(make)
    return True


def concerns(contents: Contents) -> bool:
    """Whether there is a block that is made here."""
    return contents.has_any((EnumNewOp, StructNewOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Does it in every function of a module; trusted code has its own ways with blocks."""
    if options.trusted:
        return
    for function in definitions(module):
        dissolve_function(function)

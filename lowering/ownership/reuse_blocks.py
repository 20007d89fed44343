"""Makes a block of one that is given up on the way, if nobody else refers to that.

The two are marked, with a number that they have in common and the type id of the block::

    qz.drop %list                               qz.drop %list {qz.reuse = [0, …]}
    %more = qz.enum_new 0 %x, %rest       →     %more = qz.enum_new 0 %x, %rest {qz.reuse = [0, …]}

The runtime finds out whether the count was the last one and the block one of that type id. Then what it held
is dropped, and the block is filled again instead of being freed and another one found. What the value of a
variable is replaced with may be made of it as well, since its parts have counts of their own by then::

    %new = qz.struct_new %a, %b                 %old = qz.local_get %cell
    %old = qz.local_get %cell                   qz.drop %old
    qz.local_set %cell, %new              →     %new = qz.struct_new %a, %b
    qz.drop %old                                qz.local_set %cell, %new

Nothing but their marks tells the two from any others, so without this pass, and in the interpreter, they mean
the same.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import DenseArrayBase, ModuleOp, i64
from xdsl.ir import Attribute, Operation

from dialects.fast_ops import attach_before, unlink
from dialects.qz.enums import EnumNewOp
from dialects.qz.ownership import DropOp
from dialects.qz.structs import StructNewOp
from dialects.qz.types import EnumType, TupleType, ValType, is_counted
from dialects.qz.val_type import laid_out
from dialects.qz.variables import LocalGetOp, LocalSetOp
from lowering.abi.layout import fields_type_id
from lowering.contents import Contents, definitions
from lowering.escapes.places import LOCAL
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.straight_paths import straight_paths

REUSE = "qz.reuse"
"""The mark: an attribute of what is dropped and of what is made of it."""


def reused(op: Operation) -> tuple[int, int] | None:
    """The number that an operation has in common with another one, and the type id of the block."""
    mark = op.attributes.get(REUSE)
    if mark is None:
        return None
    assert isinstance(mark, DenseArrayBase)
    number, type_id = [int(part) for part in mark.iter_values()]
    return number, type_id


def _type_id(make: Operation) -> int | None:
    """The type id of the block that an operation makes; None if it is none, or has more in front of it.

    One on the stack is no block for this.
    """
    fields = [is_counted(field._type) for field in make._operands]
    if "drop" in make.properties or not fields or LOCAL in make.attributes:
        return None
    if laid_out(make.results[0].type) is not None:
        return None
    if type(make) is EnumNewOp:
        if make.result.type.layout == "nullable":
            return None
        fields = [False, *fields]
    return fields_type_id(fields)


def _may_be_block(type_: Attribute) -> bool:
    if type(type_) is EnumType:
        return type_.layout != "nullable"
    return type(type_) is TupleType or (type(type_) is ValType and not type_.is_erased)


def _replace_earlier(make: Operation) -> None:
    """Gives up what a variable held before what it is replaced with is made."""
    read = make._next_op
    write = None if read is None else read._next_op
    drop = None if write is None else write._next_op
    if not (type(read) is LocalGetOp and type(write) is LocalSetOp and type(drop) is DropOp):
        return
    is_replaced = write._operands == (read._operands[0], make.results[0]) and drop._operands[0] is read.result
    if is_replaced and "part" not in read.properties:
        for op in (read, drop):
            unlink(op)
            attach_before(op, make)


def reuse_in_function(function: func.FuncOp) -> None:
    """Marks what goes together in one function."""
    makes = [op for op in flat_ops(function) if type(op) in (EnumNewOp, StructNewOp)]
    makes = [make for make in makes if _type_id(make) is not None]
    if not makes:
        return
    for make in makes:
        _replace_earlier(make)
    n_marks = 0
    for path in straight_paths(function):
        given_up: list[Operation] = []
        for op in path:
            if type(op) is DropOp and LOCAL not in op.attributes and _may_be_block(op.value.type):
                given_up.append(op)
            elif type(op) in (EnumNewOp, StructNewOp) and (type_id := _type_id(op)) is not None:
                drop = next((drop for drop in given_up if drop._operands[0].type == op.results[0].type), None)
                if drop is not None:
                    given_up.remove(drop)
                    mark = DenseArrayBase.from_list(i64, [n_marks, type_id])
                    drop.attributes[REUSE] = op.attributes[REUSE] = mark
                    n_marks += 1


def concerns(contents: Contents) -> bool:
    """Whether there is a block that is made here."""
    return contents.has_any((EnumNewOp, StructNewOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Marks what goes together in every function of a module; trusted code has its own ways with blocks."""
    if options.trusted:
        return
    for function in definitions(module):
        reuse_in_function(function)

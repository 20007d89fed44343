"""Hands values over to functions that give back one of the same type.

A parameter is borrowed: whoever calls keeps it. A function that makes a changed list of a list cannot use the
blocks of the old one again then, even if nobody else needs it any more. So a function that takes a struct or
an enum and gives one of the same type has an inner function, which owns those parameters; calls that are
known go there, and hand on the count of what they use for the last time::

    func.func @push(%l: List, %x: si64) -> List      func.func @push(%l: List, %x: si64) -> List {
      …                                                %r = func.call @"push$own"(%l, %x) {qz.owns = [0]}
    }                                          →       func.return %r
                                                     }
                                                     func.func @"push$own"(…) attributes {qz.owns = [0]} {
                                                       …
    %m = func.call @push(%l, %x)                     %m = func.call @"push$own"(%l, %x) {qz.owns = [0]}

Which parameters those are depends on the type of a function alone, so whoever calls it knows; and where it
shows when a value is given up, none are. Through a function value, a table of methods or from C the outer
one is called, which borrows as all do. Since all functions of a program have to agree on that, this pass
works on all of them or on none.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import DenseArrayBase, FunctionType, ModuleOp, SymbolRefAttr, i64
from xdsl.ir import Attribute

from dialects.fast_ops import append_op, attach_before, detached_op, new_region, region_with_block
from dialects.qz.properties import SHOWS
from dialects.qz.types import EnumType, ValType
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.shared_attributes import NO_PROPERTIES, string_attr

OWNS = "qz.owns"
"""An attribute of a function, and of a call of it: the positions of the parameters that it owns."""

OWNED_SUFFIX = "$own"
_RUNTIME_PREFIX = "rt."


def owned_positions(type_: FunctionType) -> list[int]:
    """The positions of the parameters that a function of a type owns."""
    results = type_.outputs.data
    if len(results) != 1 or not _is_block(results[0]):
        return []
    return [position for position, given in enumerate(type_.inputs) if given == results[0]]


def _is_block(type_: Attribute) -> bool:
    """Whether a value is a struct or a variant that has a block of its own."""
    if type(type_) is EnumType:
        return type_.layout != "tag"
    return type(type_) is ValType and not type_.is_erased


def owned_by(op: func.FuncOp | func.CallOp) -> tuple[int, ...]:
    """The positions of what a function owns, or a call hands over."""
    owns = op.attributes.get(OWNS)
    if owns is None:  # as most times, and `isinstance` takes long for that
        return ()
    assert isinstance(owns, DenseArrayBase)
    return tuple([int(position) for position in owns.iter_values()])


def _is_split(function: func.FuncOp) -> bool:
    """Whether a function, of this module or of another one, has an inner one."""
    is_inner = function.sym_name.data.startswith(_RUNTIME_PREFIX) or OWNS in function.attributes
    is_lambda = not function.is_declaration and function.sym_visibility is not None
    if is_inner or is_lambda or SHOWS in function.attributes:
        return False
    return bool(owned_positions(function.function_type))


def _mark(op: func.FuncOp | func.CallOp, type_: FunctionType) -> None:
    op.attributes = {**op.attributes, OWNS: DenseArrayBase.from_list(i64, owned_positions(type_))}


def _split(function: func.FuncOp) -> None:
    """Gives a function's body to an inner one; declares the inner one of another module."""
    type_ = function.function_type
    name = function.sym_name.data
    inner_name = string_attr(name + OWNED_SUFFIX)
    if function.is_declaration:
        properties = {**function.properties, "sym_name": inner_name}
        declared = detached_op(func.FuncOp, (), (), properties, function.location, (), (new_region(),))
        attach_before(declared, function)
        return
    region, block = region_with_block(type_.inputs.data)
    outer = detached_op(func.FuncOp, (), (), function.properties, function.location, (), (region,))
    outer.attributes = dict(function.attributes)
    function.properties = {**function.properties, "sym_name": inner_name}
    call = append_op(block, func.CallOp, block.args, type_.outputs.data, _callee(name), function.location)
    append_op(block, func.ReturnOp, call.results, (), NO_PROPERTIES, function.location)
    attach_before(outer, function)
    _mark(function, type_)


def _callee(name: str) -> dict[str, Attribute]:
    return {"callee": SymbolRefAttr(name)}


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Splits functions, and sends calls to the inner ones."""
    del options
    split = {
        op.sym_name.data: op.function_type
        for op in module.ops
        if isinstance(op, func.FuncOp) and _is_split(op)
    }
    if not split:
        return
    for op in list(module.ops):
        if isinstance(op, func.FuncOp) and op.sym_name.data in split:
            _split(op)
    for function in module.ops:
        if not isinstance(function, func.FuncOp):
            continue
        for op in flat_ops(function):
            if type(op) is func.CallOp and (name := op.callee.root_reference.data) in split:
                op.properties = {**op.properties, **_callee(name + OWNED_SUFFIX)}
                _mark(op, split[name])

"""Hands over vectors as the place of their elements and how many there are, where no more of them is needed.

A function that cannot change the size of any vector, and has no vector but to look at and to change elements
of, has a twin that takes these two words for it; calls that are known go there::

    func.func @sum(%v) {qz.bare = [0]} {         func.func @sum(%v) {
      …                                            %r = func.call @"sum$bare"(%v) {qz.takes_bare = [0]}
    }                                              func.return %r
                                             →   }
                                                 func.func @"sum$bare"(%v) {qz.takes_bare = [0]} {
                                                   …
    %s = func.call @sum(%w)                      %s = func.call @"sum$bare"(%w) {qz.takes_bare = [0]}

So a vector that is handed to such functions alone is known to nobody else, and LLVM knows its size wherever
it is: what is in memory may be changed by whoever has its address.

The types stay as they are here; the words are what `to_rt` makes of them. Which vectors those are is told by
the front end, of the functions of other modules as well, so all functions of a program agree on it.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import DenseArrayBase, ModuleOp
from xdsl.ir import Attribute, Use

from dialects.fast_ops import append_op, attach_before, detached_op, new_region, region_with_block
from dialects.qz.leaves import flattened
from dialects.qz.properties import BARE
from lowering.op_lists import flat_ops
from lowering.options import LoweringOptions
from lowering.ownership.to_owned import owned_positions
from lowering.shared_attributes import NO_PROPERTIES, callee_properties, string_attr

TAKES_BARE = "qz.takes_bare"
"""An attribute of a twin, and of a call of it: the positions of the vectors it takes in this way."""

BARE_SUFFIX = "$bare"

MAX_WORDS = 6
"""That a function takes in registers."""


def bare_in(op: func.FuncOp | func.CallOp) -> tuple[int, ...]:
    """The positions of what a function takes, or is given, in this way."""
    return _positions(op.attributes.get(TAKES_BARE))


def _positions(attribute: Attribute | None) -> tuple[int, ...]:
    if attribute is None:  # as most times, and `isinstance` takes long for that
        return ()
    assert isinstance(attribute, DenseArrayBase)
    return tuple([int(position) for position in attribute.iter_values()])


def is_bare(use: Use) -> bool:
    """Whether a value is given to a call that gets to know no more than its elements and their number."""
    op = use.operation
    return type(op) is func.CallOp and use.index in bare_in(op)


def _has_twin(function: func.FuncOp) -> bool:
    positions = _positions(function.attributes.get(BARE))
    if not positions or owned_positions(function.function_type):
        return False
    return len(flattened(function.function_type.inputs)) + len(positions) <= MAX_WORDS


def _split(function: func.FuncOp) -> None:
    """Gives a function's body to its twin; declares the one of another module."""
    type_ = function.function_type
    name = function.sym_name.data
    twin_name = string_attr(name + BARE_SUFFIX)
    bare = function.attributes[BARE]
    if function.is_declaration:
        properties = {**function.properties, "sym_name": twin_name}
        declared = detached_op(func.FuncOp, (), (), properties, function.location, (), (new_region(),))
        declared.attributes = {TAKES_BARE: bare}
        attach_before(declared, function)
        return
    region, block = region_with_block(type_.inputs.data)
    outer = detached_op(func.FuncOp, (), (), function.properties, function.location, (), (region,))
    outer.attributes = dict(function.attributes)
    function.properties = {**function.properties, "sym_name": twin_name}
    function.attributes = {**function.attributes, TAKES_BARE: bare}
    callee = callee_properties(name + BARE_SUFFIX)
    call = append_op(block, func.CallOp, block.args, type_.outputs.data, callee, function.location)
    call.attributes[TAKES_BARE] = bare
    append_op(block, func.ReturnOp, call.results, (), NO_PROPERTIES, function.location)
    attach_before(outer, function)


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Splits functions, and sends calls to their twins."""
    del options
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    bare = {op.sym_name.data: op.attributes[BARE] for op in functions if _has_twin(op)}
    if not bare:
        return
    for function in functions:
        for op in flat_ops(function):
            if type(op) is func.CallOp and (name := op.callee.root_reference.data) in bare:
                op.properties = {**op.properties, **callee_properties(name + BARE_SUFFIX)}
                op.attributes = {**op.attributes, TAKES_BARE: bare[name]}
    for function in functions:
        if function.sym_name.data in bare:
            _split(function)

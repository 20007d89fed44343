"""Replaces every value struct and unboxed enum by its leaves: parameters, results, variables, elements.

Only functions in which one occurs are touched, and in those only the operations it occurs in::

    %p = qz.vec_get %v, %i : … -> !qz.struct<"V", x: f64, y: f64>
    %q = func.call @turned(%p)
    %y = qz.value_get %q[1]                   →   %p0 = qz.vec_get %v, %i[0] : … -> f64
    qz.vec_set %v, %i, %q                         %p1 = qz.vec_get unchecked %v, %i[1] : … -> f64
                                                  %q0, %q1 = func.call @turned(%p0, %p1)
                                                  qz.vec_set %v, %i[0], %q0
                                                  qz.vec_set unchecked %v, %i[1], %q1

The first access to an element checks the index for the others. A leaf that nobody reads is not loaded. Where
a value becomes a `dyn Trait` it is put into a block, and its methods get functions that take it out again.

Definitions must precede their uses in the text, as `to_cfg` leaves them. Every value of the result is one
leaf; vectors, shared cells and function types still say what they hold or take.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable
from typing import TypeAlias, cast

from xdsl.dialects import func
from xdsl.dialects.builtin import ArrayAttr, FunctionType, ModuleOp, StringAttr
from xdsl.ir import Attribute, Block, SSAValue

from dialects.fast_attributes import new_array, new_function_type
from dialects.fast_ops import unlink
from dialects.fast_rewrites import discard
from dialects.qz.leaves import flattened, has_leaves, leaf_names
from dialects.qz.types import LocalType, SharedType, VecType
from dialects.qz.variables import GlobalGetOp, GlobalSetOp
from lowering.contents import Contents
from lowering.dispatch import Table, UnsupportedOpError
from lowering.expand_values import blocks, boxes, enums, flow, variables, vectors
from lowering.expand_values.expansion import Expansion
from lowering.op_lists import blocks_of
from lowering.options import LoweringOptions
from lowering.shared_attributes import string_attr

TABLE: Table[Expansion] = Table(
    {**flow.TABLE, **variables.TABLE, **vectors.TABLE, **blocks.TABLE, **enums.TABLE, **boxes.TABLE}
)


Known: TypeAlias = dict[int, bool]
"""Of which types it is known whether they have leaves, by identity."""


def concerns(contents: Contents) -> bool:
    """Whether one occurs, as a value or where one is kept; what is in a variable is not known."""
    if contents.has_any((GlobalGetOp, GlobalSetOp)):
        return True
    for type_ in contents.types:
        if _holds_leaves(type_) or (type(type_) is VecType and has_leaves(type_.element)):
            return True
        if type(type_) is SharedType and has_leaves(type_.content):
            return True
    return False


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Expands the functions of a module and its declarations."""
    del options
    known: Known = {}
    for op in list(module.ops):
        if not isinstance(op, func.FuncOp):
            continue
        signature = op.function_type
        if any(has_leaves(type_) for type_ in (*signature.inputs, *signature.outputs)):
            _expand_signature(op, signature)
        if not op.is_declaration and _mentions_leaves(op, known):
            module.body.block.add_ops(expand_body(op, known))


def _expand_signature(function: func.FuncOp, signature: FunctionType) -> None:
    inputs, outputs = flattened(signature.inputs), flattened(signature.outputs)
    type_ = new_function_type(inputs, outputs)
    function.properties = {**function.properties, "function_type": type_}
    names = function.attributes.get("qz.names")
    if isinstance(names, ArrayAttr):
        given = cast("ArrayAttr[Attribute]", names)
        function.attributes["qz.names"] = new_array(_leaf_names(signature, given))


def _leaf_names(signature: FunctionType, names: ArrayAttr[Attribute]) -> list[Attribute]:
    """The names of the parameters; of one that has leaves, with that of a leaf behind it, once each."""
    found: list[Attribute] = []
    for name, type_ in zip(names, signature.inputs, strict=False):  # an environment has no name
        if has_leaves(type_) and isinstance(name, StringAttr):
            found += [string_attr(f"{name.data}.{leaf}") for leaf in leaf_names(type_)]
        else:
            found.append(name)
    return found


def _mentions_leaves(function: func.FuncOp, known: Known) -> bool:
    """Whether anything with leaves occurs in the body of a function."""
    block = function.body._first_block
    while block is not None:
        for argument in block._args:
            if has_leaves(argument._type):
                return True
        op = block._first_op
        while op is not None:
            if _any_has_leaves(op.results, known) or "part" in op.properties:
                return True
            op = op._next_op
        block = block._next_block
    return False


def _any_has_leaves(values: Iterable[SSAValue], known: Known) -> bool:
    for value in values:
        type_ = value._type
        found = known.get(id(type_))
        if found is None:
            found = known[id(type_)] = _holds_leaves(type_)
        if found:
            return True
    return False


def _holds_leaves(type_: Attribute) -> bool:
    """Whether values of a type, or what is in a cell of it, have leaves."""
    return has_leaves(type_.content if type(type_) is LocalType else type_)


def expand_body(function: func.FuncOp, known: Known) -> list[func.FuncOp]:
    """Expands one function; gives the functions that were made for it."""
    expansion = Expansion(function.sym_name.data)
    blocks_ = blocks_of(function)
    for block in blocks_:
        expansion.expand_arguments(block)
    table = TABLE
    for block in blocks_:
        op = block._first_op
        while op is not None:
            following = op._next_op
            if (
                _any_has_leaves(op._operands, known)
                or _any_has_leaves(op.results, known)
                or "part" in op.properties
            ):
                expand = table.get(type(op))
                if expand is None:
                    raise UnsupportedOpError("expand_values", op)
                expansion.begin(op)
                expand(expansion, op)
            op = following
    _clean_up(expansion, blocks_)
    return expansion.functions


def _clean_up(expansion: Expansion, blocks_: list[Block]) -> None:
    """Takes away what was replaced, and reads of leaves that nobody wants."""
    for op in expansion.replaced:
        unlink(op)
        op.operands = ()
        op.successors = ()
    for block in blocks_:
        for argument in [argument for argument in block.args if _holds_leaves(argument.type)]:
            block.erase_arg(argument)
    for op in reversed(expansion.reads):
        if op.results[0].first_use is None:
            discard(op)

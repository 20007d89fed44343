"""Erases types: layouts become offsets, values become i64 words, memory and checks become explicit.

The function is rebuilt once, block by block, with a map from old values to new ones::

    %x = qz.vec_get %v, %i              %n = qzrt.load "s" 8 %v … offset 8 alias "vec size"
                                        %ok = arith.cmpi ult, %i, %n
                                   →    qzrt.check "bounds" %ok(%i, %n)
                                        %d = qzrt.load "p" 8 %v … offset 0 alias "vec data"
                                        %x = qzrt.load "s" 4 %d[%i] scale 4 … alias "element 4"

Definitions must precede their uses in the text, as `to_cfg` leaves them. The result is of the stage `rt`.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, StringAttr, SymbolRefAttr
from xdsl.ir import Attribute, Operation, Region

from dialects.fast_ops import detached_op, new_region
from dialects.qz.calls import CEntryOp, ExternOp
from lowering.abi.runtime_abi import RUNTIME_FUNCTIONS, RuntimeFunction
from lowering.dispatch import Table, UnsupportedOpError
from lowering.escapes.to_bare import bare_in
from lowering.op_lists import blocks_of, top_ops
from lowering.options import LoweringOptions
from lowering.shared_attributes import erased_signature, string_attr, words_signature
from lowering.to_rt import (
    arithmetic,
    c_calls,
    calls,
    closures,
    control,
    counts,
    dynamic,
    enums,
    local_vectors,
    owned_places,
    raw,
    rows,
    scalars,
    strings,
    structs,
    variables,
    vectors,
)
from lowering.to_rt.building import IrErasure
from lowering.to_rt.erasure import Erasure

TABLE: Table[Erasure] = Table(
    {
        **control.TABLE,
        **scalars.TABLE,
        **arithmetic.TABLE,
        **variables.TABLE,
        **strings.TABLE,
        **vectors.TABLE,
        **owned_places.TABLE,
        **structs.TABLE,
        **rows.TABLE,
        **enums.TABLE,
        **raw.TABLE,
        **calls.TABLE,
        **c_calls.TABLE,
        **closures.TABLE,
        **dynamic.TABLE,
        **counts.TABLE,
    }
)

_PRIVATE = StringAttr("private")


def erase_body(function: func.FuncOp, rt: Erasure) -> None:
    """Walks the body of one function and has each op lowered."""
    entry, *others = blocks_of(function)
    blocks, values, table = rt.blocks, rt.values, TABLE
    for block in others:
        new = rt.new_block([rt.form(old) for old in block._args])
        for old, argument in zip(block._args, new._args, strict=True):
            values[id(old)] = argument
        blocks[id(block)] = new

    bare = bare_in(function)
    n_words = len(entry._args)
    words = rt.start_entry(n_words + len(bare))
    for old, word in zip(entry._args, words, strict=False):
        values[id(old)] = rt.from_word(word, rt.form(old))
    rt.location = function.location
    for position, size in zip(bare, words[n_words:], strict=True):
        old = entry._args[position]
        values[id(old)] = local_vectors.lent_header(rt, old, words[position], size)
    for block in (entry, *others):
        if block is not entry:
            rt.start_block(blocks[id(block)])
        op = block._first_op
        while op is not None:
            rt.location = op.location
            lower = table.get(type(op))
            if lower is None:
                raise UnsupportedOpError("to_rt", op)
            lower(rt, op)
            op = op._next_op


def find_externs(module: ModuleOp) -> dict[str, ExternOp]:
    """The C functions that a module declares, and those that it defines itself."""
    found: dict[str, ExternOp] = {}
    for op in top_ops(module):
        if type(op) is ExternOp:
            found[op.sym_name.data] = op
        elif type(op) is CEntryOp:
            properties: dict[str, Attribute] = {"sym_name": op.sym_name, "function_type": op.function_type}
            found[op.sym_name.data] = detached_op(ExternOp, (), (), properties)
    return found


def _erased_function(function: func.FuncOp, body: Region) -> func.FuncOp:
    signature = function.function_type
    properties: dict[str, Attribute] = {
        **function.properties,
        "function_type": erased_signature(signature, len(bare_in(function))),
    }
    erased = detached_op(func.FuncOp, (), (), properties, function.location, (), (body,))
    erased.attributes = function.attributes
    return erased


def _runtime_declaration(function: RuntimeFunction) -> Operation:
    properties: dict[str, Attribute] = {
        "sym_name": string_attr(function.symbol),
        "function_type": words_signature(function.n_parameters, function.has_result),
        "sym_visibility": _PRIVATE,
    }
    return detached_op(func.FuncOp, (), (), properties, regions=(new_region(),))


def _callees(body: Region) -> Iterator[str]:
    for block in body.blocks:
        for op in block.ops:
            if isinstance(op, func.CallOp):
                callee = op.properties["callee"]
                assert isinstance(callee, SymbolRefAttr)
                yield callee.root_reference.data


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Erases the types of a module; C functions go, as each of their calls says its C type."""
    ops = list(module.ops)
    externs = find_externs(module)
    declared = {op.sym_name.data for op in ops if isinstance(op, func.FuncOp)}
    erased: list[Operation] = []
    missing: dict[str, Operation] = {}
    for op in ops:
        op.detach()
        if isinstance(op, ExternOp):
            continue
        if isinstance(op, CEntryOp):
            erased.append(calls.erased_entry(op))
            continue
        if not isinstance(op, func.FuncOp):
            raise UnsupportedOpError("to_rt", op)
        if op.is_declaration:
            erased.append(_erased_function(op, new_region()))
            continue
        rt = IrErasure(externs, options.debug)
        erase_body(op, rt)
        function = _erased_function(op, rt.region)
        function.attributes = {**op.attributes, **rt.address_attributes()}
        erased.append(function)
        for symbol in _callees(rt.region):
            if symbol not in declared and symbol not in missing:
                missing[symbol] = _runtime_declaration(RUNTIME_FUNCTIONS[symbol])
    module.body.block.add_ops([*missing.values(), *erased])

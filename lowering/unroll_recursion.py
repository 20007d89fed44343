"""Unrolls small functions that call themselves, as one unrolls a loop.

A few copies of the function are made, each of which calls the next one, and the last of which calls the
function again; LLVM inlines them into one another and shares what they have in common::

    f: … call @f …          f:    … call @"f.r1" …
                       →    f.r1: … call @"f.r2" …      (internal, alwaysinline)
                            f.r2: … call @f …

How many depends only on the number of operations and of self-calls, so the same source always gives the
same text. Each level multiplies the body by the number of self-calls.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import llvm
from xdsl.dialects.builtin import ModuleOp, SymbolRefAttr
from xdsl.ir import Operation

from lowering.emit_llvm.declarations import passthrough
from lowering.options import LoweringOptions
from lowering.shared_attributes import string_attr
from lowering.to_llvm.functions import DEFINED, attribute_list
from lowering.to_llvm.properties import call_properties

MAX_OPS = 400
"""Operations of all the copies together, each counted as often as it is inlined."""

MAX_LEVELS = 4

_FORBIDDING = frozenset(("noinline", "cold"))
_INTERNAL = llvm.LinkageAttr("internal")


def _calls_of(function: llvm.FuncOp, name: str) -> list[Operation]:
    found: list[Operation] = []
    for block in function.body.blocks:
        for op in block.ops:
            callee = op.properties.get("callee")
            if isinstance(callee, SymbolRefAttr) and callee.root_reference.data == name:
                found.append(op)
    return found


def levels_for(n_ops: int, n_calls: int) -> int:
    """How many copies to make: as many as keep the inlined whole within bounds."""
    if n_calls == 0:
        return 0
    total, bodies, levels = n_ops, 1, 0
    while levels < MAX_LEVELS:
        bodies *= n_calls
        total += bodies * n_ops
        if total > MAX_OPS:
            break
        levels += 1
    return levels


def _retarget(calls: list[Operation], callee: str) -> None:
    for call in calls:
        cconv = call.properties["CConv"]
        assert isinstance(cconv, llvm.CallingConventionAttr)
        call.properties = call_properties(callee, len(call._operands), cconv)


def unroll_function(function: llvm.FuncOp) -> list[llvm.FuncOp]:
    """The copies made of one function, which now calls the first of them."""
    name = function.sym_name.data
    calls = _calls_of(function, name)
    n_ops = sum(len(block.ops) for block in function.body.blocks)
    levels = levels_for(n_ops, len(calls))
    copies: list[llvm.FuncOp] = []
    for level in range(1, levels + 1):
        copy = function.clone()
        copy.properties = {
            **function.properties,
            "sym_name": string_attr(f"{name}.r{level}"),
            "linkage": _INTERNAL,
            "passthrough": attribute_list((*DEFINED, "alwaysinline")),
        }
        if level < levels:
            _retarget(_calls_of(copy, name), f"{name}.r{level + 1}")
        copies.append(copy)
    if copies:
        _retarget(calls, f"{name}.r1")
    return copies


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Unrolls every function of a module that may be inlined."""
    del options
    for op in list(module.ops):
        if isinstance(op, llvm.FuncOp) and op.body.blocks and not _is_excluded(op):
            module.body.block.add_ops(unroll_function(op))


def _is_excluded(function: llvm.FuncOp) -> bool:
    return not _FORBIDDING.isdisjoint(passthrough(function))

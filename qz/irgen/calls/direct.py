"""Calls of functions, of the program and of the runtime, with values that are there already."""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DenseArrayBase, SymbolRefAttr, i64
from xdsl.dialects.func import CallOp
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.qz.leaves import n_leaves
from dialects.qz.ownership import AdoptOp
from dialects.qz.properties import COMPUTES, LEAVES, LENT, LENT_WHOLE, UNIT
from dialects.qz.types import is_counted, si64
from qz.irgen.builder import Builder
from qz.irgen.calls.inlining import layers, made_here
from qz.sema.decls import FunctionDecl


def call_function(b: Builder, node: int, function: FunctionDecl, operands: list[SSAValue]) -> SSAValue | None:
    if b.options.optimised and (made := made_here(b, function, operands)) is not None:
        return made
    b.callees[function.symbol] = function
    callee = b.ir_types.callee(function)
    location = b.locate(node) if node and b.keeps_locations else None
    op = b.do(CallOp, operands, callee.properties, callee.outputs, (), location)
    if callee.computes or (b.options.optimised and b.program.queries.bare_vectors.computes(function)):
        op.attributes[COMPUTES] = UNIT
    elif b.options.optimised and b.program.queries.leaving.leaves(function):
        op.attributes[LEAVES] = UNIT
    if b.options.optimised:
        _note_lent(b, op, function)
    if callee.diverges:
        raise b.unreachable()
    return op.results[0] if callee.outputs else None


def _note_lent(b: Builder, call: Operation, function: FunctionDecl) -> None:
    """Note which operands, counted in leaves, are blocks made here that the function does not hold on to, and
    which of these have others in them with which it is the same.

    Only of these it is asked: the answer takes reading the function.
    """
    queries = b.program.queries
    lent: list[int] = []
    whole: list[int] = []
    leaf = 0
    for position, value in enumerate(call._operands):
        n_layers = layers(value.owner)
        if n_layers and not queries.holding.may_hold(function, position):
            lent.append(leaf)
            if n_layers > 1 and not queries.whole_holding.may_hold(function, position):
                whole.append(leaf)
        leaf += n_leaves(value._type)
    for name, found in ((LENT, lent), (LENT_WHOLE, whole)):
        if found:
            call.attributes[name] = DenseArrayBase.from_list(i64, found)


def call_runtime(
    b: Builder, symbol: str, operands: list[SSAValue], result: Attribute | None = None
) -> SSAValue | None:
    """Call a runtime function by its symbol: words go in as what it declares, and come out as ``result``."""
    function = b.ir_types.runtime_function(symbol)
    inputs = b.ir_types.callee(function).inputs
    words = [b.coerce(value, want) for value, want in zip(operands, inputs, strict=True)]
    found = call_function(b, 0, function, words)
    if found is None or result is None:
        return found
    if is_counted(result) and found.type == si64:
        return b.make(AdoptOp, (found,), result)
    return b.coerce(found, result)


def call_library(b: Builder, module: str, name: str, operands: Sequence[SSAValue]) -> SSAValue | None:
    """Call a function of a module of the library that was written for derived code."""
    return call_function(b, 0, b.program.library.function(module, name), list(operands))


def symbol_ref(symbol: str) -> SymbolRefAttr:
    found = _REFS.get(symbol)
    if found is None:
        found = SymbolRefAttr(symbol)
        if len(_REFS) >= MAX_SHARED_REFS:
            _REFS.clear()
        _REFS[symbol] = found
    return found


MAX_SHARED_REFS = 4096
_REFS: dict[str, SymbolRefAttr] = {}

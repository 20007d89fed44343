"""Translates the stage `rt` into the llvm dialect.

Addresses that come from memory stay pointers, checks become branches to cold blocks at the end of the
function, and accesses carry the class of memory they touch. Constants and stack slots move to the front of
the entry block::

    qzrt.check "bounds" %ok(%i, %n)     llvm.cond_br %ok, ^rest, ^cold
                                   →  ^cold:
                                        llvm.call @rt.panic$bounds(%i, %n, %file, %place)
                                        llvm.unreachable
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterable

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import ModuleOp, SymbolRefAttr, i64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.fast_ops import detached_op, new_block
from dialects.qzrt.calls import CEntryOp
from lowering.abi.runtime_abi import RUNTIME_FUNCTIONS
from lowering.dispatch import RuleTable, UnsupportedOpError
from lowering.options import LoweringOptions
from lowering.to_llvm import calls, floats, integers, memory, panics
from lowering.to_llvm.building import IrTranslation
from lowering.to_llvm.c_entries import define_c_entry
from lowering.to_llvm.control import TERMINATORS, terminate
from lowering.to_llvm.functions import (
    ALIGNMENT,
    DEFINED,
    declare_data,
    declare_words,
    define_string,
    definition_properties,
    results_of,
    written_attributes,
)
from lowering.to_llvm.translation import PTR, Translation
from lowering.to_rt.building import address_arguments

RULES: RuleTable[Translation] = RuleTable(
    {**integers.RULES, **floats.RULES, **memory.RULES, **panics.RULES, **calls.RULES}
)

_KEPT_ATTRIBUTES = (
    ("qz.source", "display_name"),
    ("qz.names", "parameter_names"),
    (ALIGNMENT, ALIGNMENT),
)
"""What backtraces, debuggers and linkers are told."""


def _make_blocks(function: func.FuncOp, entry: Block, values: dict[int, SSAValue]) -> dict[int, Block]:
    """Makes every block of the function but the first, with its arguments."""
    addresses = address_arguments(function)
    blocks: dict[int, Block] = {}
    for position, old in enumerate(function.body.blocks):
        if position == 0:
            new = entry
            for _ in old._args:
                new.insert_arg(i64, len(new._args))
        else:
            new = new_block(
                [
                    PTR if (position, index) in addresses else argument._type
                    for index, argument in enumerate(old._args)
                ]
            )
        for old_argument, argument in zip(old._args, new._args, strict=True):
            values[id(old_argument)] = argument
        blocks[id(old)] = new
    return blocks


def translate_body(function: func.FuncOp, tr: IrTranslation) -> None:
    """Translates the body of one function."""
    values: dict[int, SSAValue] = {}
    blocks = _make_blocks(function, tr.block, values)
    rules = RULES
    block = function.body.blocks.first
    while block is not None:
        tr.start_block(blocks[id(block)])
        op = block._first_op
        while op is not None:
            tr.location = op.location
            operands = [values[id(operand)] for operand in op._operands]
            op_class = type(op)
            rule = rules.get(op_class)
            if rule is not None:
                results = op.results
                tr.attributes = _debug_attributes(op)
                if results:
                    (result,) = results
                    value = rule(tr, operands, op.properties, result._type)
                    assert value is not None
                    values[id(result)] = value
                else:
                    rule(tr, operands, op.properties, None)
            elif op_class in TERMINATORS:
                successors = [blocks[id(successor)] for successor in op._successors]
                terminate(tr, op_class, operands, op.properties, successors)
            else:
                raise UnsupportedOpError("to_llvm", op)
            op = op._next_op
        block = block._next_block


def _debug_attributes(op: Operation) -> dict[str, Attribute]:
    """What the slot of a variable tells the debugger."""
    if "debug_type" not in op.attributes:
        return {}
    return {"debug_name": op.properties["name"], **op.attributes}


def _translate_function(function: func.FuncOp, tr: IrTranslation) -> Operation:
    translate_body(function, tr)
    marks = function.attributes
    n_results = results_of(function)
    properties = definition_properties(function, n_results, DEFINED + written_attributes(marks))
    translated = detached_op(llvm.FuncOp, (), (), properties, function.location, (), (tr.finish(),))
    translated.attributes = {name: marks[mark] for mark, name in _KEPT_ATTRIBUTES if mark in marks}
    return translated


def _called(tr: IrTranslation) -> Iterable[str]:
    """The symbols of the runtime that a body calls."""
    for block in tr.region.blocks:
        for op in block.ops:
            callee = op.properties.get("callee")
            if isinstance(callee, SymbolRefAttr):
                yield callee.root_reference.data


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Translates a module; declarations that nothing refers to are kept, since they cost little."""
    del options
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    entries = [op for op in module.ops if isinstance(op, CEntryOp)]
    names = {function.sym_name.data for function in functions if not function.is_declaration}
    names |= {entry.sym_name.data for entry in entries}
    declared: dict[str, Operation] = {}
    defined: list[Operation] = []
    strings: dict[str, bytes] = {}
    for function in functions:
        function.detach()
        if function.is_declaration:
            name = function.sym_name.data
            n_parameters = len(function.function_type.inputs)
            declared[name] = declare_words(name, n_parameters, results_of(function))
            continue
        tr = IrTranslation()
        defined.append(_translate_function(function, tr))
        strings.update(tr.strings)
        for symbol, declaration in tr.declared.items():
            if symbol not in names and symbol not in declared:
                declared[symbol] = declare_data(symbol) if declaration is None else declaration
        for symbol in _called(tr):
            runtime = RUNTIME_FUNCTIONS.get(symbol)
            if runtime is not None and symbol not in names and symbol not in declared:
                declared[symbol] = declare_words(symbol, runtime.n_parameters, runtime.has_result)
    for entry in entries:
        entry.detach()
        defined.append(define_c_entry(entry))
    data = [define_string(name, content) for name, content in strings.items()]
    module.body.block.add_ops([*data, *declared.values(), *defined])

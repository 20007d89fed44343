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

from xdsl.dialects import func, llvm
from xdsl.dialects.builtin import ModuleOp, i64
from xdsl.ir import Block, BlockArgument, Operation

from dialects.fast_ops import append_block, detached_op, new_block
from dialects.qzrt.blocks import CopyOp, FillOp, MoveOp
from dialects.qzrt.memory import LoadOp, StoreOp
from lowering.dispatch import Table, UnsupportedOpError
from lowering.options import LoweringOptions
from lowering.to_llvm import calls, control, floats, integers, memory, panics
from lowering.to_llvm.functions import (
    DEFINED,
    declare_data,
    declare_words,
    define_string,
    function_properties,
    word_signature,
)
from lowering.to_llvm.translation import PTR, Translation

TABLE: Table[Translation] = Table(
    {
        **control.TABLE,
        **integers.TABLE,
        **floats.TABLE,
        **memory.TABLE,
        **panics.TABLE,
        **calls.TABLE,
    }
)

_ADDRESSED = (LoadOp, StoreOp)
_MOVED = (CopyOp, MoveOp, FillOp)

_WRITTEN_ATTRIBUTES = (("qz.inline", "alwaysinline"), ("qz.noinline", "noinline"), ("qz.cold", "cold"))
"""Annotations of the source, and what LLVM calls them."""

_KEPT_ATTRIBUTES = (("qz.source", "display_name"), ("qz.names", "parameter_names"))
"""What backtraces and debuggers are told."""


def _is_address(argument: BlockArgument) -> bool:
    """Whether a block argument is used as an address, and so had better be a pointer."""
    use = argument.first_use
    while use is not None:
        op = use._operation
        if isinstance(op, _ADDRESSED):
            if use._index == 0:
                return True
        elif isinstance(op, _MOVED) and use._index == 0:
            return True
        use = use._next_use
    return False


def _make_blocks(entry: Block, tr: Translation) -> None:
    """Makes every block of the function with its arguments."""
    block: Block | None = entry
    while block is not None:
        if block is entry:
            new = tr.block
            for _ in block._args:
                new.insert_arg(i64, len(new._args))
        else:
            new = new_block(
                [PTR if old._type == i64 and _is_address(old) else old._type for old in block._args]
            )
        for old, argument in zip(block._args, new._args, strict=True):
            tr.values[id(old)] = argument
        tr.blocks[id(block)] = new
        block = block._next_block


def translate_body(function: func.FuncOp, tr: Translation) -> None:
    """Translates the body of one function."""
    entry = function.body.blocks.first
    assert entry is not None
    _make_blocks(entry, tr)
    table = TABLE
    block: Block | None = entry
    while block is not None:
        tr.start_block(tr.blocks[id(block)])
        op = block._first_op
        while op is not None:
            tr.location = op.location
            lower = table.get(type(op))
            if lower is None:
                raise UnsupportedOpError("to_llvm", op)
            lower(tr, op)
            op = op._next_op
        block = block._next_block
    for cold in tr.cold_blocks:
        append_block(tr.region, cold)


def _translate_function(function: func.FuncOp, tr: Translation) -> Operation:
    translate_body(function, tr)
    signature = function.function_type
    marks = function.attributes
    names = DEFINED + tuple(name for mark, name in _WRITTEN_ATTRIBUTES if mark in marks)
    properties = function_properties(
        function.sym_name.data, word_signature(len(signature.inputs), bool(signature.outputs)), names
    )
    translated = detached_op(llvm.FuncOp, (), (), properties, function.location, (), (tr.region,))
    translated.attributes = {name: marks[mark] for mark, name in _KEPT_ATTRIBUTES if mark in marks}
    return translated


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Translates a module; declarations that nothing refers to are kept, since they cost little."""
    del options
    functions = [op for op in module.ops if isinstance(op, func.FuncOp)]
    declared: dict[str, Operation] = {}
    translations: list[Translation] = []
    defined: list[Operation] = []
    for function in functions:
        function.detach()
        if function.is_declaration:
            signature = function.function_type
            name = function.sym_name.data
            declared[name] = declare_words(name, len(signature.inputs), bool(signature.outputs))
            continue
        tr = Translation()
        defined.append(_translate_function(function, tr))
        translations.append(tr)
    names = {function.sym_name.data for function in functions}
    strings: dict[str, bytes] = {}
    for tr in translations:
        strings.update(tr.strings)
        for symbol, runtime in tr.runtime.items():
            if symbol not in names and symbol not in declared:
                declared[symbol] = declare_words(symbol, runtime.n_parameters, runtime.has_result)
        for symbol, declaration in tr.symbols.items():
            if symbol not in names and symbol not in declared:
                declared[symbol] = declare_data(symbol) if declaration is None else declaration
    data = [define_string(name, content) for name, content in strings.items()]
    module.body.block.add_ops([*data, *declared.values(), *defined])

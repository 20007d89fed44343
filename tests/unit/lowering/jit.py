"""Runs LLVM text, to see whether it means what it should."""

import ctypes
from collections.abc import Callable
from pathlib import Path

import llvmlite.binding as llvm
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser

from dialects.registry import make_context
from lowering.emit_llvm import UnitBuilder, emit_functions
from lowering.options import DEFAULT_OPTIONS, LoweringOptions
from lowering.pipeline import run_stages

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()

SAMPLES = Path(__file__).parent / "samples"
STUBS = """
define void @"rt.panic$bounds"(i64 %i, i64 %n, i64 %f, i64 %a) { unreachable }
define void @"rt.panic$overflow"(i64 %c, i64 %f, i64 %a) { unreachable }
define void @"rt.panic$division"(i64 %f, i64 %a) { unreachable }
define void @"rt.panic$message"(i64 %t, i64 %f, i64 %a) { unreachable }
define void @"rt.count$dup"(i64 %x) { ret void }
define void @"rt.count$drop"(i64 %x) { ret void }
define void @"rt.count$dup_word"(i64 %x) { ret void }
define void @"rt.count$drop_word"(i64 %x) { ret void }
"""


def machine() -> llvm.TargetMachine:
    return llvm.Target.from_default_triple().create_target_machine(jit=True)


def parse(text: str) -> ModuleOp:
    return Parser(make_context(), text).parse_module()


def lowered(text: str, options: LoweringOptions = DEFAULT_OPTIONS) -> ModuleOp:
    """A module of the stage `qz` at the stage `llvm`."""
    module = parse(text)
    run_stages(module, "llvm", options, verify=True)
    return module


def unit_of(module: ModuleOp, options: LoweringOptions = DEFAULT_OPTIONS) -> str:
    """The text of a module of the stage `llvm`."""
    target = machine()
    unit = UnitBuilder(llvm.get_default_triple(), str(target.target_data))
    for function in emit_functions(module, options):
        unit.add(function)
    return unit.finish()


class Program:
    """Compiled text; the panics of the runtime are stubs that nothing may call, and nothing is counted."""

    def __init__(self, text: str) -> None:
        context = llvm.create_context()
        module = llvm.parse_assembly(text, context)
        module.link_in(llvm.parse_assembly(STUBS, context))
        module.verify()
        self._engine = llvm.create_mcjit_compiler(module, machine())
        self._engine.finalize_object()

    def function(self, name: str, n_parameters: int) -> Callable[..., int]:
        address = self._engine.get_function_address(name)
        assert address
        return ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * n_parameters)(address)

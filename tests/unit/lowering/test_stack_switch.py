"""The function that leaves a stack for another: how it is defined, and that it runs where it can be run."""

import ctypes

import pytest

from lowering.emit_llvm import UnitBuilder
from lowering.emit_llvm.stack_switch import CODE, FRAME_BYTES, RETURN_OFFSET, SWITCH_STACK, switch_text
from qz.codegen.jit import load
from qz.codegen.machine import Machine, host_triple
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES
from qz.codegen.target import baseline

CALLER = f"""
define i64 @there_and_back(i64 %place, i64 %stack) {{
  call void @"{SWITCH_STACK}"(i64 %place, i64 %stack)
  ret i64 7
}}
"""
BACK = f"""
define void @back() {{
  %stack = load i64, ptr @here
  call void @"{SWITCH_STACK}"(i64 ptrtoint (ptr @there to i64), i64 %stack)
  unreachable
}}
@here = global i64 0
@there = global i64 0

define i64 @main(i64 %stack) {{
  %code = ptrtoint ptr @back to i64
  %place = add i64 %stack, {RETURN_OFFSET}
  %pointer = inttoptr i64 %place to ptr
  store i64 %code, ptr %pointer
  %result = call i64 @there_and_back(i64 ptrtoint (ptr @here to i64), i64 %stack)
  ret i64 %result
}}
"""


def object_code(triple: str, text: str) -> bytes:
    target = baseline(triple)
    definition = switch_text(target.architecture)
    assert definition is not None
    with Machine(target, 2) as machine:
        unit = UnitBuilder(triple, machine.data_layout())
        unit.add(definition)
        with Module((unit.finish() + text).encode()) as module:
            module.prepare(triple, machine)
            module.verify()
            module.keep_only(["main", "there_and_back"])
            module.optimise(machine, PROFILES["O2"])
            assert SWITCH_STACK in module.text()
            assert "memory(none)" not in module.text()  # which would say that nothing happens
            return module.object_code(machine)


@pytest.mark.parametrize("architecture", CODE)
def test_code_is_in_the_object_as_it_is_written(architecture):
    code = bytes.fromhex(CODE[architecture])
    assert code in object_code(f"{architecture}-unknown-linux-gnu", CALLER)


def test_a_new_stack_is_entered_and_left():
    main = load([object_code(host_triple(), CALLER + BACK)])
    stack = ctypes.create_string_buffer(1 << 16)
    frame = (ctypes.addressof(stack) + len(stack) - FRAME_BYTES) & -16
    assert ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64)(main)(frame) == 7


def test_another_processor_has_none():
    assert switch_text("mips64") is None

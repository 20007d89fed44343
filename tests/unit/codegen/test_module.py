"""Modules: what LLVM refuses, linking, what stays visible, and what the profiles do."""

import pytest

from qz.codegen.library import LlvmError
from qz.codegen.machine import Machine, host_triple
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES
from qz.codegen.target import baseline

from .llvm_text import CALLS_OTHER_UNIT, RETURNS_SEVEN, TWICE

HERE = baseline(host_triple())


def optimised(text: bytes, profile: str, *, bitcode: bytes | None = None, keep=None, owned=True) -> str:
    with Machine(HERE, PROFILES[profile].codegen_level) as machine, Module(text) as module:
        if bitcode is not None:
            module.link_in([bitcode], owned=owned)
        module.prepare(HERE.triple, machine)
        if keep is not None:
            module.keep_only(keep)
        module.optimise(machine, PROFILES[profile])
        return module.text()


def bitcode_of(text: bytes) -> bytes:
    with Module(text) as module:
        return module.bitcode()


def test_malformed_text_is_refused_with_its_place():
    with pytest.raises(LlvmError, match="2:3"):
        Module(b"define i32 @f() {\n  nonsense\n}\n")


def test_a_nul_byte_does_not_cut_the_module_short():
    with pytest.raises(LlvmError, match="NUL"):
        Module(RETURNS_SEVEN + b"\0define i32 @g() { ret i32 0 }")


_USES_A_VALUE_BEFORE_IT_IS_THERE = b"""
define i32 @f(i1 %c) {
  br i1 %c, label %a, label %b
a:
  %x = add i32 1, 1
  br label %b
b:
  ret i32 %x
}
"""


def test_text_that_parses_but_is_invalid_does_not_verify():
    with Module(_USES_A_VALUE_BEFORE_IT_IS_THERE) as module, pytest.raises(LlvmError, match="dominate"):
        module.verify()


def test_a_valid_module_verifies():
    with Module(RETURNS_SEVEN) as module:
        module.verify()


def test_dev_promotes_slots_to_values_and_o0_does_not():
    assert "alloca" not in optimised(RETURNS_SEVEN, "dev")
    assert "alloca" in optimised(RETURNS_SEVEN, "O0")


def test_linked_in_code_is_inlined_and_dropped_where_only_main_is_kept():
    text = optimised(CALLS_OTHER_UNIT, "O2", bitcode=bitcode_of(TWICE), keep=["main"])
    assert "ret i32 42" in text
    assert "@twice" not in text


def test_linked_in_code_that_another_unit_owns_is_inlined_but_not_defined():
    text = optimised(CALLS_OTHER_UNIT, "O2", bitcode=bitcode_of(TWICE), owned=False)
    assert "ret i32 42" in text
    assert "define i64 @twice" not in text


def test_without_keep_only_everything_stays_visible():
    text = optimised(TWICE + RETURNS_SEVEN, "O2")
    assert "i64 @twice(" in text
    assert "internal" not in text


_SUM = b"""
define i64 @sum(ptr noalias %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %i1, %loop ]
  %s = phi i64 [ 0, %entry ], [ %s1, %loop ]
  %at = getelementptr i64, ptr %p, i64 %i
  %v = load i64, ptr %at
  %s1 = add i64 %s, %v
  %i1 = add i64 %i, 1
  %more = icmp ult i64 %i1, %n
  br i1 %more, label %loop, label %done
done:
  ret i64 %s1
}
"""


@pytest.mark.parametrize(
    ("profile", "vectorizes"), [("dev", False), ("O1", False), ("O2", True), ("O3", True)]
)
def test_only_o2_and_o3_vectorize_loops(profile, vectorizes):
    assert ("<2 x i64>" in optimised(_SUM, profile)) == vectorizes


_FOUR_STORES = b"""
define void @f(ptr noalias %a, ptr noalias %b) {
  %x0 = load double, ptr %a
  %a1 = getelementptr double, ptr %a, i64 1
  %x1 = load double, ptr %a1
  %y0 = fadd double %x0, 1.0
  %y1 = fadd double %x1, 1.0
  store double %y0, ptr %b
  %b1 = getelementptr double, ptr %b, i64 1
  store double %y1, ptr %b1
  ret void
}
"""


def test_o2_vectorizes_straight_line_code():
    assert "<2 x double>" in optimised(_FOUR_STORES, "O2")


def test_the_module_says_what_it_is_for():
    text = optimised(RETURNS_SEVEN, "dev")
    assert f'target triple = "{HERE.triple}"' in text
    assert 'target datalayout = "e-m:e' in text


def test_an_unknown_target_is_refused():
    with pytest.raises(LlvmError, match="nowhere"):
        Machine(baseline("nowhere-unknown-none"), 0)


@pytest.mark.parametrize("triple", ["aarch64-unknown-linux-gnu", "riscv64-unknown-linux-gnu", "wasm32-wasi"])
def test_objects_for_other_machines(triple):
    target = baseline(triple)
    with Machine(target, 0) as machine, Module(RETURNS_SEVEN) as module:
        module.prepare(triple, machine)
        image = module.object_code(machine)
    magic = b"\0asm" if triple.startswith("wasm") else b"\x7fELF"
    assert image.startswith(magic)


def test_assembly_and_object_come_from_one_module():
    with Machine(HERE, 2) as machine, Module(RETURNS_SEVEN) as module:
        module.prepare(HERE.triple, machine)
        module.optimise(machine, PROFILES["O2"])
        assert b"movl\t$7, %eax" in module.assembly(machine)
        assert module.object_code(machine).startswith(b"\x7fELF")

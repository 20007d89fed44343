"""Text of functions put together: everything once, whatever the order of what it came with."""

from dataclasses import replace

import llvmlite.binding as llvm
import pytest
from xdsl.dialects.builtin import i32
from xdsl.dialects.llvm import LLVMFunctionType, LLVMPointerType

from lowering.emit_llvm import FunctionText, UnitBuilder, emit_functions
from lowering.emit_llvm.constants import float_text, single_text
from lowering.emit_llvm.declarations import c_declaration
from lowering.emit_llvm.symbols import escape, symbol
from lowering.entry import Filling, Start, Variable, entry_of_tests, entry_text, globals_text
from lowering.options import DEFAULT_OPTIONS
from tests.unit.lowering.jit import lowered, machine

TEXTS = """
builtin.module {
  func.func private @"m$use"(!qz.str) -> ()
  func.func @"m$first"() {
    %a = qz.str_const "shared"
    func.call @"m$use"(%a) : (!qz.str) -> ()
    qz.return
  }
  func.func @"m$second"() {
    %a = qz.str_const "shared"
    %b = qz.str_const "a\\00\\FFb"
    func.call @"m$use"(%a) : (!qz.str) -> ()
    func.call @"m$use"(%b) : (!qz.str) -> ()
    func.call @"m$first"() : () -> ()
    qz.return
  }
}
"""


def builder() -> UnitBuilder:
    return UnitBuilder(llvm.get_default_triple(), str(machine().target_data))


def checked(text: str) -> llvm.ModuleRef:
    assert "\0" not in text
    module = llvm.parse_assembly(text, llvm.create_context())
    module.verify()
    return module


def texts() -> list[FunctionText]:
    return emit_functions(lowered(TEXTS), DEFAULT_OPTIONS)


def test_calls_that_run_seldom_are_bounded_in_one_of_many_units() -> None:
    bound, sometimes = '"function-inline-threshold"=', "attributes #6 = { nounwind noinline }"
    for frugal in (True, False):
        text = builder().finish(frugal=frugal)
        assert (bound in text) == (sometimes in text) == frugal
        checked(text)


def test_strings_and_declarations_are_there_once() -> None:
    unit = builder()
    for function in texts():
        unit.add(function)
    text = unit.finish()
    assert text.count('c"\\06\\00') == 1
    assert text.count("declare hidden void @m$use(i64)") == 1
    assert "declare hidden void @m$first" not in text  # it is defined here
    module = checked(text)
    assert {f.name for f in module.functions if not f.is_declaration} == {"m$first", "m$second"}


def test_a_function_alone_declares_what_it_calls() -> None:
    unit = builder()
    unit.add(texts()[1])
    text = unit.finish()
    assert "declare hidden void @m$first()" in text
    checked(text)


def test_a_copy_to_inline_is_no_definition() -> None:
    first, second = texts()
    owning = first.text.replace("@m$first(", "@m$first$own(")
    copy = replace(first, text=first.text + owning).for_inlining()
    assert copy is not None
    unit = builder()
    unit.add(second)
    unit.add(copy)
    module = checked(unit.finish())
    assert module.get_function("m$first").linkage is llvm.Linkage.available_externally
    assert module.get_function("m$first$own").linkage is llvm.Linkage.available_externally
    assert module.get_function("m$second").linkage is llvm.Linkage.external


@pytest.mark.parametrize("mark", ["noinline", "cold", "noinline cold"])
def test_what_is_never_inlined_has_no_copy(mark: str) -> None:
    (first, _) = texts()
    assert replace(first, text=first.text.replace(") #0", f") {mark} #0", 1)).for_inlining() is None
    inner = "define internal void @m$first.r1() {\n  ret void\n}\n"
    assert replace(first, text=first.text + inner).for_inlining() is None
    assert globals_text([Variable("m$n", 1)]).for_inlining() is None


def test_same_functions_same_text() -> None:
    both = []
    for _ in range(2):
        unit = builder()
        for function in texts():
            unit.add(function)
        both.append(unit.finish())
    assert both[0] == both[1]


@pytest.mark.parametrize("takes_arguments", [False, True])
@pytest.mark.parametrize("returns_status", [False, True])
def test_entry(takes_arguments: bool, returns_status: bool) -> None:
    unit = builder()
    unit.add(entry_text(Start("m$main", takes_arguments, returns_status)))
    module = checked(unit.finish())
    assert str(module.get_function("m$main").global_value_type) == (
        f"{'i64' if returns_status else 'void'} ({'i64' if takes_arguments else ''})"
    )


def test_entry_fills_variables_before_main() -> None:
    unit = builder()
    fillings = [
        Filling("m$TABLE$value", ("m$TABLE",)),
        Filling("m$pair$value", ("m$pair.0", "m$pair.1")),
        Filling("m$four$value", ("m$four.0", "m$four.1", "m$four.2", "m$four.3")),
    ]
    unit.add(entry_text(Start("m$main"), fillings))
    unit.add(globals_text([Variable(variable, 0) for filling in fillings for variable in filling.variables]))
    module = checked(unit.finish())
    entry = [op for block in module.get_function("main").blocks for op in block.instructions]
    called = [str(op).partition("@")[2].partition("(")[0] for op in entry if op.opcode == "call"]
    assert [name.strip('"') for name in called] == [
        "rt.start$init",
        "m$TABLE$value",
        "m$pair$value",
        "m$four$value",
        "m$main",
        "rt.start$finish",
    ]
    stored = [str(op).rpartition("@")[2].partition(",")[0] for op in entry if op.opcode == "store"]
    assert [name.strip('"') for name in stored] == [name for f in fillings for name in f.variables]
    assert 'call swiftcc { i64, i64, i64, i64 } @"m$four$value"()' in str(module)


def test_entry_of_tests_runs_the_one_it_is_told() -> None:
    unit = builder()
    starts = [Start("m$test.1"), Start("m$main", takes_arguments=True, returns_status=True)]
    unit.add(entry_of_tests(starts, [Filling("m$TABLE$value", ("m$TABLE",))]))
    unit.add(globals_text([Variable("m$TABLE", 0)]))
    module = checked(unit.finish())
    blocks = {block.name: block for block in module.get_function("main").blocks}
    called = {
        name: [str(list(op.operands)[-1].name) for op in block.instructions if op.opcode == "call"]
        for name, block in blocks.items()
    }
    assert called[""] == ["rt.start$init", "m$TABLE$value"]
    assert called["test0"] == ["m$test.1", "rt.start$finish"]
    assert called["test1"] == ["rt.start$args", "m$main", "rt.count$drop", "rt.start$finish"]
    assert called["none"] == []


def test_llvm_knows_what_returns_twice() -> None:
    signature = LLVMFunctionType([LLVMPointerType()], i32)
    assert c_declaration("_setjmp", signature) == "declare i32 @_setjmp(ptr) returns_twice"
    assert c_declaration("strlen", signature) == "declare i32 @strlen(ptr)"


def test_globals_start_with_words() -> None:
    unit = builder()
    unit.add(globals_text([Variable("m$n", -5), Variable("m$x", 1.0), Variable("m$s", b"text")]))
    module = checked(unit.finish())
    assert "global i64 -5" in str(module.get_global_variable("m$n"))
    assert "global i64 4607182418800017408" in str(module.get_global_variable("m$x"))
    assert "i64 ptrtoint" in str(module.get_global_variable("m$s"))


def test_symbols_are_quoted_where_they_must_be() -> None:
    assert symbol("a.b$c_1") == "@a.b$c_1"
    assert symbol("1a") == '@"1a"'
    assert symbol('wei"rd é') == '@"wei\\22rd \\C3\\A9"'
    assert escape(b"\0\x7f\\~") == "\\00\\7F\\5C~"


def test_floats_are_exact() -> None:
    assert float_text(0.1) == "0x3FB999999999999A"
    assert single_text(0.1) == "0x3FB99999A0000000"  # the double that the float next to it is
    assert single_text(1e300) == float_text(float("inf"))
    assert float_text(-0.0) == "0x8000000000000000"

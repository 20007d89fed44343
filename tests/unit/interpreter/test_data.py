"""Strings, vectors, structs, globals, raw memory, and how panics and exits end a program."""

import pytest

from dialects.interpreters.host import Host
from dialects.interpreters.values import InterpreterFault, Value
from tests.unit.interpreter.running import evaluate, panic_of, run_module


def test_strings() -> None:
    joined = "%r = qz.str_concat %0, %1, %0\nqz.return %r : !qz.str"
    assert evaluate(joined, b"ab", b"\xff", types="!qz.str !qz.str", result="!qz.str") == b"ab\xffab"
    assert evaluate("%r = qz.str_size %0\nqz.return %r : si64", "ä".encode(), types="!qz.str") == 2
    byte = "%r = qz.str_byte_at %0, %1\nqz.return %r : si64"
    assert evaluate(byte, b"a\xff", 1, types="!qz.str si64") == 255
    assert evaluate('%r = qz.str_const "a\\00"\nqz.return %r : !qz.str', result="!qz.str") == b"a\0"


@pytest.mark.parametrize(
    ("lhs", "rhs", "below"), [(b"a", b"b", True), (b"a", b"a\0", True), (b"\xc3", b"z", False)]
)
def test_strings_compare_by_bytes(lhs: bytes, rhs: bytes, below: bool) -> None:
    body = '%r = qz.str_cmp "lt" %0, %1\nqz.return %r : i1'
    assert evaluate(body, lhs, rhs, types="!qz.str !qz.str", result="i1") is below


@pytest.mark.parametrize("index", [-1, 3])
def test_bad_index_panics(index: int) -> None:
    message = f"panic: index {index} is out of bounds for size 3"
    vec, text = "!qz.vec<si64>", "!qz.str"
    assert panic_of("%r = qz.str_byte_at %0, %1", b"abc", index, types=f"{text} si64") == message
    get = f"%r = qz.vec_get %0, %1 : {vec} -> si64"
    assert panic_of(get, [1, 2, 3], index, types=f"{vec} si64") == message
    set_ = f"qz.vec_set %0, %1, %1 : {vec}, si64"
    assert panic_of(set_, [1, 2, 3], index, types=f"{vec} si64") == message


def test_tables() -> None:
    made = '%r = qz.table_vec <"\\01\\00\\FE\\FF"> : !qz.vec<si16>\nqz.return %r : !qz.vec<si16>'
    assert evaluate(made, result="!qz.vec<si16>") == [1, -2]
    get = '%r = qz.table_get <"\\01\\00\\FE\\FF">[%0] : si16'
    assert evaluate(f"{get}\nqz.return %r : si16", 1, types="si64", result="si16") == -2
    assert panic_of(get, 2, types="si64") == "panic: index 2 is out of bounds for size 2"
    assert panic_of(get, -1, types="si64") == "panic: index -1 is out of bounds for size 2"


def test_vectors() -> None:
    body = """
  %a = qz.const 1 : ui8 -> ui8
  %b = qz.const 2 : ui8 -> ui8
  %v = qz.vec_lit %a, %b, %a : ui8, ui8, ui8 -> !qz.vec<ui8>
  qz.vec_push %v, %b : !qz.vec<ui8>, ui8
  %last = qz.vec_pop_unchecked %v : !qz.vec<ui8> -> ui8
  %size = qz.vec_size %v : !qz.vec<ui8>
  %zero = qz.const 0 : si64 -> si64
  qz.vec_set %v, %zero, %last : !qz.vec<ui8>, ui8
  qz.return %v : !qz.vec<ui8>"""
    assert evaluate(body, result="!qz.vec<ui8>") == [2, 2, 1]
    filled = "%v = qz.vec_filled %0, %1 : f64 -> !qz.vec<f64>\nqz.return %v : !qz.vec<f64>"
    assert evaluate(filled, 3, 0.5, types="si64 f64", result="!qz.vec<f64>") == [0.5, 0.5, 0.5]
    cleared = "qz.vec_clear %0 : !qz.vec<si64>\n%r = qz.vec_size %0 : !qz.vec<si64>\nqz.return %r : si64"
    assert evaluate(cleared, [1, 2], types="!qz.vec<si64>") == 0
    negative = "%v = qz.vec_filled %0, %0 : si64 -> !qz.vec<si64>"
    assert panic_of(negative, -1, types="si64") == "panic: negative size for a `Vec`"


def test_structs_are_shared() -> None:
    body = """
  %p = qz.struct_new %0, %1 : si64, f64 -> !qz.val<@Point>
  %q = qz.reinterpret %p : !qz.val<@Point> to !qz.val<"T">
  %back = qz.reinterpret %q : !qz.val<"T"> to !qz.val<@Point>
  qz.struct_set %back[1 "y"], %2 : !qz.val<@Point>, f64
  %r = qz.struct_get %p[1 "y"] : !qz.val<@Point> -> f64
  qz.return %r : f64"""
    assert evaluate(body, 1, 2.0, 3.5, types="si64 f64 f64", result="f64") == 3.5


def test_addresses_tell_objects_apart_and_come_back() -> None:
    body = """
  %a = qz.reinterpret %0 : !qz.vec<si64> to si64
  %b = qz.reinterpret %1 : !qz.vec<si64> to si64
  %same = qz.cmp "eq" %a, %b : si64
  %r = qz.reinterpret %a : si64 to !qz.vec<si64>
  %one = qz.const 1 : si64 -> si64
  qz.if %same {
    qz.vec_push %r, %one : !qz.vec<si64>, si64
    qz.yield
  }
  qz.return %r : !qz.vec<si64>"""
    types = "!qz.vec<si64> !qz.vec<si64>"
    shared: list[int] = [5]
    assert evaluate(body, shared, shared, types=types, result="!qz.vec<si64>") == [5, 1]
    assert evaluate(body, [5], [5], types=types, result="!qz.vec<si64>") == [5]


@pytest.mark.parametrize(
    ("type_", "old", "new"),
    [("f64", 0.5, -2.25), ("f32", 0.5, 0.25), ("!qz.str", b"a", b"b"), ("i1", False, True)],
)
def test_runtime_takes_vectors_and_elements_as_words(type_: str, old: Value, new: Value) -> None:
    text = f"""
func.func private @rt.vec$insert(si64, si64, si64)
func.func private @rt.vec$copy(si64) -> si64
func.func @main(%old: {type_}, %new: {type_}) -> !qz.vec<{type_}> {{
  %v = qz.vec_lit %old : {type_} -> !qz.vec<{type_}>
  %vec = qz.reinterpret %v : !qz.vec<{type_}> to si64
  %word = qz.reinterpret %new : {type_} to si64
  %zero = qz.const 0 : si64 -> si64
  func.call @rt.vec$insert(%vec, %zero, %word) : (si64, si64, si64) -> ()
  %copied = func.call @rt.vec$copy(%vec) : (si64) -> si64
  qz.vec_clear %v : !qz.vec<{type_}>
  %back = qz.reinterpret %copied : si64 to !qz.vec<{type_}>
  qz.return %back : !qz.vec<{type_}>
}}"""
    found = run_module(text, old, new).result
    assert found == [new, old]
    assert [type(value) for value in found] == [type(new), type(old)]


@pytest.mark.parametrize("n", [1 << 60, 1 << 46])
def test_more_elements_than_memory_panics(n: int) -> None:
    body = "%v = qz.vec_filled %0, %0 : si64 -> !qz.vec<si64>"
    assert panic_of(body, n, types="si64") == "panic: more memory is asked for than there are addresses"


def test_globals_start_as_given() -> None:
    text = """
func.func @main() -> si64 {
  %0 = qz.global_get @m$n : si64
  %1 = qz.add %0, %0 overflow "trap" : si64
  qz.global_set @m$n, %1 : si64
  %2 = qz.global_get @m$n : si64
  %3 = qz.global_get @m$other : si64
  %4 = qz.add %2, %3 overflow "trap" : si64
  qz.return %4 : si64
}"""
    assert run_module(text, **{"m$n": 21}).result == 42


def test_raw_memory() -> None:
    body = """
  %n = qz.const 16 : si64 -> si64
  %p = qz.call_extern @malloc(%n) : (si64) -> si64
  qz.raw_fill %p, %0, %n
  qz.raw_store %0 to %p offset 2 width 2
  %four = qz.const 4 : si64 -> si64
  %q = qz.add %p, %four overflow "trap" : si64
  qz.raw_move %q, %p, %four
  %r = qz.raw_load %1 %p, %four offset 2 width 2
  qz.return %r : si64"""
    assert evaluate(body.replace("%1 %p", "%p"), 0xFFFE, types="si64") == 0xFFFE
    assert evaluate(body.replace("%1 %p", "signed %p"), 0xFFFE, types="si64") == -2


def test_string_bytes_are_at_their_address() -> None:
    body = """
  %p = qz.reinterpret %0 : !qz.str to si64
  %n = qz.raw_load %p offset -16 width 8
  %r = qz.raw_load %p, %n offset -1 width 1
  qz.return %r : si64"""
    assert evaluate(body, b"xyz", types="!qz.str") == ord("z")


def test_access_outside_a_block_is_a_fault() -> None:
    with pytest.raises(InterpreterFault, match="in no block"):
        evaluate("%r = qz.raw_load %0 offset 0 width 8\nqz.return %r : si64", 8, types="si64")


def test_unknown_function_is_a_fault() -> None:
    text = """
func.func private @m$missing()
func.func @main() {
  func.call @m$missing() : () -> ()
  qz.return
}"""
    with pytest.raises(InterpreterFault, match=r"`m\$missing`"):
        run_module(text)


PANICKING = """
func.func @inner(%s: !qz.str) attributes {qz.source = "m::inner"} {
  "qz.panic"(%s) : (!qz.str) -> () loc("m.qz":3:5)
  qz.unreachable
}
func.func @main() {
  %hello = qz.str_const "hello"
  func.call @rt.io$write(%hello) : (!qz.str) -> ()
  %s = qz.str_const "went wrong"
  func.call @inner(%s) : (!qz.str) -> ()
  qz.return
}
func.func private @rt.io$write(!qz.str)
"""


def test_panic_tells_message_place_and_callers() -> None:
    outcome = run_module(PANICKING)
    assert outcome.status == 101
    assert outcome.stdout == b"hello"
    assert outcome.stderr.decode().splitlines() == [
        "panic: went wrong",
        "  at m.qz:3:5",
        "backtrace:",
        "  0: m::inner",
        "  1: main",
    ]


def test_exit_status_is_taken_modulo_256() -> None:
    body = "func.func @main() -> si64 {\n  %0 = qz.const 258 : si64 -> si64\n  qz.return %0 : si64\n}"
    assert run_module(body).status == 2
    leave = """
func.func private @rt.os$exit(si64)
func.func @main() {
  %0 = qz.const -1 : si64 -> si64
  func.call @rt.os$exit(%0) : (si64) -> ()
  qz.unreachable
}"""
    assert run_module(leave).status == 255


def test_host_gives_input_and_environment() -> None:
    text = """
func.func private @rt.io$read_line() -> !qz.str
func.func private @rt.os$variable(!qz.str) -> !qz.str
func.func private @rt.io$write_error(!qz.str)
func.func @main() {
  %0 = func.call @rt.io$read_line() : () -> !qz.str
  %1 = func.call @rt.io$read_line() : () -> !qz.str
  %n = qz.str_const "NAME"
  %2 = func.call @rt.os$variable(%n) : (!qz.str) -> !qz.str
  %3 = qz.str_concat %1, %0, %2
  func.call @rt.io$write_error(%3) : (!qz.str) -> ()
  qz.return
}"""
    host = Host(stdin=b"one\ntwo", environ={b"NAME": b"value"})
    assert run_module(text, host=host).stderr == b"twoone\nvalue"

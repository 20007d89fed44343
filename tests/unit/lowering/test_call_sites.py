"""Calls that run rarely are marked: those for memory are not inlined, others only where it takes no room."""

import re

from lowering.emit_llvm.call_sites import weighed

_DROP = "  call void @rt.count$drop(i64 %0)"
_WORK = "  %1 = call i64 @app$work(i64 %0)"
_PLAIN = "  %1 = add i64 %0, 1"


def function(*lines: str) -> str:
    return "\n".join(["define hidden void @f(i64 %0) #0 {", "b0:", *lines, "}\n"])


def loop(*lines: str) -> list[str]:
    return ["  br label %b1", "b1:", *lines, "  br i1 %c, label %b1, label %b2", "b2:", "  ret void"]


def marks(text: str) -> list[str]:
    """What stands behind each call."""
    return [found.strip() for found in re.findall(r"call [^\n]*?\)([^)\n]*)$", weighed(text), re.M)]


def test_memory_is_called_in_the_straight_line_of_a_large_function_and_nowhere_else() -> None:
    assert marks(function(_DROP)) == [""]
    assert marks(function(*[_PLAIN] * 100, _DROP)) == ["#4"]
    assert marks(function(*[_PLAIN] * 100, *loop(_DROP))) == [""]
    assert marks(function(*loop(*[_PLAIN] * 100, _DROP))) == ["#4"]


def test_memory_in_a_function_of_some_size_is_up_to_the_unit() -> None:
    assert marks(function(*[_PLAIN] * 50, _DROP, _WORK)) == ["#6", ""]
    assert marks(function(*[_PLAIN] * 50, *loop(_DROP), _DROP)) == ["", "#6"]
    assert marks(function(*[_PLAIN] * 100, *loop(*[_PLAIN] * 50, _DROP), _DROP)) == ["#6", "#4"]


def test_an_outer_loop_that_is_large_makes_no_inner_one_rare() -> None:
    inner = ["  br label %b3", "b3:", _DROP, "  br i1 %d, label %b3, label %b4", "b4:"]
    assert marks(function(*loop(*[_PLAIN] * 100, *inner, _DROP))) == ["", "#4"]


def test_another_call_there_is_to_be_inlined_where_it_takes_no_room() -> None:
    assert marks(function(_WORK)) == [""]
    assert marks(function(*[_PLAIN] * 100, _WORK)) == ["#5"]
    assert marks(function(*[_PLAIN] * 100, *loop(_WORK), _WORK)) == ["", "#5"]
    vector = "  %1 = call i64 @rt.vec$new(i64 1, i64 19)"  # how long it is saves checks
    assert marks(function(*[_PLAIN] * 100, vector)) == ["#5"]


def test_what_leads_back_in_the_text_is_no_loop() -> None:
    branches = ["  br i1 %c, label %b2, label %b1", "b1:", _DROP, "  ret void", "b2:", "  br label %b1"]
    assert marks(function(*[_PLAIN] * 100, *branches)) == ["#4"]


def test_what_leaves_a_loop_is_no_part_of_it() -> None:
    leaving = ["  br i1 %d, label %b2, label %b3", "b2:", _DROP, "  ret void", "b3:", _DROP]
    assert marks(function(*[_PLAIN] * 100, "  br label %b1", "b1:", *leaving, "  br label %b1")) == ["#4", ""]


def test_a_call_of_what_is_not_known_is_not_marked() -> None:
    text = function(*[_PLAIN] * 100, "  call void %1(i64 %0)")
    assert weighed(text) == text

"""Branches, loops, and every way to leave them."""

import pytest

from dialects.interpreters.machine import Limits
from dialects.interpreters.values import InterpreterFault, LimitReached
from tests.unit.interpreter.running import evaluate, run_module

COUNT = """
  %one = qz.const 1 : si64 -> si64
  %zero = qz.const 0 : si64 -> si64
  %n = qz.local %zero : !qz.local<si64> from si64
"""
BUMP = """
    %old = qz.local_get %n : !qz.local<si64> -> si64
    %new = qz.add %old, %one overflow "trap" : si64
    qz.local_set %n, %new : !qz.local<si64>, si64
"""
RESULT = """
  %r = qz.local_get %n : !qz.local<si64> -> si64
  qz.return %r : si64
"""


@pytest.mark.parametrize(
    ("first", "second", "expected"), [(True, True, 1), (False, True, 2), (False, False, 3)]
)
def test_if_takes_the_first_arm_that_holds(first: bool, second: bool, expected: int) -> None:
    body = """
  %a = qz.const 1 : si64 -> si64
  %b = qz.const 2 : si64 -> si64
  %c = qz.const 3 : si64 -> si64
  %r = qz.if %0 -> si64 {
    qz.yield %a : si64
  } elif {
    qz.yield %1 : i1
  } then {
    qz.yield %b : si64
  } else {
    qz.yield %c : si64
  }
  qz.return %r : si64"""
    assert evaluate(body, first, second, types="i1 i1") == expected


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_short_circuit(first: bool, second: bool) -> None:
    """The second operand counts its evaluations."""
    template = """
  %b = qz.{op} {{
    qz.yield %0 : i1
  }} {{
    {bump}
    qz.yield %1 : i1
  }}
  %truth = qz.cast %b : i1 to si64
  %ten = qz.const 10 : si64 -> si64
  %tens = qz.mul %truth, %ten overflow "trap" : si64
  %seen = qz.local_get %n : !qz.local<si64> -> si64
  %r = qz.add %tens, %seen overflow "trap" : si64
  qz.return %r : si64"""
    for op, expected in (
        ("all", 10 * (first and second) + first),
        ("any", 10 * (first or second) + (not first)),
    ):
        body = COUNT + template.format(op=op, bump=BUMP)
        assert evaluate(body, first, second, types="i1 i1") == expected


@pytest.mark.parametrize(
    ("type_", "low", "high", "step", "inclusive", "expected"),
    [
        ("si64", 0, 5, 1, False, [0, 1, 2, 3, 4]),
        ("si64", 0, 5, 1, True, [0, 1, 2, 3, 4, 5]),
        ("si64", 3, 3, 1, False, []),
        ("si64", 3, 3, 1, True, [3]),
        ("si64", 5, 3, 1, True, []),
        ("si64", 0, 10, 4, False, [0, 4, 8]),
        ("si64", 0, 8, 4, True, [0, 4, 8]),
        ("si64", 5, 2, -1, False, [5, 4, 3]),
        ("si64", 5, 1, -2, True, [5, 3, 1]),
        ("ui8", 253, 255, 1, True, [253, 254, 255]),
        ("si8", -128, -126, 1, True, [-128, -127, -126]),
        ("si64", 2**63 - 2, 2**63 - 1, 1, True, [2**63 - 2, 2**63 - 1]),
        ("ui8", 250, 255, 4, True, [250, 254]),
    ],
)
def test_for(type_: str, low: int, high: int, step: int, inclusive: bool, expected: list[int]) -> None:
    with_step = "" if step == 1 else "step %2"
    body = f"""
  %v = qz.vec_new : !qz.vec<{type_}>
  qz.for %0 to %1 {with_step} {"inclusive" if inclusive else ""} : {type_} {{
  ^bb0(%i: {type_}):
    qz.vec_push %v, %i : !qz.vec<{type_}>, {type_}
    qz.yield
  }}
  qz.return %v : !qz.vec<{type_}>"""
    found = evaluate(body, low, high, step, types=f"{type_} {type_} {type_}", result=f"!qz.vec<{type_}>")
    assert found == expected


def test_while_counts_and_condition_is_evaluated_each_turn() -> None:
    body = f"""{COUNT}
  qz.while {{
    %now = qz.local_get %n : !qz.local<si64> -> si64
    %c = qz.cmp "lt" %now, %0 : si64
    qz.yield %c : i1
  }} do {{
    {BUMP}
    qz.yield
  }}
  {RESULT}"""
    assert evaluate(body, 7, types="si64") == 7
    assert evaluate(body, -7, types="si64") == 0


def test_loop_breaks_with_values() -> None:
    body = """
  %a, %b = qz.loop -> si64, i1 {
    %t = qz.const true -> i1
    qz.break %0, %t : si64, i1
  }
  %r = qz.if %b -> si64 {
    qz.yield %a : si64
  } else {
    qz.unreachable
  }
  qz.return %r : si64"""
    assert evaluate(body, 42, types="si64") == 42


def nested(leave: str) -> str:
    """Two loops of five turns each; in the third turn of the inner one something leaves."""
    return f"""{COUNT}
  %two = qz.const 2 : si64 -> si64
  %five = qz.const 5 : si64 -> si64
  qz.for label "outer" %zero to %five : si64 {{
  ^bb0(%i: si64):
    qz.for %zero to %five : si64 {{
    ^bb0(%j: si64):
      %there = qz.cmp "eq" %j, %two : si64
      qz.if %there {{
        {leave}
      }}
      {BUMP}
      qz.yield
    }}
    qz.yield
  }}
  {RESULT}"""


@pytest.mark.parametrize(
    ("leave", "expected"),
    [
        ("qz.break", 5 * 2),
        ("qz.continue", 5 * 4),
        ('qz.break label "outer"', 2),
        ('qz.continue label "outer"', 5 * 2),
        ("qz.return %five : si64", 5),
        ("qz.yield", 5 * 5),
    ],
)
def test_leaving_nested_loops(leave: str, expected: int) -> None:
    assert evaluate(nested(leave)) == expected


@pytest.mark.parametrize(
    ("leave", "expected"),
    [
        ("qz.yield", [10, 5, 10, 5]),
        ("qz.break", [10]),
        ("qz.continue", [10, 10]),
        ("qz.return %0 : !qz.vec<si64>", [10]),
    ],
)
def test_cleanup_runs_whatever_way_the_body_is_left(leave: str, expected: list[int]) -> None:
    body = f"""
  %zero = qz.const 0 : si64 -> si64
  %two = qz.const 2 : si64 -> si64
  %five = qz.const 5 : si64 -> si64
  %ten = qz.const 10 : si64 -> si64
  qz.for %zero to %two : si64 {{
  ^bb0(%i: si64):
    qz.defer {{
      {leave}
    }} finally {{
      qz.vec_push %0, %ten : !qz.vec<si64>, si64
      qz.yield
    }}
    qz.vec_push %0, %five : !qz.vec<si64>, si64
    qz.yield
  }}
  qz.return %0 : !qz.vec<si64>"""
    assert evaluate(body, [], types="!qz.vec<si64>", result="!qz.vec<si64>") == expected


@pytest.mark.parametrize(
    ("leave", "expected"),
    [
        ("qz.return %0 : !qz.vec<si64>", [1, 2, 3]),
        ("qz.return %0 : !qz.vec<si64>", [2]),
        ("qz.yield", [1, 2, 3, 4]),
    ],
)
def test_cleanup_runs_after_those_it_comes_after(leave: str, expected: list[int]) -> None:
    """The innermost scope is left by what is asked for; where two are expected, the one in the middle is."""
    is_early = len(expected) == 1
    body = f"""
  %one = qz.const 1 : si64 -> si64
  %two = qz.const 2 : si64 -> si64
  %three = qz.const 3 : si64 -> si64
  %four = qz.const 4 : si64 -> si64
  %early = qz.const {str(is_early).lower()} -> i1
  qz.defer {{
    qz.if %early {{
      {leave}
    }}
    qz.defer after 1 {{
      qz.defer {{
        qz.defer after 2 {{
          {leave}
        }} finally {{
          qz.yield
        }}
        qz.yield
      }} finally {{
        qz.vec_push %0, %one : !qz.vec<si64>, si64
        qz.yield
      }}
      qz.yield
    }} finally {{
      qz.vec_push %0, %three : !qz.vec<si64>, si64
      qz.yield
    }}
    qz.yield
  }} finally {{
    qz.vec_push %0, %two : !qz.vec<si64>, si64
    qz.yield
  }}
  qz.vec_push %0, %four : !qz.vec<si64>, si64
  qz.return %0 : !qz.vec<si64>"""
    assert evaluate(body, [], types="!qz.vec<si64>", result="!qz.vec<si64>") == expected


def test_for_each_sees_what_is_pushed_meanwhile() -> None:
    body = """
  %three = qz.const 3 : si64 -> si64
  qz.for_each %0 : !qz.vec<si64> {
  ^bb0(%i: si64, %x: si64):
    %more = qz.cmp "lt" %i, %three : si64
    qz.if %more {
      qz.vec_push %0, %i : !qz.vec<si64>, si64
      qz.yield
    }
    qz.yield
  }
  qz.return %0 : !qz.vec<si64>"""
    assert evaluate(body, [7], types="!qz.vec<si64>", result="!qz.vec<si64>") == [7, 0, 1, 2]


@pytest.mark.parametrize(
    "text", ["", "abc", "naïve 💚", b"\x80\x80a\xff\xc3", b"\xed\xa0\x80\xe2\x82", b"\xc0\x80\xf0\x9f\x92z"]
)
def test_for_each_over_a_string_gives_code_points(text: str | bytes) -> None:
    body = """
  %v = qz.vec_new : !qz.vec<!qz.char>
  qz.for_each %0 : !qz.str {
  ^bb0(%c: !qz.char):
    qz.vec_push %v, %c : !qz.vec<!qz.char>, !qz.char
    qz.yield
  }
  qz.return %v : !qz.vec<!qz.char>"""
    data = text.encode() if isinstance(text, str) else text
    assert evaluate(body, data, types="!qz.str", result="!qz.vec<!qz.char>") == code_points(data)


def code_points(data: bytes) -> list[int]:
    """One for each byte that does not continue another: U+FFFD where no valid sequence begins with it."""
    starts = [at for at, byte in enumerate(data) if byte & 0xC0 != 0x80]
    found: list[int] = []
    for at in starts:
        texts = [data[at : at + n].decode(errors="replace") for n in range(1, 5)]
        found.append(next((ord(text) for text in texts if len(text) == 1 and text != "\ufffd"), 0xFFFD))
    return found


def test_loop_variables_are_fresh_cells() -> None:
    """A local made in the body is another one each turn."""
    body = f"""{COUNT}
  %five = qz.const 5 : si64 -> si64
  qz.for %zero to %five : si64 {{
  ^bb0(%i: si64):
    %mine = qz.local %zero : !qz.local<si64> from si64
    %was = qz.local_get %mine : !qz.local<si64> -> si64
    qz.local_set %mine, %five : !qz.local<si64>, si64
    %sum = qz.local_get %n : !qz.local<si64> -> si64
    %new = qz.add %sum, %was overflow "trap" : si64
    qz.local_set %n, %new : !qz.local<si64>, si64
    qz.yield
  }}
  {RESULT}"""
    assert evaluate(body) == 0


RECURSION = """
func.func @down(%n: si64) -> si64 {
  %zero = qz.const 0 : si64 -> si64
  %one = qz.const 1 : si64 -> si64
  %end = qz.cmp "eq" %n, %zero : si64
  %r = qz.if %end -> si64 {
    qz.yield %zero : si64
  } else {
    %less = qz.sub %n, %one overflow "trap" : si64
    %below = func.call @down(%less) : (si64) -> si64
    %here = qz.add %below, %one overflow "trap" : si64
    qz.yield %here : si64
  }
  qz.return %r : si64
}
func.func @main(%n: si64) -> si64 {
  %r = func.call @down(%n) : (si64) -> si64
  qz.return %r : si64
}
"""


def test_deep_recursion() -> None:
    assert run_module(RECURSION, 20_000).result == 20_000


def test_limits_stop_a_run() -> None:
    with pytest.raises(LimitReached, match="deeper than 100"):
        run_module(RECURSION, 200, limits=Limits(depth=100))
    endless = "func.func @main() {\n  qz.loop {\n    qz.yield\n  }\n  qz.unreachable\n}"
    with pytest.raises(LimitReached, match="more than 1000 steps"):
        run_module(endless, limits=Limits(n_steps=1000))


def test_unreachable_is_a_fault() -> None:
    with pytest.raises(InterpreterFault, match="unreachable"):
        run_module("func.func @main() {\n  qz.unreachable\n}")

"""The machine that runs parts of a program inside the compiler: what it refuses, its limits, where it was."""

import pytest
from xdsl.dialects.builtin import StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.parser import Parser

from dialects.fast_ops import file_location
from dialects.interpreters.compile_time import LIMITS, PURE_MODELS, CompileTimeMachine
from dialects.interpreters.machine import Limits
from dialects.interpreters.runtime_models import MODELS
from dialects.interpreters.values import LimitReached, NotAtCompileTime, QuartzPanic, Value
from dialects.registry import make_context


class Running:
    """A machine over the functions of a module; `main` is evaluated."""

    def __init__(self, text: str, limits: Limits = LIMITS) -> None:
        module = Parser(make_context(), text).parse_module()
        module.verify()
        self.functions = {op.sym_name.data: op for op in module.ops if isinstance(op, FuncOp)}
        self.machine = CompileTimeMachine(self.functions.get, limits)

    def main(self) -> Value:
        return self.machine.evaluate(self.functions["main"])


def returning(body: str) -> str:
    declared = "func.func private @rt.os$process_id() -> si64"
    return f"func.func @main() -> si64 {{\n{body}\nqz.return %r : si64\n}}\n{declared}"


ENDLESS = """
func.func @main() -> si64 {
  qz.loop { qz.yield }
  qz.unreachable
}"""
RECURSIVE = """
func.func @main() -> si64 {
  %r = func.call @main() : () -> si64
  qz.return %r : si64
}"""


DOUBLING = """
func.func @main() -> si64 {
  %n = qz.const 64 : si64 -> si64
  %v = qz.vec_filled %n, %n : si64 -> !qz.vec<si64>
  qz.loop {
    func.call @rt.vec$append(%v, %v) : (!qz.vec<si64>, !qz.vec<si64>) -> ()
    qz.yield
  }
  qz.unreachable
}
func.func private @rt.vec$append(!qz.vec<si64>, !qz.vec<si64>)"""


def test_it_computes() -> None:
    assert Running(returning("%r = qz.const 7 : si64 -> si64")).main() == 7


def test_no_model_that_it_has_reaches_outside() -> None:
    assert PURE_MODELS.items() <= MODELS.items()
    worldly = ("rt.io$", "rt.fs$", "rt.os$", "rt.process$", "rt.start$", "malloc", "write", "exit", "getenv")
    assert not [name for name in PURE_MODELS if name.startswith(worldly)]
    assert len(PURE_MODELS) > 60


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("%r = qz.global_get @m$counter : si64", "the global `counter`"),
        ("%r = qz.const 1 : si64 -> si64\nqz.global_set @m$counter, %r : si64", "the global `counter`"),
        ("%r = qz.raw_symbol @x", "raw memory"),
        ("%r = func.call @rt.os$process_id() : () -> si64", "`rt.os$process_id`"),
        ("%r = qz.call_extern @getpid() : () -> si64", "the C function `getpid`"),
        ("%r = qz.call_extern @m$c1() : () -> si64", "a C function at an address"),
    ],
)
def test_what_needs_a_real_run_is_refused(body: str, what: str) -> None:
    with pytest.raises(NotAtCompileTime) as refusal:
        Running(returning(body)).main()
    assert str(refusal.value) == what


def test_what_a_constant_holds_can_be_read() -> None:
    running = Running(returning("%r = qz.global_get @m$LIMIT : si64"))
    running.machine.globals["m$LIMIT"] = 12
    assert running.main() == 12


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        (ENDLESS, Limits(n_steps=1000), "more than 1000 steps"),
        (RECURSIVE, Limits(depth=50), "calls deeper than 50"),
        (
            returning(
                "%n = qz.const 126 : si64 -> si64\n%b = qz.const 0 : ui8 -> ui8\n"
                "%v = qz.vec_filled %n, %b : ui8 -> !qz.vec<ui8>\n%r = qz.vec_size %v : !qz.vec<ui8>"
            ),
            Limits(n_bytes=1000),
            "more than 1000 bytes of strings and vectors",
        ),
        (
            returning(
                '%s = qz.str_const "0123456789"\n'
                "qz.loop { %t = qz.str_concat %s, %s\nqz.yield }\nqz.unreachable"
            ).replace("\nqz.return %r : si64", ""),
            Limits(n_bytes=1000),
            "more than 1000 bytes of strings and vectors",
        ),
        (DOUBLING, Limits(n_steps=1000, n_bytes=1 << 20), "more than 1000 steps"),
    ],
)
def test_limits(text: str, limits: Limits, message: str) -> None:
    with pytest.raises(LimitReached) as reached:
        Running(text, limits).main()
    assert str(reached.value) == message
    assert reached.value.is_of_steps == ("steps" in message)


@pytest.mark.parametrize(
    ("symbol", "args", "n_steps"),
    [
        ("rt.vec$insert", [0, 7], 8000 // 64),
        ("rt.vec$insert", [1000, 7], 0),
        ("rt.vec$delete", [500], 4000 // 64),
        ("rt.vec$append", [[7] * 100], 800 // 64),
        ("rt.vec$append_filled", [100, 7], 800 // 64),
        ("rt.vec$copy", [], 8000 // 64),
        ("rt.vec$reverse", [], 8000 // 64),
        ("rt.vec$truncate", [990], 10),
        ("rt.sort$sort", [0], 80_000 // 64),
    ],
)
def test_what_is_moved_and_made_counts_as_steps(symbol: str, args: list[Value], n_steps: int) -> None:
    machine = CompileTimeMachine(lambda _: None)
    machine.callee(symbol).invoke([[1] * 1000, *args])
    assert machine.n_steps == n_steps


def test_each_evaluation_has_the_limits_to_itself() -> None:
    running = Running(returning("%r = qz.const 7 : si64 -> si64"), Limits(n_steps=3))
    assert [running.main() for _ in range(5)] == [7] * 5
    assert running.machine.n_steps == 0


def test_a_stop_knows_where_it_was() -> None:
    running = Running(
        """
        func.func @main() -> si64 {
          %n = qz.const 0 : si64 -> si64
          %r = func.call @share(%n) : (si64) -> si64
          qz.return %r : si64
        }
        func.func @share(%n: si64) -> si64 attributes {qz.source = "a$share"} {
          %one = qz.const 1 : si64 -> si64
          %r = qz.div %one, %n overflow "trap" : si64
          qz.return %r : si64
        }
        """
    )
    places = {
        "main": file_location(StringAttr("a.qz"), 9, 3),
        "share": file_location(StringAttr("a.qz"), 2, 5),
    }
    for name, place in places.items():
        for op in running.functions[name].walk():
            op.location = place
    with pytest.raises(QuartzPanic) as panic:
        running.main()
    stop = panic.value
    assert str(stop) == "division by zero"
    assert stop.functions == [b"main", b"a$share"]
    assert (stop.location, stop.calls) == (places["share"], [places["main"]])
    assert running.machine.call_stack == []


def test_what_nests_too_deeply_for_python_is_a_limit_as_well() -> None:
    # Nobody has made room for the depth here.
    with pytest.raises(LimitReached, match="nested more deeply"):
        Running(RECURSIVE, Limits(depth=1_000_000)).main()

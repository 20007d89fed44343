"""Which lambdas, and which variables they share, lie on the stack."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialects.qz.closures import LambdaOp
from dialects.qz.variables import LocalOp, SharedOp
from tests.loaded import loaded

FUNCTIONS = """\
def call(f: Fn(): Int): Int = f()
def pass_on(f: Fn(): Int): Int = call(f)
def again(n: Int, f: Fn(): Int): Int
  return f() if n == 0
  again(n - 1, f)
end
def one(f: Fn(): Int, n: Int): Int
  return f() if n == 0
  other(f, n - 1)
end
def other(f: Fn(): Int, n: Int): Int = one(f, n)
def wrapped(f: Fn(): Int): Int = call(-> f() + 1)
def given_back(f: Fn(): Int): Fn(): Int = f
def stored(f: Fn(): Int, all: Vec<Fn(): Int>): Void
  all.push(f)
end
def kept_inside(f: Fn(): Int): Fn(): Int = -> f()
def swapped(keep: Fn(): Int, use: Fn(): Int): Fn(): Int
  use()
  keep
end
struct Box
  f: Fn(): Int
end
impl Box
  def run(self, f: Fn(): Int): Int = f()
  def set(self, f: Fn(): Int): Void
    self.f = f
  end
end
"""


def made(tmp_path: Path, body: str) -> tuple[list[bool], dict[str, str]]:
    """For each lambda of `main` whether it lies on the stack, and where each variable does."""
    path = tmp_path / "program.qz"
    lines = "\n".join(f"  {line}" for line in body.splitlines())
    build = loaded(path, f"{FUNCTIONS}def main()\n{lines}\nend\n")
    lambdas: list[bool] = []
    variables: dict[str, str] = {}
    for unit in build.functions():
        for op in unit.module.walk() if unit.symbol == "program$main" else ():
            if isinstance(op, LambdaOp):
                lambdas.append(op.on_stack is not None)
            elif isinstance(op, SharedOp):
                assert op.local_name is not None
                variables[op.local_name.data] = "heap" if op.on_stack is None else "stack"
            elif isinstance(op, LocalOp):
                assert op.local_name is not None
                variables[op.local_name.data] = "slot"
    assert not build.session.sink.n_errors
    return lambdas, variables


@pytest.mark.parametrize(
    "use",
    [
        "call(-> n)",
        "pass_on(-> n)",
        "again(3, -> n)",
        "wrapped(-> n)",
        "swapped(-> 1, -> n)",
        "box.run(-> n)",
        "box.run { n }",
        "(-> n)()",
        "f = -> n; f()",
        "f = -> n; call(f); f.call()",
        "f = -> n; g = -> f(); g()",
        "f: Fn(): Int = -> n; call { call(f) }",
        "f = do x: Int -> ; return call(-> x + n) if x > n; f(x + 1); end; f(0)",
    ],
)
def test_lambda_that_nobody_keeps(tmp_path: Path, use: str) -> None:
    body = "var n = 1\nbox = Box { f: -> 2 }\n" + use.replace("; ", "\n")
    lambdas, variables = made(tmp_path, body)
    assert variables == {"n": "stack"}
    assert all(lambdas[-1:])


@pytest.mark.parametrize(
    "use",
    [
        "given_back(-> n)",
        "stored(-> n, all)",
        "kept_inside(-> n)",
        "swapped(-> n, -> 1)",
        "box.set(-> n)",
        "box.f = -> n",
        "f = -> n; all.push(f)",
        "f = -> n; g = f; g()",
        "f = -> n; all.push(-> f())",
        "f = -> n; g = -> f(); all.push(g)",
        "var f = -> n; f()",
        "f = if n > 1; -> 1; else; -> n; end",
        "one(-> n, 3)",
        "all[0] = -> n",
    ],
)
def test_lambda_that_somebody_may_keep(tmp_path: Path, use: str) -> None:
    body = "var n = 1\nbox = Box { f: -> 2 }\nall: Vec<Fn(): Int> = vec_new()\n" + use.replace("; ", "\n")
    lambdas, variables = made(tmp_path, body)
    assert variables["n"] == "heap"
    assert not any(lambdas)


def test_variable_that_no_lambda_captures_is_a_slot(tmp_path: Path) -> None:
    assert made(tmp_path, "var n = 1\nvar m = 2\ncall(-> n)\nm = 3")[1] == {"n": "stack", "m": "slot"}


def test_kept_lambda_takes_along_only_what_it_captures(tmp_path: Path) -> None:
    body = "var n = 1\nvar m = 2\ncall(-> n + m)\ngiven_back(-> m)"
    lambdas, variables = made(tmp_path, body)
    assert variables == {"n": "stack", "m": "heap"}
    assert lambdas == [True, False]


def test_lambda_without_captures_needs_no_block(tmp_path: Path) -> None:
    assert made(tmp_path, "call(-> 1)")[0] == [False]

"""Bodies that suspend themselves, run before they are split."""

import pytest

from dialects.interpreters.machine import Limits
from dialects.interpreters.values import InterpreterFault, LimitReached
from tests.unit.interpreter.running import run_module

GENERATOR = """
  %{name} = qz.lambda generator "{name}" : !qz.fn<() -> si64> {{
    %c{name} = qz.const {value} : si64 -> si64
    qz.suspend %c{name} : si64
    %d{name} = qz.const 100 : si64 -> si64
    qz.return %d{name} : si64
  }}
"""


def program(*lines: str) -> str:
    generators = "".join(GENERATOR.format(name=name, value=value) for name, value in (("f", 1), ("g", 2)))
    body = "\n".join(f"  {line}" for line in lines)
    return f"func.func @main() -> si64 {{{generators}{body}\n}}"


def calls(*names: str) -> str:
    """Calls these generators in turn, and returns what the last call gave."""
    lines = [f"%r{n} = qz.call_fn %{name}() : () -> si64" for n, name in enumerate(names)]
    return program(*lines, f"qz.return %r{len(names) - 1} : si64")


@pytest.mark.parametrize(
    ("names", "result"), [("f", 1), ("ff", 100), ("fff", 100), ("fg", 2), ("fgf", 100), ("fgfg", 100)]
)
def test_each_goes_on_where_it_was(names: str, result: int) -> None:
    assert run_module(calls(*names)).result == result


def test_those_that_wait_are_limited_and_those_that_have_ended_do_not_wait() -> None:
    with pytest.raises(LimitReached, match="more than 1 generators that wait"):
        run_module(calls("f", "g"), limits=Limits(n_generators=1))
    assert run_module(calls("f", "f", "g"), limits=Limits(n_generators=1)).result == 2


def test_a_suspension_outside_a_generator_is_a_fault() -> None:
    text = "func.func @main() {\n  %c = qz.const 1 : si64 -> si64\n  qz.suspend %c : si64\n  qz.return\n}"
    with pytest.raises(InterpreterFault, match="outside a generator"):
        run_module(text)


def test_what_fails_in_a_body_fails_where_it_was_asked_for() -> None:
    text = """
func.func @main() -> si64 {
  %f = qz.lambda generator "f" : !qz.fn<() -> si64> {
    %message = qz.str_const "no more"
    qz.panic %message
    qz.unreachable
  }
  %r = qz.call_fn %f() : () -> si64
  qz.return %r : si64
}
"""
    outcome = run_module(text)
    assert outcome.status == 101
    assert b"no more" in outcome.stderr

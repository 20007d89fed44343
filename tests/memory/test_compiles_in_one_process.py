"""One process may compile program after program, as a language server does: nothing stays of any."""

import gc
import sys
from collections.abc import Generator

import pytest

from lowering.pipeline import lower_to_llvm_text
from qz.base.process_memory import current_rss
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

_PROGRAM = """
struct Point_{n} {{ x: Int, y: F64 }}
enum Shape_{n}
  Circle_{n}(center: Point_{n})
  Empty_{n}
end
def area_{n}(shape: Shape_{n}): F64 = match shape
  Circle_{n}(p) => p.y * {n}.5
  Empty_{n} => 0.0
end
def main()
  name_{n} = "text {n}"
  values = [{n}, {n} + 1, {n} * 1000003].map(v -> v * {n})
  puts("#{{name_{n}}}: #{{area_{n}(Circle_{n}(Point_{n} {{ x: {n}, y: 2.0 }}))}} #{{values}}")
end
"""
_MB = 1 << 20


@pytest.fixture(autouse=True)
def collector_as_it_was() -> Generator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def compile_once(number: int) -> int:
    """Compiles a program that has a ``number`` in all its names; gives the number of its functions."""
    build = Build(Session(Options(files=("main.qz",))))
    assert build.load("main.qz", _PROGRAM.format(n=number).encode())
    build.session.ready()
    for unit in build.functions():
        lower_to_llvm_text(unit.module)
        build.session.end_function(unit.n_nodes, unit.n_ops)
    assert build.session.sink.diagnostics == []
    return build.session.n_functions


def compile_many(numbers: range) -> None:
    for number in numbers:
        assert compile_once(number) >= 5
        gc.unfreeze()
        gc.collect()


def test_programs_leave_no_objects_behind():
    compile_many(range(100, 105))
    before = sys.getallocatedblocks()
    compile_many(range(105, 120))
    # Memos of attributes and of declarations fill up to their bounds, with some forty texts a program.
    assert (sys.getallocatedblocks() - before) / 15 < 400


@pytest.mark.slow
def test_the_process_does_not_grow():
    compile_many(range(10))
    before = current_rss()
    for _ in range(19):
        compile_many(range(10))
    assert current_rss() - before < _MB

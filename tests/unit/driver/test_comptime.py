"""Evaluation at compile time: what is reported and where, what is shared, and that nothing of it stays."""

import gc
import subprocess
import sys
import weakref

import pytest
from xdsl.dialects.builtin import ModuleOp

from dialects.interpreters.machine import Machine
from qz.diagnostics.model import Diagnostic
from qz.driver.build import Build
from qz.driver.comptime import evaluation as comptime
from qz.driver.options import Options
from qz.driver.session import Session
from qz.irgen.function import Generated
from qz.sema.decls import ConstDecl, ConstValue
from tests.program_files import TESTS, execute, qz

MAIN = "def main()\nend\n"


@pytest.fixture
def checked(tmp_path):
    """Checks a program given as text."""

    def check(text: str, **options: object) -> Build:
        path = tmp_path / "main.qz"
        path.write_text(text + MAIN)
        build = Build(Session(Options(files=(str(path),))._replace(**options)))
        assert build.load(str(path))
        build.check_all()
        return build

    return check


def constants(build: Build) -> dict[str, ConstValue | None]:
    assert build.main_module is not None
    return {d.name: d.value for d in build.main_module.names.values() if isinstance(d, ConstDecl)}


def notes(build: Build, found: Diagnostic) -> list[tuple[int, int, str]]:
    """Line, column and text of the notes that have a place; the others at line 0."""
    places: list[tuple[int, int, str]] = []
    for note in found.notes:
        line, column = (0, 0)
        if note.span is not None:
            line, column = build.session.sources.get(note.span.file).line_col(note.span.start)
        places.append((line, column, note.text))
    return places


DIVIDES = """\
def divide(a: Int, b: Int): Int
  return a / b
end
def outer(n: Int): Int
  x = divide(100, n)
  return x + 1
end
"""


def test_a_panic_is_reported_at_the_constant_with_its_message_place_and_chain(checked):
    build = checked(DIVIDES + "const A = 1 +\n  outer(0)\n")
    (found,) = build.session.sink.diagnostics
    assert found.code == "QZ0803"
    assert found.message.endswith("division by zero")
    assert found.span is not None
    assert (
        build.session.sources.get(found.span.file).text(found.span.start, found.span.end) == "1 +\n  outer(0)"
    )
    assert notes(build, found) == [
        (2, 12, "it was here, in `divide`"),
        (5, 13, "called here, in `outer`"),
        (9, 8, "called here, in `A`"),
    ]


def test_on_one_line_the_constant_itself_is_no_note(checked):
    build = checked(DIVIDES + "const A = outer(0)\n")
    (found,) = build.session.sink.diagnostics
    assert [text for _, _, text in notes(build, found)] == [
        "it was here, in `divide`",
        "called here, in `outer`",
    ]


def test_a_panic_of_the_library_is_one_like_any_other(checked):
    build = checked('const A = comptime [1].get(4).expect("none there")\n')
    (found,) = build.session.sink.diagnostics
    assert found.code == "QZ0803"
    assert found.message.endswith("none there")
    assert [text for _, _, text in notes(build, found)] == [
        "it was here, in `panic_at`",
        "called here, in `expect`",
    ]


def test_going_on_after_a_panic(checked):
    build = checked(DIVIDES + 'static_assert(panic_of(do -> outer(0) end) == Some("division by zero"))\n')
    assert not build.session.sink.diagnostics


def test_a_long_chain_is_shortened(checked):
    text = "def f(n: Int): Int = if n == 0\n  1 / n\nelse\n  g(n - 1)\nend\n"
    text += "def g(n: Int): Int = f(n)\nconst A = f(50)\n"
    build = checked(text)
    (found,) = build.session.sink.diagnostics
    shown = notes(build, found)
    assert shown[0] == (2, 5, "it was here, in `f`")
    assert shown[1:3] == [(6, 23, "called here, in `g`"), (4, 4, "called here, in `f`")]
    assert shown[-2] == (0, 0, "and 94 more calls")
    assert len(shown) == 8


def test_a_recursion_is_one_note(checked):
    build = checked("def f(n: Int): Int = 1 + f(n)\nconst A = f(0)\n")
    (found,) = build.session.sink.diagnostics
    assert found.code == "QZ0805"
    assert notes(build, found) == [(1, 27, "it was here, in `f`, 9999 times")]


def test_steps_can_be_allowed(checked):
    text = "def f(n: Int): Int\n  var s = 0\n  for i in 0..n\n    s += i\n  end\n  s\nend\nconst A = f(100)\n"
    assert constants(checked(text)) == {"A": 4950}
    build = checked(text, comptime_steps=100)
    (found,) = build.session.sink.diagnostics
    assert (found.code, found.help) == ("QZ0805", "`--comptime-steps N` allows more")


def test_a_circle_is_shown_link_by_link(checked):
    build = checked("const A = twice(3)\ndef twice(n: Int): Int = n * B\nconst B = A + 1\n")
    (found,) = build.session.sink.diagnostics
    assert found.code == "QZ0801"
    assert notes(build, found) == [
        (1, 7, "`A` needs `twice`"),
        (2, 5, "`twice` needs `B`"),
        (3, 7, "`B` needs `A`"),
    ]


def test_overflow_traps_whatever_the_program_does(checked):
    build = checked("def f(n: Int): Int = n * n\nconst A = f(1 << 40)\n", overflow="wrap")
    assert [found.code for found in build.session.sink.diagnostics] == ["QZ0803"]


NESTED = """\
const B = next(4) + square(5) + next(6)
def next(n: Int): Int = square(n) + A
const A = square(3)
def square(n: Int): Int = n * n
"""


def test_a_function_is_decoded_once_in_an_evaluation_and_those_inside_it(checked, monkeypatch):
    provided: list[str] = []
    provide = comptime.Comptime._provide

    def counting(self: comptime.Comptime, symbol: str):
        provided.append(symbol)
        return provide(self, symbol)

    monkeypatch.setattr(comptime.Comptime, "_provide", counting)
    assert constants(checked(NESTED)) == {"A": 9, "B": 16 + 9 + 25 + 36 + 9}
    assert sorted(provided) == ["main$next", "main$square"]


def test_nothing_of_an_evaluation_is_left(checked, monkeypatch):
    modules: list[weakref.ref[ModuleOp]] = []
    made = comptime.Comptime._function_in

    def watching(self: comptime.Comptime, generated: Generated):
        modules.append(weakref.ref(generated.module))
        return made(self, generated)

    monkeypatch.setattr(comptime.Comptime, "_function_in", watching)
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        build = checked(NESTED + DIVIDES + "const C = outer(0)\nconst D = square(7)\n")
        assert len(modules) > 5
        # The compiler's own collections have been enough.
        assert [module for module in modules if module() is not None] == []
        assert not any(isinstance(thing, Machine) for thing in gc.get_objects())
        assert build.arenas.n_live == 0
    finally:
        gc.unfreeze()
        gc.enable()


def test_literals_and_operators_need_no_interpreter(tmp_path):
    path = tmp_path / "main.qz"
    path.write_text('const A = 3 * 4\nconst B = "x"\nconst C = A << 2\nstatic_assert(C == 48)\n' + MAIN)
    script = (
        "import sys\nfrom qz.driver.commands.check import run_check\nfrom qz.driver.options import Options\n"
        f"status = run_check(Options(files=({str(path)!r},)), 0.0)\n"
        "print(status, any(name.startswith('dialects.interpreters') for name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=TESTS.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 False\n"


def test_the_number_of_steps_is_an_option(tmp_path, cache):
    path = tmp_path / "main.qz"
    path.write_text("def f(n: Int): Int = n + 1\nconst A = f(2)\n" + MAIN)
    assert execute(qz("check", path, "--comptime-steps", "2"), cache=cache).status == 1
    assert execute(qz("check", path, "--comptime-steps", "20"), cache=cache).status == 0
    assert execute(qz("check", path, "--comptime-steps", "0"), cache=cache).status == 2

"""Functions made in several processes: nothing tells whether they were, and nothing of them is left."""

from __future__ import annotations

import os
import signal
from dataclasses import fields
from pathlib import Path

import pytest

from qz.base.forked import ForkedProcess
from qz.driver import build as build_module
from qz.driver.caching.cache import Cache
from qz.driver.faults import ForeignFault
from qz.driver.parallel import crew as crew_module
from qz.driver.parallel.crew import Crew
from qz.driver.parallel.function_worker import FunctionWorker
from qz.driver.parallel.messages import ModuleUse
from qz.driver.parallel.ready import Ready
from qz.sema.decls import FunctionDecl
from qz.sema.modules import Import, ModuleEnv
from tests.unit.driver.compiling import Result, compiled

FILES = {
    "main.qz": """\
import shapes
import { shout, whisper } from texts

global table: Vec<Int> = [1, 2, 4]

def plus(a, b) = a + b

def largest<T: Ord>(a: T, b: T): T = if a > b; a else b end

def main(): Int
  puts("#{table.size} #{plus(1, 2)} #{plus("a", "b")} #{largest(3, 4)} #{largest("x", "y")}")
  puts("#{Square { side: 3 }} #{Square { side: 3 }.area()} #{shout("hm")}")
  puts([1, 2].map(x -> x * table[0]).join(", "))
  return even(4)
end

def even(n: Int): Int = if n == 0; 0 else odd(n - 1) end
def odd(n: Int): Int = if n == 0; 1 else even(n - 1) end
""",
    "shapes.qz": """\
struct Square
  side: Int
end

const SIDES = [4, 5].map(x -> x - 1)

impl Square
  def area(self): Int = self.side * self.side + SIDES[0]
end

def nobody_calls_it(): Int = 4
""",
    "texts.qz": """\
def shout(text: String): String
  unused = 4
  return text.to_upper()
end

def whisper(text: String): String = text.to_lower()
""",
}


def written(folder: Path, **changed: str) -> Path:
    """The program in a folder, some of its files with other texts."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(changed.get(name.removesuffix(".qz"), text))
    return folder / "main.qz"


@pytest.fixture(scope="module")
def runtime(tmp_path_factory) -> Cache:
    return Cache(str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def made(monkeypatch) -> list[set[str]]:
    """Has others help from the first function on; the symbols that they made, each time."""
    found: list[set[str]] = []
    make_all = Crew.make_all

    def watched(crew: Crew, pending: list[FunctionDecl], seen: set[int]) -> dict[int, Ready]:
        ready = make_all(crew, pending, seen)
        found.append({each.recalled.symbol for each in ready.values()})
        return ready

    monkeypatch.setattr(Crew, "make_all", watched)
    monkeypatch.setattr(build_module, "MANY_FUNCTIONS", 0)
    return found


def both(main: Path, tmp_path: Path, cache: Cache) -> tuple[Result, Result]:
    """The program compiled by one process, and by three."""
    one = compiled(main, tmp_path / "one", cache, recall=False, jobs=1)
    return one, compiled(main, tmp_path / "three", cache, recall=False, jobs=3)


def test_objects_and_reports_are_those_of_one_process(tmp_path, runtime, made):
    one, three = both(written(tmp_path / "p"), tmp_path, runtime)
    assert one.objects
    assert three.objects == one.objects
    assert three.reports == one.reports
    assert [report[:6] for report in one.reports] == ["QZ7002", "QZ7001"]  # `whisper`, `unused`
    (symbols,) = made
    assert {"main$main", "main$plus$Int$Int", "main$largest$Int", "Square$area", "main$odd"} <= symbols
    assert "shapes$nobody_calls_it" not in symbols


def test_a_process_that_made_its_share_gives_way_to_another(tmp_path, runtime, made, monkeypatch):
    pids: list[int] = []

    class Counted(ForkedProcess):
        def __init__(self, *words) -> None:
            super().__init__(*words)
            pids.append(self.pid)

    monkeypatch.setattr(crew_module, "ForkedProcess", Counted)
    monkeypatch.setattr(crew_module, "_TASKS_PER_PROCESS", 1)
    one, three = both(written(tmp_path / "p"), tmp_path, runtime)
    assert three.objects == one.objects
    assert three.reports == one.reports
    assert 3 < len(pids) <= 3 + len(made[0])


def test_small_programs_are_made_by_one_process(tmp_path, runtime, monkeypatch):
    monkeypatch.setattr(Crew, "make_all", lambda *_: pytest.fail("asked for help"))
    assert compiled(written(tmp_path / "p"), tmp_path / "out", runtime, recall=False, jobs=2).objects


@pytest.mark.parametrize(
    ("file", "text", "codes"),
    [
        ("shapes", FILES["shapes.qz"].replace("= 4", '= "four"'), ["QZ0400"]),
        ("shapes", FILES["shapes.qz"].replace("self.side *", "self.sides *"), ["QZ0303"]),
        ("texts", FILES["texts.qz"].replace("to_upper", "up"), ["QZ0304"]),
        ("main", "def f<T: Show>(x: T, n: Int): Int = f([x], n)\ndef main(): Int = f(1, 2)\n", ["QZ0314"]),
        ("main", 'def add(a, b) = a * b\ndef main(): Int = add("x", 1)\n', ["QZ0402"]),
    ],
)
def test_errors_are_those_of_one_process(tmp_path, runtime, made, file, text, codes):
    one, three = both(written(tmp_path / "p", **{file: text}), tmp_path, runtime)
    assert three.reports == one.reports
    assert not three.objects
    found = {report[:6] for report in three.reports}
    assert found >= set(codes)
    assert found


def test_what_several_made_is_known_to_one(tmp_path, made):
    main, cache = written(tmp_path / "p"), Cache(str(tmp_path / "cache"))
    first = compiled(main, tmp_path / "out", cache, jobs=2)
    assert made.pop()
    assert compiled(main, tmp_path / "out", cache, jobs=1).rebuilt.functions.keys() == {
        "texts$shout"
    }  # has a warning
    written(tmp_path / "p", shapes=FILES["shapes.qz"].replace("+ SIDES", "- SIDES"))
    again = compiled(main, tmp_path / "out", cache, jobs=2)
    assert made.pop() == {"Square$area", "texts$shout"}
    assert again.objects != first.objects
    assert again.objects == compiled(main, tmp_path / "out", cache, recall=False, jobs=1).objects


def test_what_bodies_tell_of_modules_comes_back(tmp_path, runtime, made):
    """A new fact of a module is either there before any body is looked at, or has to come back as well."""
    declared = {"name", "path", "source", "tokens", "items", "is_runtime", "is_own", "names", "variants"}
    declared |= {
        "functions",
        "tests",
        "owners",
        "imports",
        "not_imported",
        "lacks_names",
        "lacks_variants",
        "excluded",
        "prelude",
    }
    declared |= {"_found", "_imports_by_level", "_everywhere", "_variants"}  # remembered, to be found again
    assert {f.name for f in fields(ModuleEnv)} == declared | set(ModuleUse._fields)
    declared = {"module", "handle", "symbol", "names", "wildcard", "item"}
    assert {f.name for f in fields(Import)} == declared | {"used", "used_names"}
    main = "import shapes\nimport texts\n\ndef main(): Int = shapes::Square { side: 3 }.area()\n"
    one, three = both(written(tmp_path / "p", main=main), tmp_path, runtime)
    assert [report[:6] for report in one.reports] == ["QZ7002", "QZ7001"]  # `texts`, `unused`
    assert three.reports == one.reports


def processes_of(monkeypatch) -> list[int]:
    """Fills with the ids of all processes that are forked from now on."""
    found: list[int] = []
    init = ForkedProcess.__init__

    def watched(process: ForkedProcess, *args: object) -> None:
        init(process, *args)  # pyright: ignore[reportArgumentType]
        found.append(process.pid)

    monkeypatch.setattr(ForkedProcess, "__init__", watched)
    return found


def assert_gone(processes: list[int]) -> None:
    assert processes
    for pid in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_exception_is_told_with_all_there_is_to_know(tmp_path, runtime, made, monkeypatch):
    processes = processes_of(monkeypatch)

    def fail(*_: object) -> None:
        raise ValueError("of no use")

    monkeypatch.setattr(FunctionWorker, "_finish", fail)
    with pytest.raises(ForeignFault) as caught:
        compiled(written(tmp_path / "p"), tmp_path / "out", runtime, recall=False, jobs=2)
    assert caught.value.problem == "ValueError: of no use"
    assert "in fail" in caught.value.details
    assert_gone(processes)


def test_a_death_ends_the_compilation(tmp_path, runtime, made, monkeypatch):
    processes = processes_of(monkeypatch)
    monkeypatch.setattr(FunctionWorker, "_finish", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(ForeignFault, match="SIGKILL"):
        compiled(written(tmp_path / "p"), tmp_path / "out", runtime, recall=False, jobs=2)
    assert_gone(processes)


def test_an_interrupt_ends_all_of_them(tmp_path, runtime, made, monkeypatch):
    processes = processes_of(monkeypatch)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Crew, "_take", interrupted)
    with pytest.raises(KeyboardInterrupt):
        compiled(written(tmp_path / "p"), tmp_path / "out", runtime, recall=False, jobs=2)
    assert_gone(processes)

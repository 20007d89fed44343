"""Units and the runtime unit, with functions written in LLVM's words instead of lowered ones."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from lowering.emit_llvm import FunctionText
from qz.codegen.machine import host
from qz.codegen.unit import UnitJob
from qz.driver.caching.cache import Cache
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.made import TextKey
from qz.driver.objects import units as units_module
from qz.driver.objects.backend import Backend
from qz.driver.objects.function_texts import FunctionTexts
from qz.driver.objects.runtime_unit import Runtime, RuntimeText
from qz.driver.objects.units import Units, divided
from qz.driver.options import Options

RUNTIME = """
@calls = global i64 0
define i64 @"rt.sums$add"(i64 %a, i64 %b) nounwind uwtable {
  %n = load i64, ptr @calls
  %n1 = add i64 %n, 1
  store i64 %n1, ptr @calls
  %r = add i64 %a, %b
  ret i64 %r
}
"""
DECLARATIONS = 'declare i64 @"rt.sums$add"(i64, i64)\ndeclare i64 @f(i64)\ndeclare i64 @g(i64)\n'
FUNCTIONS = {
    "f": """define i64 @f(i64 %x) nounwind uwtable {
  %r = call i64 @"rt.sums$add"(i64 %x, i64 1)
  ret i64 %r
}
""",
    "g": """define i64 @g(i64 %x) nounwind uwtable {
  %y = call i64 @f(i64 %x)
  %r = call i64 @"rt.sums$add"(i64 %y, i64 10)
  ret i64 %r
}
""",
    "main": """@calls = external global i64
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  %y = call i64 @g(i64 100)
  %n = load i64, ptr @calls
  %t = mul i64 %n, 50
  %s = add i64 %y, %t
  %r = trunc i64 %s to i32
  ret i32 %r
}
""",
}
STATUS = (100 + 1 + 10 + 2 * 50) % 256  # both functions counted their calls in one and the same global


TEXT = RuntimeText(RUNTIME, ("rt.sums$add",), frozenset({"calls", "malloc"}))


class Builder:
    """Puts functions and the declarations of all others together."""

    def __init__(self) -> None:
        self.functions: list[FunctionText] = []

    def add(self, function: FunctionText) -> None:
        """Adds one."""
        self.functions.append(function)

    def finish(self, *, frugal: bool = False) -> str:
        """All of them."""
        del frugal
        own = [f'@"{f.name}"' for f in self.functions] + [f"@{f.name}(" for f in self.functions]
        needed = [line for line in DECLARATIONS.splitlines() if not any(name in line for name in own)]
        return "\n".join([*needed, *(function.text for function in self.functions)])


MENTIONS = {"f": ["rt.sums$add"], "g": ["f", "rt.sums$add"], "main": ["g"]}


def build(
    options: Options,
    cache: Cache | None,
    others: Sequence[str] = (),
    functions: dict[str, str] = FUNCTIONS,
    rebuilt: Rebuilt | None = None,
) -> tuple[list[bytes], dict[str, bytes]]:
    with Backend(options, host()) as backend:
        runtime = Runtime(backend, cache, lambda name: TEXT)
        paths = {kind: backend.path(kind) for kind in others}
        rebuilt = rebuilt or Rebuilt()
        texts = FunctionTexts(backend.path, cache, {})
        units = Units(backend, runtime, Builder, texts, cache, rebuilt, paths, one_file=bool(others))
        for name, text in functions.items():
            declarations = dict.fromkeys(MENTIONS[name], "")
            units.add(name, FunctionText(name, text, declarations, defined=(name,)))
        objects = units.finish()
        return objects, {kind: Path(path).read_bytes() for kind, path in paths.items()}


def status_of(objects: list[bytes], tmp_path: Path) -> int:
    import subprocess
    import sys

    names = []
    for number, image in enumerate(objects):
        names.append(str(tmp_path / f"{number}.o"))
        Path(names[-1]).write_bytes(image)
    script = "import sys; from pathlib import Path; from qz.codegen import jit\n"
    script += "jit.run(jit.load([Path(name).read_bytes() for name in sys.argv[1:]]), [b'x'])"
    return subprocess.run([sys.executable, "-c", script, *names], check=False, timeout=60).returncode


@pytest.mark.parametrize(("level", "n_objects"), [("dev", 2), ("O0", 2), ("O1", 1), ("O2", 1), ("O3", 1)])
def test_small_programs_are_one_unit_beside_or_with_the_runtime(tmp_path, level, n_objects):
    objects, _ = build(Options(level=level, jobs=2), None)
    assert len(objects) == n_objects
    assert status_of(objects, tmp_path) == STATUS


@pytest.mark.parametrize("level", ["dev", "O0", "O1", "O2"])
def test_large_programs_are_several_units_that_share_one_runtime(tmp_path, level, monkeypatch):
    monkeypatch.setattr(units_module, "_SMALL", 1)
    monkeypatch.setattr(units_module, "_LARGE", 1)
    objects, _ = build(Options(level=level, jobs=2), None)
    assert len(objects) == len(FUNCTIONS) + 1
    assert status_of(objects, tmp_path) == STATUS


def test_units_of_an_optimised_program_have_copies_of_what_is_small(monkeypatch):
    jobs: list[UnitJob] = []

    def submit(backend: Backend, job: UnitJob) -> None:
        jobs.append(job)
        submit_for_real(backend, job)

    submit_for_real = Backend.submit
    monkeypatch.setattr(Backend, "submit", submit)
    monkeypatch.setattr(units_module, "_LARGE", 1)
    build(Options(level="O2", jobs=1), None)
    copies = {
        job.name: re.findall(rb"^define available_externally .*@(\w+)\(", job.text, re.M) for job in jobs
    }
    assert copies == {"rt.sums$add": [], "unit0": [b"f", b"g"], "unit1": [b"f"], "unit2": [], "unit3": []}
    frugal = [(job.name, len(job.bitcode), job.bitcode_owned) for job in jobs if job.is_frugal]
    assert frugal == [(f"unit{number}", 1, False) for number in range(3)]


@pytest.mark.parametrize(
    ("edited", "n_units"), [({}, 0), ({"main": ("50", "51")}, 1), ({"f": ("i64 1)", "i64 2)")}, 3)]
)
def test_what_is_edited_and_has_no_copies_is_one_unit_at_o2(tmp_path, monkeypatch, edited, n_units):
    monkeypatch.setattr(units_module, "_LARGE", 1)
    cache = Cache(str(tmp_path))
    build(Options(level="O2", jobs=1), cache)
    functions = {name: text.replace(*edited.get(name, ("", ""))) for name, text in FUNCTIONS.items()}
    rebuilt = Rebuilt()
    build(Options(level="O2", jobs=1), cache, (), functions, rebuilt)
    assert (rebuilt.n_units, rebuilt.n_units_again) == (4, n_units)


@pytest.mark.parametrize("level", ["dev", "O2"])
def test_the_number_of_workers_changes_nothing(level, monkeypatch):
    monkeypatch.setattr(units_module, "_SMALL", 1)
    assert build(Options(level=level, jobs=1), None) == build(Options(level=level, jobs=3), None)


def test_files_besides_the_object_hold_the_whole_program(monkeypatch):
    monkeypatch.setattr(units_module, "_LARGE", 1)
    objects, written = build(Options(level="dev", jobs=1), None, ("asm", "llvm-ir", "bc"))
    assert len(objects) == 1
    for name in ("main", "f", "g", "rt.sums$add"):
        assert name in written["llvm-ir"].decode()
    assert b"main:" in written["asm"]
    assert written["bc"].startswith(b"BC\xc0\xde")


UNITS = {
    "rt.one$f": RuntimeText(
        'define i64 @"rt.one$f"() { ret i64 1 }\n', ("rt.one$f",), frozenset({"rt.two$g", "malloc"})
    ),
    "rt.one$h": RuntimeText(
        'define i64 @"rt.one$h"() { ret i64 2 }\n', ("rt.one$h",), frozenset({"rt.one$h", "rt.one$f"})
    ),
    "rt.two$g": RuntimeText(
        'define i64 @"rt.two$g"() { ret i64 3 }\n', ("rt.two$g",), frozenset({"rt.one$f", "rt.two$y"})
    ),
    "rt.two$y": RuntimeText(
        '@"rt.two$x" = global i64 0\n@"rt.two$y" = global i64 0\n', ("rt.two$x", "rt.two$y"), frozenset()
    ),
}


def test_a_unit_of_the_runtime_is_compiled_once_and_only_if_needed(tmp_path):
    cache = Cache(str(tmp_path))
    made: list[str] = []

    def make_text(symbol: str) -> RuntimeText:
        made.append(symbol)
        return UNITS[symbol]

    def require(*symbols: str) -> list[bytes]:
        with Backend(Options(jobs=1), host()) as backend:
            runtime = Runtime(backend, cache, make_text)
            assert runtime.require(symbols)
            runtime.wait()
            paths = runtime.whole().bitcode_paths
            assert all(Path(path).read_bytes().startswith(b"BC\xc0\xde") for path in paths)
            assert len(paths) == len(runtime.objects)
            return runtime.objects

    first = require("rt.one$f", "puts")
    assert made == ["rt.one$f", "rt.two$g", "rt.two$y"]
    assert all(image.startswith(b"\x7fELF") for image in first)
    assert require("rt.one$f") == first
    assert require("rt.two$x") == first[2:]
    assert len(made) == 3
    assert require("rt.one$h")[1:] == first
    assert made[3:] == ["rt.one$h"]
    assert len(require("rt.one$f", "rt.one$h")) == 4
    assert len(made) == 4


def test_a_runtime_with_errors_stops_the_build():
    with Backend(Options(jobs=1), host()) as backend:
        assert not Runtime(backend, None, lambda name: None).require(["rt.one$f"])


def test_temporary_files_are_gone_afterwards():
    with Backend(Options(jobs=1), host()) as backend:
        file = Path(backend.path("x"))
        file.touch()
    assert not file.parent.exists()


def keys_of(sizes: dict[str, list[int]]) -> list[TextKey]:
    """The keys of functions in groups, by their sizes."""
    return [
        TextKey(group, f"f{number}", b"", size)
        for group, of_it in sizes.items()
        for number, size in enumerate(of_it)
    ]


def test_a_small_program_is_one_unit() -> None:
    keys = keys_of({"b": [100, 200], "a": [300]})
    assert list(divided(keys, 400_000)) == [sorted(keys)]
    assert list(divided([], 1)) == []


def test_every_function_is_in_one_unit_whatever_the_order() -> None:
    keys = keys_of({f"module{n}": [9_000] * 20 for n in range(40)} | {"huge": [50_000] * 60})
    units = list(divided(keys, 400_000))
    assert sorted(key for unit in units for key in unit) == sorted(keys)
    assert units == list(divided(keys[::-1], 400_000))
    assert all(sum(key.size for key in unit) < 1_500_000 for unit in units)
    groups = [{key.group for key in unit} for unit in units]
    assert sum("huge" in of_unit for of_unit in groups) > 2
    assert sum("module7" in of_unit for of_unit in groups) == 1


def test_a_module_that_grows_moves_few_others() -> None:
    sizes = {f"module{n}": [9_000] * 20 for n in range(100)}
    before = list(divided(keys_of(sizes), 400_000))
    sizes["module50"].append(30_000)
    after = list(divided(keys_of(sizes), 400_000))
    assert len([unit for unit in after if unit not in before]) <= 3

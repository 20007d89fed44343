"""A function's tree, types and IR are gone before the next function begins."""

import gc
import sys
import weakref
from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp

from lowering.pipeline import lower_to_llvm_text
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.body import Body
from qz.sema.infer import Inference

ROOT = Path(__file__).resolve().parent.parent.parent
N_FUNCTIONS = 24


@pytest.fixture
def program(tmp_path, monkeypatch):
    """The main file of a generated program."""
    monkeypatch.syspath_prepend(str(ROOT / "perf"))
    from generate import write_program

    # What exists already is left out of every count and collection from here on.
    gc.collect()
    gc.freeze()
    yield write_program(N_FUNCTIONS, 1, tmp_path)
    gc.unfreeze()
    gc.enable()
    for name in [name for name in sys.modules if name.split(".")[0] in ("generate", "generation")]:
        del sys.modules[name]


def alive(kind: type) -> int:
    return sum(isinstance(thing, kind) for thing in gc.get_objects())


def loaded(program: Path) -> Build:
    build = Build(Session(Options(files=(str(program),))))
    assert build.load(str(program))
    return build


def n_alive(modules: list[weakref.ref[ModuleOp]]) -> int:
    return sum(module() is not None for module in modules)


def test_nothing_of_a_function_outlives_it(program):
    build = loaded(program)
    modules: list[weakref.ref[ModuleOp]] = []
    arenas_after: list[int] = []
    for unit in build.functions():
        modules.append(weakref.ref(unit.module))
        assert build.arenas.n_live == 0
        lower_to_llvm_text(unit.module)
        del unit
        gc.collect()
        # The generator still holds the one it has just handed out.
        assert n_alive(modules) <= 1
        arenas_after.append(build.arenas.n_peak)
        if len(modules) % 10 == 0:
            assert alive(Body) == 0
            assert alive(Inference) == 0
    assert build.session.sink.diagnostics == []
    assert len(modules) > N_FUNCTIONS
    assert arenas_after[-1] == arenas_after[len(arenas_after) // 2]


def test_the_compilers_own_collections_keep_up(program):
    build = loaded(program)
    build.session.ready()
    assert not gc.isenabled()
    modules: list[weakref.ref[ModuleOp]] = []
    most = 0
    for unit in build.functions():
        modules.append(weakref.ref(unit.module))
        lower_to_llvm_text(unit.module)
        build.session.end_function(unit.n_nodes, unit.n_ops)
        del unit
        most = max(most, n_alive(modules))
    assert len(modules) > N_FUNCTIONS
    assert most <= 5

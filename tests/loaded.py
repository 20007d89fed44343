"""Programs that are loaded and no more: for tests that ask about declarations, or have code generated."""

from pathlib import Path

from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.decls import FunctionDecl


def loaded(path: Path, source: str) -> Build:
    """A build that has loaded a program, whose main file is written to ``path``."""
    path.write_text(source)
    build = Build(Session(Options(files=(str(path),))))
    assert build.load(str(path))
    return build


def function_named(build: Build, name: str) -> FunctionDecl:
    """A function of the main module."""
    assert build.main_module is not None
    return next(function for function in build.main_module.functions if function.name == name)

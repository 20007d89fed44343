"""One cache for all programs of a test session, so that the runtime is compiled once."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import Behaviour, execute, qz


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for $XDG_CACHE_HOME that starts empty."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[..., Path]:
    """Makes an executable of a text: ``compiled(name, text, *options)``; it may be warned about."""

    def make(name: str, text: str, *options: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        source, program = folder / f"{name}.qz", folder / name
        source.write_text(text)
        made = execute(qz("compile", source, *options, "-o", program), cache=cache)
        assert (made.output, made.status) == (b"", 0), made.errors
        return program

    return make


@pytest.fixture
def run_with_c(tmp_path: Path, cache: Path) -> Callable[..., Behaviour]:
    """Runs a program of which a part is in C: ``run_with_c(c_text, text, *options)``."""
    if shutil.which("cc") is None:
        pytest.skip("no cc")

    def run(c_text: str, text: str, *options: str) -> Behaviour:
        (tmp_path / "part.c").write_text(c_text)
        (tmp_path / "program.qz").write_text(text)
        made, program = tmp_path / "program.o", tmp_path / "program"
        command = qz("compile", *options, tmp_path / "program.qz", "--emit", "obj", "-o", made)
        assert execute(command, cache=cache) == (b"", 0, "")
        subprocess.run(["cc", "-O1", "-o", program, made, tmp_path / "part.c", "-lm"], check=True)
        return execute([str(program)])

    return run

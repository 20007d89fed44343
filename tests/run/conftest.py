"""One cache for all programs of a test session, so that the runtime is compiled once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import execute, qz


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

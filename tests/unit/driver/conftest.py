"""One cache for the tests that run the compiler, so that the runtime is compiled once."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for $XDG_CACHE_HOME that starts empty."""
    return tmp_path_factory.mktemp("cache")

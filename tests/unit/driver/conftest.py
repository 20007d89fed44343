"""What the tests that run the compiler share: a small program, and one cache for all of them."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

SMALL = """\
def double(n: Int): Int = n * 2

def main(): Int
  puts("#{double(21)}")
  return 5
end
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for $XDG_CACHE_HOME that starts empty."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small correct program: it prints 42 and returns 5."""
    path = tmp_path / "small.qz"
    path.write_text(SMALL)
    return path


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What a test compiled goes away with it. A compilation freezes the heap, and what was frozen once counts
    as old: by itself the collector would look at it only when there is a quarter more."""
    yield
    gc.collect()

"""The standard library is found in a clone and in an installed package, and nothing else is taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.base import locations


@pytest.fixture(autouse=True)
def _forget() -> None:
    locations.std_root.cache_clear()


def test_a_folder_that_is_only_called_std_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "deep" / "qz"
    (tmp_path / "deep" / "std").mkdir(parents=True)
    (tmp_path / "std" / "rt").mkdir(parents=True)
    monkeypatch.setattr(locations, "_PACKAGE", package)
    assert locations.std_root() == tmp_path / "std"


def test_the_library_inside_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "qz"
    (package / "std" / "rt").mkdir(parents=True)
    (tmp_path / "std" / "rt").mkdir(parents=True)
    monkeypatch.setattr(locations, "_PACKAGE", package)
    assert locations.std_root() == package / "std"


def test_without_any_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path / "qz")
    with pytest.raises(FileNotFoundError, match="no standard library"):
        locations.std_root()


def teardown_module() -> None:
    """What the tests made it remember must not reach others."""
    locations.std_root.cache_clear()

"""The wheel holds what a clone has: code, standard library and pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.tidy.project_files import PACKAGES, ROOT, project_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy, so that nothing is left behind in the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    for path in project_files():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tree / path)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(tree)], check=True)
    return next(folder.glob("*.whl"))


def expected_names() -> set[str]:
    """Where each file that belongs into the wheel stands in it."""
    names: set[str] = set()
    for path in project_files():
        if path.parts[0] in PACKAGES and (path.suffix in (".py", ".html") or path.parent.name == "pages"):
            names.add(path.as_posix())
        elif path.parts[0] == "std" and path.suffix == ".qz":
            names.add(f"qz/{path.as_posix()}")
    return names


@pytest.mark.slow
def test_wheel_holds_the_code_the_library_and_the_pages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = expected_names()
    assert any(name.startswith("qz/std/rt/") for name in expected)
    assert names == expected


@pytest.mark.slow
def test_installed_package_finds_its_library(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = "from qz.base.locations import std_root; print(std_root())"
    shown = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {program}"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert shown.stdout.strip() == str(tmp_path / "qz" / "std")


def test_clone_finds_its_library() -> None:
    from qz.base.locations import std_root

    assert std_root() == ROOT / "std"

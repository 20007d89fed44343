"""Only the driver, the command line and the code generator read and write; below them everything is pure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.tidy.project_files import ROOT, python_files

PURE = (
    "qz/syntax",
    "qz/sema",
    "qz/irgen",
    "dialects/qz",
    "dialects/qzrt",
    "dialects/llvm_extra",
    "lowering",
)
FUNCTIONS = frozenset({"open", "print", "input"})
METHODS = frozenset(
    {"read_text", "write_text", "read_bytes", "write_bytes", "scandir", "listdir", "iterdir", "glob", "rglob"}
    | {"is_file", "is_dir", "exists", "stat", "unlink", "mkdir", "makedirs", "getenv", "system", "Popen"}
)
OF_SYS = frozenset({"stdin", "stdout", "stderr", "argv"})
MODULES = frozenset({"subprocess", "socket", "tempfile", "shutil", "ctypes", "threading", "multiprocessing"})


def touches(source: str) -> list[str]:
    """Places where a module reaches for the world outside."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        name = ""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id if node.func.id in FUNCTIONS else ""
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_self = isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
            name = node.func.attr if node.func.attr in METHODS and not of_self else ""
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            is_world = (node.value.id == "sys" and node.attr in OF_SYS) or (
                node.value.id == "os" and node.attr == "environ"
            )
            name = f"{node.value.id}.{node.attr}" if is_world else ""
        elif isinstance(node, ast.Import):
            name = next((alias.name for alias in node.names if alias.name in MODULES), "")
        elif isinstance(node, ast.ImportFrom):
            name = node.module if node.module in MODULES else ""
        if name:
            found.append(f"line {node.lineno}: {name}")
    return found


PURE_FILES = [path for path in python_files() if path.as_posix().startswith(tuple(f"{p}/" for p in PURE))]


@pytest.mark.parametrize("path", PURE_FILES, ids=str)
def test_module_does_not_touch_the_world(path: Path) -> None:
    assert not touches((ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    ["open('x')", "print(1)", "import sys\nsys.stderr.write('x')", "path.read_text()", "import subprocess"],
)
def test_touching_is_found(source: str) -> None:
    assert touches(source)

"""Who may import whom. The house stands because nobody looks upstairs."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tidy.project_files import PACKAGES, ROOT, python_files

# Floor → the floors and installed packages it may import. Itself and Python's own library always.
FLOORS: dict[str, frozenset[str]] = {
    "qz.base": frozenset({"numpy"}),
    "qz.diagnostics": frozenset({"qz.base"}),
    "qz.syntax": frozenset({"qz.diagnostics", "qz.base", "numpy"}),
    "qz.sema": frozenset({"qz.syntax", "qz.diagnostics", "qz.base", "numpy"}),
    "dialects": frozenset({"xdsl"}),
    "lowering": frozenset({"dialects", "xdsl"}),
    "qz.irgen": frozenset({"qz.sema", "qz.syntax", "qz.diagnostics", "qz.base", "dialects", "xdsl"}),
    "qz.codegen": frozenset({"qz.base", "llvmlite"}),
    "qz.driver": frozenset(
        {"qz.irgen", "qz.codegen", "qz.sema", "qz.syntax", "qz.diagnostics", "qz.base"}
        | {"dialects", "lowering", "xdsl", "numpy"}
    ),
    "qz.cli": frozenset({"qz.driver"}),
    "qz.__main__": frozenset({"qz.cli"}),
}


def floor_of_module(module: str) -> str:
    """`qz.sema` for `qz.sema.check.calls`, `xdsl` for `xdsl.ir`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "qz" else parts[0]


def imported_modules(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Line and module of every import, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            if module == "qz":
                for alias in node.names:
                    yield node.lineno, f"qz.{alias.name}"
            else:
                yield node.lineno, module


def violations(source: str, module: str) -> list[str]:
    """What a module of this name and text imports and must not."""
    floor = floor_of_module(module)
    allowed = FLOORS[floor]
    package = module.rpartition(".")[0]
    return [
        f"line {line}: {floor} imports {imported}"
        for line, imported in imported_modules(ast.parse(source), package)
        if (target := floor_of_module(imported)) not in allowed
        and target != floor
        and imported.split(".")[0] not in sys.stdlib_module_names
    ]


# Lower room of a floor → what else of its floor it may import: plain values, and how to write files.
ROOMS: dict[str, frozenset[str]] = {
    "qz.driver.caching": frozenset({"made", "options"}),
    "qz.driver.measuring": frozenset({"ir_text", "options", "outputs", "standard_streams"}),
    "qz.driver.comptime": frozenset(),
    "lowering.abi": frozenset({"shared_attributes"}),
}


MODULES = [path for path in python_files(*PACKAGES) if path != Path("qz/__init__.py")]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_module_imports_only_what_its_floor_may(path: Path) -> None:
    module = ".".join(path.with_suffix("").parts)
    assert not violations((ROOT / path).read_text(encoding="utf-8"), module)


@pytest.mark.parametrize("room", ROOMS)
def test_a_lower_room_imports_only_what_it_may(room: str) -> None:
    floor, _, _ = room.rpartition(".")
    seen = {
        imported.removeprefix(f"{floor}.").partition(".")[0]
        for path in (ROOT / room.replace(".", "/")).glob("*.py")
        for _, imported in imported_modules(ast.parse(path.read_text(encoding="utf-8")), room)
        if imported.startswith(f"{floor}.") and not imported.startswith(f"{room}.") and imported != room
    }
    assert seen <= ROOMS[room]


def test_nothing_but_the_command_line_and_other_commands_imports_a_command() -> None:
    importers = {
        path.parts[:3]
        for path in MODULES
        for _, imported in imported_modules(
            ast.parse((ROOT / path).read_text(encoding="utf-8")), str(path.parent)
        )
        if imported.startswith("qz.driver.commands")
    }
    assert importers == {("qz", "cli", "commands.py"), ("qz", "driver", "commands")}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("qz.base.columns", "import xdsl"),
        ("qz.base.columns", "from qz.diagnostics.sink import DiagnosticSink"),
        ("qz.sema.infer", "def f():\n    from xdsl.ir import Operation\n"),
        ("qz.sema.infer", "from qz import irgen"),
        ("lowering.to_cfg", "import qz.base.columns"),
        ("dialects.qz.scalar", "from lowering import to_cfg"),
        ("qz.syntax.lexer", "from ..sema import infer"),
        ("qz.driver.build", "import llvmlite.binding"),
        ("qz.cli.main", "from qz.codegen.jit import run"),
    ],
)
def test_looking_upstairs_is_found(module: str, source: str) -> None:
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("qz.base.columns", "import numpy as np\nimport os.path"),
        ("qz.syntax.lexer", "from .tokens import TokenTable"),
        ("qz.irgen.calls.calls", "from dialects.qz import calls\nfrom qz.sema.types import Type"),
        ("qz.codegen.jit", "import llvmlite.binding as llvm"),
    ],
)
def test_the_rules_allow_what_they_should(module: str, source: str) -> None:
    assert not violations(source, module)

"""README, ARCHITECTURE and CONTRIBUTING speak of files, tests, stages and commands that exist."""

from __future__ import annotations

import argparse
import ast
import re
from functools import cache
from pathlib import Path

import pytest

from lowering.pipeline import PASSES
from qz.cli import arguments
from qz.cli.commands import COMMANDS
from tests.tidy.project_files import ROOT, project_files

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FOLDERS = {path.parts[0] for path in project_files() if len(path.parts) > 1}
# A path from the root, in backticks or as the target of a link; capitals are the reader's to fill in.
PATH = re.compile(rf"[`(]((?:{'|'.join(map(re.escape, sorted(FOLDERS)))})/[\w./*-]*)(?=[`)]|::)")
PLACEHOLDER = re.compile(r"[A-Z]{2,}[0-9x]*(?=\.)|NAME|FILE|QZ\d*N+")
COMMAND = re.compile(r"(?:\bqz|\./x) ([a-z][a-z-]+)\b")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]+)")
# Words of other tools, spoken of beside the compiler's.
OTHER_OPTIONS = {
    "--scale",
    "--minutes",
    "--all",
    "--update",
    "--pairs",
    "--native",
    "--json",
    "--sizes",
    "--still",
    "--seed",
    "--size",
    "--instructions",
}
X_COMMANDS = {"test", "lint"}


def text_of(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def functions_in(path: Path) -> frozenset[str]:
    """The names of the functions that a Python file defines at its top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@cache
def options_of_the_command_line() -> frozenset[str]:
    """Every long option of every command."""
    found: set[str] = {"--version", "--help"}
    for _, declare in arguments._COMMANDS.values():  # pyright: ignore[reportPrivateUsage]
        parser = argparse.ArgumentParser()
        declare(parser)
        found.update(option for action in parser._actions for option in action.option_strings)
    return frozenset(found)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_named_exists(document: str) -> None:
    missing = [
        f"{path}::{name}"
        for path, name in TEST.findall(text_of(document))
        if not (ROOT / path).is_file() or name not in functions_in(ROOT / path)
    ]
    assert not missing


def test_the_architecture_names_a_test_for_most_of_what_it_says() -> None:
    assert len(TEST.findall(text_of("ARCHITECTURE.md"))) > 40


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_named_exists(document: str) -> None:
    missing = [
        name
        for name in PATH.findall(text_of(document))
        if not PLACEHOLDER.search(name) and not any(ROOT.glob(name.rstrip("/")))
    ]
    assert not missing


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_named_exists(document: str) -> None:
    text = text_of(document)
    assert set(COMMAND.findall(text)) <= set(COMMANDS) | X_COMMANDS
    assert set(OPTION.findall(text)) <= options_of_the_command_line() | OTHER_OPTIONS


def test_the_architecture_names_every_pass() -> None:
    text = text_of("ARCHITECTURE.md")
    assert [name for name in PASSES if f"`{name}`" not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", text_of(document))
    assert [name for name in targets if "://" not in name and not (ROOT / name).exists()] == []

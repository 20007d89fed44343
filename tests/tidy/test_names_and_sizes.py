"""Names that say what a file is about, files that fit a mind, and nothing of somebody's own machine."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.tidy.project_files import PACKAGES, ROOT, project_files, python_files

BANNED = frozenset({"util", "utils", "helper", "helpers", "common", "misc", "manager"})
MAX_LINES = 600
TEXT_SUFFIXES = frozenset({".py", ".qz", ".md", ".toml", ".mlir", ".ll", ".c", ".sh", ".json", ".yml", ""})
# Folders that mean the same on every machine.
STANDARD = frozenset(map(Path, ("/", "/tmp", "/usr", "/opt", "/var", "/var/tmp", "/home", "/root", "/mnt")))


def words_of(name: str) -> set[str]:
    """The words of a file or folder name."""
    return set(re.split(r"[^a-z]+", name.lower()))


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    found = [path for path in project_files() if any(words_of(part) & BANNED for part in path.parts)]
    assert not found


def test_no_class_has_a_name_that_says_nothing() -> None:
    found = [
        f"{path}:{node.lineno}: {node.name}"
        for path in python_files(*PACKAGES)
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and words_of(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name)) & BANNED
    ]
    assert not found


@pytest.mark.parametrize("path", python_files(), ids=str)
def test_file_is_not_too_long(path: Path) -> None:
    n_lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
    assert n_lines <= MAX_LINES, f"{path} has {n_lines} lines: split it by subject"


@pytest.mark.parametrize("path", python_files(*PACKAGES), ids=str)
def test_module_says_what_it_is(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), f"{path} has no docstring"


def test_nothing_is_defined_that_nobody_mentions() -> None:
    texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in python_files()}
    n_mentions = Counter(word for text in texts.values() for word in re.findall(r"\w+", text))
    found = [
        f"{path}:{node.lineno}: {node.name}"
        for path in python_files(*PACKAGES)
        for node in ast.parse(texts[path]).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.decorator_list
        and n_mentions[node.name] == 1
    ]
    assert not found


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"(?:#|//).*\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    found = [
        f"{path}:{number}"
        for path in project_files()
        if path.suffix in (".py", ".qz")
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found


def machine_paths(root: Path, home: Path) -> re.Pattern[str]:
    """Finds paths that exist only where this clone stands, and home folders in general."""
    own = {folder for folder in (root, root.parent, home) if folder not in STANDARD}
    names = "|".join(sorted((re.escape(str(folder)) for folder in own), reverse=True))
    general = r"/(?:home|root|Users)/[\w.-]+"
    return re.compile(rf"(?<![\w/.~$}}])(?:(?:{names})(?![\w.-])|{general})" if names else general)


def test_no_path_of_this_machine_is_written_down() -> None:
    pattern = machine_paths(ROOT, Path.home())
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path in project_files()
        if path.suffix in TEXT_SUFFIXES and path != Path(__file__).relative_to(ROOT)
        for number, line in enumerate(
            (ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1
        )
        if pattern.search(line)
    ]
    assert not found


def test_machine_paths_are_recognised() -> None:
    pattern = machine_paths(Path("/srv/clones/quartz"), Path("/users/kim"))
    assert pattern.search("see /srv/clones/quartz/x for that")
    assert pattern.search("'/srv/clones/notes.md'")
    assert pattern.search("/users/kim/.cache")
    assert pattern.search("open('/home/someone/file')")
    assert not pattern.search("a relative srv/clones/quartz")
    assert not pattern.search("/srv/clones-of-others/x")
    assert not pattern.search("/tmp/file, /usr/bin/env")

"""Every page's wrong program has the page's code, and its right program has no finding at all.

All programs are checked by one process; should it fail as a whole, each is checked by itself to find the one
to blame.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from qz.diagnostics.explain import Page, read_page
from qz.diagnostics.registry import all_codes

PAGES = [page for code in all_codes() if (page := read_page(code)) is not None and page.wrong]


def write_programs(page: Page, folder: Path) -> dict[str, Path]:
    """The page's programs, each with its modules in a folder of its own; the files to check."""
    mains: dict[str, Path] = {}
    for kind, program in (("wrong", page.wrong), ("right", page.right)):
        for name, text in program.items():
            path = folder / page.code / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        mains[kind] = folder / page.code / kind / "main.qz"
    return mains


def check(files: Iterable[Path], root: Path) -> subprocess.CompletedProcess[str]:
    """`qz check` as a user calls it."""
    command = [sys.executable, "-m", "qz.cli.main", "check", "--error-format=json", *map(str, files)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)


def findings(output: str, folder: Path) -> dict[Path, list[str]]:
    """Program folder → codes found in it, from rustc's JSON."""
    found: dict[Path, list[str]] = {}
    for line in output.splitlines():
        message = json.loads(line)
        if message["code"] is None:
            continue
        for span in message["spans"][:1]:
            code, kind = Path(span["file_name"]).relative_to(folder).parts[:2]
            found.setdefault(folder / code / kind, []).append(message["code"]["code"])
    return found


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[tuple[str, str], list[str]]:
    """(page code, `wrong` or `right`) → codes found."""
    folder = tmp_path_factory.mktemp("pages")
    mains = {(page.code, kind): path for page in PAGES for kind, path in write_programs(page, folder).items()}
    together = check(mains.values(), root)
    if together.returncode in (0, 1):
        found = findings(together.stderr, folder)
        return {key: found.get(path.parent, []) for key, path in mains.items()}
    results: dict[tuple[str, str], list[str]] = {}
    for key, path in mains.items():
        alone = check([path], root)
        codes = findings(alone.stderr, folder).get(path.parent, []) if alone.returncode in (0, 1) else []
        results[key] = codes if alone.returncode in (0, 1) else [f"exit status {alone.returncode}"]
    return results


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_wrong_program_has_the_code_and_right_program_is_clean(
    page: Page, results: dict[tuple[str, str], list[str]]
) -> None:
    assert page.right, "a page that shows what is wrong shows what is right"
    assert page.code in results[page.code, "wrong"]
    assert results[page.code, "right"] == []

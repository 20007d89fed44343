"""Goldens: one small program and what each stage of the compiler makes of one of its functions.

`programs/NAME.md` begins with a title and a few sentences on what to look at. The section `source` holds
the program, whose first function is the one shown; a section for each stage follows, in order. Everything
from `tokens` on is written by `pytest tests/golden --update`, and read by a person before it is committed.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

PROGRAMS = Path(__file__).resolve().parent / "programs"
STAGES = ("tokens", "ast", "resolved", "typed", "qz", "qz-opt", "cfg", "rt", "llvm", "llvm-ir")

_SECTION = re.compile(r"^## (\S+)\n\n```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_FUNCTION = re.compile(r"^ *def (\w+)", re.MULTILINE)
_LANGUAGES = {"source": "quartz", "qz": "mlir", "llvm-ir": "llvm"} | dict.fromkeys(
    ("qz-opt", "cfg", "rt", "llvm"), "mlir"
)


class Golden(NamedTuple):
    """One file: its prose, the program, and the text of each stage."""

    path: Path
    prose: str
    source: str
    stages: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the file, which is also that of the program's module."""
        return self.path.stem

    @property
    def function(self) -> str:
        """The function shown."""
        found = _FUNCTION.search(self.source)
        assert found is not None, f"{self.path} has no function"
        return found[1]

    def text(self) -> str:
        """The file as it is written."""
        parts = {"source": self.source, **self.stages}
        return self.prose + "\n".join(
            f"## {name}\n\n```{_LANGUAGES.get(name, '')}\n{part}```\n" for name, part in parts.items()
        )


def all_goldens() -> list[Golden]:
    """Every golden, by name."""
    return [read_golden(path) for path in sorted(PROGRAMS.glob("*.md"))]


def read_golden(path: Path) -> Golden:
    """Takes a file apart; the stages may be missing, the source may not."""
    text = path.read_text(encoding="utf-8")
    sections = {found[1]: found[3] for found in _SECTION.finditer(text)}
    source = sections.pop("source")
    return Golden(path, text[: text.index("## source\n")], source, sections)

"""Edits of a generated program, each in one place that the seed chooses; what results is well typed again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

_FUNCTION = re.compile(r"^def fn\d+\((.*)\): .*\n", re.MULTILINE)
_STRUCT = re.compile(r"^struct Rec\w+\n", re.MULTILINE)


def _body(text: str, rng: Random) -> str:
    """One more statement at the beginning of a function; no line moves."""
    found = rng.choice(list(_FUNCTION.finditer(text)))
    behind = text.index("\n", found.end())
    number = rng.randrange(1_000_000, 2_000_000)
    line = text[found.end() : behind]
    return text[: found.end()] + f"  _edit{number} = folded([{number}]); {line.lstrip()}" + text[behind:]


def _signature(text: str, rng: Random) -> str:
    """One more parameter, which callers need not give."""
    found = rng.choice(list(_FUNCTION.finditer(text)))
    number = rng.randrange(1_000_000, 2_000_000)
    return text[: found.end(1)] + f", _edit{number}: Int = {number}" + text[found.end(1) :]


def _comment(text: str, rng: Random) -> str:
    """A line of comment before a function, which moves all that follows."""
    found = rng.choice(list(_FUNCTION.finditer(text)))
    return text[: found.start()] + f"# Edited: {rng.randrange(1_000_000)}.\n" + text[found.start() :]


def _field(text: str, rng: Random) -> str:
    """One more field of a struct, which literals need not give."""
    found = rng.choice(list(_STRUCT.finditer(text)))
    number = rng.randrange(1_000_000, 2_000_000)
    return text[: found.end()] + f"  edit{number}: Int = {number}\n" + text[found.end() :]


EDITS: dict[str, Callable[[str, Random], str]] = {
    "body": _body,
    "signature": _signature,
    "comment": _comment,
    "field": _field,
}


def apply_edit(what: str, seed: int, folder: Path) -> Path:
    """Changes the program in a folder; the file that was changed."""
    rng = Random(f"{seed}/edit {what}")
    path = rng.choice(sorted(folder.glob("part*.qz")))
    path.write_text(EDITS[what](path.read_text(encoding="utf-8"), rng), encoding="utf-8")
    return path

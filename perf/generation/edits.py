"""Edits of a generated program, each in one place that the seed chooses; what results is well typed again.

A body can be edited in every language, the other edits are of Quartz.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from generation.in_quartz import QUARTZ
from generation.shapes import INT, STRUCT_STEM
from generation.spelling import Spelling

_STRUCT = re.compile(rf"^struct {STRUCT_STEM}\w+\n", re.MULTILINE)


def _body(text: str, rng: Random, spelling: Spelling) -> str:
    """One more statement at the beginning of a function; no line moves."""
    found = rng.choice(list(spelling.function_head.finditer(text)))
    behind = text.index("\n", found.end())
    number = rng.randrange(1_000_000, 2_000_000)
    values = spelling.expressions
    value = values.folded(values.numbers([str(number)]))
    statement = spelling.statements.bind(f"_edit{number}", INT, value, is_variable=False)
    line = text[found.end() : behind]
    return text[: found.end()] + f"  {statement}{spelling.joint}{line.lstrip()}" + text[behind:]


def _signature(text: str, rng: Random, spelling: Spelling) -> str:
    """One more parameter, which callers need not give."""
    found = rng.choice(list(spelling.function_head.finditer(text)))
    number = rng.randrange(1_000_000, 2_000_000)
    return text[: found.end(1)] + f", _edit{number}: Int = {number}" + text[found.end(1) :]


def _comment(text: str, rng: Random, spelling: Spelling) -> str:
    """A line of comment before a function, which moves all that follows."""
    found = rng.choice(list(spelling.function_head.finditer(text)))
    return text[: found.start()] + f"# Edited: {rng.randrange(1_000_000)}.\n" + text[found.start() :]


def _field(text: str, rng: Random, _spelling: Spelling) -> str:
    """One more field of a struct, which literals need not give."""
    found = rng.choice(list(_STRUCT.finditer(text)))
    number = rng.randrange(1_000_000, 2_000_000)
    return text[: found.end()] + f"  edit{number}: Int = {number}\n" + text[found.end() :]


EDITS: dict[str, Callable[[str, Random, Spelling], str]] = {
    "body": _body,
    "signature": _signature,
    "comment": _comment,
    "field": _field,
}
EDIT_OF_EVERY_LANGUAGE = "body"


def apply_edit(what: str, seed: int, folder: Path, spelling: Spelling = QUARTZ) -> Path:
    """Changes the program in a folder; the file that was changed."""
    rng = Random(f"{seed}/edit {what}")
    path = rng.choice(sorted(folder.rglob(f"part*{spelling.suffix}")))
    path.write_text(EDITS[what](path.read_text(encoding="utf-8"), rng, spelling), encoding="utf-8")
    return path

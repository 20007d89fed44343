"""What a diagnostic is made of."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from qz.base.source import Span


class Severity(Enum):
    """How bad it is: an error fails the compilation, a warning does not; a hint is for who asks for it."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Note(NamedTuple):
    """Another place that belongs to the matter, or a remark without a place."""

    span: Span | None
    text: str


class Fix(NamedTuple):
    """Edits that would put it right: each span's text is replaced. One that is not ``sure`` is only shown."""

    edits: tuple[tuple[Span, str], ...]
    sure: bool = True


class CodeSpec(NamedTuple):
    """What a code stands for; `template` is filled by `str.format` with the arguments of the report."""

    code: str
    severity: Severity
    title: str
    template: str


class Diagnostic(NamedTuple):
    """One finding, worded. `span` is None where no source text is involved (files, usage)."""

    code: str
    severity: Severity
    message: str
    span: Span | None
    label: str = ""
    notes: tuple[Note, ...] = ()
    help: str = ""
    fix: Fix | None = None


def error(code: str, title: str, template: str) -> CodeSpec:
    """A code for an error; a short form for the tables in `codes/`."""
    return CodeSpec(code, Severity.ERROR, title, template)


def warning(code: str, title: str, template: str) -> CodeSpec:
    """A code for a warning."""
    return CodeSpec(code, Severity.WARNING, title, template)


def hint(code: str, title: str, template: str) -> CodeSpec:
    """A code for a hint."""
    return CodeSpec(code, Severity.HINT, title, template)

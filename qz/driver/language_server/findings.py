"""Diagnostics and fixes in the protocol's shape."""

import os
from collections.abc import Iterator

from qz.base.source import SourceFile, Span
from qz.diagnostics.model import Diagnostic, Severity
from qz.driver.language_server.places import Places, uri_of
from qz.driver.language_server.transport import Json
from qz.driver.session import Session

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.HINT: 4}
_UNNECESSARY = 1  # a tag: editors show the text faintly
_UNUSED_CODES = frozenset(("QZ7001", "QZ7002", "QZ7003", "QZ7004"))


def by_file(session: Session, places: Places) -> dict[str, list[Json]]:
    """What was found, by the URI of the file; what has no place stands at the beginning of the main file."""
    found: dict[str, list[Json]] = {}
    if not len(session.sources):
        return found
    for finding in session.sink.in_source_order():
        source = session.sources.get(finding.span.file if finding.span is not None else 0)
        found.setdefault(_uri(source), []).append(_diagnostic(session, finding, source, places))
    return found


def _uri(source: SourceFile) -> str:
    return uri_of(os.path.abspath(source.path))


def _diagnostic(session: Session, finding: Diagnostic, source: SourceFile, places: Places) -> Json:
    span = finding.span or Span(source.file_id, 0, 0)
    remarks = [note.text for note in finding.notes if note.span is None]
    parts = [
        f"{finding.message}: {finding.label}" if finding.label else finding.message,
        *remarks,
        finding.help,
    ]
    found: Json = {
        "range": places.range(source, span),
        "severity": _SEVERITIES[finding.severity],
        "code": finding.code,
        "source": "qz",
        "message": "\n".join(part for part in parts if part),
        "relatedInformation": list(_related(session, finding, places)),
    }
    if finding.code in _UNUSED_CODES:
        found["tags"] = [_UNNECESSARY]
    return found


def _related(session: Session, finding: Diagnostic, places: Places) -> Iterator[Json]:
    for note in finding.notes:
        if note.span is not None:
            source = session.sources.get(note.span.file)
            location = {"uri": _uri(source), "range": places.range(source, note.span)}
            yield {"location": location, "message": note.text}


def actions(session: Session, source: SourceFile, start: int, end: int, places: Places) -> Iterator[Json]:
    """The fixes of what was found between two bytes of a file."""
    for finding in session.sink.in_source_order():
        span, fix = finding.span, finding.fix
        if span is None or fix is None or span.call is not None or span.file != source.file_id:
            continue
        if span.start > end or span.end < start:
            continue
        edits = [{"range": places.range(source, place), "newText": text} for place, text in fix.edits]
        yield {
            "title": finding.help or finding.message,
            "kind": "quickfix",
            "isPreferred": fix.sure,
            "diagnostics": [_diagnostic(session, finding, source, places)],
            "edit": {"changes": {_uri(source): edits}},
        }

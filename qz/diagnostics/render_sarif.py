"""Diagnostics as a SARIF 2.1.0 log, for code hosts and dashboards."""

from __future__ import annotations

import json
import os
from urllib.parse import quote

from qz.base.source import SourceMap, Span
from qz.diagnostics.model import Diagnostic, Fix, Severity
from qz.diagnostics.registry import lookup
from qz.diagnostics.sink import DiagnosticSink

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def render_sarif(sink: DiagnosticSink, sources: SourceMap, version: str) -> str:
    """The whole run as one log; `version` is the compiler's."""
    found = sink.in_source_order()
    codes = sorted({diagnostic.code for diagnostic in found})
    index = {code: position for position, code in enumerate(codes)}
    driver = {
        "name": "qz",
        "fullName": "Quartz compiler",
        "semanticVersion": version,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, index[diagnostic.code], sources) for diagnostic in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _rule(code: str) -> dict[str, object]:
    spec = lookup(code)
    return {
        "id": code,
        "shortDescription": {"text": spec.title},
        "help": {"text": f"`qz explain {code}` says more"},
        "defaultConfiguration": {"level": _LEVELS[spec.severity]},
    }


def _result(diagnostic: Diagnostic, rule_index: int, sources: SourceMap) -> dict[str, object]:
    text = diagnostic.message
    remarks = [note.text for note in diagnostic.notes if note.span is None]
    if diagnostic.help:
        remarks.append(diagnostic.help)
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join([text, *remarks])},
        "locations": [],
    }
    if diagnostic.span is not None:
        result["locations"] = [_location(diagnostic.span, diagnostic.label, sources)]
    related = [(note.span, note.text) for note in diagnostic.notes if note.span is not None]
    if related:
        result["relatedLocations"] = [
            {"id": number, **_location(span, text, sources)} for number, (span, text) in enumerate(related)
        ]
    if diagnostic.fix is not None:
        result["fixes"] = [_fix(diagnostic.fix, diagnostic.help, sources)]
    return result


def _location(span: Span, message: str, sources: SourceMap) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": _artifact(span, sources),
            "region": _region(span, sources),
        }
    }
    if message:
        location["message"] = {"text": message}
    return location


def _fix(fix: Fix, text: str, sources: SourceMap) -> dict[str, object]:
    changes = [
        {
            "artifactLocation": _artifact(span, sources),
            "replacements": [
                {"deletedRegion": _region(span, sources), "insertedContent": {"text": replacement}}
            ],
        }
        for span, replacement in fix.edits
    ]
    return {"description": {"text": text or "apply the suggestion"}, "artifactChanges": changes}


def _artifact(span: Span, sources: SourceMap) -> dict[str, object]:
    path = sources.get(span.file).path
    return {"uri": ("file://" if path.startswith("/") else "") + quote(os.fsencode(path))}


def _region(span: Span, sources: SourceMap) -> dict[str, object]:
    source = sources.get(span.file)
    start_line, start_column = source.line_col(span.start)
    end_line, end_column = source.line_col(span.end)
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    }

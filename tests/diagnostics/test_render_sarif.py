"""The SARIF log against the rules of the 2.1.0 schema that concern what we write."""

from __future__ import annotations

import json
from typing import Any

from qz.base.source import SourceMap, Span
from qz.diagnostics.model import Fix, Note
from qz.diagnostics.render_sarif import render_sarif
from qz.diagnostics.sink import DiagnosticSink

# Object → properties it may have and those it must have, transcribed from the published schema.
SCHEMA: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"$schema", "version", "runs"}, {"version", "runs"}),
    "run": ({"tool", "results", "columnKind", "artifacts", "invocations"}, {"tool"}),
    "driver": ({"name", "fullName", "version", "semanticVersion", "informationUri", "rules"}, {"name"}),
    "rule": ({"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}, {"id"}),
    "result": (
        {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "fixes"},
        {"message"},
    ),
    "location": ({"id", "physicalLocation", "message"}, set()),
    "physicalLocation": ({"artifactLocation", "region"}, set()),
    "artifactLocation": ({"uri", "uriBaseId", "index"}, set()),
    "region": (
        {"startLine", "startColumn", "endLine", "endColumn", "byteOffset", "byteLength", "snippet"},
        set(),
    ),
    "message": ({"text", "markdown", "id", "arguments"}, set()),
    "fix": ({"description", "artifactChanges"}, {"artifactChanges"}),
    "artifactChange": ({"artifactLocation", "replacements"}, {"artifactLocation", "replacements"}),
    "replacement": ({"deletedRegion", "insertedContent"}, {"deletedRegion"}),
}


def check(kind: str, value: dict[str, Any]) -> None:
    """`value` has the properties that an object of this kind may and must have."""
    allowed, required = SCHEMA[kind]
    assert set(value) <= allowed, (kind, set(value) - allowed)
    assert set(value) >= required, (kind, required - set(value))


def check_location(location: dict[str, Any]) -> None:
    check("location", location)
    physical = location["physicalLocation"]
    check("physicalLocation", physical)
    check("artifactLocation", physical["artifactLocation"])
    check("region", physical["region"])
    region = physical["region"]
    assert min(region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) >= 1
    assert min(region["byteOffset"], region["byteLength"]) >= 0


def check_log(log: dict[str, Any]) -> None:
    check("log", log)
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        check("run", run)
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        driver = run["tool"]["driver"]
        check("driver", driver)
        for rule in driver["rules"]:
            check("rule", rule)
            assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
        for result in run["results"]:
            check("result", result)
            check("message", result["message"])
            assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
            for location in (*result["locations"], *result.get("relatedLocations", ())):
                check_location(location)
            for fix in result.get("fixes", ()):
                check("fix", fix)
                for change in fix["artifactChanges"]:
                    check("artifactChange", change)
                    for replacement in change["replacements"]:
                        check("replacement", replacement)


def test_a_log_follows_the_schema() -> None:
    sources = SourceMap()
    sources.add("src/a b.qz", "é = 1\né = 2\n".encode())
    sources.add("/abs/b\udcff.qz", b"x\n")
    sink = DiagnosticSink()
    sink.report(
        "QZ9007",
        Span(0, 7, 9),
        problem="odd",
        label="again",
        notes=[Note(Span(1, 0, 1), "first"), Note(None, "remark")],
        help="do that",
        fix=Fix(((Span(0, 7, 9), "ü"),)),
    )
    sink.report("QZ9001", None, path="none.qz", reason="not there")
    log = json.loads(render_sarif(sink, sources, "0.1.0"))
    check_log(log)
    (run,) = log["runs"]
    without_place, placed = run["results"]
    assert without_place["locations"] == []
    assert placed["message"]["text"] == "odd\nremark\ndo that"
    physical = placed["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "src/a%20b.qz"
    assert physical["region"] == {
        "startLine": 2,
        "startColumn": 1,
        "endLine": 2,
        "endColumn": 2,
        "byteOffset": 7,
        "byteLength": 2,
    }
    related = placed["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "file:///abs/b%FF.qz"
    assert related["message"] == {"text": "first"}
    replacement = placed["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "ü"}


def test_a_clean_run_is_a_log_without_results() -> None:
    log = json.loads(render_sarif(DiagnosticSink(), SourceMap(), "0.1.0"))
    check_log(log)
    assert log["runs"][0]["results"] == []

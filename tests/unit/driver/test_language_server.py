"""``qz lsp``, spoken to as an editor does."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from qz.driver.language_server.places import UTF8, UTF16, Places, path_of, uri_of
from tests.program_files import TESTS, execute, qz

PROGRAM = """\
import math

## Twice as much.
def double(n: Int): Int = n * 2

struct Point
  x: Int
end

impl Point
  def right(self): Point = Point { x: double(self.x) }
end

def main()
  var p = Point { x: 1 }
  puts("é #{p.right().x} #{doubel(2)}")
end
"""
RIGHT = PROGRAM.replace("doubel", "double")
CALL = {"line": 10, "character": 39}  # inside `double(self.x)`


def frame(message: dict[str, Any]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def messages_in(data: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while data:
        header, _, rest = data.partition(b"\r\n\r\n")
        length = int(header.split(b":")[1])
        found.append(json.loads(rest[:length]))
        data = rest[length:]
    return found


def serve(data: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        qz("lsp"), input=data, capture_output=True, cwd=TESTS.parent, timeout=60, check=False
    )


def conversation(uri: str, text: str, *asked: dict[str, Any]) -> list[dict[str, Any]]:
    """What the server says between the opening of a document and the editor's leaving."""
    document = {"uri": uri, "languageId": "quartz", "version": 1, "text": text}
    messages = [
        {"id": 0, "method": "initialize", "params": {"capabilities": {}}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        *({"id": number, **message} for number, message in enumerate(asked, 1)),
        {"id": 99, "method": "shutdown"},
        {"method": "exit"},
    ]
    done = serve(b"".join(map(frame, messages)))
    assert (done.returncode, done.stderr) == (0, b"")
    said = messages_in(done.stdout)
    assert said[0]["result"]["serverInfo"]["name"] == "qz"
    assert said[-1] == {"jsonrpc": "2.0", "id": 99, "result": None}
    return said[1:-1]


def about(uri: str, method: str, **params: object) -> dict[str, Any]:
    return {"method": f"textDocument/{method}", "params": {"textDocument": {"uri": uri}, **params}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "with space.qz"
    path.write_text(PROGRAM)
    return path


@pytest.mark.parametrize(("text", "code", "fixes"), [(PROGRAM, "QZ0302", []), (RIGHT, "QZ7002", [""])])
def test_findings_are_those_of_check(text, code, fixes, file, cache):
    file.write_text(text)
    uri = uri_of(str(file))
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
    published, actions = conversation(uri, text, about(uri, "codeAction", range=everything, context={}))
    assert published["method"] == "textDocument/publishDiagnostics"
    assert published["params"]["uri"] == uri
    shown = [(found["code"], found["range"]["start"]) for found in published["params"]["diagnostics"]]
    command = qz("check", file, "--error-format=json")
    expected = [
        (line["code"]["code"], {"line": span["line_start"] - 1, "character": span["column_start"] - 1})
        for line in map(json.loads, execute(command, cache=cache).errors.splitlines())
        for span in line["spans"]
        if line["code"]
    ]
    assert sorted(shown, key=str) == sorted(expected, key=str)
    assert [found for found, _ in shown] == [code]
    edits = [edit for action in actions["result"] for edit in action["edit"]["changes"][uri]]
    assert [edit["newText"] for edit in edits] == fixes


def test_what_a_name_means_and_where_it_is_declared(file):
    uri = uri_of(str(file))
    answers = conversation(
        uri,
        PROGRAM,
        about(uri, "hover", position=CALL),
        about(uri, "definition", position=CALL),
        about(uri, "hover", position={"line": 14, "character": 6}),
        about(uri, "hover", position={"line": 4, "character": 0}),
        about(uri, "documentSymbol"),
        {"method": "textDocument/unheardOf", "params": {}},
    )
    double, place, local, nothing, outline, unknown = [said for said in answers if "id" in said]
    assert double["result"]["contents"]["value"] == (
        "```quartz\ndef double(n: Int): Int = n * 2\n```\nTwice as much."
    )
    assert place["result"] == {
        "uri": uri,
        "range": {"start": {"line": 3, "character": 4}, "end": {"line": 3, "character": 10}},
    }
    assert local["result"]["contents"]["value"] == "```quartz\np: Point\n```\na variable"
    assert nothing["result"] is None
    tree = [(symbol["name"], [inner["name"] for inner in symbol["children"]]) for symbol in outline["result"]]
    assert tree == [("double", []), ("Point", []), ("impl Point", ["right"]), ("main", [])]
    assert unknown["error"]["code"] == -32601


def ranges(said: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the places of an answer begin."""
    return [(one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in said["result"]]


def test_where_a_name_is_mentioned(file):
    uri = uri_of(str(file))
    text = RIGHT.replace("  x: Int", "  x: Int    # double").replace("  var p", "  double = 1\n  var p")
    lines = text.splitlines()
    method, shown = lines[10], lines[16]
    field = {"line": 10, "character": method.index("x)")}
    answers = conversation(
        uri,
        text,
        about(uri, "references", position=CALL, context={"includeDeclaration": True}),
        about(uri, "references", position=CALL, context={"includeDeclaration": False}),
        about(uri, "documentHighlight", position=field),
        about(uri, "documentHighlight", position={"line": 14, "character": 3}),
        about(uri, "references", position={"line": 4, "character": 0}),
    )
    with_it, without, fields, local, nothing = answers[-5:]
    assert ranges(with_it) == [(3, 4), (10, method.index("double"))]
    assert {one["uri"] for one in with_it["result"]} == {uri}
    assert ranges(without) == [(10, method.index("double"))]
    inits = [(10, method.index("x: ")), (15, lines[15].index("x: "))]
    assert ranges(fields) == [(6, 2), inits[0], (10, method.index("x)")), inits[1], (16, shown.index("x}"))]
    assert ranges(local) == [(14, 2), (16, shown.index("double"))]
    assert nothing["result"] == []


PARTS = """\
enum Shape
  At(p: Int, q: Int)
  Empty
end

struct Point
  x: Int
  y: Int = 0
end

def area(s: Shape, by: Int = 1): Int = match s
  At(n, q: m) => n * m * by
  Shape.Empty => 0
end

def first(point: Point): Int
  Point { x, y: _ } = point
  x
end

def main()
  x = 4
  p = Point { x }
  q = p.with { x: 3 }
  puts("#{area(At(1, 2), by: 3)} #{area(Shape.At(p: 3, q: 4))} #{area(Empty)} #{q.x} #{first(p)}")
  puts("there") if p is Point { x: 4 } and p.x > 0
end
"""
"""The field `x` is named by itself, by two shorthands, and beside two locals of that name."""


def place_of(text: str, part: str) -> dict[str, int]:
    before = text[: text.index(part)]
    return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    lines = text.split("\n")
    for edit in reversed(edits):
        start, end = edit["range"]["start"], edit["range"]["end"]
        line = lines[start["line"]]
        lines[start["line"]] = line[: start["character"]] + edit["newText"] + line[end["character"] :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("part", "name", "lines"),
    [
        ("x: Int", "across", {7: "  across: Int", 17: "  Point { across: x, y: _ } = point"}),
        ("x = 4", "four", {22: "  four = 4", 23: "  p = Point { x: four }"}),
        ("x\nend", "there", {17: "  Point { x: there, y: _ } = point", 18: "  there"}),
        ("q: m", "r", {2: "  At(p: Int, r: Int)", 12: "  At(n, r: m) => n * m * by"}),
        ("Empty)", "Nothing", {3: "  Nothing", 13: "  Shape.Nothing => 0"}),
        ("by: 3", "times", {11: "def area(s: Shape, times: Int = 1): Int = match s"}),
    ],
)
def test_what_is_meant_gets_another_name(part, name, lines, file):
    uri = uri_of(str(file))
    at = place_of(PARTS, part)
    word, given = conversation(
        uri, PARTS, about(uri, "prepareRename", position=at), about(uri, "rename", position=at, newName=name)
    )[-2:]
    assert word["result"]["start"] == at
    result = edited(PARTS, given["result"]["changes"][uri])
    assert lines.items() <= dict(enumerate(result.split("\n"), 1)).items()
    file.write_text(result)
    assert execute(qz("run", file)).output == b"6 12 0 3 4\nthere\n"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("x = 4", "p"),
        ("area(s", "first"),
        ("puts", "say"),
        ("x: Int", "y"),
        ("x = 4", "if"),
        ("s: Shape", "a b"),
    ],
)
def test_nothing_gets_a_name_under_which_it_would_mean_something_else(part, name, file):
    uri = uri_of(str(file))
    asked = about(uri, "rename", position=place_of(PARTS, part), newName=name)
    assert conversation(uri, PARTS, asked)[-1]["error"]["code"] == -32803


def test_what_another_file_mentions_gets_another_name_there_too(tmp_path):
    module, main = tmp_path / "shared.qz", tmp_path / "main.qz"
    module.write_text("def total(a: Int, b: Int): Int = a + b\n")
    main.write_text('import shared\n\ndef main()\n  puts("#{shared::total(1, 2)}")\nend\n')
    opened = {"uri": uri_of(str(main)), "languageId": "quartz", "version": 1, "text": main.read_text()}
    uri = uri_of(str(module))
    said = conversation(
        uri,
        module.read_text(),
        {"method": "textDocument/didOpen", "params": {"textDocument": opened}},
        about(uri, "rename", position={"line": 0, "character": 4}, newName="sum_of"),
    )
    changes = said[-1]["result"]["changes"]
    assert {Path(path_of(one) or "").name: len(edits) for one, edits in changes.items()} == {
        "shared.qz": 1,
        "main.qz": 1,
    }


@pytest.mark.parametrize(
    ("line", "label", "active"),
    [
        ("p.moved(", "def moved(self, by: Int, up: Int = 0): Point", 0),
        ("p.moved(double(3), ", "def moved(self, by: Int, up: Int = 0): Point", 1),
        ("p.moved(1, double(", "def double(n: Int): Int", 0),
        ("double(2) + 3", None, 0),
        ("[double(1), ", None, 0),
    ],
)
def test_what_a_call_could_be_given(line, label, active, file):
    method = "  def moved(self, by: Int, up: Int = 0): Point = Point { x: self.x + by + up }\n"
    text = PROGRAM.replace("impl Point\n", f"impl Point\n{method}").replace("  puts(", f"  {line}\n  puts(")
    uri = uri_of(str(file))
    asked = about(uri, "signatureHelp", position={"line": 16, "character": 2 + len(line)})
    result = conversation(uri, text, asked)[-1]["result"]
    if label is None:
        assert result is None
    else:
        assert [one["label"] for one in result["signatures"]] == [label]
        assert result["activeParameter"] == active


def test_what_is_typed_replaces_what_was_found(file):
    uri = uri_of(str(file))
    changed = about(uri, "didChange", contentChanges=[{"text": "def main()\nend\n"}])
    said = conversation(
        uri, PROGRAM, about(uri, "hover", position=CALL), changed, about(uri, "documentSymbol")
    )
    published = [m["params"]["diagnostics"] for m in said if m.get("method")]
    assert len(published) == 2
    assert published[0]
    assert published[1] == []


@pytest.mark.parametrize(
    ("line", "there", "not_there"),
    [
        ("p.", {"x", "right"}, {"double", "p", "if"}),
        ("p.ri", {"x", "right"}, {"double"}),
        ("math::", {"sqrt", "gcd"}, {"double", "right"}),
        ("Point.", {"right"}, {"puts"}),
        ("do", {"double", "p", "puts", "Point", "math", "match"}, {"right", "later"}),
        ("", {"double", "p"}, {"right"}),
    ],
)
def test_what_could_stand_there(line, there, not_there, file):
    text = PROGRAM.replace("  puts(", f"  {line}\n  later = 1\n  puts(")
    uri = uri_of(str(file))
    said = conversation(
        uri, text, about(uri, "completion", position={"line": 15, "character": 2 + len(line)})
    )
    names = [item["label"] for item in said[-1]["result"]]
    assert len(names) == len(set(names))
    assert there <= set(names)
    assert not not_there & set(names)


def test_a_fault_is_told_and_survived(file):
    uri = uri_of(str(file))
    senseless, hover = conversation(uri, PROGRAM, about(uri, "hover"), about(uri, "hover", position=CALL))[
        -2:
    ]
    assert senseless["error"]["code"] == -32603
    assert hover["result"]


@pytest.mark.parametrize(
    "junk", [b"hello\r\n\r\n", b"Content-Length: 3\r\n\r\n}{x", b"Content-Length: 1\r\n\r\n7"]
)
def test_what_is_no_message_ends_the_server(junk):
    done = serve(junk)
    assert done.returncode == 2
    assert b"QZ9007" in done.stderr


@pytest.mark.parametrize(("encoding", "character"), [(UTF16, 4), (UTF8, 7)])
def test_places_count_as_agreed(encoding, character):
    from qz.base.source import SourceMap

    source = SourceMap().add("a.qz", "x\n\u00e9\U0001f600=\n".encode())
    places = Places(encoding)
    assert places.position(source, len(source.data) - 1) == {"line": 1, "character": character}
    assert places.offset(source, 1, character) == len(source.data) - 1
    assert places.offset(source, 1, 99) == len(source.data) - 1
    assert places.offset(source, 99, 0) == len(source.data)


def test_uris():
    assert path_of(uri_of("/a b/ü.qz")) == "/a b/ü.qz"
    assert path_of("untitled:1") is None

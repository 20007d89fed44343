"""Every construct of the language parses without a word, and a second time to the same tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.syntax.dump import dump_ast
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from tests.unit.syntax.reading import Read

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.qz"))
STD = sorted((Path(__file__).parents[3] / "std").rglob("*.qz"))

# Kinds that no correct program has, or only an expanded macro, or several items together.
NEVER = {
    NodeKind.ROOT,
    NodeKind.POISON,
    *(NodeKind.ONCE, NodeKind.AGAIN, NodeKind.TAP),
    NodeKind.CLAUSES,
}


@pytest.mark.parametrize("path", [*SAMPLES, *STD], ids=lambda path: path.stem)
def test_nothing_is_reported(path: Path) -> None:
    read = Read(path.read_bytes()).parse_all()
    assert [(found.message, read.source.line_col(found.span.start)) for found in read.diagnostics] == []  # type: ignore[union-attr]


def test_samples_hold_every_kind_of_node() -> None:
    seen: set[int] = set()
    for path in SAMPLES:
        read = Read(path.read_bytes())
        for item in range(len(read.items)):
            root = read.parse(item)
            seen.update(read.arena.kind[node] for node in read.walk(root))
    assert {kind.name for kind in NodeKind if kind not in NEVER} - {
        NodeKind(kind).name for kind in seen
    } == set()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_parsing_is_repeatable(path: Path) -> None:
    read = Read(path.read_bytes())
    for item in range(len(read.items)):
        first = list(dump_ast(read.tokens, read.arena, read.parse(item)))
        assert list(dump_ast(read.tokens, read.arena, read.parse(item))) == first


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_windows_line_ends_change_nothing(path: Path) -> None:
    unix = Read(path.read_bytes())
    windows = Read(path.read_bytes().replace(b"\n", b"\r\n")).parse_all()
    assert windows.codes == []
    assert windows.kinds() == unix.kinds()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_several_items_share_an_arena(path: Path) -> None:
    read = Read(path.read_bytes())
    alone = [list(dump_ast(read.tokens, read.arena, read.parse(item))) for item in range(len(read.items))]
    read.arena.reset()
    roots = [
        parse_item(read.tokens, read.items, item, read.arena, read.sink) for item in range(len(read.items))
    ]
    assert [list(dump_ast(read.tokens, read.arena, root)) for root in roots] == alone

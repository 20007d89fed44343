"""The tokens and items of a file as bytes, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax.items import COLUMNS, ItemTable
from qz.syntax.outline_image import from_image, image_of
from qz.syntax.parser import parse_module
from qz.syntax.tokens import WORD

ROOT = Path(__file__).resolve().parents[3]
FILES = [*sorted((ROOT / "std").glob("*.qz")), *sorted((ROOT / "tests/run/programs").glob("[a-g]*.qz")), None]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem if path else "empty")
def test_an_image_holds_all_of_it(path: Path | None) -> None:
    source = SourceMap().add("file.qz", path.read_bytes() if path else b"")
    first = Interner()
    tokens, items = parse_module(source, first, DiagnosticSink())
    second = Interner()
    second.intern("something else, so that symbols differ")
    again, items_again = from_image(source, second, image_of(tokens, items))
    for name in ("kind", "start", "len", "partner"):
        assert again.columns.array(name).tolist() == tokens.columns.array(name).tolist()
    assert (again.kinds, again.is_nested, items_again.abi) == (tokens.kinds, tokens.is_nested, items.abi)
    assert again.words == tokens.words == set(WORD.findall(source.data))
    for name in set(COLUMNS) - {"name"}:
        assert items_again.columns.array(name).tolist() == items.columns.array(name).tolist()
    assert names(second, items_again) == names(first, items)


def names(interner: Interner, items: ItemTable) -> list[str]:
    """The name of each item."""
    return [interner.text(symbol) for symbol in items.columns.array("name").tolist()]

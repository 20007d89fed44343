"""How much text an expression covers."""

from __future__ import annotations

import pytest

from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from tests.unit.syntax.reading import Read

WHOLE = [
    "if a; 1; else; 2; end",
    "unless a; 1; end",
    "match a; 1 => 2; _ => 3; end",
    "match a\n    1 =>\n      b\n      c\n    end\n  end",
    "select; recv(a) => 1; default => 2; end",
    "loop; break 1; end",
    "for b in [1]; c; end",
    "while a; b; end",
    "do b -> c; end",
    "a.map do b -> c; end",
    "f(if a; 1; else; 2; end)",
    "(a + 1) * 2",
    "f(1, [2])",
]


@pytest.mark.parametrize("text", WHOLE)
def test_extent_is_all_that_is_written(text: str) -> None:
    read = Read(f"def g()\n  x = {text}\n  y\nend\n")
    read.parse()
    assign = next(node for node in range(1, read.arena.n) if read.arena.kind[node] == NodeKind.ASSIGN)
    span = extent(read.tokens, read.arena, read.arena.rhs[assign])
    assert read.source.text(span.start, span.end) == text


def test_a_guard_covers_no_more_than_its_line() -> None:
    read = Read("def g()\n  return a if b\n  if c\n    d\n  end\nend\n")
    read.parse()
    guard = next(node for node in range(1, read.arena.n) if read.arena.kind[node] == NodeKind.IF)
    span = extent(read.tokens, read.arena, guard)
    assert read.source.text(span.start, span.end) == "return a if b"

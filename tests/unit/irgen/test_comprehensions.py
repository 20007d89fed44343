"""For which comprehensions room is made before the first turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from xdsl.dialects.func import CallOp

from tests.loaded import loaded

KNOWN = {
    "a range": "[n for n in 0..high]",
    "a range with its end": "[n for n in 1..=high]",
    "a vector": "[n for n in numbers]",
    "indices of it": "[i for i, _ in numbers]",
    "a part of it": "[n for n in numbers[1..]]",
    "a text": "[c for c in text]",
    "a set": "[n for n in seen]",
    "a map": "[k for k, v in names]",
}
UNKNOWN = {
    "some of them": "[n for n in numbers if n > high]",
    "loops in loops": "[n + m for n in numbers for m in numbers]",
    "an iterator": "[n for n in numbers.iter()]",
    "steps": "[n for n in 0..high step 2]",
    "a map is made": "{n => n for n in numbers}",
}
CASES = [pytest.param(e, 1, id=f"known: {name}") for name, e in KNOWN.items()]
CASES += [pytest.param(e, 0, id=f"unknown: {name}") for name, e in UNKNOWN.items()]


@pytest.mark.parametrize(("expression", "n_reservations"), CASES)
def test_room_is_made_once_where_the_number_of_turns_is_known(
    tmp_path: Path, expression: str, n_reservations: int
) -> None:
    path = tmp_path / "program.qz"
    build = loaded(
        path,
        "def made(high: Int, text: String, numbers: Vec<Int>, seen: Set<Int>, names: Map<Int, String>): Int\n"
        f"  collected = {expression}\n"
        "  collected.size\nend\n"
        'def main() = puts("#{made(3, "a", [1], Set.new(), {})}")\n',
    )
    callees: list[str] = []
    for unit in build.functions():
        if unit.symbol == "program$made":
            callees += [op.callee.string_value() for op in unit.module.walk() if isinstance(op, CallOp)]
    assert not build.session.sink.n_errors
    assert callees.count("rt.vec$reserve") == n_reservations

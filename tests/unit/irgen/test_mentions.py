"""What a mention of an aggregate constant becomes: nothing is built where it is only looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pytest
from xdsl.dialects.func import FuncOp

from tests.loaded import loaded

Generated: TypeAlias = "tuple[dict[str, set[str]], dict[str, str]]"

SOURCE = """\
struct Point
  x: Int
  names: Vec<String>
end
const TABLE = [1, 2, 3]
const WORDS = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
const POINT = Point { x: 7, names: ["p"] }
const ROWS = [[1, 2], [3]]
const SIZES = {"a" => 1}
const UNUSED = ["never", "looked", "at"]

def total(v: Vec<Int>): Int
  var sum = 0
  for x in v
    sum += x
  end
  return sum
end
def keep(v: Vec<Int>): Vec<Int> = v
def keep_words(v: Vec<String>): Vec<String> = v

def element(i: Int): Int = TABLE[i]
def unchecked(i: Int): Int = TABLE.get_unchecked(i)
def size(): Int = TABLE.size + WORDS.size()
def field(): Int = POINT.x
def each(): Int
  for w in WORDS
    puts(w)
  end
  return 0
end
def passed(): Int = total(TABLE)
def name(i: Int): String = POINT.names[i]
def within(w: String): Bool = w in WORDS
def found(w: String): Bool = WORDS.any?(other -> other == w)
def row(i: Int): Int
  row = ROWS[i]
  return row[0]
end
def rows(): Int
  var sum = 0
  for row in ROWS
    sum += row.size
  end
  return sum
end
def entry(w: String): Int = SIZES[w]
def kept_rows(): Int = ROWS.map(row -> row).size
def kept(): Int = keep(TABLE).size
def kept_field(): Int = keep_words(POINT.names).size
def kept_words(): Int = keep_words(WORDS).size
def computed(i: Int): Int = (comptime [4, 5])[i]

def main()
  n = element(0) + unchecked(0) + size() + field() + each() + passed()
  o = row(0) + rows() + entry("a") + kept_rows() + if within("b") and found("c"); 1 else 0 end
  m = o + kept() + kept_words() + kept_field() + computed(0)
  puts("#{n} #{m} #{name(0)}")
end
"""

BUILDING = {
    "qz.table_vec",
    "qz.vec_lit",
    "qz.struct_new",
    "call TABLE$value",
    "call WORDS$value",
    "call ROWS$value",
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """The operations of each function, calls with what they call; and what makes which variable."""
    path: Path = tmp_path_factory.mktemp("mentions") / "m.qz"
    build = loaded(path, SOURCE)
    found: dict[str, set[str]] = {}
    for unit in build.functions():
        ops = found[unit.symbol.removeprefix("m$")] = set()
        for op in unit.module.walk():
            if op.name == "func.call":
                ops.add("call " + op.properties["callee"].root_reference.data.removeprefix("m$"))
            elif not isinstance(op, FuncOp):
                ops.add(op.name)
    assert build.session.sink.diagnostics == []
    return found, {v.symbol: v.maker.symbol for v in build.globals() if v.maker is not None}


@pytest.mark.parametrize(
    ("function", "looks"),
    [
        ("element", "qz.table_get"),
        ("unchecked", "qz.table_get"),
        ("size", "qz.const"),
        ("field", "qz.const"),
        ("each", "qz.global_get"),
        ("passed", "qz.global_get"),
        ("name", "qz.global_get"),
        ("computed", "qz.table_get"),
        ("within", "qz.global_get"),
        ("found", "qz.global_get"),
        ("row", "qz.global_get"),
        ("rows", "qz.global_get"),
        ("entry", "qz.global_get"),
    ],
)
def test_a_look_builds_nothing(generated: Generated, function: str, looks: str) -> None:
    ops = generated[0][function]
    assert looks in ops
    assert not ops & BUILDING


@pytest.mark.parametrize(
    ("function", "makes"),
    [("kept", "qz.table_vec"), ("kept_words", "call WORDS$value")],
)
def test_what_may_be_kept_is_new(generated: Generated, function: str, makes: str) -> None:
    assert generated[0][function] & BUILDING == {makes}


def test_parts_that_may_be_kept_are_new(generated: Generated) -> None:
    assert generated[0]["kept_rows"] & BUILDING == {"qz.table_vec", "qz.vec_lit"}


def test_only_what_is_looked_at_in_memory_is_there(
    generated: Generated,
) -> None:
    functions, makers = generated
    assert makers == {f"m${name}": f"m${name}$value" for name in ("TABLE", "WORDS", "POINT", "ROWS", "SIZES")}
    assert {name for name in functions if name.endswith("$value")} == {
        "TABLE$value",
        "WORDS$value",
        "POINT$value",
        "ROWS$value",
        "SIZES$value",
    }

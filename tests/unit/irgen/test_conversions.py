"""Values that become something else by themselves."""

from __future__ import annotations

from pathlib import Path

from lowering.legality import verify_stage
from tests.loaded import loaded

PROGRAM = """\
def main()
  rows = [[1], [2]]
  part: Vec<Vec<Int>> = rows[1..]
  puts("#{part.size} #{[...rows[..1]].size}")
end
"""


def test_a_slice_of_rows_becomes_a_vector_by_the_function_of_all_shapes(tmp_path: Path) -> None:
    path = tmp_path / "program.qz"
    build = loaded(path, PROGRAM)
    modules = {unit.symbol: unit.module for unit in build.functions()}
    assert "Slice$to_vec$ref" in str(modules["program$main"])
    verify_stage(modules["program$main"], "qz")

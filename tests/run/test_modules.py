"""Programs of several files."""

from pathlib import Path

from tests.program_files import execute, qz

COUNTER = """import main
@value struct Place { x: Int, y: Int }
global count: Int = 1
global place: Place = Place { x: 0, y: 0 }
global names: Vec<String> = []

def even(n: Int): Bool = if n == 0; true else main::odd(n - 1) end
"""

MAIN = """import counter as c
import counter

def odd(n: Int): Bool = if n == 0; false else c::even(n - 1) end

def main()
  counter::count = 10
  c::count += 5
  c::place.x = 3
  counter::names = ["a"]
  c::names.push("b")
  puts("#{counter::count} #{c::place} #{c::names} #{odd(7)}")
end
"""


def test_variables_of_a_module_are_assigned_behind_its_name(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "counter.qz").write_text(COUNTER)
    (tmp_path / "main.qz").write_text(MAIN)
    done = execute(qz("run", tmp_path / "main.qz"), cache=cache)
    assert done == (b'15 Place { x: 3, y: 0 } ["a", "b"] true\n', 0, "")

"""Which fields are assigned by nobody once their struct is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.driver.build import Build
from qz.driver.caching.cache import Cache
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.data.steady_fields import Written, written_fields
from qz.sema.decls import StructDecl
from qz.syntax.tokenize import tokenize
from tests.unit.driver.compiling import compiled


def written(text: str) -> Written:
    """What the text of a module may assign."""
    source = SourceMap().add("main.qz", text.encode())
    return written_fields(tokenize(source, Interner(), DiagnosticSink()))


@pytest.mark.parametrize(
    ("text", "assigned"),
    [
        ("a.f = g", {"f"}),
        ("a.f.g = h.i", {"g"}),
        ("a?.f = g", {"f"}),
        ("a.f += 1", {"f"}),
        ("a.f >>= 1", {"f"}),
        ("a.f ??= 1", {"f"}),
        ("a.f[0] = 1", set()),
        ("a.f == b.g", set()),
        ("a.f(b.g >= 1, b.h > c)", set()),
        ("A { f: b.g }", set()),
        ("(a.f, b.g[c.h]) = (d.i, e.j)", {"f", "g", "h"}),
        ("((a.f)) = 1", {"f"}),
        ("(a.type, b) = c", {"type"}),
        ("set(&mut a.f, b.g)", {"f"}),
        ("set(b.g, &mut (a.f))", {"f"}),
        ("set &mut a.f\nb.g", {"f"}),
        ("set(&a.f)", set()),
        ('"#{set(&mut a.f)} #{b.g}"', {"f"}),
        ("def f(self) = b.g", set()),
        ("# a.f = g", set()),
    ],
)
def test_assigned(text: str, assigned: set[str]) -> None:
    assert {name.decode() for name in written(text).assigned} == assigned


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a.f.flip()", {"f"}),
        ("(a.f).flip()", {"f"}),
        ("((a.f)).flip()", {"f"}),
        ("a.f?.flip()", {"f"}),
        ("a.f[0].flip()", {"f"}),
        ("a.f(1).flip()", set()),
        ("b(a.f, 1)", set()),
        ("(a.f)(1)", set()),
    ],
)
def test_changed_in_its_place(text: str, changed: set[str]) -> None:
    assert {name.decode() for name in written(text).changed} == changed


@pytest.mark.parametrize(
    ("text", "has_places"),
    [
        ("def flip(&mut self): Void\nend", True),
        ("def flip(&mut self, k: Int)\nend", True),
        ("def flip(&self)\nend", False),
        ("flip(&mut self.f)", False),
        ("flip(&mut other)", False),
    ],
)
def test_methods_that_change_in_place(text: str, has_places: bool) -> None:
    assert written(text).has_places == has_places


def test_macros_may_assign_anything() -> None:
    assert written("macro f(x) do\n  quote do\n    1\n  end\nend").has_macros
    assert not written("# macro").has_macros


STRUCTS = """\
import {imported}
import {{ PriorityQueue }} from collections

struct Holder
  call: Fn(Int): Int
  name: String
  items: Vec<Int>
  queue: PriorityQueue<Int>
  assigned: Vec<Int>
  elsewhere: Vec<Int>
  measured: String
end

def ask(h: Holder): Int
  h.assigned = []
  h.call(h.measured.size) + h.items.size
end

def main(): Int
  h = Holder {{
    call: x -> x, name: "", items: [], queue: PriorityQueue.new(), assigned: [], elsewhere: [], measured: ""
  }}
  puts(h.name)
  ask(h)
end
"""


IN_PLACE = """
trait Flips
  def flip(&mut self): Void
end
impl Flips for String
  def flip(&mut self): Void
    self = ""
  end
end
"""


@pytest.mark.parametrize(("methods", "texts"), [("", {"name", "measured"}), (IN_PLACE, {"name"})])
def test_all_modules_are_looked_at_and_fields_of_the_library_by_their_names(
    tmp_path: Path, methods: str, texts: set[str]
) -> None:
    main = tmp_path / "main.qz"
    main.write_text(STRUCTS.format(imported="other"))
    (tmp_path / "other.qz").write_text(f"def clear(x)\n  x.elsewhere = []\nend\n{methods}")
    build = Build(Session(Options(files=(str(main),))))
    assert build.load(str(main))
    program = build.program
    steady = program.queries.steady_fields

    def found(name: str, module: str) -> set[str]:
        decl = next(d for d in program.decls if isinstance(d, StructDecl) and d.name == name)
        assert decl.module.name == module
        fields = program.queries.fields(decl)
        return {name for name, field in fields.items() if steady.is_steady(decl.type, name, field.type)}

    assert found("Holder", "main") == {"call", "items", "queue"} | texts
    assert found("PriorityQueue", "collections.priority_queue") == {"_before", "_values"}
    assert found("Deque", "collections.deque") == set()


def test_what_reads_a_field_is_made_anew_when_another_module_begins_to_assign_it(tmp_path: Path) -> None:
    main, other = tmp_path / "main.qz", tmp_path / "other.qz"
    main.write_text(STRUCTS.format(imported="other"))
    texts = ["def clear(x)\n  x.elsewhere = []\nend\n", "def clear(x)\n  x.call = y -> y\nend\n"]
    cache = Cache(str(tmp_path / "cache"))
    for text in (*texts, *texts):
        other.write_text(text)
        again = compiled(main, tmp_path / "again", cache)
        clean = compiled(main, tmp_path / "clean", cache, recall=False)
        assert again.objects == clean.objects
        assert "main$ask" in again.rebuilt.functions

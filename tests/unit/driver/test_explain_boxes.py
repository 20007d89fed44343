"""`--explain-boxes`: where what has no block is put on the heap, and why."""

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.driver.checking import checked
from qz.driver.options import Options
from qz.driver.session import Session

PROGRAM = """
trait Shape
  def area(self): Int
end

@value struct P { x: Int, y: Int }
struct Heap { p: P }

impl Shape for P
  def area(self): Int = self.x * self.y
end

impl Shape for Heap
  def area(self): Int = self.p.area()
end

def total<T: Shape>(shapes: Vec<T>): Int = shapes[0].area()

def apply(f: Fn(Int): Int): Int = f(1)

def boxed(p: P, h: Heap): Vec<dyn Shape>
  apply(n -> n + p.x)
  return [p, h]
end

def kept(p: P, q: P, n: Int): Fn(Int): Int
  return k: Int -> k + p.x + q.y + n
end

def counting(): Fn(): Int
  var c = P { x: 0, y: 0 }
  var still = c
  apply(n -> n + still.x)
  return do
    c.x += 1
    c.x
  end
end

enum Side
  Of(Int)
  Point
end

impl Shape for Side
  def area(self): Int = 0
end

def flat(side: Side): dyn Shape = side

def generic<T: Shape>(value: T): dyn Shape = value

def maybe(side: Side): Fn(): Side = () -> side

def main()
  puts("#{total([P { x: 1, y: 2 }])} #{generic(Heap { p: P { x: 1, y: 2 } }).area()}")
  puts("#{generic(P { x: 1, y: 2 }).area()} #{boxed(P { x: 1, y: 2 }, Heap { p: P { x: 1, y: 2 } }).size}")
  puts("#{flat(Of(1)).area()} #{flat(Point).area()} #{maybe(Of(2))().area()}")
  puts("#{kept(P { x: 1, y: 2 }, P { x: 1, y: 2 }, 1)(2)} #{counting()()}")
end
"""

EXPECTED = [
    (23, "this `P` is put into a block on the heap: it becomes a `dyn Shape`"),
    (27, "`p` and `q` are put into a block on the heap: the closure that captures them may be kept"),
    (31, "`c` is put into a block on the heap: a closure that may outlive it shares the variable"),
    (49, "this `Side` is put into a block on the heap: it becomes a `dyn Shape`"),
    (51, "this `P` is put into a block on the heap: it becomes a `dyn Shape`"),
    (53, "`side` is put into a block on the heap: the closure that captures it may be kept"),
]


def boxes(session: Session) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for diagnostic in session.sink.in_source_order():
        assert diagnostic.code == "QZ7020"
        assert diagnostic.span is not None
        line, _ = session.sources.get(diagnostic.span.file).line_col(diagnostic.span.start)
        found.append((line, diagnostic.message))
    return found


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "main.qz"
    path.write_text(PROGRAM)
    return str(path)


def test_boxes_are_listed_with_their_reasons(source: str) -> None:
    assert boxes(checked(Options(explain_boxes=True), source)) == EXPECTED


def test_boxes_are_listed_while_compiling(source: str) -> None:
    session = Session(Options(files=(source,), explain_boxes=True))
    build = Build(session)
    assert build.load(source)
    for _ in build.functions():
        pass
    assert boxes(session) == EXPECTED
    assert not session.sink.wants_hints


def test_nothing_is_said_unless_asked_for(source: str) -> None:
    assert boxes(checked(Options(), source)) == []


def test_the_cache_is_not_asked() -> None:
    assert Options(explain_boxes=True).observes_functions
    assert Options(explain_boxes=True).code_flags() == Options().code_flags()

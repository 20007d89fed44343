"""Which functions leave all memory as it was."""

from __future__ import annotations

from pathlib import Path

from tests.loaded import loaded

SOURCE = """\
struct Point
  x: Int
  y: Int
end
struct Line
  name: String
  ends: Vec<Point>
  from: Point
  act: Fn(Int): Int
end
struct Resource
  n: Int
end
impl Drop for Resource
  def drop(self)
    counter += 1
  end
end
struct Holder
  resource: Resource
end
@value struct Pair
  a: Int
  b: Int
end
enum Shape
  Dot(Point)
  Text(String)
  Nothing
end
trait Area
  def area(self): Int
end
impl Area for Point
  def area(self): Int = self.x * self.y
end
global counter: Int = 0
global held: Vec<Int> = []
const TABLE = [[1, 2], [3]]

impl Point
  def length(self): Int = self.x * self.x + self.y * self.y
  def plus(self, other: Point): Point = Point { x: self.x + other.x, y: self.y + other.y }
  def move(self, by: Int): Void
    self.x += by
  end
end

def nothing(): Void
end
def field(l: Line): Int = l.from.x
def element(l: Line, i: Int): Point = l.ends[i]
def loops(l: Line): Int
  var sum = 0
  for p in l.ends
    continue if p.x > 100 and l.name == "no"
    sum += p.length()
  end
  sum
end
def makes(l: Line): Vec<Point> = [l.from.plus(l.ends[0])]
def texts(l: Line): Bool = l.name.size > 2 and l.name.byte_at(0) == 97
def matches(s: Shape): Int
  match s
    Dot(p) if p.x > 0 => p.length()
    Text(t) => t.byte_size
    _ => 0
  end
end
def tests(s: Shape): Int
  return p.x if s is Dot(p)
  0
end
def constants(i: Int): Int = TABLE[i][0]
def reads_a_global(): Int = counter + held.size
def itself(l: Line, n: Int): Int = if n == 0; l.from.x else itself(l, n - 1) end
def there(n: Int): Int = if n == 0; 1 else back(n - 1) end
def back(n: Int): Int = there(n)
def optional(v: Vec<Point>): Int = (v.first() ?? Point { x: 1, y: 1 }).x
def looks_up(m: Map<String, Point>): Int = m["a"].x

def assigns_a_field(p: Point)
  p.x = 1
end
def assigns_an_element(v: Vec<Int>)
  v[0] = 1
end
def assigns_a_global()
  counter = 1
end
def adds_to_an_element(v: Vec<Int>)
  v[0] += 1
end
def changes_in_place(n: &mut Int)
  n = 1
end
def lends(v: Vec<Int>)
  changes_in_place(&mut v[0])
end
def lends_a_local(k: Int): Int
  var n = k
  changes_in_place(&mut n)
  n
end
def shovels(v: Vec<Int>)
  v << 1
end
def pushes(v: Vec<Int>)
  v.push(1)
end
def moves(p: Point)
  p.move(1)
end
def pops(v: Vec<Int>): Int = v.pop() ?? 0
def moves_later(p: Point, n: Int): Int
  return moves_later(p, n - 1) if n > 0
  moves(p)
  0
end
def calls_a_value(l: Line): Int = (l.act)(1)
def calls_a_field(l: Line): Int = l.act(1)
def calls_what_is_given(f: Fn(): Void)
  f()
end
def calls_by_a_table(a: dyn Area): Int = a.area()
def makes_a_lambda(k: Int): Fn(Int): Int = x -> x + k
def shows(p: Point): String = "#{p}"
def prints()
  puts("x")
end
def gives_up(n: Int): Int
  Resource { n }
  n
end
def gives_up_more(r: Resource): Int = Holder { resource: r }.resource.n
def made(n: Int): Resource = Resource { n }
def gives_up_a_result(n: Int): Int = made(n).n
def defers(p: Point): Int
  defer p.x = 1
  p.x
end
def compares(a: Line, b: Line): Bool = a.from == b.from

@weak
def weak(n: Int): Int = n
def calls_weak(n: Int): Int = weak(n)

def main()
end
"""

LEAVES = frozenset(
    (
        *("nothing", "field", "element", "loops", "makes", "texts", "matches", "tests", "constants"),
        *("reads_a_global", "itself", "there", "back"),
    )
)


def test_functions_that_leave_memory_alone(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    assert build.main_module is not None
    functions = [f for f in build.main_module.functions if f.owner < 0 and f.name != "main"]
    leaving = build.program.queries.leaving
    assert {f.name for f in functions if leaving.leaves(f)} == LEAVES

"""Expressions where hardly anybody would put them, in each other and in statements of every kind.

Most of what comes of it is wrong, and the checker says so. What it accepts has to become code.
"""

from __future__ import annotations

from random import Random

PRELUDE = """
import math

struct S
  x: Int = 1
  name: String = "s"
end

impl S
  def new(x: Int = 0): S = S { x }
  def m(self): Int = self.x
  def m2(self, y: Int): Int = y
end

enum E
  A
  B(n: Int)
end

enum Big
  P(a: V, b: String)
  Q(xs: Vec<Big>)
  R
end

trait Named
  def name(self): String
end

impl Named for S
  def name(self): String = self.name
end

struct Node
  val: Int
  next: Option<Node> = None
end

impl Drop for Node
  def drop(self)
    counter += 1
  end
end

@value struct V { a: Int, b: F64 }
@value struct W { p: V, q: Option<U8> }
linear struct Lin { fd: Int }
newtype N = Int
type Rec = { x: Int, y: String }
global counter: Int = 0
const LIMIT = 3

def id<T>(x: T): T = x
def pair<A, B>(a: A, b: B): (A, B) = (a, b)
def apply<A, B>(x: A, g: Fn(A): B): B = g(x)
def twice(g: Fn(): Int): Int = g() + g()
def f(x: Int): Int = x
def nothing()
end
def lend(x: &mut Int)
  x += 1
end
def opt(): Option<Int> = Some(1)
def res(): Result<Int, String> = Ok(1)
def gen(): Iterator<Int>
  yield 1
end

macro again(e) do quote do unquote(e); unquote(e) end end
"""

_PARAMETERS = ", ".join(
    (
        *("v: Vec<Int>", "s: S", "b: Bool", "e: E", "d: dyn Named", "u: Int | String", "rec: Rec"),
        *("ch: Channel<Int>", "t: Task<Int>", "w: V", "m: Map<String, Int>", "st: Set<Int>"),
        *("fn: Fn(Int): Int", "fn2: Fn(): Void", "arr: Array<Int, 2>"),
    )
)

_ATOMS = """
Vec|Int|S|E|E.A|E.B|E::B|A|B|B(1)|R|nil|math|math.sqrt|math::sqrt|id|self|it|S.new|S::new|s.m|s.m2|v.map
v.push|v.push(1)|puts("")|panic("")|return|break|exit(1)|q -> q|-> 1|[]|{}|()|(1, 2)|loop; end
if b; 1; end|if b; 1; else; 2; end|if b; nil; else; 2; end|1..2|1..|'c'|:a|1u8|1.5|$debug(1)
match e; A => 1; B(n) => n; end|do -> 1 end|_|...v|&v|&mut v|&s|Some|Some(1)|Ok(1)|Err(1)|None
Weak.new(s)|Map.new()|Vec<Int>.new()|Option<Int>.None|v[0..]|s.x|v[..]|await t|go f(1)|t|ch|ch.recv()
counter|LIMIT|gen()|gen|d|d.name()|u|u is Int|rec|rec.x|v.iter()|N(1)|N|V { a: 1, b: 2.0 }|w|w.a|opt()
opt()!|opt()?|res()?|res()|nothing()|nothing|res().ok()?|m|m["a"]|m.get("a")|st|"a"|"#{s}"|e|fn|fn(1)
fn2|arr|arr[0]|[1, "a"]|[nil]|[[]]|{"a" => 1}|{x: 1, y: "b"}|comptime 1|yield 1
select; default => 1; end|v.iter().map(q -> q)|"a".chars()|dyn Named|true|b and 1|opt() ?? panic("")
opt() ?? return|$try(opt())|(s, v)|not b|[q for q in v]|v.find(q -> q > 1)?.abs()|defer puts("")
while b; end|for q in v; end|Node { val: 1 }|Q([R])|P(w, "")
"""

_FORMS = """
[%]|(%, 1)|(%)|if b; % else % end|if b; % end|match e; A => %; B(n) => %; end
match e; B(n) => n; _ => %; end|id(%)|Some(%)|Ok(%)|(%) ?? %|(%) == %|(%) + %|-> %|q -> %|do q -> % end
v.map(q -> %)|loop; break %; end|S { x: % }|comptime %|(%)!|await go id(%)|go id(%)|$debug(%)|(%).to_s()
"#{%}"|"a#{%}b"|(%)?.x|[q for q in %]|[% for q in v]|{"a" => %}|{% => 1}|(%)[0]|(%)[0..1]|(%).size|(%)()
(%)(1)|(%) is Some(z)|not (%)|-(%)|(%) in [%]|(%) and (%)|pair(%, %)|apply(%, q -> q)|apply(%, _ -> %)
twice(-> %)|(%) as Int|(%) as N|(%) as (Int \\| String)|(%) as dyn Named|(%)..(%)|Vec.filled(2, %)
Weak.new(%)|P(%, "x")|Q([%])|V { a: %, b: 2.0 }|W { p: w, q: % }|Node { val: % }
Node { val: 1, next: % }|[%, %]|(%, %).0|match (%); Some(z) => z; None => %; end
match (%); P(z, y) => y; _ => "r"; end|match (%, 1); (z, y) => z; end|(%).with { x: 1 }|{ x: %, y: "b" }
(%).x|(%).map(q -> q)|(%).clone()|[(%, 1)][0].0|s.m2(%)|(%).name()|f(%)|(%) \\|> id|panic("#{%}")
(%, return)|[%, panic("")]|v.reduce(%, (p, q) -> p)|(() -> %)()|(q -> %)(1)|$try(%)
unless b; % else % end|opt() ?? %|res() ?? %|Map.new().get(%)|(%) < (%)|[...%]|(if b; % else return end)
(match u; z: Int => %; z: String => %; end)|(&%)|lend(&mut %)|vec_new()|arr.map(q -> %)
"""

_STATEMENTS = """
x = %|if (%) is Some(z); puts(""); end|match (%); Some(q) => 1; _ => 2; end|(p, q) = (%)|(%) += 1
y = v[%..]|x: Int = %|return %|%|y = v[%]|for q in %; puts("a"); end|y = S { x: % }
y = match %; _ => 1; end|defer id(%)|(%).x = 3|v[0] = %|y = (%) is Some(z)|y: dyn Named = %
y: Int \\| String = %|y: Vec<U8> = %|y: Option<Int> = %|y = % == %|(a, c) = %|y = 1 if %|counter = %
ch.send(%)|$again(%)|$assert(%)|while %; break; end|y: N = %|y: Rec = %|y: Fn(Int): Int = %
y = e is B(%)|y: Array<Int, 2> = %|[p, ..q] = %|S { x, .. } = %|y: Void = %
y = %;; z = [y];; puts("#{z.size}")|y = %;; %|var y = %;; y = %|var y = %;; while b;; y = %;; end
y = %;; k = -> y;; z = k()|var y = %;; k = do -> y = % end;; k()|return unless (%) is Some(z);; y = z
y = %;; return if y is None|(s.x, v[0]) = (%, %)|(p, q) = pair(%, %);; y = [q]|v.each(q -> %)
y = %;; z = y == y|y = %;; z = "#{y}"|y = %;; z = (y, y);; (p, q) = z
xs = [%];; for q in xs;; z = q;; end|xs = [%];; xs.push(%);; z = xs.pop()
y: Int \\| String = %;; z = match y; q: Int => 1; q: String => 2; end|y: V = %;; z = [y, y];; z[0].a = 3
y: Big = %;; z = [y]|y: Vec<Option<Int>> = %|y: Map<String, V> = %
select;; q = ch.recv() => %;; default => %;; end
"""


def _parts(table: str) -> list[str]:
    """What a table consists of; `\\|` is a bar that belongs to a part."""
    parts = table.replace("\\|", "\0").strip().replace("\n", "|").split("|")
    return [part.replace("\0", "|") for part in parts]


ATOMS, FORMS, STATEMENTS = map(_parts, (_ATOMS, _FORMS, _STATEMENTS))


def function(random: Random, name: str) -> str:
    """A function with such a statement."""
    body = _filled(random, random.choice(STATEMENTS), random.choice((0, 1, 1, 2))).replace(";; ", "\n  ")
    return f"def {name}({_PARAMETERS})\n  {body}\nend\n"


def _filled(random: Random, form: str, depth: int) -> str:
    while "%" in form:
        form = form.replace("%", _expression(random, depth), 1)
    return form


def _expression(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.25:
        return random.choice(ATOMS)
    return _filled(random, random.choice(FORMS), depth - 1)

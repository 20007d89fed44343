"""Functions of the forms that declarations have: defaults, traits, nested patterns, references, arenas."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.random_types import Function, Scope
from tests.differential.random_uses import RandomUses


class RandomForms(RandomUses):
    """Expressions, statements, and functions of all shapes."""

    def shapes(self) -> list[Callable[[], None]]:
        """All there are."""
        return [
            *super().shapes(),
            *(self._called_by_name, self._dispatched, self._nested, self._nested, self._lent),
            *(self._in_bits, self._in_arena, self._generic_tree, self._put_off),
        ]

    def _called_by_name(self) -> None:
        """A function with a default that looks at what stands before it, and one that takes any number."""
        named, many, name, a, b = (self.name(prefix) for prefix in ("named", "many", "calls", "p", "p"))
        one, other = self.plain(), self.plain()
        scope = Scope({a: one, b: other})
        self.put(f"""
def {named}({a}: {one}, {b}: {other} = {self.value(other, Scope({a: one}))}, n: Int = 3): {other}
  puts("#{{{a}}}") if n > 2
  {b}
end

def {many}({b}: {other}, others...: {one}): Vec<{one}>
  puts("#{{others.size}} #{{{b}}}")
  others.reverse()
  others
end
""")
        calls = [
            f"{named}({self.value(one, scope)})",
            f"{named}({b}: {self.value(other, scope)}, {a}:)",
            f"{named}({a}, n: 1)",
        ]
        self.declare(
            Function(name, ((a, one), (b, other)), f"Vec<{one}>"),
            f"  x: {other} = {self.rng.choice(calls)}",
            f"  all = {many}({self.rng.choice((b, 'x'))}, {a}, ...[{a}, {self.value(one, scope)}], {a})",
            f"  {self.rng.choice(('all', f'{many}(x, ...all)', f'[{a}, ...all[1..]]', f'{many}({b})'))}",
        )

    def _dispatched(self) -> None:
        """A trait with a method of its own, asked for directly, by a bound and through a table."""
        trait, whole, flat, bounded, name, n, x = (
            self.name(prefix) for prefix in ("T", "A", "B", "bounded", "asks", "p", "p")
        )
        rng, held = self.rng, self.plain()
        inner, of_flat = (
            Scope({"self.f": held, "x": held}),
            Scope({"self.g": held, "self.f": "Int", "x": held}),
        )
        changes = rng.choice(("", f"    self.f = {self.value(held, inner)}\n"))
        own = f"  def both(self, x: {held}): ({held}, {held}) = ({self.value(held, of_flat)}, self.g)\n"
        self.put(f"""
trait {trait}
  def part(self, x: {held}): {held}
  def both(self, x: {held}): ({held}, {held}) = (self.part(x), x)
end

struct {whole}
  f: {held}
end

@value
struct {flat}
  f: Int
  g: {held}
end

impl {trait} for {whole}
  def part(self, x: {held}): {held}
{changes}    {self.value(held, inner)}
  end
end

impl {trait} for {flat}
  def part(self, x: {held}): {held} = {self.value(held, of_flat)}
{rng.choice(("", own))}end

def {bounded}<T: {trait}>(t: T, x: {held}): ({held}, {held}) = t.both(x)
""")
        around = Scope({n: "Int", x: held})
        one, other = f"{whole} {{ f: {x} }}", f"{flat} {{ f: {n}, g: {self.value(held, around)} }}"
        self.declare(
            Function(name, ((n, "Int"), (x, held)), f"Vec<({held}, {held})>"),
            f"  all: Vec<dyn {trait}> = [{one}, {other}]",
            f"  all.push({rng.choice(('all[0]', 'all[1]', one, other))}) if {n} > {rng.randint(0, 3)}",
            f"  found: Vec<({held}, {held})> = [each.both({x}) for each in all]",
            f"  found.push({bounded}({rng.choice((one, other))}, {self.value(held, around)}))",
            f"  found.push({rng.choice(('all[1]', one, other))}.both({x}))",
            "  found",
        )

    def _nested(self) -> None:
        """Patterns within patterns, with conditions, about parts that are counted."""
        name, v, r, n = (self.name(prefix) for prefix in ("nested", "p", "p", "p"))
        rng, held, result = self.rng, self.plain(), self.plain()
        around = {n: "Int", v: f"Option<Vec<{held}>>"}

        def arm(pattern: str, **names: str) -> str:
            scope = Scope(around | names)
            condition = f" if {self.value('Bool', scope, 1)}" if rng.random() < 0.4 else ""
            return f"    {pattern}{condition} => {self.value(result, scope)}"

        arms = [
            arm("(Some([]), _)"),
            arm("(Some([a]), Ok(k))", a=held, k="Int"),
            arm("(Some([a, .., b]), Err(e))", a=held, b=held, e="String"),
            arm("(Some([a, ..rest]), Ok(0 | 2))", a=held),
            arm("(Some(all @ [_, ..]), Ok(1..=3))", all=f"Vec<{held}>"),
            arm("(None, Ok(k))", k="Int"),
            arm("both @ (None, _)", both=f"(Option<Vec<{held}>>, Result<Int, String>)"),
            arm('(_, Err("a" | "bc"))'),
        ]
        last = self.name("last")
        self.declare(
            Function(name, ((v, f"Option<Vec<{held}>>"), (r, "Result<Int, String>"), (n, "Int")), result),
            f"  {last}: {result} = match ({v}, {r})",
            *rng.sample(arms, rng.randint(2, 5)),
            f"    (some, _) => {self.value(result, Scope(around | {'some': f'Option<Vec<{held}>>'}))}",
            "  end",
            f'  puts("#{{{v}}}")',
            f"  {last}",
        )

    def _lent(self) -> None:
        """What is lent to be looked at, given on, and changed; only what cannot change may be taken of it."""
        type_, look, change, name, n, s = (
            self.name(prefix) for prefix in ("R", "look", "change", "lends", "p", "p")
        )
        rng, held = self.rng, self.rng.choice((*self.scalars, "String"))
        self.put(f"""
struct {type_}
  f: {held}
  more: Vec<{held}>
end

def {look}(a: &{type_}, b: &{type_}, n: Int): &{type_}
  return a if n > {rng.randint(0, 4)} or b.more.empty?()
  b
end

def {change}(s: &mut {type_}, n: Int): Void
  s.more.push({self.value(held, Scope({"n": "Int", "s.f": held}))}) if s.more.size < 6
  s.f = {self.value(held, Scope({"n": "Int", "s.f": held}))}
end
""")
        scope = Scope({n: "Int", f"{s}.f": held})
        more = rng.choice(("[]", f"{s}.more", f"[{s}.f]"))
        self.declare(
            Function(name, ((n, "Int"), (f"{s}f", held)), held),
            f"  {s} = {type_} {{ f: {s}f, more: [] }}",
            f"  {change}(&mut {s}, {n})",
            f"  other = {type_} {{ f: {self.value(held, scope)}, more: {more} }}",
            f"  found = {look}(&{s}, &other, {n})",
            '  puts("#{found}")',
            f"  {change}(&mut other, {n})",
            f'  puts("#{{{look}(&{type_} {{ f: {s}.f, more: other.more }}, &{s}, {n}).f}}")',
            f"  {look}(&other, &{s}, {n}).f",
        )

    def _in_bits(self) -> None:
        """A packed struct, whose parts are read, changed and matched."""
        type_, name, n, x, i = (self.name(prefix) for prefix in ("K", "bits", "p", "v", "i"))
        rng, word = self.rng, self.rng.choice(("u8", "u16", "u32", "u64"))
        size = int(word[1:])
        low = rng.randint(1, size // 2)
        scope = Scope({n: "Int", i: "Int", f"{x}.low": "Int"})
        kept = (1 << min(low, 62)) - 1
        self.put(
            f"packed struct({word}) {type_} {{ low: {low}; flag: 1; high: {rng.randint(1, size - low - 1)} }}"
        )
        self.declare(
            Function(name, ((n, "Int"),), "Int"),
            f"  var {x} = {type_} {{ low: {n} & {kept} }}",
            f"  for {i} in 0..3",
            f"    {x}.low = ({self.value('Int', scope, 1)}) & {kept}",
            f"    {x}.flag = 1 - {x}.flag if {self.value('Bool', scope, 1)}",
            f"    {x} = {x}.with {{ high: ({i} & 1) }}",
            "  end",
            f'  puts("#{{{x}}} #{{{x} == {x}.with {{ flag: 0 }}}}")',
            f"  match {x}",
            f"    {type_} {{ flag: 1, low }} => low",
            f"    {type_} {{ high }} => high + {n}",
            "  end",
        )

    def _in_arena(self) -> None:
        """A tree in an arena, which refers to what lies elsewhere."""
        type_, grown, counted, name, n, x = (
            self.name(prefix) for prefix in ("N", "grown", "count", "arena", "p", "p")
        )
        held = self.plain()
        inner, around = Scope({"n": "Int", "x": held}), Scope({n: "Int", x: held})
        self.put(f"""
struct {type_}
  held: {held}
  left: Option<{type_}>
  right: Option<{type_}>
end

def {grown}(arena: &Arena, n: Int, x: {held}): &{type_}
  return arena.new({type_} {{ held: x, left: None, right: None }}) if n <= 0
  left = {grown}(arena, n - 1, {self.value(held, inner)})
  right = {grown}(arena, n - 2, x)
  y: {held} = {self.value(held, inner)}
  arena.new({type_} {{ held: y, left: Some(left), right: Some(right) }})
end

def {counted}(node: &{type_}): Int
  puts("#{{node.held}}") if node.left is None
  match node.left
    Some(left) => {counted}(left) + {counted}(node.right!)
    None => 1
  end
end
""")
        self.declare(
            Function(name, ((n, "Int"), (x, held)), "Int"),
            "  arena = Arena.new()",
            f"  n = {counted}({grown}(&arena, {n} & 3, {x}))",
            "  arena.reset()",
            f"  n + {counted}({grown}(&arena, {n} & 1, {self.value(held, around)}))",
        )

    def _generic_tree(self) -> None:
        """A generic enum that leads to itself, for two types, built anew and gone through."""
        type_, put, flat, name, n = (self.name(prefix) for prefix in ("Tree", "put", "flat", "trees", "p"))
        one, other = self.plain(), self.plain()
        self.put(f"""
enum {type_}<T>
  Empty{type_}
  Fork{type_}(left: {type_}<T>, key: Int, value: T, right: {type_}<T>)
end

def {put}<T>(tree: {type_}<T>, key: Int, value: T): {type_}<T>
  match tree
    Empty{type_} => Fork{type_}(Empty{type_}, key, value, Empty{type_})
    Fork{type_}(l, k, v, r) if key < k => Fork{type_}({put}(l, key, value), k, v, r)
    Fork{type_}(l, k, v, r) if key > k => Fork{type_}(l, k, v, {put}(r, key, value))
    Fork{type_}(l, _, _, r) => Fork{type_}(l, key, value, r)
  end
end

def {flat}<T>(tree: {type_}<T>, found: Vec<T>): Vec<T>
  if tree is Fork{type_}(l, _, v, r)
    {flat}(l, found)
    found.push(v)
    {flat}(r, found)
  end
  found
end
""")
        scope = Scope({n: "Int", "i": "Int"})
        result = f"(Vec<{one}>, Vec<{other}>)"
        keys = ("i", "7 - i", "i & 1", f"{n} ^ i")
        self.declare(
            Function(name, ((n, "Int"),), result),
            f"  var first: {type_}<{one}> = Empty{type_}",
            f"  var second: {type_}<{other}> = Empty{type_}",
            f"  for i in 0..({n} & 7)",
            f"    first = {put}(first, {self.rng.choice(keys)}, {self.value(one, scope)})",
            "    before = second",
            f"    second = {put}(second, {self.rng.choice(keys)}, {self.value(other, scope)})",
            f"    second = before{self.sometimes(scope)}",
            "  end",
            f"  ({flat}(first, []), {flat}(second, []))",
        )

    def _put_off(self) -> None:
        """Blocks that are left early, with what was put off until then."""
        name, n, x, i = (self.name(prefix) for prefix in ("deferred", "p", "v", "i"))
        held = self.plain()
        scope = Scope({n: "Int", x: held, i: "Int"}, {x})
        outer = Scope({n: "Int", x: held})
        leave = self.rng.choice(("break", "continue", f"return {self.value(held, scope, 1)}"))
        self.declare(
            Function(name, ((n, "Int"), (f"{x}p", held)), held),
            f"  var {x} = {x}p",
            f'  defer puts("last #{{{x}}}")',
            f"  for {i} in 0..({n} & 3)",
            f"    kept = {x}",
            f'    defer puts("#{{{i}}} #{{kept}}")',
            f"    {leave}{self.sometimes(scope)}",
            "    defer do",
            f"      {x} = {self.value(held, scope)}",
            "    end",
            f"    {x} = {self.value(held, scope)}",
            "  end",
            f"  return {x}{self.sometimes(outer)}",
            f"  {x} = {self.value(held, outer)}",
            f"  {self.value(held, outer)}",
        )

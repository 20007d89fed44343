"""Functions that use what the language and its library offer: adapters, slices, operators, tasks, clauses."""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.random_shapes import RandomShapes
from tests.differential.random_types import INTEGERS, Aggregate, Function, Scope

MAX_STEPS = 3

Form = Callable[[], tuple[str, str]]
"""Writes a part of an expression; it comes with the type of what the expression then gives."""


class RandomUses(RandomShapes):
    """Expressions, statements, and functions of more shapes."""

    def shapes(self) -> list[Callable[[], None]]:
        """All there are."""
        return [
            *super().shapes(),
            *(self._adapted, self._adapted, self._seen_in_part, self._calculated, self._walked),
            *(self._function_held, self._sent, self._looked_back, self._by_clauses, self._optional),
        ]

    def put(self, text: str) -> None:
        """Puts a declaration down that nobody else calls."""
        self.lines += [*text.strip("\n").split("\n"), ""]

    def plain(self) -> str:
        """A type that expressions have by themselves: no union, which nothing is unless it is told to."""
        type_ = self.type_(1)
        return "String" if "|" in type_ else type_

    # Adapters of iterators

    def _adapted(self) -> None:
        """A chain of adapters, whose functions see what is around and may change it."""
        name, v, n, seen = (self.name(prefix) for prefix in ("adapted", "p", "n", "v"))
        held = type_ = self.plain()
        scope = Scope({n: "Int", v: f"Vec<{held}>", seen: "Int"}, {seen})
        chain = f"{v}.iter()"
        for _ in range(self.rng.randint(1, MAX_STEPS)):
            step, type_ = self._step(type_, scope, v, held)
            chain += step
        ending, result = self._ending(type_, scope)
        self.declare(
            Function(name, ((v, f"Vec<{held}>"), (n, "Int")), result),
            f"  var {seen} = 0",
            f"  found: {result} = {chain}{ending}",
            f'  puts("#{{{seen}}}")',
            "  found",
        )

    def _lambda_of(self, type_: str, made: str, scope: Scope) -> str:
        """A function of one value, which perhaps counts its calls in the variable of the scope."""
        x = self.name("p")
        inner = scope.of_lambda()
        inner.names[x] = type_
        value = self.value(made, inner, 1)
        if self.rng.random() < 0.3:
            (counted,) = scope.mutable
            return f"do {x} -> {counted} += 1; {value} end"
        return f"{x} -> {value}"

    def _step(self, type_: str, scope: Scope, v: str, held: str) -> tuple[str, str]:
        """An adapter, and the type of what comes out of it."""
        rng, made = self.rng, self.plain()

        def function(result: str) -> str:
            return self._lambda_of(type_, result, scope)

        kept = rng.choice(("filter", "take_while", "skip_while"))
        steps: list[Form] = [
            *([lambda: (f".map<{made}>({function(made)})", made)] * 2),
            *([lambda: (f".{kept}({function('Bool')})", type_)] * 2),
            lambda: (f".filter_map<{made}>({function(f'Option<{made}>')})", made),
            lambda: (f".flat_map<{made}>({function(f'Vec<{made}>')})", made),
            lambda: (f".{rng.choice(('take', 'skip'))}({rng.randint(0, 3)})", type_),
            lambda: (f".step_by({rng.randint(1, 2)})", type_),
            lambda: (f".{rng.choice(('chunks', 'windows'))}({rng.randint(1, 2)})", f"Vec<{type_}>"),
            lambda: (".enumerate()", f"(Int, {type_})"),
            lambda: (f".zip({v}.iter())", f"({type_}, {held})"),
        ]
        if type_ == held:
            steps.append(lambda: (f".chain({v}.iter())", type_))
        return rng.choice(steps)()

    def _ending(self, type_: str, scope: Scope) -> tuple[str, str]:
        """What is made of a chain, and its type."""
        rng, rows = self.rng, f"Vec<{type_}>"

        def test() -> str:
            return self._lambda_of(type_, "Bool", scope)

        endings: list[Form] = [
            *([lambda: (".collect()", rows)] * 2),
            lambda: (".count()", "Int"),
            lambda: (rng.choice((".last()", f".nth({rng.randint(0, 2)})")), f"Option<{type_}>"),
            lambda: (f".{rng.choice(('any?', 'all?', 'none?'))}({test()})", "Bool"),
            lambda: (f".find({test()})", f"Option<{type_}>"),
            lambda: (f".partition({test()})", f"({rows}, {rows})"),
        ]
        return rng.choice(endings)()

    # Parts of vectors

    def _seen_in_part(self) -> None:
        """A part of a vector, which is read and written while the vector is changed too."""
        name, part, v, n, s, i, x = (self.name(p) for p in ("seen", "part", "p", "n", "x", "i", "v"))
        rng, held = self.rng, self.plain()
        self.put(f"""
def {part}(s: Slice<{held}>, n: Int): {held}
  var last = s[0]
  for x in s
    last = x if n > 0
  end
  for i in 0..s.size
    last = s[i] if i == n
  end
  last
end
""")
        scope = Scope({n: "Int", v: f"Vec<{held}>", i: "Int", x: held}, {x})
        changes = [
            f"{s}[{rng.choice((i, '0'))}] = {self.value(held, scope)}",
            f"{v}[{rng.choice((i, '0', f'{v}.size - 1'))}] = {self.value(held, scope)}",
            f"{v}.push({self.value(held, scope)}) if {v}.size < 9",
            f"{v}.pop()",
            f"{x} = {s}[{rng.choice((i, f'{s}.size - 1 - {i}', f'{i} + 1'))}]",
        ]
        bounds = rng.choice((f"0..{v}.size", "1..", f"{n}..{n} + 2", f"..{v}.size / 2"))
        looked_at = rng.choice((s, f"{s}[{rng.randint(0, 1)}..]", f"{v}[1..]"))
        self.declare(
            Function(name, ((v, f"Vec<{held}>"), (n, "Int")), held),
            f"  {s} = {v}[{bounds}]",
            f"  var {x} = {part}({looked_at}, {n})",
            f"  for {i} in 0..{s}.size",
            *(f"    {change}" for change in rng.sample(changes, rng.randint(1, 3))),
            "  end",
            f'  puts("#{{{v}}} #{{{s}.size}} #{{{s}}}")',
            f"  {x}",
        )

    # Operators, iterators and functions of structs

    def _calculated(self) -> None:
        """A struct with operators, with which a loop makes a sum."""
        type_, name, n, first, total, i = (self.name(p) for p in ("O", "sum", "p", "p", "v", "i"))
        kind, one, more = self.rng.choice(("", "@value ")), self.rng.choice(self.scalars), self.plain()
        self.aggregates[type_] = Aggregate(type_, bool(kind), (("one", one), ("more", more)))
        names = {
            f"{whose}.{field}": of
            for whose in ("self", "other")
            for field, of in (("one", one), ("more", more))
        }
        scope = Scope({"self": type_, "other": type_} | names)
        self.put(f"""
{kind}struct {type_}
  one: {one}
  more: {more}
end

impl {type_}
  def op_add(self, other: {type_}): {type_} = {self.literal(type_, scope, 2)}
  def op_mul(self, other: {type_}): {type_} = {self.literal(type_, scope, 2)}
  def op_lt(self, other: {type_}): Bool = {self.value("Bool", scope, 1)}
end
""")
        around = Scope({n: "Int", total: type_})
        turn = around.inner()
        turn.names[i] = "Int"
        self.declare(
            Function(name, ((n, "Int"), (first, type_)), type_),
            f"  var {total} = {first}",
            f"  for {i} in 0..({n} & 3)",
            f"    {total} {self.rng.choice(('+=', '*='))} {self.literal(type_, turn, 1)}",
            f"    {total} = {first} * {total} if {total} < {first}",
            "  end",
            f"  {total} + {self.value(type_, around, 1)}",
        )

    def _walked(self) -> None:
        """An iterator written by hand, over which loops and adapters go."""
        type_, name, n, first, i = (self.name(prefix) for prefix in ("W", "walk", "p", "p", "i"))
        held = self.plain()
        self.put(f"""
struct {type_}
  left: Int
  held: {held}
end

impl Iterator<{held}> for {type_}
  def next(self): Option<{held}>
    return None if self.left <= 0
    self.left -= 1
    before = self.held
    self.held = {self.value(held, Scope({"self": type_, "self.left": "Int", "self.held": held}))}
    Some(before)
  end
end
""")
        walk, rows = f"{type_} {{ left: {n} & 3, held: {first} }}", f"Vec<{held}>"
        ways = [
            [f"  found: {rows} = {walk}.filter(_ -> {n} > 1).chain({walk}).collect()"],
            [f"  found = [{i} for {i} in {walk}]"],
            [
                f"  found: {rows} = []",
                f"  for {i} in {walk}",
                f"    found.push({i})",
                f"    break{self.sometimes(Scope({n: 'Int', i: held}))}",
                "  end",
            ],
            [
                f"  any: dyn Iterator<{held}> = {walk}",
                f"  found: {rows} = any.take({n} & 7).collect()",
            ],
        ]
        self.declare(Function(name, ((n, "Int"), (first, held)), rows), *self.rng.choice(ways), "  found")

    def _function_held(self) -> None:
        """A function in a field, which is called and may replace itself meanwhile."""
        type_, maker, name, n, first, shared, h, i = (
            self.name(prefix) for prefix in ("H", "maker", "calls", "p", "p", "v", "x", "i")
        )
        rng, held = self.rng, self.plain()
        self.put(f"""
struct {type_}
  run: Fn(Int, {held}): {held}
  kept: {held}
end

impl {type_}
  def again(self, n: Int): {held}
    self.kept = (self.run)(n, self.kept)
    (self.run)(n + 1, self.kept)
  end
end

def {maker}(x: {held}): Fn(Int, {held}): {held} = (n, y) -> if n > 1; x else y end
""")
        inner = Scope({n: "Int", shared: held, "k": "Int", "y": held}, {shared})
        self.declare(
            Function(name, ((n, "Int"), (first, held)), held),
            f"  var {shared} = {first}",
            f"  {h} = {type_} {{ run: {maker}({shared}), kept: {shared} }}",
            f"  {h}.run = do (k, y) ->",
            f"    {h}.run = {maker}({self.value(held, inner, 1)}) if k > {rng.randint(0, 2)}",
            f"    {shared} = {self.value(held, inner)}",
            f"    {rng.choice((shared, 'y', f'{h}.kept'))}",
            "  end",
            f"  for {i} in 0..3",
            f"    {shared} = {rng.choice((f'{h}.again({i})', f'({h}.run)({i}, {shared})'))}",
            "  end",
            f"  {h}.run = {maker}({shared})  # or it would hold itself",
            f"  {shared}",
        )

    # Tasks, weak references

    def _sent(self) -> None:
        """Values that go from task to task, and a result that is waited for. Nothing in it panics, which
        would be the end of the program in a task, and leave one behind elsewhere."""
        work, name, n, first, c, t, x = (self.name(p) for p in ("work", "sent", "p", "p", "x", "x", "v"))
        rng, held = self.rng, self.plain()

        def value() -> str:
            return rng.choice((first, self.literal(held, Scope(), 0)))

        self.put(f"""
def {work}(c: Channel<{held}>, {n}: Int, {first}: {held}): {held}
  for i in 0..({n} & 3)
    c.send({value()})
    sched_yield() if i {rng.choice(("<", "=="))} {rng.randint(0, 2)}
  end
  c.close()
  {value()}
end
""")
        channel = rng.choice((f"channel_new({rng.randint(0, 2)})", "Channel.unbounded()"))
        self.declare(
            Function(name, ((n, "Int"), (first, held)), held),
            f"  {c}: Channel<{held}> = {channel}",
            f"  {t} = go {work}({c}, {n}, {first})",
            f"  var {x} = {value()}",
            f"  for i in {c}",
            f"    {x} = {rng.choice(('i', value()))}",
            "  end",
            f"  {x} = await {t} if {n} > {rng.randint(0, 4)}",
            f'  puts("#{{{t}.done?}} #{{{c}.recv()}} #{{{x}}}")',
            f"  await {t}",
        )

    def _looked_back(self) -> None:
        """A tree whose nodes refer to what holds them, weakly."""
        type_, name, n, first, at, i = (self.name(prefix) for prefix in ("L", "back", "p", "p", "v", "i"))
        rng, held = self.rng, self.plain()
        self.sees_drops = True
        self.put(f"""
struct {type_}
  held: {held}
  up: Option<Weak<{type_}>> = None
  below: Vec<{type_}> = []
end

impl {type_}
  def add(self, held: {held}): {type_}
    made = {type_} {{ held, up: Some(Weak.new(self)) }}
    self.below.push(made)
    made
  end
end
""")
        scope = Scope({n: "Int", i: "Int", f"{at}.held": held})
        lost = f"  {at}r.below.{rng.choice(('pop()', 'clear()'))}{self.sometimes(Scope({n: 'Int'}))}"
        self.declare(
            Function(name, ((n, "Int"), (first, held)), held),
            f"  {at}r = {type_} {{ held: {first} }}",
            f"  var {at} = {at}r",
            f"  for {i} in 0..({n} & 3)",
            f"    {at} = {at}{rng.choice(('', 'r'))}.add({self.value(held, scope)})",
            "  end",
            *([lost] if rng.random() < 0.6 else []),
            f"  while {at}.up is Some(link)",
            "    above = link.upgrade()",
            f'    puts("#{{above is Some}} #{{{at}.held}}")',
            "    break if above is None",
            f"    {at} = above!",
            "  end",
            f"  {at}.held",
        )

    # Patterns of parameters, what may be missing

    def _by_clauses(self) -> None:
        """A function of several clauses, the last of which calls it with a number that is not large."""
        name, number, other = self.name("clauses"), self.rng.choice(tuple(INTEGERS)), self.plain()
        suffix = "" if number == "Int" else number.lower()
        scope, without = Scope({"n": number, "x": other}), Scope({"x": other})
        first, second = self.rng.sample(range(4), 2)
        self.put(f"""
def {name}({first}{suffix}, x: {other}): {other} = {self.value(other, without)}
def {name}({second}{suffix}, x) = {self.value(other, without, 1)}
def {name}(n: {number}, x)
  return {self.value(other, scope)} if n > 8{suffix}
  {name}(8{suffix} - (n & 7{suffix}), {self.value(other, scope)})
end
""")
        self.functions.append(Function(name, (("n", number), ("x", other)), other))

    def _optional(self) -> None:
        """A field of what may be missing, and what stands for it."""
        structs = [one for one, found in self.aggregates.items() if found.fields and not one.startswith("G")]
        type_, name, n, o = self.rng.choice(structs), self.name("maybe"), self.name("p"), self.name("p")
        field, of = self.rng.choice(self.aggregates[type_].fields)
        scope = Scope({n: "Int"})
        may_lack = of.startswith("Option<")
        given = self.rng.choice((o, f"(if {self.value('Bool', scope, 1)}; {o} else None end)"))
        self.declare(
            Function(name, ((n, "Int"), (o, f"Option<{type_}>")), of),
            f"  found: {of if may_lack else f'Option<{of}>'} = {given}?.{field}",
            '  puts("#{found is Some}")',
            "  found" if may_lack else f"  found ?? {self.value(of, scope)}",
        )

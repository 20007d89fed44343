"""Functions of the shapes that passes look for, filled at random: what they know, and what is nearly that.

Each shape declares a function, which the rest of the program calls, or a few.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.differential.random_statements import RandomStatements
from tests.differential.random_types import INTEGERS, SCALARS, Aggregate, Function, Scope


class RandomShapes(RandomStatements):
    """Expressions, statements, and functions of certain shapes."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.lines: list[str] = []
        self.sees_drops = False
        """Whether the program sees when values are given up, which only runs that count know."""

    def shape(self) -> None:
        """Declares something of one of the shapes."""
        n_before = len(self.functions)
        self.rng.choice(self.shapes())()
        for function in self.functions[n_before:]:
            if any(type_ == function.result for _, type_ in function.params):
                self._driven(function)

    def shapes(self) -> list[Callable[[], None]]:
        """All there are, those twice that find more."""
        return [
            *(self._list_rebuilt, self._tree_grown, self._calls_itself, self._state_changed),
            *(self._closures_kept, self._may_fail, self._grid, self._specialized, self._methods),
            *(self._given_up, self._given_up, self._text_built, self._rows_changed, self._chain_of_structs),
        ]

    def _driven(self, function: Function) -> None:
        """A variable goes through a function again and again; somebody else may have what it held."""
        name, given, n, state, i = (self.name(prefix) for prefix in ("driven", "p", "p", "v", "i"))
        type_ = function.result
        scope = Scope({n: "Int", given: type_, state: type_}, {state}, in_loop=True, result=type_)
        scope.names[i] = "Int"
        at = next(k for k, (_, of) in enumerate(function.params) if of == type_)
        arguments = [
            state if k == at else self.value(of, scope, 1) for k, (_, of) in enumerate(function.params)
        ]
        sometimes = f" if {self.literal('Bool', scope, 0)}" if self.rng.random() < 0.3 else ""
        start = given if self.rng.random() < 0.5 else self.value(type_, Scope({n: "Int"}))
        self.declare(
            Function(name, ((given, type_), (n, "Int")), type_),
            f"  var {state}: {type_} = {start}",
            f"  for {i} in 0..({n} & 3)",
            f"    {state} = {function.name}({', '.join(arguments)}){sometimes}",
            *("  " + line for line in self.block(scope.inner(), 2, self.rng.randint(0, 1))),
            "  end",
            f"  {state}",
        )

    def declare(self, function: Function, *lines: str) -> None:
        """Puts a function down, of these lines, and lets others call it."""
        shown = ", ".join(f"{name}: {type_}" for name, type_ in function.params)
        marks = ["@noinline"] if self.rng.random() < 0.6 else []
        self.lines += [*marks, f"def {function.name}({shown}): {function.result}", *lines, "end", ""]
        self.functions.append(function)

    def _declare_enum(self, name: str, *variants: tuple[str, tuple[tuple[str, str], ...]]) -> Aggregate:
        found = Aggregate(
            name, variants=variants, is_recursive=any(t == name for _, fs in variants for _, t in fs)
        )
        body = [
            f"  {variant}({', '.join(f'{f}: {t}' for f, t in fields)})" if fields else f"  {variant}"
            for variant, fields in variants
        ]
        self.lines += [f"enum {name}", *body, "end", ""]
        self.aggregates[name] = found
        return found

    def _list_rebuilt(self) -> None:
        """A list, made anew of what is given up: by a call of itself, or in a loop."""
        list_, cons, nil = self.name("L"), self.name("Cons"), self.name("Nil")
        head, tail = self.name("h"), self.name("t")
        rebuilt, turned = self.name("rebuilt"), self.name("turned")
        held, n, given = self.type_(1), self.name("p"), self.name("p")
        self._declare_enum(list_, (cons, (("head", held), ("tail", list_))), (nil, ()))
        scope = Scope({head: held, n: "Int"})
        new = self.value(held, scope)
        guard = f" if {self.value('Bool', scope, 1)}" if self.rng.random() < 0.4 else ""
        other = [f"    {cons}({head}, {tail}) => {rebuilt}({tail}, {n})"] if guard else []
        self.declare(
            Function(rebuilt, ((given, list_), (n, "Int")), list_),
            f"  match {given}",
            f"    {cons}({head}, {tail}){guard} => {cons}({new}, {rebuilt}({tail}, {n}))",
            *other,
            f"    {nil} => {nil}",
            "  end",
        )
        done = self.name("v")
        self.declare(
            Function(turned, ((given, list_),), list_),
            f"  var {done}: {list_} = {nil}",
            f"  var {done}given = {given}",
            f"  while {done}given is {cons}({head}, {tail})",
            f"    {done} = {cons}({head}, {done})",
            f"    {done}given = {tail}",
            "  end",
            f"  {done}",
        )

    def _tree_grown(self) -> None:
        """A tree of structs or of variants into which something is put."""
        tree, node, leaf, grown = self.name("E"), self.name("Node"), self.name("Leaf"), self.name("grown")
        held = self.rng.choice((*INTEGERS, "String"))
        low, v, r, t, x = (self.name("m") for _ in range(5))
        self._declare_enum(tree, (leaf, ()), (node, (("left", tree), ("value", held), ("right", tree))))
        sign = self.rng.choice("<>")
        self.declare(
            Function(grown, ((t, tree), (x, held)), tree),
            f"  match {t}",
            f"    {leaf} => {node}({leaf}, {x}, {leaf})",
            f"    {node}({low}, {v}, {r}) if {x} {sign} {v} => {node}({grown}({low}, {x}), {v}, {r})",
            f"    {node}({low}, {v}, {r}) if {x} == {v} => {t}",
            f"    {node}({low}, {v}, {r}) => {node}({low}, {v}, {grown}({r}, {x}))",
            "  end",
        )

    def _calls_itself(self) -> None:
        """A function that calls itself, once or twice, so many times at most."""
        name, n, acc = self.name("again"), self.name("n"), self.name("p")
        type_ = self.type_(1)
        scope = Scope({n: "Int", acc: type_})
        body = self.block(scope.inner(result=type_), 2, self.rng.randint(0, 2))
        inner = f"{name}({n} - 1, {self.value(type_, scope)})"
        if self.rng.random() < 0.5:
            once, inner = inner, self.name("x")
            body += [f"  {inner} = {once}", f"  return {inner} if {n} > 4"]
            inner = f"{name}({n} - {self.rng.randint(1, 2)}, {inner})"
        self.declare(
            Function(name, ((n, "Int"), (acc, type_)), type_),
            f"  return {acc} if {n} <= 0 or {n} > 5",
            *body,
            f"  {inner}",
        )

    def _state_changed(self) -> None:
        """A struct or a tuple that nobody else sees, made anew or changed in a loop."""
        name, n, state, i = self.name("stepped"), self.name("p"), self.name("v"), self.name("i")
        structs = [one for one, found in self.aggregates.items() if found.fields and not one.startswith("G")]
        type_ = self.rng.choice([*structs, f"({self.type_(1)}, {self.type_(1)})"])
        scope = Scope({n: "Int", state: type_}, {state})
        result = self.type_(1)
        start = self.value(type_, Scope({n: "Int"}))
        turn = scope.inner(in_loop=True, result=result)
        turn.names[i] = "Int"
        changed = f"    {state} = {self.literal(type_, turn, 2)}"
        guard = f" if {self.value('Bool', turn, 1)}" if self.rng.random() < 0.4 else ""
        lines = self.block(turn, 2, self.rng.randint(1, 3))
        self.declare(
            Function(name, ((n, "Int"),), result),
            f"  var {state}: {type_} = {start}",
            f"  for {i} in 0..({n} & 3)",
            *("  " + line for line in lines),
            f"{changed}{guard}",
            "  end",
            *("  " + line for line in self.traced(scope, 1)),
            f"  {self.value(result, scope)}",
        )

    def _closures_kept(self) -> None:
        """Closures that are kept, in a vector, a struct or a result, and share what they capture."""
        name, n, shared, all_, i = (self.name(prefix) for prefix in ("kept", "p", "v", "x", "i"))
        type_ = self.type_(1)
        if "|" in type_:  # to which the last expression of a lambda does not become by itself
            type_ = "String"
        scope = Scope({n: "Int", shared: type_, i: "Int"}, {shared})
        body = self.block(scope.of_lambda(), 2, self.rng.randint(1, 2))
        kind = f"Fn(): {type_}"
        maker = self.name("maker")
        if self.rng.random() < 0.5:
            inner = Scope({n: type_, shared: type_}, {shared})
            made = self.value(type_, inner.of_lambda())
            self.declare(
                Function(maker, ((n, type_),), kind),
                f"  var {shared}: {type_} = {self.value(type_, Scope({n: type_}))}",
                "  do ->",
                f"    {shared} = {made}",
                f"    {n if self.rng.random() < 0.3 else shared}",
                "  end",
            )
            return
        self.declare(
            Function(name, ((n, "Int"),), type_),
            f"  var {shared}: {type_} = {self.value(type_, Scope({n: 'Int'}))}",
            f"  {all_}: Vec<{kind}> = []",
            f"  for {i} in 0..3",
            f"    {all_}.push(do ->",
            *(f"    {line}" for line in body),
            f"      {self.value(type_, scope.of_lambda())}",
            "    end)",
            "  end",
            f"  for {i}f in {all_}",
            f"    {shared} = ({i}f)()",
            "  end",
            f"  {shared}",
        )

    def _may_fail(self) -> None:
        """A function that leaves off in the middle, with what failed, from within loops."""
        kind = self.rng.choice(("Option", "Result"))
        held, name = self.type_(1), self.name("tried")
        type_ = f"{kind}<{held}>" if kind == "Option" else f"{kind}<{held}, String>"
        params = tuple((self.name("p"), self.rng.choice((type_, held, "Int"))) for _ in range(2))
        scope = Scope(dict(params), result=type_, fails_with=kind)
        lines = self.block(scope, 1, self.rng.randint(1, 3))
        result = self.name("x")
        self.declare(
            Function(name, params, type_),
            *lines,
            f"  {result}: {type_} = {self.value(type_, scope)}",
            f"  {result}l: {held} = $try({result})",
            *("  " + line for line in self.traced(scope, 1)),
            f"  {'Ok' if kind == 'Result' else 'Some'}({result}l)",
        )

    def _grid(self) -> None:
        """A nest of loops over rows of a vector, or a vector of vectors."""
        name, v, w, h = self.name("grid"), self.name("p"), self.name("n"), self.name("n")
        held = self.rng.choice((*INTEGERS, "F64", "Bool"))
        i, j, x = self.name("i"), self.name("i"), self.name("x")
        rows = self.rng.random() < 0.4
        place = f"{v}[{i}][{j}]" if rows else f"{v}[{i} * {w} + {j}]"
        scope = Scope({i: "Int", j: "Int", w: "Int", h: "Int", x: held})
        change = self.rng.choice((f"{place} = {self.value(held, scope)}", self.assigned(place, held, scope)))
        near = self.rng.choice((f"{i} - 1", f"{i}", f"{i} + 1"))
        beside = f"{v}[{near}][{j}]" if rows else f"{v}[({near}) * {w} + {j}]"
        first = self.rng.choice(("0", "1"))
        sizes = (
            [f"  {h} = {v}.size", f"  {w} = if {h} > 0; {v}[0].size else 0 end"]
            if rows
            else [f"  {w} = 2", f"  {h} = {v}.size / 2"]
        )
        self.declare(
            Function(name, ((v, f"Vec<Vec<{held}>>" if rows else f"Vec<{held}>"),), "Int"),
            *sizes,
            f"  for {i} in {first}..{h}",
            f"    for {j} in 0..{w}",
            f"      {x} = {self.rng.choice((place, place, beside))}",
            f"      {change}",
            "    end",
            "  end",
            f'  puts("#{{{v}}}")',
            f"  {w} + {h}",
        )

    def _specialized(self) -> None:
        """A generic function, of its own for each type or shared, with a number among its parameters."""
        name, v, x, t, out = (
            self.name("generic"),
            self.name("p"),
            self.name("p"),
            self.name("i"),
            self.name("x"),
        )
        marks = ["@specialize"] if self.rng.random() < 0.5 else []
        body = self.rng.choice(
            (
                [
                    f"  {out} = [{t} for {t} in {v}]",
                    f"  {out}.push({x})",
                    f"  {v}.push({out}[0])",
                    f"  {out}",
                ],
                [f"  {v}[0] = {x} if {v}.size > 0", f"  {v}.insert(0, {x})", f"  {v}[1..].to_vec()"],
                [
                    f"  var {out} = {v}",
                    f"  for {t} in 0..3",
                    f"    {out} = [{x}, ...{out}]",
                    "  end",
                    f"  {out}",
                ],
                [f"  {out} = Some({x})", f"  return [] if {v}.empty?", f"  [{v}.pop() ?? {x}, {out}!]"],
            )
        )
        self.lines += [*marks, f"def {name}<T>({v}: Vec<T>, {x}: T): Vec<T>", *body, "end", ""]
        for _ in range(2):
            held = self.type_(1)
            self.functions.append(
                Function(f"{name}<{held}>", ((v, f"Vec<{held}>"), (x, held)), f"Vec<{held}>")
            )
        size, array = self.rng.randint(1, 4), self.name("sum")
        self.lines += [f"def {array}<const N: Int>({v}: Array<Int, N>): Int", f"  var {out} = N"]
        self.lines += [
            f"  for {t} in 0..N",
            f"    {out} = {out} ^ {v}[N - 1 - {t}]",
            "  end",
            f"  {out}",
            "end",
            "",
        ]
        self.functions.append(Function(array, ((v, f"Array<Int, {size}>"),), "Int"))

    def _given_up(self) -> None:
        """Structs that tell when they are given up, held by locals, fields, options and vectors."""
        guard, n, name = self.name("D"), self.name("p"), self.name("held")
        self.sees_drops = True
        kind = self.rng.choice(("struct", "struct", "@value struct"))
        self.lines += [f"{kind} {guard}", "  id: Int", "  more: String", "end", ""]
        self.lines += [f"impl Drop for {guard}", "  def drop(self)"]
        self.lines += ['    puts("drop #{self.id}#{self.more}")', "  end", "end", ""]

        def made(text: str = "") -> str:
            return f'{guard} {{ id: {text or self.rng.randint(0, 9)}, more: "{self.rng.choice("abc")}" }}'

        is_value = kind.startswith("@")
        a, b, v, i = self.name("x"), self.name("v"), self.name("x"), self.name("i")
        scope = Scope({n: "Int"}, result="Int")
        some = self.rng.sample(
            [
                [f"  {a} = {made(n)}"],
                [f"  var {b} = {made()}", f"  {b} = {made(n)}{self.sometimes(scope)}"],
                [
                    f"  {v}: Vec<{guard}> = [{made()}, {made(n)}]",
                    f"  {v}.{self.rng.choice(('pop()', 'clear()'))}",
                ],
                [f"  {v}o = Some({made(n)})", f'  puts("some") if {v}o is Some'],
                [
                    f"  for {i} in 0..({n} & 3)",
                    f"    {i}d = {made(i)}",
                    f"    break{self.sometimes(scope)}",
                    "  end",
                ],
                [f'  defer puts("deferred #{{{n}}}")'],
                [f"  {v}f = ((p: Int) -> p + {made(n)}.id)", f'  puts("#{{{v}f(1)}}")'],
                [f"  return {n}{self.sometimes(scope)}"],
                [f"  {v}t = ({made()}, {n})", f'  puts("#{{{v}t.1}}")'],
            ],
            self.rng.randint(2, 5),
        )
        lines = [line for one in some for line in one]
        if not is_value and [f"  {a} = {made(n)}"] in some:
            lines += [f"  {a}b = {a}"]
        if not is_value:  # such a value may be anywhere from here on; a moved one would have to be followed
            self.aggregates[guard] = Aggregate(guard, fields=(("id", "Int"), ("more", "String")))
            self.palette += (guard, guard, guard, f"Vec<{guard}>", f"Option<{guard}>")
        taken = self.name("taken")
        self.lines += [f"def {taken}(d: {guard}): Int", "  last = d", "  last.id", "end", ""]
        self.declare(
            Function(name, ((n, "Int"),), "Int"),
            *lines,
            *self.block(scope, 2, 1),
            f"  {taken}({made(n)}) + {self.value('Int', scope, 1)}",
        )

    def sometimes(self, scope: Scope) -> str:
        return f" if {self.value('Bool', scope, 1)}" if self.rng.random() < 0.7 else ""

    def _methods(self) -> None:
        """Methods that change what they are called on, of a struct that holds several things."""
        type_, n = self.name("M"), self.name("p")
        fields = {self.name("f"): self.type_(1) for _ in range(2)} | {self.name("f"): "Int"}
        self.lines += [f"struct {type_}", *(f"  {name}: {of}" for name, of in fields.items()), "end", ""]
        self.aggregates[type_] = Aggregate(type_, fields=tuple(fields.items()))
        method = self.name("changed")
        scope = Scope({"self": type_, n: "Int"}, result=type_)
        scope.names |= {f"self.{name}": of for name, of in fields.items()}
        scope.mutable |= {f"self.{name}" for name in fields}
        self.lines += [f"impl {type_}", f"  def {method}(self, {n}: Int): {type_}"]
        self.lines += ["  " + line for line in self.block(scope, 2, self.rng.randint(1, 3))]
        self.lines += ["    self" if self.rng.random() < 0.5 else f"    {self.literal(type_, scope, 1)}"]
        self.lines += ["  end", "end", ""]
        self.functions.append(Function(f"{type_}.{method}", (("self", type_), (n, "Int")), type_))

    def _text_built(self) -> None:
        """A text that is put together, cut and looked at."""
        name, text, n, made, i = (self.name(prefix) for prefix in ("text", "p", "p", "v", "i"))
        scope = Scope({text: "String", n: "Int", made: "String"}, {made})
        turn = scope.inner(in_loop=True)
        turn.names[i] = "Char"
        self.declare(
            Function(name, ((text, "String"), (n, "Int")), "String"),
            f'  var {made} = "{self.rng.choice(("", "<", "é"))}"',
            f"  for {i} in {text}",
            f"    {self.rng.choice(('break', 'continue'))} if {self.value('Bool', turn, 1)}",
            f"    {made} += {self.rng.choice((f'{i}.to_char_s()', text, self.value('String', turn, 1)))}",
            f"    break if {made}.size > 40",
            "  end",
            f"  {made}[{self.rng.randint(0, 1)}..{made}.size] + {self.value('String', scope, 1)}",
        )

    def _rows_changed(self) -> None:
        """Value structs in a vector, which are changed where they lie, and copied out and in."""
        values = [one for one, found in self.aggregates.items() if found.is_value and found.fields]
        held = self.rng.choice([*values, "(Int, U8)", f"Array<{self.rng.choice(SCALARS)}, 2>"])
        name, v, i, x = self.name("rows"), self.name("p"), self.name("i"), self.name("v")
        scope = Scope({i: "Int", v: f"Vec<{held}>"})
        turn = scope.inner(in_loop=True, result="Int")
        turn.names[x] = held
        turn.mutable.add(x)
        self.declare(
            Function(name, ((v, f"Vec<{held}>"),), "Int"),
            f"  for {i} in 0..{v}.size",
            f"    var {x} = {v}[{i}]",
            *("  " + line for line in self.block(turn, 2, self.rng.randint(1, 2))),
            f"    {v}[{self.rng.choice((i, f'{v}.size - 1 - {i}'))}] = {x}",
            "  end",
            f'  puts("#{{{v}}}")',
            f"  {v}.size",
        )

    def _chain_of_structs(self) -> None:
        """Structs that refer to the next one, gone along and changed."""
        type_, name, start, at = self.name("C"), self.name("along"), self.name("p"), self.name("v")
        held = self.type_(1)
        self.lines += [f"struct {type_}", f"  value: {held}", f"  next: Option<{type_}> = None", "end", ""]
        scope = Scope({f"{at}.value": held}, {f"{at}.value"})
        values = [self.value(held, Scope({start: held}), 1) for _ in range(3)]
        made = f"{type_} {{ value: {values[0]} }}"
        for value in values[1:]:
            made = f"{type_} {{ value: {value}, next: Some({made}) }}"
        cut = f"    {at}.next = {at}.next!.next if {at}.next is Some" if self.rng.random() < 0.5 else ""
        self.declare(
            Function(name, ((start, held),), held),
            f"  first = {made}",
            f"  var {at} = first",
            "  loop",
            f"    {at}.value = {self.value(held, scope)}",
            *([cut] if cut else []),
            f"    break if {at}.next is None",
            f"    {at} = {at}.next!",
            "  end",
            '  puts("#{first}")' if self.is_shown(held) else "",
            f"  {at}.value",
        )

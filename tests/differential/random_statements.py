"""Random statements: bindings, loops, branches, matches, lambdas, ways out."""

from __future__ import annotations

from collections.abc import Iterator

from tests.differential.random_changes import RandomChanges
from tests.differential.random_types import INTEGERS, UNION, Scope, element, head, parts

MAX_DEPTH = 3


class RandomStatements(RandomChanges):
    """Expressions and statements."""

    def block(self, scope: Scope, depth: int, n: int) -> list[str]:
        """So many statements in a scope, which is theirs, one level further in."""
        lines: list[str] = []
        scope.names |= self.variables
        scope.mutable |= self.variables.keys()
        for _ in range(n):
            lines += self._statement(scope, depth)
        return ["  " + line for line in lines]

    def traced(self, scope: Scope, n: int) -> list[str]:
        """Prints some of what a scope has, so that it is not all for nothing."""
        known = [name for name, type_ in scope.names.items() if self.is_shown(type_)]
        chosen = self.rng.sample(known, min(n, len(known)))
        return [f'puts("{" ".join(f"#{{{name}}}" for name in chosen)}")'] if chosen else []

    def _statement(self, scope: Scope, depth: int) -> Iterator[str]:
        forms = [self._binding, self._variable, *([self._change] * 5), self._apart, self._handed_over]
        if depth < MAX_DEPTH:
            forms += [self._if, self._if, self._for, self._while, self._while_down, self._match, self._lambda]
            forms += [
                self._loop,
                self._is,
                self._indexed,
                self._both_ends,
                self._plain_loop,
                self._plain_loop,
            ]
        chance = self.rng.random()
        if chance < 0.06:
            forms = [self._print]
        elif (scope.result or scope.in_loop) and chance < 0.11:
            forms = [self._leave]
        elif scope.yields and chance < 0.35:
            forms = [self._yield]
        elif chance > 0.98 and not scope.yields:  # the interpreter gives no generator up
            forms = [self._defer]
        return self.rng.choice(forms)(scope, depth)

    # Names

    def local_type(self) -> str:
        """A type of a local, which may be one that is not shown: a `dyn`, a function."""
        chance = self.rng.random()
        if self.trait and chance < 0.08:
            return f"dyn {self.trait}"
        if chance < 0.11:
            type_ = self.rng.choice((*INTEGERS, "String"))
            return self.rng.choice((f"Fn({type_}): {type_}", f"Fn(): {type_}"))
        return self.type_()

    def _binding(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self.local_type(), self.name("x")
        yield f"{name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_

    def _variable(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self.type_(), self.name("v")
        yield f"var {name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_
        scope.mutable.add(name)

    def _apart(self, scope: Scope, depth: int) -> Iterator[str]:
        """A tuple or a struct is taken apart, or an alias made of what has a name."""
        tuples = [(name, type_) for name, type_ in scope.names.items() if type_.startswith("(")]
        structs = [
            (name, found)
            for name, type_ in scope.names.items()
            if (found := self.aggregates.get(type_)) is not None and found.fields
        ]
        if tuples and self.rng.random() < 0.5:
            name, type_ = self.rng.choice(tuples)
            names = {self.name("x"): part for part in parts(type_)}
            yield f"({', '.join(names)}) = {name}"
        elif structs:
            name, found = self.rng.choice(structs)
            names = {self.name("x"): of for _, of in found.fields}
            listed = ", ".join(f"{field}: {new}" for new, (field, _) in zip(names, found.fields, strict=True))
            yield f"{found.name} {{ {listed} }} = {name}"
        elif scope.names:
            name = self.rng.choice(list(scope.names))
            alias = self.name("v")
            names = {alias: scope.names[name]}
            yield f"var {alias} = {name}"
            scope.mutable.add(alias)
        else:
            return
        scope.names |= names

    def _change(self, scope: Scope, depth: int) -> Iterator[str]:
        lines = list(self.change(scope))
        yield from lines or self._variable(scope, depth)

    def _print(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f'puts("#{{{self.shown(scope, 1)}}}")'

    # Branches

    def _if(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f"{self.rng.choice(('if', 'unless'))} {self.value('Bool', scope)}"
        yield from self.block(scope.inner(), depth + 1, self.rng.randint(1, 2))
        if self.rng.random() < 0.5:
            yield "else"
            yield from self.block(scope.inner(), depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _is(self, scope: Scope, depth: int) -> Iterator[str]:
        """A condition that gives a name to what it finds."""
        name = self.name("m")
        inner = scope.inner()
        found = scope.of_kind("Option")
        if found:
            tested, type_ = self.rng.choice(found)
        else:
            tested, type_ = f"tested{name}", f"Option<{self.type_(1)}>"
            yield f"{tested}: {type_} = {self.value(type_, scope)}"
        inner.names[name] = element(type_)
        yield f"if {tested} is Some({name}) and {self.value('Bool', inner, 1)}"
        yield from self.block(inner, depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _match(self, scope: Scope, depth: int) -> Iterator[str]:
        enums = [name for name, found in self.aggregates.items() if found.variants]
        here = [type_ for type_ in scope.names.values() if type_ in enums]
        enums = here or enums
        others = ["Option<Int>", "U8", "String", "(Bool, Int)", UNION, "Vec<Int>", "Result<Int, String>"]
        type_ = self.rng.choice(enums if enums and self.rng.random() < 0.7 else others)
        pair = self.rng.choice(enums) if type_ in enums and self.rng.random() < 0.3 else ""
        if type_ in enums:
            value = (
                f"({self.value(type_, scope)}, {self.value(pair, scope)})"
                if pair
                else self.value(type_, scope)
            )
        else:
            value = self.name("x")  # a literal does not say by itself what it is
            yield f"{value}: {type_} = {self.value(type_, scope)}"
        yield f"match {value}"
        for pattern, names in self._pairs(type_, pair) if pair else self.patterns(type_):
            inner = scope.inner()
            inner.names |= names
            yield f"  {pattern} =>"
            yield from ("  " + line for line in self.block(inner, depth + 1, self.rng.randint(1, 2)))
        yield "end"

    def _pairs(self, one: str, other: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Patterns of two enums at once; the last takes what is left."""
        firsts, seconds = list(self.patterns(one)), list(self.patterns(other))
        for _ in range(2):
            first, names = self.rng.choice(firsts)
            second, more = self.rng.choice(seconds)
            yield f"({first}, {second})", names | more
            firsts.remove((first, names))
        yield "_", {}

    def patterns(self, type_: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Patterns that leave nothing out, with what they bind."""
        a, b = self.name("m"), self.name("m")
        if type_ == "Option<Int>":
            yield from ((f"Some({self.rng.randint(0, 3)})", {}), (f"Some({a})", {a: "Int"}), ("None", {}))
        elif type_ == "Result<Int, String>":
            yield from ((f"Ok({a})", {a: "Int"}), ('Err("a")', {}), (f"Err({b})", {b: "String"}))
        elif type_ == "U8":
            yield from (("0 | 7", {}), (f"{a} @ 1..=99", {a: "U8"}), (f"{b}", {b: "U8"}))
        elif type_ == "String":
            yield from (('"a" | "bc"', {}), (f"{a} if {a}.size > 2", {a: "String"}), ("_", {}))
        elif type_ == "(Bool, Int)":
            yield from ((f"(true, {a})", {a: "Int"}), ("(false, 0)", {}), (f"(_, {b})", {b: "Int"}))
        elif type_ == UNION:
            yield from (("true", {}), (f"{a}: Int", {a: "Int"}))
            yield from ((f"{b}: String", {b: "String"}), ("_: Bool", {}))
        elif type_ == "Vec<Int>":
            yield from (("[]", {}), (f"[{a}]", {a: "Int"}), (f"[{b}, ..]", {b: "Int"}))
        else:
            for variant, fields in self.aggregates[type_].variants:
                names = {self.name("m"): field_type for _, field_type in fields}
                yield (f"{variant}({', '.join(names)})" if names else variant), names

    # Loops

    def _for(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("i")
        label = self.name("l") if self.rng.random() < 0.15 else ""
        inner = scope.inner(in_loop=True, labels=(*scope.labels, label) if label else scope.labels)
        held = scope.of_kind("Vec", "Array", "Set", "Map")
        names = name
        if held and self.rng.random() < 0.5:
            source, type_ = self.rng.choice(held)
            inner.names[name] = element(type_)
            if head(type_) == "Map":
                names = f"{name}, {name}v"
                inner.names[f"{name}v"] = parts(type_)[1]
            elif head(type_) == "Vec" and self.rng.random() < 0.3:
                names = f"n{name}, {name}"
                inner.names[f"n{name}"] = "Int"
            inner.mutable.discard(source)
            inner.names.pop(source)  # a loop over what it makes longer would not end
        else:
            source, inner.names[name] = self._sequence(scope)
        yield f"{label}: for {names} in {source}" if label else f"for {names} in {source}"
        yield from self.block(inner, depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _sequence(self, scope: Scope) -> tuple[str, str]:
        """What a loop goes over, and the type of its elements: a few numbers, often the last there are."""
        rng = self.rng
        form, sign = rng.random(), rng.choice(("..", "..="))
        if form < 0.3 and self.generators:
            chosen = rng.choice(self.generators)
            return f"{self.call(chosen, scope, 2)}.take({rng.randint(0, 4)})", chosen.result
        if form < 0.5:
            type_ = rng.choice(tuple(INTEGERS))
            low, high = INTEGERS[type_]
            suffix = "" if type_ == "Int" else type_.lower()
            first, last = rng.choice(((high - 2, high), (low, low + 2), (high, high), (high, low)))
            shown = [f"({n}{suffix})" if n < 0 else f"{n}{suffix}" for n in (first, last)]
            step = f" step {rng.choice((2, 3, 100))}" if rng.random() < 0.3 and first != last else ""
            return f"{shown[0]}{sign}{shown[1]}{step}", type_
        if form < 0.65:
            return f"{rng.randint(-3, 9)}{sign}{rng.randint(-3, 9)} step {rng.choice((-3, -1, 2, 5))}", "Int"
        if form < 0.75:
            return f"0..({self.value('Int', scope, 0)} & 3)", "Int"
        return f"{rng.randint(-2, 2)}{sign}{rng.randint(-1, 4)}", "Int"

    def _indexed(self, scope: Scope, depth: int) -> Iterator[str]:
        """A loop over the places of a vector, which looks at them, or beside them."""
        rng = self.rng
        held = scope.of_kind("Vec", "Array")
        if not held:
            yield from self._variable(scope, depth)
            return
        (source, type_), name = rng.choice(held), self.name("i")
        bounds = [f"0..{source}.size", f"0..{source}.size - 1", f"1..{source}.size", f"0..={source}.size - 1"]
        bounds += [f"({source}.size - 1)..=0 step -1", f"0..{source}.size step 2"]
        inner = scope.inner(in_loop=True)
        inner.names[name] = "Int"
        item = self.name("x")
        at = rng.choice((name, name, f"{source}.size - 1 - {name}", f"{name} % {source}.size"))
        yield f"for {name} in {rng.choice(bounds)}"
        yield f"  {item} = {source}[{at}]"
        inner.names[item] = element(type_)
        if head(type_) == "Vec" or source in scope.mutable:
            yield f"  {self.assigned(f'{source}[{rng.choice((name, at))}]', element(type_), inner)}"
        yield from self.block(inner, depth + 1, rng.randint(0, 2))
        yield "end"

    def _plain_loop(self, scope: Scope, depth: int) -> Iterator[str]:
        """A loop of arithmetic and indices alone, which may run into the limits of what it looks at."""
        rng = self.rng
        rows = [(v, element(t)) for v, t in scope.of_kind("Vec", "Array") if element(t) in INTEGERS]
        if not rows:
            yield from self._variable(scope, depth)
            return
        i, total = self.name("i"), self.name("n")
        v, held = rng.choice(rows)
        w, _ = rng.choice(rows)
        suffix = "" if held == "Int" else held.lower()
        bounds = [f"0..{v}.size", f"1..{v}.size", f"0..={v}.size - 1", f"0..{v}.size - 1", f"0..{w}.size"]
        bounds += [f"({v}.size - 1)..=0 step -1", f"0..{v}.size step {rng.choice((2, 3))}", "0..4", "1..=3"]
        bounds += [f"0..{n}.min(5)" for n in scope.of_type("Int")]
        at = (i, i, i, f"{i} + 1", f"{i} - 1", f"{v}.size - 1 - {i}", f"{i} / 2", f"{i} & 3", "0")
        steps = [
            lambda: f"{total} = {total}.wrapping_mul(31{suffix}).wrapping_add({v}[{rng.choice(at)}])",
            lambda: f"{total} ^= {v}[{rng.choice(at)}]",
            lambda: f"{total} = {total}.max({w}[{rng.choice(at)}] as {held})",
        ]
        changing = [
            (name, kind) for name, kind in rows if name in scope.mutable or head(scope.names[name]) == "Vec"
        ]
        if changing:
            name, kind = rng.choice(changing)
            steps.append(lambda: f"{name}[{rng.choice(at)}] ^= ({total} as {kind})")
            steps.append(lambda: f"{name}[{rng.choice(at)}] = {v}[{rng.choice(at)}] as {kind}")
        yield f"var {total}: {held} = 0"
        lines = [rng.choice(steps)() for _ in range(rng.randint(1, 3))]
        if rng.random() < 0.3:
            lines[-1] += f" if {v}[{rng.choice(at)}] > {self.literal(held, scope, 0)}"
        nested = rng.random() < 0.3
        yield f"for {i} in {rng.choice(bounds)}"
        if nested:
            yield f"  for {i}j in {rng.choice((f'{i}..{v}.size', f'0..{i}', f'0..{w}.size'))}"
            lines = [line.replace(i, f"{i}j") if rng.random() < 0.7 else line for line in lines]
        yield from ("    " + line if nested else "  " + line for line in lines)
        if nested:
            yield "  end"
        yield "end"
        scope.names[total] = held

    def _handed_over(self, scope: Scope, depth: int) -> Iterator[str]:
        """A variable gets what becomes of what it held."""
        found = [
            (name, f)
            for name in sorted(scope.mutable & scope.names.keys())
            for f in self.functions
            if f.result == scope.names[name] and any(t == f.result for _, t in f.params)
        ]
        if not found:
            yield from self._change(scope, depth)
            return
        name, function = self.rng.choice(found)
        at = next(k for k, (_, t) in enumerate(function.params) if t == function.result)
        arguments = [name if k == at else self.value(t, scope, 1) for k, (_, t) in enumerate(function.params)]
        yield f"{name} = {function.name}({', '.join(arguments)})"

    def _both_ends(self, scope: Scope, depth: int) -> Iterator[str]:
        """Two places in a vector that move towards one another, and what lies there changes places."""
        rng = self.rng
        held = [(name, type_) for name, type_ in scope.of_kind("Vec") if element(type_) in INTEGERS]
        if not held:
            yield from self._variable(scope, depth)
            return
        (v, type_), low, high, pivot = rng.choice(held), self.name("n"), self.name("n"), self.name("x")
        swap = [f"    {low}x = {v}[{low}]", f"    {v}[{low}] = {v}[{high}]", f"    {v}[{high}] = {low}x"]
        if rng.random() < 0.3:
            swap = [f"    {v}.swap({low}, {high})"]
        yield f"{pivot} = {self.value(element(type_), scope, 1)}"
        yield f"var {low} = {rng.choice((0, 0, 0, 1))}"
        yield f"var {high} = {v}.size - {rng.choice((1, 1, 1, 2))}"
        yield f"while {low} {rng.choice(('<=', '<=', '<'))} {high}"
        ends = rng.choice(("", "", f"{low} < {v}.size and "))
        yield from (f"  while {ends}{v}[{low}] < {pivot}", f"    {low} += 1", "  end")
        yield from (f"  while {v}[{high}] > {pivot}", f"    {high} -= 1", "  end")
        yield f"  if {low} <= {high}"
        yield from swap
        yield from (f"    {low} += 1", f"    {high} -= 1", "  end", "end")
        scope.names |= {low: "Int", high: "Int"}

    def _while(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("n")
        yield f"var {name} = 0"
        yield f"while {name} < {self.rng.randint(1, 4)} and {self.value('Bool', scope)}"
        yield f"  {name} += 1"
        inner = scope.inner(in_loop=True)
        inner.names[name] = "Int"
        yield from self.block(inner, depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _while_down(self, scope: Scope, depth: int) -> Iterator[str]:
        """A loop that counts down to the least number there is, or to one beside it."""
        rng, name = self.rng, self.name("n")
        held = scope.of_kind("Vec")
        inner = scope.inner(in_loop=True)
        if held and rng.random() < 0.7:
            source, _ = rng.choice(held)
            yield f"var {name} = {source}.size"
            type_ = "Int"
        else:
            type_ = rng.choice(tuple(INTEGERS))
            yield f"var {name}: {type_} = {rng.randint(0, 4)}"
        inner.names[name] = type_
        step = rng.choice(("1", "1", "2"))
        yield f"while {name} {rng.choice(('> 0', '>= 1', '!= 0', '>= 0' if type_ != 'U64' else '> 1'))}"
        yield f"  {name} -= {step}"
        if rng.random() < 0.5:
            inner.names.pop(name)
        yield from self.block(inner, depth + 1, rng.randint(1, 2))
        yield "end"

    def _loop(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("n")
        inner = scope.inner(in_loop=True)
        inner.names[name] = "Int"
        yield f"var {name} = 0"
        yield "loop"
        yield f"  {name} += 1"
        yield f"  break if {name} > {self.rng.randint(0, 3)} or {self.value('Bool', scope, 1)}"
        yield from self.block(inner, depth + 1, self.rng.randint(1, 2))
        yield "end"

    # Ways out

    def _yield(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f"yield {self.value(scope.yields, scope)}"

    def _defer(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f'defer puts("#{{{self.shown(scope, 1)}}}")'

    def _leave(self, scope: Scope, depth: int) -> Iterator[str]:
        condition = self.literal("Bool", scope, 0)
        if scope.in_loop and (not scope.result or self.rng.random() < 0.6):
            label = f" {self.rng.choice(scope.labels)}" if scope.labels and self.rng.random() < 0.6 else ""
            yield f"{self.rng.choice(('break', 'continue'))}{label} if {condition}"
        else:
            yield f"return {self.value(scope.result, scope)} if {condition}"

    def _lambda(self, scope: Scope, depth: int) -> Iterator[str]:
        """A function value, which sees and changes what is around it, called at once and perhaps later."""
        name, param, type_ = self.name("g"), self.name("p"), self.rng.choice((*INTEGERS, "String"))
        inner = scope.of_lambda()
        inner.names[param] = type_
        yield f"{name} = do {param}: {type_} ->"
        yield from self.block(inner, depth + 1, self.rng.randint(1, 2))
        yield f"  {self.value(type_, inner, 1)}"
        yield "end"
        result = self.name("x")
        yield f"{result} = {name}({self.value(type_, scope, 1)})"
        scope.names[result] = type_
        scope.names[name] = f"Fn({type_}): {type_}"

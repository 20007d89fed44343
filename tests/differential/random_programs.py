"""Writes random well-typed programs, which the interpreter and every level have to agree on.

A program declares a few structs and enums, generic ones among them, and a trait; then generators and
functions that call those before them, and cases that call functions with literals and print what they give.
Loops turn a few times at most and nothing is recursive, so every program ends; overflow, indices and
unwrapping may panic, which is behaviour as well. Several programs make one file, since most of what a
compilation takes it takes once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.differential.random_values import (
    INTEGERS,
    UNION,
    Aggregate,
    Function,
    RandomValues,
    Scope,
)

MAX_DEPTH = 3


def source_of(programs: Sequence[RandomProgram], *, catches: bool) -> str:
    """The text of several programs, one after the other; it ``catches`` the panics of cases, and goes on."""
    lines = [line for program in programs for line in program.lines]
    cases = [case for program in programs for case in program.cases]
    calls = [f'  puts("{case}: #{{panic_of(-> {case}())}}")' if catches else f"  {case}()" for case in cases]
    return "\n".join([*lines, "def main()", *calls, "end", ""])


class RandomProgram(RandomValues):
    """One program; the same seed gives the same one, whose names are those of no other."""

    def __init__(self, seed: int, n_functions: int = 4) -> None:
        super().__init__(seed)
        self.lines: list[str] = []
        for _ in range(self.rng.randint(1, 3)):
            self._declare_struct()
        for _ in range(self.rng.randint(1, 2)):
            self._declare_enum()
        self._declare_generics()
        if self.rng.random() < 0.7:
            self._declare_trait()
        if self.rng.random() < 0.7:
            self._define_generator()
        for _ in range(n_functions):
            self._define_function()
        self.cases = [self._case(number) for number in range(n_functions)]

    # Declarations

    def _field_types(self, least: int) -> tuple[tuple[str, str], ...]:
        return tuple((self.name("f"), self.type_(1)) for _ in range(self.rng.randint(least, 3)))

    def _declare_struct(self) -> None:
        found = Aggregate(self.name("S"), self.rng.random() < 0.5, self._field_types(1))
        body = [f"  {name}: {type_}" for name, type_ in found.fields]
        self.lines += [f"{'@value ' if found.is_value else ''}struct {found.name}", *body, "end", ""]
        self.aggregates[found.name] = found

    def _declare_enum(self) -> None:
        variants = tuple((self.name("V"), self._field_types(0)) for _ in range(self.rng.randint(2, 4)))
        found = Aggregate(self.name("E"), variants=variants)
        body = [
            f"  {name}({', '.join(f'{f}: {t}' for f, t in fields)})" if fields else f"  {name}"
            for name, fields in variants
        ]
        self.lines += [f"enum {found.name}", *body, "end", ""]
        self.aggregates[found.name] = found

    def _declare_generics(self) -> None:
        """A generic struct, some of whose values end with a `drop`, and generic functions."""
        holder, either, pairing = self.name("G"), self.name("either"), self.name("pair")
        self.lines += [f"struct {holder}<T>", "  one: T", "  more: Vec<T>", "end", ""]
        if self.rng.random() < 0.5:
            # Nobody sees it, as the interpreter does not run it.
            self.lines += [f"impl Drop for {holder}", "  def drop(self): Void"]
            self.lines += ["    return if self.more.empty?()", "  end", "end", ""]
        self.lines += [f"def {either}<T>(one: T, other: T, flag: Bool): T", "  return one if flag"]
        self.lines += ["  all = [one, other]", "  all[1]", "end", ""]
        self.lines += [f"def {pairing}<T, U>(one: T, other: U): (T, U) = (one, other)", ""]
        self.generic_struct, self.either, self.pairing = holder, either, pairing

    def _declare_trait(self) -> None:
        """A trait of all structs."""
        trait, method = self.name("T"), f"rank{self.seed}"
        self.lines += [f"trait {trait}", f"  def {method}(self, n: Int): Int", "end", ""]
        for found in [one for one in self.aggregates.values() if self.has_trait(one)]:
            scope = Scope({"self": found.name, "n": "Int"})
            value = self.value("Int", scope, 2)
            body = f"  def {method}(self, n: Int): Int = {value}"
            self.lines += [f"impl {trait} for {found.name}", body, "end", ""]
        self.trait = trait

    def _define_generator(self) -> None:
        params = self._params(2)
        generator = Function(self.name("gen"), params, self.type_(1))
        scope = Scope(dict(params), yields=generator.result)
        shown = ", ".join(f"{name}: {type_}" for name, type_ in params)
        self.lines.append(f"def {generator.name}({shown}): Iterator<{generator.result}>")
        self.lines += self._block(scope, 1, self.rng.randint(1, 4))
        self.lines += [f"  yield {self.value(generator.result, scope)}", "end", ""]
        self.generators.append(generator)

    def _params(self, most: int) -> tuple[tuple[str, str], ...]:
        return tuple((self.name("p"), self._local_type()) for _ in range(self.rng.randint(0, most)))

    def _local_type(self) -> str:
        """A type of a local, which may be a `dyn`: such values are not shown."""
        return f"dyn {self.trait}" if self.trait and self.rng.random() < 0.08 else self.type_()

    def _define_function(self) -> None:
        params = self._params(3)
        function = Function(self.name("fn"), params, self.type_())
        scope = Scope(dict(params), result=function.result)
        shown = ", ".join(f"{name}: {type_}" for name, type_ in params)
        self.lines.append(f"def {function.name}({shown}): {function.result}")
        self.lines += self._block(scope, 1, self.rng.randint(2, 6))
        self.lines += [f"  {self.value(function.result, scope)}", "end", ""]
        self.functions.append(function)

    def _case(self, number: int) -> str:
        function = self.functions[number]
        name = f"case{self.seed}_{number}"
        call = self._call(function, Scope(), 4)
        self.lines += [f"def {name}()", f'  puts("#{{{call}}}")', "end", ""]
        return name

    # Statements

    def _block(self, scope: Scope, depth: int, n: int) -> list[str]:
        lines: list[str] = []
        for _ in range(n):
            lines += self._statement(scope, depth)
        return ["  " + line for line in lines]

    def _statement(self, scope: Scope, depth: int) -> Iterator[str]:
        forms = [self._binding, self._binding, self._variable, self._assignment, self._print, self._change]
        if depth < MAX_DEPTH:
            forms += [self._if, self._for, self._while, self._match, self._lambda, self._loop, self._is]
        if scope.result and self.rng.random() < 0.08:
            forms = [self._leave]
        elif scope.yields and self.rng.random() < 0.2:
            forms = [self._yield]
        elif self.rng.random() < 0.03 and not scope.yields:  # the interpreter gives no generator up
            forms = [self._defer]
        return self.rng.choice(forms)(scope, depth)

    def _binding(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self._local_type(), self.name("x")
        yield f"{name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_

    def _variable(self, scope: Scope, depth: int) -> Iterator[str]:
        type_, name = self.type_(), self.name("v")
        yield f"var {name}: {type_} = {self.value(type_, scope)}"
        scope.names[name] = type_
        scope.mutable.add(name)

    def _assignment(self, scope: Scope, depth: int) -> Iterator[str]:
        if not scope.mutable:
            yield from self._variable(scope, depth)
            return
        name = self.rng.choice(sorted(scope.mutable))
        type_ = scope.names[name]
        if type_ in INTEGERS and self.rng.random() < 0.5:
            yield f"{name} {self.rng.choice('+-*&|^')}= {self.value(type_, scope, 1)}"
        else:
            yield f"{name} = {self.value(type_, scope)}"

    def _print(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f'puts("#{{{self.shown(scope, 2)}}}")'

    def _change(self, scope: Scope, depth: int) -> Iterator[str]:
        """Something in a vector or a struct becomes something else."""
        owners = [name for name, type_ in scope.names.items() if self._can_change(name, type_, scope)]
        if not owners:
            yield from self._binding(scope, depth)
            return
        name = self.rng.choice(owners)
        type_ = scope.names[name]
        if type_.startswith("Vec"):
            value = self.value(type_[4:-1], scope, 1)
            yield self.rng.choice(
                (f"{name}.push({value})", f"{name}[{self.rng.randint(0, 2)}] = {value}", f"{name}.pop()")
            )
        else:
            field_name, field_type = self.rng.choice(self.aggregates[type_].fields)
            yield f"{name}.{field_name} = {self.value(field_type, scope, 1)}"

    def _can_change(self, name: str, type_: str, scope: Scope) -> bool:
        found = self.aggregates.get(type_)
        if found is None:
            return type_.startswith("Vec")
        return bool(found.fields) and (not found.is_value or name in scope.mutable)

    def _if(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f"{self.rng.choice(('if', 'unless'))} {self.value('Bool', scope, 2)}"
        yield from self._block(scope.inner(), depth + 1, self.rng.randint(1, 3))
        if self.rng.random() < 0.5:
            yield "else"
            yield from self._block(scope.inner(), depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _for(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("i")
        inner = scope.inner(in_loop=True)
        vectors = [(n, t) for n, t in scope.names.items() if t.startswith("Vec")]
        if vectors and self.rng.random() < 0.5:
            source, type_ = self.rng.choice(vectors)
            inner.names[name] = type_[4:-1]
            inner.mutable.discard(source)
            inner.names.pop(source)  # a loop over what it makes longer would not end
        else:
            source, inner.names[name] = self._sequence(scope)
        yield f"for {name} in {source}"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _sequence(self, scope: Scope) -> tuple[str, str]:
        """What a loop goes over, and the type of its elements: a few numbers, often the last there are."""
        rng = self.rng
        form, sign = rng.random(), rng.choice(("..", "..="))
        if form < 0.2 and self.generators:
            chosen = rng.choice(self.generators)
            return f"{self._call(chosen, scope, 3)}.take({rng.randint(0, 4)})", chosen.result
        if form < 0.5:
            type_ = rng.choice(tuple(INTEGERS))
            low, high = INTEGERS[type_]
            suffix = "" if type_ == "Int" else type_.lower()
            first, last = rng.choice(((high - 2, high), (low, low + 2), (high, high), (high, low)))
            shown = [f"({n}{suffix})" if n < 0 else f"{n}{suffix}" for n in (first, last)]
            return f"{shown[0]}{sign}{shown[1]}", type_
        if form < 0.65:
            return f"{rng.randint(-3, 9)}{sign}{rng.randint(-3, 9)} step {rng.choice((-3, 2, 5))}", "Int"
        return f"{rng.randint(-2, 2)}{sign}{rng.randint(-1, 4)}", "Int"

    def _loop(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("n")
        inner = scope.inner(in_loop=True)
        yield f"var {name} = 0"
        yield "loop"
        yield f"  {name} += 1"
        yield f"  break if {name} > {self.rng.randint(0, 3)} or {self.value('Bool', scope, 1)}"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _is(self, scope: Scope, depth: int) -> Iterator[str]:
        """A condition that gives a name to what it finds."""
        held, name = self.type_(1), self.name("m")
        inner = scope.inner()
        inner.names[name] = held
        yield f"tested{name}: Option<{held}> = {self.value(f'Option<{held}>', scope, 2)}"
        yield f"if tested{name} is Some({name}) and {self.value('Bool', inner, 1)}"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 2))
        yield "end"

    def _yield(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f"yield {self.value(scope.yields, scope, 2)}"

    def _defer(self, scope: Scope, depth: int) -> Iterator[str]:
        yield f'defer puts("#{{{self.shown(scope, 1)}}}")'

    def _while(self, scope: Scope, depth: int) -> Iterator[str]:
        name = self.name("n")
        yield f"var {name} = 0"
        yield f"while {name} < {self.rng.randint(1, 4)} and {self.value('Bool', scope, 2)}"
        yield f"  {name} += 1"
        yield from self._block(scope.inner(in_loop=True), depth + 1, self.rng.randint(1, 3))
        yield "end"

    def _leave(self, scope: Scope, depth: int) -> Iterator[str]:
        condition = self.value("Bool", scope, 1)
        if scope.in_loop and self.rng.random() < 0.6:
            yield f"{self.rng.choice(('break', 'continue'))} if {condition}"
        else:
            yield f"return {self.value(scope.result, scope, 2)} if {condition}"

    def _match(self, scope: Scope, depth: int) -> Iterator[str]:
        enums = [name for name, found in self.aggregates.items() if found.variants]
        type_ = self.rng.choice([*enums, "Option<Int>", "U8", "String", "(Bool, Int)", UNION, "Vec<Int>"])
        value = self.value(type_, scope, 2)
        if type_ in (UNION, "Vec<Int>"):  # which a literal does not say by itself
            matched = self.name("x")
            yield f"{matched}: {type_} = {value}"
            value = matched
        yield f"match {value}"
        for pattern, names in self._patterns(type_):
            inner = scope.inner()
            inner.names |= names
            yield f"  {pattern} =>"
            yield from ("  " + line for line in self._block(inner, depth + 1, self.rng.randint(1, 2)))
        yield "end"

    def _patterns(self, type_: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Patterns that leave nothing out, with what they bind."""
        a, b = self.name("m"), self.name("m")
        if type_ == "Option<Int>":
            yield from ((f"Some({self.rng.randint(0, 3)})", {}), (f"Some({a})", {a: "Int"}), ("None", {}))
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

    def _lambda(self, scope: Scope, depth: int) -> Iterator[str]:
        """A function value, which sees and changes what is around it, called at once and perhaps later."""
        name, param, type_ = self.name("g"), self.name("p"), self.rng.choice(tuple(INTEGERS))
        inner = scope.inner(in_loop=False, result="", yields="")
        inner.names[param] = type_
        yield f"{name} = do {param}: {type_} ->"
        yield from self._block(inner, depth + 1, self.rng.randint(1, 2))
        yield f"  {self.value(type_, inner, 1)}"
        yield "end"
        result = self.name("x")
        yield f"{result} = {name}({self.value(type_, scope, 1)})"
        scope.names[result] = type_
        scope.names[name] = f"Fn({type_}): {type_}"

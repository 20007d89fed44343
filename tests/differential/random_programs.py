"""Writes random well-typed programs, which the interpreter and every level have to agree on.

A program declares a few structs and enums, generic ones among them, and perhaps a trait; then functions of
the shapes that passes look for, a generator and plain functions, each of which may call those before it;
and cases that call functions with literals and print what they give. Loops turn a few times at most and
what calls itself counts down, so nearly every program ends; overflow, indices and unwrapping may panic,
which is behaviour as well. Several programs make one file, since most of what a compilation takes it takes
once.
"""

from __future__ import annotations

from collections.abc import Sequence

from tests.differential.random_forms import RandomForms
from tests.differential.random_types import Aggregate, Function, Scope

PRELUDE = """import iter

def set_of<T: Hash + Eq>(values: Vec<T>): Set<T>
  found: Set<T> = Set.new()
  for value in values
    found.add(value)
  end
  found
end
"""


def source_of(programs: Sequence[RandomProgram]) -> str:
    """The text of several programs, one after the other, without anything that runs their cases."""
    forgotten = [f"  {name} = None" for program in programs for name in program.variables]
    lines = [line for program in programs for line in program.lines]
    return "\n".join([PRELUDE, *lines, "def forget()", *forgotten, "end", ""])


class RandomProgram(RandomForms):
    """One program; the same seed gives the same one, whose names are those of no other."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        rng = self.rng
        for _ in range(rng.randint(1, 2)):
            self._declare_struct()
        if rng.random() < 0.6:
            self._declare_plain_enum()
        self.choose_palette()
        if rng.random() < 0.4:
            self._declare_variable()
        if rng.random() < 0.25:
            self._declare_generics()
        if rng.random() < 0.25:
            self._declare_trait()
        self.shape()
        if rng.random() < 0.45:
            self._define_generator()
        self._define_function()
        called = self.functions[-1:] + rng.sample(self.functions[:-1], min(2, len(self.functions) - 1))
        self.cases = [self._case(function, f"{seed}_{n}") for n, function in enumerate([*called, *called])]
        """Functions without parameters, by name."""

    # Declarations

    def _field_types(self, least: int) -> tuple[tuple[str, str], ...]:
        return tuple((self.name("f"), self.type_(1)) for _ in range(self.rng.randint(least, 3)))

    def _declare_struct(self) -> None:
        is_value, fields = self.rng.random() < 0.5, self._field_types(1)
        found = Aggregate(self.name("S"), is_value, fields, maker=self.name("new"))
        typed = [f"{name}: {type_}" for name, type_ in found.fields]
        self.lines += [f"{'@value ' if found.is_value else ''}struct {found.name}"]
        self.lines += [*(f"  {line}" for line in typed), "end", ""]
        names = ", ".join(name for name, _ in found.fields)
        self.lines += [
            f"def {found.maker}({', '.join(typed)}): {found.name} = {found.name} {{ {names} }}",
            "",
        ]
        self.aggregates[found.name] = found

    def _declare_plain_enum(self) -> None:
        variants = tuple((self.name("V"), self._field_types(0)) for _ in range(self.rng.randint(2, 4)))
        self._declare_enum(self.name("E"), *variants)

    def _declare_variable(self) -> None:
        """A variable of the module, of a type that has a value without anything in it."""
        name, type_ = self.name("g"), f"Option<{self.rng.choice(self.palette)}>"
        self.lines += [f"var {name}: {type_} = None", ""]
        self.variables[name] = type_

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
            body = f"  def {method}(self, n: Int): Int = {self.value('Int', scope)}"
            self.lines += [f"impl {trait} for {found.name}", body, "end", ""]
            self.with_trait.add(found.name)
        self.trait = trait

    def _define_generator(self) -> None:
        params = self._params(2)
        generator = Function(self.name("gen"), params, self.type_(1))
        scope = Scope(dict(params), yields=generator.result)
        shown = ", ".join(f"{name}: {type_}" for name, type_ in params)
        self.lines.append(f"def {generator.name}({shown}): Iterator<{generator.result}>")
        self.lines += self.block(scope, 1, self.rng.randint(1, 3))
        self.lines += [f"  yield {self.value(generator.result, scope)}", "end", ""]
        self.generators.append(generator)

    def _params(self, most: int) -> tuple[tuple[str, str], ...]:
        return tuple((self.name("p"), self.local_type()) for _ in range(self.rng.randint(1, most)))

    def _define_function(self) -> None:
        params = self._params(2)
        params += ((self.name("p"), self.rng.choice(self.palette)), (self.name("p"), "Int"))
        function = Function(self.name("fn"), params, self.type_())
        scope = Scope(dict(params), result=function.result)
        lines = self.block(scope, 1, self.rng.randint(6, 10))
        traced = ["  " + line for line in self.traced(scope, 3)]
        self.declare(function, *lines, *traced, f"  {self.value(function.result, scope)}")

    def _case(self, function: Function, number: str) -> str:
        case = f"case{number}"
        shown = self.name("x")
        arguments = ", ".join(self.literal(type_, Scope(), 2) for _, type_ in function.params)
        body = [f"  {name} = {self.literal(type_, Scope(), 1)}" for name, type_ in self.variables.items()]
        body += [f"  {shown} = {function.name}({arguments})"]
        if function.result.startswith("Fn"):
            body += [f'  puts("#{{({shown})()}} #{{({shown})()}}")']
        else:
            body += [f'  puts("#{{{shown}}}")']
        body += [f"  {name} = None" for name in self.variables]
        self.lines += [f"def {case}()", *body, "end", ""]
        return case

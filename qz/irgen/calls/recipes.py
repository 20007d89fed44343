"""What is emitted time and again in the same way: not the operations, but how to make them.

A function that only makes a block is emitted at each call of it, and reading its body each time takes longer
than all else. So it is read once, and what that gave is told in numbers: those of what the function is given
come first, then those of what the steps give, one after the other.
"""

# pyright: reportPrivateUsage=false

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dialects.fast_ops import append_op
from qz.sema.decls import ConstDecl, FunctionDecl

MAX_STEPS = 24
"""Of a recipe: what takes more is emitted as ever."""

MAX_RECIPES = 512


class Step(NamedTuple):
    """How to make one operation, which has a result or none."""

    op_class: type[Operation]
    operands: tuple[int, ...]
    results: tuple[Attribute, ...]
    properties: dict[str, Attribute]
    attributes: dict[str, Attribute]
    location: LocationAttr | None
    """None for where the whole is made."""


class Recipe(NamedTuple):
    """How to make something, and what has to be there for it."""

    steps: tuple[Step, ...]
    made: int
    callees: dict[str, FunctionDecl]
    constants: dict[str, ConstDecl]

    def follow(self, block: Block, given: Sequence[SSAValue], location: LocationAttr) -> SSAValue:
        """Makes it at the end of a block."""
        values = list(given)
        for op_class, operands, results, properties, attributes, own_location in self.steps:
            used = [values[number] for number in operands]
            where = location if own_location is None else own_location
            op = append_op(block, op_class, used, results, properties, where)
            if attributes:
                op.attributes = dict(attributes)
            values += op.results
        return values[self.made]


RecipeKey: TypeAlias = tuple[object, ...]


class Recipes:
    """Recipes by what they depend on; None where what is emitted cannot be told as one. Those that are too
    many are forgotten."""

    def __init__(self) -> None:
        self._known: dict[RecipeKey, Recipe | None] = {}

    def __contains__(self, key: RecipeKey) -> bool:
        return key in self._known

    def __getitem__(self, key: RecipeKey) -> Recipe | None:
        return self._known[key]

    def __setitem__(self, key: RecipeKey, recipe: Recipe | None) -> None:
        if len(self._known) >= MAX_RECIPES:
            self._known.clear()
        self._known[key] = recipe


def steps_of(
    first: Operation | None, given: Sequence[SSAValue], made: SSAValue, location: LocationAttr
) -> tuple[tuple[Step, ...], int] | None:
    """The steps that an operation and those behind it are, and the number of what was made; None if there is
    more to them than steps tell."""
    numbers = {id(value): number for number, value in enumerate(given)}
    if len(numbers) < len(given):  # who uses which is not to be told
        return None
    steps: list[Step] = []
    op = first
    while op is not None:
        is_plain = not (op.regions or op._successors) and len(op.results) <= 1
        if not is_plain or len(steps) == MAX_STEPS or any(id(used) not in numbers for used in op._operands):
            return None
        operands = tuple([numbers[id(used)] for used in op._operands])
        results = tuple([result._type for result in op.results])
        own_location = None if op.location is location else op.location
        steps.append(Step(type(op), operands, results, op.properties, dict(op.attributes), own_location))
        for result in op.results:
            numbers[id(result)] = len(numbers)
        op = op._next_op
    return (tuple(steps), numbers[id(made)]) if id(made) in numbers else None

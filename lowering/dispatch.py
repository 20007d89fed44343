"""Dispatch by operation class: one function per operation, one table per file, merged once per pass."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from xdsl.ir import Attribute, Operation, SSAValue

StateT = TypeVar("StateT")
OpT = TypeVar("OpT", bound=Operation)

Operands: TypeAlias = Sequence[SSAValue]


class Table(dict[type[Operation], Callable[[StateT, Any], None]], Generic[StateT]):
    """Maps an operation class to the function that lowers it, which takes the pass's state and the op."""

    def lowers(
        self, *classes: type[OpT]
    ) -> Callable[[Callable[[StateT, OpT], None]], Callable[[StateT, OpT], None]]:
        """Registers the decorated function for these classes."""

        def register(function: Callable[[StateT, OpT], None]) -> Callable[[StateT, OpT], None]:
            for op_class in classes:
                self[op_class] = function
            return function

        return register


Rule: TypeAlias = Callable[[StateT, Operands, dict[str, Attribute], Attribute | None], SSAValue | None]
"""Lowers one operation given as its operands, already lowered, its properties and the type of its result.

It gives the value that stands for the result. No operation object is needed, so that the pass before can
hand over what it would have built (see `lowering.fused`)."""


class RuleTable(dict[type[Operation], Rule[StateT]], Generic[StateT]):
    """Maps an operation class to its rule."""

    def lowers(self, *classes: type[Operation]) -> Callable[[Rule[StateT]], Rule[StateT]]:
        """Registers the decorated rule for these classes."""

        def register(rule: Rule[StateT]) -> Rule[StateT]:
            for op_class in classes:
                self[op_class] = rule
            return rule

        return register


class UnsupportedOpError(Exception):
    """A pass met an operation that is not legal in the stage it reads."""

    def __init__(self, pass_name: str, op: Operation) -> None:
        super().__init__(f"pass `{pass_name}` does not know `{op.name}` at {op.location}")

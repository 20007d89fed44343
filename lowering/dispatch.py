"""Dispatch by operation class: one function per operation, one table per file, merged once per pass."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from xdsl.ir import Operation

StateT = TypeVar("StateT")
OpT = TypeVar("OpT", bound=Operation)


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


class UnsupportedOpError(Exception):
    """A pass met an operation that is not legal in the stage it reads."""

    def __init__(self, pass_name: str, op: Operation) -> None:
        super().__init__(f"pass `{pass_name}` does not know `{op.name}` at {op.location}")

"""What comes of making the objects of a program. A warm ``qz run`` imports this, so it is light."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from qz.driver.memory_stats import Account


class Outcome(NamedTuple):
    """An exit status, and where it is 0 the objects, the other outputs by kind, and the source files."""

    status: int
    objects: tuple[bytes, ...] = ()
    written: Mapping[str, bytes] = MappingProxyType({})
    files: tuple[str, ...] = ()
    tests: bytes = b""  # as `Build.listed_tests` gives them
    account: "Account | None" = None  # where somebody wants to see it

    def linking(self) -> AbstractContextManager[object]:
        """For a ``with`` statement around what makes a program of the objects."""
        return nullcontext() if self.account is None else self.account.linking()

    def show_account(self) -> None:
        """Shows what everything took, if somebody wants to see it."""
        if self.account is not None:
            self.account.show()

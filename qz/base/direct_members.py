"""Members of enums that are found like any other attribute, as they are from Python 3.12 on.

Members are attributes of their class, but before that the class of enums has a `__getattr__` as well, from
the time when they were not. Nothing is found by it any more; yet because of it Python takes a long way round
for each look at any member: 0.12 µs instead of 0.01, a hundredth of what a compilation takes.
"""

from enum import EnumType

_HOOK = "__getattr__"


def find_members_directly() -> None:
    """Takes the long way round away, for all enums that there are and will be."""
    if _HOOK in vars(EnumType):
        delattr(EnumType, _HOOK)

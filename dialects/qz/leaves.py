"""What values consist of: their leaves.

A leaf is a value that fits one register. A value struct has those of its fields, in order, and those of what
has several among its fields in its place; an unboxed enum has one for its tag, and those that its variants
share (see `enum_type.py`); any other value is its own only leaf. Leaves are what a value travels as, and
whatever is made of words, such as the block of a heap struct, has one word for each.
"""

from collections.abc import Iterable

from xdsl.ir import Attribute, ParametrizedAttribute

_HASH = "_hash"


class OfLeaves:
    """A type whose values may be no word of their own, but only their leaves."""

    @property
    def own_leaves(self) -> tuple[Attribute, ...] | None:
        """The types of the leaves; None of a type whose values are one word."""
        raise NotImplementedError

    @property
    def leaf_names(self) -> list[str]:
        """What the leaves are called from outside: `x`, `start.x`."""
        raise NotImplementedError


def has_leaves(type_: Attribute) -> bool:
    """Tells whether values of a type are no word, but only their leaves."""
    return isinstance(type_, OfLeaves) and type_.own_leaves is not None


def leaf_types(type_: Attribute) -> tuple[Attribute, ...]:
    """The types of the leaves of a value."""
    return (type_.own_leaves if isinstance(type_, OfLeaves) else None) or (type_,)


def n_leaves(type_: Attribute) -> int:
    """How many leaves a value has."""
    return len(leaf_types(type_)) if isinstance(type_, OfLeaves) else 1


def leaf_names(type_: Attribute) -> list[str]:
    """What the leaves of a value that is only these are called from outside: `x`, `start.x`."""
    assert isinstance(type_, OfLeaves)
    return type_.leaf_names


def flattened(types: Iterable[Attribute]) -> list[Attribute]:
    """The types of the leaves of several values, one after the other."""
    return [leaf for type_ in types for leaf in leaf_types(type_)]


def hash_once(type_: ParametrizedAttribute) -> int:
    """Works out the hash of a type once for each object: passes look types up at every operation, and one of
    many fields or variants is large."""
    known: int | None = vars(type_).get(_HASH)
    if known is None:
        known = vars(type_)[_HASH] = hash(type_.parameters)
    return known

"""Which Python objects there are, and how many bytes each class of them has to itself.

An object of a class is charged with the plain data it leads to (numbers, text, tuples, lists, dicts, arrays),
but for what another object was charged with before. So every byte counts once, and under a name that somebody
chose.
"""

import gc
import sys
from typing import NamedTuple, cast

NOBODYS = "(tables of modules)"
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: made by a `class` statement
_PLAIN = (tuple, list, dict, set, frozenset)


class Kind(NamedTuple):
    """All objects of one class: how many, and their bytes with what is theirs alone."""

    name: str
    n_objects: int
    size: int


def heap_census() -> list[Kind]:
    """The objects that exist and are not frozen (`gc.freeze`), by class, the largest first."""
    objects = gc.get_objects()
    new = {id(thing) for thing in objects}
    charged: set[int] = set()
    counts: dict[str, int] = {}
    sizes: dict[str, int] = {}
    owners = [thing for thing in objects if type(thing).__flags__ & _HEAP_TYPE]
    charged.update(map(id, owners))
    rest = [thing for thing in objects if type(thing) in _PLAIN]
    for name, group in (("", owners), (NOBODYS, rest)):
        for thing in group:
            if name == NOBODYS and id(thing) in charged:
                continue
            label = name or f"{type(thing).__module__}.{type(thing).__qualname__}"
            counts[label] = counts.get(label, 0) + 1
            sizes[label] = sizes.get(label, 0) + _size_alone(thing, new, charged)
    kinds = [Kind(name, counts[name], size) for name, size in sizes.items()]
    return sorted(kinds, key=lambda kind: (-kind.size, kind.name))


def parts_of(thing: object) -> list[object]:
    """What an object refers to. The collector is not told of a dict's keys where all of them are text."""
    parts = gc.get_referents(thing)
    if type(thing) is dict:
        parts += cast("dict[object, object]", thing)
    return parts


def _size_alone(thing: object, new: set[int], charged: set[int]) -> int:
    """Bytes of an object and of the plain data that it is the first to lead to, which is charged to it."""
    charged.add(id(thing))
    pending, size = [thing], 0
    while pending:
        thing = pending.pop()
        size += sys.getsizeof(thing)
        for part in parts_of(thing):
            if id(part) in charged:
                continue
            # What the collector does not track has no parts but such as are no more tracked themselves.
            if not gc.is_tracked(part) or (type(part) in _PLAIN and id(part) in new):
                charged.add(id(part))
                pending.append(part)
    return size

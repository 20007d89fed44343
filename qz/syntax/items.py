"""The declarations of one module, bodies unparsed; filled by the outline, lives as long as the module."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qz.base.columns import Columns
from qz.base.mem_usage import MemUsage

ItemId = int

COLUMNS = ("kind", "flags", "parent", "name", "name_token", "first", "keyword", "last", "n_params")


class ItemFlag:
    """What the outline can tell without parsing: bits, as plain numbers, which are tested all the time."""

    PRIVATE = 1
    CONST = 2  # `const def`
    EXTERN = 4
    VARIADIC = 8
    HAS_BODY = 16  # a block body or an endless one
    HAS_SELF = 32  # the first parameter is `self`, `&self` or `&mut self`
    LINEAR = 64
    PACKED = 128
    IN_GROUP = 256  # an entry of `const { … }`
    ANNOTATED = 512


class ItemTable:
    """Items in the order of the source, by id from 0; methods follow the impl, trait or extend that holds
    them.

    ``abi`` holds the string of `extern "C"`, without quotes, and is empty elsewhere. ``parent`` is -1 at
    the top. ``name_token`` of an impl or extend is its keyword and ``name`` 0. ``n_params`` counts `self`.
    """

    __slots__ = ("abi", "columns", "foreign_names", *COLUMNS)

    kind: memoryview  # `NodeKind` of the node that parsing the item gives
    flags: memoryview  # `ItemFlag` bits
    parent: memoryview  # the impl, trait or extend that holds the item, or -1
    name: memoryview  # symbol id of the name, 0 without one
    name_token: memoryview  # the token of the name, or of the keyword
    first: memoryview  # the first token, annotations included
    keyword: memoryview  # the token behind annotations and modifiers: `def`, the name of a const in a group
    last: memoryview  # the last token, the closing `end` included
    n_params: memoryview  # number of parameters of a function or macro, 0 elsewhere

    def __init__(self, rows: Sequence[int], abi: list[str], foreign_names: frozenset[int]) -> None:
        """`rows` holds the columns of one item after another; `foreign_names` are the symbols of what was
        declared as in another language, which was reported."""
        self.foreign_names = foreign_names
        self.columns = Columns(dict.fromkeys(COLUMNS, "i4") | {"kind": "u1"}, len(abi))
        self.columns.n = len(abi)
        table = np.array(rows, dtype=np.int32).reshape(-1, len(COLUMNS))
        for number, name in enumerate(COLUMNS):
            self.columns.array(name)[:] = table[:, number]
            setattr(self, name, self.columns.view(name)[: len(abi)])
        self.abi = abi

    def __len__(self) -> int:
        return self.columns.n

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The columns, and the list of ABI names."""
        self.columns.collect_mem_usage(usage, f"{label}.columns")
        names = self.abi.__sizeof__()
        usage.add(f"{label}.abi", names, names)

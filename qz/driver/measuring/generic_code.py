"""How much machine code the instances of generic functions are, shared ones and those of one type."""

from collections.abc import Iterable
from typing import NamedTuple

from qz.codegen.object_symbols import function_sizes
from qz.sema.decls import Decl, FunctionDecl
from qz.sema.types import NULLABLE, REFERENCE

_SHAPES = frozenset({REFERENCE, NULLABLE})


class GenericCode(NamedTuple):
    """The instances of a generic function, and the bytes of their machine code.

    ``shared`` ones serve all types that are one counted word; the others are for one type each.
    """

    name: str
    n_shared: int
    shared_bytes: int
    n_own: int
    own_bytes: int


def generic_code(decls: Iterable[Decl], objects: Iterable[bytes]) -> list[GenericCode]:
    """One row a generic function that has code, those first that have most."""
    sizes: dict[str, int] = {}
    for image in objects:
        sizes.update(function_sizes(image))
    rows: dict[str, list[int]] = {}
    for decl in decls:
        if isinstance(decl, FunctionDecl) and decl.generic is not None and decl.symbol in sizes:
            row = rows.setdefault(decl.generic.display, [0, 0, 0, 0])
            column = 0 if any(arg in _SHAPES for arg in decl.type_args) else 2
            row[column] += 1
            row[column + 1] += sizes[decl.symbol]
    found = [GenericCode(name, *row) for name, row in rows.items()]
    return sorted(found, key=lambda row: (-row.shared_bytes - row.own_bytes, row.name))

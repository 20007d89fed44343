"""Which fields of structs are steady: nobody assigns them once their struct is made.

What lies in a steady field is kept by its struct, whatever code runs meanwhile, so whoever reads it needs no
count of his own. The fields of a program are assigned wherever it likes, so all of its modules are looked
at; by the names of the fields alone, and by tokens, which are there before any body is read. A name too many
costs a count, never a wrong answer::

    heap.before = f                 (a.before, b.before) = (f, g)                   swap(&mut a.before, …)

Any value without a block of its own may also be changed in the place where it lies, by a part of it,
`line.start.x = 1`, or by a method, `heap.before.flip()`. So a field of such a type is steady only if nothing
is ever asked of what it holds; one of a function, a text or an enum also if the program has no such methods,
which have `&mut self`.

A field of the library is steady if its name begins with `_`: no other module of the library assigns it then,
nor has the library such methods. No field of the runtime is, which is compiled apart from the program, and
none where there are arenas: what a block of one refers to is gone when the arena is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from qz.base.columns import true_places
from qz.sema.decls import BinaryDecl, StructDecl
from qz.sema.type_syntax.references import lies_in_place
from qz.sema.types import TypeId, TypeKind
from qz.syntax import token_numbers as tk
from qz.syntax.layout_tables import lookup
from qz.syntax.tokens import TokenTable

if TYPE_CHECKING:
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program

_DOTS = lookup((tk.DOT, tk.OPT_DOT))
_ASSIGNS = lookup(range(tk.ASSIGN, tk.COALESCE_ASSIGN + 1))
_LEADS_INTO = lookup((tk.DOT, tk.OPT_DOT, tk.LBRACKET))
_ENDS_PLACE = frozenset((tk.COMMA, tk.NEWLINE, tk.RPAREN, tk.EOF))

_WHOLE = frozenset((TypeKind.FN, TypeKind.STRING, TypeKind.SYMBOL, TypeKind.ENUM))
"""Kinds whose values have no parts that can be assigned."""

Names = frozenset[bytes]


class Written(NamedTuple):
    """The names of the fields that some code may assign."""

    assigned: Names = frozenset()
    changed: Names = frozenset()
    """Those of which that is so if they hold what may be changed in its place."""
    has_places: bool = False
    """Whether there are methods that do that, other than to parts."""
    has_macros: bool = False
    """Whether what is assigned cannot be told, as macros put names together."""

    def joined(self, other: Written) -> Written:
        """What may be assigned here or there."""
        return Written(
            self.assigned | other.assigned,
            self.changed | other.changed,
            self.has_places or other.has_places,
            self.has_macros or other.has_macros,
        )

    def beginning_with(self, letters: bytes) -> Names:
        """The names that begin so."""
        return frozenset(name for name in self.assigned | self.changed if name.startswith(letters))

    def among(self, names: Names) -> tuple[list[bytes], list[bytes], bool, bool]:
        """What there is to know of some names, as a value that is always the same."""
        changed = sorted(self.changed & names)
        return sorted(self.assigned & names), changed, self.has_places, self.has_macros


def written_fields(tokens: TokenTable) -> Written:
    """The names behind a dot that a module may assign."""
    kinds = np.frombuffer(tokens.kinds, np.uint8)
    names = true_places(_DOTS[kinds]) + 1
    outside = true_places(kinds != tk.RPAREN)
    behind = outside[np.searchsorted(outside, names + 1)]
    is_shift = (kinds[behind] == tk.GT) & (kinds[behind + 1] == tk.GE)
    assigned = names[_ASSIGNS[kinds[behind]] | is_shift].tolist()
    lent = _lent(tokens, kinds)
    for first, last in (
        *_in_parentheses(tokens, kinds),
        *((at, _end_of_place(tokens, at + 2)) for at in lent),
    ):
        assigned += names[np.searchsorted(names, first) : np.searchsorted(names, last)].tolist()
    changed = names[_LEADS_INTO[kinds[behind]]].tolist()
    return Written(
        frozenset(map(tokens.bytes, assigned)),
        frozenset(map(tokens.bytes, changed)),
        has_places=any(kinds[at + 2] == tk.SELF and kinds[at + 3] != tk.DOT for at in lent),
        has_macros=tk.MACRO in tokens.kinds,
    )


def _in_parentheses(tokens: TokenTable, kinds: npt.NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Where several places stand that are assigned together."""
    closers = true_places((kinds[:-1] == tk.RPAREN) & _ASSIGNS[kinds[1:]]).tolist()
    return [(tokens.partner[closer], closer) for closer in closers]


def _lent(tokens: TokenTable, kinds: npt.NDArray[np.uint8]) -> list[int]:
    """Where `&mut` stands."""
    ampersands = true_places((kinds[:-1] == tk.AMP) & (kinds[1:] == tk.IDENT)).tolist()
    return [at for at in ampersands if tokens.bytes(at + 1) == b"mut"]


def _end_of_place(tokens: TokenTable, at: int) -> int:
    """The token behind what is lent."""
    kinds, partner = tokens.kinds, tokens.partner
    while kinds[at] not in _ENDS_PLACE:
        at = max(at, partner[at]) + 1
    return at


class SteadyFields:
    """Answers for the fields of all structs, and remembers."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._own: Written | None = None
        self._of_library: dict[ModuleEnv, Written] = {}
        self._known: dict[tuple[TypeId, str], bool] = {}

    @property
    def own(self) -> Written:
        """What the program's own modules may assign."""
        if self._own is None:
            own = Written()
            for module in self._program.modules.values():
                if module.is_own:
                    own = own.joined(written_fields(module.tokens))
            self._own = own
        return self._own

    def is_steady(self, holder: TypeId, name: str, type_id: TypeId) -> bool:
        """Whether a field of a struct, which holds values of a type, is never assigned."""
        key = holder, name
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(holder, name.encode(), type_id)
        return found

    def _find(self, holder: TypeId, name: bytes, type_id: TypeId) -> bool:
        program = self._program
        if program.types.kinds[holder] is not TypeKind.STRUCT or program.has_arenas:
            return False
        decl = program.decls[program.types.args[holder][0]]
        if not isinstance(decl, StructDecl) or isinstance(decl, BinaryDecl):
            return False
        written = self._written(decl)
        if written is None or written.has_macros or name in written.assigned:
            return False
        if not decl.module.is_own and not name.startswith(b"_"):
            return False
        if name not in written.changed or not lies_in_place(program, type_id):
            return True
        return not written.has_places and program.types.kinds[program.queries.stripped(type_id)] in _WHOLE

    def _written(self, decl: StructDecl) -> Written | None:
        """What may be assigned by all that may know a struct; None if C or the runtime do."""
        module = decl.module
        if decl.in_c or module.is_runtime:
            return None
        if module.is_own:
            return self.own
        found = self._of_library.get(module)
        if found is None:
            found = self._of_library[module] = self.own.joined(written_fields(module.tokens))
        return found

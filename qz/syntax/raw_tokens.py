"""The tokens as the lexer found them, in numpy arrays, and the finished table made of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qz.base.columns import Columns, true_places
from qz.syntax import layout_tables as tables
from qz.syntax import token_numbers as tk
from qz.syntax.classify import MAX_FILE_BYTES, OWN_SHIFT, TOTAL_SHIFT, Special
from qz.syntax.nesting import Insertion, Nesting
from qz.syntax.tokens import token_columns

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class RawTokens:
    """All tokens of a file between sentinel and EOF, with every line end; comments are left out.

    Words in the place of a name (behind a `.`, before the `:` of a field) are identifiers already; so are
    those in `misplaced`, which are names to whoever wrote them, and cannot be.
    """

    __slots__ = ("data", "kinds", "lengths", "misplaced", "starts")

    def __init__(self, codes: list[int], offset: int, n_bytes: int, data: bytes) -> None:
        packed = np.array(codes, dtype=np.int64)
        mask = MAX_FILE_BYTES
        ends: Ints = offset + np.cumsum((packed >> TOTAL_SHIFT) & mask)
        kinds: Bytes = (packed & 0xFF).astype(np.uint8)
        lengths: Ints = (packed >> OWN_SHIFT) & mask
        keep = kinds < Special.COMMENT
        self.data = data
        self.kinds: Bytes = _framed(kinds[keep], tk.NONE, tk.EOF).astype(np.uint8)
        self.starts: Ints = _framed((ends - lengths)[keep], 0, n_bytes)
        self.lengths: Ints = _framed(lengths[keep], 0, 0)
        self._split_tuple_fields()
        self._free_names()

    def _split_tuple_fields(self) -> None:
        """The `0.1` of `t.0.1` was read as a float: it is a field, a dot and a field."""
        kinds = self.kinds
        wrong = true_places((kinds[1:] == tk.FLOAT) & (kinds[:-1] == tk.DOT)) + 1
        if not len(wrong):
            return
        dots = np.array([self.data.find(b".", start) for start in self.starts[wrong].tolist()])
        ends = self.starts[wrong] + self.lengths[wrong]
        fine = (dots > 0) & (dots < ends)
        wrong, dots, ends = wrong[fine], dots[fine], ends[fine]
        kinds[wrong] = tk.INT
        self.lengths[wrong] = dots - self.starts[wrong]
        at = np.repeat(wrong + 1, 2)
        added_kinds = np.tile(np.array([tk.DOT, tk.INT], dtype=np.uint8), len(wrong))
        self.kinds = np.insert(kinds, at, added_kinds)
        self.starts = np.insert(self.starts, at, np.column_stack((dots, dots + 1)).ravel())
        self.lengths = np.insert(
            self.lengths, at, np.column_stack((np.ones_like(dots), ends - dots - 1)).ravel()
        )

    def _free_names(self) -> None:
        """Make identifiers of keywords that stand where only a name can."""
        kinds = self.kinds
        before, here, after = kinds[:-2], kinds[1:-1], kinds[2:]
        keyword = here >= tk.DEF
        name = tables.BEFORE_NAME[before] != 0
        name |= (before == tk.DEF) & (tables.AFTER_FUNCTION_NAME[after] != 0)
        touching = self.starts[2:] == self.starts[1:-1] + self.lengths[1:-1]
        field = (after == tk.COLON) & touching & (tables.BEFORE_FIELD[before] != 0)
        name |= field & (tables.NEVER_FIELDS[here] == 0)
        here[keyword & name] = tk.IDENT
        begins = (before == tk.NEWLINE) | (before == tk.VAR) | (before == tk.NONE)
        assigned = (
            begins & (after >= tk.ASSIGN) & (after <= tk.COALESCE_ASSIGN) & ~tables.NEVER_ASSIGNED[here]
        )
        goes_over = (before == tk.FOR) & ((after == tk.IN) | (after == tk.COMMA))
        bare = tables.NEVER_BARE[here] & tables.BEHIND_VALUE[after]
        bare |= (here == tk.MATCH) & (after == tk.NEWLINE)
        used = tables.EXPECTS_VALUE[before] & (tables.NEVER_VALUES[here] | bare)
        used |= begins & tables.NEVER_BARE[here] & touching & (after == tk.DOT)
        misplaced = (here >= tk.DEF) & (assigned | goes_over | used)
        self.misplaced: Ints = true_places(misplaced) + 1
        kinds[self.misplaced] = tk.IDENT


def _framed(column: npt.NDArray[np.generic], first: int, last: int) -> Ints:
    return np.concatenate(([first], column, [last]), dtype=np.int64, casting="unsafe")


def finished_columns(raw: RawTokens, nesting: Nesting) -> Columns:
    """The columns of the finished tokens: without what the layout dropped and cut, with what it inserted."""
    kinds = raw.kinds.copy()
    partners = nesting.partners
    keep = np.ones(len(kinds), dtype=np.bool_)
    keep[nesting.dropped] = False
    for token, kind in nesting.retyped.items():
        kinds[token] = kind
    for opener, closer in nesting.cuts:
        kinds[opener] = tk.ERROR
        partners[opener] = 0
        keep[opener + 1 : closer + 1] = False
    order: Ints = true_places(keep)
    starts, lengths = raw.starts, raw.lengths
    if nesting.insertions:
        inserted = sorted(nesting.insertions, key=lambda insertion: insertion.token)
        order, kinds, starts, lengths, partners = _insert(
            inserted, nesting, order, kinds, starts, lengths, partners
        )
    place = np.zeros(len(kinds), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return token_columns(kinds[order], starts[order], lengths[order], place[partners[order]])


def _insert(
    inserted: Sequence[Insertion],
    nesting: Nesting,
    order: Ints,
    kinds: Bytes,
    starts: Ints,
    lengths: Ints,
    partners: npt.NDArray[np.int32],
) -> tuple[Ints, Bytes, Ints, Ints, npt.NDArray[np.int32]]:
    """Number the inserted closers behind all tokens, and put them into the order."""
    n = len(kinds)
    places = np.array([insertion.token for insertion in inserted])
    # A closer stands directly behind the token before it, not behind the white space.
    at = starts[places - 1] + lengths[places - 1]
    newlines = kinds[places - 1] == tk.NEWLINE
    at[newlines] = starts[places - 1][newlines]
    partners = np.concatenate(
        (partners, np.array([insertion.opener for insertion in inserted], dtype=np.int32))
    )
    for number, insertion in enumerate(inserted, n):
        opener = insertion.opener
        partners[nesting.last_piece.get(opener, opener)] = number
        brace_struct = nesting.struct_of_brace.get(opener)
        if brace_struct is not None:
            partners[brace_struct] = number
    order = np.insert(order, np.searchsorted(order, places), np.arange(n, n + len(inserted)))
    return (
        order,
        np.concatenate((kinds, np.array([insertion.kind for insertion in inserted], dtype=np.uint8))),
        np.concatenate((starts, at)),
        np.concatenate((lengths, np.zeros(len(inserted), dtype=np.int64))),
        partners,
    )

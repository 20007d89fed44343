"""What each NEWLINE is by its neighbours alone, for a whole file at once."""

from __future__ import annotations

import numpy as np

from qz.base.columns import true_places
from qz.syntax import layout_tables as tables
from qz.syntax import token_numbers as tk
from qz.syntax.raw_tokens import RawTokens

CONTINUES = 1  # the line goes on: it ends in an operator, or the next begins with one
LINE_END = 2
SEMICOLON = 3  # ends a statement wherever it stands

_SEMICOLON_BYTE = 0x3B
_LINE_END_BYTE = 0x0A


class Newlines:
    """`role` is one byte a token (0: no NEWLINE), `indent` the indentation of the line that holds a token, of
    the line behind it for a NEWLINE."""

    __slots__ = ("indent", "role")

    def __init__(self, raw: RawTokens) -> None:
        kinds = raw.kinds
        at = true_places(kinds == tk.NEWLINE)
        data = np.frombuffer(raw.data, dtype=np.uint8)
        starts = raw.starts[at]
        ends = starts + raw.lengths[at]
        line_ends = np.concatenate(([-1], true_places(data == _LINE_END_BYTE)))
        last_line_end = line_ends[np.searchsorted(line_ends, ends) - 1]
        breaks = last_line_end >= starts
        line = np.zeros(len(kinds), dtype=np.int64)  # the NEWLINE before the line that holds a token
        line[at[breaks]] = at[breaks]
        indent_behind = np.zeros(len(kinds), dtype=np.int32)
        indent_behind[at[breaks]] = (ends - last_line_end - 1)[breaks]
        self.indent = indent_behind[np.maximum.accumulate(line)].data

        before = kinds[at - 1]
        goes_on = tables.CONTINUES_LINE_BY_KIND[before]
        # `>` behind a type ends the line, `>` behind white space compares.
        behind_type = raw.starts[at - 1] == raw.starts[at - 2] + raw.lengths[at - 2]
        goes_on &= ~((before == tk.GT) & behind_type)
        # `x++` and `x--`, which other languages have, are said to be none where they stand.
        is_doubled = ((before == tk.PLUS) | (before == tk.MINUS)) & (kinds[at - 2] == before)
        goes_on &= ~(is_doubled & behind_type)
        goes_on |= tables.CONTINUES_FROM_BEFORE[kinds[at + 1]]
        goes_on |= (before == tk.STRING) & (kinds[at - 2] == tk.EXTERN)
        role = np.zeros(len(kinds), dtype=np.uint8)
        role[at] = np.where(goes_on, CONTINUES, LINE_END)
        role[at[data[starts] == _SEMICOLON_BYTE]] = SEMICOLON
        self.role = role.tobytes()

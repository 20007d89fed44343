"""`if c then a else b`, which in other languages is all there is to it: where its `end` is missing."""

from __future__ import annotations

from collections.abc import Callable

from qz.syntax import layout_tables as tables
from qz.syntax import token_numbers as tk
from qz.syntax.nesting import CLOSER_OF
from qz.syntax.newlines import CONTINUES, Newlines

_CLOSERS = tables.flags(CLOSER_OF.values())
_ENDS_PART = tables.flags((tk.STRING_MID, tk.COMMA))
_OPENS_BLOCK = tables.flags((*tables.CONDITIONALS, tk.LOOP, tk.MATCH, tk.SELECT, tk.DO, tk.END))


def missing_end(kinds: bytes, newlines: Newlines, word: Callable[[int], bytes], opener: int) -> int:
    """The token before which the `end` of a choice should stand: the end of its line, or of the brackets
    around it. 0 where it is written differently, or has an `end`."""
    at, depth = opener + 1, 0
    has_then = has_else = False
    while kinds[at] != tk.EOF and (kinds[at] != tk.NEWLINE or newlines.role[at] == CONTINUES):
        kind = kinds[at]
        if not depth and (_CLOSERS[kind] or _ENDS_PART[kind]):
            break
        depth += (kind in CLOSER_OF) - _CLOSERS[kind]
        if not depth:
            if _OPENS_BLOCK[kind] and not (kind == tk.IF and kinds[at - 1] == tk.ELSE):
                return 0
            has_then |= kind == tk.IDENT and word(at) == b"then"
            has_else |= has_then and kind == tk.ELSE
        at += 1
    if not has_else or kinds[at - 1] == tk.ELSE:
        return 0
    is_closed = kinds[at + 1] == tk.END and newlines.indent[at + 1] == newlines.indent[opener]
    return 0 if kinds[at] == tk.NEWLINE and is_closed else at

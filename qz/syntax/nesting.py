"""What is open while the layout walks over the raw tokens, and how it is put right when it does not match.

Whatever the input, the result is balanced: a missing closer is inserted as a token of no length, one too
many is dropped, and nesting beyond the limit is cut out. So nobody above the layout ever meets unbalanced
tokens, and one forgotten `end` is one diagnostic.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qz.syntax import token_numbers as tk

MAX_DEPTH = 256
SHALLOW_DEPTH = 32
MAX_SEARCH = 8


# What a newline means inside an opener:
GROUP = 0  # nothing
BLOCK = 1  # it ends a statement
DECL = 2  # it ends a field: the braces of a declaration
MATCH = 3  # it ends an arm, or a statement in one


class Open:
    """An opener without its closer so far. The last two fields are set for `MATCH` only."""

    __slots__ = (
        "arm_newline",
        "first_drop",
        "indent",
        "is_braced",
        "mode",
        "newline_before",
        "open_arrow",
        "token",
    )

    arm_newline: int  # the last NEWLINE at the level of the arms
    open_arrow: int  # `=>` of the arm block that is open, or 0

    def __init__(self, token: int, mode: int, indent: int, newline_before: int) -> None:
        self.token = token
        self.mode = mode
        self.indent = indent  # of the line that holds it
        self.newline_before = newline_before
        self.is_braced = False  # a block in braces, as other languages have them
        self.first_drop = 0  # the first NEWLINE that was dropped because of it


class Problem(NamedTuple):
    """Something that does not match: found at `token`; `opener` is the token to blame, or 0."""

    code: str
    token: int
    opener: int


class Insertion(NamedTuple):
    """A closer that was forgotten, to stand before `token`."""

    token: int
    kind: int
    opener: int


CLOSER_OF: dict[int, int] = {
    tk.LPAREN: tk.RPAREN,
    tk.LBRACKET: tk.RBRACKET,
    tk.LBRACE: tk.RBRACE,
    tk.STRING_START: tk.STRING_END,
}


class Nesting:
    """The stack of openers, and everything to be changed in the token stream afterwards."""

    __slots__ = (
        "_n_rescans",
        "_shallow",
        "cuts",
        "dropped",
        "indent",
        "insertions",
        "is_nested",
        "kinds",
        "last_closed",
        "last_newline",
        "last_piece",
        "partner",
        "partners",
        "problems",
        "retyped",
        "stack",
        "struct_of_brace",
        "suspect",
    )

    def __init__(self, kinds: bytes, indent: memoryview, n_hidden: int = 0) -> None:
        """``n_hidden`` levels are not walked over at most, and may be there."""
        self.kinds = kinds
        self.indent = indent  # of the line that holds a token
        self.partners: npt.NDArray[np.int32] = np.zeros(len(indent), dtype=np.int32)
        self.partner = self.partners.data
        self.stack: list[Open] = []
        self.last_newline = 0  # the last one that was kept
        self.is_nested = False  # somewhere beyond SHALLOW_DEPTH
        self.last_closed = 0  # what closed the outermost block or declaration last
        self.suspect = 0  # an opener whose `end` is indented like that of another
        self.dropped: list[int] = []
        self.retyped: dict[int, int] = {}  # tokens that stand for another kind
        self.insertions: list[Insertion] = []
        self.cuts: list[tuple[int, int]] = []
        self.problems: list[Problem] = []
        self.last_piece: dict[int, int] = {}  # STRING_START -> the last piece of that string so far
        self.struct_of_brace: dict[int, int] = {}
        self._n_rescans = len(kinds)  # tokens that may be walked over anew, in sum
        self._shallow = SHALLOW_DEPTH - n_hidden

    def push(self, token: int, mode: int) -> Open:
        """Open something. Past the limit the depth is still counted, and cut out when it is closed."""
        stack = self.stack
        depth = len(stack)
        if not depth:
            self.suspect = 0
        elif depth >= self._shallow:
            self.is_nested = True
            if depth == MAX_DEPTH and not any(p.code == "QZ0014" for p in self.problems[:64]):
                self.problems.insert(0, Problem("QZ0014", token, 0))
        opened = Open(token, mode, self.indent[token], self.last_newline)
        stack.append(opened)
        return opened

    def pop(self, closer: int) -> None:
        """Close what was opened last; `closer` and it become partners."""
        opened = self.stack.pop()
        opener = opened.token
        partner = self.partner
        partner[closer] = opener
        if self.kinds[opener] == tk.STRING_START:
            partner[self.last_piece.get(opener, opener)] = closer
        else:
            partner[opener] = closer
            if opener in self.struct_of_brace:
                partner[self.struct_of_brace[opener]] = closer
        depth = len(self.stack)
        if depth == MAX_DEPTH:
            self.cuts.append((opener, closer))
        elif not depth and opened.mode != GROUP:
            self.last_closed = closer

    def find(self, kind: int, limit: int = MAX_SEARCH) -> int:
        """The level of the innermost opener of that kind among the last few, or -1."""
        stack = self.stack
        for level in range(len(stack) - 1, max(len(stack) - 1 - limit, -1), -1):
            if self.kinds[stack[level].token] == kind:
                return level
        return -1

    def close_above(self, level: int, before: int, found: int, *, anew: bool = True) -> int:
        """Close everything from `level` up although its closers are missing: they are inserted before the
        token `before`, and the matter is reported at `found`.

        Not 0 (and only with `anew`): the layout must go on from that token, because a bracket that swallowed
        it is closed now.
        """
        stack = self.stack
        for position in range(level, min(len(stack), MAX_DEPTH)):
            if stack[position].mode in (GROUP, DECL):
                resume = self._close_bracket(position, found, anew)
                if resume:
                    return resume
                break
        else:
            if len(stack) > level:
                blamed = self.suspect if self.suspect > stack[level].token else stack[-1].token
                self.problems.append(Problem("QZ0012", found, blamed))
        while len(stack) > level:
            self._close_by_force(before)
        return 0

    def close_deeper(self, token: int) -> None:
        """Close the blocks that are open inside of the `if` which `else` or `elsif` is indented like."""
        stack = self.stack
        level = len(stack) - 1
        while level > 0 and stack[level].mode in (BLOCK, MATCH) and stack[level].indent > self.indent[token]:
            level -= 1
        is_inside = level < len(stack) - 1 and stack[level].indent == self.indent[token]
        if is_inside and self.kinds[stack[level].token] in (tk.IF, tk.UNLESS):
            self.close_above(level + 1, self.last_newline, token)

    def _close_bracket(self, level: int, found: int, anew: bool) -> int:
        """Report an unclosed bracket. Where a line ended inside it, that is where it should have been closed,
        and everything since is walked over anew."""
        opened = self.stack[level]
        position = opened.first_drop
        if not position or not anew or found - position > self._n_rescans:
            self.problems.append(Problem("QZ0010", found, opened.token))
            return 0
        self._n_rescans -= found - position
        del self.stack[level + 1 :]
        self.dropped = [token for token in self.dropped if token < position]
        self.insertions = [inserted for inserted in self.insertions if inserted.token < position]
        self.problems = [problem for problem in self.problems if problem.token < position]
        self.cuts = [cut for cut in self.cuts if cut[1] < position]
        self.retyped = {token: kind for token, kind in self.retyped.items() if token < position}
        self.last_piece = {start: piece for start, piece in self.last_piece.items() if start < position}
        self.struct_of_brace = {
            brace: struct for brace, struct in self.struct_of_brace.items() if brace < position
        }
        self.partners[position:] = 0
        self.last_newline = opened.newline_before
        self.problems.append(Problem("QZ0010", position, opened.token))
        self._close_by_force(position)
        return position

    def _close_by_force(self, before: int) -> None:
        """Close what was opened last with a closer of our own."""
        opener = self.stack.pop().token
        depth = len(self.stack)
        if depth < MAX_DEPTH:
            kind = CLOSER_OF.get(self.kinds[opener], tk.END)
            self.insertions.append(Insertion(before, kind, opener))
        elif depth == MAX_DEPTH:
            self.cuts.append((opener, before - 1))

    def drop(self, token: int) -> None:
        """Leave a token out."""
        self.dropped.append(token)

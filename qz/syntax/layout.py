"""Which newlines count, and what belongs together.

One pass over the tokens that can open, close or end something, with an explicit stack (`nesting.py`).
Afterwards the token table is made without the newlines that were dropped (`raw_tokens.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import numpy as np

from qz.syntax import layout_tables as tables
from qz.syntax.foreign_words import OPENERS
from qz.syntax.nesting import MAX_DEPTH, Mode, Nesting, Problem
from qz.syntax.raw_tokens import RawTokens
from qz.syntax.token_kinds import TokenKind as K

_MAX_MODIFIERS = 24
_BODYLESS_ABIS = (b'"C"', b'"intrinsic"')


class Layout:
    """The pass; `run` is everything, the result is in `nesting`.

    A handler looks at one token. Not 0: the token to go on from.
    """

    __slots__ = ("data", "ends", "kinds", "nesting", "starts")

    def __init__(self, raw: RawTokens) -> None:
        self.data = raw.data
        self.kinds = raw.kinds.tobytes()
        self.starts = raw.starts.data
        self.ends = (raw.starts + raw.lengths).data
        self.nesting = Nesting(self.kinds)

    def run(self) -> Nesting:
        """Walk over the file once."""
        kinds = self.kinds
        structural: list[int] = np.flatnonzero(
            tables.STRUCTURAL[np.frombuffer(kinds, dtype=np.uint8)]
        ).tolist()
        handlers = [HANDLERS.get(kind) for kind in range(max(K) + 1)]
        at = 0
        self.line_begins(0)
        while at < len(structural):
            token = structural[at]
            at += 1
            handler = handlers[kinds[token]]
            assert handler is not None
            resume = handler(self, token)
            if resume:
                at = bisect_left(structural, resume)
        return self.nesting

    # Newlines

    def newline(self, token: int) -> int:
        nesting = self.nesting
        start = self.starts[token]
        end = self.ends[token]
        line_end = self.data.rfind(b"\n", start, end)
        if line_end >= 0:
            nesting.indent = end - line_end - 1
        stack = nesting.stack
        top = stack[-1] if stack else None
        if self.data[start] != 0x3B:
            if top is not None and top.mode == Mode.GROUP:
                if not top.first_drop:
                    top.first_drop = token
                nesting.drop(token)
                return 0
            if self.continues(token):
                nesting.drop(token)
                return 0
        nesting.last_newline = token
        if top is None:
            self.line_begins(token)
        elif top.mode == Mode.MATCH:
            top.arm_newline = token
        return 0

    def continues(self, newline: int) -> bool:
        """Whether the statement goes on behind a line end."""
        kinds = self.kinds
        before = kinds[newline - 1]
        if tables.CONTINUES[before]:
            # `>` behind a type ends the line, `>` behind white space compares.
            return before != K.GT or self.starts[newline - 1] > self.ends[newline - 2]
        if tables.CONTINUES_BEFORE[kinds[newline + 1]]:
            return True
        return before == K.STRING and kinds[newline - 2] == K.EXTERN

    def before(self, token: int) -> int:
        """The token before that was not dropped."""
        previous = token - 1
        if self.kinds[previous] == K.NEWLINE and self.nesting.was_dropped(previous):
            return previous - 1
        return previous

    def word(self, token: int) -> bytes:
        return self.data[self.starts[token] : self.ends[token]]

    # Brackets

    def bracket(self, token: int) -> int:
        self.nesting.push(token, Mode.GROUP)
        return 0

    def brace(self, token: int) -> int:
        """Braces group, except those of a declaration, in which lines end fields."""
        nesting = self.nesting
        kinds = self.kinds
        stack = nesting.stack
        before = kinds[token - 1]
        mode = Mode.GROUP
        if stack and kinds[stack[-1].token] == K.STRUCT and stack[-1].token > nesting.last_newline:
            nesting.struct_of_brace[token] = stack.pop().token
            mode = Mode.DECL
        elif before == K.CONST or (before == K.IDENT and self.is_binary(token - 1)):
            mode = Mode.DECL
        elif before == K.FAT_ARROW and len(stack) > 1 and stack[-1].mode == Mode.MATCH:
            mode = stack[-2].mode if stack[-2].mode == Mode.DECL else Mode.GROUP
        nesting.push(token, mode)
        return 0

    def is_binary(self, token: int) -> bool:
        kinds = self.kinds
        return kinds[token - 1] == K.ASSIGN and kinds[token - 3] == K.TYPE and self.word(token) == b"binary"

    def close_bracket(self, token: int) -> int:
        nesting = self.nesting
        opener_kind = OPENER_OF[self.kinds[token]]
        stack = nesting.stack
        if stack and self.kinds[stack[-1].token] == opener_kind:
            nesting.pop(token)
            return 0
        level = nesting.find(opener_kind)
        if level < 0:
            nesting.problems.append(Problem("QZ0011", token, 0))
            nesting.drop(token)
            return 0
        nesting.close_above(level + 1, token, token, anew=False)
        nesting.pop(token)
        return 0

    def string_piece(self, token: int) -> int:
        """The pieces of an interpolated string form a ring."""
        nesting = self.nesting
        stack = nesting.stack
        level = len(stack) - 1
        if level < 0 or self.kinds[stack[level].token] != K.STRING_START:
            level = nesting.find(K.STRING_START, MAX_DEPTH)
            if level < 0:
                nesting.drop(token)
                return 0
            nesting.close_above(level + 1, token, token, anew=False)
        if self.kinds[token] == K.STRING_END:
            nesting.pop(token)
            return 0
        start = stack[level].token
        nesting.partner[nesting.last_piece.get(start, start)] = token
        nesting.last_piece[start] = token
        return 0

    # Blocks

    def conditional(self, token: int) -> int:
        """`if`, `unless`, `while`, `until` and `for` open a block where an expression may begin; elsewhere
        they are postfix guards or clauses of a comprehension. `else if` is read as `elsif`."""
        previous = self.before(token)
        before = self.kinds[previous]
        if tables.ENDS[before] or (before == K.ELSE and self.kinds[token] == K.IF and previous == token - 1):
            return 0
        if before == K.GT and self.starts[previous] == self.ends[previous - 1]:
            return 0
        self.nesting.push(token, Mode.BLOCK)
        return 0

    def block(self, token: int) -> int:
        self.nesting.push(token, Mode.BLOCK)
        return 0

    def match(self, token: int) -> int:
        opened = self.nesting.push(token, Mode.MATCH)
        opened.arm_newline = 0
        opened.open_arrow = 0
        return 0

    def do(self, token: int) -> int:
        """`loop do` is one opener, and the `do` of `while c do`, which other languages have, is none."""
        kinds = self.kinds
        nesting = self.nesting
        if kinds[token - 1] == K.LOOP:
            return 0
        if nesting.stack and kinds[token + 1] == K.NEWLINE:
            around = nesting.stack[-1].token
            if kinds[around] in tables.CONDITIONALS and around > nesting.last_newline:
                return 0
        return self.block(token)

    def block_word(self, token: int) -> int:
        """`quote` and `comptime` stand before `do`; at the end of a line it was forgotten."""
        return self.block(token) if self.kinds[token + 1] == K.NEWLINE else 0

    def line_begins(self, newline: int) -> None:
        """At the top level: `test "…"` whose `do` was forgotten, and the `fn` or `class` of another language,
        have an `end` all the same."""
        kinds = self.kinds
        first = newline + 1
        if kinds[first] != K.IDENT:
            return
        if kinds[newline + 2] == K.STRING:
            if kinds[newline + 3] == K.NEWLINE and self.word(first) == b"test":
                self.block(first)
        elif kinds[newline + 2] == K.IDENT and self.word(first) in OPENERS:
            at = newline + 3
            while kinds[at] not in (K.NEWLINE, K.EOF):
                at += 1
            if kinds[at - 1] != K.LBRACE:
                self.block(first)

    def fat_arrow(self, token: int) -> int:
        nesting = self.nesting
        stack = nesting.stack
        if not stack:
            return 0
        if stack[-1].mode == Mode.BLOCK:
            level = nesting.find(K.MATCH)
            if (
                level < 0
                or not stack[level].arm_newline
                or any(o.mode != Mode.BLOCK for o in stack[level + 1 :])
            ):
                return 0
            nesting.close_above(level + 1, nesting.last_newline, token)
            stack[level].arm_newline = nesting.last_newline
        top = stack[-1]
        if top.mode == Mode.MATCH:
            nesting.partner[top.arm_newline] = token
            top.arm_newline = 0
            top.open_arrow = token if self.kinds[token + 1] == K.NEWLINE else 0
        return 0

    def end(self, token: int) -> int:
        nesting = self.nesting
        stack = nesting.stack
        if not stack:
            nesting.problems.append(Problem("QZ0013", token, nesting.last_closed))
            nesting.drop(token)
            return 0
        top = stack[-1]
        if top.mode in (Mode.GROUP, Mode.DECL):
            level = len(stack) - 1
            while level and stack[level - 1].mode in (Mode.GROUP, Mode.DECL):
                level -= 1
            return nesting.close_above(level, token, token) or self.end(token)
        if top.mode == Mode.MATCH and top.open_arrow and nesting.indent > top.indent:
            nesting.partner[token] = top.open_arrow
            nesting.partner[top.open_arrow] = token
            top.open_arrow = 0
            return 0
        if nesting.indent < top.indent and self.kinds[token - 1] == K.NEWLINE and not nesting.suspect:
            nesting.suspect = top.token
        nesting.pop(token)
        return 0

    def end_of_file(self, token: int) -> int:
        return self.nesting.close_above(0, token, token)

    # Declarations

    def declaration(self, token: int) -> int:
        kinds = self.kinds
        kind = kinds[token]
        if kind == K.IMPL and tables.BEFORE_TYPE[kinds[token - 1]]:
            return 0
        return self.leave_function(token) or self.block(token)

    def function(self, token: int) -> int:
        resume = self.leave_function(token)
        if resume:
            return resume
        return self.block(token) if self.has_block_body(token) else 0

    def macro(self, token: int) -> int:
        resume = self.leave_function(token)
        if resume:
            return resume
        at = token + 1
        while self.kinds[at] not in (K.NEWLINE, K.DO, K.MACRO, K.EOF):
            at += 1
        return 0 if self.kinds[at] == K.DO else self.block(token)

    def begins_line(self, token: int) -> int:
        """The first token of the line, if what stands before `token` on it belongs to the
        declaration; or 0."""
        kinds = self.kinds
        first = token
        while kinds[first - 1] not in (K.NEWLINE, K.NONE):
            first -= 1
            if token - first > _MAX_MODIFIERS:
                return 0
        if not tables.BEGINS_DECLARATION[kinds[first]]:
            return 0
        if kinds[first] == K.IDENT and self.word(first) not in (b"linear", b"packed"):
            return 0
        return first

    def leave_function(self, token: int) -> int:
        """A line that declares something ends everything that is open, methods in their impl apart: only
        there may declarations nest. So one missing `end` is found at the next declaration."""
        nesting = self.nesting
        stack = nesting.stack
        kinds = self.kinds
        if not stack:
            return 0
        first = self.begins_line(token)
        if not first:
            return 0
        level = 0
        if kinds[token] == K.DEF and kinds[stack[0].token] in tables.METHOD_HOLDERS:
            level = 0 if nesting.suspect and nesting.indent <= stack[0].indent else 1
        if len(stack) <= level or any(
            kinds[o.token] == K.DO and kinds[o.token - 1] == K.QUOTE for o in stack[:MAX_DEPTH]
        ):
            return 0
        while kinds[first - 1] == K.NEWLINE:
            line = first - 2
            while line > 0 and kinds[line - 1] != K.NEWLINE and first - line < _MAX_MODIFIERS:
                line -= 1
            if kinds[line] != K.AT:
                break
            first = line
        before = first - 1 if kinds[first - 1] == K.NEWLINE else first
        return nesting.close_above(level, before, token)

    def has_block_body(self, token: int) -> bool:
        """Whether the `def` at `token` has a body that ends in `end`."""
        kinds = self.kinds
        if self.is_foreign(token):
            return False
        depth = 0
        at = token + 1
        while True:
            kind = kinds[at]
            if kind in OPENER_KINDS:
                depth += 1
            elif kind in OPENER_OF:
                depth -= 1
            elif kind == K.EOF or (kind == K.DEF and at > token + 1):
                return False
            elif depth <= 0:
                if kind == K.ASSIGN:
                    return False
                if kind == K.NEWLINE and kinds[at + 1] != K.WHERE and not self.continues(at):
                    return not self.is_abstract(token, at)
            at += 1

    def is_foreign(self, token: int) -> bool:
        """Whether `extern "C"` or the like stands before the `def`."""
        kinds = self.kinds
        at = token - 1
        if kinds[at] == K.IDENT:
            at -= 1
        if kinds[at] == K.NEWLINE:
            at -= 1
        return kinds[at] == K.STRING and kinds[at - 1] == K.EXTERN and self.word(at) in _BODYLESS_ABIS

    def is_abstract(self, token: int, newline: int) -> bool:
        """Whether a header in a trait, which ends at `newline`, has no body."""
        nesting = self.nesting
        kinds = self.kinds
        if not nesting.stack or kinds[nesting.stack[-1].token] != K.TRAIT:
            return False
        follows = kinds[newline + 1]
        if follows in (K.DEF, K.AT, K.CONST, K.PRIVATE, K.TYPE, K.EOF):
            return True
        if follows != K.END:
            return False
        line_end = self.data.rfind(b"\n", self.starts[newline], self.ends[newline])
        return line_end < 0 or self.ends[newline] - line_end - 1 < nesting.indent or nesting.indent == 0


OPENER_OF: dict[int, K] = {
    K.RPAREN: K.LPAREN,
    K.RBRACKET: K.LBRACKET,
    K.RBRACE: K.LBRACE,
}
OPENER_KINDS = frozenset(OPENER_OF.values())

HANDLERS: dict[int, Callable[[Layout, int], int]] = {
    K.EOF: Layout.end_of_file,
    K.NEWLINE: Layout.newline,
    K.LPAREN: Layout.bracket,
    K.LBRACKET: Layout.bracket,
    K.LBRACE: Layout.brace,
    K.STRING_START: Layout.bracket,
    K.RPAREN: Layout.close_bracket,
    K.RBRACKET: Layout.close_bracket,
    K.RBRACE: Layout.close_bracket,
    K.STRING_MID: Layout.string_piece,
    K.STRING_END: Layout.string_piece,
    K.FAT_ARROW: Layout.fat_arrow,
    K.DEF: Layout.function,
    K.END: Layout.end,
    K.IF: Layout.conditional,
    K.UNLESS: Layout.conditional,
    K.WHILE: Layout.conditional,
    K.UNTIL: Layout.conditional,
    K.FOR: Layout.conditional,
    K.LOOP: Layout.block,
    K.MATCH: Layout.match,
    K.SELECT: Layout.match,
    K.DO: Layout.do,
    K.STRUCT: Layout.declaration,
    K.ENUM: Layout.declaration,
    K.TRAIT: Layout.declaration,
    K.IMPL: Layout.declaration,
    K.EXTEND: Layout.declaration,
    K.MACRO: Layout.macro,
    K.QUOTE: Layout.block_word,
    K.COMPTIME: Layout.block_word,
}

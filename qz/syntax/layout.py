"""Which newlines count, and what belongs together.

One pass over the tokens that can open, close or end something, with an explicit stack (`nesting.py`).
Afterwards the token table is made without the newlines that were dropped (`raw_tokens.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import numpy as np

from qz.base.columns import true_places
from qz.syntax import layout_tables as tables
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import INNER_OPENERS, OPENERS
from qz.syntax.headers import OPENER_OF, Headers
from qz.syntax.nesting import BLOCK, DECL, GROUP, MATCH, MAX_DEPTH, Insertion, Nesting, Open, Problem
from qz.syntax.newlines import CONTINUES, LINE_END, Newlines
from qz.syntax.one_line_choices import missing_end
from qz.syntax.pairing import MAX_PAIRINGS, pair_brackets
from qz.syntax.raw_tokens import Ints, RawTokens
from qz.syntax.tokens import AHEAD


class Layout:
    """The pass; `run` is everything, the result is in `nesting`.

    A handler looks at one token. Not 0: the token to go on from.
    """

    __slots__ = (
        *(
            "closer_ahead",
            "ends",
            "headers",
            "is_again",
            "kinds",
            "misplaced",
            "n_stray_ends",
            "nesting",
            "newlines",
        ),
        "starts",
    )

    def __init__(self, raw: RawTokens) -> None:
        self.kinds = raw.kinds.tobytes() + AHEAD
        self.misplaced: list[int] = raw.misplaced.tolist()
        self.starts = raw.starts.data
        self.ends = (raw.starts + raw.lengths).data
        self.newlines = Newlines(raw)
        self.headers = Headers(raw, self.kinds, self.newlines)
        self.nesting = Nesting(self.kinds, self.newlines.indent, MAX_PAIRINGS)
        self.is_again = False
        """Whether something is known to be wrong, so that lines are looked at for what was meant."""
        self.closer_ahead = (0, 0)
        """A bracket with an `end` in it that closes nothing, and what closes it."""
        self.n_stray_ends = 0
        """How many times `end` closes nothing, and which it was is not known yet."""

    def run(self) -> Nesting:
        """Walk over what is left of the file when brackets are paired; where something is wrong, or the
        depth matters, over all of it, to see which they are."""
        roles = np.frombuffer(self.newlines.role, dtype=np.uint8)
        kinds = np.frombuffer(self.kinds, dtype=np.uint8, count=len(roles))
        visited: Ints = true_places(tables.STRUCTURAL[kinds] & (roles != CONTINUES))
        self._walk(pair_brackets(visited, kinds, self.nesting.partners).tolist())
        if self.nesting.problems or self.nesting.is_nested:
            self.is_again = bool(self.nesting.problems)
            self.n_stray_ends = sum(problem.code == "QZ0013" for problem in self.nesting.problems)
            self.nesting = Nesting(self.kinds, self.newlines.indent)
            self._walk(true_places(tables.STRUCTURAL_OR_ELSE[kinds] & (roles != CONTINUES)).tolist())
        self.nesting.dropped += true_places(roles == CONTINUES).tolist()
        self.nesting.problems += [Problem("QZ0038", token, 0) for token in self.misplaced]
        return self.nesting

    def _walk(self, structural: list[int]) -> None:
        kinds = self.kinds
        handlers = HANDLERS_BY_KIND
        self.line_begins(0)
        at = 0
        n = len(structural)
        while at < n:
            token = structural[at]
            at += 1
            resume = handlers[kinds[token]](self, token)
            if resume:
                at = bisect_left(structural, resume)

    # Newlines

    def newline(self, token: int) -> int:
        """A line end that counts, unless brackets around it say otherwise."""
        nesting = self.nesting
        stack = nesting.stack
        if stack:
            top = stack[-1]
            mode = top.mode
            if mode == GROUP and self.newlines.role[token] == LINE_END:
                if not top.first_drop:
                    top.first_drop = token
                nesting.dropped.append(token)
                return 0
            if mode == MATCH:
                top.arm_newline = token
            elif mode == BLOCK and self.kinds[token + 1] == tk.IDENT:
                self.statement_begins(token)
        elif self.kinds[token + 1] == tk.IDENT:
            self.line_begins(token)
        nesting.last_newline = token
        return 0

    def was_dropped(self, newline: int) -> bool:
        """Whether a NEWLINE walked over just now does not count."""
        dropped = self.nesting.dropped
        return self.newlines.role[newline] == CONTINUES or (bool(dropped) and dropped[-1] == newline)

    def before(self, token: int) -> int:
        """The token before that was not dropped."""
        previous = token - 1
        if self.kinds[previous] == tk.NEWLINE and self.was_dropped(previous):
            return previous - 1
        return previous

    # Brackets

    def bracket(self, token: int) -> int:
        self.nesting.push(token, GROUP)
        return 0

    def brace(self, token: int) -> int:
        """Braces group, except those of a declaration, in which lines end fields."""
        nesting = self.nesting
        kinds = self.kinds
        stack = nesting.stack
        before = kinds[token - 1]
        if stack and self.is_block_brace(token, stack[-1]):
            return 0
        mode = GROUP
        if stack and kinds[stack[-1].token] == tk.STRUCT and stack[-1].token > nesting.last_newline:
            nesting.struct_of_brace[token] = stack.pop().token
            mode = DECL
        elif before == tk.CONST or (before == tk.IDENT and self.is_binary(token - 1)):
            mode = DECL
        elif before == tk.FAT_ARROW and len(stack) > 1 and stack[-1].mode == MATCH:
            mode = stack[-2].mode if stack[-2].mode == DECL else GROUP
        nesting.push(token, mode)
        return 0

    def is_block_brace(self, token: int, top: Open) -> bool:
        """Whether the brace opens the block whose header it ends, as in other languages: then it is dropped,
        and its `}` is the `end`."""
        nesting = self.nesting
        kinds = self.kinds
        if top.is_braced and kinds[token - 1] == tk.ELSE:
            nesting.drop(token)
            return True
        kind = kinds[top.token]
        if not self.is_in_header(top) or kind not in tables.BLOCKS_WITH_HEADER or top.is_braced:
            return False
        if kinds[token + 1] != tk.NEWLINE and kind != tk.ENUM and not self.is_braced_line(token, top):
            return False
        nesting.problems.append(Problem("QZ0032", token, top.token))
        nesting.retyped[token] = tk.NEWLINE
        top.is_braced = True
        return True

    def is_in_header(self, top: Open) -> bool:
        """Whether the line of an opener goes on; `;` in the `for` of another language does not end it."""
        if top.token > self.nesting.last_newline:
            return True
        role = self.newlines.role
        is_counted = self.kinds[top.token] == tk.FOR and self.kinds[top.token + 1] in (tk.LPAREN, tk.IDENT)
        between = range(top.token, self.nesting.last_newline + 1)
        return is_counted and not any(role[at] == LINE_END for at in between)

    def is_braced_line(self, token: int, top: Open) -> bool:
        """Whether a whole block stands in braces on its line, `if a { b } else { c }`: behind a literal or a
        lambda the block would follow. What follows the result type of a function is one."""
        kinds = self.kinds
        follows_type = kinds[top.token] == tk.DEF and kinds[token - 1] in (tk.IDENT, tk.GT, tk.RPAREN)
        if kinds[top.token] not in tables.CONDITIONALS and not follows_type:
            return False
        at, depth, is_lambda = token + 1, 1, False
        while depth and kinds[at] not in (tk.NEWLINE, tk.EOF):
            depth += (kinds[at] == tk.LBRACE) - (kinds[at] == tk.RBRACE)
            is_lambda |= kinds[at] == tk.IDENT and self.headers.word(at) == b"it"
            at += 1
        if depth or is_lambda:
            return False
        if kinds[at] in (tk.ELSE, tk.ELSIF):
            return True
        while kinds[at] in (tk.RPAREN, tk.RBRACKET):
            at += 1
        indent = self.nesting.indent
        may_close = kinds[at + 1] == tk.END  # of this block, had it no braces
        return kinds[at] == tk.NEWLINE and indent[at + 1] <= indent[top.token] - may_close

    def close_braced(self, token: int) -> None:
        """`}` closes a block, or stands before its `else`."""
        kinds = self.kinds
        following = kinds[token + 1] if kinds[token + 1] != tk.NEWLINE else kinds[token + 2]
        if following in (tk.ELSE, tk.ELSIF):
            self.nesting.drop(token)
        else:
            self.nesting.retyped[token] = tk.END
            self.nesting.pop(token)

    def is_binary(self, token: int) -> bool:
        kinds = self.kinds
        return (
            kinds[token - 1] == tk.ASSIGN
            and kinds[token - 3] == tk.TYPE
            and self.headers.word(token) == b"binary"
        )

    def close_bracket(self, token: int) -> int:
        nesting = self.nesting
        opener_kind = OPENER_OF[self.kinds[token]]
        stack = nesting.stack
        if stack and self.kinds[stack[-1].token] == opener_kind:
            nesting.pop(token)
            return 0
        if stack and stack[-1].is_braced and opener_kind == tk.LBRACE:
            self.close_braced(token)
            return 0
        level = nesting.find(opener_kind)
        if level < 0:
            nesting.problems.append(Problem("QZ0011", token, 0))
            if tables.ENDS[self.kinds[self.before(token)]]:
                nesting.drop(token)
            else:
                nesting.cuts.append((token, token))  # it stands for the operand that is missing
            return 0
        nesting.close_above(level + 1, token, token, anew=False)
        nesting.pop(token)
        return 0

    def string_piece(self, token: int) -> int:
        """The pieces of an interpolated string form a ring."""
        nesting = self.nesting
        stack = nesting.stack
        level = len(stack) - 1
        if level < 0 or self.kinds[stack[level].token] != tk.STRING_START:
            level = nesting.find(tk.STRING_START, MAX_DEPTH)
            if level < 0:
                nesting.drop(token)
                return 0
            nesting.close_above(level + 1, token, token, anew=False)
        if self.kinds[token] == tk.STRING_END:
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
        if tables.ENDS[before] or (
            before == tk.ELSE and self.kinds[token] == tk.IF and previous == token - 1
        ):
            return 0
        is_joined = self.starts[previous] == self.ends[previous - 1]
        if is_joined and (before == tk.GT or (before in _COUNTING and before == self.kinds[previous - 1])):
            return 0  # behind a type, or behind the `x++` of another language
        end = missing_end(self.kinds, self.newlines, self.headers.word, token) if self.is_again else 0
        if end:
            self.nesting.insertions.append(Insertion(end, tk.END, token))
            return 0
        self.nesting.push(token, BLOCK)
        return 0

    def alternative(self, token: int) -> int:
        """`else` and `elsif` where something may be wrong: deeper blocks before them lack their `end`."""
        if self.is_again and self.kinds[token - 1] == tk.NEWLINE:
            self.nesting.close_deeper(token)
        return 0

    def block(self, token: int) -> int:
        self.nesting.push(token, BLOCK)
        return 0

    def match(self, token: int) -> int:
        opened = self.nesting.push(token, MATCH)
        opened.arm_newline = 0
        opened.open_arrow = 0
        return 0

    def do(self, token: int) -> int:
        """`loop do` is one opener, and the `do` of `while c do`, which other languages have, is none."""
        kinds = self.kinds
        nesting = self.nesting
        if kinds[token - 1] == tk.LOOP:
            return 0
        if nesting.stack and kinds[token + 1] == tk.NEWLINE:
            around = nesting.stack[-1].token
            if kinds[around] in tables.CONDITIONALS and around > nesting.last_newline:
                return 0
        return self.block(token)

    def block_word(self, token: int) -> int:
        """`quote` and `comptime` stand before `do`; at the end of a line it was forgotten."""
        return self.block(token) if self.kinds[token + 1] == tk.NEWLINE else 0

    def line_begins(self, newline: int) -> None:
        """At the top level: `test "…"` whose `do` was forgotten, and the `fn` or `class` of another language,
        have an `end` all the same."""
        kinds = self.kinds
        first = newline + 1
        if kinds[first] != tk.IDENT:
            return
        if self.is_misspelt_opener(first):
            self.block(first)
        elif kinds[newline + 2] == tk.STRING:
            if kinds[newline + 3] == tk.NEWLINE and self.headers.word(first) == b"test":
                self.block(first)
        elif kinds[newline + 2] == tk.IDENT and self.headers.word(first) in OPENERS:
            at = newline + 3
            while kinds[at] not in (tk.NEWLINE, tk.EOF):
                at += 1
            if kinds[at - 1] != tk.LBRACE:
                self.block(first)

    def statement_begins(self, newline: int) -> None:
        """Inside a block: the `begin` or `case` of another language has an `end` as well. So that nobody's
        `begin` is taken for one, what follows it has to look like it."""
        kinds = self.kinds
        first = newline + 1
        is_value = self.is_again and kinds[first + 1] == tk.ASSIGN and kinds[first + 2] == tk.IDENT
        if self.is_misspelt_opener(first):
            self.block(first + 2 if is_value and kinds[first + 3] in _BEHIND_FOREIGN else first)
            return
        if is_value:
            first += 2
        if kinds[first + 1] not in _BEHIND_FOREIGN or self.headers.word(first) not in INNER_OPENERS:
            return
        around = self.headers.word(self.nesting.stack[-1].token)
        if around == b"switch" and self.headers.word(first) == b"case":
            return
        at = first + 1
        while kinds[at] not in (tk.NEWLINE, tk.EOF):
            at += 1
        indent = self.newlines.indent
        is_deeper = indent[at] > indent[first]
        if kinds[at] == tk.EOF or kinds[at - 1] == tk.LBRACE:
            return
        if is_deeper or (kinds[at + 1] == tk.IDENT and self.headers.word(at + 1) == b"when"):
            self.block(first)

    def is_misspelt_opener(self, first: int) -> bool:
        """Whether lines with an `end` of their own follow one that opens nothing, if an `end` closes nothing:
        it was to begin with `while`, say, or to end with `do`."""
        if self.n_stray_ends <= 0:
            return False
        kinds, at = self.kinds, first
        while kinds[at] not in (tk.NEWLINE, tk.EOF):
            if _OPENS[kinds[at]] or (kinds[at] in tables.CONDITIONALS and not tables.ENDS[kinds[at - 1]]):
                return False
            at += 1
        return self.has_own_end(first)

    def arrow(self, token: int) -> int:
        """A lambda whose lines end with an `end` of their own, though its `do` was forgotten."""
        kinds, stack = self.kinds, self.nesting.stack
        if not self.is_again or kinds[token + 1] != tk.NEWLINE or (stack and stack[-1].mode == MATCH):
            return 0
        first = token
        while first and kinds[first - 1] != tk.NEWLINE:
            first -= 1
            if kinds[first] == tk.DO:
                return 0
        return self.block(token) if self.has_own_end(first) else 0

    def has_own_end(self, first: int) -> bool:
        """Whether lines that are indented deeper, and then an `end`, follow the line that begins so."""
        kinds, indent = self.kinds, self.newlines.indent
        at = first + 1
        limit = at + _LONGEST_BLOCK
        while at < limit and kinds[at] != tk.EOF and not self.is_line_beside(at, first):
            at += 1
        return kinds[at] == tk.END and indent[at] == indent[first] and tk.NEWLINE in kinds[first : at - 1]

    def is_line_beside(self, token: int, first: int) -> bool:
        """Whether a line begins that is not indented deeper than another one."""
        is_first = self.kinds[token - 1] == tk.NEWLINE and self.kinds[token] != tk.NEWLINE
        return is_first and self.newlines.indent[token] <= self.newlines.indent[first]

    def fat_arrow(self, token: int) -> int:
        nesting = self.nesting
        stack = nesting.stack
        if not stack:
            return 0
        if stack[-1].mode == BLOCK:
            level = nesting.find(tk.MATCH)
            if level < 0 or not stack[level].arm_newline or any(o.mode != BLOCK for o in stack[level + 1 :]):
                return 0
            nesting.close_above(level + 1, nesting.last_newline, token)
            stack[level].arm_newline = nesting.last_newline
        top = stack[-1]
        if top.mode == MATCH:
            if top.arm_newline:
                nesting.partner[top.arm_newline] = token
                top.arm_newline = 0
            top.open_arrow = token if self.kinds[token + 1] == tk.NEWLINE else 0
        return 0

    def end(self, token: int) -> int:
        nesting = self.nesting
        stack = nesting.stack
        if not stack:
            nesting.problems.append(Problem("QZ0013", token, nesting.last_closed))
            nesting.drop(token)
            return 0
        top = stack[-1]
        if self.is_stray(token, top) or self.is_before_closer(token, top):
            nesting.problems.append(Problem("QZ0013", token, 0))
            nesting.drop(token)
            self.n_stray_ends -= 1
            return 0
        if top.mode in (GROUP, DECL):
            level = len(stack) - 1
            while level and stack[level - 1].mode in (GROUP, DECL):
                level -= 1
            resume = nesting.close_above(level, token, token)
            if not resume and not stack and top.mode == DECL:
                nesting.drop(token)  # meant to close the declaration that the brace opened
                return 0
            return resume or self.end(token)
        if top.mode == MATCH and top.open_arrow and nesting.indent[token] > top.indent:
            nesting.partner[token] = top.open_arrow
            nesting.partner[top.open_arrow] = token
            top.open_arrow = 0
            return 0
        if nesting.indent[token] < top.indent and self.kinds[token - 1] == tk.NEWLINE and not nesting.suspect:
            nesting.suspect = top.token
        nesting.pop(token)
        return 0

    def is_stray(self, token: int, top: Open) -> bool:
        """Whether it is this `end` that closes nothing, if one does: it, or the line right behind it, is
        indented deeper than what it would close."""
        if self.n_stray_ends <= 0 or top.mode in (GROUP, DECL) or top.token > self.nesting.last_newline:
            return False
        indent = self.newlines.indent
        if top.indent < indent[token] != self.column(top.token):
            return True
        behind = token + 1
        ends_line = self.newlines.role[behind] == LINE_END and self.kinds[behind + 1] != tk.EOF
        deep = indent[behind] > top.indent
        return ends_line and deep and self.ends[behind] - self.starts[behind] <= _LINE_BREAK + indent[behind]

    def is_before_closer(self, token: int, top: Open) -> bool:
        """Whether an `end` stands between a bracket and its closer: all three on one line or, if something is
        known to be wrong, before the next declaration."""
        kinds = self.kinds
        opener = kinds[top.token]
        if top.mode != GROUP or opener == tk.STRING_START:
            return False
        limits = _ENDS_FILE if self.is_again else _ENDS_LINE
        if limits is _ENDS_LINE and LINE_END in self.newlines.role[top.token : token]:
            return False
        if self.closer_ahead[0] == top.token and token < self.closer_ahead[1]:
            return True
        at, depth = token + 1, 1
        last = at + _LONGEST_BLOCK
        while depth and at < last and not limits[kinds[at]]:
            depth += (kinds[at] == opener) - (OPENER_OF.get(kinds[at]) == opener)
            at += 1
        if not depth:
            self.closer_ahead = (top.token, at - 1)
        return not depth

    def column(self, token: int) -> int:
        """How far from the beginning of its line a token is; of a long line, from some token before it."""
        first = token
        while first > max(0, token - _LONGEST_BLOCK) and self.kinds[first - 1] != tk.NEWLINE:
            first -= 1
        return self.newlines.indent[token] + self.starts[token] - self.starts[first]

    def end_of_file(self, token: int) -> int:
        return self.nesting.close_above(0, token, token)

    # Declarations

    def declaration(self, token: int) -> int:
        kinds = self.kinds
        kind = kinds[token]
        if kind == tk.IMPL and tables.BEFORE_TYPE[kinds[token - 1]]:
            return 0
        return self.leave_function(token) or self.block(token)

    def function(self, token: int) -> int:
        resume = self.leave_function(token)
        if resume:
            return resume
        stack = self.nesting.stack
        in_trait = bool(stack) and self.kinds[stack[-1].token] == tk.TRAIT
        return self.block(token) if self.headers.has_block_body(token, in_trait) else 0

    def macro(self, token: int) -> int:
        resume = self.leave_function(token)
        if resume:
            return resume
        at = token + 1
        while self.kinds[at] not in (tk.NEWLINE, tk.DO, tk.MACRO, tk.EOF):
            at += 1
        return 0 if self.kinds[at] == tk.DO else self.block(token)

    def leave_function(self, token: int) -> int:
        """A line that declares something ends everything that is open, methods in their impl apart: only
        there may declarations nest. So one missing `end` is found at the next declaration."""
        nesting = self.nesting
        stack = nesting.stack
        kinds = self.kinds
        if not stack:
            return 0
        first = self.headers.begins_line(token)
        if not first:
            return 0
        level = 0
        if kinds[token] == tk.DEF and kinds[stack[0].token] in tables.METHOD_HOLDERS:
            holder = stack[0]
            is_beside = nesting.indent[token] <= holder.indent
            is_after_methods = len(stack) > 1 and stack[1].indent > holder.indent
            level = 0 if is_beside and (nesting.suspect or is_after_methods) else 1
        if len(stack) > level and nesting.indent[token] > stack[level].indent and not nesting.suspect:
            return 0  # well indented: it is meant to stand inside, which the parser says it cannot
        if len(stack) <= level or any(
            kinds[o.token] == tk.DO and kinds[o.token - 1] == tk.QUOTE for o in stack[:MAX_DEPTH]
        ):
            return 0
        before = self.headers.behind_body(first, stack[level].token)
        return nesting.close_above(level, before, token)


_LONGEST_BLOCK = 2000
"""Tokens that are looked at for the `end` of a block without `do`, or the beginning of a line."""
_ENDS_LINE = tables.flags((tk.NEWLINE, tk.EOF, tk.END))
_ENDS_FILE = tables.flags((tk.EOF, *tables.DECLARING))
_OPENS = tables.flags(
    (*tables.DECLARING, tk.DO, tk.ARROW, tk.LOOP, tk.MATCH, tk.SELECT, tk.QUOTE, tk.COMPTIME)
)
_LINE_BREAK = 2
"""The most bytes that end a line."""
_COUNTING = frozenset({tk.PLUS, tk.MINUS})
_BEHIND_FOREIGN = frozenset({tk.NEWLINE, tk.IDENT, tk.SELF, tk.INT, tk.STRING, tk.STRING_START, tk.CHAR})
"""What stands behind the first word of a block of another language."""

HANDLERS: dict[int, Callable[[Layout, int], int]] = {
    tk.EOF: Layout.end_of_file,
    tk.NEWLINE: Layout.newline,
    tk.LPAREN: Layout.bracket,
    tk.LBRACKET: Layout.bracket,
    tk.LBRACE: Layout.brace,
    tk.STRING_START: Layout.bracket,
    tk.RPAREN: Layout.close_bracket,
    tk.RBRACKET: Layout.close_bracket,
    tk.RBRACE: Layout.close_bracket,
    tk.STRING_MID: Layout.string_piece,
    tk.STRING_END: Layout.string_piece,
    tk.ARROW: Layout.arrow,
    tk.FAT_ARROW: Layout.fat_arrow,
    tk.DEF: Layout.function,
    tk.END: Layout.end,
    tk.IF: Layout.conditional,
    tk.UNLESS: Layout.conditional,
    tk.WHILE: Layout.conditional,
    tk.UNTIL: Layout.conditional,
    tk.FOR: Layout.conditional,
    tk.ELSE: Layout.alternative,
    tk.ELSIF: Layout.alternative,
    tk.LOOP: Layout.block,
    tk.MATCH: Layout.match,
    tk.SELECT: Layout.match,
    tk.DO: Layout.do,
    tk.STRUCT: Layout.declaration,
    tk.ENUM: Layout.declaration,
    tk.TRAIT: Layout.declaration,
    tk.IMPL: Layout.declaration,
    tk.EXTEND: Layout.declaration,
    tk.MACRO: Layout.macro,
    tk.QUOTE: Layout.block_word,
    tk.COMPTIME: Layout.block_word,
}


def _not_structural(layout: Layout, token: int) -> int:
    raise AssertionError(f"token {token} is not structural")


HANDLERS_BY_KIND = [HANDLERS.get(kind, _not_structural) for kind in range(256)]

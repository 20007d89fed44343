"""A source in the one way that all sources are laid out: lines are the author's, the blanks in them are not.

A line is as far in as what it belongs to says: two blanks for a bracket or a block around it, for the arm of
a `match` that it is in, and for a statement that it goes on with. Between two tokens is a blank or none, and
where both are right, as the author has it. A comment keeps its distance, an empty line its place. All that
goes by the tokens alone, so a source that is wrong further on is laid out too.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.syntax import token_numbers as tk
from qz.syntax.token_kinds import TokenKind as T
from qz.syntax.tokens import TokenTable

_STEP = 2

_OPENERS = frozenset({tk.LPAREN, tk.LBRACKET, tk.LBRACE})
_CLOSERS = frozenset({tk.RPAREN, tk.RBRACKET, tk.RBRACE})
_PIECES = frozenset({tk.STRING_START, tk.STRING_MID, tk.STRING_END})
_BRANCHES = frozenset({tk.ELSE, tk.ELSIF})

_ABI = bytes((tk.EXTERN, tk.STRING))

_LINKS = frozenset({tk.DOT, tk.OPT_DOT, tk.PIPE_RIGHT})

_SPACED = frozenset(
    {*range(T.ASSIGN, T.COALESCE_ASSIGN + 1), *range(T.PIPE_RIGHT, T.NE + 1), T.LE, T.GE, T.FAT_ARROW}
)
"""What has a blank on both sides, whatever stands there."""

_TIGHT_BEFORE = frozenset({tk.COMMA, tk.RPAREN, tk.RBRACKET})
_TIGHT_AFTER = frozenset({tk.LPAREN, tk.LBRACKET})
_LOOSE_AFTER = frozenset({tk.COMMA, tk.COLON})


class _Open(NamedTuple):
    """Something that lines are in: the tokens that begin and end it (0 for an arm, which ends with the next
    one or with its `match`), and how far in the line is on which it began."""

    begin: int
    end: int
    indent: int


def formatted(tokens: TokenTable) -> bytes:
    """The source of some tokens, laid out. Its own tokens are the same."""
    return _Formatter(tokens).run()


class _Formatter:
    """One walk over the lines. A line is a run of tokens of which none but the last ends behind its end."""

    def __init__(self, tokens: TokenTable) -> None:
        self.tokens = tokens
        self.data = tokens.data
        self.kinds = tokens.kinds
        self.opened: list[_Open] = []
        self.lines: list[bytes] = []
        self.comments: list[bytes] = []
        """Lines without tokens since the last that had some: comments, and empty ones."""
        self.indent = 0

    def run(self) -> bytes:
        """Every line with what precedes it."""
        token, n_tokens, at = 1, len(self.tokens) - 1, 0
        begins_arm = False
        while token < n_tokens:
            if self.kinds[token] == tk.NEWLINE:
                begins_arm = begins_arm or self.tokens.partner[token] > token
                token += 1
                continue
            at = self._between(at, self.tokens.start[token])
            last = self._last_on_line(token, n_tokens)
            self._line(token, last, begins_arm)
            at = self._end_of(last)
            begins_arm = False
            token = last + 1
        self._between(at, len(self.data))
        self._put_comments(0)
        text = b"\n".join(self.lines).strip(b"\n")
        return text + b"\n" if text else b""

    def _end_of(self, token: int) -> int:
        return self.tokens.start[token] + self.tokens.len[token]

    def _between(self, start: int, end: int) -> int:
        """What stands between the last token of a line and the first of another: the rest of the line, which
        is a comment or nothing, then lines without tokens."""
        rest, *others = self.data[start:end].split(b"\n") if start else [b"", *self.data[:end].split(b"\n")]
        comment = rest.strip()
        if comment and comment != b";":
            distance = len(rest) - len(rest.lstrip())
            self.lines[-1] += b" " * max(distance, 1) + comment.lstrip(b"; ")
        self.comments += [line.strip() for line in others[: len(others) - (end < len(self.data))]]
        return end

    def _last_on_line(self, token: int, n_tokens: int) -> int:
        """The last token of the line that one begins: the next is behind a line end."""
        while token + 1 < n_tokens:
            following = token + 1
            gap_end = self.tokens.start[following]
            if b"\n" in self.data[self._end_of(token) : gap_end]:
                break
            if self.kinds[following] == tk.NEWLINE and self.data[gap_end] != 0x3B:
                break
            if self.kinds[following] == tk.NEWLINE and b"\n" in self.tokens.bytes(following):
                break
            token = following
        return token

    def _line(self, first: int, last: int, begins_arm: bool) -> None:
        """Puts a line, and notes what it opens and closes."""
        kinds, partner = self.kinds, self.tokens.partner
        if begins_arm and self.opened and not self.opened[-1].end:
            self.opened.pop()
        closes = self._closes(first)
        around = self.opened[-1].indent + _STEP if self.opened else 0
        if closes or kinds[first] in _BRANCHES:
            while self.opened and not self.opened[-1].end:
                self.opened.pop()
            indent = self.opened[-1].indent if self.opened else 0
        else:
            indent = around + (_STEP if self._goes_on(first) else 0)
        self._put_comments(around if closes else indent)
        self.lines.append(b" " * indent + self._text(first, last))
        if begins_arm:
            self.opened.append(_Open(first, 0, indent))
        for token in range(first, last + 1):
            if self._closes(token):
                while self.opened and self.opened[-1].end != token:
                    self.opened.pop()
                while self.opened and self.opened[-1].end == token:  # `struct P {` begins twice, so to say
                    self.opened.pop()
            elif partner[token] > token and kinds[token] not in _PIECES and kinds[token] != tk.NEWLINE:
                self.opened.append(_Open(token, partner[token], indent))

    def _closes(self, token: int) -> bool:
        """Whether a token is the end of something that was opened."""
        kind = self.kinds[token]
        return (kind in _CLOSERS or kind == tk.END) and 0 < self.tokens.partner[token] < token

    def _goes_on(self, first: int) -> bool:
        """Whether a line goes on with what the line before began, within what both are in: the line's end is
        none of a statement. In brackets, where none is, only a link of a chain does."""
        before = self.kinds[first - 1]
        if before == tk.NEWLINE or first == 1 or self.kinds[first - 2 : first] == _ABI:
            return False
        begin = self.opened[-1].begin if self.opened else 0
        if self.kinds[begin] in _OPENERS:
            return self.kinds[first] in _LINKS
        is_header = self.kinds[begin] == tk.DO and self.kinds.find(tk.ARROW, begin, first) == first - 1
        return not is_header and self.kinds[first] != tk.WHERE

    def _put_comments(self, indent: int) -> None:
        """Puts the comments before a line, and of empty lines in a row one."""
        for line in self.comments:
            if line or (self.lines and self.lines[-1]):
                self.lines.append(b" " * indent + line if line else b"")
        self.comments.clear()

    def _text(self, first: int, last: int) -> bytes:
        """The tokens of a line, with what belongs between them."""
        parts = [self.tokens.bytes(first)]
        for token in range(first + 1, last + 1):
            if self.kinds[token] == tk.NEWLINE:
                parts.append(b";")
                continue
            parts += (self._gap(token - 1, token), self.tokens.bytes(token))
        return b"".join(parts)

    def _gap(self, left: int, right: int) -> bytes:
        before, after = self.kinds[left], self.kinds[right]
        is_apart = self._end_of(left) < self.tokens.start[right]
        if before == tk.NEWLINE:
            return b" "
        if after in _TIGHT_BEFORE or before in _TIGHT_AFTER:
            return b""
        if before == tk.GT and after == tk.GE:  # `>>=`
            return b" " if is_apart else b""
        if before in _SPACED or after in _SPACED or before in _LOOSE_AFTER:
            return b" "
        return b" " if is_apart else b""

"""Bytes to raw tokens: one compiled regex, and a mode stack only where strings hold code.

Every byte belongs to a token or to the white space before one, so the tokens of a stretch are the regex's
`findall`, and their places follow from their lengths. Every line end becomes a NEWLINE: the layout sorts
them out.
"""

from __future__ import annotations

import re

import numpy as np

from qz.base.columns import true_places
from qz.base.source import SourceFile
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import token_numbers as tk
from qz.syntax.classify import (
    MAX_FILE_BYTES,
    SPECIAL,
    TOTAL_SHIFT,
    WHITE,
    Special,
    TokenCodes,
    pack,
)
from qz.syntax.escapes import STRING_TEXT
from qz.syntax.lexer_errors import LexerErrors
from qz.syntax.raw_tokens import RawTokens

# Groups are not possessive: before Python 3.11.5, one with alternatives in it forgets to try the second. The
# alternatives begin with different bytes, so there is nothing to try again either.
_NESTED = rb"\#\{(?:[^\"{}\n\#'\\]++|\"[^\"{}\n\#'\\]*+\")*\}"

TOKEN = re.compile(
    rb"[ \t\r\f\v]*+(?:"
    rb"[A-Za-qs-z_][A-Za-z0-9_]*+(?:(?:(?<![ \t\n;]end)|(?<=def end))\?(?![.?]))?"
    rb"|[\n;](?:[ \t\r\f\v\n;]++|\#[^\n]*+)*"
    rb"|[(),\[\]{}@~$]"
    rb"|\.(?:\.[.=]?)?"
    rb"|=[=>]?"
    rb"|:(?::|(?<![A-Za-z0-9_?)\]>:]:)[A-Za-z_][A-Za-z0-9_]*+)?"
    rb"|r(?:\"[^\"\n]*+\"?|[A-Za-z0-9_]*+(?:\?(?![.?]))?)"
    rb"|[0-9]++(?![A-Za-z_]|\.[0-9])"
    rb"|\"\"\"(?:(?:[^\"\\\#]++|(?:\\[\x00-\xff])++|\"(?!\"\")|\#(?!\{)|" + _NESTED + rb")*\"\"\")?"
    rb"|\"(?:(?:[^\"\\\n\#]++|(?:\\[^\n])++|\#(?!\{)|"
    + _NESTED
    + rb")*\"|(?:[^\"\\\n\#]++|(?:\\[^\n])++|\#(?!\{))*\\?(?=\n|\Z))?"
    rb"|[+*/%^]=?|-[>=]?|<(?:<(?:=|[~-](?:[A-Za-z_][A-Za-z0-9_]*+|\"[^\"\n]*+\"))?|=)?|>=?|!=?|&[&=]?|\|[|>=]?|\?(?:\?=?|\.)?"
    rb"|'(?:[^'\\\n]|\\[^\n])*'?"
    rb"|0[xXbBoO][0-9A-Za-z_]*+"
    rb"|[0-9][0-9A-Za-z_]*+(?:\.[0-9][0-9A-Za-z_]*+)?(?:(?<=[0-9_][eE])[+-][0-9][0-9A-Za-z_]*+)?"
    rb"|\#[^\n]*+"
    rb"|[^\x00-\x7f]++|[^\n]"
    rb"|\Z)"
)

FIRST_STRETCH = 1 << 10
LONGEST_STRETCH = 1 << 16
N_CAREFUL_TOKENS = 256
QUOTE = int(Special.QUOTE)
PLAIN = b'"'
INTERPOLATED = int(Special.INTERPOLATED)
HEREDOC = int(Special.HEREDOC)
LONGEST_HEREDOC = 1 << 14


class Lexer:
    """Lexes one file; `run` is everything."""

    __slots__ = ("_codes", "_data", "_errors", "_known", "_looks_left", "_position")

    def __init__(self, source: SourceFile, sink: DiagnosticSink, known: TokenCodes | None = None) -> None:
        """``known`` is what other files taught; this one adds to it."""
        self._errors = LexerErrors(source, sink)
        self._data = self._errors.checked_data()
        self._codes: list[int] = []
        self._known = TokenCodes() if known is None else known
        self._position = 0
        self._looks_left = N_LOOKS_AHEAD

    def run(self) -> RawTokens:
        """All tokens of the file."""
        data = self._data
        self._position = start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        stretch = FIRST_STRETCH
        while self._position < len(data):
            end = self._position + stretch
            texts: list[bytes] = TOKEN.findall(data, self._position, end)
            if end < len(data):
                # What stands at the cut may go on behind it, and the token before it may look that far.
                del texts[-3:]
                if not texts:
                    stretch *= 2
                    continue
            stretch = min(2 * stretch, LONGEST_STRETCH) if self._take(texts) else FIRST_STRETCH
        return RawTokens(self._codes, start, len(data), data)

    def _take(self, texts: list[bytes]) -> bool:
        """Append the tokens of a stretch. False if a string cut it short: what follows was lexed in vain."""
        codes = list(map(self._known.__getitem__, texts))
        packed = np.array(codes, dtype=np.int64)
        ends = self._position + np.cumsum((packed >> TOTAL_SHIFT) & MAX_FILE_BYTES)
        done = 0
        for at in true_places(packed >= SPECIAL).tolist():
            self._codes += codes[done:at]
            self._position = int(ends[at]) - len(texts[at])
            done = at + 1
            if not self._take_special(texts[at], codes[at] & 0xFF):
                return False
        self._codes += codes[done:]
        self._position = int(ends[-1])
        return True

    def _take_special(self, text: bytes, kind: int) -> bool:
        """Append one token that needs a second look. False if it was not the whole of what was consumed."""
        end = self._position + len(text)
        if kind == INTERPOLATED:
            self._take_interpolated(text)
        elif kind == QUOTE:
            self._lex_carefully(N_CAREFUL_TOKENS)
        elif kind == HEREDOC:
            self._take_heredoc(text)
        else:
            self._append_error(kind, text)
        return self._position == end

    def _take_heredoc(self, text: bytes) -> None:
        """Append one error for a text as Ruby writes it and the rest of its line; the other lines are left
        out. Without a line that ends it, it is a shift, and what follows is lexed anew."""
        data, before = self._data, self._position
        own = text.lstrip(WHITE)
        start, behind = before + len(text) - len(own), before + len(text)
        line_end = data.find(b"\n", behind)
        last = re.compile(rb"^[ \t]*+(" + re.escape(own[3:].strip(b'"')) + rb")[ \t\r]*$", re.MULTILINE)
        closer = last.search(data, line_end, line_end + LONGEST_HEREDOC) if line_end >= 0 else None
        if closer is None:
            for sign in (text[: start - before + 2], own[2:3]):
                self._codes.append(self._known[sign])
                self._position += len(sign)
            return
        self._errors.heredoc(start, behind, line_end, closer.start(1), closer.end(1))
        self._codes.append(pack(tk.ERROR, len(own), len(text)))
        for rest in TOKEN.findall(data, behind, line_end):
            code = self._known[rest]
            plain = pack(tk.ERROR, len(rest.lstrip(WHITE)), len(rest))
            self._codes.append(plain if code >= SPECIAL else code)
        self._codes.append(pack(Special.BLANK, 0, closer.end() - line_end))
        self._position = closer.end()

    def _take_interpolated(self, text: bytes) -> None:
        """Append the pieces of a string, in whose `#{}` the first `}` closes, and the code between."""
        data = self._data
        codes_before, position_before = len(self._codes), self._position
        mode, body = self._begin_string(text)
        start, more, last = mode.start, tk.STRING_START, tk.STRING
        while self._append_piece(mode, start, body, more, last):
            start = data.find(b"}", self._position)
            texts = TOKEN.findall(data, self._position, start)
            codes = list(map(self._known.__getitem__, texts))
            if max(codes) >= SPECIAL:
                del self._codes[codes_before:]
                self._position = position_before
                self._lex_carefully(0)
                return
            self._codes += codes
            self._position = start
            body, more, last = start + 1, tk.STRING_MID, tk.STRING_END

    def _append_error(self, kind: int, text: bytes) -> None:
        """Report a token that means nothing, and append what stands for it."""
        end = self._position + len(text)
        own = text.lstrip(WHITE)
        start = end - len(own)
        instead, length = self._errors.report(Special(kind), own, start)
        own_length = 0 if instead is Special.BLANK else length
        self._codes.append(pack(instead, own_length, start + length - self._position))
        self._position = start + length

    def _lex_carefully(self, n_tokens: int) -> None:
        """Lex at least this many tokens one by one, and to the end of every string begun."""
        stack: list[StringMode] = []
        enough = len(self._codes) + n_tokens
        data = self._data
        known = self._known
        while self._position < len(data):
            match = TOKEN.match(data, self._position)
            assert match is not None
            text = match[0]
            code = known[text]
            kind = code & 0xFF
            if code >= SPECIAL:
                if kind in (QUOTE, INTERPOLATED):
                    self._open_string(text, stack)
                elif kind == HEREDOC:
                    self._take_heredoc(text)
                elif kind == Special.UNTERMINATED and is_in_plain(stack):
                    # One `"` too few, which the outer string lacks: it is given up at the line end.
                    self._codes.append(pack(tk.ERROR, len(text.lstrip(WHITE)), len(text)))
                    self._position += len(text)
                else:
                    self._append_error(kind, text)
            elif kind == tk.RBRACE and stack and not stack[-1].n_braces:
                self._continue_string(text, stack)
            elif kind == tk.NEWLINE and stack and b"\n" in text and self._cut_at_line_end(stack):
                pass
            else:
                if stack:
                    stack[-1].n_braces += (kind == tk.LBRACE) - (kind == tk.RBRACE)
                self._codes.append(code)
                self._position += len(text)
            if not stack and len(self._codes) >= enough:
                return
        if stack:
            self._abandon(stack, 0)

    def _begin_string(self, text: bytes) -> tuple[StringMode, int]:
        """A string whose opening quote ends the white space in `text`, and where its body begins."""
        own = text.lstrip(WHITE)
        quote = b'"""' if own.startswith(b'"""') else PLAIN
        start = self._position + len(text) - len(own)
        return StringMode(quote, len(self._codes), self._position, start), start + len(quote)

    def _open_string(self, text: bytes, stack: list[StringMode]) -> None:
        """Lex from an opening quote to the first `#{`, or to the end."""
        mode, body = self._begin_string(text)
        mode.is_inside_plain = is_in_plain(stack)
        if self._append_piece(mode, mode.start, body, tk.STRING_START, tk.STRING):
            stack.append(mode)

    def _continue_string(self, text: bytes, stack: list[StringMode]) -> None:
        """Lex from the `}` that ends an interpolation to the next `#{`, or to the end."""
        behind = self._position + len(text)
        mode = stack[-1]
        mode.n_braces = 0
        if not self._append_piece(mode, behind - 1, behind, tk.STRING_MID, tk.STRING_END):
            stack.pop()

    def _append_piece(self, mode: StringMode, start: int, body_start: int, more: int, last: int) -> bool:
        """Append a piece of a string: of kind `more` if an interpolation follows (then True), or `last`."""
        data = self._data
        match = STRING_TEXT[mode.quote].match(data, body_start)
        assert match is not None
        end = match.end()
        goes_on = data.startswith(b"#{", end)
        if not goes_on and not data.startswith(mode.quote, end):
            self._position = end
            if not mode.is_inside_plain:  # else the line end gives up the outer one
                self._give_up(mode)
            return False
        self._errors.check_escapes(match[0], body_start)
        end += 2 if goes_on else len(mode.quote)
        self._codes.append(pack(more if goes_on else last, end - start, end - self._position))
        self._position = end
        return goes_on

    def _cut_at_line_end(self, stack: list[StringMode]) -> bool:
        """At a line end: give up the outermost plain string, which may not run over it. One that ends further
        down is reported, and stays what it is."""
        for level, mode in enumerate(stack):
            if mode.quote == PLAIN:
                if not mode.runs_on and self._looks_left:
                    mode.runs_on = ends_further_down(self._data, self._position, stack, level)
                    self._looks_left -= not mode.runs_on
                    if mode.runs_on:
                        self._errors.runs_on(mode.start, self._position)
                if not mode.runs_on:
                    self._abandon(stack, level)
                return not mode.runs_on
        return False

    def _abandon(self, stack: list[StringMode], level: int) -> None:
        """Give up a string and all strings inside it."""
        self._give_up(stack[level])
        del stack[level:]

    def _give_up(self, mode: StringMode) -> None:
        """Make one error of everything from the opening quote to here."""
        del self._codes[mode.index :]
        own = self._data[mode.start : self._position]
        instead, length = self._errors.report(Special.UNTERMINATED, own, mode.start)
        end = mode.start + length
        self._codes.append(pack(instead, length, end - mode.before))
        self._position = end


class StringMode:
    """A string that is being lexed: its quotes, where it began, and the braces open in the code inside it."""

    __slots__ = ("before", "index", "is_inside_plain", "n_braces", "quote", "runs_on", "start")

    def __init__(self, quote: bytes, index: int, before: int, start: int) -> None:
        self.quote = quote
        self.index = index
        self.before = before
        self.start = start
        self.n_braces = 0
        self.is_inside_plain = False  # code in a plain string, which may not run over a line end
        self.runs_on = False  # it does so all the same, which has been reported


def is_in_plain(stack: list[StringMode]) -> bool:
    """Whether what stands here is code in a plain string."""
    return bool(stack) and (stack[-1].quote == PLAIN or stack[-1].is_inside_plain)


N_LINES_AHEAD = 40
N_LOOKS_AHEAD = 100
"""How many strings of a file, that are not closed, are looked for further down."""


def ends_further_down(data: bytes, position: int, stack: list[StringMode], level: int) -> bool:
    """Whether the string at a level of the stack, in whose code a line ends at ``position``, is closed on one
    of the next lines: so that was not forgotten. Some other string that is not closed says that it was."""
    quotes = [mode.quote for mode in stack]
    braces = [mode.n_braces for mode in stack]
    known = TokenCodes()
    n_lines = 0
    while n_lines < N_LINES_AHEAD:
        match = TOKEN.match(data, position)
        assert match is not None
        if match.end() == position:
            return False
        position = match.end()
        kind = known[match[0]] & 0xFF
        if kind == tk.NEWLINE:
            n_lines += match[0].count(b"\n")
            if data.startswith(b"\ndef ", position - 1):
                return False
        elif kind == QUOTE or (kind == tk.RBRACE and not braces[-1]):
            if kind == QUOTE:
                quotes.append(b'"""' if match[0].endswith(b'"""') else PLAIN)
                braces.append(0)
            piece = STRING_TEXT[quotes[-1]].match(data, position)
            assert piece is not None
            position = piece.end() + 2
            if data.startswith(b"#{", piece.end()):
                continue
            if not data.startswith(quotes[-1], piece.end()):
                return False
            position = piece.end() + len(quotes.pop())
            braces.pop()
            if len(quotes) == level:
                return True
        elif kind == Special.UNTERMINATED:
            return False
        else:
            braces[-1] += (kind == tk.LBRACE) - (kind == tk.RBRACE)
    return False

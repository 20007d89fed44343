"""What the lexer finds wrong: worded here, with the token that stands for it afterwards."""

from __future__ import annotations

import re

from qz.base.source import SourceFile, Span
from qz.diagnostics.model import Fix
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax.classify import INTEGER, MAX_FILE_BYTES, Special
from qz.syntax.escapes import bad_escapes
from qz.syntax.token_kinds import TokenKind

_TRAILING_CLOSERS = re.compile(rb"[)\]},;\s]*\Z")
_NUMBER = re.compile(rb"[0-9][0-9_]*(?<!_)(?:\.[0-9][0-9_]*(?<!_))?(?:[eE][+-]?[0-9][0-9_]*(?<!_))?")
_NAME = re.compile(r"[A-Za-z_]\w*")
_BASE_NAMES = {b"x": "hexadecimal", b"b": "binary", b"o": "octal"}

# Characters of typeset text that stand for one of the language.
_LOOKALIKES = {
    "\u201c": '"',
    "\u201d": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00d7": "*",
    "\u00f7": "/",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2192": "->",
}


def _narrow(text: str) -> str:
    """What characters of another width, as some keyboards give them, stand for; nothing for any other."""
    from unicodedata import normalize

    narrow = normalize("NFKC", text)
    return narrow if narrow.isascii() and not text.isascii() else ""


class LexerErrors:
    """Reports on one file."""

    __slots__ = ("_garbled_until", "_is_wrong_utf8", "_sink", "_source")

    def __init__(self, source: SourceFile, sink: DiagnosticSink) -> None:
        self._source = source
        self._sink = sink
        self._is_wrong_utf8 = False
        self._garbled_until = -1  # the end of the last line with something strange in it

    def _span(self, start: int, end: int) -> Span:
        return Span(self._source.file_id, start, end)

    def checked_data(self) -> bytes:
        """The bytes to lex. What no token may hold is reported here, once for the whole file."""
        data = self._source.data
        if len(data) > MAX_FILE_BYTES:
            self._sink.report("QZ0009", self._span(0, 0), size=len(data), limit=MAX_FILE_BYTES)
            return b""
        if not data.isascii():
            try:
                data.decode("utf-8")
            except UnicodeDecodeError as wrong:
                self._is_wrong_utf8 = True
                self._sink.report("QZ0001", self._span(wrong.start, max(wrong.end, wrong.start + 1)))
        nul = data.find(b"\0")
        if nul >= 0:
            self._sink.report("QZ0002", self._span(nul, nul + 1))
            data = data.replace(b"\0", b" ")
        return data

    def report(self, kind: Special, own: bytes, start: int) -> tuple[TokenKind | Special, int]:
        """Report a bad token; gives the kind and length of what stands for it."""
        match kind:
            case Special.UNTERMINATED:
                return self._unterminated(own, start)
            case Special.BAD_ESCAPE:
                self.check_escapes(own, start)
                return TokenKind.STRING, len(own)
            case Special.BAD_CHAR:
                self._bad_char(own, start)
            case Special.BAD_NUMBER:
                self._bad_number(own, start)
            case _:
                return self._bad_byte(own, start), len(own)
        return TokenKind.ERROR, len(own)

    def check_escapes(self, body: bytes, start: int) -> None:
        """Report every escape in `body` that means nothing."""
        for first, end in bad_escapes(body) if b"\\" in body else ():
            text = body[first:end].decode("utf-8", "replace")
            if text.startswith("\\u{") and text.endswith("}"):
                help_text = "a code point has 1 to 6 hexadecimal digits, up to `10FFFF`, surrogates left out"
            elif text.startswith(("\\u", "\\U")):
                help_text = "a code point is written `\\u{1F600}`"
            elif text.startswith("\\x"):
                help_text = "a byte is written with two hexadecimal digits: `\\x0A`"
            else:
                help_text = "for a backslash itself write `\\\\`"
            self._sink.report("QZ0005", self._span(start + first, start + end), help=help_text, escape=text)

    def _unterminated(self, own: bytes, start: int) -> tuple[TokenKind, int]:
        """The closing quote was forgotten: brackets at the end of the line are taken to stand behind it."""
        if own.startswith(b'"""'):
            self._without_end(self._span(start, start + 3), 'close it with `"""`')
            return TokenKind.ERROR, len(own)
        closers = None if b"#{" in own else _TRAILING_CLOSERS.search(own, max(0, len(own) - 64))
        length = closers.start() if closers is not None and closers.start() > 1 else len(own)
        help_text = 'close it with `"`; a string over several lines is written `"""…"""`'
        if b"#{" in own and b"}" not in own[own.rfind(b"#{") :]:
            help_text = "close the `#{` in it with `}`"
        self._without_end(self._span(start, start + length), help_text)
        return TokenKind.ERROR, length

    def runs_on(self, start: int, line_end: int) -> None:
        """A plain string with a line end in its code, which is closed further down."""
        help_text = 'bind what is computed to a name first; a string over several lines is written `"""…"""`'
        self._without_end(self._span(start, line_end), help_text)

    def _without_end(self, string: Span, help_text: str) -> None:
        """Report a string. The quote that is missing may be any of its line, which then means nothing."""
        self._sink.report("QZ0004", string, help=help_text)
        line = self._source.line_of(string.start)
        region = string._replace(start=self._source.line_start(line), end=self._source.line_end(line))
        names = _NAME.findall(self._source.text(region.start, region.end))
        self._sink.garble(region, names)
        self._sink.mismatch(region)

    def heredoc(self, start: int, behind: int, line_end: int, closer: int, end: int) -> None:
        """`<<~NAME`, with the lines up to the one that is the name."""
        data = self._source.data
        rest = data[behind:line_end].rstrip()
        fix = None
        if b'"""' not in data[behind:closer]:
            opening = self._span(start, behind + len(rest)), '"""'
            closing = self._span(closer, end), '"""' + rest.decode("utf-8", "replace")
            fix = Fix((opening, closing), sure=data[start + 2 : start + 3] == b"~")
        help_text = 'a text of several lines is written `"""…"""`'
        word = data[start:behind].decode("utf-8", "replace")
        self._sink.report("QZ0022", self._span(start, behind), help=help_text, fix=fix, word=word)

    def _bad_char(self, own: bytes, start: int) -> None:
        text = own.decode("utf-8", "replace")
        span = self._span(start, start + len(own))
        fix = None
        if b"\\" in own and bad_escapes(own):
            self.check_escapes(own, start)
            return
        if len(own) > 1 and own.endswith(b"'"):
            help_text = "strings are written with double quotes"
            fix = Fix(((span, '"' + text[1:-1].replace('"', '\\"') + '"'),))
        else:
            help_text = "a character is written `'a'`, a string `\"a\"`"
        self._sink.report("QZ0006", span, help=help_text, fix=fix, text=text)

    def _bad_number(self, own: bytes, start: int) -> None:
        span = self._span(start, start + len(own))
        text = own.decode()
        if INTEGER.fullmatch(own) is not None:
            self._sink.report("QZ0008", span, help="the largest is 2^64 - 1, as a `u64`", text=text)
            return
        number = _NUMBER.match(own)
        if number is not None and not own.startswith((b"0x", b"0X", b"0b", b"0B", b"0o", b"0O")):
            suffix = own[number.end() :].decode()
            help_text = "the suffixes are `i8 i16 i32 i64 u8 u16 u32 u64 f32 f64`"
            if not suffix.strip("_"):
                help_text = "digits stand on both sides of a `_`"
            what = f"`{suffix}` is not a suffix of a number"
            self._sink.report("QZ0007", span._replace(start=start + number.end()), help=help_text, what=what)
            return
        base = _BASE_NAMES.get(own[1:2].lower()) if own.startswith(b"0") else None
        what = f"`{text}` is not a {base} number" if base else f"`{text}` is not a number"
        self._sink.report("QZ0007", span, what=what)

    def _bad_byte(self, own: bytes, start: int) -> TokenKind | Special:
        text = own.decode("utf-8", "replace")
        span = self._span(start, start + len(own))
        is_first = start > self._garbled_until
        if is_first:
            line = self._source.line_of(start)
            self._garbled_until = self._source.line_end(line)
            self._sink.garble(self._span(self._source.line_start(line), self._garbled_until))
        instead = _LOOKALIKES.get(text) or _narrow(text)
        if instead:
            fix = Fix(((span, instead),))
            self._sink.report("QZ0003", span, help=f"write `{instead}`", fix=fix, text=text)
        elif text == "`":
            if is_first:
                help_text = "`process::capture(command)` runs one, of the module `process`"
                self._sink.report("QZ0003", span, help=help_text, text=text)
        elif not self._is_wrong_utf8:
            shown = text if text.isprintable() else f"U+{ord(text[0]):04X}"
            help_text = "names consist of the letters `a` to `z` and `A` to `Z`, digits and `_`"
            self._sink.report("QZ0003", span, help=help_text if text.isalpha() else "", text=shown)
        return Special.BLANK if instead.isspace() else TokenKind.ERROR

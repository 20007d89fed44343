"""How far the header of a declaration reaches, and whether a body with an `end` follows it."""

from __future__ import annotations

from qz.syntax import layout_tables as tables
from qz.syntax import token_numbers as tk
from qz.syntax.newlines import CONTINUES, Newlines
from qz.syntax.raw_tokens import RawTokens

_MAX_MODIFIERS = 24
_INTRINSIC = b'"intrinsic"'

_BEGINS_NO_STATEMENT = tables.flags(
    (
        *(tk.DEF, tk.STRUCT, tk.ENUM, tk.TRAIT, tk.IMPL, tk.EXTEND, tk.TYPE, tk.NEWTYPE, tk.GLOBAL),
        *(tk.IMPORT, tk.MACRO, tk.PRIVATE, tk.EXTERN, tk.AT, tk.EOF),
    )
)
_CONTEXTUAL = (b"linear", b"packed", b"static_assert", b"test")

OPENER_OF: dict[int, int] = {
    tk.RPAREN: tk.LPAREN,
    tk.RBRACKET: tk.LBRACKET,
    tk.RBRACE: tk.LBRACE,
}
OPENER_KINDS = frozenset(OPENER_OF.values())


class Headers:
    """Answers questions about raw tokens around a keyword."""

    __slots__ = ("_data", "_ends", "_kinds", "_newlines", "_starts")

    def __init__(self, raw: RawTokens, kinds: bytes, newlines: Newlines) -> None:
        self._data = raw.data
        self._kinds = kinds
        self._newlines = newlines
        self._starts = raw.starts.data
        self._ends = (raw.starts + raw.lengths).data

    def word(self, token: int) -> bytes:
        """The token as it stands in the source."""
        return self._data[self._starts[token] : self._ends[token]]

    def begins_line(self, token: int) -> int:
        """The first token of the line, if what stands before `token` on it belongs to the
        declaration; or 0."""
        kinds = self._kinds
        first = token
        while kinds[first - 1] not in (tk.NEWLINE, tk.NONE):
            first -= 1
            if token - first > _MAX_MODIFIERS:
                return 0
        if not tables.BEGINS_DECLARATION[kinds[first]]:
            return 0
        if kinds[first] == tk.IDENT and self.word(first) not in (b"linear", b"packed"):
            return 0
        return first

    def behind_body(self, first: int, opener: int) -> int:
        """Where the body before a declaration ends, which `opener` opens: before the annotations of the
        declaration, on whatever lines they stand. `first` is the first token of its own line."""
        kinds = self._kinds
        while kinds[first - 1] == tk.NEWLINE:
            line = first - 2
            while line > 0 and kinds[line - 1] != tk.NEWLINE and first - line < _MAX_MODIFIERS:
                line -= 1
            if kinds[line] != tk.AT or line < opener:
                break
            first = line
        return first - 1 if kinds[first - 1] == tk.NEWLINE else first

    def has_block_body(self, token: int, in_trait: bool) -> bool:
        """Whether the `def` at `token` has a body that ends in `end`."""
        kinds = self._kinds
        abi = self._foreign_abi(token)
        if abi == _INTRINSIC:
            return False
        depth = 0
        at = token + 1
        while True:
            kind = kinds[at]
            if kind in OPENER_KINDS:
                depth += 1
            elif kind in OPENER_OF:
                depth -= 1
            elif depth > 0 and (kind == tk.EOF or (kind == tk.DEF and at > token + 1)):
                return not abi and self._goes_on_deeper(token)
            elif kind == tk.EOF:
                return not abi and not in_trait
            elif kind == tk.DEF and at > token + 1:
                return False
            elif depth <= 0:
                if kind == tk.ASSIGN:
                    return False
                if kind == tk.NEWLINE and self._newlines.role[at] != CONTINUES:
                    if abi:
                        return self._is_defined(token, at)
                    return not (in_trait and self._is_abstract(token, at))
            at += 1

    def _goes_on_deeper(self, token: int) -> bool:
        """Whether the line behind that of a header with an open bracket is indented deeper, or its `end`."""
        kinds, indent = self._kinds, self._newlines.indent
        at = token
        while kinds[at] != tk.NEWLINE and kinds[at] != tk.EOF:
            at += 1
        while kinds[at] == tk.NEWLINE:
            at += 1
        return indent[at] > indent[token] or (kinds[at] == tk.END and indent[at] == indent[token])

    def _foreign_abi(self, token: int) -> bytes:
        """The string of the `extern "C"` or the like before the `def`; nothing where a body is a matter of
        course."""
        kinds = self._kinds
        at = token - 1
        if kinds[at] == tk.IDENT:
            at -= 1
        if kinds[at] == tk.NEWLINE:
            at -= 1
        if kinds[at] == tk.STRING:
            at -= 1
        return self.word(at + 1) if kinds[at] == tk.EXTERN else b""  # where it is missing, the outline says

    def _is_defined(self, token: int, newline: int) -> bool:
        """Whether a body follows the header of a C function, which ends at `newline`: statements further in
        than the header, whatever they look like; else what no declaration begins with."""
        kinds = self._kinds
        follows = kinds[newline + 1]
        if _BEGINS_NO_STATEMENT[follows]:
            return False
        indent = self._newlines.indent
        if follows == tk.END:
            return indent[newline] == indent[token]
        if indent[newline] > indent[token]:
            return True
        return follows not in (tk.VAR, tk.CONST) and not self._is_contextual(newline + 1)

    def _is_contextual(self, token: int) -> bool:
        """Whether a declaration begins with a word that is none elsewhere."""
        return self._kinds[token] == tk.IDENT and self.word(token) in _CONTEXTUAL

    def _is_abstract(self, token: int, newline: int) -> bool:
        """Whether a header in a trait, which ends at `newline`, has no body."""
        kinds = self._kinds
        indent = self._newlines.indent
        follows = kinds[newline + 1]
        if follows in (tk.DEF, tk.AT, tk.CONST, tk.PRIVATE, tk.TYPE, tk.EOF):
            return True
        if follows != tk.END:
            return False
        return indent[newline] < indent[token] or not indent[token]

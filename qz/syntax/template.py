"""What a macro puts in the place of a call: tokens, among them holes for the arguments.

A template is a token table, made once for a macro and parsed anew at every call. A hole is one token, read
as a name, so that it may stand wherever a name or an expression may. `${x}` in a template string is a hole as
`unquote(x)` is in a quote; inside a longer token (a string, a name that is put together) it is replaced by
the argument's text instead.

Places in a template are places in the macro's own text: for a string that has escapes, byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from qz.base.columns import Columns
from qz.base.interner import Interner
from qz.base.source import SourceFile, Span
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import token_numbers as tk
from qz.syntax.literals import string_pieces
from qz.syntax.tokenize import tokenize
from qz.syntax.tokens import TokenTable, token_columns

# Names that begin with `__` are the compiler's.
HOLE = re.compile(rb"__macro_([0-9]+)_")
_WRITTEN_HOLE = re.compile(rb"\$\{([A-Za-z_][A-Za-z0-9_]*\??)\}")


class Hole(NamedTuple):
    """Which parameter a token stands for; ``is_each`` where it was written as several."""

    parameter: int
    is_each: bool = False


class Template(TokenTable):
    """``holes`` and ``pasted`` are keyed by token; ``pasted`` are tokens with an argument's text in them."""

    __slots__ = ("_ends", "_starts", "holes", "pasted")

    def __init__(self, source: SourceFile, interner: Interner) -> None:
        super().__init__(source, interner)
        self.holes: dict[int, Hole] = {}
        self.pasted: list[int] = []
        # Of each byte, where it comes from in the file; empty where the data are the file's.
        self._starts: list[int] = []
        self._ends: list[int] = []

    def read_from(self, table: TokenTable, starts: list[int], ends: list[int]) -> None:
        """Take the tokens of a table; of each byte of its text, say where it comes from."""
        self.is_nested = table.is_nested
        self.seal(table.columns)
        self._starts, self._ends = starts, ends

    def span(self, token: int) -> Span:
        span = super().span(token)
        return self.origin(span) if self._starts else span

    def origin(self, span: Span) -> Span:
        """Where in the file a range of the template's bytes comes from."""
        if not self._starts:
            return span
        last = len(self._starts) - 1
        start = min(span.start, last)
        end = self._ends[min(max(span.end - 1, start), last)]
        return Span(self.source.file_id, self._starts[start], max(end, self._starts[start]))


def quote_template(
    tokens: TokenTable, opener: int, parameters: Mapping[str, int], sink: DiagnosticSink
) -> Template:
    """The template of `quote do … end`, at its `do`."""
    template = Template(tokens.source, tokens.interner)
    kinds = tokens.kinds
    closer = tokens.partner[opener]
    numbers = {0: 0}
    taken: list[int] = [0]
    ends: dict[int, int] = {}
    token = opener + 1
    while token < closer:
        numbers[token] = len(taken)
        taken.append(token)
        if kinds[token] in (tk.UNQUOTE, tk.UNQUOTE_EACH):
            hole = _unquoted(tokens, token, parameters, sink)
            last = tokens.partner[token + 1]
            if last > token:
                template.holes[numbers[token]] = hole
                token = last
                ends[numbers[taken[-1]]] = tokens.start[token] + tokens.len[token]
        token += 1
    numbers[closer] = len(taken)
    taken.append(closer)
    template.is_nested = tokens.is_nested
    template.seal(_taken_columns(tokens, taken, numbers, ends))
    return template


def _unquoted(tokens: TokenTable, token: int, parameters: Mapping[str, int], sink: DiagnosticSink) -> Hole:
    """The hole that `unquote(x)` is: of a parameter that there is not (and a report) where `x` is none."""
    name = token + 2
    is_name = tokens.kinds[token + 1] == tk.LPAREN and tokens.partner[token + 1] == name + 1
    parameter = parameters.get(tokens.text(name)) if is_name else None
    if parameter is None:
        span = tokens.span(name) if is_name else tokens.span_of(token, max(token, tokens.partner[token + 1]))
        sink.report("QZ1103", span, name=tokens.text(name if is_name else token))
        parameter = len(parameters)
    return Hole(parameter, tokens.kinds[token] == tk.UNQUOTE_EACH)


def _taken_columns(
    tokens: TokenTable, taken: list[int], numbers: Mapping[int, int], ends: Mapping[int, int]
) -> Columns:
    """The columns of these tokens. Those with other ``ends`` are names, and the last one is EOF."""
    names = ("kind", "start", "len", "partner")
    columns: list[list[int]] = [tokens.columns.array(name)[taken].tolist() for name in names]
    kinds, starts, lengths, partners = columns
    for number, end in ends.items():
        kinds[number] = tk.IDENT
        lengths[number] = end - starts[number]
    kinds[-1] = tk.EOF
    return token_columns(kinds, starts, lengths, [numbers.get(partner, 0) for partner in partners])


def string_template(
    tokens: TokenTable, token: int, parameters: Mapping[str, int], sink: DiagnosticSink
) -> Template:
    """The template that a string holds: its text with the holes in it is read anew."""
    text = bytearray()
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in string_pieces(tokens, token):
        text += piece
        if len(piece) == end - start:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(piece)
            ends += [end] * len(piece)
    return _holed(tokens, bytes(text), starts, ends, parameters, sink)


def made_template(tokens: TokenTable, token: int, text: bytes, sink: DiagnosticSink) -> Template:
    """A template of text that the compiler made for the call at ``token``, where all of it is placed; its
    holes are written as they are read."""
    span = tokens.span(token)
    starts, ends = [span.start] * len(text), [span.end] * len(text)
    return _read(tokens, text, starts, ends, sink)


def _holed(
    tokens: TokenTable,
    text: bytes,
    starts: list[int],
    ends: list[int],
    parameters: Mapping[str, int],
    sink: DiagnosticSink,
) -> Template:
    """Write every `${x}` as a name that no program has."""
    holed = bytearray()
    new_starts: list[int] = []
    new_ends: list[int] = []
    at = 0
    for match in _WRITTEN_HOLE.finditer(text):
        first, last = match.span()
        holed += text[at:first]
        new_starts += starts[at:first]
        new_ends += ends[at:first]
        at = last
        name = match[1].decode()
        parameter = parameters.get(name)
        if parameter is None:
            span = Span(tokens.source.file_id, starts[first], ends[last - 1])
            sink.report("QZ1103", span, name=name)
            parameter = len(parameters)
        written = b"__macro_%d_" % parameter
        holed += written
        new_starts += [starts[first]] * len(written)
        new_ends += [ends[last - 1]] * len(written)
    holed += text[at:]
    new_starts += starts[at:]
    new_ends += ends[at:]
    return _read(tokens, bytes(holed), new_starts, new_ends, sink)


def _read(
    tokens: TokenTable, text: bytes, starts: list[int], ends: list[int], sink: DiagnosticSink
) -> Template:
    source = SourceFile(tokens.source.file_id, tokens.source.path, text)
    found = DiagnosticSink()
    read = tokenize(source, tokens.interner, found)
    template = Template(source, tokens.interner)
    template.read_from(read, starts, ends)
    for finding in found.diagnostics:
        sink.take_over(finding, template.origin(finding.span or Span(source.file_id, 0, 0)))
    for token in range(1, len(template) - 1):
        match = HOLE.search(template.bytes(token)) if template.len[token] > 9 else None
        if match is None:
            continue
        if match.span() == (0, template.len[token]):
            template.holes[token] = Hole(int(match[1]))
        else:
            template.pasted.append(token)
    return template

"""The state of parsing one item, and what every rule of the grammar needs: nodes, errors, recovery.

Tokens are balanced and know their partners (see the layout), so recovery is a jump: to the closer of the
bracket, to the `end` of the block, to the end of the line. Nodes are collected in plain lists, which
Python appends to fastest, and go into the arena at the end. Rules are functions `rule(p)` that leave
`p.at` behind what they read.
"""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.ast import AstArena
from qz.syntax.foreign_words import foreign_word_help
from qz.syntax.token_words import describe
from qz.syntax.tokens import TokenTable

MAX_RECURSION = 200
POISON = nk.POISON
NEWLINE = tk.NEWLINE
COMMA = tk.COMMA

# What ends a line from the point of view of the statement on it.
LINE_ENDS = frozenset(
    int(kind)
    for kind in (
        tk.NEWLINE,
        tk.EOF,
        tk.END,
        tk.ELSE,
        tk.ELSIF,
        tk.RPAREN,
        tk.RBRACKET,
        tk.RBRACE,
        tk.STRING_MID,
        tk.STRING_END,
    )
)


# What somebody may have meant who wrote one of these between brackets.
_CLOSING_HELP = {
    tk.FAT_ARROW: "a lambda is written `x -> e`",
    tk.COLON: "an entry of a map is written `key => value`",
    tk.FOR: "`[e for x in xs]` makes a vector of what `e` gives",
    tk.IF: "`if c; a else b end` is a value; a guard follows a statement, as in `do x -> … end`",
    tk.UNLESS: "a guard follows a statement, as in `do x -> … end`",
}


_CLOSERS = frozenset({tk.RPAREN, tk.RBRACKET, tk.RBRACE})
_LONGEST_LINE = 1000
"""How many bytes of a line are looked at around a token."""
_BEFORE_BLANKS = b" \t\r\n([{"
_GARBLING = frozenset({"QZ0020", "QZ0021", "QZ0022", "QZ0026", "QZ0029", "QZ0033", "QZ0035", "QZ0037"})
"""Reports behind which it is not known what the rest of the line was to be, but where there is a fix."""
_OF_TOKENS = frozenset({"QZ0020", "QZ0021", "QZ0036"})
"""What is said of tokens that cannot stand where they do."""


class Parser:
    """One item being parsed. `at` is the next token; `kinds` and `partner` are the token table's."""

    __slots__ = (
        "_first_node",
        "_first_word",
        "_garbled_until",
        "_line",
        "_reported_at",
        "arena",
        "arrow_ends_type",
        "at",
        "depth",
        "half_read",
        "index_opener",
        "is_deep",
        "kinds",
        "labels",
        "n_defers",
        "n_guards",
        "open_range",
        "partner",
        "rows",
        "sink",
        "tokens",
        "words",
    )

    def __init__(self, tokens: TokenTable, arena: AstArena, sink: DiagnosticSink) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.partner = tokens.partner
        self.sink = sink
        self.arena = arena
        self.at = 0
        self.depth = 0  # recursion that the layout does not bound: prefixes, lambdas, types, patterns
        self.is_deep = False  # something was seen that may make the tree deep: measure it at the end
        self.index_opener = 0  # the `[` of the innermost index around: directly in it a range may be open
        self.open_range = 0  # the RANGE without an end that was read in that index
        self.arrow_ends_type = False  # what is read is the type of a lambda's parameter, with `->` behind it
        self.half_read = 0  # a `>=` whose `>` closed type arguments: only `=` is left of it
        self.n_guards = 0  # behind the statement being read
        self.n_defers = 0  # in the block being read, as far as it was read
        self.labels: list[bytes] = []  # of the loops around
        self._reported_at = -1
        self._line = (0, -1, 0)  # the last one that was looked at
        self._garbled_until = -1  # the end of the last line that could not be read
        # Places for what is in the arena already, so that a node's number is its place here.
        self._first_node = arena.n
        self._first_word = arena.n_words
        self.rows: list[int] = [0] * (4 * arena.n)
        self.words: list[int] = [0] * arena.n_words

    # Nodes

    def add(self, kind: int, token: int, lhs: int = 0, rhs: int = 0) -> int:
        """A new node."""
        rows = self.rows
        node = len(rows) >> 2
        rows += (kind, token, lhs, rhs)
        return node

    def list(self, nodes: list[int]) -> int:
        """A list of nodes."""
        if not nodes:
            return 0
        words = self.words
        at = len(words)
        words.append(len(nodes))
        words += nodes
        return at

    def group(self, *parts: int) -> int:
        """A group of words without a count."""
        at = len(self.words)
        self.words += parts
        return at

    def kind_of(self, node: int) -> int:
        """The kind of a node of this item."""
        return self.rows[4 * node]

    def token_of(self, node: int) -> int:
        """The token of a node of this item."""
        return self.rows[4 * node + 1]

    def set_left(self, node: int, lhs: int) -> None:
        """Put another node to the left in a node of this item."""
        self.rows[4 * node + 2] = lhs

    def poison(self) -> int:
        """A node for what could not be read."""
        return self.add(POISON, self.at)

    def finish(self) -> None:
        """Hand the nodes over to the arena."""
        del self.rows[: 4 * self._first_node]
        del self.words[: self._first_word]
        self.arena.append(self.rows, self.words)

    def mark(self) -> tuple[int, int, int]:
        """A place to go back to: what is read from here may turn out to be something else."""
        return self.at, len(self.rows), len(self.words)

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Go back, and forget the nodes made since."""
        self.at, n_rows, n_words = mark
        del self.rows[n_rows:]
        del self.words[n_words:]

    # Tokens

    def text_is(self, token: int, text: bytes) -> bool:
        """Whether the token is spelled so."""
        tokens = self.tokens
        return tokens.len[token] == len(text) and tokens.bytes(token) == text

    def touches(self, token: int) -> bool:
        """Whether no white space stands before the token."""
        tokens = self.tokens
        return tokens.start[token] == tokens.start[token - 1] + tokens.len[token - 1]

    def is_capital(self, token: int) -> bool:
        """Whether the name begins with a capital letter, as types and variants do."""
        tokens = self.tokens
        return 0x41 <= tokens.data[tokens.start[token]] <= 0x5A

    def accept(self, kind: int) -> bool:
        """Step over the next token if it is of this kind."""
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def accept_assign(self) -> bool:
        """Step over `=`, or over the rest of a `>=`."""
        kind = self.kinds[self.at]
        if kind == tk.ASSIGN or (kind == tk.GE and self.half_read == self.at):
            self.at += 1
            return True
        return False

    def skip_line(self) -> None:
        """Step to the end of the line, over brackets and blocks."""
        kinds = self.kinds
        partner = self.partner
        at = self.at
        while kinds[at] not in LINE_ENDS:
            at = partner[at] + 1 if partner[at] > at else at + 1
        self.at = at

    # Errors

    def report(
        self,
        code: str,
        token: int,
        *,
        last: int = 0,
        label: str = "",
        help: str = "",  # noqa: A002 (as in the sink)
        notes: tuple[Note, ...] = (),
        replace: str | None = None,
        joins: bool = False,
        remove: bool = False,
        fix: Fix | None = None,
        habit: str = "",
        **args: object,
    ) -> None:
        """Report at a token (or up to `last`), once a place; `replace` is the text that would put
        it right, close to what is before where it `joins`, and `remove` says that it can go. What is the
        `habit` of another language is told once in a file, with all its places."""
        if self._reported_at == token or self._is_behind_error(token):
            return
        if code in _OF_TOKENS and self.tokens.start[token] <= self._garbled_until:
            return  # on the line of another such report
        self._reported_at = token
        span = self.tokens.span_of(token, last or token)
        if replace is not None:
            place = span._replace(start=self.end_before(token)) if joins else span
            fix = Fix(((place, replace),))
        if remove:
            fix = Fix(((self._with_blank(token, last or token), ""),))
        same = ((span.file, habit),) if habit else ()
        self.sink.report(
            code, span, label=label, notes=notes, help=help, fix=fix, same=same, lacks=(), **args
        )
        if fix is None and code in _GARBLING:
            self._garble(token)

    def _is_behind_error(self, token: int) -> bool:
        """Whether something up to a token, on its line, is no token: that was reported, and this follows."""
        first, last, wrong = self._line
        if not first <= token <= last:
            first, last, wrong = self._line = self._line_around(token)
        return wrong <= token

    def _line_around(self, token: int) -> tuple[int, int, int]:
        """The first and the last token on the line of one, and the first of them that is none, or what is
        behind them. Of a long line it is a part."""
        kinds, start = self.kinds, self.tokens.start
        line_start = self.tokens.data.rfind(b"\n", max(0, start[token] - _LONGEST_LINE), start[token]) + 1
        first = token
        while first and max(line_start, start[token] - _LONGEST_LINE) <= start[first - 1] <= start[first]:
            first -= 1
        last = token
        while kinds[last] not in (tk.NEWLINE, tk.EOF) and start[last] - start[token] < _LONGEST_LINE:
            last += 1
        return first, last, next((at for at in range(first, last) if kinds[at] == tk.ERROR), last + 1)

    def _garble(self, token: int) -> None:
        """What else is wrong with the line of a token follows from what was reported, and so does that the
        names on it mean nothing."""
        tokens = self.tokens
        if tokens.start[token] <= self._garbled_until:
            return
        start = tokens.data.rfind(b"\n", 0, tokens.start[token]) + 1
        end = tokens.data.find(b"\n", start)
        span = tokens.span(token)._replace(start=start, end=end if end >= 0 else len(tokens.data))
        self._garbled_until = span.end
        at = token
        while at and tokens.start[at - 1] >= start:
            at -= 1
        names: list[str] = []
        while tokens.start[at] < span.end and self.kinds[at] != tk.EOF:
            if self.kinds[at] == tk.IDENT:
                names.append(tokens.text(at))
            at += 1
        self.sink.garble(span, names)

    def end_before(self, token: int) -> int:
        """Where the token before one ends."""
        return self.tokens.start[token - 1] + self.tokens.len[token - 1]

    def _with_blank(self, first: int, last: int) -> Span:
        """The extent of tokens with the white space on one side of them, if there is some on both."""
        tokens = self.tokens
        span = tokens.span_of(first, last)
        if tokens.data[span.start - 1] not in _BEFORE_BLANKS:
            return span
        if self.kinds[last + 1] == tk.NEWLINE:
            return span._replace(start=self.end_before(first))
        return span._replace(end=tokens.start[last + 1])

    def unexpected(self, expected: str, *, help: str = "") -> None:  # noqa: A002 (as in the sink)
        """Report the next token: something else had to stand there."""
        if self.is_put_there(self.at):
            return
        found = describe(self.tokens, self.at)
        self.report("QZ0020", self.at, help=help, found=found, expected=expected)

    def is_put_there(self, token: int) -> bool:
        """Whether the layout put a bracket there, and reported that it is missing."""
        return self.kinds[token] in _CLOSERS and not self.tokens.len[token]

    def was_reported(self) -> bool:
        """Whether the next token was complained about already."""
        return self._reported_at == self.at or self.kinds[self.at] == tk.ERROR

    def expect(self, kind: int, expected: str) -> bool:
        """Step over a token that has to be there; otherwise report, and stay."""
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        self.unexpected(expected)
        return False

    def name(self, expected: str = "a name") -> int:
        """Step over a name; 0 (and a report) if there is none. In a macro, `unquote(x)` may stand for one."""
        if self.kinds[self.at] == tk.IDENT:
            self.at += 1
            return self.at - 1
        if self.kinds[self.at] == tk.UNQUOTE and self.partner[self.at + 1] == self.at + 3:
            self.at += 4
            return self.at - 2
        self.unexpected(expected)
        return 0

    def close(self, opener: int, expected: str) -> int:
        """Step behind the closer of a bracket; what stands before it unread is reported. Gives the closer."""
        closer = self.partner[opener]
        if self.at != closer:
            self.unexpected(expected, help=_CLOSING_HELP.get(self.kinds[self.at], "") or self._help_of_word())
        if closer > opener:  # else it was given up where its line begins
            self.at = closer + 1
        return closer

    def _help_of_word(self) -> str:
        """What is said of the word of another language before the next token, if it is one."""
        before = self.at - 1
        return foreign_word_help(self.tokens.text(before)) if self.kinds[before] == tk.IDENT else ""

    def too_deep(self, what: str) -> int:
        """Give up on something that nests beyond what readers can recurse into."""
        self.report("QZ0014", self.at, what=what, limit=MAX_RECURSION)
        node = self.poison()
        self.skip_line()
        self.silence()
        return node

    def silence(self) -> None:
        """Say nothing more about the next token: what is wrong with it was said already."""
        self._reported_at = self.at

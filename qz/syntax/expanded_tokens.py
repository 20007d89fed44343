"""The tokens of a body with macro calls: those of its module, and behind them those of every expansion.

A node says by one number which token it stands at. The tokens of the module keep their numbers; each
expansion gets numbers of its own for the tokens of its template, so the number alone says from which call a
node came. From it follow where to point in a message (the macro's text, with a note at the call), where the
node is in the running program (at the call), and the mark that keeps its names apart from everybody else's.

The table lives as long as the body; making it copies the columns of the module once.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from qz.base.columns import Columns
from qz.base.interner import MARK_SHIFT
from qz.base.source import ExpandedSpan, MacroCall, Span
from qz.syntax.template import Template
from qz.syntax.tokens import N_AHEAD, TokenTable


class Patch(NamedTuple):
    """What a token is in one expansion whose text depends on an argument, and the mark of that argument."""

    text: bytes
    mark: int


class Expansion(NamedTuple):
    """A call of a macro; ``first`` is the number of its token 0, ``caller`` the token of the macro's name."""

    first: int
    template: Template
    call: MacroCall
    caller: int
    mark: int
    patches: dict[int, Patch]


class ExpandedTokens(TokenTable):
    """`add` every expansion, then `join`; until then only places and symbols can be asked for."""

    __slots__ = ("_expansions", "_firsts", "_n", "_own", "n_own")

    def __init__(self, own: TokenTable) -> None:
        super().__init__(own.source, own.interner)
        self._own = own
        self.n_own = self._n = len(own)
        self._expansions: list[Expansion] = []
        self._firsts: list[int] = []

    def __len__(self) -> int:
        return self._n

    def add(
        self, template: Template, name: str, caller: int, patches: dict[int, Patch] | None = None
    ) -> Expansion:
        """Numbers for the tokens of a template, which the macro call at the token ``caller`` expands."""
        call = MacroCall(name, self.span(caller))
        mark = (len(self._expansions) + 1) << MARK_SHIFT
        expansion = Expansion(self._n, template, call, caller, mark, patches or {})
        self._expansions.append(expansion)
        self._firsts.append(self._n)
        self._n += len(template)
        return expansion

    def expansion(self, token: int) -> Expansion | None:
        """Which expansion the token came from; None for one of the module's own."""
        if token < self.n_own:
            return None
        return self._expansions[bisect_right(self._firsts, token) - 1]

    def place(self, token: int) -> tuple[TokenTable, int]:
        """The table a token is copied from, and its number there."""
        expansion = self.expansion(token)
        if expansion is None:
            return self._own, token
        return expansion.template, token - expansion.first

    def depth(self, token: int) -> int:
        """How many calls, one inside the other, led to the token."""
        depth = 0
        expansion = self.expansion(token)
        while expansion is not None:
            depth += 1
            expansion = self.expansion(expansion.caller)
        return depth

    def mark(self, token: int) -> int:
        """What keeps the name at the token apart from the same name elsewhere."""
        expansion = self.expansion(token)
        if expansion is None:
            return 0
        patch = expansion.patches.get(token - expansion.first)
        return expansion.mark if patch is None else patch.mark

    def span(self, token: int) -> Span:
        expansion = self.expansion(token)
        if expansion is None:
            return self._own.span(token)
        return ExpandedSpan.of(expansion.template.span(token - expansion.first), expansion.call)

    def symbol(self, token: int) -> int:
        if token < self.n_own:
            return self._own.symbol(token)
        return self.interner.intern(self.text(token)) | self.mark(token)

    def stretch(self, token: int) -> tuple[int, int]:
        expansion = self.expansion(token)
        if expansion is None:
            return 0, self.n_own - 1
        return expansion.first, expansion.first + len(expansion.template) - 1

    def written(self, token: int) -> int:
        expansion = self.expansion(token)
        while expansion is not None:
            token = expansion.caller
            expansion = self.expansion(token)
        return token

    def bytes(self, token: int) -> bytes:
        expansion = self.expansion(token)
        if expansion is None:
            return self._own.bytes(token)
        patch = expansion.patches.get(token - expansion.first)
        return patch.text if patch is not None else expansion.template.bytes(token - expansion.first)

    def join(self) -> None:
        """Make the columns, for readers of whole columns."""
        tables: list[TokenTable] = [self._own, *(expansion.template for expansion in self._expansions)]
        offsets: dict[int, int] = {}
        data: list[bytes] = []
        n_bytes = 0
        for table in tables:
            if id(table.data) not in offsets:
                offsets[id(table.data)] = n_bytes
                data.append(table.data)
                n_bytes += len(table.data)
        columns = Columns({"kind": "u1", "start": "i4", "len": "i4", "partner": "i4"}, self._n + N_AHEAD)
        columns.n = self._n
        at = 0
        for table in tables:
            n = len(table)
            for name in ("kind", "len"):
                columns.array(name)[at : at + n] = table.columns.array(name)
            starts = table.columns.array("start").astype(np.int32)
            columns.array("start")[at : at + n] = starts + offsets[id(table.data)]
            partners = table.columns.array("partner").astype(np.int32)
            columns.array("partner")[at : at + n] = np.where(partners > 0, partners + at, 0)
            at += n
        for expansion in self._expansions:
            for token, patch in expansion.patches.items():
                columns.array("start")[expansion.first + token] = n_bytes
                columns.array("len")[expansion.first + token] = len(patch.text)
                data.append(patch.text)
                n_bytes += len(patch.text)
        self.data = b"".join(data)
        self.seal(columns)

"""The arguments of a macro call as their author wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from qz.syntax import token_numbers as tk
from qz.syntax.expanded_tokens import ExpandedTokens, Expansion
from qz.syntax.template import Template
from qz.syntax.tokens import TokenTable


class ArgumentTexts:
    """Texts of calls, by the token of the macro's name. In a template, arguments stand in the holes."""

    def __init__(self, tokens: ExpandedTokens) -> None:
        self._tokens = tokens
        self._known: dict[int, list[str]] = {}
        self._positions: dict[int, list[list[int]]] = {}

    def place(self, expansion: Expansion, positions: list[list[int]]) -> None:
        """Say which of its call's arguments, by number, an expansion has for each parameter."""
        self._positions[expansion.first] = positions

    def of_call(self, token: int) -> list[str]:
        """The text of each argument; one that spreads several is as many texts."""
        known = self._known.get(token)
        if known is None:
            known = self._known[token] = list(self._read(token))
        return known

    def _read(self, token: int) -> Iterator[str]:
        table, local = self._tokens.place(token)
        expansion = self._tokens.expansion(token)
        opener = local + 1
        closer = table.partner[opener]
        first = opener + 1
        at = first
        while at <= closer:
            if at == closer or table.kind[at] == tk.COMMA:
                if at > first:
                    yield from self._argument(table, expansion, first, at)
                first = at = at + 1
            else:
                at = table.partner[at] + 1 if table.partner[at] > at else at + 1

    def _argument(
        self, table: TokenTable, expansion: Expansion | None, first: int, behind: int
    ) -> Iterator[str]:
        if behind == first + 1 and isinstance(table, Template) and first in table.holes:
            yield from self._hole(table, expansion, first)
            return
        if table.kind[first] == tk.IDENT and table.kind[first + 1] == tk.COLON and first + 2 < behind:
            first += 2  # the name of a named argument
        pieces: list[str] = []
        for token in range(first, behind):
            if token > first and table.start[token] > table.start[token - 1] + table.len[token - 1]:
                pieces.append(" ")
            if table.kind[token] == tk.NEWLINE:
                pieces.append("; ")
            elif isinstance(table, Template) and token in table.holes:
                pieces.append(", ".join(self._hole(table, expansion, token)))
            else:
                pieces.append(table.text(token))
        yield "".join(pieces)

    def _hole(self, template: Template, expansion: Expansion | None, token: int) -> list[str]:
        """The texts of the arguments of the expansion's own call that go into a hole."""
        if expansion is None:
            return [template.text(token)]
        texts = self.of_call(expansion.caller)
        positions = self._positions[expansion.first]
        parameter = template.holes[token].parameter
        return [texts[at] for at in positions[parameter]] if parameter < len(positions) else []


def quoted(text: str) -> str:
    """A text as it stands between the quotes of a string."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("#{", "\\#{")

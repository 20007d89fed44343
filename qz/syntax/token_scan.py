"""Steps over finished tokens without parsing them."""

from __future__ import annotations

from qz.syntax import token_numbers as tk
from qz.syntax.tokens import TokenTable

LINE_ENDS = frozenset({tk.NEWLINE, tk.EOF, tk.END, tk.RBRACE, tk.RPAREN, tk.RBRACKET})


class TokenScan:
    """Answers questions about a stretch of tokens; brackets and blocks are stepped over whole."""

    __slots__ = ("_kinds", "_partner")

    def __init__(self, tokens: TokenTable) -> None:
        self._kinds = tokens.kinds
        self._partner = tokens.partner

    def line_end(self, token: int) -> int:
        """The NEWLINE or EOF that ends a line, brackets and blocks skipped; or the closer around it."""
        kinds = self._kinds
        partner = self._partner
        while True:
            kind = kinds[token]
            if kind in LINE_ENDS:
                return token
            token = partner[token] + 1 if partner[token] > token else token + 1

    def has_assign(self, token: int, end: int) -> bool:
        kinds = self._kinds
        partner = self._partner
        while token < end:
            if kinds[token] == tk.ASSIGN:
                return True
            token = partner[token] + 1 if partner[token] > token else token + 1
        return False

    def skip_angles(self, token: int) -> int:
        """The token behind `<…>`, if there is one."""
        kinds = self._kinds
        if kinds[token] != tk.LT:
            return token
        depth = 0
        while kinds[token] not in LINE_ENDS:
            depth += (kinds[token] == tk.LT) - (kinds[token] == tk.GT)
            if not depth:
                return token + 1
            token = self._partner[token] + 1 if self._partner[token] > token else token + 1
        return token

    def is_self(self, token: int) -> bool:
        kinds = self._kinds
        if kinds[token] == tk.AMP:
            token += 1
            if kinds[token] == tk.IDENT:
                token += 1
        return kinds[token] == tk.SELF

    def count_params(self, parens: int) -> int:
        """How many parameters stand between the parentheses."""
        kinds = self._kinds
        partner = self._partner
        end = partner[parens]
        token = parens + 1
        count = 0
        depth = 0
        fresh = True
        while token < end:
            kind = kinds[token]
            if kind == tk.COMMA:
                fresh = fresh or not depth
            else:
                if fresh:
                    count += 1
                    fresh = False
                    depth = 0
                if kind == tk.LT:
                    depth += 1
                elif kind == tk.GT and depth:
                    depth -= 1
            token = partner[token] + 1 if partner[token] > token else token + 1
        return count

"""Which types weak references are written for.

`Weak<Node>` in some module says that it matters when a `Node` is given up, so locals hold theirs until their
scope is left.
"""

from __future__ import annotations

from qz.syntax import token_numbers as tk
from qz.syntax.tokens import TokenTable

NAME = b"Weak"


def watched_names(tokens: TokenTable) -> set[str]:
    """The names behind `Weak<` in a module."""
    if NAME not in tokens.data:
        return set()
    kinds = tokens.kinds
    return {
        tokens.text(token + 2)
        for token in range(len(tokens) - 2)
        if kinds[token] == tk.IDENT and kinds[token + 1] == tk.LT and tokens.bytes(token) == NAME
    }

"""Which types weak references are written for.

`Weak<Node>` in some module says that it matters when a `Node` is given up, so locals hold theirs until their
scope is left. Where a module makes weak references and writes no such type, it may be about any of its
structs.
"""

from __future__ import annotations

from qz.syntax import token_numbers as tk
from qz.syntax.tokens import TokenTable

NAME = b"Weak"
_BEHIND = frozenset({tk.LT, tk.DOT, tk.COLON_COLON})


def watched_names(tokens: TokenTable) -> set[str]:
    """The names behind `Weak<` in a module, or of all its structs where there is `Weak.new` alone."""
    if NAME not in tokens.data:
        return set()
    kinds = tokens.kinds
    behind = [
        token + 1
        for token in range(len(tokens) - 2)
        if kinds[token] == tk.IDENT and kinds[token + 1] in _BEHIND and tokens.bytes(token) == NAME
    ]
    written = {tokens.text(token + 1) for token in behind if kinds[token] == tk.LT}
    if written or not behind:
        return written
    structs = [token for token in range(len(tokens) - 1) if kinds[token] == tk.STRUCT]
    return {tokens.text(token + 1) for token in structs if kinds[token + 1] == tk.IDENT}

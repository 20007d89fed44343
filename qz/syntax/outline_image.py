"""The tokens and the items of a file as bytes, so that a file that has not changed need not be read again."""

from __future__ import annotations

import marshal

import numpy as np
import numpy.typing as npt

from qz.base.interner import Interner
from qz.base.source import SourceFile
from qz.syntax.items import COLUMNS, ItemTable
from qz.syntax.tokens import TokenTable, token_columns

_TOKEN_COLUMNS = ("kind", "start", "len", "partner")
_NAME = COLUMNS.index("name")


def image_of(tokens: TokenTable, items: ItemTable) -> bytes:
    """The bytes. Symbols are left out: the token of a name says what it is."""
    rows = np.array([items.columns.array(name) for name in COLUMNS], dtype=np.int32).T.copy()
    rows[:, _NAME] = rows[:, _NAME] != 0
    columns = [tokens.columns.array(name).tobytes() for name in _TOKEN_COLUMNS]
    words = b" ".join(sorted(tokens.words))
    return marshal.dumps((len(tokens), *columns, tokens.is_nested, words, rows.tobytes(), items.abi))


def from_image(source: SourceFile, interner: Interner, image: bytes) -> tuple[TokenTable, ItemTable]:
    """The tokens and items of a file whose text is that of which the image was made."""
    n, kind, start, length, partner, is_nested, words, row_bytes, abi = marshal.loads(image)
    tokens = TokenTable(source, interner)
    tokens.is_nested = is_nested
    tokens.word_image = words
    tokens.seal(token_columns(*(_column(data, n) for data in (kind, start, length, partner))))
    rows: list[int] = np.frombuffer(row_bytes, dtype=np.int32).tolist()
    name_token = COLUMNS.index("name_token") - _NAME
    for at in range(_NAME, len(rows), len(COLUMNS)):
        if rows[at]:
            rows[at] = tokens.symbol(rows[at + name_token])
    return tokens, ItemTable(rows, abi, frozenset())  # a file with foreign names is reported on, and not kept


def _column(data: bytes, n: int) -> npt.NDArray[np.unsignedinteger]:
    """A column of ``n`` rows, as wide as it was."""
    return np.frombuffer(data, dtype=f"u{len(data) // n}")

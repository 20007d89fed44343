"""Brackets with nothing between them that could matter to the layout, found for a whole file at once.

Most brackets open and close on one line, with no more than other brackets in them: they need no stack.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qz.base.columns import true_places
from qz.syntax import token_numbers as tk
from qz.syntax.nesting import CLOSER_OF
from qz.syntax.raw_tokens import Bytes, Ints

MAX_PAIRINGS = 8

_CLOSER_BY_KIND: Bytes = np.zeros(256, dtype=np.uint8)
"""What closes an opener that means the same wherever it stands; 0 is no token."""
for _opener in (tk.LPAREN, tk.LBRACKET, tk.STRING_START):
    _CLOSER_BY_KIND[_opener] = CLOSER_OF[_opener]


def pair_brackets(structural: Ints, kinds: Bytes, partners: npt.NDArray[np.int32]) -> Ints:
    """Make partners of neighbours among the structural tokens that open and close, then of those that are
    neighbours without them. Gives the tokens that are left, in which so many levels less are seen."""
    for _ in range(MAX_PAIRINGS):
        kind = kinds[structural]
        inner = true_places(_CLOSER_BY_KIND[kind[:-1]] == kind[1:])
        if not len(inner):
            break
        openers, closers = structural[inner], structural[inner + 1]
        partners[openers], partners[closers] = closers, openers
        is_left = np.ones(len(structural), dtype=np.bool_)
        is_left[inner] = is_left[inner + 1] = False
        structural = structural[is_left]
    return structural

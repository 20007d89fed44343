"""References into an arena know which of its lives they belong to."""

import pytest

from qz.base.arena import ArenaPool, StaleNodeError
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind


def test_a_reference_is_good_until_the_function_ends():
    pool = ArenaPool(AstArena)
    with pool.function("f") as arena:
        arena.append([NodeKind.TRUE, 5, 0, 0], [])
        ref = arena.ref(1)
        assert arena.deref(ref) == 1
    with pool.function("g") as again:
        again.append([NodeKind.FALSE, 7, 0, 0], [])
        with pytest.raises(StaleNodeError, match="generation 1, the arena of 2"):
            again.deref(ref)

"""What remembered answers took: by way of other answers, in circles, and while they are being found."""

from __future__ import annotations

from typing import cast

from qz.sema.decls import FunctionDecl
from qz.sema.incremental.reads import Reads


class _Function:
    """Stands for a function: only that it is itself matters."""


F, G, H = (cast(FunctionDecl, _Function()) for _ in range(3))


def test_by_way_of_others() -> None:
    reads = Reads()
    with reads.frame() as frame, reads.of("result", 1):
        reads.note(F)
        with reads.of("result", 2):
            reads.note(G)
    assert reads.functions(frame) == {F, G}
    with reads.frame() as again:
        reads.again("result", 2)
    assert reads.functions(again) == {G}


def test_all_of_a_circle_took_the_same() -> None:
    reads = Reads()
    with reads.frame() as frame, reads.of("result", 1) as first:
        reads.note(F)
        with reads.of("result", 2):
            reads.note(G)
            reads.repeat(first)
        with reads.of("result", 3):
            reads.note(H)
    assert reads.functions(frame) == {F, G, H}
    with reads.frame() as second:
        reads.again("result", 2)
    assert reads.functions(second) == {F, G, H}
    with reads.frame() as third:
        reads.again("result", 3)
    assert reads.functions(third) == {H}


def test_what_is_still_being_found_may_take_more() -> None:
    reads = Reads()
    with reads.frame() as frame, reads.of("result", 1):
        reads.note(F)
        with reads.of("result", 2):
            reads.note(G)
        assert reads.functions(frame) == {F, G}
        reads.note(H)
    assert reads.functions(frame) == {F, G, H}


def test_an_answer_that_is_found_anew_may_take_more() -> None:
    reads = Reads()
    with reads.frame() as frame, reads.of("kept", 1), reads.of("kept", 2):
        reads.note(F)
    assert reads.functions(frame) == {F}
    with reads.of("kept", 2):
        reads.note(G)
    assert reads.functions(frame) == {F, G}

"""Whose bodies an answer was drawn from.

A caller depends on the header of what it calls, which shows in the text (`fingerprints.py`). Of few things
the body matters as well: a result that is not written, what is run at compile time, whether a parameter is
kept or only looked at. Such answers are remembered, so that only the first to ask sees a body read; here it
is noted for every answer which bodies it took, and which other answers.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from qz.sema.decls import FunctionDecl


class Answer:
    """A remembered answer: what it took to find it."""

    __slots__ = ("took",)

    def __init__(self) -> None:
        self.took: set[Read] = set()


Read: TypeAlias = "FunctionDecl | Answer"


class Reads:
    """What is being found out, innermost last, and what every remembered answer took.

    An answer may be asked for while it is being found, in a circle. So what it took is looked up when all is
    done, and not added up on the way.
    """

    def __init__(self) -> None:
        self.everywhere: set[Read] = set()
        """What types of which nobody notes the use are made of, and what was read by nobody in particular."""
        self._frames: list[set[Read]] = [self.everywhere]
        self._answers: dict[tuple[str, int], Answer] = {}
        """By the question, and the declaration that it is about."""

    def note(self, function: FunctionDecl) -> None:
        """The body of a function is read."""
        self._frames[-1].add(function)

    @contextmanager
    def of(self, question: str, decl: int) -> Generator[Answer]:
        """While an answer is found that will be remembered. Of one that took nothing, as most do, there is
        nothing to know."""
        answer = self._answers.get((question, decl))
        is_new = answer is None
        if answer is None:
            answer = self._answers[question, decl] = Answer()
        self._frames[-1].add(answer)
        self._frames.append(answer.took)
        try:
            yield answer
        finally:
            self._frames.pop()
            if is_new and not answer.took:
                del self._answers[question, decl]
                self._frames[-1].discard(answer)

    def repeat(self, answer: Answer) -> None:
        """An answer is given again."""
        self._frames[-1].add(answer)

    def again(self, question: str, decl: int) -> None:
        """An answer is given that was found before."""
        answer = self._answers.get((question, decl))
        if answer is not None:
            self._frames[-1].add(answer)

    @contextmanager
    def for_all(self) -> Generator[None]:
        """While something is found that becomes part of a type."""
        frame: set[Read] = set()
        self._frames.append(frame)
        try:
            yield
        finally:
            self._frames.pop()
            self.everywhere |= frame

    @contextmanager
    def frame(self) -> Generator[set[Read]]:
        """While something is worked on that is not asked for again: the set that fills with what it takes."""
        frame: set[Read] = set()
        self._frames.append(frame)
        try:
            yield frame
        finally:
            self._frames.pop()

    def functions(self, reads: Iterable[Read]) -> set[FunctionDecl]:
        """The functions whose bodies were read, directly or by way of answers."""
        found: set[FunctionDecl] = set()
        seen: set[Answer] = set()
        pending = list(reads)
        while pending:
            read = pending.pop()
            if not isinstance(read, Answer):
                found.add(read)
            elif read not in seen:
                seen.add(read)
                pending += read.took
        return found

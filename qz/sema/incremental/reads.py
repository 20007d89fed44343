"""Whose bodies an answer was drawn from.

A caller depends on the header of what it calls, which shows in the text (`fingerprints.py`). Of few things
the body matters as well: a result that is not written, what is run at compile time, whether a parameter is
kept or only looked at. Such answers are remembered, so that only the first to ask sees a body read; here it
is noted for every answer which bodies it took, and which other answers.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from qz.sema.decls import FunctionDecl


class Answer:
    """A remembered answer: what it took to find it."""

    __slots__ = ("functions", "generation", "is_open", "took")

    def __init__(self) -> None:
        self.took: set[Read] = set()
        self.is_open = False
        """Whether it is being found."""
        self.functions: frozenset[FunctionDecl] = frozenset()
        """The functions whose bodies it took, by way of other answers too, when that was last added up."""
        self.generation = -1
        """When that was: what was added up in another generation of `Reads` may not be all."""


Read: TypeAlias = "FunctionDecl | Answer"


class Reads:
    """What is being found out, innermost last, and what every remembered answer took.

    An answer may be asked for while it is being found, in a circle. So what it took is looked up when all is
    done, and not added up on the way; but only once for each answer, since they may form long chains.
    """

    def __init__(self) -> None:
        self.everywhere: set[Read] = set()
        """What types of which nobody notes the use are made of, and what was read by nobody in particular."""
        self._frames: list[set[Read]] = [self.everywhere]
        self._answers: dict[tuple[str, int], Answer] = {}
        """By the question, and the declaration that it is about."""
        self._generation = 0
        self._unfinished: set[Answer] = set()
        """What may take more yet, while functions are looked up."""

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
        else:
            self._generation += 1  # it may take more than before, and so may all that took it
        self._frames[-1].add(answer)
        self._frames.append(answer.took)
        was_open, answer.is_open = answer.is_open, True
        try:
            yield answer
        finally:
            self._frames.pop()
            answer.is_open = was_open
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

    def repeat_all(self, reads: set[Read]) -> None:
        """What was found out in a frame is used again."""
        self._frames[-1] |= reads

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
        for read in reads:
            if isinstance(read, Answer):
                if read.generation != self._generation:
                    self._add_up(read)
                found |= read.functions
            else:
                found.add(read)
        for answer in self._unfinished:
            answer.generation = -1
        self._unfinished.clear()
        return found

    def _add_up(self, first: Answer) -> None:
        """Find the functions of an answer and of all that it took: Tarjan's walk, since all answers of a
        circle took the same."""
        order: dict[Answer, int] = {}
        lowest: dict[Answer, int] = {}
        place: dict[Answer, int] = {}
        waiting: list[Answer] = []
        walk: list[tuple[Answer, Iterator[Read]]] = []

        def enter(answer: Answer) -> None:
            order[answer] = lowest[answer] = len(order)
            place[answer] = len(waiting)
            waiting.append(answer)
            walk.append((answer, iter(answer.took)))

        enter(first)
        while walk:
            answer, left = walk[-1]
            for read in left:
                if not isinstance(read, Answer) or read.generation == self._generation:
                    continue
                if read not in order:
                    enter(read)
                    break
                lowest[answer] = min(lowest[answer], order[read])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[answer])
                if lowest[answer] == order[answer]:
                    self._settle(waiting[place[answer] :])
                    del waiting[place[answer] :]

    def _settle(self, circle: list[Answer]) -> None:
        """Note of the answers of a circle, or of one alone, what they took; all others that they took have
        theirs."""
        found: set[FunctionDecl] = set()
        is_finished = not any(answer.is_open for answer in circle)
        for answer in circle:
            for read in answer.took:
                if not isinstance(read, Answer):
                    found.add(read)
                elif read.generation == self._generation:
                    found |= read.functions
                    is_finished &= read not in self._unfinished
        functions = frozenset(found)
        for answer in circle:
            answer.functions, answer.generation = functions, self._generation
        if not is_finished:
            self._unfinished.update(circle)

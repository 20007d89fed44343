"""How tests went."""

from typing import NamedTuple


class TestResult(NamedTuple):
    """``problem`` is empty where the test passed; ``output`` is all that it wrote."""

    __test__ = False  # of pytest's
    name: str
    line: int
    problem: str
    output: bytes


class FileResult(NamedTuple):
    """``said`` is what the compiler wrote; a file with a ``problem`` of its own has no tests."""

    path: str
    tests: tuple[TestResult, ...] = ()
    said: bytes = b""
    problem: str = ""
    status: int = 0  # of the compiler

    @property
    def n_failed(self) -> int:
        return bool(self.problem) + sum(bool(test.problem) for test in self.tests)

    @property
    def n_passed(self) -> int:
        return sum(not test.problem for test in self.tests)

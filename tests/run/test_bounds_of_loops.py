"""Loops whose indices end at, or just past, the limits of a vector, with checks inside and before the loop.

One program holds a loop of every shape; a case is a shape with its range, offset and size. The optimised
program and the plain one must do what the model in this file computes, to the index that a panic names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program_files import Behaviour, execute, qz

MIN, MAX = -(2**63), 2**63 - 1
TEXT = "quartz"


def wrapped(number: int) -> int:
    """What 64 bits keep of a number."""
    return (number - MIN) % 2**64 + MIN


class Shape(NamedTuple):
    """A loop: how it counts, where it looks, and when."""

    name: str
    end: str
    index: str
    place: Callable[[int, int], int]
    slope: int
    body: str = "v[{index}] += i"
    only_even: bool = False


SHAPES = (
    Shape("plus", "..", "i + k", lambda i, k: i + k, 1),
    Shape("plus_to_last", "..=", "i + k", lambda i, k: i + k, 1),
    Shape("plus_swapped", "..", "k + i", lambda i, k: k + i, 1),
    Shape("minus", "..", "i - k", lambda i, k: i - k, 1),
    Shape("minus_to_last", "..=", "i - k - 1", lambda i, k: i - k - 1, 1),
    Shape("down", "..", "k - i", lambda i, k: k - i, -1),
    Shape("down_to_last", "..=", "k - i", lambda i, k: k - i, -1),
    Shape("steady", "..", "k", lambda i, k: k, 0),
    Shape("computed", "..=", "k * 2 + i - k * 3", lambda i, k: i - k, 1),
    Shape("now_and_then", "..=", "i + k", lambda i, k: i + k, 1, "v[{index}] += i if i % 2 == 0", True),
    Shape("of_a_string", "..", "i + k", lambda i, k: i + k, 1, "total += str_byte_at(s, {index})"),
    Shape("of_a_string_down", "..=", "k - i", lambda i, k: k - i, -1, "total += str_byte_at(s, {index})"),
)

HEAD = """
def checksum(v: Vec<Int>, start: Int): Int
  var sum = start
  for x in v
    sum = sum * 31 + x
  end
  return sum
end
"""

FUNCTION = """
def {name}(v: Vec<Int>, s: String, low: Int, high: Int, k: Int): Int
  var total = 0
  for i in low{end}high
    {body}
  end
  return checksum(v, total)
end
"""

MAIN = """
def main(args: Vec<String>): Int
  name = args[0]
  low = args[1].to_i_or(0)
  high = args[2].to_i_or(0)
  k = args[3].to_i_or(0)
  var v: Vec<Int> = vec_new()
  for i in 0..args[4].to_i_or(0)
    v.push(i)
  end
  s = "quartz"
"""


def source() -> str:
    """The program."""
    functions = [
        FUNCTION.format(name=shape.name, end=shape.end, body=shape.body.format(index=shape.index))
        for shape in SHAPES
    ]
    calls = [
        f'  puts("#{{{shape.name}(v, s, low, high, k)}}") if name == "{shape.name}"\n' for shape in SHAPES
    ]
    return "".join((HEAD, *functions, MAIN, *calls, "  return 0\nend\n"))


class Case(NamedTuple):
    """One run of one loop."""

    shape: Shape
    low: int
    high: int
    k: int
    size: int

    @property
    def words(self) -> list[str]:
        """The arguments that ask for it."""
        return [self.shape.name, *map(str, self[1:])]


class BadIndexError(Exception):
    """The panic of the model."""


def expected(case: Case) -> str:
    """The line that a case prints, or the message with which it panics."""
    shape = case.shape
    of_string = "str_byte_at" in shape.body
    values = list(TEXT.encode()) if of_string else list(range(case.size))
    total, vector = 0, list(range(case.size))
    for i in range(case.low, case.high + (shape.end == "..=")):
        if shape.only_even and i % 2:
            continue
        place = wrapped(shape.place(i, case.k))
        if not 0 <= place < len(values):
            return f"panic: index {place} is out of bounds for size {len(values)}"
        if of_string:
            total += values[place]
        else:
            vector[place] = wrapped(vector[place] + i)
    for element in vector:
        total = wrapped(total * 31 + element)
    return str(total)


def offset_for(shape: Shape, low: int, first: int) -> int:
    """The k with which a shape starts at an index."""
    return next(
        k
        for guess in (first - low, low - first, low - first - 1, first + low, first)
        if wrapped(shape.place(low, k := wrapped(guess))) == first
    )


def cases_of(shape: Shape) -> Iterator[Case]:
    """Ranges around both ends of the vector, at both ends of the integers and in their middle."""
    sizes = (len(TEXT),) if "str_byte_at" in shape.body else (0, 1, 4)
    for size in sizes:
        for first in {-2, -1, 0, 1, size - 1, size, size + 1, MIN, MAX}:
            for n_turns in {-3, 0, 1, 2, size - 1, size, size + 1}:
                for low in (0, -3, 5, MIN, MIN + 1, MAX - n_turns, MAX - n_turns + 1):
                    high = low + n_turns - (shape.end == "..=")
                    if MIN <= low <= MAX and MIN <= high <= MAX:
                        yield Case(shape, low, high, offset_for(shape, low, first), size)
        if shape.slope:
            yield Case(shape, MIN, MAX, offset_for(shape, MIN, 0), size)
            yield Case(shape, MAX, MIN, offset_for(shape, MAX, 0), size)


def outcome(behaviour: Behaviour) -> str:
    """What a program printed, or its panic."""
    if behaviour.status == 0:
        assert behaviour.errors == ""
        return behaviour.output.decode().strip()
    assert behaviour.status == 101
    assert behaviour.output == b""
    return behaviour.errors.splitlines()[0]


@pytest.fixture(scope="module", params=["-O0", "-O2"])
def program(request, compiled) -> Path:
    """The program, compiled."""
    return compiled("bounds", source(), request.param, "--overflow=wrap")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_results_and_panics(program: Path, shape: Shape) -> None:
    cases = sorted(set(cases_of(shape)), key=lambda case: case.words)[::7]
    found = {tuple(case.words): outcome(execute([str(program), *case.words])) for case in cases}
    assert found == {tuple(case.words): expected(case) for case in cases}
    panics = [text for text in found.values() if text.startswith("panic")]
    assert 0 < len(panics) < len(found)


def test_the_optimised_loops_are_doubled(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "bounds.qz").write_text(source())
    command = qz("dump-ir", "--stage", "qz-opt", "-O2", tmp_path / "bounds.qz")
    text = execute(command, cache=cache).output.decode()
    functions = {part.partition(":")[0]: part for part in re.split(r"(?m)^// ", text)}
    assert all("unchecked" in functions[f"bounds${shape.name}"] for shape in SHAPES)

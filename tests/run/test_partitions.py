"""The loop of a quicksort that divides a vector, whose checks are left out but for the first turn.

Where a search finds nothing that stops it in its first turn, it runs off the vector and panics; later it
cannot, and where it looks for an element between both ends it can only begin outside. The optimised program
must do what the model in this file computes.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import execute

N_RUNS = 80

PROGRAM = """
def divided(v: Vec<Int>, first: Int, last: Int, {parameter}: Int)
{read}  var i = first
  var j = last
  while i {sign} j
    while v[i] < pivot
      i += 1
    end
    while v[j] > pivot
      j -= 1
    end
    if i <= j
      held = v[i]
      v[i] = v[j]
      v[j] = held
      i += 1
      j -= 1
    end
  end
  puts("#{{i}} #{{j}} #{{v.join(" ")}}")
end

def main(args: Vec<String>): Int
  numbers = [args[k].to_i_or(0) for k in 3..args.size]
  divided(numbers, args[0].to_i_or(0), args[1].to_i_or(0), args[2].to_i_or(0))
  return 0
end
"""


PLACES = {
    "first + (last - first) / 2": lambda first, last: first + int((last - first) / 2),
    "(first + last) / 2": lambda first, last: int((first + last) / 2),
    "last - (last - first) / 3": lambda first, last: last - int((last - first) / 3),
    "first + ((last - first) >> 1)": lambda first, last: first + ((last - first) >> 1),
    "last >> 1": lambda first, last: last >> 1,
    "last": lambda first, last: last,
}
"""Where the element is that a vector is divided by; it lies between the two in all but one."""


def expected(
    numbers: list[int],
    first: int,
    last: int,
    pivot: int,
    place: Callable[[int, int], int] | None = None,
    sign: str = "<=",
) -> str:
    """The line that is printed, or the message of the panic."""
    v, i, j = list(numbers), first, last

    def at(place: int) -> int:
        if not 0 <= place < len(v):
            raise IndexError(f"panic: index {place} is out of bounds for size {len(v)}")
        return v[place]

    try:
        if place is not None:
            pivot = at(place(first, last))
        while i <= j if sign == "<=" else i < j:
            while at(i) < pivot:
                i += 1
            while at(j) > pivot:
                j -= 1
            if i <= j:
                v[i], v[j] = v[j], v[i]
                i, j = i + 1, j - 1
    except IndexError as panic:
        return str(panic)
    return " ".join(map(str, (i, j, *v)))


def test_searches_stop_where_they_did(compiled) -> None:
    program = compiled("divide", PROGRAM.format(parameter="pivot", read="", sign="<="), "-O2")
    rng = random.Random(1)
    n_panics = 0
    for _ in range(N_RUNS):
        numbers = [rng.randrange(-3, 4) for _ in range(rng.randrange(9))]
        first, last = rng.choice((0, 0, 1, -1)), len(numbers) - rng.choice((1, 1, 0, 2))
        pivot = rng.randrange(-5, 6)
        n_panics += _runs_as_expected(program, numbers, (first, last, pivot), expected)
    assert N_RUNS // 8 < n_panics < N_RUNS * 7 // 8  # both ends are met


@pytest.mark.parametrize("place", PLACES)
def test_searches_begin_inside_or_panic(compiled, place: str) -> None:
    rng = random.Random(place)
    sign = rng.choice(("<=", "<"))
    read = f"  pivot = v[{place}]\n"
    program = compiled("divide", PROGRAM.format(parameter="_unused", read=read, sign=sign), "-O2")
    model = functools.partial(expected, place=PLACES[place], sign=sign)
    n_panics = 0
    for _ in range(N_RUNS):
        numbers = [rng.randrange(-3, 4) for _ in range(rng.randrange(9))]
        first, last = rng.choice((0, 0, 1, 2, -1, -2)), len(numbers) - rng.choice((1, 1, 1, 0, 2, -2))
        n_panics += _runs_as_expected(program, numbers, (first, last, 0), model)
    assert 0 < n_panics < N_RUNS  # both ends are met


def _runs_as_expected(
    program: Path, numbers: list[int], words: tuple[int, int, int], model: Callable[..., str]
) -> bool:
    """Runs the program, which has to do what a model does; whether that is a panic."""
    done = execute([str(program), *(str(word) for word in (*words, *numbers))])
    told = done.output.decode().strip() or done.errors.splitlines()[0]
    assert told == model(numbers, *words), (words, numbers)
    return done.status == 101

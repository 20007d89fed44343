"""The loop of a quicksort that divides a vector, whose checks are left out but for the first turn.

Where a search finds nothing that stops it in its first turn, it runs off the vector and panics; later it
cannot. The optimised program must do what the model in this file computes.
"""

from __future__ import annotations

import random

from tests.program_files import execute

N_RUNS = 80

PROGRAM = """
def divided(v: Vec<Int>, first: Int, last: Int, pivot: Int)
  var i = first
  var j = last
  while i <= j
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
  puts("#{i} #{j} #{v.join(" ")}")
end

def main(args: Vec<String>): Int
  numbers = [args[k].to_i_or(0) for k in 3..args.size]
  divided(numbers, args[0].to_i_or(0), args[1].to_i_or(0), args[2].to_i_or(0))
  return 0
end
"""


def expected(numbers: list[int], first: int, last: int, pivot: int) -> str:
    """The line that is printed, or the message of the panic."""
    v, i, j = list(numbers), first, last

    def at(place: int) -> int:
        if not 0 <= place < len(v):
            raise IndexError(f"panic: index {place} is out of bounds for size {len(v)}")
        return v[place]

    try:
        while i <= j:
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
    program = compiled("divide", PROGRAM, "-O2")
    rng = random.Random(1)
    n_panics = 0
    for _ in range(N_RUNS):
        numbers = [rng.randrange(-3, 4) for _ in range(rng.randrange(9))]
        first, last = rng.choice((0, 0, 1, -1)), len(numbers) - rng.choice((1, 1, 0, 2))
        pivot = rng.randrange(-5, 6)
        words = [str(word) for word in (first, last, pivot, *numbers)]
        done = execute([str(program), *words])
        told = done.output.decode().strip() or done.errors.splitlines()[0]
        assert told == expected(numbers, first, last, pivot), words
        n_panics += done.status == 101
    assert N_RUNS // 8 < n_panics < N_RUNS * 7 // 8  # both ends are met

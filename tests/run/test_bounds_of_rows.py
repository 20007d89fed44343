"""Loops over rows of a table that run into the limits of either, with their checks inside and before.

Rows have different sizes, two are one vector, and some loops put others in their places. The optimised
program and the same one with no check moved must do the same, to the index that a panic names.
"""

from __future__ import annotations

import random

import pytest

from tests.run.moved_checks import n_panics_in_both

N_LOOPS = 30
N_RUNS = 30
PLAIN = [f"--fuel={name}=0" for name in ("bound_indices", "version_loops")]
MIN, MAX = -(2**63), 2**63 - 1
NEAR = (0, 1, -1, 2, 3, 4, -2, MIN, MAX, 2**31, -(2**31))

OUTER = ("0..n", "a..n", "0..t.size", "0..=n", "n - 2..n")
INNER = (
    *("for j in 0..m", "for j in a..m", "for j in 0..=m", "for j in 0..t[{row}].size", "for j in i..m"),
    *("var j = 0\n    while j < m", "var j = a\n    while j < t[{row}].size"),
)
ROWS = ("i", "a", "i + a", "n - i", "i - 1")
COLUMNS = ("j", "j + a", "m - j", "a", "j - 1", "i")
BODIES = (
    "total = total * 31 + t[{row}][{column}]",
    "t[{row}][{column}] += total + j",
    "total += t[{row}][{column}] * t[{other}][{column}]",
    "t[{row}][{column}] = t[{other}][{column}] + 1",
    "total += t[{row}][{column}] if total % 3 == 0",
    "total += deep[{other}][{row}][{column}]",
    "total += held.table[{row}][{column}]",
)
BETWEEN = ("total += i", "t[{other}] = t[{row}]", "total += t[{row}][a]", 'print("turn ")')
AFTER = ("total += j", "total += t.size")
CHANGES = ("t[{row}] = t[{other}]", "deep[{row}] = []", "held.table = deep[j] if j == 2")

LOOPS = """
def loops{number}(t: Vec<Vec<Int>>, held: Held, deep: Vec<Vec<Vec<Int>>>, n: Int, m: Int, a: Int): Int
  var total = 0
  var turns = 0
  for i in {outer}
    turns += 1
    break if turns > 40
    {between}
    {inner}
      turns += 1
      break if turns > 40
      {body}
      {after}
      {step}
    end
  end
  for row in t
    for x in row
      total = total * 7 + x
    end
  end
  return total ^ turns
end
"""

MAIN = """
struct Held
  table: Vec<Vec<Int>>
end

def main(args: Vec<String>): Int
  var t: Vec<Vec<Int>> = []
  which = args[0].to_i_or(-1)
  n = args[1].to_i_or(0)
  m = args[2].to_i_or(0)
  a = args[3].to_i_or(0)
  for i in 0..args[4].to_i_or(0)
    row: Vec<Int> = []
    for j in 0..args[5].to_i_or(0) - i % 3
      row.push(i * 10 + j)
    end
    t.push(row)
  end
  t.push(t[0]) if t.size > 0
  held = Held { table: t }
  deep = [t, [], t]
"""


def source(rng: random.Random) -> str:
    """The program."""

    def line(among: tuple[str, ...]) -> str:
        row, other, column = rng.choice(ROWS), rng.choice(ROWS), rng.choice(COLUMNS)
        return rng.choice(among).format(row=row, other=other, column=column)

    def loops(number: int) -> str:
        inner = line(INNER)
        return LOOPS.format(
            number=number,
            outer=rng.choice(OUTER),
            between=line(BETWEEN).replace("j", "a"),
            inner=inner,
            body=line(BODIES),
            after=line(rng.choice((AFTER, CHANGES))),
            step="j += 1" if "while" in inner else "",
        )

    calls = [f'  puts("#{{loops{k}(t, held, deep, n, m, a)}}") if which == {k}\n' for k in range(N_LOOPS)]
    return "".join((*map(loops, range(N_LOOPS)), MAIN, *calls, "  return 0\nend\n"))


def arguments(rng: random.Random, number: int) -> list[str]:
    """One run of one function: most of it is inside, or one number is odd."""
    n, m, a = rng.randint(0, 4), rng.randint(0, 5), rng.randint(0, 1)
    numbers = [n, m, a]
    if rng.randrange(4) == 0:
        numbers[rng.randrange(3)] = rng.choice(NEAR)
    sizes = [max(0, n + rng.randint(-1, 3)), max(0, m + rng.randint(0, 5))]
    return [str(word) for word in (number, *numbers, *sizes)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_check_before_the_loop_is_as_good_as_one_in_it(compiled, seed: int) -> None:
    rng = random.Random(seed)
    text = source(rng)
    runs = [arguments(rng, number) for number in range(N_LOOPS) for _ in range(N_RUNS)]
    n_panics = n_panics_in_both(compiled, text, PLAIN, runs)
    assert len(runs) // 5 < n_panics < len(runs) * 4 // 5  # both ends are met

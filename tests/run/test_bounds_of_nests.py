"""Nests of loops that run into the limits of a vector, with their checks inside and before the nest.

Nests are written at random: where their loops begin and end, and what sums and products they look at. The
optimised program and the same one with no check moved must do the same, to the index that a panic names.
"""

from __future__ import annotations

import random

import pytest

from tests.run.moved_checks import n_panics_in_both

N_NESTS = 30
N_RUNS = 30
PLAIN = [f"--fuel={name}=0" for name in ("bound_indices", "version_loops")]
MIN, MAX = -(2**63), 2**63 - 1
NEAR = (0, 1, -1, 2, 3, 4, -2, MIN, MAX, MAX - 1, 2**31 - 1, 2**31, 2**32, -(2**31), 2**62, 2**63 - 5)

OUTER = ("0..n", "a..n", "1..n - 1", "0..=n", "a..=m", "n - 3..n", "a * m..n")
INNER = ("0..m", "i..m", "i + 1..n", "0..=i", "b..m", "i - 1..m", "a..v.size", "0..m - i")
INDICES = (
    "i * m + j",
    "i + j",
    "(i - 1) * m + j",
    "j - i",
    "i * m",
    "n * m - 1 - j",
    "(i + b) * m + j - 1",
    "i * j",
    "a + j * b + i * m",
    "i * m - j",
    "a - i - j",
)
LOOKS = (
    "total = total * 31 + v[{}]",
    "v[{}] += 1",
    "total += v[{}] if total % 3 == 0",
    "total += str_byte_at(text, {})",
)

NEST = """
def nest{number}(v: Vec<Int>, text: String, n: Int, m: Int, a: Int, b: Int): Int
  var total = 0
  var turns = 0
  for i in {outer}
    turns += 1
    break if turns > 40
    {before}
    for j in {inner}
      turns += 1
      break if turns > 40
      {inside}
    end
  end
  for x in v
    total = total * 7 + x
  end
  return total ^ turns
end
"""

MAIN = """
def main(args: Vec<String>): Int
  var v: Vec<Int> = vec_new()
  for i in 0..args[1].to_i_or(0)
    v.push(i)
  end
  which = args[0].to_i_or(-1)
  text = "a quartz crystal"
  n = args[2].to_i_or(0)
  m = args[3].to_i_or(0)
  a = args[4].to_i_or(0)
  b = args[5].to_i_or(0)
"""


def source(rng: random.Random) -> str:
    """The program."""
    nests = [
        NEST.format(
            number=number,
            outer=rng.choice(OUTER),
            inner=rng.choice(INNER),
            before=rng.choice(("total += v[i]", "total += i", "total += v[i * m]")),
            inside=rng.choice(LOOKS).format(rng.choice(INDICES)),
        )
        for number in range(N_NESTS)
    ]
    calls = [
        f'  puts("#{{nest{number}(v, text, n, m, a, b)}}") if which == {number}\n'
        for number in range(N_NESTS)
    ]
    return "".join((*nests, MAIN, *calls, "  return 0\nend\n"))


def arguments(rng: random.Random, number: int) -> list[str]:
    """One run of one nest: where most is inside, or one number is odd, or all are."""
    n, m, a, b = rng.randint(0, 4), rng.randint(0, 4), rng.randint(0, 2), rng.randint(0, 2)
    numbers = [n, m, a, b]
    kind = rng.randrange(4)
    if kind == 2:
        numbers[rng.randrange(4)] = rng.choice(NEAR)
    if kind == 3:
        numbers = [rng.choice(NEAR) for _ in numbers]
    return [str(word) for word in (number, max(0, n * m + rng.randint(-1, 4)), *numbers)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_check_before_the_nest_is_as_good_as_one_in_it(compiled, seed: int) -> None:
    rng = random.Random(seed)
    text = source(rng)
    runs = [arguments(rng, number) for number in range(N_NESTS) for _ in range(N_RUNS)]
    n_panics = n_panics_in_both(compiled, text, PLAIN, runs)
    assert len(runs) // 5 < n_panics < len(runs) * 4 // 5  # both ends are met

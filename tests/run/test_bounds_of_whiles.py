"""`while` loops that run into the limits of a vector, with their checks inside and before the loop.

Loops are written at random: how they compare, step, and look, before and after they step. The optimised
program and the same one with no check moved or left out must do the same, to the index that a panic names.
"""

from __future__ import annotations

import random

import pytest

from tests.run.moved_checks import n_panics_in_both

N_LOOPS = 40
N_RUNS = 30
PLAIN = [
    f"--fuel={name}=0" for name in ("bound_indices", "version_loops", "place_vectors", "settle_variables")
]
MIN, MAX = -(2**63), 2**63 - 1
SIZES = (0, 1, 2, 7)
NEAR = (0, 1, -1, 2, 3, 5, 6, 7, 8, 20, -2, -20, MIN, MIN + 1, MAX, MAX - 1, 2**47, -(2**31), 2**62)

CONDITIONS = (
    "low < high",
    "low <= high",
    "high > low",
    "high >= low",
    "low < k",
    "low <= v.size - 1",
    "high > 0",
    "high >= k",
    "0 <= high",
    "low < high and v[low] != 3",
    "high > low and (v[high] < 5 or k > 3)",
    "low != high",
)
LOW_STEPS = (
    "low += 1",
    "low += 2",
    "low = step + low",
    "low += step",
    "low += 1 if total % 2 == 0",
    "low -= 1",
)
HIGH_STEPS = ("high -= 1", "high -= 3", "high -= step", "high -= 1 if low % 2 == 0", "high += 1")
INDICES = ("low", "high", "low + 1", "low - 1", "high - 1", "high + 2", "k", "high - 2147483648", "1 + low")
LOOKS = (
    "total = total * 31 + v[{}]",
    "v[{}] += 1",
    "total += v[{}] if total % 3 == 0",
    "v[{}] = v[low] ^ v[high]",
    "total += str_byte_at(text, {})",
)

LOOP = """
def loop{number}(v: Vec<Int>, text: String, start: Int, stop: Int, step: Int, k: Int): Int
  var total = 0
  var low = start
  var high = stop
  var turns = 0
  while {condition}
    turns += 1
    break if turns > 9
{body}  end
  for x in v
    total = total * 7 + x
  end
  return total ^ low * 3 ^ high
end
"""

MAIN = """
def main(args: Vec<String>): Int
  var v: Vec<Int> = vec_new()
  for i in 0..args[1].to_i_or(0)
    v.push(i)
  end
  which = args[0].to_i_or(-1)
  text = "quartz"
  start = args[2].to_i_or(0)
  stop = args[3].to_i_or(0)
  step = args[4].to_i_or(0)
  k = args[5].to_i_or(0)
"""


def body(rng: random.Random) -> str:
    """What a loop does in a turn."""
    looks = [rng.choice(LOOKS).format(rng.choice(INDICES)) for _ in range(rng.randint(1, 3))]
    steps = rng.choice(((LOW_STEPS,), (HIGH_STEPS,), (LOW_STEPS, HIGH_STEPS), (LOW_STEPS, LOW_STEPS)))
    lines = [*looks, *map(rng.choice, steps)]
    if rng.random() < 0.3:
        rng.shuffle(lines)
    return "".join(f"    {line}\n" for line in lines)


def source(rng: random.Random) -> str:
    """The program."""
    loops = [
        LOOP.format(number=number, condition=rng.choice(CONDITIONS), body=body(rng))
        for number in range(N_LOOPS)
    ]
    calls = [
        f'  puts("#{{loop{number}(v, text, start, stop, step, k)}}") if which == {number}\n'
        for number in range(N_LOOPS)
    ]
    return "".join((*loops, MAIN, *calls, "  return 0\nend\n"))


def arguments(rng: random.Random, number: int) -> list[str]:
    """One run of one loop: where most is inside, or all but the step, or wherever it may go wrong."""
    size = rng.choice(SIZES)
    start, stop, step, k = rng.randint(-1, 2), rng.randint(size - 2, size + 1), rng.randint(1, 2), size
    kind = rng.randrange(3)
    if kind > 0:
        step = rng.choice(NEAR)
    if kind > 1:
        start, stop, k = (rng.choice(NEAR) for _ in range(3))
    return [str(word) for word in (number, size, start, stop, step, k)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_check_before_the_loop_is_as_good_as_one_in_it(compiled, seed: int) -> None:
    rng = random.Random(seed)
    text = source(rng)
    runs = [arguments(rng, number) for number in range(N_LOOPS) for _ in range(N_RUNS)]
    n_panics = n_panics_in_both(compiled, text, PLAIN, runs)
    assert len(runs) // 5 < n_panics < len(runs)  # both ends are met

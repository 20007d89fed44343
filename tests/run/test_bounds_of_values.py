"""Indices that come from masks, remainders, variables, elements and tables, around the limits of vectors.

Functions are written at random, out of what `bound_indices` draws conclusions from. The optimised program and
the same one with every check in its place must do the same, to the index that a panic names.
"""

from __future__ import annotations

import random

import pytest

from tests.run.moved_checks import n_panics_in_both

N_FUNCTIONS = 40
N_RUNS = 20
PLAIN = [f"--fuel={name}=0" for name in ("bound_indices", "version_loops", "spread_checks", "place_vectors")]
NEAR = (0, 1, -1, 2, 3, 4, 5, 7, 8, 9, 63, 64, -(2**63), 2**63 - 1, 2**62, -8)
VARIABLES = ("i", "j", "k")
MAX_DEPTH = 2

FUNCTION = """
const TABLE{number}: Vec<Int> = {table}

def values{number}(a: Int, b: Int, n: Int, u: Vec<Int>, text: String): Int
  v: Vec<{v_type}> = Vec.filled({v_size}, {v_fill})
  w: Vec<Int> = Vec.filled({w_size}, {w_fill})
  var i = {i}
  var j = {j}
  var k = {k}
  var sum = 0
  var turns = 0
  loop
    turns += 1
    break if turns > {turns}
{body}  end
  for x in w
    sum = sum * 7 + x
  end
  return sum ^ i * 3 ^ j * 5 ^ k
end
"""

MAIN = """
def main(args: Vec<String>): Int
  which = args[0].to_i_or(-1)
  a = args[1].to_i_or(0)
  b = args[2].to_i_or(0)
  n = args[3].to_i_or(0)
  u: Vec<Int> = Vec.filled(args[4].to_i_or(0), 1)
  text = "quartz"
"""


class Writer:
    """Writes one function."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._table = [rng.choice((0, 1, 2, 3, 5, 7, 8)) for _ in range(rng.choice((1, 4, 8)))]
        self._v_type = rng.choice(("Int", "Int", "U8", "I32"))

    def function(self, number: int) -> str:
        rng = self._rng
        sizes = ("8", "4", "n", "n + 1", "1", "64")
        return FUNCTION.format(
            number=number,
            table=self._table,
            v_type=self._v_type,
            v_size=rng.choice(sizes),
            v_fill=rng.choice(("0", "1", "3")),
            w_size=rng.choice(sizes),
            w_fill=rng.choice(("0", "1", "n - 1", "a & 3")),
            i=rng.choice(("0", "1", "a", "n - 1")),
            j=rng.choice(("0", "n", "b", "7")),
            k=rng.choice(("0", "3", "a & 7")),
            turns=rng.choice((3, 10, 70)),
            body=self._block(MAX_DEPTH, "    "),
        )

    def _block(self, depth: int, indent: str) -> str:
        return "".join(self._statement(depth, indent, number) for number in range(self._rng.randint(2, 5)))

    def _statement(self, depth: int, indent: str, number: int) -> str:
        rng = self._rng
        name = rng.choice(VARIABLES)
        kind = rng.randrange(12 if depth else 8)
        match kind:
            case 0 | 1:
                return f"{indent}{name} {rng.choice(('+=', '+=', '-='))} {rng.choice((1, 1, 2, 3))}\n"
            case 2:
                return f"{indent}{name} = {self._number()}\n"
            case 3:
                return f"{indent}w[{self._index()}] = {self._number()}\n"
            case 4:
                if self._v_type == "Int":
                    return f"{indent}v[{self._index()}] = {self._number()}\n"
                return f"{indent}v[{self._index()}] = ({self._number()} & 15) as {self._v_type}\n"
            case 5 | 6:
                return f"{indent}sum = sum * 31 + {self._element()}\n"
            case 7:
                word = rng.choice(("break", "continue", "i = 0", "k += 1", "w[j] += 1"))
                return f"{indent}{word} if {self._condition()}\n"
            case 8 | 9:
                lines = f"{indent}if {self._condition()}\n{self._block(depth - 1, indent + '  ')}"
                if rng.random() < 0.5:
                    lines += f"{indent}else\n{self._block(depth - 1, indent + '  ')}"
                return f"{lines}{indent}end\n"
            case 10:
                counted = f"m{depth}{number}"
                ends = rng.choice(("0..n", "0..w.size", "i..j", "0..=7", "1..8", "0..v.size - 1"))
                look = f"{indent}  sum += w[{rng.choice((counted, counted + ' + 1', counted + ' - 1'))}]\n"
                leave = f"{indent}  break if {counted} > 20\n"
                body = leave + look + self._block(depth - 1, indent + "  ")
                return f"{indent}for {counted} in {ends}\n{body}{indent}end\n"
            case _:
                step = rng.choice((f"{name} += 1", f"{name} += 2", f"{name} -= 1"))
                guard = f"{indent}  turns += 1\n{indent}  break if turns > 90\n"
                body = self._block(depth - 1, indent + "  ")
                return f"{indent}while {self._condition()}\n{guard}{body}{indent}  {step}\n{indent}end\n"

    def _condition(self) -> str:
        rng = self._rng
        name = rng.choice(VARIABLES)
        ends = ("n", "8", "w.size", "v.size", "0", "7", "i", "j", "a", "u.size", str(rng.choice(NEAR[:12])))
        sign = rng.choice(("<", "<", "<=", ">", ">=", "!=", "=="))
        plain = f"{name} {sign} {rng.choice(ends)}"
        return f"{plain} {rng.choice(('and', 'or'))} {name} >= 0" if rng.random() < 0.2 else plain

    def _index(self) -> str:
        rng = self._rng
        name = rng.choice(VARIABLES)
        shapes = (
            *(
                "{0}",
                "{0}",
                "{0} + 1",
                "{0} - 1",
                "{0} - 2",
                "{0} & 7",
                "{0} & 3",
                "{0} % 8",
                "({0} & 255) % n",
            ),
            *(
                "({0} & 63) >> 3",
                "{0} / 2",
                "0",
                "7",
                "w.size - 1",
                "n - 1",
                "({0} | 1) & 7",
                "({0} & 1) * 7",
                "str_byte_at(text, {0} & 3) - 110",
                "(({0} > 3) as Int)",
            ),
        )
        return rng.choice((*shapes, f"w[{name}]", f"TABLE_[{name} & 3]", "(v[{0}] as Int)")).format(name)

    def _element(self) -> str:
        rng = self._rng
        look = rng.choice(
            ("w[{}]", "w[{}]", "(v[{}] as Int)", "u[{}]", "TABLE_[{}]", "str_byte_at(text, {})")
        )
        return look.format(self._index())

    def _number(self) -> str:
        rng = self._rng
        if rng.random() < 0.3:
            return self._element()
        return rng.choice((self._index(), str(rng.choice(NEAR)), "a", "n", "w.size", "u.size - 1"))


def source(rng: random.Random) -> str:
    """The program."""
    functions = [
        Writer(rng).function(number).replace("TABLE_", f"TABLE{number}") for number in range(N_FUNCTIONS)
    ]
    calls = [
        f'  puts("#{{values{number}(a, b, n, u, text)}}") if which == {number}\n'
        for number in range(N_FUNCTIONS)
    ]
    return "".join((*functions, MAIN, *calls, "  return 0\nend\n"))


def arguments(rng: random.Random, number: int) -> list[str]:
    """One run of one function: where most is inside, or wherever it may go wrong."""
    words = [rng.randint(0, 8), rng.randint(0, 8), rng.choice((1, 4, 8, 9, 64)), rng.choice((8, 9))]
    if rng.random() < 0.4:
        words = [rng.choice(NEAR), rng.choice(NEAR), rng.choice((0, 1, 2, 8, -1)), rng.choice((0, 1, 6))]
    return [str(word) for word in (number, *words)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_out_was_not_needed(compiled, seed: int) -> None:
    rng = random.Random(seed)
    text = source(rng)
    runs = [arguments(rng, number) for number in range(N_FUNCTIONS) for _ in range(N_RUNS)]
    n_panics = n_panics_in_both(compiled, text, PLAIN, runs)
    assert len(runs) // 10 < n_panics < len(runs)  # both ends are met

"""`--explain-bounds`: of every index, whether it is checked, when, and why."""

from __future__ import annotations

from pathlib import Path

from qz.driver.bounds import KeptChecks
from qz.driver.options import Options
from tests.program_files import execute, qz

PROGRAM = """
const TABLE = [3, 1, 4]

def anything(v: Vec<Int>): Int = v.pop() ?? 0

def first(v: Vec<Int>): Int = v[0]                          # never

def halved(n: Int): Int = n / 2

def look(v: Vec<Int>, order: Vec<Int>, k: Int, text: String): Int
  var sum = v[k]                                            # no loop is around it
  sum += v[k] if k >= 0 and k < v.size                      # never
  for i in 0..order.size
    sum += order[i] + v[i + k]                              # never; before the loop
  end
  for i in 0..order.size
    sum += v[i * 3]                                         # does not go along
    sum += str_byte_at(text, i)                             # before the loop
  end
  for i in 0..order.size
    sum += v[i - k] + anything(order)                       # calls `bounds.anything`
  end
  for i in 0..order.size
    sum += v[i - k] + halved(i) + first(order)              # before the loop
  end
  for i in 0..k step 2
    sum += v[i]                                             # one by one
  end
  for i in 0..k
    v.push(i)
    sum += v[i * k]                                         # how many elements
  end
  for i in 0..k
    for _ in 0..i
      sum += 1
    end
    sum += v[i + k]                                         # before the loop
    sum += v[i ^ k]                                         # no sum or product
  end
  for i in 0..k
    for _ in 0..i step 2
      v.push(1)
    end
    sum += v[i + k]                                         # how many elements
  end
  var i = k
  while v[i] > 0                                            # does not count
    i *= 3
  end
  while i < k
    sum += v[i]                                             # before the loop
    i += 2
  end
  fixed: Array<Int, 3> = [k, 2, 3]
  return sum + TABLE[2] + fixed[1]                          # never; by what it is
end

def main(args: Vec<String>): Int
  v = [5, 6, 7]
  v.push(args.size)
  return look(v, [1], args.size, "text") + look(v, [2], 2, "text")
end
"""


EXPECTED = {
    number: comment.split("; ")
    for number, line in enumerate(PROGRAM.splitlines(), 1)
    for comment in [line.partition("# ")[2]]
    if comment
}


def explained(tmp_path: Path, *words: str) -> dict[int, list[str]]:
    """What is said of the lines of the program that indices are in."""
    source = tmp_path / "bounds.qz"
    source.write_text(PROGRAM)
    command = qz("compile", *words, "--explain-bounds", "-o", tmp_path / "bounds", source)
    done = execute(command)
    assert done.status == 0, done.errors
    found: dict[int, list[str]] = {}
    said = ""
    for line in done.errors.splitlines():
        if line.startswith("hint[QZ7021]: this index is "):
            said = line.removeprefix("hint[QZ7021]: this index is ")
        elif line.lstrip().startswith("--> "):
            found.setdefault(int(line.split(":")[-2]), []).append(said)
    return found


def test_each_index_is_explained(tmp_path: Path) -> None:
    found = explained(tmp_path, "-O2")
    assert found.keys() == EXPECTED.keys()
    wrong = [
        (number, phrase, sentence)
        for number, phrases in EXPECTED.items()
        for phrase, sentence in zip(phrases, found[number], strict=True)
        if phrase not in sentence
    ]
    assert wrong == []


def test_without_optimisation_only_what_is_written_counts(tmp_path: Path) -> None:
    found = [sentence for sentences in explained(tmp_path, "-O0").values() for sentence in sentences]
    table, array = found[-2:]
    assert set(found[:-2]) == {"checked each time"}
    assert table.startswith("never checked")
    assert array.startswith("never checked")


def test_what_shares_a_call_is_found_and_what_is_in_another_file_is_not() -> None:
    text = """
@.s.1 = private unnamed_addr constant [28 x i8] c"...a.qz\\00", align 16
@.s.2 = private unnamed_addr constant [28 x i8] c"...b.qz\\00", align 16
  tail call void @"rt.panic$bounds"(i64 %1, i64 64, i64 ptrtoint (ptr @.s.1 to i64), i64 21474836486)
  %p = phi i64 [ 30064771080, %b1 ], [ 38654705674, %b2 ]
  tail call void @"rt.panic$bounds"(i64 %1, i64 64, i64 ptrtoint (ptr @.s.2 to i64), i64 %p)
"""
    kept = KeptChecks(text)
    assert ("a.qz", 5, 6) in kept
    assert ("b.qz", 5, 6) not in kept
    assert ("b.qz", 7, 8) in kept
    assert ("b.qz", 9, 10) in kept
    assert ("b.qz", 11, 12) not in kept


def test_the_cache_is_not_asked() -> None:
    assert Options(explain_bounds=True).observes_functions
    assert Options(explain_bounds=True).code_flags() == Options().code_flags()

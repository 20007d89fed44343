"""Programs give their memory back: every byte under valgrind, and a size that does not grow.

Valgrind sees blocks only where they are the C library's own, which is what QUARTZ_ALLOCATOR=system is for.
"""

import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program_files import CATCHES_PANICS, HOLDS_CIRCLES, TESTS, all_programs, execute, qz

VALGRIND = shutil.which("valgrind")
CC = shutil.which("cc")
TIMEOUT_SECONDS = 600

PANIC_STATUS = 101
LARGEST_FRAME = 1 << 16
"""What the stack pointer moves farther by at once is another stack: that of a task."""
ENDS_EARLY = frozenset(("exit_anywhere", "std_at_exit"))
"""Programs that end while values are in use."""
KEEPS_GLOBALS = frozenset(
    (
        *("globals", "value_globals", "ownership_aliases", "comptime_aggregates", "comptime_choices"),
        "constant_tables",
        *("arrays", "arrays_inside", "arrays_lent", "const_functions"),
        *("blocks_in_blocks", "byte_characters", "std_progress", "unboxed_tuples"),
        *("std_files", "held_nothing", "never_there"),  # with the scheduler there are its variables
    )
)
"""Programs whose module-level variables, or constants, refer to blocks at the end, of which valgrind sees no
beginning."""

WITH_TASKS = "task"
"""What the names of programs with tasks begin with: the scheduler has variables too."""

FAST = frozenset(("structs", "ownership_aliases", "ownership_flow", "ownership_containers"))
EXAMPLES = ("tour", "wc")


def memchecked(program: Path, arguments: tuple[str, ...], stdin: bytes, leak_kinds: str) -> tuple[int, str]:
    """Runs a program under memcheck; its status and what memcheck found wrong."""
    assert VALGRIND is not None
    report = program.with_suffix(".memcheck")
    done = subprocess.run(
        [
            VALGRIND,
            f"--log-file={report}",
            "--quiet",
            f"--max-stackframe={LARGEST_FRAME}",
            "--leak-check=full",
            f"--show-leak-kinds={leak_kinds}",
            f"--errors-for-leak-kinds={leak_kinds}",
            program,
            *arguments,
        ],
        input=stdin,
        capture_output=True,
        env={**os.environ, "QUARTZ_ALLOCATOR": "system"},
        cwd=TESTS.parent,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    return done.returncode, report.read_text()


def leak_kinds(name: str, status: int) -> str:
    if status == PANIC_STATUS or name in ENDS_EARLY | HOLDS_CIRCLES | CATCHES_PANICS:
        return "none"
    keeps_globals = name in KEEPS_GLOBALS or name.startswith(WITH_TASKS)
    return "definite,indirect" if keeps_globals else "definite,indirect,possible"


def _parameters():
    parameters = []
    programs = [(program, "-O2") for program in all_programs()]
    programs += [(program, "-O0") for program in all_programs() if program.name in FAST]
    for program, level in programs:
        marks = [] if program.name in FAST and level == "-O2" else [pytest.mark.slow]
        parameters.append(pytest.param(program, level, id=f"{program.name}{level}", marks=marks))
    return parameters


@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.parametrize(("program", "level"), _parameters())
def test_every_byte_is_given_back(program, level, cache, tmp_path):
    target = tmp_path / "program"
    made = execute(qz("compile", program.source, level, "--overflow=trap", "-o", target), cache=cache)
    assert made == (b"", 0, "")
    kinds = leak_kinds(program.name, program.expected_status)
    status, findings = memchecked(target, program.arguments, program.stdin, kinds)
    assert findings == ""
    assert status == program.expected_status


@pytest.mark.slow
@pytest.mark.skipif(CC is None, reason="needs a C compiler")
@pytest.mark.parametrize("program", all_programs(), ids=lambda program: program.name)
def test_leak_sanitizer_finds_nothing(program, cache, tmp_path):
    if leak_kinds(program.name, program.expected_status) == "none":
        pytest.skip("ends with values in use")
    made = execute(qz("compile", program.source, "--emit", "obj", "-o", tmp_path / "program.o"), cache=cache)
    assert made == (b"", 0, "")
    link = [CC, "-fsanitize=leak", "program.o", "-o", "program", "-lm"]
    subprocess.run(link, cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run(
        [tmp_path / "program", *program.arguments],
        input=program.stdin,
        capture_output=True,
        env={**os.environ, "QUARTZ_ALLOCATOR": "system"},
        cwd=TESTS.parent,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert b"LeakSanitizer" not in done.stderr
    assert done.returncode == program.expected_status


@pytest.mark.slow
@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_give_every_byte_back(name, cache, tmp_path):
    source = TESTS.parent / "examples" / f"{name}.qz"
    made = execute(qz("compile", source, "-O2", "-o", tmp_path / "program"), cache=cache)
    assert made == (b"", 0, "")
    status, findings = memchecked(tmp_path / "program", (), source.read_bytes(), leak_kinds(name, 0))
    assert (status, findings) == (0, "")


GROWS = """
struct Out { text: String }

def item(n: Int): String = "item #{n}, "

def main()
  var text = ""
  out = Out { text: "" }
  for n in 0..100_000
    text += item(n)
    out.text += item(n)
  end
  puts("#{text.byte_size} #{out.text == text}")
end
"""


def test_a_text_grows_where_it_lies(cache, tmp_path):
    """Copied every time, it takes a minute."""
    (tmp_path / "grows.qz").write_text(GROWS)
    command = qz("run", tmp_path / "grows.qz")
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(command, capture_output=True, env=env, timeout=30, check=False)
    assert done.stdout == b"%d true\n" % len("".join(f"item {n}, " for n in range(100_000)))


SOAK = """
struct Item
  name: String
  parts: Vec<String>
end

global last: String = ""

def turn(n: Int): Int
  var items: Vec<Item> = vec_new()
  for i in 0..20
    text = "item #{n} of #{i}"
    items.push(Item { name: text, parts: text.split(" ") })
  end
  sb = sb_new()
  for item in items
    item.name = item.parts[n % 4] + item.name
    sb.append(item.name)
  end
  last = sb.to_string()
  numbers: Vec<Int> = vec_new()
  for i in 0..40_000
    numbers.push(i)
  end
  return last.byte_size() + numbers[n]
end

def pages(): Int
  return read_file("/proc/self/statm").split(" ")[1].to_i_or(0)
end

def main(): Int
  var _total = 0
  var before = 0
  for n in 0..6000
    # By then everything has been there once, this look included.
    before = pages() if n == 500 or n == 1000
    _total += turn(n % 500)
  end
  puts("#{pages() - before}")
  return 0
end
"""


def compiled(text: str, cache: Path, folder: Path, *options: str) -> Path:
    (folder / "program.qz").write_text(text)
    target = folder / "program"
    made = execute(qz("compile", folder / "program.qz", *options, "-o", target), cache=cache)
    assert made == (b"", 0, "")
    return target


@pytest.mark.parametrize("allocator", ["own", "system"])
def test_a_program_that_runs_on_and_on_stays_as_large_as_it_is(allocator, cache, tmp_path, monkeypatch):
    monkeypatch.setenv("QUARTZ_ALLOCATOR", allocator)
    output, status, errors = execute([str(compiled(SOAK, cache, tmp_path, "-O2"))])
    assert (status, errors) == (0, "")
    assert int(output) <= 4


LONG_CHAIN = """
struct Link
  text: String
  rest: Vec<Link>
  other: Vec<Link>
end

def chain(n: Int): Link
  var link = Link { text: "end" + "", rest: vec_new(), other: vec_new() }
  for i in 0..n
    link = if i % 2 == 0
      Link { text: "#{i}", rest: [link], other: vec_new() }
    else
      Link { text: "#{i}", rest: vec_new(), other: [link, link] }
    end
  end
  return link
end

def main(): Int
  puts(chain(1_000_000).text)
  link = chain(1_000_000)
  puts(link.text)
  return 0
end
"""


def test_a_chain_of_a_million_links_is_freed_without_a_stack(cache, tmp_path):
    target = compiled(LONG_CHAIN, cache, tmp_path, "-O2")

    def limit_stack() -> None:
        resource.setrlimit(resource.RLIMIT_STACK, (128 << 10, 128 << 10))

    done = subprocess.run([target], capture_output=True, preexec_fn=limit_stack, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"999999\n999999\n", b"")


SIEVES = """
def count_primes(n: Int): Int
  composite: Vec<Bool> = Vec.filled(n + 1, false)
  var found = 0
  for i in 2..=n
    continue if composite[i]
    found += 1
    for multiple in i * i..=n step i
      composite[multiple] = true
    end
  end
  return found
end

def main(): Int
  for _ in 0..10
    puts("#{count_primes(4_000_000)}")
  end
  for line in read_file("/proc/self/status").lines()
    puts(line.replace("VmHWM:", "").replace("kB", "").trim()) if line.starts_with("VmHWM")
  end
  return 0
end
"""


def test_ten_sieves_are_no_larger_than_one(cache, tmp_path):
    output, status, errors = execute([str(compiled(SIEVES, cache, tmp_path, "-O2"))])
    assert (status, errors) == (0, "")
    *counts, kilobytes = output.split()
    assert counts == [b"283146"] * 10
    assert int(kilobytes) < 4_000 + 6_000


CHANGED_COPIES = """
enum List
  Cons(head: Int, tail: List)
  Empty
end

struct Point
  x: Int
  y: Int
end

def doubled(list: List): List
  match list
    Cons(head, tail) => return Cons(head * 2, doubled(tail))
    Empty => return Empty
  end
end

enum Tree
  Node(left: Tree, key: Int, right: Tree)
  Leaf
end

def reversed(list: List, done: List): List
  match list
    Cons(head, tail) => return reversed(tail, Cons(head, done))
    Empty => return done
  end
end

def raised(tree: Tree): Tree
  match tree
    Node(left, key, right) => return Node(raised(left), key + 1, raised(right))
    Leaf => return Leaf
  end
end

def with_key(tree: Tree, key: Int): Tree
  match tree
    Node(left, k, right) =>
      return Node(with_key(left, key), k, right) if key < k
      return Node(left, k, with_key(right, key)) if key > k
      return Node(left, key, right)
    Leaf => return Node(Leaf, key, Leaf)
  end
end

def main(args: Vec<String>): Int
  var list: List = Empty
  var tree: Tree = Leaf
  for i in 0..10
    list = Cons(i, list)
    tree = with_key(tree, i * 7 % 10)
  end
  var p = Point { x: 1, y: 2 }
  keep: Vec<Point> = []
  for i in 0..args[0].to_i_or(0)
    list = reversed(doubled(list), Empty)
    tree = raised(with_key(tree, i + 4))
    p = Point { x: p.y, y: p.x }
    keep.push(p) if i < 0
  end
  return p.x
end
"""


@pytest.mark.skipif(VALGRIND is None, reason="needs valgrind")
def test_a_changed_copy_takes_no_memory(cache, tmp_path):
    (tmp_path / "copies.qz").write_text(CHANGED_COPIES)
    made = execute(qz("compile", "-O2", tmp_path / "copies.qz", "-o", tmp_path / "copies"), cache=cache)
    assert made == (b"", 0, "")
    n_allocations: set[str] = set()
    for n_times in ("1", "9"):
        command = ["valgrind", tmp_path / "copies", n_times]
        environment = {**os.environ, "QUARTZ_ALLOCATOR": "system"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        n_allocations.add(done.stderr.partition("total heap usage: ")[2].partition(" allocs")[0])
    assert len(n_allocations) == 1
    assert n_allocations != {""}

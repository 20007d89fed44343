"""The collections against Python's, step by step, through the same random changes."""

from __future__ import annotations

import heapq
import random
from bisect import bisect_left
from collections import OrderedDict, deque
from collections.abc import Iterator
from pathlib import Path

from tests.program_files import execute, qz

PROGRAM = """
import { Deque, LruCache, PriorityQueue, Queue, SortedMap, Stack } from collections
import io/stdin

def main()
  deque: Deque<String> = Deque.new()
  least: PriorityQueue<Int> = PriorityQueue.new()
  longest: PriorityQueue<String> = PriorityQueue.by((a, b) -> a.size > b.size)
  sorted: SortedMap<Int, String> = SortedMap.new()
  cache: LruCache<Int, String> = LruCache.new(5)
  for line in stdin::lines()
    words = line.split(" ")
    n = words.last()!.to_i_or(0)
    match words[0]
      "push" => deque.push("v#{n}")
      "push_first" => deque.push_first("v#{n}")
      "pop" => puts("#{deque.pop()}")
      "pop_first" => puts("#{deque.pop_first()}")
      "deque" => puts("#{deque} #{deque.size} #{deque.get(n)} #{deque.has("v7")} #{[x for x in deque].size}")
      "rotate" => deque.rotate(n)
      "heap" => least.push(n)
      "least" => puts("#{least.first()} #{least.pop()} #{least.size}")
      "all" => puts("#{least.to_vec()}")
      "set" => sorted[n] = "v#{n}"
      "delete" => puts("#{sorted.delete(n)}")
      "get" => puts("#{sorted.get(n)} #{sorted.at_most(n)} #{sorted.at_least(n)}")
      "ends" => puts("#{sorted.size} #{sorted.first()} #{sorted.last()}")
      "between" => puts("#{[key for (key, _) in sorted.between(n, n + 20)]}")
      "sorted" => puts("#{[key for (key, _) in sorted]} #{sorted.keys() == [key for (key, _) in sorted]}")
      "keep" => cache[n] = "v#{n}"
      "use" => puts("#{cache.get(n)} #{cache.has(n + 1)}")
      "drop" => puts("#{cache.delete(n)}")
      "cache" => puts("#{cache.keys()} #{cache}")
      _ => panic(line)
    end
  end
  for word in ["a", "abc", "ab"]
    longest.push(word)
  end
  puts("#{longest}")
  stack = Stack.new()
  queue = Queue.new()
  for n in 0..3
    stack.push(n)
    queue.push(n)
  end
  puts("#{stack.pop()} #{stack} #{queue.pop()} #{queue}")
end
"""


def some(value: object) -> str:
    return "None" if value is None else f"Some({value})"


def quoted(value: object) -> str:
    return f'"{value}"'


def deque_steps(chosen: random.Random) -> Iterator[tuple[str, str | None]]:
    model: deque[str] = deque()
    for n in range(600):
        grows = n % 200 < 100  # so that it is empty now and then, and large
        step = chosen.choice(
            ["push", "push_first", "pop" if chosen.random() < 0.3 + 0.5 * (not grows) else "push"]
        )
        if chosen.random() < (0.1 if grows else 0.6):
            step = chosen.choice(["pop", "pop_first"])
        if step.startswith("push"):
            (model.append if step == "push" else model.appendleft)(f"v{n}")
            yield f"{step} {n}", None
        else:
            value = (model.pop if step == "pop" else model.popleft)() if model else None
            yield step, some(None if value is None else quoted(value))
        if n % 20 == 0:
            at = chosen.randrange(-1, len(model) + 1)
            shown = some(quoted(model[at]) if 0 <= at < len(model) else None)
            has = str("v7" in model).lower()
            values = ", ".join(map(quoted, model))
            yield f"deque {at}", f"[{values}] {len(model)} {shown} {has} {len(model)}"
        if n % 50 == 0:
            places = chosen.randrange(-3, 4)
            model.rotate(-places)
            yield f"rotate {places}", None


def heap_steps(chosen: random.Random) -> Iterator[tuple[str, str | None]]:
    model: list[int] = []
    for n in range(300):
        if chosen.random() < (0.7 if n < 150 else 0.3):
            value = chosen.randrange(50)
            heapq.heappush(model, value)
            yield f"heap {value}", None
        elif model:
            least = heapq.heappop(model)
            yield "least", f"Some({least}) Some({least}) {len(model)}"
        else:
            yield "least", "None None 0"
        if n == 150:
            yield "all", str(sorted(model))


def sorted_steps(chosen: random.Random) -> Iterator[tuple[str, str | None]]:
    model: dict[int, str] = {}

    def entry(key: int | None) -> str:
        return some(None if key is None else f'({key}, "v{key}")')

    for n in range(3000):
        key = chosen.randrange(1500)
        if chosen.random() < (0.8 if n < 1500 else 0.1):
            model[key] = f"v{key}"
            yield f"set {key}", None
        else:
            if n > 1500 and model and chosen.random() < 0.8:
                key = chosen.choice(list(model))
            value = model.pop(key, None)
            yield f"delete {key}", some(None if value is None else quoted(value))
        if n % 10 == 0:
            keys = sorted(model)
            key = chosen.randrange(-1, 1501)
            place = bisect_left(keys, key)
            after = keys[place] if place < len(keys) else None
            before = after if after == key else keys[place - 1] if place else None
            value = some(quoted(model[key]) if key in model else None)
            yield f"get {key}", f"{value} {entry(before)} {entry(after)}"
            ends = (entry(keys[0]), entry(keys[-1])) if keys else ("None", "None")
            yield "ends", f"{len(keys)} {ends[0]} {ends[1]}"
            yield f"between {key}", str([k for k in keys if key <= k < key + 20])
        if n % 500 == 0:
            yield "sorted", f"{sorted(model)} true"


def cache_steps(chosen: random.Random) -> Iterator[tuple[str, str | None]]:
    model: OrderedDict[int, str] = OrderedDict()
    for _ in range(400):
        step, key = chosen.choice(["keep", "keep", "use", "use", "drop", "cache"]), chosen.randrange(9)
        shown = some(quoted(model[key]) if key in model else None)
        if step == "keep":
            model[key] = f"v{key}"
            model.move_to_end(key)
            if len(model) > 5:
                model.popitem(last=False)
            yield f"keep {key}", None
        elif step == "use":
            if key in model:
                model.move_to_end(key)
            yield f"use {key}", f"{shown} {str(key + 1 in model).lower()}"
        elif step == "drop":
            model.pop(key, None)
            yield f"drop {key}", shown
        else:
            entries = ", ".join(f"{k} => {quoted(v)}" for k, v in reversed(model.items()))
            yield "cache", f"{list(reversed(model))} {{{entries}}}"


def test_the_collections_behave_as_pythons(tmp_path: Path, cache: Path) -> None:
    chosen = random.Random(11)
    steps = [step for steps in (deque_steps, heap_steps, sorted_steps, cache_steps) for step in steps(chosen)]
    (tmp_path / "collections_program.qz").write_text(PROGRAM)
    source = "\n".join(step for step, _ in steps).encode()
    done = execute(qz("run", tmp_path / "collections_program.qz"), stdin=source, cache=cache)
    assert (done.status, done.errors) == (0, "")
    rest = ['["abc", "ab", "a"]', "Some(2) [1, 0] Some(0) [1, 2]"]
    assert done.output.decode().splitlines() == [shown for _, shown in steps if shown is not None] + rest

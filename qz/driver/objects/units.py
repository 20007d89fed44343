"""Gathering lowered functions into codegen units.

Where one unit ends depends on the functions alone, never on how many workers there are, on how fast they are,
or on what was there from the last time, so that the same program always gives the same objects.

Units are whole modules, one or several, so that an edit of a function changes few units. What belongs to no
module of the program (the library's functions, what the compiler writes) is spread over a few groups by name.
A unit that was compiled before comes from the cache.

In a build that optimises the whole program, there is one unit: the runtime is linked into it, and everything
but the entry and what is exported becomes internal. Where a program is too large for that, its units see what
is small of each other (`copies`) and of the runtime for inlining only, and the runtime is a unit itself.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lowering.emit_llvm import FunctionText, UnitBuilder
from qz.codegen.unit import UnitJob
from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.made import TextKey
from qz.driver.objects.backend import Backend
from qz.driver.objects.copies import Copies
from qz.driver.objects.function_texts import FunctionTexts
from qz.driver.objects.runtime_unit import Runtime

# Characters of LLVM text. Small units keep the workers busy, and small themselves: in 43 units, a program of
# 16 MB takes 81 MB to compile instead of 238. Optimisation wants all it can get, up to a point.
_SMALL, _LARGE = 400_000, 1_500_000
# A unit may end behind a group when it has this part of the size at which it must. Whether it does is up to
# the group's name, so that a group that grows past a limit moves few of the others.
_MAY_END = 0.375

ENTRY_SYMBOL = "main"
ENTRY_GROUP = ""


class _Unit(NamedTuple):
    """A unit by name, with the key it has in the cache or is to be put under; its object, if it is there."""

    name: str
    key: str
    found: bytes | None


class Units:
    """The units of one program. `add` or `recall` every function, then `finish` once."""

    def __init__(
        self,
        backend: Backend,
        runtime: Runtime,
        new_builder: Callable[[], UnitBuilder],
        texts: FunctionTexts,
        cache: Cache | None,
        rebuilt: Rebuilt,
        other_outputs: dict[str, str],
        *,
        one_file: bool,
    ) -> None:
        """``other_outputs`` maps kinds of file besides the object (``asm``, ``llvm-ir`` …) to their paths.

        ``one_file`` asks for everything, the runtime included, in one object and one of each of them.
        """
        self._backend = backend
        self._runtime = runtime
        self._new_builder = new_builder
        self._texts = texts
        self._cache = cache
        self._rebuilt = rebuilt
        self._one_file = one_file
        self._other_outputs = tuple(other_outputs.items())
        self._optimises_whole = backend.profile.whole_program
        self._copies = Copies()
        self._units: list[_Unit] = []
        self._mentions: set[str] = set()
        self.keys: list[TextKey] = []

    def add(self, group: str, text: FunctionText) -> TextKey:
        """Adds a function that was compiled now."""
        key = self._texts.add(group, text)
        self.recall(key, text.declarations)
        return key

    def recall(self, key: TextKey, mentions: Iterable[str]) -> None:
        """Adds a function whose text is known."""
        self._mentions.update(mentions)
        self.keys.append(key)
        if self._optimises_whole:
            self._copies.note(key, mentions)

    def finish(self, exported: Iterable[str] = ()) -> list[bytes]:
        """Hands over all units and waits for them; the program's objects, the runtime's among them.

        ``exported`` are the symbols that C may refer to, besides the entry's.
        None at all where the runtime could not be compiled, which was reported then.
        """
        if not self._runtime.require(self._mentions):
            return []
        is_one = self._one_file or (self._optimises_whole and _size_of(self.keys) <= _LARGE)
        if is_one or self._optimises_whole:
            self._runtime.wait()  # for its bitcode
        if is_one:
            self._submit_whole((ENTRY_SYMBOL, *exported))
        else:
            parts = divided(self.keys, _LARGE if self._optimises_whole else _SMALL)
            for keys in sorted(parts, key=_size_of, reverse=True):  # so that no large one is waited for alone
                self._submit_part(keys)
            if self._optimises_whole:
                self._submit_runtime()
        self._runtime.wait()
        self._backend.finish()
        objects = [self._object(unit) for unit in self._units]
        return objects if self._optimises_whole or is_one else objects + self._runtime.objects

    def _object(self, unit: _Unit) -> bytes:
        if unit.found is not None:
            return unit.found
        made = Path(self._path(unit)).read_bytes()
        if self._cache is not None:
            self._cache.put(unit.key, made)
        return made

    def _submit_whole(self, keep: tuple[str, ...]) -> None:
        """All of the program, with the runtime; everything but the symbols to ``keep`` becomes internal."""
        runtime = self._runtime.whole()
        unit = self._found(self.keys, "whole", runtime.fingerprint)
        if unit.found is None:
            job = self._job(unit, self.keys, ())
            self._backend.submit(job._replace(bitcode=runtime.bitcode_paths, keep=keep))

    def _submit_runtime(self) -> None:
        """The runtime as a unit of its own: its functions call each other more often than anybody else."""
        runtime = self._runtime.whole()
        unit = self._found([], "runtime", runtime.fingerprint)
        if unit.found is None:
            self._backend.submit(self._job(unit, [], ())._replace(bitcode=runtime.bitcode_paths))

    def _submit_part(self, keys: list[TextKey]) -> None:
        if not self._optimises_whole:
            unit = self._found(keys, "part", "")
            if unit.found is None:
                self._backend.submit(self._job(unit, keys, ()))
            return
        copies, mentions = self._copies.around(keys)
        runtime = self._runtime.small(mentions)
        unit = self._found([*keys, *copies], "optimised part", f"{len(keys)} {runtime.fingerprint}")
        if unit.found is None:
            job = self._job(unit, keys, copies, frugal=True)
            self._backend.submit(job._replace(bitcode=runtime.bitcode_paths, bitcode_owned=False))

    def _found(self, keys: list[TextKey], kind: str, runtime: str) -> _Unit:
        """The next unit, with its object if that is in the cache; all that decides it is its key."""
        ways = (tuple(self._backend.target), self._backend.profile.name, kind, runtime)
        parts = [repr((compiler_fingerprint(), ways)).encode(), *(key.digest for key in keys)]
        key = digest(b"unit", *parts)
        found = None
        if self._cache is not None and not self._other_outputs:
            found = self._cache.get(key)
        unit = _Unit(f"unit{len(self._units)}", key, found)
        self._units.append(unit)
        self._rebuilt.n_units += 1
        return unit

    def _job(
        self, unit: _Unit, keys: list[TextKey], copies: Iterable[TextKey], *, frugal: bool = False
    ) -> UnitJob:
        self._rebuilt.unit(unit.name, len(keys))
        builder = self._new_builder()
        for text in self._texts.load(keys):
            builder.add(text)
        for text in self._texts.load(copies):
            copy = text.for_inlining()
            if copy is not None:
                builder.add(copy)
        return UnitJob(
            name=unit.name,
            text=builder.finish(frugal=frugal).encode(),
            target=self._backend.target,
            profile=self._backend.profile.name,
            is_frugal=frugal,
            outputs=(*self._other_outputs, ("obj", self._path(unit))),
            verify=self._backend.options.verify_each,
            timed=self._backend.options.time_passes,
        )

    def _path(self, unit: _Unit) -> str:
        return self._backend.path(f"{unit.name}.o")


def _size_of(keys: Iterable[TextKey]) -> int:
    return sum(key.size for key in keys)


def divided(keys: list[TextKey], limit: int) -> Iterator[list[TextKey]]:
    """The functions of each unit, in the order of their groups and symbols; ``limit`` is for their sizes."""
    keys = sorted(keys)
    if _size_of(keys) <= limit:
        if keys:
            yield keys
        return
    unit: list[TextKey] = []
    size = 0
    for group in _groups(keys, limit):
        unit += group
        size += _size_of(group)
        if size >= limit or (size >= _MAY_END * limit and zlib.crc32(group[0].group.encode()) & 1):
            yield unit
            unit, size = [], 0
    if unit:
        yield unit


def _groups(keys: list[TextKey], limit: int) -> Iterator[list[TextKey]]:
    """The functions of each group; of a large one some at a time, which their names decide."""
    groups: dict[str, list[TextKey]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    for group in groups.values():
        n_parts = 1
        while _size_of(group) > n_parts * 2 * limit:
            n_parts *= 2
        for part in range(n_parts):
            chosen = [key for key in group if zlib.crc32(key.symbol.encode()) % n_parts == part]
            if chosen:
                yield chosen

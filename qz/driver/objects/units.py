"""Gathering lowered functions into codegen units.

Where one unit ends depends on the functions alone, never on how many workers there are, on how fast they are,
or on what was there from the last time, so that the same program always gives the same objects.

A debug build's units are whole modules, one or several, so that an edit of a function changes one unit. What
belongs to no module of the program (the library's functions, what the compiler writes) is spread over a few
groups by name. A unit that was compiled before comes from the cache.

In a build that optimises the whole program, the first unit is usually the only one: the runtime is linked
into it, and everything but the entry becomes internal. Where a program is too large for that, its units
see the runtime for inlining only, and its object is linked with theirs.
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
from qz.driver.objects.function_texts import FunctionTexts
from qz.driver.objects.runtime_unit import Runtime

# Characters of LLVM text. Small units keep the workers busy, and small themselves: in 43 units, a program of
# 16 MB takes 81 MB to compile instead of 238. Optimisation wants all it can get.
_SMALL, _LARGE = 400_000, 6_000_000
# A unit may end behind a group from here on. Whether it does is up to the group's name, so that a group that
# grows past a limit moves few of the others.
_MAY_END = 150_000

ENTRY_SYMBOL = "main"
ENTRY_GROUP = ""


class _Unit(NamedTuple):
    """The name of a unit's file, and either the key it has in the cache and is to be put under, or its
    object."""

    path: str
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
        self._is_whole = backend.profile.whole_program or one_file
        self._pending: list[TextKey] = []
        self._size = 0
        self._units: list[_Unit] = []
        self._mentions: set[str] = set()
        self.keys: list[TextKey] = []

    def add(self, group: str, text: FunctionText) -> TextKey:
        """Adds a function that was compiled now."""
        key = self._texts.add(group, text)
        self.recall(key, text.declarations)
        return key

    def recall(self, key: TextKey, mentions: Iterable[str]) -> None:
        """Adds a function whose text is known; hands its unit to a worker if that filled it."""
        self._mentions.update(mentions)
        self._pending.append(key)
        self.keys.append(key)
        self._size += key.size
        if self._is_whole and not self._one_file and self._size >= _LARGE:
            self._submit(self._pending, is_last=False)
            self._pending = []
            self._size = 0

    def finish(self) -> list[bytes]:
        """Hands over what is left and waits for all; the program's objects, the runtime's among them.

        None at all where the runtime could not be compiled, which was reported then.
        """
        if self._is_whole:
            if self._pending or not self._units:
                self._submit(self._pending, is_last=True)
        else:
            for keys in divided(self._pending):
                self._submit(keys, is_last=False)
        if not self._runtime.require(self._mentions):
            return []
        self._runtime.wait()
        self._backend.finish()
        is_single = self._is_whole and len(self._units) == 1
        objects = [self._object(unit) for unit in self._units]
        return objects if is_single else objects + self._runtime.objects

    def _object(self, unit: _Unit) -> bytes:
        if unit.found is not None:
            return unit.found
        made = Path(unit.path).read_bytes()
        if self._cache is not None:
            self._cache.put(unit.key, made)
        return made

    def _submit(self, keys: list[TextKey], *, is_last: bool) -> None:
        name = f"unit{len(self._units)}"
        is_single = is_last and not self._units
        if self._is_whole:  # the runtime's bitcode goes in
            if not self._runtime.require(self._mentions):
                return
            self._runtime.wait()
        unit = _Unit(self._backend.path(f"{name}.o"), self._key(keys, is_single=is_single), None)
        if self._cache is not None and not self._other_outputs:
            unit = unit._replace(found=self._cache.get(unit.key))
        self._units.append(unit)
        self._rebuilt.n_units += 1
        if unit.found is not None:
            return
        self._rebuilt.unit(name, len(keys))
        builder = self._new_builder()
        for text in self._texts.load(keys):
            builder.add(text)
        job = UnitJob(
            name=name,
            text=builder.finish().encode(),
            target=self._backend.target,
            profile=self._backend.profile.name,
            outputs=(*self._other_outputs, ("obj", unit.path)),
            bitcode=self._runtime.bitcode_paths if self._is_whole else (),
            bitcode_owned=is_single,
            keep=(ENTRY_SYMBOL,) if self._is_whole and is_single else None,
            verify=self._backend.options.verify_each,
            timed=self._backend.options.time_passes,
        )
        self._backend.submit(job)

    def _key(self, keys: list[TextKey], *, is_single: bool) -> str:
        """All that decides a unit's object."""
        runtime = self._runtime.fingerprint if self._is_whole else ""
        ways = (tuple(self._backend.target), self._backend.profile.name, self._is_whole, is_single, runtime)
        parts = [repr((compiler_fingerprint(), ways)).encode(), *(key.digest for key in keys)]
        return digest(b"unit", *parts)


def divided(keys: list[TextKey]) -> Iterator[list[TextKey]]:
    """The functions of each unit, in the order of their groups and symbols."""
    keys = sorted(keys)
    if sum(key.size for key in keys) <= _SMALL:
        if keys:
            yield keys
        return
    unit: list[TextKey] = []
    size = 0
    for group in _groups(keys):
        unit += group
        size += sum(key.size for key in group)
        if size >= _SMALL or (size >= _MAY_END and zlib.crc32(group[0].group.encode()) & 1):
            yield unit
            unit, size = [], 0
    if unit:
        yield unit


def _groups(keys: list[TextKey]) -> Iterator[list[TextKey]]:
    """The functions of each group; of a large one some at a time, which their names decide."""
    groups: dict[str, list[TextKey]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(key)
    for group in groups.values():
        n_parts = 1
        while sum(key.size for key in group) > n_parts * 2 * _SMALL:
            n_parts *= 2
        for part in range(n_parts):
            chosen = [key for key in group if zlib.crc32(key.symbol.encode()) % n_parts == part]
            if chosen:
                yield chosen

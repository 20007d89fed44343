"""Compiled programs by what went into them.

Which files a program is made of is known only after reading them. So there are two steps: under the path
of the main file and the flags lies a manifest, the list of files that it was made of and of the paths
that were tried in vain for its imports; under a digest of the flags and of the contents of all of those
lies the entry. A manifest that is out of date leads to a digest that nothing is stored under, and so to a
new compilation.
"""

import os
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from qz.driver.caching.blobs import pack, unpack
from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest

_LARGE = 1 << 14
_INLINE, _ELSEWHERE = b"=", b"@"


class Entry(NamedTuple):
    """A compiled program: its objects, the runtime's among them, the warnings it was compiled with, and which
    tests it runs."""

    objects: tuple[bytes, ...]
    warnings: bytes = b""
    tests: bytes = b""


class ProgramCache:
    """The entries of one way to compile (``flags``) in a cache shared with others."""

    def __init__(self, cache: Cache, flags: Iterable[object]) -> None:
        self._cache = cache
        self._flags = repr((compiler_fingerprint(), *flags)).encode()

    def paths_of(self, path: str) -> Iterable[str]:
        """Every path at which something decides what that program is: its files, and where there was none."""
        return chain.from_iterable(self._manifest(path) or ())

    def find(self, path: str) -> Entry | None:
        """The program whose main file is ``path``, if nothing that it was made of has changed."""
        manifest = self._manifest(path)
        if manifest is None:
            return None
        files, missing = manifest
        key = self._entry_key(files, missing)
        blobs = unpack(self._cache.get(key)) if key else None
        if not blobs:
            return None
        warnings, tests, *kept = blobs
        objects = list(map(self._recalled, kept))
        return Entry(tuple(filter(None, objects)), warnings, tests) if all(objects) else None

    def store(self, path: str, files: list[str], missing: list[str], entry: Entry) -> None:
        """Remembers a program made of ``files``, for which the paths ``missing`` were tried."""
        files = [os.path.abspath(name) for name in files]
        missing = [os.path.abspath(name) for name in missing]
        key = self._entry_key(files, missing)
        if not key:
            return
        kept = map(self._kept, entry.objects)
        if self._cache.put(key, pack((entry.warnings, entry.tests, *kept))):
            manifest = pack([b"\0".join(map(os.fsencode, names)) for names in (files, missing)])
            self._cache.put(self._manifest_key(path), manifest)

    def _manifest(self, path: str) -> tuple[list[str], list[str]] | None:
        """The files that the program was made of the last time, and the paths that were tried in vain."""
        manifest = unpack(self._cache.get(self._manifest_key(path)))
        if manifest is None or len(manifest) != 2:
            return None
        files, missing = map(_paths, manifest)
        return files, missing

    def _kept(self, image: bytes) -> bytes:
        """An object as part of an entry: a large one has a file of its own, for the next entry as well, and
        here is its name."""
        if len(image) < _LARGE:
            return _INLINE + image
        key = digest(b"object", image)
        is_there = self._cache.touch(key) or self._cache.put(key, image)
        return _ELSEWHERE + key.encode() if is_there else _INLINE + image

    def _recalled(self, kept: bytes) -> bytes | None:
        mark, rest = kept[:1], kept[1:]
        return rest if mark == _INLINE else self._cache.get(rest.decode())

    def _manifest_key(self, path: str) -> str:
        return digest(b"manifest", self._flags, os.fsencode(os.path.abspath(path)))

    def _entry_key(self, files: list[str], missing: list[str]) -> str | None:
        """None where a file is gone, or one that was missing has appeared."""
        contents: list[bytes] = []
        try:
            for name in files:
                with open(name, "rb") as file:
                    contents.append(file.read())
        except OSError:
            return None
        if any(map(os.path.lexists, missing)):
            return None
        names = map(os.fsencode, (*files, "", *missing))
        return digest(b"entry", self._flags, *contents, *names)


def _paths(blob: bytes) -> list[str]:
    return [os.fsdecode(name) for name in blob.split(b"\0") if name]

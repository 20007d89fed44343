"""A folder of results by key, that any number of compilers may use, or be killed in, at once.

A file appears under its name whole, by a rename; readers see it or do not. It may vanish at any time. A cache
that cannot be used (no home, read-only, full disk) is no cache, and nobody is told.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from zlib import crc32

_LIMIT_BYTES = 512 << 20
_KEPT_SHARE = 0.75  # of the limit after a clean-up, so that the next one is some way off
_ABANDONED_SECONDS = 3600  # the age at which a half-written file belongs to a dead process
_PARTIAL = ".part"
_CHECKSUM_BYTES = 4


class CacheStats(NamedTuple):
    """What ``qz cache stats`` shows."""

    n_files: int
    n_bytes: int


class _File(NamedTuple):
    used: float
    size: int
    path: str


class Cache:
    """Byte strings under keys (hexadecimal digests); bounded by dropping what was used longest ago."""

    def __init__(self, folder: str, limit_bytes: int = _LIMIT_BYTES) -> None:
        self.folder = folder
        self._limit = limit_bytes

    def path(self, key: str) -> str:
        """Where ``key`` is kept, there or not."""
        return os.path.join(self.folder, key[:2], key)

    def get(self, key: str) -> bytes | None:
        """What is stored under ``key``, which thereby counts as used now."""
        path = self.path(key)
        try:
            with open(path, "rb") as file:
                image = file.read()
            os.utime(path)
        except OSError:
            return None
        data = image[:-_CHECKSUM_BYTES]
        if image[-_CHECKSUM_BYTES:] != _checksum(data):  # after a power failure, say
            _remove(path)
            return None
        return data

    def touch(self, key: str) -> bool:
        """Whether something is stored under ``key``, which thereby counts as used now."""
        try:
            os.utime(self.path(key))
        except OSError:
            return False
        return True

    def put(self, key: str, data: bytes) -> bool:
        """Stores ``data``; whether that worked."""
        path = self.path(key)
        partial = f"{path}.{os.getpid()}{_PARTIAL}"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(partial, "wb") as file:
                file.write(data)
                file.write(_checksum(data))
            os.replace(partial, path)
        except OSError:
            with suppress(OSError):
                os.unlink(partial)
            return False
        # Looking at the whole folder each time would cost more than it saves. Keys are evenly spread, so
        # this is every sixteenth time.
        if key.endswith("0"):
            self.bound()
        return True

    def bound(self) -> None:
        """Removes what was used longest ago until the folder is well within its limit."""
        files = sorted(self._files())
        total = sum(file.size for file in files)
        keep = self._limit * _KEPT_SHARE if total > self._limit else self._limit
        now = time.time()
        for file in files:
            abandoned = file.path.endswith(_PARTIAL) and now - file.used > _ABANDONED_SECONDS
            if total > keep or abandoned:
                _remove(file.path)
                total -= file.size

    def stats(self) -> CacheStats:
        """How much is there."""
        sizes = [file.size for file in self._files()]
        return CacheStats(len(sizes), sum(sizes))

    def clean(self) -> CacheStats:
        """Removes everything; what was there."""
        before = self.stats()
        for file in self._files():
            _remove(file.path)
        return before

    def _files(self) -> Iterator[_File]:
        for folder in _scan(self.folder):
            for entry in _scan(folder.path):
                with suppress(OSError):
                    status = entry.stat()
                    yield _File(status.st_mtime, status.st_size, entry.path)


def _checksum(data: bytes) -> bytes:
    return crc32(data).to_bytes(_CHECKSUM_BYTES, "little")


def _scan(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def default_folder() -> str | None:
    """Where the cache is by convention; None where there is no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # as the convention says: a relative one is ignored
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, ".cache")
    return os.path.join(base, "quartz")


def open_cache(*, wanted: bool = True) -> Cache | None:
    """The cache of this user, or None where it is not wanted or has no place."""
    folder = default_folder() if wanted else None
    return Cache(folder) if folder is not None else None

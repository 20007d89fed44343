"""The tokens and items of files by their contents."""

from __future__ import annotations

from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest


class OutlineCache:
    """What `Program` asks for a file that it reads."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._compiler = compiler_fingerprint().encode()

    def find(self, data: bytes) -> bytes | None:
        """The image made of a file with these contents, if there is one."""
        return self._cache.get(self._key(data))

    def keep(self, data: bytes, image: bytes) -> None:
        """Remembers an image."""
        self._cache.put(self._key(data), image)

    def _key(self, data: bytes) -> str:
        return digest(b"outline", self._compiler, data)

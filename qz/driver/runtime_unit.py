"""The runtime (``std/rt``) as one unit: compiled once for a processor, then kept in the cache.

Debug builds link its object; optimising ones take its bitcode in, so that its functions can be inlined.
"""

from collections.abc import Callable
from pathlib import Path

from qz.base.locations import std_root
from qz.codegen.unit import UnitJob
from qz.driver.backend import Backend
from qz.driver.blobs import pack, unpack
from qz.driver.cache import Cache
from qz.driver.fingerprint import compiler_fingerprint, digest

_PROFILE = "O2"
_NAME = "runtime"


class Runtime:
    """The runtime of one compilation: recalled or compiled by `start`, there once `wait` returns."""

    def __init__(self, backend: Backend, cache: Cache | None) -> None:
        self._backend = backend
        self._cache = cache
        self._key = _key(backend)
        self._is_new = False
        self.bitcode_path = backend.path("runtime.bc")
        self.object_path = backend.path("runtime.o")

    def start(self, make_text: Callable[[], str | None]) -> bool:
        """Recalls the runtime, or hands it to a worker; ``make_text`` compiles it down to LLVM text.

        False where that failed; what is wrong was reported then.
        """
        blobs = unpack(self._cache.get(self._key)) if self._cache else None
        if blobs is not None and len(blobs) == 2:
            Path(self.object_path).write_bytes(blobs[0])
            Path(self.bitcode_path).write_bytes(blobs[1])
            return True
        text = make_text()
        if text is None:
            return False
        outputs = (("obj", self.object_path), ("bc", self.bitcode_path))
        self._backend.submit(
            UnitJob(_NAME, text.encode(), self._backend.target, _PROFILE, outputs, (), keep=None)
        )
        self._is_new = True
        return True

    def wait(self) -> None:
        """Waits until both files are there; a new runtime is put into the cache."""
        if not self._is_new:
            return
        self._backend.finish()
        self._is_new = False
        if self._cache:
            files = (self.object_path, self.bitcode_path)
            self._cache.put(self._key, pack([Path(path).read_bytes() for path in files]))


def _key(backend: Backend) -> str:
    names_and_contents = [
        part
        for path in sorted((std_root() / "rt").glob("*.qz"))
        for part in (path.name.encode(), path.read_bytes())
    ]
    target = repr(tuple(backend.target)).encode()
    return digest(b"runtime", compiler_fingerprint().encode(), target, *names_and_contents)

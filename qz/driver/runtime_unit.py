"""The runtime (``std/rt``), a unit a module: each compiled once for a processor, then kept in the cache.

A program gets the modules it needs: those that its own functions mention, and those that they need in turn.
Debug builds link their objects; optimising ones take their bitcode in, so that its functions can be inlined.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from qz.base.locations import std_root
from qz.codegen.unit import UnitJob
from qz.driver.backend import Backend
from qz.driver.blobs import pack, unpack
from qz.driver.cache import Cache
from qz.driver.fingerprint import compiler_fingerprint, digest

_PROFILE = "O2"
_PREFIX = "rt."


class RuntimeText(NamedTuple):
    """A runtime module as LLVM text, and every symbol that it mentions."""

    text: str
    mentions: frozenset[str]


MakeText = Callable[[str], RuntimeText | None]
"""Compiles a runtime module, named as in its symbols (`rt.io`); None where that failed and was reported."""


class _Module(NamedTuple):
    object_path: str
    bitcode_path: str
    needs: tuple[str, ...]
    is_new: bool


class Runtime:
    """The runtime of one compilation: `require` what is needed, and it is there once `wait` returns."""

    def __init__(self, backend: Backend, cache: Cache | None, make_text: MakeText) -> None:
        self._backend = backend
        self._cache = cache
        self._make_text = make_text
        self._modules: dict[str, _Module] = {}
        self._key = _key(backend)

    @property
    def object_paths(self) -> list[str]:
        """The objects of all modules required so far."""
        return [module.object_path for module in self._modules.values()]

    @property
    def bitcode_paths(self) -> tuple[str, ...]:
        """Their bitcode."""
        return tuple(module.bitcode_path for module in self._modules.values())

    def require(self, symbols: Iterable[str]) -> bool:
        """Recalls the modules of these symbols and all that they need, or hands them to the workers.

        False where one could not be compiled; what is wrong was reported then.
        """
        pending = _modules_of(symbols)
        while pending:
            name = pending.pop(0)
            if name in self._modules:
                continue
            module = self._recall(name) or self._compile(name)
            if module is None:
                return False
            self._modules[name] = module
            pending += module.needs
        return True

    def wait(self) -> None:
        """Waits until all files are there; new modules are put into the cache."""
        if not any(module.is_new for module in self._modules.values()):
            return
        self._backend.finish()
        for name, module in self._modules.items():
            if module.is_new and self._cache:
                files = [Path(path).read_bytes() for path in (module.object_path, module.bitcode_path)]
                self._cache.put(self._module_key(name), pack([*files, " ".join(module.needs).encode()]))
            self._modules[name] = module._replace(is_new=False)

    def _paths(self, name: str) -> tuple[str, str]:
        return self._backend.path(f"{name}.o"), self._backend.path(f"{name}.bc")

    def _module_key(self, name: str) -> str:
        return digest(self._key.encode(), name.encode())

    def _recall(self, name: str) -> _Module | None:
        blobs = unpack(self._cache.get(self._module_key(name))) if self._cache else None
        if blobs is None or len(blobs) != 3:
            return None
        paths = self._paths(name)
        for path, blob in zip(paths, blobs[:2], strict=True):
            Path(path).write_bytes(blob)
        return _Module(*paths, tuple(blobs[2].decode().split()), is_new=False)

    def _compile(self, name: str) -> _Module | None:
        made = self._make_text(name)
        if made is None:
            return None
        paths = self._paths(name)
        outputs = (("obj", paths[0]), ("bc", paths[1]))
        self._backend.submit(
            UnitJob(name, made.text.encode(), self._backend.target, _PROFILE, outputs, (), keep=None)
        )
        needs = tuple(needed for needed in _modules_of(made.mentions) if needed != name)
        return _Module(*paths, needs, is_new=True)


def _modules_of(symbols: Iterable[str]) -> list[str]:
    """The runtime modules that these symbols belong to, in a fixed order."""
    return sorted({symbol.partition("$")[0] for symbol in symbols if symbol.startswith(_PREFIX)})


def _key(backend: Backend) -> str:
    """What every module depends on: constants of one may be part of another, so all their texts."""
    names_and_contents = [
        part
        for path in sorted((std_root() / "rt").glob("*.qz"))
        for part in (path.name.encode(), path.read_bytes())
    ]
    target = repr(tuple(backend.target)).encode()
    return digest(b"runtime", compiler_fingerprint().encode(), target, *names_and_contents)

"""The runtime (``std/rt``), a unit a function: each compiled once for a processor, then kept in the cache.

A program gets what it needs: the functions that its own mention, and those that they need in turn; for hello
world that is 20 of 200. Debug builds link their objects; optimising ones take their bitcode in, so that they
can be inlined.

The variables of a module are one unit. What is known of a module is kept in one file, which grows.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from qz.base.locations import std_root
from qz.codegen.unit import UnitJob
from qz.driver.caching.blobs import pack, unpack
from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest
from qz.driver.objects.backend import Backend

_PROFILE = "O2"
_PREFIX = "rt."
_N_BLOBS = 4  # of a unit in a file of the cache
_INLINED = 2_500  # bytes of bitcode, most of them LLVM's own tables: what is larger is hardly ever inlined


class RuntimeText(NamedTuple):
    """A unit of the runtime as LLVM text, the symbols that it defines, and those that it mentions."""

    text: str
    defines: tuple[str, ...]
    mentions: frozenset[str]


MakeText = Callable[[str], RuntimeText | None]
"""Compiles the unit with a symbol of the runtime (`rt.io$write`); None where that failed and was reported."""


class _Unit(NamedTuple):
    defines: tuple[str, ...]
    needs: tuple[str, ...]
    object_code: bytes
    bitcode: bytes

    @property
    def name(self) -> str:
        return self.defines[0]

    @property
    def module(self) -> str:
        return _module_of(self.name)

    def blobs(self) -> tuple[bytes, bytes, bytes, bytes]:
        """The unit for a file of the cache."""
        return " ".join(self.defines).encode(), " ".join(self.needs).encode(), self.object_code, self.bitcode


class RuntimePart(NamedTuple):
    """Some units of the runtime: what they are made of, and their bitcode, in files."""

    fingerprint: str
    bitcode_paths: tuple[str, ...]


class Runtime:
    """The runtime of one compilation: `require` what is needed, and it is there once `wait` returns."""

    def __init__(self, backend: Backend, cache: Cache | None, make_text: MakeText) -> None:
        self._backend = backend
        self._cache = cache
        self._make_text = make_text
        self._units: dict[str, _Unit] = {}  # by name, in the order in which they were required
        self._unit_of: dict[str, str] = {}  # by symbol, the name of the unit that defines it
        self._new: list[str] = []
        self._in_files: set[str] = set()  # the units whose bitcode is in a file by now
        self._recalled: dict[str, dict[str, _Unit]] = {}  # by module, then by symbol
        self._key = _key(backend)

    @property
    def objects(self) -> list[bytes]:
        """The objects of all units required so far."""
        return [unit.object_code for unit in self._units.values()]

    def whole(self) -> RuntimePart:
        """All units required so far."""
        return self._part(list(self._units))

    def small(self, symbols: Iterable[str]) -> RuntimePart:
        """Of the units that are there the small ones that the symbols lead to, for inlining."""
        names: set[str] = set()
        pending = _of_runtime(symbols)
        while pending:
            unit = self._units[self._unit_of[pending.pop()]]
            if unit.name not in names and len(unit.bitcode) <= _INLINED:
                names.add(unit.name)
                pending += unit.needs
        return self._part(sorted(names))

    def _part(self, names: list[str]) -> RuntimePart:
        """Bitcode of units that were recalled is written when it is first asked for."""
        for name in set(names) - self._in_files:
            Path(self._paths(name)[1]).write_bytes(self._units[name].bitcode)
            self._in_files.add(name)
        fingerprint = digest(self._key.encode(), *(name.encode() for name in names))
        return RuntimePart(fingerprint, tuple([self._paths(name)[1] for name in names]))

    def require(self, symbols: Iterable[str]) -> bool:
        """Recalls the units of these symbols and all that they need, or hands them to the workers.

        False where one could not be compiled; what is wrong was reported then.
        """
        pending = _of_runtime(symbols)
        while pending:
            symbol = pending.pop()
            if symbol in self._unit_of:
                continue
            unit = self._recall(symbol) or self._compile(symbol)
            if unit is None:
                return False
            self._units[unit.name] = unit
            self._unit_of.update(dict.fromkeys(unit.defines, unit.name))
            pending += unit.needs
        return True

    def wait(self) -> None:
        """Waits until all units are there; new ones are put into the cache."""
        if not self._new:
            return
        self._backend.finish()
        for name in self._new:
            object_code, bitcode = (Path(path).read_bytes() for path in self._paths(name))
            self._units[name] = self._units[name]._replace(object_code=object_code, bitcode=bitcode)
            self._in_files.add(name)
        if self._cache:
            for module in sorted({_module_of(name) for name in self._new}):
                self._keep(self._cache, module)
        self._new.clear()

    def _paths(self, name: str) -> tuple[str, str]:
        return self._backend.path(f"{name}.o"), self._backend.path(f"{name}.bc")

    def _recall(self, symbol: str) -> _Unit | None:
        module = _module_of(symbol)
        if module not in self._recalled:
            data = self._cache.get(self._module_key(module)) if self._cache else None
            self._recalled[module] = {name: unit for unit in _units_in(data) for name in unit.defines}
        return self._recalled[module].get(symbol)

    def _compile(self, symbol: str) -> _Unit | None:
        made = self._make_text(symbol)
        if made is None:
            return None
        name = made.defines[0]
        object_path, bitcode_path = self._paths(name)
        outputs = (("obj", object_path), ("bc", bitcode_path))
        self._backend.submit(UnitJob(name, made.text.encode(), self._backend.target, _PROFILE, outputs))
        self._new.append(name)
        return _Unit(made.defines, tuple(_of_runtime(made.mentions.difference(made.defines))), b"", b"")

    def _keep(self, cache: Cache, module: str) -> None:
        """Adds what is new to what is kept of a module, by others in the meantime perhaps."""
        kept = {unit.name: unit for unit in _units_in(cache.get(self._module_key(module)))}
        kept |= {name: unit for name, unit in self._units.items() if unit.module == module}
        cache.put(self._module_key(module), pack([blob for unit in kept.values() for blob in unit.blobs()]))

    def _module_key(self, module: str) -> str:
        return digest(self._key.encode(), module.encode())


def _module_of(symbol: str) -> str:
    return symbol.partition("$")[0]


def is_of_runtime(symbol: str) -> bool:
    """Whether a symbol is one of the runtime's."""
    return symbol.startswith(_PREFIX)


def _of_runtime(symbols: Iterable[str]) -> list[str]:
    """Those of the symbols that are the runtime's, in a fixed order."""
    return sorted(filter(is_of_runtime, symbols))


def _units_in(data: bytes | None) -> Iterator[_Unit]:
    """The units in a file of the cache; none in one that is damaged."""
    blobs = unpack(data) or []
    for at in range(0, len(blobs) - _N_BLOBS + 1, _N_BLOBS):
        defines, needs, object_code, bitcode = blobs[at : at + _N_BLOBS]
        yield _Unit(tuple(defines.decode().split()), tuple(needs.decode().split()), object_code, bitcode)


def _key(backend: Backend) -> str:
    """What every unit depends on: constants of one module may be part of another, so all their texts."""
    names_and_contents = [
        part
        for path in sorted((std_root() / "rt").glob("*.qz"))
        for part in (path.name.encode(), path.read_bytes())
    ]
    target = repr(tuple(backend.target)).encode()
    return digest(b"runtime", compiler_fingerprint().encode(), target, *names_and_contents)

"""Gathering lowered functions into codegen units.

Where one unit ends depends on the functions alone, never on how many workers there are or how fast they
are, so that the same program always gives the same objects.

In a build that optimises the whole program, the first unit is usually the only one: the runtime is linked
into it, and everything but the entry becomes internal. Where a program is too large for that, its units
see the runtime for inlining only, and its object is linked with theirs.
"""

from collections.abc import Callable
from pathlib import Path

from lowering.emit_llvm import FunctionText, UnitBuilder
from qz.codegen.unit import UnitJob
from qz.driver.backend import Backend
from qz.driver.runtime_unit import Runtime

# Characters of LLVM text at which a unit is full. Small units keep the workers busy, and small themselves: in
# 43 units, a program of 16 MB takes 81 MB to compile instead of 238. Optimisation wants all it can get.
_SMALL, _LARGE = 400_000, 6_000_000

ENTRY_SYMBOL = "main"


class Units:
    """The units of one program. `add` every function, then `finish` once."""

    def __init__(
        self,
        backend: Backend,
        runtime: Runtime,
        new_builder: Callable[[], UnitBuilder],
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
        self._builder = new_builder()
        self._size = 0
        self._one_file = one_file
        self._other_outputs = tuple(other_outputs.items())
        self._is_whole = backend.profile.whole_program or one_file
        self._limit = _LARGE if self._is_whole else _SMALL
        self._objects: list[str] = []
        self._mentions: set[str] = set()

    def add(self, function: FunctionText) -> None:
        """Adds a function; hands the unit to a worker if that filled it."""
        self._builder.add(function)
        self._mentions.update(function.declarations)
        self._size += len(function.text)
        if self._size >= self._limit and not self._one_file:
            self._submit(is_last=False)
            self._builder = self._new_builder()
            self._size = 0

    def finish(self) -> list[bytes]:
        """Hands over the last unit and waits for all; the program's objects, the runtime's among them.

        None at all where the runtime could not be compiled, which was reported then.
        """
        if self._size or not self._objects:
            self._submit(is_last=True)
        if not self._runtime.require(self._mentions):
            return []
        self._runtime.wait()
        self._backend.finish()
        is_single = self._is_whole and len(self._objects) == 1
        objects = [Path(path).read_bytes() for path in self._objects]
        return objects if is_single else objects + self._runtime.objects

    def _submit(self, *, is_last: bool) -> None:
        name = f"unit{len(self._objects)}"
        is_single = is_last and not self._objects
        path = self._backend.path(f"{name}.o")
        if self._is_whole:  # the runtime's bitcode goes in
            if not self._runtime.require(self._mentions):
                return
            self._runtime.wait()
        job = UnitJob(
            name=name,
            text=self._builder.finish().encode(),
            target=self._backend.target,
            profile=self._backend.profile.name,
            outputs=(*self._other_outputs, ("obj", path)),
            bitcode=self._runtime.bitcode_paths if self._is_whole else (),
            bitcode_owned=is_single,
            keep=(ENTRY_SYMBOL,) if self._is_whole and is_single else None,
            verify=self._backend.options.verify_each,
            timed=self._backend.options.time_passes,
        )
        self._objects.append(path)
        self._backend.submit(job)

"""Compiles programs in this process, up to what LLVM would get."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from qz.base.forked import ForkedProcess
from qz.codegen.machine import Machine, host
from qz.codegen.profiles import PROFILES
from qz.codegen.unit import UnitJob
from qz.driver.caching.cache import Cache
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.objects.function_texts import LostTextError
from qz.driver.options import Options
from qz.driver.program import Compilation


class Result(NamedTuple):
    """A stand-in for each object, made of all that decides it; what was reported; what was done again."""

    objects: list[bytes]
    reports: list[str]
    rebuilt: Rebuilt


class TextBackend:
    """A backend whose objects are fingerprints of the texts of their units."""

    def __init__(self, options: Options, folder: Path) -> None:
        self.options = options
        self.target = host()
        self.profile = PROFILES[options.level]
        with Machine(self.target, self.profile.codegen_level) as machine:
            self.data_layout = machine.data_layout()
        self.folder = str(folder)
        self.texts: dict[str, str] = {}
        self.processes: list[ForkedProcess] = []

    def path(self, name: str) -> str:
        """A place for an intermediate file."""
        return f"{self.folder}/{name}"

    def submit(self, job: UnitJob) -> None:
        """Writes what stands for the outputs of a unit."""
        self.texts[job.name] = job.text.decode()
        for kind, path in job.outputs:
            Path(path).write_bytes(kind.encode() + blake2b(job.text).hexdigest().encode())

    def finish(self) -> None:
        """Nothing is under way."""


def compiled(
    main: Path, folder: Path, cache: Cache, *, recall: bool = True, anew: bool = False, **options: object
) -> Result:
    """Compiles a program; without ``recall`` only the runtime comes from the cache, and ``anew`` puts there
    what it makes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    told = Options(files=(str(main),), use_cache=recall, **options)  # pyright: ignore[reportArgumentType]
    backend = TextBackend(told, folder)
    with collecting():
        compilation = Compilation(told, backend, cache, 0.0)  # pyright: ignore[reportArgumentType]
        compilation.makes_anew = anew
        try:
            objects = compilation.objects({})
        except LostTextError:
            return compiled(main, folder, cache, recall=recall, anew=True, **options)
    sink = compilation.session.sink
    reports = [f"{found.code} {found.span} {found.message}" for found in sink.in_source_order()]
    return Result(objects, reports, compilation.rebuilt)


@contextmanager
def collecting() -> Iterator[None]:
    """A compilation turns automatic collection off; other tests want it."""
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()

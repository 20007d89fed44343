"""Where `import a/b` is looked for. Pure: reading is done by the functions the driver hands in."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

ReadFile: TypeAlias = Callable[[str], bytes | None]
"""The contents of a file, or None where there is none."""

ListNames: TypeAlias = Callable[[str], list[str]]
"""The names in a folder; none where there is no such folder."""


RUNTIME = "rt"
"""The folder of the library that only the library imports."""


def module_key(path: str) -> str:
    """What identifies a module, however its path is written."""
    return os.path.abspath(path)


@dataclass(slots=True)
class SearchPath:
    """The roots of imports, in order: the importing file's folder, each ``-I``, the folder that holds
    ``std``, ``std`` itself. Every path that was tried and not there is remembered: a file that appears at
    one of them would change the program."""

    read: ReadFile
    include: tuple[str, ...]
    std: str
    names_in: ListNames
    missing: set[str] = field(default_factory=set[str])

    def candidates(self, importing_file: str, import_path: str) -> Iterator[str]:
        """Every file that the import may mean, first choice first."""
        for folder in self._roots(importing_file):
            base = os.path.normpath(os.path.join(folder, import_path))
            yield base + ".qz"
            yield os.path.join(base, "mod.qz")

    def _roots(self, importing_file: str) -> tuple[str, ...]:
        return os.path.dirname(importing_file), *self.include, os.path.dirname(self.std), self.std

    def beside(self, importing_file: str, import_path: str) -> Iterator[str]:
        """The imports of the modules that are where the import was looked for."""
        around = import_path.rpartition("/")[0]
        for root in self._roots(importing_file):
            for name in self.names_in(os.path.join(root, around)):
                if name.endswith(".qz") or self.exists(os.path.join(root, around, name, "mod.qz")):
                    yield "/".join(filter(None, (around, name.removesuffix(".qz"))))

    def neighbours(self, importing_file: str) -> Iterator[tuple[str, str]]:
        """What is written behind `import` for each file beside the importing one, and that file."""
        folder = os.path.dirname(importing_file)
        for name in self.names_in(folder or "."):
            if name.endswith(".qz") and name != os.path.basename(importing_file):
                yield name.removesuffix(".qz"), os.path.join(folder, name)

    def library(self) -> Iterator[tuple[str, str]]:
        """What is written behind `import` for each module of the library, and its file. A folder that has a
        module of its own name, or a `mod.qz`, holds what that module consists of."""
        for name in self.names_in(self.std):
            folder = os.path.join(self.std, name)
            if name.endswith(".qz"):
                yield name.removesuffix(".qz"), folder
            elif "mod.qz" in (inside := self.names_in(folder)):
                yield name, os.path.join(folder, "mod.qz")
            elif name != RUNTIME and not self.exists(folder + ".qz"):
                for part in inside:
                    if part.endswith(".qz"):
                        yield f"{name}/{part.removesuffix('.qz')}", os.path.join(folder, part)

    def find(self, importing_file: str, import_path: str, known: Callable[[str], bool]) -> str | None:
        """The path of the module, or None. ``known`` says whether a path is loaded already, which spares a
        read."""
        for path in self.candidates(importing_file, import_path):
            if known(module_key(path)) or self.exists(path):
                return path
        return None

    def hint_of_folder(self, main: str, import_path: str) -> str:
        """How a module is found that stands beside the ``main`` file, and is imported from a folder there."""
        beside = self.find(main, import_path, lambda _: False)
        folder = main.rpartition("/")[0] or "."
        return f"`{beside}` is beside the main file: `-I {folder}` has every module find it" if beside else ""

    def exists(self, path: str) -> bool:
        if path in self.missing:
            return False
        if self.read(path) is None:
            self.missing.add(path)
            return False
        return True

    def module_name(self, path: str, import_path: str) -> str:
        """The prefix of the module's symbols: its import path with dots; `std`'s own modules by their
        place in it."""
        if self.is_bundled(path):
            import_path = os.path.relpath(path, self.std)[: -len(".qz")]
        return import_path.replace(os.sep, "/").strip("/.").replace("/", ".")

    def display_path(self, path: str) -> str:
        """How a file is called in messages: bundled modules by their place in `std`, wherever that is
        installed."""
        if self.is_bundled(path):
            return "std/" + os.path.relpath(path, self.std).replace(os.sep, "/")
        return path

    def is_bundled(self, path: str) -> bool:
        return os.path.abspath(path).startswith(self.std + os.sep)

    def is_runtime(self, path: str) -> bool:
        """Whether the module is part of the runtime: compiled once, trusted with raw memory."""
        return os.path.abspath(path).startswith(os.path.join(self.std, RUNTIME) + os.sep)

"""`qz doc`: what modules offer, out of their sources; as text, or as a page for a browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from qz.base.interrupts import interrupts_held
from qz.base.lazy_methods import lazy_dataclass_methods
from qz.base.locations import std_root
from qz.driver.options import Options
from qz.driver.outputs import write_whole
from qz.driver.report import report_alone, show_diagnostics, wants_color
from qz.driver.session import Session

if TYPE_CHECKING:
    from qz.driver.documentation.gathering import Documented

_SUFFIX = ".qz"
_LIBRARY = "std"


class _Asked(NamedTuple):
    """A module, by its file or by the path that imports it, and the name in it that is asked for, if any."""

    module: str
    name: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file; else it is imported."""
        return self.module.endswith(_SUFFIX)


def run_doc(options: Options, started: float, html: str | None) -> int:
    """Shows what was asked for, into the file ``html`` if a page is wanted; the modules of the library where
    nothing was. 1 if something is not there."""
    asked = [one for word in options.files for one in _asked(word)]
    found: list[Documented] = []
    imported = [one for one in asked if not one.is_file]
    is_whole = True
    for group in (*([one] for one in asked if one.is_file), *([imported] if imported else [])):
        modules = _documented(options, started, group)
        is_whole = is_whole and modules is not None
        found += modules or []
    if not asked:
        _list_library()
    elif html is not None and is_whole:
        from qz.driver.documentation.page import page

        write_whole(html, page(found, " ".join(options.files)).encode())
    elif html is None:
        from qz.driver.documentation.text import of_modules

        sys.stdout.writelines(of_modules(found, color=wants_color(options.color, sys.stdout)))
    return 0 if is_whole else 1


def library_modules() -> list[str]:
    """The modules of the library as they are imported, without the runtime, and without what lies in a folder
    beside a module of the same name: parts of that."""
    root = str(std_root())
    found: list[str] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [name for name in inner if f"{name}{_SUFFIX}" not in names and name != "rt"]
        for name in names:
            if name.endswith(_SUFFIX):
                path = os.path.relpath(os.path.join(folder, name), os.path.dirname(root))
                found.append(path.removesuffix(_SUFFIX).removesuffix("/mod"))
    return sorted(found)


def _list_library() -> None:
    modules = library_modules()
    width = max(map(len, modules))
    for name in modules:
        sys.stdout.write(f"{name:{width}}  {_summary(name)}\n")


def _summary(module: str) -> str:
    """The first sentence of a module of the library."""
    from qz.driver.documentation.comments import first_sentence

    base = std_root().parent / module
    path = base.with_suffix(_SUFFIX)
    return first_sentence((path if path.is_file() else base / f"mod{_SUFFIX}").read_text(encoding="utf-8"))


def _asked(word: str) -> Iterator[_Asked]:
    """What a word asks for: `std/vec`, `std/vec::push`, a file, or `std` for the whole library."""
    module, _, name = word.partition("::")
    modules = library_modules() if module == _LIBRARY else [module]
    return (_Asked(each, name) for each in modules)


def _documented(options: Options, started: float, asked: list[_Asked]) -> list[Documented] | None:
    """What some modules offer: a file, or all that are imported. None where one is not there or wrong; it has
    been said why."""
    with interrupts_held(), lazy_dataclass_methods():
        from qz.driver.build import Build
        from qz.driver.documentation.gathering import documented, only
    session = Session(options, started)
    build = Build(session)
    session.ready()
    path = asked[0].module if asked[0].is_file else "<doc>"
    imports = None if asked[0].is_file else "".join(f"import {one.module}\n" for one in asked).encode()
    is_loaded = build.load(path, imports)
    if not is_loaded or session.sink.n_errors or build.main_module is None:
        show_diagnostics(session)
        return None
    main = build.main_module
    modules = [main] if imports is None else [line.module for line in main.imports]
    pairs = zip(modules, asked, strict=True)
    found = [documented(build.program, module, one.module) for module, one in pairs]
    show_diagnostics(session)
    if session.sink.n_errors:
        return None
    for number, (module, one) in enumerate(zip(found, asked, strict=True)):
        if one.name:
            found[number] = only(module, one.name)
            if not found[number].entries:
                report_alone(options, "QZ9007", problem=f"`{one.module}` has no public `{one.name}`")
                return None
    return found

"""Giving something another name wherever it is meant.

Whether that is all there is to it, nobody knows beforehand: the new name may hide another, or the old one
come from a macro. So the program is checked as it would be, and the same places must mean the same in it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from qz.base.source import Span
from qz.driver.build import Build
from qz.driver.language_server.lookup import module_of
from qz.driver.language_server.uses import Use, uses_of
from qz.sema.modules import ModuleEnv

Place: TypeAlias = tuple[str, int]
"""A file, and a byte of it."""


class RefusedError(Exception):
    """The program would not be the same under the new name."""


class Edit(NamedTuple):
    """A stretch that is replaced, and where in what replaces it the new name begins."""

    span: Span
    text: str
    name_at: int


def rename(
    build: Build, declared: Span, name: str, load: Callable[[dict[str, bytes]], Build]
) -> dict[str, list[Edit]]:
    """What to replace in each file so that what is declared there has another name.

    ``load`` gives the program where some files have other contents.

    Raises:
        RefusedError: for what the library declares, and where the program would not be the same.
    """
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    for use in uses_of(build, declared, own_modules(build)):
        path = build.session.sources.get(use.span.file).path
        edits[path].append(_edit(use, declared, name, build.session.sources.get(use.span.file).data))
    places = {edit.span: place for path, found in edits.items() for edit, place in _places(path, found)}
    if declared not in places:
        raise RefusedError("it is declared in the library")
    renamed = load({path: _edited(build, found) for path, found in edits.items()})
    renamed.check_all()
    has_new_errors = renamed.session.sink.n_errors > build.session.sink.n_errors
    if has_new_errors or _meant_at(renamed, places[declared], len(name.encode())) != set(places.values()):
        raise RefusedError(f"as `{name}` it would not be the same everywhere")
    return edits


def own_modules(build: Build) -> list[ModuleEnv]:
    """The modules of a program that are not the library's."""
    return [module for module in build.program.modules.values() if module.is_own]


def _edit(use: Use, declared: Span, name: str, data: bytes) -> Edit:
    """A shorthand, which names a part and a local at once, names both."""
    if use.found is None or use.found.part is None or use.found.part == use.found.declared:
        return Edit(use.span, name, 0)
    old = data[use.span.start : use.span.end].decode()
    if use.found.part == declared:
        return Edit(use.span, f"{name}: {old}", 0)
    return Edit(use.span, f"{old}: {name}", len(old.encode()) + 2)


def _places(path: str, edits: list[Edit]) -> list[tuple[Edit, Place]]:
    """Where the new name of each edit of a file begins when all of them are made."""
    found: list[tuple[Edit, Place]] = []
    shift = 0
    for edit in edits:
        found.append((edit, (path, edit.span.start + shift + edit.name_at)))
        shift += len(edit.text.encode()) - (edit.span.end - edit.span.start)
    return found


def _edited(build: Build, edits: list[Edit]) -> bytes:
    data = build.session.sources.get(edits[0].span.file).data
    for edit in reversed(edits):
        data = data[: edit.span.start] + edit.text.encode() + data[edit.span.end :]
    return data


def _meant_at(build: Build, place: Place, length: int) -> set[Place]:
    """All places that mean what is declared at one."""
    path, start = place
    module = module_of(build, path)
    if module is None:
        return set()
    declared = Span(module.source.file_id, start, start + length)
    uses = uses_of(build, declared, own_modules(build))
    return {(build.session.sources.get(use.span.file).path, use.span.start) for use in uses}

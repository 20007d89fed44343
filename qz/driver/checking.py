"""Checking a program without making anything of it, as `qz check` does, and again after each fix."""

from typing import TYPE_CHECKING

from qz.base.direct_members import find_members_directly
from qz.base.interrupts import interrupts_held
from qz.base.lazy_methods import lazy_dataclass_methods
from qz.base.lean_numpy import lean_numpy
from qz.driver.caching.cache import open_cache
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.options import Options
from qz.driver.session import Session

if TYPE_CHECKING:
    from qz.driver.measuring.trace import Trace


def checked(
    options: Options,
    path: str,
    started: float | None = None,
    data: bytes | None = None,
    trace: "Trace | None" = None,
) -> Session:
    """A session in which the program of that main file (or of ``data`` in its place) was checked."""
    find_members_directly()
    with interrupts_held(), lazy_dataclass_methods(), lean_numpy():
        from qz.driver.build import Build
        from qz.driver.caching.function_cache import open_function_cache
        from qz.driver.caching.outline_cache import OutlineCache
    session = Session(options._replace(files=(path,)), started, trace)
    session.sink.wants_hints = True
    build = Build(session)
    # What is checked in a file's place is seldom checked again.
    wants_cache = options.use_cache and data is None and not options.observes_functions
    cache = open_cache(wanted=wants_cache)
    if cache is not None:
        build.program.loader.outlines = OutlineCache(cache)
    session.ready()
    if build.load(path, data):
        if cache is not None:
            session.recall = open_function_cache(cache, build.program, session.options, ("check",), Rebuilt())
        build.check_all()
        if session.recall is not None:
            session.recall.store({}, is_whole=not session.sink.n_errors)
    return session

"""Objects for a program: recalled from the cache, or compiled.

This module and the loader are all that a warm ``qz run`` imports, so nothing here may import numpy or xdsl
before the cache has failed.
"""

import sys
from typing import TYPE_CHECKING

from qz.codegen.target import Target
from qz.driver.caching.cache import open_cache
from qz.driver.caching.program_cache import ProgramCache
from qz.driver.options import Options
from qz.driver.outcome import Outcome
from qz.driver.watching.paths import note_paths

if TYPE_CHECKING:
    from qz.driver.memory_stats import Account


def obtain_objects(options: Options, target: Target, started: float) -> Outcome:
    """The objects of ``options.files[0]`` for ``target``, with the runtime's; findings have been shown."""
    path = options.files[0]
    cache = open_cache(wanted=options.use_cache)
    programs = None
    if cache is not None and not options.observes_functions and options.emit == ("exe",):
        programs = ProgramCache(cache, (path, tuple(target), *options.code_flags()))
        entry = programs.find(path)
        if entry is not None:
            note_paths(options, programs.paths_of(path))
            if options.why:
                print("[why] nothing has changed", file=sys.stderr)
            if entry.warnings:
                from qz.driver.warnings_kept import show_kept_warnings

                show_kept_warnings(entry.warnings, options)
            account = _account(options, started) if options.watches_phases else None
            return Outcome(0, entry.objects, tests=entry.tests, account=account)
    from qz.driver.objects.backend import Backend

    with Backend(options, target) as backend:  # forks: before the imports that make the process large
        from qz.driver.quick_imports import quick_imports

        with quick_imports():
            from qz.driver.program import compile_program
        return compile_program(options, backend, cache, programs, started)


def _account(options: Options, started: float) -> "Account":
    """What it took to find out that nothing has changed."""
    from qz.driver.memory_stats import Account
    from qz.driver.session import Session, wanted_trace

    session = Session(options, started, wanted_trace(options))
    session.ready()
    return Account(session, ())

"""What the command line asked for, as one value that never changes.

A named tuple rather than a dataclass: importing ``dataclasses`` takes longer than a warm ``qz run`` may.
"""

import os
from typing import NamedTuple

# --profile and -O name one thing each: which row of `qz.codegen.profiles`, and what an overflow does.
PROFILES = {"dev": ("dev", "trap"), "release": ("O2", "wrap")}
LEVELS = {0: ("O0", "trap"), 1: ("O1", "trap"), 2: ("O2", "wrap"), 3: ("O3", "wrap")}

_MOST_WORKERS = 8  # unless -j says so; each takes memory

EMIT_KINDS = ("exe", "obj", "asm", "llvm-ir", "bc", "dep")
ERROR_FORMATS = ("text", "json", "sarif")


class Options(NamedTuple):
    """Every switch of every command; a command reads those it knows."""

    files: tuple[str, ...] = ()
    output: str | None = None
    level: str = "dev"  # a row of `qz.codegen.profiles`
    overflow: str = "trap"
    checks_bounds: bool = True
    emit: tuple[str, ...] = ("exe",)
    target: str | None = None  # a triple; None is this machine
    cpu: str = "baseline"  # or "native"
    debug: bool = False
    jobs: int = 0  # 0 is one per processor, within bounds
    arguments: tuple[str, ...] = ()  # of the program to run
    include: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    comptime_steps: int = 10_000_000  # after which an evaluation is given up
    fix: bool = False  # of check
    test_filter: str | None = None  # of test: part of a file's or test's name; None: no tests
    timeout: int = 60  # of each test, in seconds
    explain_boxes: bool = False
    explain_bounds: bool = False
    use_cache: bool = True
    why: bool = False  # say what was compiled again
    stage: str | None = None  # of dump-ir
    function: str | None = None
    generic: bool = False
    html: str | None = None  # of dump-ir: the file to write the page of all stages to
    memory_stats: bool = False
    time_passes: bool = False
    trace: str | None = None  # the file to write it to
    print_after: tuple[str, ...] = ()
    dump_dir: str | None = None
    stop_after: str | None = None
    verify_each: bool = False
    fuel: tuple[tuple[str, int], ...] = ()
    error_format: str = "text"
    color: str = "auto"
    watch: bool = False  # do it again with every change
    noted_paths: str | None = None  # the file in which a watched command notes what it depends on
    verbosity: int = 0

    @property
    def n_workers(self) -> int:
        """How many processes share the work: those that make functions, then those that run LLVM."""
        return self.jobs or min(len(os.sched_getaffinity(0)), _MOST_WORKERS)

    @property
    def watches_passes(self) -> bool:
        """Whether passes are shown or limited one by one, so that none may be joined with another."""
        return bool(self.print_after or self.dump_dir or self.fuel or self.verify_each)

    @property
    def observes_functions(self) -> bool:
        """Whether somebody wants to see what becomes of the functions, in the order in which it does: then
        nothing is taken from the cache."""
        return bool(self.watches_passes or self.stop_after or self.explain_boxes or self.explain_bounds)

    @property
    def watches_phases(self) -> bool:
        """Whether somebody wants to know what the phases take."""
        return bool(self.memory_stats or self.time_passes or self.trace)

    def function_flags(self) -> tuple[object, ...]:
        """All that changes what is found out about a function, or the code made of it, up to LLVM."""
        code = (self.overflow, self.checks_bounds, self.debug, self.features, self.comptime_steps)
        return (*code, self.target)

    def code_flags(self) -> tuple[object, ...]:
        """All that changes the code generated for given sources."""
        checks = (self.overflow, self.checks_bounds)
        code = (self.level, checks, self.debug, self.include, self.features, self.fuel)
        return (*code, self.comptime_steps, self.test_filter)

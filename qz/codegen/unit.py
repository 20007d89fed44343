"""One codegen unit: what is asked for, how it is compiled, what comes back."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from qz.base.process_memory import peak_rss
from qz.codegen.library import LlvmError
from qz.codegen.machine import Machine
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES
from qz.codegen.target import Target


class UnitJob(NamedTuple):
    """A unit to compile. Only plain values, because it travels through a pipe."""

    name: str
    text: bytes
    target: Target
    profile: str
    outputs: tuple[tuple[str, str], ...]  # (kind, path): kinds are the keys of `_WRITERS`
    bitcode: tuple[str, ...] = ()  # paths of modules to link in before optimising
    bitcode_owned: bool = True  # False: they serve inlining only
    is_frugal: bool = False  # one of many: inline what is worth it
    keep: tuple[str, ...] | None = None  # everything else becomes internal; None leaves linkage alone
    verify: bool = False
    timed: bool = False


class UnitResult(NamedTuple):
    """What became of a unit: the seconds each step took, or why it failed.

    ``began`` is the `time.perf_counter` of ``process``, which is that of the whole machine.
    """

    name: str
    error: str
    seconds: tuple[tuple[str, float], ...]
    pass_times: str
    file_error: str  # a file could not be read or written: nobody's fault
    peak_bytes: int  # of the process that compiled it
    process: int
    began: float


_WRITERS: dict[str, Callable[[Module, Machine], bytes]] = {
    "llvm-ir": lambda module, _: module.text().encode(),
    "bc": lambda module, _: module.bitcode(),
    "asm": Module.assembly,
    "obj": Module.object_code,  # last: it leaves a module that cannot be used again
}


def compile_unit(job: UnitJob) -> UnitResult:
    """Compiles ``job`` in this process and writes its outputs; a refusal of LLVM's comes back as `error`.

    LLVM may also end the process; `worker` is there for that.
    """
    seconds: list[tuple[str, float]] = []
    began = clock = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal clock
        now = time.perf_counter()
        seconds.append((step, now - clock))
        clock = now

    pass_times = ""
    error = file_error = ""
    profile = PROFILES[job.profile]
    try:
        with Machine(job.target, profile.codegen_level) as machine, Module(job.text) as module:
            lap("parse")
            module.link_in((Path(path).read_bytes() for path in job.bitcode), owned=job.bitcode_owned)
            module.prepare(job.target.triple, machine)
            if job.verify:
                module.verify()
            if job.keep is not None:
                module.keep_only(job.keep)
            lap("prepare")
            pass_times = module.optimise(machine, profile, frugal=job.is_frugal, timed=job.timed)
            lap("optimise")
            for kind, write in _WRITERS.items():
                if path := dict(job.outputs).get(kind):
                    Path(path).write_bytes(write(module, machine))
            lap("emit")
    except LlvmError as refusal:
        error = str(refusal)
    except OSError as failure:
        file_error = str(failure)
    timed = (tuple(seconds), pass_times)
    return UnitResult(job.name, error, *timed, file_error, peak_rss(), os.getpid(), began)

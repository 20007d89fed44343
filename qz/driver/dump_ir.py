"""``qz dump-ir``: any stage of the compilation, as text on standard output."""

import sys

from qz.driver.backend import Backend, target_of
from qz.driver.options import Options
from qz.driver.report import report_alone, show_diagnostics
from qz.driver.session import Session
from qz.driver.stages import STAGES, Floor

# What LLVM is asked for to show a stage that is its own.
_LLVM_KINDS = {"llvm-opt": "llvm-ir", "asm": "asm"}


def run_dump_ir(options: Options, started: float) -> int:
    """Prints the stage of every function, or of the one named; the exit status."""
    stage = STAGES[options.stage or ""]
    target = target_of(options, here=False)
    if stage.name in _LLVM_KINDS:
        with Backend(options, target) as backend:
            return _dump(options, started, target.triple, backend)
    return _dump(options, started, target.triple, None)


def _dump(options: Options, started: float, triple: str, backend: Backend | None) -> int:
    from qz.driver.build import Build
    from qz.driver.lowering_step import LoweringStep

    stage = STAGES[options.stage or ""]
    session = Session(options, started)
    build = Build(session)
    step = LoweringStep(session, triple)
    session.ready()
    n_shown = 0
    if build.load(options.files[0]):
        if stage.floor is Floor.FRONT:
            for text in build.dump(stage.name, options.function):
                n_shown += 1
                sys.stdout.write(text if text.endswith("\n") else text + "\n")
        else:
            for text in _function_dumps(session, build, step, backend):
                n_shown += 1
                sys.stdout.write(text)
    show_diagnostics(session)
    if session.sink.n_errors:
        return 1
    if options.function and not n_shown:
        report_alone(
            options, "QZ9007", problem=f"no function called `{options.function}` is part of the program"
        )
        return 2
    return 0

"""``qz dump-ir``: any stage of the compilation as text on standard output, or all of them as a page."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qz.codegen.unit import UnitJob
from qz.driver.dumps import dump
from qz.driver.objects.backend import Backend, target_of
from qz.driver.options import Options
from qz.driver.outputs import write_whole
from qz.driver.stages import STAGES, Floor

if TYPE_CHECKING:
    from qz.driver.made import FunctionUnit
    from qz.driver.program import Compilation

# What LLVM is asked for to show a stage that is its own.
_LLVM_KINDS = {"llvm-opt": "llvm-ir", "asm": "asm"}


def run_dump_ir(options: Options, started: float) -> int:
    """Shows a stage, or all of them as a page, of every function or of the one named; the exit status."""
    from qz.driver.report import report_alone, show_diagnostics

    with Backend(options._replace(jobs=1), target_of(options, here=False)) as backend:
        from qz.driver.quick_imports import quick_imports

        with quick_imports():
            from qz.driver.program import Compilation
        compilation = Compilation(options, backend, None, started)
        session = compilation.session
        n_shown = 0
        if compilation.build.load(options.files[0]):
            show = _print_stage if options.html is None else _write_page
            n_shown = show(compilation, backend)
    show_diagnostics(session)
    if session.sink.n_errors:
        return 1
    if options.function is not None and not n_shown:
        problem = f"the program has no function `{options.function}`"
        report_alone(options, "QZ9007", problem=problem)
        return 2
    return 0


def _print_stage(compilation: "Compilation", backend: Backend) -> int:
    """Prints the stage asked for; gives how many texts that was."""
    n_shown = 0
    for text in _dumps(compilation, backend):
        n_shown += 1
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return n_shown


def _write_page(compilation: "Compilation", backend: Backend) -> int:
    """Writes the page of all stages, unless there is nothing to show; gives the number of functions in it."""
    from qz.driver.side_by_side.gathering import gather
    from qz.driver.side_by_side.page import page

    session = compilation.session
    functions = gather(compilation, backend)
    if functions and not session.sink.n_errors:
        paths = {shown.path for shown in functions}
        modules = compilation.build.program.modules.values()
        sources = {module.source.path: module.source for module in modules if module.source.path in paths}
        texts = {path: source.text(0, len(source.data)) for path, source in sources.items()}
        assert session.options.html is not None
        write_whole(session.options.html, page(session.options.files[0], texts, functions).encode())
    return len(functions)


def _dumps(compilation: "Compilation", backend: Backend) -> Iterator[str]:
    """The texts of the stage asked for: one a function, or one for all of them where LLVM made it."""
    options = compilation.session.options
    stage = STAGES[options.stage or ""]
    if stage.floor is Floor.FRONT:
        yield from dump(compilation.build, stage.name, options.function)
    elif stage.floor is Floor.IR:
        yield from _ir_dumps(compilation, stage.name)
    else:
        yield from _llvm_dumps(compilation, backend, stage.name)


def _chosen(compilation: "Compilation") -> Iterator["FunctionUnit"]:
    """The functions to show; all others are gone through as well, since they lead to these."""
    session = compilation.session
    wanted = session.options.function
    for unit in compilation.build.functions():
        if wanted is None or unit.is_called(wanted):
            yield unit
        session.end_function(unit.n_nodes, unit.n_ops)
        del unit


def _ir_dumps(compilation: "Compilation", stage: str) -> Iterator[str]:
    from qz.driver.ir_text import counted, module_text

    for unit in _chosen(compilation):
        compilation.step.lower_to(unit, stage)
        text = module_text(unit.module, generic=compilation.session.options.generic)
        yield counted(unit.symbol, unit.module, text)
        del unit


def _llvm_dumps(compilation: "Compilation", backend: Backend, stage: str) -> Iterator[str]:
    step = compilation.step
    builder = step.new_builder()
    n_functions = 0
    for unit in _chosen(compilation):
        text = step.lower(unit)
        if text is not None:
            n_functions += 1
            if stage == "llvm-ir":
                yield f"; {unit.symbol}: {len(text.text)} bytes\n{text.text}"
            builder.add(text)
        del unit, text
    kind = _LLVM_KINDS.get(stage)
    if kind is None or not n_functions or compilation.session.sink.n_errors:
        return
    output = backend.path(stage)
    job = UnitJob("dump", builder.finish().encode(), backend.target, backend.profile.name, ((kind, output),))
    backend.submit(job)
    backend.finish()
    yield Path(output).read_text(encoding="utf-8")

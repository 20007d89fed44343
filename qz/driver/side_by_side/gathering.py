"""A program's functions at every stage, one function alive at a time; what is kept are texts."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from lowering.pipeline import STAGES as IR_STAGES
from qz.codegen.unit import UnitJob
from qz.driver.dumps import dump_function
from qz.driver.made import FunctionUnit
from qz.driver.measuring.ir_census import IrCensus
from qz.driver.objects.backend import Backend
from qz.driver.program import Compilation
from qz.driver.side_by_side.texts import (
    StageText,
    text_of_module,
    text_of_tree,
    texts_of_assembly,
    texts_of_llvm,
)
from qz.sema.decls import DerivedDecl, FunctionDecl
from qz.syntax.dump import dump_tokens

_TREE_STAGES = {"ast": "parse", "resolved": "resolve", "typed": "typecheck"}
"""The stages that are dumps of nodes, and the phase that makes each."""

_BYTES_PER_NODE = 13  # `AstArena`: a byte for the kind, three words of four


class Shown(NamedTuple):
    """A function of the program: where it stands, and what it is at each stage that it reached."""

    symbol: str
    path: str
    first_line: int
    last_line: int
    stages: dict[str, StageText]


def gather(compilation: Compilation, backend: Backend) -> list[Shown]:
    """The functions written in the program's own modules, or those asked for, in the order they are compiled
    in."""
    session, step = compilation.session, compilation.step
    name = session.options.function
    builder = step.new_builder()
    shown: list[Shown] = []
    owners: dict[str, Shown] = {}
    clock = _FrontClock(compilation)
    for unit in compilation.build.functions():
        spent = clock.lap()
        function = _written(unit)
        if function is not None and (function.module.is_own if name is None else unit.is_called(name)):
            entry = _front(compilation, function, spent)
            entry.stages.update(_modules(compilation, unit, entry.path, spent["irgen"]))
            text = step.text(unit)
            owners.update(dict.fromkeys(text.defined, entry))
            shown.append(entry)
        else:
            text = step.lower(unit)
        if text is not None:
            builder.add(text)
        session.end_function(unit.n_nodes, unit.n_ops)
        clock.lap()
        del unit, text
    if owners and not session.sink.n_errors:
        _add_llvm(builder.finish(), backend, owners)
    return shown


def _written(unit: FunctionUnit) -> FunctionDecl | None:
    """The function of a unit as somebody wrote it; None where the compiler did."""
    function = unit.made.function if unit.made is not None else None
    if function is None or isinstance(function, DerivedDecl) or function.default_of >= 0:
        return None
    return function if function.wraps is None else None


class _FrontClock:
    """What the phases of the front half took for one function after another, in microseconds."""

    def __init__(self, compilation: Compilation) -> None:
        phases = (*_TREE_STAGES.values(), "irgen")
        self._phases = {name: compilation.session.phase(name) for name in phases}
        self._seconds = dict.fromkeys(phases, 0.0)

    def lap(self) -> dict[str, int]:
        """What each took since the last time."""
        spent: dict[str, int] = {}
        for name, phase in self._phases.items():
            spent[name] = round((phase.seconds - self._seconds[name]) * 1e6)
            self._seconds[name] = phase.seconds
        return spent


def _front(compilation: Compilation, function: FunctionDecl, spent: dict[str, int]) -> Shown:
    """A function as it stands in its file, with the stages that are trees."""
    module = function.module
    tokens, items, source = module.tokens, module.items, module.source

    def line_of_token(token: int) -> int:
        return source.line_of(tokens.start[token])

    first, last = items.first[function.item], items.last[function.item]
    own = range(first, last + 1)
    words = StageText(list(dump_tokens(tokens, own)), [line_of_token(token) for token in own], len(own))
    stages = {"tokens": words}
    for stage, phase in _TREE_STAGES.items():
        lines = dump_function(compilation.build, function, stage)
        stages[stage] = text_of_tree(lines, line_of_token, _BYTES_PER_NODE)._replace(
            microseconds=spent[phase]
        )
    return Shown(function.display, source.path, line_of_token(first), line_of_token(last), stages)


def _modules(
    compilation: Compilation, unit: FunctionUnit, path: str, irgen_microseconds: int
) -> Iterator[tuple[str, StageText]]:
    """The stages that are modules of operations; the last of them is what the unit's module then is at."""
    microseconds = irgen_microseconds
    began = perf_counter()
    for stage in compilation.step.stages(unit, IR_STAGES[-1]):
        if stage != IR_STAGES[0]:
            microseconds = round((perf_counter() - began) * 1e6)
        text = text_of_module(unit.module, path, IrCensus().add(unit.module))
        yield stage, text._replace(microseconds=microseconds)
        began = perf_counter()


def _add_llvm(module: str, backend: Backend, owners: dict[str, Shown]) -> None:
    """Adds what LLVM was given and what it made of that. A lambda is shown behind the function it is in; what
    was inlined everywhere is gone."""
    optimised, assembly = backend.path("llvm-opt"), backend.path("asm")
    outputs = (("llvm-ir", optimised), ("asm", assembly))
    backend.submit(UnitJob("page", module.encode(), backend.target, backend.profile.name, outputs))
    backend.finish()
    files = {symbol: Path(owner.path).name for symbol, owner in owners.items()}
    for stage, texts in (
        ("llvm-ir", texts_of_llvm(module)),
        ("llvm-opt", texts_of_llvm(Path(optimised).read_text(encoding="utf-8"))),
        ("asm", texts_of_assembly(Path(assembly).read_text(encoding="utf-8"), files)),
    ):
        for symbol, text in texts:
            if symbol in owners:
                _append(owners[symbol].stages, stage, text)


def _append(stages: dict[str, StageText], stage: str, text: StageText) -> None:
    found = stages.get(stage)
    if found is None:
        stages[stage] = text
        return
    lines, sources = [*found.lines, "", *text.lines], [*found.sources, 0, *text.sources]
    stages[stage] = StageText(lines, sources, found.n_parts + text.n_parts)

"""One function from `qz` to LLVM text: the passes of `lowering`, watched as closely as the options ask."""

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

from dialects.fast_rewrites import take_apart
from lowering.abi.layout import WORD_BYTES
from lowering.abi.runtime_abi import RUNTIME_TABLES
from lowering.emit_llvm import FunctionText, UnitBuilder
from lowering.emit_llvm.stack_switch import SWITCH_STACK, switch_text
from lowering.entry import Filling, Start, Variable, entry_of_tests, entry_text, globals_text
from lowering.options import LoweringOptions
from lowering.pipeline import PASSES, STAGES, load_pass, lower_to_llvm_text, passes_to, text_of
from qz.driver.build import Build
from qz.driver.made import FunctionUnit, Global
from qz.driver.measuring.phases import Phase
from qz.driver.objects.backend import Backend
from qz.driver.session import Session
from qz.driver.stages import is_before

if TYPE_CHECKING:
    from qz.driver.bounds import BoundsWatch
    from qz.driver.measuring.pass_watch import PassWatch
from qz.sema.constants.values import AGGREGATES
from qz.sema.decls import Linking

_LAST_IR_STAGE = STAGES[-1]
_RUNTIME_PREFIX = "rt."


def _at_start(variables: Iterable[Global]) -> list[Variable]:
    """What variables hold before the program runs; what is made of blocks, the program makes."""
    found: list[Variable] = []
    for variable in variables:
        linking = variable.linking or Linking()
        width = variable.wide if linking.symbol else WORD_BYTES
        alignment = linking.alignment
        for symbol, value in variable.leaves:
            initial = 0 if isinstance(value, AGGREGATES) else value
            if symbol in variable.of_f32:
                assert isinstance(initial, float)
                initial = int.from_bytes(struct.pack("<f", initial), "little")
            found.append(Variable(symbol, initial, width, alignment, linking.section))
            alignment = 0  # the first of several is the one that is aligned
    return found


def _fillings(variables: Iterable[Global]) -> list[Filling]:
    """Which of them are filled before `main`, and by which function; last those whose makers run something of
    the program, which may look at the others."""
    made = [(v, v.maker) for v in variables if v.maker is not None]
    made.sort(key=lambda filling: not filling[1].is_maker)
    return [Filling(maker.symbol, tuple([symbol for symbol, _ in v.leaves])) for v, maker in made]


def _pass_watch(session: Session) -> "PassWatch":
    from qz.driver.measuring.pass_watch import PassWatch  # with MLIR's printer, for those who look

    options = session.options
    known = {*PASSES, "all"}
    for name in sorted({*options.print_after, *dict(options.fuel)} - known):
        session.sink.report("QZ9007", None, problem=f"there is no pass `{name}`")
    return PassWatch(options)


class LoweringStep:
    """Lowers functions with the options of a session, for the target of a backend."""

    def __init__(self, session: Session, backend: Backend) -> None:
        self._session = session
        self._backend = backend
        options = session.options
        # Copies made for speed would describe the same lines twice, which debug information cannot say yet.
        release = backend.profile.whole_program and not options.debug
        self._options = LoweringOptions(options.debug, release, os.getcwd())
        # Without lines: one runtime serves all programs.
        self._runtime_options = LoweringOptions(release=True, trusted=True)
        for name in passes_to(_LAST_IR_STAGE, self._runtime_options):
            load_pass(name)  # now, so that what importing it takes is not put down to a function
        self._watch = _pass_watch(session) if options.watches_passes else None
        self.bounds: BoundsWatch | None = None  # sees every function that is lowered without being watched
        self._around_pass = self._pass_phase if options.time_passes or options.trace else nullcontext

    @property
    def flags(self) -> tuple[object, ...]:
        """All that decides the text of a function besides the function."""
        options = self._options
        where = options.directory if options.debug else ""
        return (self._backend.target.triple, options.debug, options.release, where)

    @property
    def is_direct(self) -> bool:
        """Whether functions become text at once, without anybody watching the stages."""
        stop = self._session.options.stop_after
        return self._watch is None and (stop is None or not is_before(stop, "llvm-ir"))

    def new_builder(self) -> UnitBuilder:
        """An empty unit."""
        return UnitBuilder(self._backend.target.triple, self._backend.data_layout)

    def lower(self, unit: FunctionUnit) -> FunctionText | None:
        """The text of a function, whose module is used up; None where --stop-after comes earlier."""
        options = self._options_for(unit)
        stop = self._session.options.stop_after
        with self._session.phase("lower"):
            if self.is_direct:
                around = self._around_pass
                if self.bounds is not None:
                    around = self.bounds.around(unit.module, around)
                text = lower_to_llvm_text(unit.module, options, around)
                take_apart(unit.module)
                return text
            if stop is not None and is_before(stop, "llvm-ir"):
                self.lower_to(unit, stop)
                return None
            self.lower_to(unit, _LAST_IR_STAGE)
            return self.text(unit)

    def _pass_phase(self, name: str) -> Phase:
        return self._session.phase(f"pass {name}")

    def text(self, unit: FunctionUnit) -> FunctionText:
        """The text of a function whose module has reached the last stage of the IR."""
        text = text_of(unit.module, self._options_for(unit))
        if self._watch is not None:
            self._watch.text_made(unit.symbol, text.text)
        return text

    def lower_to(self, unit: FunctionUnit, stage: str) -> None:
        """Takes a function's module down to a stage of the IR, in place, pass after pass."""
        for _ in self.stages(unit, stage):
            pass

    def stages(self, unit: FunctionUnit, last: str) -> Iterator[str]:
        """Takes a function's module down to a stage of the IR, in place; gives each stage on the way."""
        options = self._options_for(unit)
        watch = self._watch
        if watch is not None:
            watch.begin(unit.symbol, unit.module)
        n_done = 0
        for reached in STAGES[: STAGES.index(last) + 1]:
            names = passes_to(reached, options)
            for name in names[n_done:]:
                if watch is not None and not watch.allows(name):
                    continue
                with self._pass_phase(name):
                    load_pass(name)(unit.module, options)
                if watch is not None:
                    watch.pass_done(name, unit.symbol, unit.module)
            n_done = len(names)
            if self._session.options.verify_each:
                from lowering.legality import verify_stage

                verify_stage(unit.module, reached)
            yield reached

    def entry(self, build: Build) -> tuple[FunctionText, ...]:
        """What a program has besides its functions: its variables, and C's ``main``."""
        fillings = _fillings(build.globals())
        points = build.entry
        starts = [Start(test.symbol) for test in points.tests]
        if points.main is not None:
            main = Start(points.main_symbol, points.main_takes_arguments, points.main_returns_status)
            starts.append(main)
        is_for_tests = self._session.options.test_filter is not None
        entry = entry_of_tests(starts, fillings) if is_for_tests else entry_text(starts[0], fillings)
        own = [v for v in build.globals() if not v.symbol.startswith(_RUNTIME_PREFIX)]
        return globals_text(_at_start(own)), entry

    def runtime_globals(self, build: Build, symbol: str) -> FunctionText:
        """The variables and tables of the module of the runtime that the symbol belongs to."""
        module = symbol.partition("$")[0]
        tables = [(name, n) for name, n in RUNTIME_TABLES.items() if name.partition("$")[0] == module]
        return globals_text(_at_start(build.runtime.variables(symbol)), tables)

    def stack_switch(self, build: Build) -> FunctionText | None:
        """The one function of the runtime that is written by hand; reported where the processor has none."""
        text = switch_text(self._backend.target.architecture)
        if text is None:
            build.runtime.report_no_tasks(SWITCH_STACK)
        return text

    def _options_for(self, unit: FunctionUnit) -> LoweringOptions:
        return self._runtime_options if unit.symbol.startswith(_RUNTIME_PREFIX) else self._options

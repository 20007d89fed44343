"""The front half: from a main file to the IR of every function it needs, one function alive at a time.

A function is generated because something that runs may call it; the rest of the program's own modules is
checked all the same (`ModuleChecks`). Where there is much to generate, other processes do (`parallel`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from qz.base.arena import ArenaPool
from qz.base.locations import std_root
from qz.base.mem_usage import MemUsage
from qz.driver.caching.function_cache import Recalled
from qz.driver.configuration import configuration_of
from qz.driver.entry_points import EntryPoints
from qz.driver.made import FunctionUnit, Global, Made, group_of, is_walked
from qz.driver.module_checks import ModuleChecks
from qz.driver.runtime_modules import RuntimeModules
from qz.driver.session import Session
from qz.driver.source_files import names_in, read_source
from qz.driver.variables import global_of
from qz.driver.watching.paths import note_paths
from qz.sema.body import Body
from qz.sema.constants.values import ConstValue
from qz.sema.decls import (
    ConstDecl,
    FunctionDecl,
    GlobalDecl,
)
from qz.sema.derived.derivations import Derivations
from qz.sema.instances import Instances
from qz.sema.loading.search_path import SearchPath
from qz.sema.methods import Methods
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.queries import Queries
from qz.syntax.ast import AstArena

if TYPE_CHECKING:
    from qz.driver.comptime.evaluation import Comptime
    from qz.driver.ir_making import IrMaker
    from qz.driver.parallel.messages import Tally
    from qz.driver.parallel.ready import MakeElsewhere, Ready


MANY_FUNCTIONS = 48
"""How many are made here before others help: small programs have fewer, and forking is not for nothing."""


class Build:
    """One program through the front half. `load` first; it reports into the session's sink."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._contents: dict[str, bytes | None] = {}
        search = SearchPath(self._read, session.options.include, str(std_root()), names_in)
        self.arenas: ArenaPool[AstArena] = ArenaPool(AstArena)
        self.program = Program(
            session.sources,
            session.interner,
            session.sink,
            search,
            self.arenas,
            Methods,
            Queries,
            Instances,
            Derivations,
            self._interpret,
            session.phase,
            _is_intrinsic,
            configuration_of(session.options),
        )
        self.checks = ModuleChecks(session, self.program, self.arenas)
        self._comptime: Comptime | None = None
        self._in_memory: set[str] = set()
        """The symbols of the variables that the code mentions, and of the aggregate constants that it looks
        at."""
        self._walked: set[int] = set()
        """The functions that were made or known, by id."""
        self.main_module: ModuleEnv | None = None
        self.entry = EntryPoints(self.program)
        self.runtime = RuntimeModules(self.program)
        self._recalled: dict[int, Recalled | None] = {}
        self.make_elsewhere: MakeElsewhere | None = None
        """What makes functions in other processes, where there is much to do."""
        self._ready: dict[int, Ready] = {}
        self._claimed: set[int] = set()
        """The functions of which is known who asked for them first, where others made what asked."""

    @cached_property
    def ir(self) -> IrMaker:
        """What makes IR. Who asks first, waits for the imports."""
        from qz.driver.ir_making import IrMaker

        return IrMaker(self.program, self.session.options)

    def provide(self, path: str, data: bytes) -> None:
        """Has a file that will be imported be ``data``, whatever is on disk."""
        self._contents[path] = data

    def _read(self, path: str) -> bytes | None:
        """The contents of an imported file, or None where there is none."""
        if path not in self._contents:
            try:
                with open(path, "rb") as file:
                    self._contents[path] = file.read()
            except (OSError, ValueError):
                self._contents[path] = None
        return self._contents[path]

    def _interpret(self, body: Body, node: int) -> ConstValue | None:
        """The value of an expression that has to be run."""
        if self._comptime is None:
            from qz.driver.comptime.evaluation import (
                Comptime,  # with the interpreter, which most programs do not need
            )

            self._comptime = Comptime(self.program, self.ir.types, self.session.options.comptime_steps)
        return self._comptime.value(body, node)

    # Loading

    def load(self, path: str, data: bytes | None = None) -> bool:
        """Read the main file and everything it imports. False where the main file cannot be read.

        ``data`` stands for the contents of the file where they are not what is on disk.
        """
        if data is None:
            data = read_source(path, self.session.sink)
        if data is None:
            return False
        self._contents[path] = data
        with self.session.phase("resolve_pass1"):
            self.main_module = self.program.loader.load(path, data)
        note_paths(self.session.options, self._contents)
        with self.session.phase("resolve_pass2"):
            self.program.declare_methods()
        return True

    def module_files(self) -> list[tuple[str, str]]:
        """Every file the program was made of, with a hash of its contents."""
        return [
            (module.path, hashlib.blake2b(module.source.data, digest_size=16).hexdigest())
            for module in self.program.modules.values()
        ]

    def probed_missing(self) -> list[str]:
        """Every path an import was looked for at and not found: a file there would change the program."""
        return sorted(self.program.search.missing)

    # Functions

    def check_all(self) -> None:
        """The front end over all of the program's own modules, their tests included."""
        self.checks.check_declarations()
        self._find_main(required=False)
        self.checks.check_rest(with_tests=True)

    def test_functions(self, name_filter: str, *, is_spec: bool) -> Iterator[FunctionUnit | Recalled]:
        """Every function that the tests of the main module can run, then the checks of everything else.

        Tests are those in whose file and name ``name_filter`` occurs; in a spec, `main` is one too. What they
        are is in ``entry`` afterwards.
        """
        module = self.main_module
        assert module is not None

        self.checks.check_declarations()

        def is_wanted(name: str) -> bool:
            return name_filter in f"{module.source.path}: {name}"

        self._find_main(required=False)
        entry = self.entry
        entry.tests = [test for test in module.tests if self.checks.is_test(test) and is_wanted(test.name)]
        if not is_spec or entry.main is None or not is_wanted(entry.main.name):
            entry.main = None
        if roots := entry.functions:
            yield from self._reachable([*roots, *self._exported()])
        self.checks.check_rest(with_tests=True)
        if not self.session.sink.n_errors:
            yield from self._makers()

    def functions(self) -> Iterator[FunctionUnit]:
        """Every function that can run, where nothing is recalled."""
        for unit in self.functions_or_recalled():
            assert isinstance(unit, FunctionUnit)
            yield unit
            del unit

    def functions_or_recalled(self) -> Iterator[FunctionUnit | Recalled]:
        """Every function that can run, from `main` on, then the checks of everything else."""
        self.checks.check_declarations()
        self._find_main(required=True)
        if roots := self.entry.functions:
            yield from self._reachable([*roots, *self._exported()])
        self.checks.check_rest()
        if not self.session.sink.n_errors:
            yield from self._makers()

    def _find_main(self, *, required: bool) -> None:
        assert self.main_module is not None
        self.entry.find_main(self.main_module, required=required)

    def runtime_function(self, symbol: str) -> FunctionUnit | None:
        """The function of the runtime with that symbol; None where it has errors."""
        with self.program.reads.frame():
            return self.generate(self.runtime.functions(symbol)[symbol])

    def _exported(self) -> list[FunctionDecl]:
        """The functions that C may call, unless something is wrong; the variables that it may use are there
        too."""
        if self.session.sink.n_errors:
            return []
        with self.program.reads.frame():
            for decl in self.program.exported:
                if isinstance(decl, GlobalDecl):
                    self._in_memory.add(self.program.queries.values.global_(decl).symbol)
        return [decl for decl in self.program.exported if isinstance(decl, FunctionDecl)]

    def exported_symbols(self) -> list[str]:
        """The symbols by which C finds what is exported."""
        return [decl.linking.symbol for decl in self.program.exported if decl.linking is not None]

    def _makers(self) -> Iterator[FunctionUnit | Recalled]:
        """What makes the values of variables that cannot lie in the program as they are."""
        while makers := [
            variable.maker
            for variable in self.globals()
            if variable.maker is not None and variable.maker.id not in self._walked
        ]:
            yield from self._reachable(makers)

    def _reachable(self, roots: list[FunctionDecl]) -> Iterator[FunctionUnit | Recalled]:
        pending = list(reversed(dict.fromkeys(roots)))  # C may call `main` as well
        seen = {f.id for f in roots} | self._walked
        n_made = 0
        while pending:
            if self.make_elsewhere and n_made == MANY_FUNCTIONS and not self.session.sink.n_errors:
                self._ready |= self.make_elsewhere(pending, seen)
                self.make_elsewhere = None
            function = pending.pop()
            self._walked.add(function.id)
            if (
                function.generic is not None
                and function.module.is_own
                and not self.checks.is_known(function.module)
            ):
                self.checks.check(function.generic)
            unit = self._known(function)
            if unit is None:
                self.checks.done.add(function.id)
                unit = self.generate(function)
                n_made += 1
            for callee in reversed(unit.callees if unit is not None else ()):
                if callee.id not in seen and is_walked(callee):
                    seen.add(callee.id)
                    pending.append(callee)
            if unit is not None:
                yield unit
            del unit
        self.program.queries.bodies.give_up()

    def _known(self, function: FunctionDecl) -> Recalled | None:
        """What there is of a function already, while nothing is wrong with the program."""
        if self.session.sink.n_errors:
            return None
        ready = self._ready.pop(function.id, None)
        found = self._taken(function, ready) if ready is not None else self.recalled(function)
        if found is None:
            return None
        self.session.clock.function = function.symbol
        with self.program.reads.frame():
            for decl in found.globals:
                self._in_memory.add(decl.symbol)
                if isinstance(decl, ConstDecl):
                    self.program.queries.values.constant(decl)
                else:
                    self.program.queries.values.global_(decl)
        return found

    def recalled(self, function: FunctionDecl) -> Recalled | None:
        """What is known of a function from the last time."""
        if self.session.recall is None or function.is_maker:
            return None
        if function.id not in self._recalled:
            self._recalled[function.id] = self.session.recall.find(function)
        return self._recalled[function.id]

    def _taken(self, function: FunctionDecl, ready: Ready) -> Recalled:
        """A function that was made elsewhere, as if it had been made here and now."""
        self.checks.done.add(function.id)
        for callee, asked in zip(ready.recalled.callees, ready.asked, strict=True):
            if callee.id not in self._claimed:
                self._claimed.add(callee.id)
                callee.depth, callee.asked_at = asked
        for found in ready.diagnostics:
            self.session.sink.add(found)
        self.checks.note(function.module, ready.reads, is_silent=ready.is_silent)
        if self.session.recall is not None:
            self.session.recall.keep(function.symbol, ready.record)
        return ready.recalled

    def take_over(self, tally: Tally) -> None:
        """What another process found out besides the functions that it made."""
        for module in [module for module in self.program.modules.values() if module.is_own]:
            use = tally.modules[module.name]
            module.checked |= use.checked
            module.called |= {m for m in self.program.modules.values() if m.name in use.called}
            for imported, its_use in zip(module.imports, use.imports, strict=True):
                imported.used |= its_use.used
                imported.used_names |= its_use.names
        if self.session.recall is not None:
            self.session.recall.note_everywhere(tally.everywhere)
        session = self.session
        session.clock.add(tally.spent)
        session.worker_peak = max(session.worker_peak, tally.peak_bytes)
        if session.trace is not None:
            session.trace.add(tally.trace)

    def generate(self, function: FunctionDecl) -> FunctionUnit | None:
        """The IR of a function; None where the program has errors, which were reported."""
        session = self.session
        session.begin_function(function.symbol)
        group = group_of(function)
        if function.is_maker:
            with session.phase("irgen"):
                made = self.ir.maker(function)
            return FunctionUnit(function.symbol, function.display, group, made.module, [], 0, made.n_ops)
        n_reports = session.sink.n_reports
        with self.program.reads.frame() as frame, self.program.queries.bodies.of(function) as body:
            if session.sink.n_errors:  # from here on the rest is only checked
                return None
            self.checks.explain(function, body)
            with session.phase("irgen"):
                made = self.ir.function(function, body)
            globals_ = [*made.constants, *self._globals_in(body)]
            self._in_memory.update(decl.symbol for decl in globals_)
            n_nodes = body.arena.n
            del body  # gone when the block ends
        is_silent = session.sink.n_reports == n_reports
        facts = Made(function, made.callees, globals_, self.program.reads.functions(frame), is_silent)
        self.checks.note(function.module, facts.reads, is_silent=is_silent)
        symbol, display = function.symbol, function.display
        return FunctionUnit(symbol, display, group, made.module, made.callees, n_nodes, made.n_ops, facts)

    def _globals_in(self, body: Body) -> list[GlobalDecl]:
        """The globals that a body mentions."""
        decls = self.program.decls
        mentioned = {entry for entry in body.decls if entry < 0}
        found = [decls[-entry - 1] for entry in sorted(mentioned, reverse=True)]
        return [decl for decl in found if isinstance(decl, GlobalDecl)]

    # Variables

    def globals(self) -> list[Global]:
        """Every module-level variable that some function mentions, and every aggregate constant that some
        function looks at, module after module."""
        found = [
            decl
            for decl in self.program.decls
            if isinstance(decl, GlobalDecl | ConstDecl) and decl.symbol in self._in_memory
        ]
        found.sort(key=lambda decl: (decl.module.name, decl.item))
        return [global_of(self.program, decl, decl.value) for decl in found if decl.value is not None]

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """What the front half holds: modules, types, declarations, arenas."""
        usage.collect(f"{label}.program", self.program)
        usage.collect(f"{label}.arenas", self.arenas)


def _is_intrinsic(name: str) -> bool:
    from qz.irgen.calls.intrinsics import is_intrinsic  # with xDSL, for programs that declare one themselves

    return is_intrinsic(name)

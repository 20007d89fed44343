"""The front half: from a main file to the IR of every function it needs, one function alive at a time.

A function is generated because something that runs may call it; the rest of the program's own modules is
checked
all the same, so that an error does not hide in what nobody calls yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lowering.layout import leaf_symbol
from qz.base.arena import ArenaPool
from qz.base.locations import std_root
from qz.base.mem_usage import MemUsage
from qz.diagnostics.model import Note
from qz.driver.configuration import configuration_of
from qz.driver.function_cache import FunctionCache, Recalled
from qz.driver.made import FunctionUnit, Global, Made, group_of
from qz.driver.session import Session
from qz.driver.source_files import read_source
from qz.sema.body import Body
from qz.sema.boxes import report_boxes
from qz.sema.check import check_function, resolve_function
from qz.sema.check.derive import check_derive
from qz.sema.check.impls import check_impl
from qz.sema.const_values import AGGREGATES, ConstStruct, ConstValue
from qz.sema.decls import (
    ConstDecl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    ImplDecl,
    MacroGroup,
    PackedDecl,
    StructDecl,
    UnsupportedDecl,
)
from qz.sema.derivations import Derivations
from qz.sema.dump import dump_body
from qz.sema.imports import SearchPath
from qz.sema.instances import Instances
from qz.sema.kept import find_kept
from qz.sema.lint.annotations import lint_annotations
from qz.sema.lint.imports import lint_imports
from qz.sema.macros.declaration import check_macro
from qz.sema.methods import Methods
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.queries import Queries
from qz.sema.types import INT, NEVER, STRING, VOID
from qz.sema.value_structs import is_value, leaf_values
from qz.syntax.ast import AstArena
from qz.syntax.dump import dump_ast, dump_tokens
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item

if TYPE_CHECKING:
    from qz.driver.comptime import Comptime
    from qz.driver.ir_making import IrMaker


class RuntimeModule(NamedTuple):
    """A module of the runtime with its functions by symbol."""

    module: ModuleEnv
    functions: dict[str, FunctionDecl]


class Build:
    """One program through the front half. `load` first; it reports into the session's sink."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._contents: dict[str, bytes | None] = {}
        search = SearchPath(self._read, session.options.include, str(std_root()))
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
        self._comptime: Comptime | None = None
        self._in_memory: set[str] = set()
        """The symbols of the variables that the code mentions, and of the aggregate constants that it looks
        at."""
        self.main_module: ModuleEnv | None = None
        self.main: FunctionDecl | None = None
        self.tests: list[FunctionDecl] = []
        self._runtime: dict[str, RuntimeModule] = {}
        self.recall: FunctionCache | None = None
        """What is known of the program from the last time."""
        self._known_modules: dict[str, bool] = {}
        self._module_reads: dict[str, set[FunctionDecl]] = {}
        self._reported_on: set[str] = set()
        """The modules of which there was something to say."""

    @cached_property
    def ir(self) -> IrMaker:
        """What makes IR. Who asks first, waits for the imports."""
        from qz.driver.ir_making import IrMaker

        return IrMaker(self.program, self.session.options)

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
            from qz.driver.comptime import Comptime  # with the interpreter, which most programs do not need

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
            self.main_module = self.program.load(path, data)
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
        self._find_main(required=False)
        self._check_rest(set(), with_tests=True)

    def test_functions(self, name_filter: str, *, is_spec: bool) -> Iterator[FunctionUnit | Recalled]:
        """Every function that the tests of the main module can run, then the checks of everything else.

        Tests are those in whose file and name ``name_filter`` occurs; in a spec, `main` is one too. What they
        are is in ``tests`` and ``main`` afterwards.
        """
        module = self.main_module
        assert module is not None

        def is_wanted(name: str) -> bool:
            return name_filter in f"{module.source.path}: {name}"

        self._find_main(required=False)
        self.tests = [test for test in module.tests if self._is_test(test) and is_wanted(test.name)]
        roots = list(self.tests)
        if is_spec and self.main is not None and is_wanted(self.main.name):
            roots.append(self.main)
        else:
            self.main = None
        done: set[int] = set()
        if roots:
            yield from self._reachable(roots, done)
        self._check_rest(done, with_tests=True)
        if not self.session.sink.n_errors:
            yield from self._makers(done)

    def _is_test(self, test: FunctionDecl) -> bool:
        """Whether it can be called as a test; reports if not."""
        with self.program.reads.frame():
            signature = self.program.queries.signature(test)
        if not signature.params and signature.result in (VOID, NEVER) and not signature.type_params:
            return True
        self.session.sink.report("QZ0320", test.span, name=test.name)
        return False

    def functions(self) -> Iterator[FunctionUnit]:
        """Every function that can run, where nothing is recalled."""
        for unit in self.functions_or_recalled():
            assert isinstance(unit, FunctionUnit)
            yield unit
            del unit

    def functions_or_recalled(self) -> Iterator[FunctionUnit | Recalled]:
        """Every function that can run, from `main` on, then the checks of everything else."""
        self._find_main(required=True)
        done: set[int] = set()
        if self.main is not None:
            yield from self._reachable([self.main], done)
        self._check_rest(done)
        if not self.session.sink.n_errors:
            yield from self._makers(done)

    def _makers(self, done: set[int]) -> Iterator[FunctionUnit | Recalled]:
        """What makes the values of variables that cannot lie in the program as they are."""
        for variable in self.globals():
            if variable.maker is not None and variable.maker.id not in done:
                yield from self._reachable([variable.maker], done)

    def is_runtime_function(self, symbol: str) -> bool:
        """Whether a symbol of the runtime (`rt.io$write`) is a function, and not a variable."""
        return symbol in self._runtime_module(symbol).functions

    def runtime_function(self, symbol: str) -> FunctionUnit | None:
        """The function of the runtime with that symbol; None where it has errors."""
        with self.program.reads.frame():
            unit, _ = self._generate(self._runtime_module(symbol).functions[symbol])
        return unit

    def runtime_variables(self, symbol: str) -> list[Global]:
        """All variables of the module of the runtime that the symbol belongs to, mentioned or not."""
        declarations = self._runtime_module(symbol).module.names.values()
        variables = [self.program.queries.global_(d) for d in declarations if isinstance(d, GlobalDecl)]
        return [self._global(decl, decl.value) for decl in variables if decl.value is not None]

    def report_no_tasks(self, symbol: str) -> None:
        """Report that fibres, which have that symbol's module, cannot be compiled for the target."""
        functions = self._runtime_module(symbol).functions.values()
        self.program.report_unsupported(next(iter(functions)).span, "tasks on this processor are")

    def _runtime_module(self, symbol: str) -> RuntimeModule:
        name = symbol.partition("$")[0]
        if name not in self._runtime:
            module = self.program.load_bundled(name.replace(".", "/"))
            assert module is not None, name
            self.program.declare_methods()
            self._runtime[name] = RuntimeModule(module, {f.symbol: f for f in module.functions if not f.abi})
        return self._runtime[name]

    def _reachable(self, roots: list[FunctionDecl], done: set[int]) -> Iterator[FunctionUnit | Recalled]:
        pending = list(reversed(roots))
        seen = {f.id for f in roots}
        while pending:
            function = pending.pop()
            if (
                function.generic is not None
                and function.module.is_own
                and not self._is_known(function.module)
            ):
                self._check(function.generic, done)
            recalled = self._recalled(function)
            if recalled is not None:
                unit, callees = recalled, recalled.callees
            else:
                done.add(function.id)
                unit, callees = self._generate(function)
            for callee in reversed(callees):
                if callee.id not in seen and not callee.abi and not callee.module.is_runtime:
                    seen.add(callee.id)
                    pending.append(callee)
            if unit is not None:
                yield unit
            del unit

    def _recalled(self, function: FunctionDecl) -> Recalled | None:
        """What is known of a function, if that may be used and nothing is wrong with the program so far."""
        if self.recall is None or function.value_of is not None or self.session.sink.n_errors:
            return None
        found = self.recall.find(function)
        if found is None:
            return None
        self.session.clock.function = function.symbol
        with self.program.reads.frame():
            for decl in found.globals:
                self._in_memory.add(decl.symbol)
                if isinstance(decl, ConstDecl):
                    self.program.queries.constant(decl)
                else:
                    self.program.queries.global_(decl)
        return found

    def _generate(self, function: FunctionDecl) -> tuple[FunctionUnit | None, list[FunctionDecl]]:
        session = self.session
        session.begin_function(function.symbol)
        group = group_of(function)
        if function.value_of is not None:
            with session.phase("irgen"):
                made = self.ir.maker(function)
            return FunctionUnit(function.symbol, function.display, group, made.module, 0, made.n_ops), []
        n_reports = session.sink.n_reports
        with self.program.reads.frame() as frame, self.arenas.function(function.symbol) as arena:
            with session.phase("typecheck"):
                body = self.program.queries.body(function, arena)
            if session.sink.n_errors:  # from here on the rest is only checked
                return None, []
            self._explain(function, body)
            with session.phase("irgen"):
                made = self.ir.function(function, body)
            globals_ = [*made.constants, *self._globals_in(body)]
            self._in_memory.update(decl.symbol for decl in globals_)
            n_nodes = arena.n
            with session.phase("tc_free"):
                del body
        is_silent = session.sink.n_reports == n_reports
        facts = Made(function, made.callees, globals_, self.program.reads.functions(frame), is_silent)
        self._note(function.module, facts.reads, is_silent=is_silent)
        symbol, display = function.symbol, function.display
        return FunctionUnit(symbol, display, group, made.module, n_nodes, made.n_ops, facts), made.callees

    def _globals_in(self, body: Body) -> list[GlobalDecl]:
        """The globals that a body mentions."""
        decls = self.program.decls
        mentioned = {entry for entry in body.decls if entry < 0}
        found = [decls[-entry - 1] for entry in sorted(mentioned, reverse=True)]
        return [decl for decl in found if isinstance(decl, GlobalDecl)]

    # Modules

    def _is_known(self, module: ModuleEnv) -> bool:
        """Whether there is nothing to say about a module, as the last time, so that it need not be
        checked."""
        if self.recall is None:
            return False
        if module.name not in self._known_modules:
            self._known_modules[module.name] = self.recall.is_known(module)
        return self._known_modules[module.name]

    def _note(self, module: ModuleEnv, reads: set[FunctionDecl], *, is_silent: bool) -> None:
        """Something of a module was checked."""
        self._module_reads.setdefault(module.name, set()).update(reads)
        if not is_silent:
            self._reported_on.add(module.name)

    def _check_rest(self, done: set[int], *, with_tests: bool = False) -> None:
        """Check whatever of the program's own modules was not generated: functions, fields, constants."""
        own = [m for m in self.program.modules.values() if m.is_own and not self._is_known(m)]
        for module in own:
            n_reports = self.session.sink.n_reports
            with self.program.reads.frame() as frame:
                self._check_module(module, done)
                for test in module.tests if with_tests else ():
                    if self._is_test(test):
                        self._check(test, done)
            is_silent = self.session.sink.n_reports == n_reports
            self._note(module, self.program.reads.functions(frame), is_silent=is_silent)
        if not self.session.sink.n_errors:
            for module in own:
                self._finish_module(module)

    def _finish_module(self, module: ModuleEnv) -> None:
        """What can be said of a module when everything in it was checked without an error."""
        n_reports = self.session.sink.n_reports
        lint_imports(self.program, module)
        is_silent = self.session.sink.n_reports == n_reports and module.name not in self._reported_on
        if self.recall is not None and is_silent and not self._is_mentioned_in_reports(module):
            self.recall.keep_module(module, self._module_reads.get(module.name, set()))

    def _is_mentioned_in_reports(self, module: ModuleEnv) -> bool:
        """Whether something was reported of its text, be it while another module was checked."""
        places = (found.span for found in self.session.sink.diagnostics)
        return any(span is not None and span.file == module.source.file_id for span in places)

    def _check_module(self, module: ModuleEnv, done: set[int]) -> None:
        queries = self.program.queries
        lint_annotations(self.program, module)
        for decl in module.names.values():
            check_derive(self.program, decl)
            if isinstance(decl, StructDecl):
                queries.fields(decl)
            elif isinstance(decl, PackedDecl):
                queries.underlying(decl)
            elif isinstance(decl, EnumDecl):
                queries.variants(decl)
            elif isinstance(decl, ConstDecl):
                queries.constant(decl)
            elif isinstance(decl, GlobalDecl):
                queries.global_(decl)
            elif isinstance(decl, MacroGroup):
                for macro in decl.macros:
                    check_macro(self.program, macro)
            elif isinstance(decl, UnsupportedDecl):
                self.program.report_unsupported(decl.span, decl.what)
        for function in list(module.functions):
            queries.signature(function)
            if not function.abi:
                self._check(function, done)
        for owner in module.owners.values():
            if isinstance(owner, ImplDecl):
                check_impl(self.program, owner)
        for item in range(len(module.items)):
            if module.items.kind[item] == NodeKind.STATIC_ASSERT and item not in module.excluded:
                queries.check_assertion(module, item)

    def _check(self, function: FunctionDecl, done: set[int]) -> None:
        """Check a function and, since some mistakes show only there, the instances of the program's own
        generic functions that it asks for."""
        pending = [function]
        while pending:
            function = pending.pop()
            if function.id in done:
                continue
            done.add(function.id)
            self.session.begin_function(function.symbol)
            with self.arenas.function(function.symbol) as arena, self.session.phase("typecheck"):
                body = check_function(self.program, function, arena)
                self._explain(function, body)
                n_nodes = arena.n
                instances = [p.function for p in body.calls.values() if p.function.generic is not None]
            self.session.end_function(n_nodes, 0)
            pending += [f for f in instances if not self.program.search.is_bundled(f.module.path)]

    def _explain(self, function: FunctionDecl, body: Body) -> None:
        """Say of one of the program's own functions what was asked for: these are hints that anybody gets."""
        if not (self.session.options.explain_boxes and function.module.is_own and body.is_clean):
            return
        find_kept(self.program, body, function)
        sink = self.session.sink
        wants_hints, sink.wants_hints = sink.wants_hints, True
        report_boxes(self.program, body)
        sink.wants_hints = wants_hints

    # The entry

    def _find_main(self, *, required: bool) -> None:
        with self.program.reads.frame():
            self._look_for_main(required=required)

    def _look_for_main(self, *, required: bool) -> None:
        module = self.main_module
        assert module is not None
        group = module.names.get(self.session.interner.intern("main"))
        if not isinstance(group, FunctionGroup):
            if required and not self.session.sink.n_errors:
                note = Note(None, "a program starts at `def main()`")
                self.session.sink.report("QZ0310", None, notes=[note], file=module.source.path)
            return
        function = group.functions[0]
        signature = self.program.queries.signature(function)
        arguments = [p.type for p in signature.params]
        if signature.result not in (VOID, INT) or arguments not in ([], [self.program.types.vec(STRING)]):
            self.session.sink.report("QZ0311", function.span)
            return
        self.main = function

    @property
    def has_start(self) -> bool:
        """Whether there is something to run: a `main`, or a test that was asked for."""
        return self.main is not None or bool(self.tests)

    def listed_tests(self) -> bytes:
        """The tests in the order of their numbers, as JSON: name, line, and whether it is a program."""
        if self.session.options.test_filter is None:
            return b""
        import json

        tests = [*self.tests, *([self.main] if self.main is not None else [])]
        line_of = self.program.source_of(tests[0].span).line_of if tests else int
        return json.dumps([(t.name, line_of(t.span.start), t is self.main) for t in tests]).encode()

    @property
    def main_symbol(self) -> str:
        """The symbol of the program's `main`."""
        assert self.main is not None
        return self.main.symbol

    @property
    def main_takes_arguments(self) -> bool:
        """Whether `main` has a parameter for the program's arguments."""
        assert self.main is not None
        return bool(self.program.queries.signature(self.main).params)

    @property
    def main_returns_status(self) -> bool:
        """Whether `main` has the exit status as its result."""
        assert self.main is not None
        return self.program.queries.signature(self.main).result == INT

    def globals(self) -> list[Global]:
        """Every module-level variable that some function mentions, and every aggregate constant that some
        function looks at, module after module."""
        found = [
            decl
            for decl in self.program.decls
            if isinstance(decl, GlobalDecl | ConstDecl) and decl.symbol in self._in_memory
        ]
        found.sort(key=lambda decl: (decl.module.name, decl.item))
        return [self._global(decl, decl.value) for decl in found if decl.value is not None]

    def _global(self, decl: GlobalDecl | ConstDecl, value: ConstValue) -> Global:
        leaves = ((decl.symbol, value),)
        if isinstance(value, ConstStruct) and is_value(self.program, value.type):
            values = leaf_values(self.program, value)
            leaves = tuple([(leaf_symbol(decl.symbol, k), leaf) for k, leaf in enumerate(values)])
        is_made = any(isinstance(leaf, AGGREGATES) for _, leaf in leaves)
        maker = self.program.queries.maker(decl) if is_made else None
        return Global(decl.symbol, value, leaves, maker)

    # Looking

    def dump(self, stage: str, function: str | None) -> Iterator[str]:
        """The main module at a stage of the front half, as text: all of it, or the function named."""
        module = self.main_module
        assert module is not None
        if stage == "tokens":
            yield "\n".join(dump_tokens(module.tokens))
            return
        for item in range(len(module.items)):
            name = self.session.interner.text(module.items.name[item])
            if function is None or name == function:
                text = self._dump_item(module, item, stage)
                if text:
                    yield text

    def _dump_item(self, module: ModuleEnv, item: int, stage: str) -> str:
        if stage == "ast":
            return "\n".join(self._dump_tree(module, item))
        found = next((f for f in (*module.functions, *module.tests) if f.item == item), None)
        return "" if found is None or found.abi else "\n".join(self.dump_function(found, stage))

    def _dump_tree(self, module: ModuleEnv, item: int) -> list[str]:
        with self.arenas.function("dump") as arena:
            node = parse_item(module.tokens, module.items, item, arena, self.session.sink)
            return list(dump_ast(module.tokens, arena, node))

    def dump_function(self, function: FunctionDecl, stage: str) -> list[str]:
        """The lines of a function of any module at a stage of the front half that is a tree."""
        if stage == "ast":
            return self._dump_tree(function.module, function.item)
        with self.arenas.function("dump") as arena:
            if stage == "resolved":
                body = resolve_function(self.program, function, arena)
            else:
                body = check_function(self.program, function, arena)
            return list(dump_body(self.program, body, with_types=stage == "typed"))

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """What the front half holds: modules, types, declarations, arenas."""
        usage.collect(f"{label}.program", self.program)
        usage.collect(f"{label}.arenas", self.arenas)


def _is_intrinsic(name: str) -> bool:
    from qz.irgen.intrinsics import is_intrinsic  # with xDSL, for programs that declare one themselves

    return is_intrinsic(name)

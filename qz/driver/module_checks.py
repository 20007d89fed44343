"""The checks of whatever of a program's own modules is not generated, so that an error does not hide in what
nobody calls yet: declarations before any body, then the bodies that nothing asked for.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager

from qz.base.arena import ArenaPool
from qz.driver.session import Session
from qz.sema.annotations.exports import check_exports
from qz.sema.annotations.sections import check_sections
from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.check import check_function
from qz.sema.check.derive import check_derive
from qz.sema.check.impls import check_impl
from qz.sema.data.boxes import report_boxes
from qz.sema.decls import (
    AliasDecl,
    ConstDecl,
    EnumDecl,
    FunctionDecl,
    GlobalDecl,
    ImplDecl,
    MacroGroup,
    NewtypeDecl,
    PackedDecl,
    StructDecl,
    TraitDecl,
    UnsupportedDecl,
)
from qz.sema.lint.annotations import lint_annotations
from qz.sema.lint.extensions import lint_extensions
from qz.sema.lint.imports import lint_imports
from qz.sema.macros.declaration import check_macro
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.kept import find_kept
from qz.sema.program import Program
from qz.sema.trait_cycles import check_extends
from qz.sema.type_syntax.defaults import default_body
from qz.sema.types import NEVER, VOID
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind


class ModuleChecks:
    """The checks of one program, and what is known of its modules."""

    def __init__(self, session: Session, program: Program, arenas: ArenaPool[AstArena]) -> None:
        self._session = session
        self._program = program
        self._arenas = arenas
        self.done: set[int] = set()
        """The ids of the functions that were checked, or made."""
        self._known_modules: dict[str, bool] = {}
        self._module_reads: dict[str, set[FunctionDecl]] = {}
        self._reported_on: set[str] = set()
        """The modules of which there was something to say."""

    def is_known(self, module: ModuleEnv) -> bool:
        """Whether there is nothing to say about a module, as the last time, so that it need not be
        checked."""
        if self._session.recall is None:
            return False
        if module.name not in self._known_modules:
            self._known_modules[module.name] = self._session.recall.is_known(module)
        return self._known_modules[module.name]

    def note(self, module: ModuleEnv, reads: Iterable[FunctionDecl], *, is_silent: bool) -> None:
        """Something of a module was checked."""
        self._module_reads.setdefault(module.name, set()).update(reads)
        if not is_silent:
            self._reported_on.add(module.name)

    def check_declarations(self) -> None:
        """Check all of the program's own modules but for the bodies: signatures, fields, constants."""
        for module in self._to_check():
            with self._noting(module), self._session.phase("typecheck"):
                self._declare(module)
        if self._program.exported:
            with self._program.reads.frame():
                check_exports(self._program)
        check_sections(self._program)

    def _to_check(self) -> list[ModuleEnv]:
        return [m for m in self._program.modules.values() if m.is_own and not self.is_known(m)]

    @contextmanager
    def _noting(self, module: ModuleEnv) -> Generator[None]:
        """While something of a module is checked."""
        n_reports = self._session.sink.n_reports
        with self._program.reads.frame() as frame:
            yield
        is_silent = self._session.sink.n_reports == n_reports
        self.note(module, self._program.reads.functions(frame), is_silent=is_silent)

    def check_rest(self, *, with_tests: bool = False) -> None:
        """Check whatever of the program's own modules was not generated."""
        own = self._to_check()
        for module in own:
            with self._noting(module):
                self._check_bodies(module)
                for test in module.tests if with_tests else ():
                    if self.is_test(test):
                        self.check(test)
        if not self._session.sink.n_errors:
            for module in own:
                self._finish_module(module)

    def _finish_module(self, module: ModuleEnv) -> None:
        """What can be said of a module when everything in it was checked without an error."""
        n_reports = self._session.sink.n_reports
        lint_imports(self._program, module)
        lint_extensions(self._program, module)
        is_silent = self._session.sink.n_reports == n_reports and module.name not in self._reported_on
        if self._session.recall is not None and is_silent and not self._is_mentioned_in_reports(module):
            self._session.recall.keep_module(module, self._module_reads.get(module.name, set()))

    def _is_mentioned_in_reports(self, module: ModuleEnv) -> bool:
        """Whether something was reported of its text, be it while another module was checked."""
        places = (found.span for found in self._session.sink.diagnostics)
        return any(span is not None and span.file == module.source.file_id for span in places)

    def _declare(self, module: ModuleEnv) -> None:
        """Check everything of a module but bodies."""
        queries = self._program.queries
        lint_annotations(self._program, module)
        for decl in module.names.values():
            check_derive(self._program, decl)
            if isinstance(decl, StructDecl):
                queries.fields(decl)
            elif isinstance(decl, NewtypeDecl | PackedDecl):
                queries.underlying(decl)
            elif isinstance(decl, EnumDecl):
                queries.variants(decl)
            elif isinstance(decl, ConstDecl):
                queries.values.constant(decl)
            elif isinstance(decl, GlobalDecl):
                queries.values.global_(decl)
            elif isinstance(decl, MacroGroup):
                for macro in decl.macros:
                    check_macro(self._program, macro)
            elif isinstance(decl, AliasDecl):
                queries.alias(decl)
            elif isinstance(decl, TraitDecl):
                check_extends(self._program, decl)
            elif isinstance(decl, UnsupportedDecl):
                self._program.report_unsupported(decl.span, decl.what)
        for function in list(module.functions):
            queries.signature(function)

    def _check_bodies(self, module: ModuleEnv) -> None:
        for function in list(module.functions):
            if not function.abi:
                self.check(function)
        for owner in module.owners.values():
            if isinstance(owner, ImplDecl):
                check_impl(self._program, owner)
        for item in range(len(module.items)):
            if module.items.kind[item] == NodeKind.STATIC_ASSERT and item not in module.excluded:
                self._program.queries.values.check_assertion(module, item)

    def check(self, function: FunctionDecl) -> None:
        """Check a function and, since some mistakes show only there, the instances of the program's own
        generic functions that it asks for."""
        pending = [function]
        while pending:
            function = pending.pop()
            if function.id in self.done:
                continue
            if function.default_of >= 0 and function.generic is None:  # with the header that it stands in
                continue
            self.done.add(function.id)
            self._session.begin_function(function.symbol)
            with self._arenas.function(function.symbol) as arena, self._session.phase("typecheck"):
                if function.default_of >= 0:
                    body = default_body(self._program, function, arena)
                else:
                    body = check_function(self._program, function, arena)
                self.explain(function, body)
                n_nodes = arena.n
                plans = [plan for plan in body.calls.values() if plan.function.generic is not None]
                instances = [plan.function for plan in plans]
                instances += [default for plan in plans for default in self._defaults_needed(plan)]
            self._session.end_function(n_nodes, 0)
            pending += [f for f in instances if not self._program.search.is_bundled(f.module.path)]

    def _defaults_needed(self, plan: CallPlan) -> list[FunctionDecl]:
        """The defaults that a call of an instance needs and that are found from its other parameters."""
        params = self._program.queries.signature(plan.function).params
        given = zip(params, plan.args, strict=False)
        defaults = [param.default for param, arg in given if arg == DEFAULT_ARGUMENT]
        return [d for d in defaults if isinstance(d, FunctionDecl) and d.takes]

    def explain(self, function: FunctionDecl, body: Body) -> None:
        """Say of one of the program's own functions what was asked for: these are hints that anybody gets."""
        if not (self._session.options.explain_boxes and function.module.is_own and body.is_clean):
            return
        find_kept(self._program, body, function)
        sink = self._session.sink
        wants_hints, sink.wants_hints = sink.wants_hints, True
        report_boxes(self._program, body)
        sink.wants_hints = wants_hints

    def is_test(self, test: FunctionDecl) -> bool:
        """Whether it can be called as a test; reports if not."""
        with self._program.reads.frame():
            signature = self._program.queries.signature(test)
        if not signature.params and signature.result in (VOID, NEVER) and not signature.type_params:
            return True
        self._session.sink.report("QZ0320", test.span, name=test.name)
        return False

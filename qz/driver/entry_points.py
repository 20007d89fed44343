"""Where a program starts: its `main`, or the tests that were asked for."""

from __future__ import annotations

from qz.diagnostics.model import Note
from qz.sema.decls import FunctionDecl, FunctionGroup
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.types import ERROR, INT, STRING, VOID


class EntryPoints:
    """What is known of both once the declarations were checked."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.main: FunctionDecl | None = None
        self.tests: list[FunctionDecl] = []

    @property
    def functions(self) -> list[FunctionDecl]:
        """What is run, tests first."""
        return [*self.tests, *([self.main] if self.main is not None else [])]

    def find_main(self, module: ModuleEnv, *, required: bool) -> None:
        """Look for `main`; where it is required, that there is none is an error."""
        with self._program.reads.frame():
            self._look_for_main(module, required=required)

    def _look_for_main(self, module: ModuleEnv, *, required: bool) -> None:
        program = self._program
        group = module.names.get(program.interner.intern("main"))
        if not isinstance(group, FunctionGroup):
            if required and not program.sink.n_errors:
                note = Note(None, "a program starts at `def main()`")
                program.sink.report("QZ0310", None, notes=[note], file=module.source.path)
            return
        function = group.functions[0]
        signature = program.queries.signature(function)
        arguments = [p.type for p in signature.params]
        if ERROR in (signature.result, *arguments):
            return  # its header is reported
        if signature.result not in (VOID, INT) or arguments not in ([], [program.types.vec(STRING)]):
            program.sink.report("QZ0311", function.span)
            return
        self.main = function

    def listed_tests(self) -> bytes:
        """The tests in the order of their numbers, as JSON: name, line, and whether it is a program."""
        import json

        tests = self.functions
        line_of = self._program.source_of(tests[0].span).line_of if tests else int
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
        return bool(self._program.queries.signature(self.main).params)

    @property
    def main_returns_status(self) -> bool:
        """Whether `main` has the exit status as its result."""
        assert self.main is not None
        return self._program.queries.signature(self.main).result == INT

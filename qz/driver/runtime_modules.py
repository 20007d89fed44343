"""The modules of the runtime that a program needs, loaded when code asks for one of their symbols."""

from __future__ import annotations

from typing import NamedTuple

from qz.driver.made import Global
from qz.driver.variables import global_of
from qz.sema.decls import FunctionDecl, GlobalDecl
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program


class _RuntimeModule(NamedTuple):
    module: ModuleEnv
    functions: dict[str, FunctionDecl]


class RuntimeModules:
    """What the symbols of the runtime (`rt.io$write`) mean."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._modules: dict[str, _RuntimeModule] = {}

    def functions(self, symbol: str) -> dict[str, FunctionDecl]:
        """All functions of the module that the symbol belongs to, by their symbols."""
        return self._module(symbol).functions

    def is_function(self, symbol: str) -> bool:
        """Whether a symbol is a function, and not a variable."""
        return symbol in self.functions(symbol)

    def variables(self, symbol: str) -> list[Global]:
        """All variables of the module that the symbol belongs to, mentioned or not."""
        declarations = self._module(symbol).module.names.values()
        values = self._program.queries.values
        variables = [values.global_(decl) for decl in declarations if isinstance(decl, GlobalDecl)]
        return [global_of(self._program, decl, decl.value) for decl in variables if decl.value is not None]

    def report_no_tasks(self, symbol: str) -> None:
        """Report that fibres, which have that symbol's module, cannot be compiled for the target."""
        functions = self.functions(symbol).values()
        self._program.report_unsupported(next(iter(functions)).span, "tasks on this processor are")

    def _module(self, symbol: str) -> _RuntimeModule:
        name = symbol.partition("$")[0]
        if name not in self._modules:
            module = self._program.loader.bundled(name.replace(".", "/"))
            assert module is not None, name
            self._program.declare_methods()
            functions = {f.symbol: f for f in module.functions if not f.abi}
            self._modules[name] = _RuntimeModule(module, functions)
        return self._modules[name]

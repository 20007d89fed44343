"""The IR of functions: what `Build` needs of `qz/irgen` and xDSL, which checking does without."""

from __future__ import annotations

from dataclasses import replace

from qz.codegen.profiles import PROFILES
from qz.driver.options import Options
from qz.irgen.builder import IrOptions
from qz.irgen.function import Generated, generate, generate_maker
from qz.irgen.ir_types import IrTypes
from qz.sema.body import Body
from qz.sema.decls import FunctionDecl
from qz.sema.program import Program


class IrMaker:
    """Makes the IR of one program's functions."""

    def __init__(self, program: Program, options: Options) -> None:
        self.types = IrTypes(program)
        self._program = program
        self._options = IrOptions(
            options.overflow,
            options.debug,
            trusted=not options.checks_bounds,
            located=options.html is not None,
            optimised=PROFILES[options.level].whole_program and not options.debug,
        )
        self._of_runtime = IrOptions("wrap", options.debug, trusted=True)

    def leave_out_declarations(self) -> None:
        """Has modules not declare what they call, where nobody looks at them before they are text; passes of
        optimised code and debug information do."""
        needed = self._options.optimised or self._options.debug
        self._options = replace(self._options, declares=needed)

    def function(self, function: FunctionDecl, body: Body) -> Generated:
        """The IR of a function whose body was checked."""
        options = self._of_runtime if function.module.is_runtime else self._options
        return generate(self._program, function, body, self.types, options)

    def maker(self, function: FunctionDecl) -> Generated:
        """The IR of the function that makes the value of a variable."""
        return generate_maker(self._program, function, self.types)

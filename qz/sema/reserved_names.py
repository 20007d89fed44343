"""Names that a program had better not give to anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.modules import ModuleEnv

if TYPE_CHECKING:
    from qz.sema.program import Program

OF_COMPILER = "__"
"""What the names of the compiler and of the runtime begin with."""


def report_reserved(program: Program, module: ModuleEnv, token: int, name: str) -> None:
    """Report a name that a program gives to something of its own, at ``token``, if it is the compiler's."""
    if name.startswith(OF_COMPILER) and module.is_own:
        program.sink.report("QZ7022", module.tokens.span(token), name=name)

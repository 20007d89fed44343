"""The names of type parameters, of which a declaration has each once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qz.diagnostics.model import Note

if TYPE_CHECKING:
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program
    from qz.syntax.ast import AstArena


def distinct(program: Program, module: ModuleEnv, arena: AstArena, params: Sequence[int]) -> list[int]:
    """The nodes of parameters, but for those whose name one before them has: these are reported."""
    tokens = module.tokens
    declared: dict[int, int] = {}
    found: list[int] = []
    for param in params:
        token = arena.token[param]
        first = declared.setdefault(tokens.symbol(token), token)
        if first == token:
            found.append(param)
        else:
            note = Note(tokens.span(first), "first declared here")
            program.sink.report("QZ0305", tokens.span(token), notes=[note], name=tokens.text(token))
    return found

"""The number in `@align(n)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.syntax.literals import int_value
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.annotations.rules import Annotation
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program
    from qz.syntax.ast import AstArena


def written_alignment(
    program: Program, module: ModuleEnv, arena: AstArena, annotation: Annotation, limit: int
) -> int:
    """The alignment asked for; 0, which asks for nothing, if it cannot be had, which is reported.

    What is no number at all is reported with what is wrong with other annotations.
    """
    argument = annotation.args[0] if len(annotation.args) == 1 else 0
    if not argument or arena.kind[argument] not in (NodeKind.INT, NodeKind.IDENT, NodeKind.PATH):
        return 0
    if arena.kind[argument] != NodeKind.INT:
        program.report_unsupported(annotation.span, "an alignment that is not written as a number is")
        return 0
    token = arena.token[argument]
    value = int_value(module.tokens.bytes(token))[0]
    span = module.tokens.span(token)
    if value < 1 or value & (value - 1):
        program.sink.report("QZ0321", span, found=f"`{value}`")
    elif value > limit:
        program.report_unsupported(span, f"an alignment of more than {limit} bytes is")
    else:
        return value
    return 0

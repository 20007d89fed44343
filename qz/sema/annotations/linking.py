"""What the linker is told of a function or a variable: `@export`, `@weak`, `@align` and
`@section`.

`extern "C"` before a function with a body means what `@export` does.

It is read with the declaration, since what C can call is made whether Quartz calls it or not. Whether it can
be had is checked by `exports` and `sections`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.annotations.alignments import written_alignment
from qz.sema.annotations.rules import text_argument
from qz.sema.decls import FunctionDecl, GlobalDecl, Linking
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind

if TYPE_CHECKING:
    from qz.sema.annotations.rules import Annotation
    from qz.sema.program import Program
    from qz.syntax.ast import AstArena
    from qz.syntax.items import ItemTable

ANNOTATIONS = (b"export", b"weak", b"align", b"section")

MAX_ALIGNMENT = 4096
"""A page, by which all is placed that is loaded."""


def is_for_c(items: ItemTable, item: int) -> bool:
    """Whether `extern "C"` stands before a function that has a body."""
    wanted = ItemFlag.EXTERN | ItemFlag.HAS_BODY
    return items.flags[item] & wanted == wanted and not items.abi[item]


def export_by_name(program: Program, decl: FunctionDecl) -> None:
    """C finds a function by the name it has in Quartz."""
    decl.linking = Linking(decl.name, decl.span)
    program.exported.append(decl)


def read_linking(
    program: Program, decl: FunctionDecl | GlobalDecl, annotation: Annotation, arena: AstArena
) -> None:
    """Note what one of the annotations says."""
    found = decl.linking or Linking()
    if annotation.name == "align":
        alignment = written_alignment(program, decl.module, arena, annotation, MAX_ALIGNMENT)
        decl.linking = found._replace(alignment=alignment)
        return
    if annotation.name == "section":
        section = text_argument(decl.module, arena, annotation)
        if section is not None:
            decl.linking = found._replace(section=section, section_span=annotation.span)
            program.sectioned.append(decl)
        return
    if not found.symbol:
        program.exported.append(decl)
    if annotation.name == "weak":
        decl.linking = found._replace(
            symbol=found.symbol or decl.name, span=found.span or annotation.span, is_weak=True
        )
        return
    symbol = _written_symbol(decl, annotation, arena)
    decl.linking = found._replace(symbol=symbol, span=annotation.span)
    if isinstance(decl, GlobalDecl):
        decl.symbol = symbol


def _written_symbol(decl: FunctionDecl | GlobalDecl, annotation: Annotation, arena: AstArena) -> str:
    """The name in the parentheses, else that of the declaration."""
    if [arena.kind[argument] for argument in annotation.args] != [NodeKind.STRING]:
        return decl.name
    return string_value(decl.module.tokens, arena.token[annotation.args[0]]).decode("utf-8", "replace")

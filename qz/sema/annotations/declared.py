"""What stands before a declaration and whoever uses it has to know of, so that it is read with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qz.sema.annotations import rules
from qz.sema.annotations.linking import ANNOTATIONS as LINKING
from qz.sema.annotations.linking import export_by_name, is_for_c, read_linking
from qz.sema.decls import Decl, FunctionDecl, GlobalDecl
from qz.syntax.items import ItemFlag

if TYPE_CHECKING:
    from qz.sema.annotations.rules import Annotation
    from qz.sema.program import Program
    from qz.syntax.ast import AstArena

NEEDED_BY_DERIVE = {"Json": "json"}
"""Modules of the library that a name in a `@derive` needs."""


def read_declared(program: Program, decl: Decl) -> None:
    """Read the annotations of a declaration that has any, and the `extern "C"` of one that is defined."""
    module = decl.module
    if isinstance(decl, FunctionDecl) and is_for_c(module.items, decl.item):
        export_by_name(program, decl)
    if not module.items.flags[decl.item] & ItemFlag.ANNOTATED:
        return
    with program.arenas.function("annotations") as arena:
        wanted = (b"deprecated", b"test", b"derive", *LINKING)
        for found in rules.read(program, module, decl.item, arena, wanted):
            if found.name == "deprecated":
                program.deprecated[decl.id] = rules.text_argument(module, arena, found) or ""
            elif found.name == "derive":
                _read_derive(program, decl, found, arena)
            elif found.name == "test":
                if isinstance(decl, FunctionDecl):
                    module.tests.append(decl)
            elif isinstance(decl, FunctionDecl | GlobalDecl):
                read_linking(program, decl, found, arena)


def _read_derive(program: Program, decl: Decl, annotation: Annotation, arena: AstArena) -> None:
    tokens = decl.module.tokens
    names = [arena.token[argument] for argument in annotation.args]
    asked = program.derived_traits.setdefault(decl.id, {})
    texts = {tokens.text(token) for token in names}
    program.loader.needed += [needed for name, needed in NEEDED_BY_DERIVE.items() if name in texts]
    asked |= {tokens.text(token): tokens.span(token) for token in names}

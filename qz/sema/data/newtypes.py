"""What newtypes and packed structs wrap, read from their declarations."""

from __future__ import annotations

from qz.sema import type_kinds as tyk
from qz.sema.binary.packed import read_packed
from qz.sema.decls import NewtypeDecl, PackedDecl
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import ERROR, NONE, TypeId
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item


def read_underlying(program: Program, decl: NewtypeDecl) -> TypeId:
    """The type whose values a newtype wraps, noted in it; `ERROR` where that leads back to itself."""
    if decl.resolving:
        program.sink.report("QZ0801", decl.span, name=decl.name)
        return ERROR
    decl.resolving = True
    module = decl.module
    with program.arenas.function(decl.name) as arena:
        node = parse_item(module.tokens, module.items, decl.item, arena, program.sink)
        if isinstance(decl, PackedDecl):
            decl.underlying = read_packed(program, decl, arena, node)
        elif arena.kind[node] != NodeKind.NEWTYPE:
            decl.underlying = ERROR
        else:
            decl.underlying = TypeSyntax(program, module, {}).held(arena, arena.rhs[node])
    if _leads_back(program, decl):
        help_text = "a struct with a field of that type can lead to itself"
        program.sink.report("QZ0801", decl.span, help=help_text, name=decl.name)
        decl.underlying = ERROR
    return decl.underlying


def _leads_back(program: Program, decl: NewtypeDecl) -> bool:
    """Whether the values of a newtype would be made of its own: nothing of what it wraps is forgotten."""
    types = program.types
    pending, seen = [decl.underlying], {NONE}
    while pending:
        type_id = pending.pop()
        if type_id in seen:
            continue
        seen.add(type_id)
        pending += types.parts(type_id)
        if types.kinds[type_id] is tyk.NEWTYPE:
            inner = program.decls[types.args[type_id][0]]
            assert isinstance(inner, NewtypeDecl)
            if inner is decl:
                return True
            pending.append(inner.underlying)
    return False

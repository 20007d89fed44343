"""`alias Name<T> = …`: what it stands for, read once, in the module that declares it."""

from __future__ import annotations

from functools import partial

from qz.sema.data.param_names import distinct
from qz.sema.decls import AliasDecl, Row
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.type_syntax.records import OTHER_FIELDS
from qz.sema.types import ERROR, TypeId, TypeKind
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.parser import parse_item


def read_alias(program: Program, decl: AliasDecl) -> TypeId:
    """What an alias stands for; its type parameters are known then. `ERROR` once something was reported."""
    if decl.type is not None:
        return decl.type
    if decl.resolving:
        program.sink.report("QZ0801", decl.span, name=decl.name)
        return ERROR
    decl.resolving = True
    home = decl.module
    with program.arenas.function("alias") as arena:
        node = parse_item(home.tokens, home.items, decl.item, arena, program.sink)
        decl.type = _read(program, decl, arena, node) if arena.kind[node] == nk.ALIAS else ERROR
    decl.resolving = False
    return decl.type


def _read(program: Program, decl: AliasDecl, arena: AstArena, node: int) -> TypeId:
    home = decl.module
    params = distinct(program, home, arena, arena.list(arena.lhs[node]))
    names = dict.fromkeys((home.tokens.symbol(arena.token[param]) for param in params), ERROR)
    for symbol in names:
        names[symbol] = program.types.make(TypeKind.PARAM, symbol, decl.id)
    for param in params:
        if arena.kind[param] == nk.CONST_PARAM:
            type_id = names[home.tokens.symbol(arena.token[param])]
            TypeSyntax(program, home, {}).constant_parameter(arena, param, type_id)
    decl.type_params = tuple(names.values())
    syntax = TypeSyntax(program, home, names)
    syntax.row = partial(_row, program, decl)
    return syntax.resolve(arena, arena.rhs[node])


def _row(program: Program, decl: AliasDecl, node: int, row: int, fields: TypeId) -> TypeId | str:
    """What an alias is open to; one that it goes through has a row of its own there."""
    known = [one for one in decl.rows if row and one.name == row]
    if known:
        return known[0].param if known[0].fields == fields else OTHER_FIELDS
    symbol = row or program.interner.intern(f"{decl.name} {len(decl.rows) + 1}")
    param = program.types.make(TypeKind.PARAM, symbol, decl.id)
    decl.rows.append(Row(param, fields, row))
    return param

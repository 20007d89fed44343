"""What the items of a module declare: a record each, under its name. Methods come later, with their types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from qz.sema.data.enum_names import declare_enum_names
from qz.sema.data.param_names import distinct
from qz.sema.decls import (
    AliasDecl,
    BinaryDecl,
    ConstDecl,
    Decl,
    EnumDecl,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    MacroDecl,
    MacroGroup,
    NewtypeDecl,
    PackedDecl,
    Signature,
    StructDecl,
    TraitDecl,
    UnsupportedDecl,
)
from qz.sema.modules import ModuleEnv
from qz.sema.overloads import join, report_duplicate
from qz.sema.reserved_names import report_reserved
from qz.sema.types import INT, NAMED_TYPES, VOID, TypeId, TypeKind
from qz.syntax import token_numbers
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView

if TYPE_CHECKING:
    from qz.sema.program import Program

K = NodeKind

D = TypeVar("D", bound=Decl)

Declare: TypeAlias = "Callable[[Program, ModuleEnv, int], Decl | None]"
"""Declares an item at the top of its module; gives what the item's name means, if that is for itself."""


def declare(program: Program, module: ModuleEnv) -> None:
    """Declare everything at the top of a module that exists where the program is compiled for."""
    items = module.items
    for item in range(len(items)):
        if items.parent[item] >= 0 or item in module.excluded:
            continue
        kind = NodeKind(items.kind[item])
        if kind in _WITHOUT_NAME:
            continue
        decl = _BY_KIND.get(kind, _unsupported)(program, module, item)
        if decl is not None:
            first = module.names.setdefault(items.name[item], decl)
            if first is not decl:
                report_duplicate(program, first, decl)


def _made(program: Program, module: ModuleEnv, item: int, make: type[D], sign: str = "") -> D:
    """The record of an item, declared. ``sign`` stands before names of this kind."""
    items = module.items
    name = sign + program.interner.text(items.name[item])
    span = module.tokens.span(items.name_token[item])
    if not items.flags[item] & ItemFlag.EXTERN:
        report_reserved(program, module, items.name_token[item], name)
    decl = make(module, item, name, span, private=bool(items.flags[item] & ItemFlag.PRIVATE))
    program.declare_item(decl)
    return decl


def _function(program: Program, module: ModuleEnv, item: int) -> None:
    function = _made(program, module, item, FunctionDecl)
    module.functions.append(function)
    symbol = module.items.name[item]
    group = module.names.get(symbol)
    if group is None:
        group = module.names[symbol] = program.new_group(function, function.name)
    if isinstance(group, FunctionGroup):
        join(program, group, function)
    else:
        report_duplicate(program, group, function)


def _struct(program: Program, module: ModuleEnv, item: int) -> Decl:
    return _made_struct(program, _made(program, module, item, StructDecl))


def _binary(program: Program, module: ModuleEnv, item: int) -> Decl:
    program.loader.needed.append("binary")
    return _made_struct(program, _made(program, module, item, BinaryDecl))


def _made_struct(program: Program, struct: StructDecl) -> StructDecl:
    struct.is_linear = bool(struct.module.items.flags[struct.item] & ItemFlag.LINEAR)
    program.has_linear |= struct.is_linear
    struct.type_params = _type_params(program, struct)
    struct.type = program.types.make(TypeKind.STRUCT, struct.id, *struct.type_params)
    return struct


def _type_params(program: Program, decl: StructDecl) -> tuple[TypeId, ...]:
    """The type parameters of a struct; only one with a `<` behind its name is parsed for them."""
    module = decl.module
    if module.tokens.kind[module.items.name_token[decl.item] + 1] != token_numbers.LT:
        return ()
    with program.arenas.function("type parameters") as arena:
        node = parse_item(module.tokens, module.items, decl.item, arena, program.sink)
        if arena.kind[node] not in (K.STRUCT, K.ENUM):
            return ()
        found: list[TypeId] = []
        for param in distinct(program, module, arena, AggregateView(arena, node).type_params):
            symbol = module.tokens.symbol(arena.token[param])
            found.append(program.types.make(TypeKind.PARAM, symbol, decl.id))
            if arena.kind[param] == K.CONST_PARAM:
                written = module.tokens.text(arena.token[arena.lhs[param]])
                program.types.constant_params[found[-1]] = NAMED_TYPES.get(written, INT)
    return tuple(found)


def _enum(program: Program, module: ModuleEnv, item: int) -> Decl:
    enum = _made(program, module, item, EnumDecl)
    declare_enum_names(program, enum)
    return enum


def _newtype(program: Program, module: ModuleEnv, item: int) -> Decl:
    return _made_newtype(program, _made(program, module, item, NewtypeDecl))


def _packed(program: Program, module: ModuleEnv, item: int) -> Decl:
    return _made_newtype(program, _made(program, module, item, PackedDecl))


def _made_newtype(program: Program, newtype: NewtypeDecl) -> NewtypeDecl:
    newtype.type = program.types.make(TypeKind.NEWTYPE, newtype.id)
    return newtype


def _trait(program: Program, module: ModuleEnv, item: int) -> Decl:
    trait = _made(program, module, item, TraitDecl)
    trait.self_type = program.types.make(TypeKind.PARAM, program.interner.intern("Self"), trait.id)
    return trait


def _alias(program: Program, module: ModuleEnv, item: int) -> Decl:
    return _made(program, module, item, AliasDecl)


def _const(program: Program, module: ModuleEnv, item: int) -> Decl:
    const = _made(program, module, item, ConstDecl)
    const.symbol = f"{module.name}${const.name}"
    return const


def _global(program: Program, module: ModuleEnv, item: int) -> Decl:
    variable = _made(program, module, item, GlobalDecl)
    if not variable.symbol:  # which an annotation may say
        variable.symbol = f"{module.name}${variable.name}"
    return variable


def _macro(program: Program, module: ModuleEnv, item: int) -> None:
    """Macros have names of their own, which begin with the `$` of their calls."""
    macro = _made(program, module, item, MacroDecl, "$")
    symbol = program.interner.intern(macro.name)
    group = module.names.get(symbol)
    if not isinstance(group, MacroGroup):
        group = MacroGroup(module, item, macro.name, macro.span)
        program.register(group)
        module.names[symbol] = group
    n_params = module.items.n_params
    for other in group.macros:
        if n_params[other.item] == n_params[item]:
            report_duplicate(program, other, macro)
            return
    group.macros.append(macro)


def _test(program: Program, module: ModuleEnv, item: int) -> None:
    """A test has no name that anybody could use: it is called by its place among the tests."""
    token = module.items.name_token[item]
    name = string_value(module.tokens, token).decode("utf-8", "replace")
    test = FunctionDecl(module, item, name, module.tokens.span(token), signature=Signature((), VOID))
    test.symbol = f"{module.name}$test.{len(module.tests) + 1}"
    program.declare_item(test)
    module.tests.append(test)


def _unsupported(program: Program, module: ModuleEnv, item: int) -> Decl:
    decl = _made(program, module, item, UnsupportedDecl)
    decl.what = "this declaration is"
    return decl


_WITHOUT_NAME = frozenset({K.IMPORT, K.IMPL, K.EXTEND, K.STATIC_ASSERT})
"""What declares nothing by itself."""

_BY_KIND: dict[NodeKind, Declare] = {
    K.FN: _function,
    K.STRUCT: _struct,
    K.BINARY: _binary,
    K.ENUM: _enum,
    K.NEWTYPE: _newtype,
    K.PACKED: _packed,
    K.TRAIT: _trait,
    K.ALIAS: _alias,
    K.CONST: _const,
    K.GLOBAL: _global,
    K.MACRO: _macro,
    K.TEST: _test,
}

"""The methods of a value by its type: the type's own, those its bounds promise, those given to every type."""

from __future__ import annotations

from collections.abc import Iterator

from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.traits import trait_decl, with_supertraits
from qz.sema.decls import FunctionDecl, FunctionGroup
from qz.sema.types import TypeId
from qz.syntax import token_numbers as tk
from qz.syntax.items import ItemFlag


def find_methods(c: Checker, receiver: TypeId, symbol: int) -> FunctionGroup | None:
    """The methods of that name that a value of a type has. The type may have open arguments."""
    receiver = c.resolved(receiver)
    kind, owner = c.infer.constructor(receiver)
    methods = c.program.methods
    if kind is not tyk.PARAM:
        found = methods.find(kind, owner, symbol)
        if found is not None:
            return found
    for trait in _promised(c, receiver):
        found = trait_decl(c, trait).methods.get(symbol)
        if found is not None:
            return found
    return methods.find_blanket(symbol)


def _promised(c: Checker, receiver: TypeId) -> Iterator[TypeId]:
    """The traits that the function being checked may rely on, and those of a `dyn Trait`."""
    if c.infer.kind(receiver) is tyk.DYN:
        yield from with_supertraits(c, receiver, c.infer.args(receiver)[0])
    for bound in c.bounds.get(receiver, ()):
        yield from with_supertraits(c, receiver, bound)


def misses_self(function: FunctionDecl) -> bool:
    """Whether a method says `self` and has none, which is reported there."""
    tokens, items = function.module.tokens, function.module.items
    if items.flags[function.item] & ItemFlag.HAS_SELF:
        return False
    return tk.SELF in tokens.kinds[items.first[function.item] : items.last[function.item]]


def method_names(c: Checker, receiver: TypeId) -> Iterator[str]:
    """The names of all methods of a type, for suggestions."""
    kind, owner = c.infer.constructor(receiver)
    if kind is not tyk.PARAM:
        yield from c.program.methods.names(kind, owner)
    for trait in _promised(c, receiver):
        yield from map(c.program.interner.text, trait_decl(c, trait).methods)

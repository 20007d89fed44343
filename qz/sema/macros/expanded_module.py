"""The module as a body with macro calls sees it."""

from __future__ import annotations

from dataclasses import fields

from qz.base.interner import MARK_SHIFT, unmarked
from qz.sema.decls import Ambiguity, Decl, ModuleDecl, VariantDecl
from qz.sema.modules import ModuleEnv
from qz.syntax.expanded_tokens import ExpandedTokens


class ExpandedModule(ModuleEnv):
    """Like the module whose declarations it shares, but its tokens include those of the body's expansions,
    and a marked name is looked up in the module that declares the macro. It lives as long as the body."""

    __slots__ = ("_homes", "_own")

    def __init__(self, own: ModuleEnv, tokens: ExpandedTokens) -> None:
        for field in fields(ModuleEnv):
            setattr(self, field.name, getattr(own, field.name))
        self.tokens = tokens
        self._own = own
        self._homes: list[ModuleEnv] = []

    def add(self, home: ModuleEnv) -> None:
        """The next expansion is one of a macro that ``home`` declares."""
        self._homes.append(home)

    def home(self, symbol: int) -> ModuleEnv:
        """Where a name is looked up."""
        number = symbol >> MARK_SHIFT
        return self._homes[number - 1] if number else self._own

    def lookup(self, symbol: int) -> Decl | Ambiguity | None:
        return self.home(symbol).lookup(unmarked(symbol))

    def find_variants(self, symbol: int) -> list[VariantDecl]:
        return self.home(symbol).find_variants(unmarked(symbol))

    def import_named(self, symbol: int) -> ModuleDecl | None:
        return self.home(symbol).import_named(unmarked(symbol))

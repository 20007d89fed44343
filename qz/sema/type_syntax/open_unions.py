"""Unions that type parameters are members of: `T | String`.

Which member a value is of is told by what the members are, and they have an order that depends on it. So code
that is shared by all types of one shape, where two type parameters may look the same, cannot have to do with
such a union: what may gets an instance for each type. That is decided by names alone, without a look at any
body: by those of the declarations in which such a union is written, and of all whose text mentions one of
them. One name too many costs code, never a wrong answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from qz.base.columns import true_places
from qz.base.interner import Interner
from qz.sema.decls import EnumDecl
from qz.sema.modules import ModuleEnv
from qz.syntax import token_numbers as tk
from qz.syntax.layout_tables import lookup
from qz.syntax.nodes import NodeKind
from qz.syntax.tokens import WORD

K = NodeKind

_ENDS_MEMBER = lookup((tk.IDENT, tk.GT, tk.RPAREN, tk.RBRACE))
_BEGINS_MEMBER = lookup((tk.IDENT, tk.LPAREN, tk.LBRACE, tk.IMPL, tk.AMP))
_HOLDERS = frozenset({K.IMPL, K.EXTEND, K.TRAIT})
_WITH_PARAMETERS = frozenset({K.FN, K.STRUCT, K.ENUM, K.ALIAS})


class Named(NamedTuple):
    """A declaration: the names it goes by, and the words in its text and in the header of what holds it."""

    names: frozenset[bytes]
    words: frozenset[bytes]


def open_union_names(modules: Sequence[ModuleEnv], interner: Interner) -> frozenset[bytes]:
    """The names of all in a program that may have to do with a union of a type parameter."""
    own = [module for module in modules if module.is_own]
    found: set[bytes] = set()
    for module in own:
        for item in _items_with_unions(module):
            found |= _names(interner, module, item)
    if not found:
        return frozenset()
    by_word: dict[bytes, list[Named]] = {}
    for module in own:
        for named in _declarations(interner, module):
            for word in named.words:
                by_word.setdefault(word, []).append(named)
    pending = list(found)
    while pending:
        for named in by_word.get(pending.pop(), ()):
            pending += named.names - found
            found |= named.names
    return frozenset(found)


def _items_with_unions(module: ModuleEnv) -> Iterator[int]:
    """The items with type parameters in which something looks like a union."""
    items = module.items
    seen: set[int] = set()
    for token in _bars(module.tokens.kinds):
        item = bisect_left(items.first, token) - 1  # the last that begins before
        while item >= 0:
            if token < items.last[item] and item not in seen:
                seen.add(item)
                if item not in module.excluded and _has_parameters(module, item):
                    yield item
            item = items.parent[item]


def _bars(kinds: bytes) -> list[int]:
    """The tokens that look like the sign between two members."""
    table = np.frombuffer(kinds, np.uint8)
    bars = true_places(table[1:-1] == tk.BAR) + 1
    is_union = _ENDS_MEMBER[table[bars - 1]] & _BEGINS_MEMBER[table[bars + 1]]
    return bars[is_union].tolist()


def _has_parameters(module: ModuleEnv, item: int) -> bool:
    """Whether there may be type parameters in an item: its own, those of what holds it, `impl` types."""
    kinds, items = module.tokens.kinds, module.items
    if items.kind[item] not in _WITH_PARAMETERS:
        return items.kind[item] in (K.MACRO, *_HOLDERS)
    if kinds[items.name_token[item] + 1] == tk.LT:
        return True
    owner = module.owners.get(items.parent[item])
    if owner is not None and owner.type_params:
        return True
    return any(kinds[token] == tk.IMPL for token in range(items.first[item], items.last[item]))


def _names(interner: Interner, module: ModuleEnv, item: int) -> frozenset[bytes]:
    """What leads to an item; of one that holds methods, their names."""
    items, text = module.items, interner.text
    if items.kind[item] in _HOLDERS:
        held = [other for other in range(item + 1, len(items)) if items.parent[other] == item]
        return frozenset(word_of(text(items.name[other])) for other in held)
    found = {word_of(text(items.name[item]))}
    decl = module.names.get(items.name[item])
    if isinstance(decl, EnumDecl):
        found |= {word_of(variant) for variant in decl.names}
    return frozenset(found)


def _declarations(interner: Interner, module: ModuleEnv) -> Iterator[Named]:
    items = module.items
    for item in range(len(items)):
        if items.kind[item] not in (*_WITH_PARAMETERS, K.MACRO) or item in module.excluded:
            continue
        words = _words(module, items.first[item], items.last[item])
        parent = items.parent[item]
        if parent >= 0:
            words |= _words(module, items.first[parent], items.first[item])
        yield Named(_names(interner, module, item), words)


def _words(module: ModuleEnv, first: int, last: int) -> frozenset[bytes]:
    tokens = module.tokens
    text = tokens.data[tokens.start[first] : tokens.start[last] + tokens.len[last]]
    return frozenset(WORD.findall(text))


def word_of(name: str) -> bytes:
    """A name without the sign before or behind it: `$assert`, `empty?`."""
    found = WORD.search(name.encode("utf-8", "surrogateescape"))
    return found[0] if found else b""

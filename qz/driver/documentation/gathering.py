"""What a module offers: its public declarations in the order of the source, with what is said of them."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import NamedTuple

from qz.driver.documentation.comments import comment_of_item, comment_of_module
from qz.sema.decls import FunctionDecl, ImplDecl
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.moves.owning import Owning
from qz.sema.program import Program
from qz.sema.types import ERROR, N_SCALARS, NONE, STRING, VOID, TypeId
from qz.syntax.items import ItemFlag
from qz.syntax.nodes import NodeKind
from qz.syntax.token_kinds import TokenKind

K = NodeKind

_WHOLE = frozenset({K.STRUCT, K.ENUM, K.ALIAS, K.NEWTYPE, K.CONST, K.GLOBAL, K.BINARY, K.PACKED})
"""What is shown as it is written, to its last line."""

_HOLDERS = frozenset({K.TRAIT, K.IMPL, K.EXTEND})
"""What is shown by its first line, and by what it holds."""

_OPENING = frozenset({TokenKind.LPAREN, TokenKind.LBRACKET, TokenKind.LBRACE})
_CLOSING = frozenset({TokenKind.RPAREN, TokenKind.RBRACKET, TokenKind.RBRACE})
_ENDS = frozenset({TokenKind.NEWLINE, TokenKind.ASSIGN, TokenKind.EOF})
_HIDING = "_"
_LONGEST = 24  # lines of what is shown whole: a table of numbers is no documentation


class Entry(NamedTuple):
    """A declaration: its code without its body, what its comment says, and which of its parameters it takes
    over. ``inner`` are the methods of a trait, an `impl` or an `extend`."""

    name: str
    code: str
    words: list[str]
    taken: list[str]
    inner: list[Entry]


class Documented(NamedTuple):
    """A module by the name it is imported by, what its comment says, and its entries."""

    name: str
    words: list[str]
    entries: list[Entry]


def documented(program: Program, module: ModuleEnv, name: str) -> Documented:
    """What a module offers, which is imported by that name."""
    owning = Owning(program, lambda type_id: not _is_copied(program, type_id))
    functions = {function.item: function for function in module.functions if function.default_of < 0}
    top: list[Entry] = []
    inner: dict[int, list[Entry]] = {}
    items = module.items
    for item in range(len(items)):
        if items.flags[item] & ItemFlag.PRIVATE or item in module.excluded or _is_hidden(module, item):
            continue
        entry = _entry(program, module, item, functions.get(item), owning)
        if entry is not None:
            inner[item] = entry.inner
            inner.get(items.parent[item], top).append(entry)
    return Documented(name, comment_of_module(module), top)


def only(module: Documented, name: str) -> Documented:
    """Of a module, what has that name; methods with what holds them."""
    entries: list[Entry] = []
    for entry in module.entries:
        inner = [one for one in entry.inner if one.name == name]
        if entry.name == name:
            entries.append(entry)
        elif inner:
            entries.append(entry._replace(words=[], inner=inner))
    return Documented(module.name, [], entries)


def _entry(
    program: Program, module: ModuleEnv, item: int, function: FunctionDecl | None, owning: Owning
) -> Entry | None:
    """None for what is nothing to others: imports, tests, all clauses of a function but the first."""
    items, tokens = module.items, module.tokens
    kind = items.kind[item]
    is_own_method = items.parent[item] >= 0
    name = tokens.text(items.name_token[item]) if items.name[item] else ""
    words = comment_of_item(module, item)
    if kind == K.FN:
        if function is None or (is_own_method and _meets_a_trait(module, items.parent[item])):
            return None
        code = _header(module, item, is_bare=function.abi == "intrinsic") + _result(program, function)
        return Entry(name, code, words, _taken(program, function, owning), [])
    if kind == K.MACRO:
        return Entry(name, _header(module, item), words, [], [])
    if kind in _HOLDERS:
        return Entry(name, _header(module, item), words, [], [])
    if kind in _WHOLE:
        return Entry(name, _whole(module, item), words, [], [])
    return None


def header_of(program: Program, function: FunctionDecl) -> str:
    """The header of a function in one line, from `def` on, with the type of its result."""
    return _header(function.module, function.item, is_bare=True) + _result(program, function)


def _is_hidden(module: ModuleEnv, item: int) -> bool:
    """Whether a name says that it is nothing to others."""
    return bool(module.items.name[item]) and module.tokens.text(module.items.name_token[item]).startswith(
        _HIDING
    )


def _meets_a_trait(module: ModuleEnv, owner: int) -> bool:
    """Whether an owner's methods are those of a trait, which says what they do."""
    decl = module.owners.get(owner)
    return isinstance(decl, ImplDecl) and decl.trait != NONE


def _header(module: ModuleEnv, item: int, *, is_bare: bool = False) -> str:
    """The code of an item up to its body, in one line; where ``is_bare``, from `def` on."""
    tokens, items, source = module.tokens, module.items, module.source
    first = tokens.start[items.keyword[item]]
    if not is_bare:
        first = source.line_start(source.line_of(first))
    depth, end = 0, first
    for token in range(items.keyword[item], items.last[item] + 1):
        kind = tokens.kind[token]
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if depth == 0 and kind in _ENDS:
            break
        end = tokens.start[token] + tokens.len[token]
    text = re.sub(r"\s+", " ", source.text(first, end)).strip()
    return re.sub(r",? ([)\]])", r"\1", text.replace("( ", "("))


def _whole(module: ModuleEnv, item: int) -> str:
    """The code of an item with its annotations, as it stands there; of a long one, the line with its name."""
    items, line_of, start = module.items, module.source.line_of, module.tokens.start
    first, last = line_of(start[items.first[item]]), line_of(start[items.last[item]])
    if last - first >= _LONGEST:
        first = last = line_of(start[items.keyword[item]])
    lines = map(module.source.line_text, range(first, last + 1))
    return dedent("\n".join(line for line in lines if not line.lstrip().startswith(_HIDING)))


def _result(program: Program, function: FunctionDecl) -> str:
    """The type of a result that is not written, since its body says it."""
    signature = program.queries.signature(function)
    if function.result_written or signature.pattern or signature.result in (VOID, ERROR):
        return ""
    return f": {program.show(signature.result)}"


def _taken(program: Program, function: FunctionDecl, owning: Owning) -> list[str]:
    """The parameters whose values a function keeps, gives back, or takes apart. Those of numbers and of other
    values that are copied are left out: nobody has them alone."""
    return [
        parameter.name
        for position, parameter in enumerate(program.queries.signature(function).params)
        if not _is_copied(program, parameter.type) and owning.owns(function, position)
    ]


def _is_copied(program: Program, type_id: TypeId) -> bool:
    if 0 <= type_id < N_SCALARS:
        return type_id != STRING
    return program.queries.layouts.has_leaves(type_id) and not program.queries.owned_types.is_moved(type_id)

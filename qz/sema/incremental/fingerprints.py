"""What a function's code depends on besides its own text, found without parsing anything.

Code can depend on a declaration only if something leads there by name: the function's text names a callee,
the callee's header names a type, the type's fields name another, an `impl` names the type it is for. So a
function depends on its own text, and on the headers of everything that can be reached through the words in
it. Words are taken from the text as it stands, comments and strings included: one too many costs time, never
a wrong answer. What a name means where it stands is settled by the module's imports, which are part of every
entry.

What some code depends on beyond headers is noted while it is made: see `reads.py`.

Where fields are assigned decides whether others may rely on what is in them, so which of its names are
assigned anywhere is part of a struct (`qz/sema/data/steady_fields.py`), and of every key if they begin with
`_`, as those of the library that somebody relies on.

An `impl` or `extend` is reached through the program's own types that it is for, else through its own trait.
One that has neither (`extend Int`) may matter anywhere, and is part of every key. The library is one
fingerprint, which the driver has.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from qz.sema.decls import DerivedDecl, EnumDecl, FunctionDecl, ImplDecl, OwnerDecl
from qz.sema.incremental.function_refs import FunctionRef, FunctionRefs, TypeRef, UnnamedError
from qz.sema.incremental.name_graph import NameGraph
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.type_syntax.open_unions import word_of
from qz.sema.types import NOMINAL, TypeId
from qz.syntax import token_numbers as tk
from qz.syntax.nodes import NodeKind
from qz.syntax.token_scan import TokenScan
from qz.syntax.tokens import WORD

K = NodeKind
Word = bytes

_HOLDERS = frozenset({K.IMPL, K.EXTEND, K.TRAIT})


def digest(*parts: bytes) -> bytes:
    """A fingerprint of a sequence of byte strings."""
    # Each with its length in front; in this version of the format, equal parts are never shared.
    return blake2b(marshal.dumps(parts, 2), digest_size=16).digest()


class Entry(NamedTuple):
    """A declaration as others see it: a fingerprint of that, and the words that lead on from there."""

    digest: bytes
    words: frozenset[Word]


class Fingerprints:
    """Keys of the functions of one program, as it is loaded."""

    def __init__(self, program: Program, flags: bytes) -> None:
        self._program = program
        self._environments: dict[str, bytes] = {}
        self._bodies: dict[tuple[str, int], tuple[bytes, frozenset[Word]]] = {}
        own = [module for module in program.modules.values() if module.is_own]
        self._graph = NameGraph()
        loaded = sorted(module.name for module in program.modules.values() if not module.is_own)
        self._written = program.queries.steady_fields.own
        written = self._written.among(self._written.beginning_with(b"_"))
        names = (sorted(program.watched), sorted(program.open_unions), loaded, written)
        everywhere = [flags, repr(names).encode("utf-8", "surrogateescape")]
        for module in own:
            for words, entry in self._entries(module):
                for word in words:
                    self._graph.add(word, entry.digest, entry.words)
                if not words:
                    everywhere.append(entry.digest)
                    self._graph.add(b"", entry.digest, entry.words)
        self._flags = digest(*everywhere, self._graph.closure({b""}))

    # Keys

    def contents(self) -> dict[bytes, bytes]:
        """By name, a fingerprint of what is declared under it."""
        return self._graph.contents()

    def code_key(self, function: FunctionDecl, ref: FunctionRef) -> bytes:
        """What decides the code of a function, bodies that were read for it left aside. Lines count, which
        panics mention."""
        place = f"{self.line(function)} {function.module.source.path}".encode("utf-8", "surrogateescape")
        return digest(b"code", self.content_key(function, ref), place)

    def line(self, function: FunctionDecl) -> int:
        """The line that a function begins in; 0 for one that the compiler writes."""
        if isinstance(function, DerivedDecl):
            return 0
        module = function.module
        return module.source.line_of(module.tokens.start[module.items.first[function.item]])

    def text_key(self, function: FunctionDecl) -> bytes:
        """A fingerprint of nothing but a function's own text."""
        return digest(*(self._body(function.module, item)[0] for item in _items(function)))

    def words(self, function: FunctionDecl, ref: FunctionRef) -> set[Word]:
        """All that a function's own text, or its reference, may name."""
        words = set(_words_of(ref))
        for item in _items(function):
            words |= self._body(function.module, item)[1]
        return words

    def content_key(self, function: FunctionDecl, ref: FunctionRef) -> bytes:
        """What decides what a function does, wherever in its file it stands."""
        name = repr(ref).encode("utf-8", "surrogateescape")
        parts = [self._flags, name, self._environment(function.module), self.text_key(function)]
        words = self.words(function, ref)
        if function.owner >= 0 and function.module.is_own:
            content, its_words = self._header_of_holder(function.module, function.owner)
            parts.append(content)
            words |= its_words
        return digest(*parts, self._graph.closure(words))

    def module_key(self, module: ModuleEnv) -> bytes:
        """What decides what there is to say about a module."""
        closure = self._graph.closure(module.tokens.words)
        exporting = {decl.module.name for decl in self._program.exported}
        needed = sorted({i.module.name for i in module.imports} & exporting)
        parts = (self._environment(module), repr(needed).encode("utf-8", "surrogateescape"), closure)
        return digest(self._flags, module.source.data, *parts)

    # Texts

    def _body(self, module: ModuleEnv, item: int) -> tuple[bytes, frozenset[Word]]:
        """An item with everything in it: its fingerprint and its words."""
        found = self._bodies.get((module.name, item))
        if found is None:
            text = _text(module, module.items.first[item], module.items.last[item])
            found = self._bodies[module.name, item] = digest(text), frozenset(WORD.findall(text))
        return found

    def _environment(self, module: ModuleEnv) -> bytes:
        """What names mean in a module besides its own declarations: what its imports bring in."""
        found = self._environments.get(module.name)
        if found is None:
            text = self._program.interner.text
            lines = [
                (i.module.name, text(i.symbol), i.wildcard, i.names and sorted(map(text, i.names)))
                for i in module.imports
            ]
            found = digest(repr((module.name, module.is_runtime, lines)).encode("utf-8", "surrogateescape"))
            self._environments[module.name] = found
        return found

    def _entries(self, module: ModuleEnv) -> Iterator[tuple[list[Word], Entry]]:
        """Every declaration of a module with the names it goes by; none for what may matter anywhere."""
        items = module.items
        environment = self._environment(module)
        for item in range(len(items)):
            kind = items.kind[item]
            if item in module.excluded or kind in (K.IMPORT, K.TEST, K.STATIC_ASSERT):
                continue
            name = word_of(self._program.interner.text(items.name[item]))
            facts = bytes(repr((kind, items.flags[item], items.n_params[item], items.abi[item])), "utf-8")
            if kind in _HOLDERS:
                content, words = self._holder(module, item)
                if kind == K.TRAIT:
                    names = [name, *self._names_of_methods(module, item)]
                else:
                    names = self._leads_to(module.owners.get(item))
            elif kind == K.FN:
                if items.parent[item] >= 0:
                    continue  # part of what holds it
                content, words = self._function_header(module, item)
                names = [name]
            else:
                content, words = self._body(module, item)
                names = [name]
                decl = module.names.get(items.name[item])
                if isinstance(decl, EnumDecl):
                    names += [word_of(variant) for variant in decl.names]
                if kind == K.STRUCT:
                    facts += bytes(repr(self._written.among(words)), "utf-8")
            yield names, Entry(digest(facts, environment, content), words)

    def _holder(self, module: ModuleEnv, item: int) -> tuple[bytes, frozenset[Word]]:
        """An `impl`, `extend` or `trait`: its header, and those of what it holds."""
        items = module.items
        content, words = self._header_of_holder(module, item)
        parts = [content]
        found = set(words)
        for child in range(item + 1, len(items)):
            if items.parent[child] != item:
                break
            if child not in module.excluded:
                content, words = self._function_header(module, child)
                parts += [content, bytes([items.flags[child] & 0xFF, items.flags[child] >> 8])]
                found |= words
        return digest(*parts), frozenset(found)

    def _header_of_holder(self, module: ModuleEnv, item: int) -> tuple[bytes, frozenset[Word]]:
        items = module.items
        end = TokenScan(module.tokens).line_end(items.keyword[item] + 1)
        text = _text(module, items.first[item], end - 1)
        return digest(text), frozenset(WORD.findall(text))

    def _names_of_methods(self, module: ModuleEnv, item: int) -> list[Word]:
        text = self._program.interner.text
        items = module.items
        return [word_of(text(items.name[i])) for i in range(item + 1, len(items)) if items.parent[i] == item]

    def _leads_to(self, owner: OwnerDecl | None) -> list[Word]:
        """The names by which an `impl` or `extend` is reached."""
        if not isinstance(owner, ImplDecl):
            return []
        traits = [owner.trait, *(bound.trait for bound in owner.bounds)]
        return self._own_names([owner.self_type]) or self._own_names(traits)

    def _own_names(self, type_ids: list[TypeId]) -> list[Word]:
        """The names of the program's own declarations in some types."""
        types, decls = self._program.types, self._program.decls
        found: set[Word] = set()
        pending = list(type_ids)
        while pending:
            type_id = pending.pop()
            if types.kinds[type_id] in NOMINAL:
                decl = decls[types.args[type_id][0]]
                if decl.module.is_own:
                    found.add(word_of(decl.name))
            pending += types.parts(type_id)
        return sorted(found)

    def _function_header(self, module: ModuleEnv, item: int) -> tuple[bytes, frozenset[Word]]:
        """A function as its callers see it. Where its result is not written, the words in its body lead to
        the types that it may be of."""
        tokens, items = module.tokens, module.items
        kinds, partner = tokens.kinds, tokens.partner
        last = items.last[item]
        token = TokenScan(tokens).skip_angles(items.name_token[item] + 1)
        if kinds[token] == tk.LPAREN:
            token = partner[token] + 1
        is_written = kinds[token] == tk.COLON
        while token <= last and kinds[token] not in (tk.NEWLINE, tk.ASSIGN):
            token = partner[token] + 1 if partner[token] > token else token + 1
        text = _text(module, items.first[item], token - 1)
        words = WORD.findall(text) if is_written else self._body(module, item)[1]
        return digest(text), frozenset(words)


def _items(function: FunctionDecl) -> tuple[int, ...]:
    """The items of the program's own text that a function consists of; of the library nothing changes."""
    if isinstance(function, DerivedDecl) or not function.module.is_own:
        return ()
    return (function.item, *function.clauses)


def _text(module: ModuleEnv, first: int, last: int) -> bytes:
    """The bytes from one token to another."""
    tokens = module.tokens
    return tokens.data[tokens.start[first] : tokens.start[last] + tokens.len[last]]


def _words_of(ref: FunctionRef | TypeRef) -> Iterator[Word]:
    """The words in all names of a reference."""
    pending: list[object] = [ref]
    while pending:
        part = pending.pop()
        if isinstance(part, tuple):
            pending += part
        elif isinstance(part, str):
            yield from WORD.findall(part.encode("utf-8", "surrogateescape"))


def named(
    refs: FunctionRefs, functions: Iterable[FunctionDecl]
) -> list[tuple[FunctionRef, FunctionDecl]] | None:
    """Functions with their references, in an order that is always the same; None if one has none."""
    try:
        found = [(refs.of(function), function) for function in functions]
    except UnnamedError:
        return None
    return sorted(found, key=lambda pair: repr(pair[0]))

"""What was made of each function of a program the last time, and whether it may be used again.

There is one index for a main file and a set of flags. It has a record for every function that code was made
of: the key of what the code depends on (`qz/sema/incremental/fingerprints.py`), the functions whose bodies
were read for it with their keys, and what became of it: the key of its text, the functions that it calls,
the globals and constants that have to be there. A record is used if all these keys are what they were and
every callee has the symbol that it had. Nothing is decided anywhere else.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qz.base.locations import std_root
from qz.driver.caching.cache import Cache
from qz.driver.caching.fingerprint import compiler_fingerprint, digest, library_fingerprint
from qz.driver.caching.rebuilt import Rebuilt
from qz.driver.made import TextKey, is_walked
from qz.driver.options import Options
from qz.sema.decls import ConstDecl, FunctionDecl, GlobalDecl
from qz.sema.incremental.fingerprints import Fingerprints, named
from qz.sema.incremental.function_refs import FunctionRef, FunctionRefs, StaleError, UnnamedError

if TYPE_CHECKING:
    from qz.driver.made import Made
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program

Reads: TypeAlias = "tuple[tuple[FunctionRef, bytes], ...]"
"""Functions, and the keys of their bodies."""


class Record(NamedTuple):
    """A function the last time. ``line`` and ``text_key`` only serve to say what has changed."""

    code_key: bytes
    text_key: bytes
    line: int
    reads: Reads
    callees: tuple[tuple[FunctionRef, str], ...]
    globals: tuple[tuple[str, str], ...]
    text: tuple[str, str, bytes, int]
    mentions: tuple[str, ...]
    n_nodes: int
    n_ops: int


class Index(NamedTuple):
    """All that is remembered of a program. ``everywhere``: bodies on which types depend; ``names``: what was
    declared under each; ``modules``: the keys of those of which there was nothing to say."""

    everywhere: Reads
    names: dict[bytes, bytes]
    functions: dict[str, Record]
    modules: dict[str, tuple[bytes, Reads]]
    texts: dict[str, str]


class Recalled(NamedTuple):
    """A function that need not be compiled: what came of it, and what it calls."""

    symbol: str
    text: TextKey
    mentions: tuple[str, ...]
    callees: list[FunctionDecl]
    globals: list[ConstDecl | GlobalDecl]
    n_nodes: int
    n_ops: int


class FunctionCache:
    """The index of one program. `open` it when the program is loaded; `find` and `keep`; `store` in the
    end."""

    def __init__(self, cache: Cache, keys: Sequence[str], flags: bytes, rebuilt: Rebuilt) -> None:
        """``keys``: where the index may be, the likeliest place first."""
        self._cache = cache
        self._keys = keys
        self._flags = flags
        self.rebuilt = rebuilt
        self._before = Index((), {}, {}, {}, {})
        self._functions: dict[str, Record] = {}
        self._modules: dict[str, tuple[bytes, Reads]] = {}
        self._names: dict[bytes, bytes] | None = None
        self._is_given_up = False
        # Many functions may read the same bodies, as in a chain of results that are not written.
        self._read: dict[FunctionDecl, tuple[str, tuple[FunctionRef, bytes]]] = {}
        self._content_keys: dict[FunctionRef, bytes | None] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The files of the cache that have texts of the last time, by group."""
        return dict(self._before.texts)

    def open(self, program: Program, *, anew: bool) -> None:
        """Reads the index, unless all is to be made ``anew``; from now on the program may be asked about."""
        self._program = program
        self._refs = FunctionRefs(program)
        self._prints = Fingerprints(program, self._flags)
        found = (_parsed(self._cache.get(key)) for key in self._keys if not anew)
        before = next((index for index in found if index is not None), None)
        if before is None:
            self.rebuilt.everything("nothing is known of it")
        elif not self._are_as_before(before.everywhere):
            self.rebuilt.everything("types depend on a function that has changed")
        else:
            gone = {group for group, name in before.texts.items() if not self._cache.touch(name)}
            self._before = before._replace(texts={g: n for g, n in before.texts.items() if g not in gone})

    def find(self, function: FunctionDecl) -> Recalled | None:
        """What is known of a function, if it may be used."""
        record = self._before.functions.get(function.symbol)
        if record is None:
            self.rebuilt.function(function.symbol, "is new")
            return None
        why = self._why_not(function, record)
        if not why:
            try:
                found = self._recall(record)
            except StaleError:
                found, why = None, "what it calls has changed"
            if found is not None:
                self._functions[function.symbol] = record
                self.rebuilt.n_recalled += 1
                return found
        self.rebuilt.function(function.symbol, why)
        return None

    def _recall(self, record: Record) -> Recalled:
        callees: list[FunctionDecl] = []
        for ref, symbol in record.callees:
            callee = self._refs.function(ref)
            if callee.symbol != symbol:
                raise StaleError
            callees.append(callee)
        globals_ = [self._refs.variable(module, name) for module, name in record.globals]
        text = TextKey(*record.text)
        return Recalled(text.symbol, text, record.mentions, callees, globals_, record.n_nodes, record.n_ops)

    def keep(self, symbol: str, record: Record | None) -> None:
        """Remembers what was made of a function, if that can be remembered."""
        if record is not None:
            self._functions[symbol] = record

    def record(
        self, made: Made, text: TextKey, mentions: Iterable[str], n_nodes: int, n_ops: int
    ) -> Record | None:
        """What was made of a function; None if something of it has no name or was reported on."""
        function = made.function
        reads = self._named_reads(made.reads - {function})
        try:
            ref = self._refs.of(function)
            callees = tuple([(self._refs.of(c), c.symbol) for c in made.callees if is_walked(c)])
        except UnnamedError:
            return None
        if reads is None or not made.is_silent:
            return None
        prints = self._prints
        return Record(
            prints.code_key(function, ref),
            prints.text_key(function),
            prints.line(function),
            reads,
            callees,
            tuple([(decl.module.name, decl.name) for decl in made.globals]),
            (text.group, text.symbol, text.digest, text.size),
            tuple(mentions),
            n_nodes,
            n_ops,
        )

    # Modules

    def is_known(self, module: ModuleEnv) -> bool:
        """Whether there is nothing to say about a module, as the last time."""
        found = self._before.modules.get(module.name)
        if found is None or found[0] != self._prints.module_key(module) or not self._are_as_before(found[1]):
            self.rebuilt.module(module.name)
            return False
        self._modules[module.name] = found
        return True

    def keep_module(self, module: ModuleEnv, reads: set[FunctionDecl]) -> None:
        """Remembers that there is nothing to say about a module."""
        named_reads = self._named_reads({f for f in reads if f.module is not module})
        if named_reads is not None:
            self._modules[module.name] = (self._prints.module_key(module), named_reads)

    def store(self, texts: dict[str, str], *, is_whole: bool) -> None:
        """Writes the index. Where the program was not compiled to its end, what was known before stays, and
        nothing is added about functions: some texts that belong to theirs were never made."""
        everywhere = self._named_reads(self._program.reads.functions(self._program.reads.everywhere))
        if everywhere is None or self._is_given_up:
            return
        everywhere = tuple(sorted({*everywhere, *self._before.everywhere}, key=repr))
        functions, modules = self._functions, self._modules
        if not is_whole:
            functions, texts = self._before.functions, self._before.texts
            modules = self._before.modules | modules
        index = Index(everywhere, self._prints.contents(), functions, modules, texts)
        plain = index._replace(functions={name: tuple(row) for name, row in functions.items()})
        data = marshal.dumps(tuple(plain))
        for key in self._keys:
            self._cache.put(key, data)

    def note_everywhere(self, refs: Sequence[FunctionRef] | None) -> None:
        """Bodies on which types depend, another process says; None: on something without a name, so that
        nothing can be remembered."""
        if refs is None:
            self._is_given_up = True
        else:
            self._program.reads.everywhere.update(map(self._refs.function, refs))

    # Why

    def _why_not(self, function: FunctionDecl, record: Record) -> str:
        """What has changed; nothing if the record may be used."""
        if record.text[0] not in self._before.texts:
            return "its text is not in the cache any more"
        try:
            ref = self._refs.of(function)
        except UnnamedError:
            return "it has no name"
        if self._prints.code_key(function, ref) != record.code_key:
            return self._what_changed(function, ref, record)
        changed = next((ref for ref, key in record.reads if self._content_key(ref) != key), None)
        return "" if changed is None else f"the body of `{shown(changed)}` changed, which it depends on"

    def _what_changed(self, function: FunctionDecl, ref: FunctionRef, record: Record) -> str:
        if self._prints.text_key(function) != record.text_key:
            return "its text changed"
        line = self._prints.line(function)
        if line != record.line:
            return f"it moved from line {record.line} to {line}"
        if self._names is None:
            self._names = self._prints.contents()
        now, before = self._names, self._before.names
        changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
        direct = sorted(changed & self._prints.words(function, ref))
        names = ", ".join(f"`{name.decode('utf-8', 'replace')}`" for name in (direct or sorted(changed))[:3])
        if not names:
            return "the imports of its module changed"
        return f"{names} changed" if direct else f"{names} changed, which something that it uses leads to"

    # Reads

    def _named_reads(self, reads: Iterable[FunctionDecl]) -> Reads | None:
        own = [function for function in reads if function.module.is_own]
        found = named(self._refs, [function for function in own if function not in self._read])
        if found is None:
            return None
        for ref, function in found:
            self._read[function] = repr(ref), (ref, self._prints.content_key(function, ref))
        rows = sorted([self._read[function] for function in own], key=itemgetter(0))
        return tuple([pair for _, pair in rows])

    def _are_as_before(self, reads: Iterable[tuple[FunctionRef, bytes]]) -> bool:
        return all(self._content_key(ref) == key for ref, key in reads)

    def _content_key(self, ref: FunctionRef) -> bytes | None:
        if ref not in self._content_keys:
            try:
                self._content_keys[ref] = self._prints.content_key(self._refs.function(ref), ref)
            except StaleError:
                self._content_keys[ref] = None
        return self._content_keys[ref]


def open_function_cache(
    cache: Cache,
    program: Program,
    options: Options,
    way: tuple[object, ...],
    rebuilt: Rebuilt,
    *,
    anew: bool = False,
) -> FunctionCache:
    """What is known of a program that is loaded; ``way`` says what else decides what is found out.

    It lies under the full path of the main file. Where nothing is known of that, what is known of the path as
    it was given will do: the folder may have moved.
    """
    library = library_fingerprint(str(std_root()))
    flags = repr((compiler_fingerprint(), library, way, options.function_flags())).encode()
    path = options.files[0]
    keys = [digest(b"functions", flags, os.fsencode(name)) for name in (os.path.abspath(path), path)]
    found = FunctionCache(cache, list(dict.fromkeys(keys)), flags, rebuilt)
    found.open(program, anew=anew)
    return found


def shown(ref: FunctionRef) -> str:
    """A reference for people."""
    return str(ref[2]) if ref[0] == "function" else repr(ref)


def _parsed(data: bytes | None) -> Index | None:
    if data is None:
        return None
    index = Index(*marshal.loads(data))
    return index._replace(functions={name: Record(*row) for name, row in index.functions.items()})

"""What could stand at a place: members behind a dot, names of a module behind `::`, else all in sight."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qz.driver.build import Build
from qz.driver.language_server.lookup import function_at
from qz.driver.language_server.parts import struct_of
from qz.sema.body import Body
from qz.sema.decls import (
    ConstDecl,
    Decl,
    EnumDecl,
    FunctionGroup,
    GlobalDecl,
    MacroGroup,
    ModuleDecl,
    StructDecl,
    TraitDecl,
    VariantDecl,
)
from qz.sema.modules import ModuleEnv
from qz.sema.types import NONE, TypeId
from qz.syntax.nodes import NodeKind
from qz.syntax.token_kinds import KEYWORDS

PLACEHOLDER = "_qz_"
"""Put where nothing stands yet, so that there is a name to ask about."""

_METHOD, _FIELD, _VARIABLE, _CLASS, _MODULE, _KEYWORD = 2, 5, 6, 7, 9, 14
_KINDS: tuple[tuple[type[Decl], int], ...] = (
    (FunctionGroup, 3),
    (MacroGroup, 3),
    (TraitDecl, 8),
    (ModuleDecl, _MODULE),
    (EnumDecl, 13),
    (VariantDecl, 20),
    (ConstDecl, 21),
    (GlobalDecl, _VARIABLE),
    (StructDecl, 22),
)


class Proposal(NamedTuple):
    """A name, and what the protocol calls its kind."""

    name: str
    kind: int


def proposals(build: Build, module: ModuleEnv, token: int) -> list[Proposal]:
    """What the name at a token could be; no name is proposed twice."""
    function = function_at(module, token)
    if function is None:
        found = _in_sight(module)
    else:
        with build.arenas.function("completion") as arena:
            body = build.program.queries.body(function, arena)
            found = list(_in_body(build, body, token))
    wanted = {proposal.name: proposal for proposal in reversed(list(found)) if proposal.name[:1] != "_"}
    return sorted(wanted.values())


def _in_body(build: Build, body: Body, token: int) -> Iterable[Proposal]:
    tree, module = body.tree, body.module
    for node in range(1, tree.n):
        if tree.token[node] != token:
            continue
        of = tree.lhs[node]
        if tree.kind[node] in (NodeKind.FIELD, NodeKind.OPT_FIELD):
            decl = build.program.decls[-body.decls[of] - 1] if body.decls[of] < 0 else None
            if isinstance(decl, ModuleDecl):
                return _of_module(decl.target)
            return _members(build, getattr(decl, "type", NONE) or body.types[of])
        if tree.kind[node] == NodeKind.PATH:
            handle = module.import_named(module.tokens.symbol(tree.token[of]))
            return _of_module(handle.target if handle is not None else None)
    locals_ = [Proposal(local.name, _VARIABLE) for local in body.locals if local.token < token]
    return [*locals_, *_in_sight(module)]


def _members(build: Build, of: TypeId) -> Iterator[Proposal]:
    """The fields and methods of a type."""
    if of == NONE:
        return
    struct = struct_of(build, of)
    if struct is not None:
        yield from (Proposal(name, _FIELD) for name in build.program.queries.fields(struct))
    kind, head = build.program.methods.key(of)
    yield from (Proposal(name, _METHOD) for name in build.program.methods.names(kind, head))


def _of_module(target: ModuleEnv | None) -> Iterator[Proposal]:
    for decl in target.names.values() if target is not None else ():
        if not decl.private:
            yield Proposal(decl.name, _kind(decl))


def _in_sight(module: ModuleEnv) -> Iterator[Proposal]:
    yield from (Proposal(decl.name, _kind(decl)) for decl in module.visible_names())
    yield from (Proposal(imported.handle.name, _MODULE) for imported in module.imports)
    yield from (Proposal(word, _KEYWORD) for word in KEYWORDS)


def _kind(decl: Decl) -> int:
    return next((kind for of, kind in _KINDS if isinstance(decl, of)), _CLASS)

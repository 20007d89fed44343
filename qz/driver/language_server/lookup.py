"""What stands at a place of a program: what a name means, the type it has, where it is declared."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple

from qz.base.source import Span
from qz.driver.build import Build
from qz.driver.documentation.comments import comment_of
from qz.driver.language_server.parts import parts_declared, parts_named, struct_of
from qz.sema.body import LOCAL_NOUNS, Body
from qz.sema.decls import Ambiguity, Decl, FunctionDecl
from qz.sema.modules import ModuleEnv
from qz.sema.types import ERROR, NONE
from qz.syntax.nodes import NodeKind
from qz.syntax.tokens import TokenTable

_CALLEES = frozenset((NodeKind.FIELD, NodeKind.PATH, NodeKind.IDENT))
_MEMBERS = frozenset((NodeKind.FIELD, NodeKind.OPT_FIELD))
_BEHIND_A_TYPE = frozenset((NodeKind.STRUCT_LIT, NodeKind.PAT_STRUCT))
"""What begins with the name of a type, which is what that name means."""


class Found(NamedTuple):
    """What stands at a place: code and words to show for it, and where it is declared, if anywhere."""

    span: Span
    code: str
    words: str
    declared: Span | None
    part: Span | None = None
    """Where the field is declared that a shorthand names as well as a local: `Point { x }`."""


def module_of(build: Build, path: str) -> ModuleEnv | None:
    """The module that a file is, as part of the program."""
    return next((m for m in build.program.modules.values() if m.source.path == path), None)


def look_up(build: Build, module: ModuleEnv, offset: int) -> Found | None:
    """What stands at a byte of a module; None where that is nothing with a meaning of its own."""
    token = token_at(module.tokens, offset)
    return meanings(build, module, [token])[0] if token else None


def meanings(build: Build, module: ModuleEnv, tokens: Sequence[int]) -> list[Found | None]:
    """What each of some words means; a function that has several of them is checked once."""
    found: dict[int, Found | None] = {}
    for function, inside in groupby(tokens, partial(function_at, module)):
        if function is None:
            continue
        with build.arenas.function("lookup") as arena:
            body = build.program.queries.body(function, arena)
            parts = parts_named(build, body)
            found |= {token: _in_body(build, body, token, parts.get(token)) for token in inside}
    declared = parts_declared(build, module)
    return [found.get(token) or _in_sight(build, module, token, declared) for token in tokens]


def _in_sight(build: Build, module: ModuleEnv, token: int, parts: set[Span]) -> Found | None:
    """What a name means outside of bodies, where some ``parts`` are declared."""
    span = module.tokens.span(token)
    if span in parts:
        return _of_part(build, span, span)
    decl = module.lookup(module.tokens.symbol(token))
    if decl is None or isinstance(decl, Ambiguity):
        return None
    return _of_decl(build, span, decl)


def token_at(tokens: TokenTable, offset: int) -> int:
    """The word that holds a byte, or ends before it; 0 where there is none."""
    last = bisect_right(tokens.start, offset, 1, len(tokens)) - 1
    for token in range(max(last - 1, 1), last + 1):
        ends_behind = offset <= tokens.start[token] + tokens.len[token]
        if ends_behind and tokens.text(token)[:1].isidentifier():
            return token
    return 0


def function_at(module: ModuleEnv, token: int) -> FunctionDecl | None:
    items = module.items
    for function in (*module.functions, *module.tests):
        item = function.item
        if items.first[item] <= token <= items.last[item] and not function.abi and function.default_of < 0:
            return function
    return None


def _in_body(build: Build, body: Body, token: int, part: Span | None) -> Found | None:
    """What a token of a checked body means: a local, something called or named, or a value of some type.

    ``part`` is where the part is declared that it names, if it does.
    """
    span = body.module.tokens.span(token)
    for number, local in enumerate(body.locals):
        if local.token == token:
            return _of_local(build, body, number, span)._replace(part=part)
    tree = body.tree
    called = {tree.lhs[call]: plan.function for call, plan in body.calls.items()}
    typed: Found | None = None
    for node in range(1, tree.n):
        if tree.token[node] != token or tree.kind[node] in _BEHIND_A_TYPE:
            continue
        entry = body.decls[node]
        if 0 < entry <= len(body.locals):
            return _of_local(build, body, entry - 1, span)._replace(part=part)
        function = called.get(node) if tree.kind[node] in _CALLEES else None
        if function is not None:
            return _of_decl(build, span, function.generic or function)
        if entry < 0:
            return _of_decl(build, span, build.program.decls[-entry - 1])
        if body.types[node] not in (NONE, ERROR):
            code = f"{body.module.tokens.text(token)}: {build.program.show(body.types[node])}"
            typed = Found(span, code, "", part or _field_of(build, body, node))
    return typed or (None if part is None else _of_part(build, span, part))


def _field_of(build: Build, body: Body, node: int) -> Span | None:
    """Where the field is declared that a node reads, if it reads one of a struct."""
    tree = body.tree
    if tree.kind[node] not in _MEMBERS:
        return None
    struct = struct_of(build, body.types[tree.lhs[node]])
    if struct is None:
        return None
    field = build.program.queries.fields(struct).get(body.module.tokens.text(tree.token[node]))
    return field.span if field is not None else None


def _of_local(build: Build, body: Body, number: int, span: Span) -> Found:
    local = body.locals[number]
    code = f"{local.name}: {build.program.show(local.type)}"
    return Found(span, code, LOCAL_NOUNS[local.kind], body.module.tokens.span(local.token))


def _of_decl(build: Build, span: Span, decl: Decl) -> Found:
    source = build.session.sources.get(decl.span.file)
    return Found(span, _line_of(build, decl.span), "\n".join(comment_of(decl, source)), decl.span)


def _of_part(build: Build, span: Span, part: Span) -> Found:
    return Found(span, _line_of(build, part), "", part)


def _line_of(build: Build, declared: Span) -> str:
    source = build.session.sources.get(declared.file)
    return source.line_text(source.line_of(declared.start)).strip()

"""What a call that is being written could be given: the headers of what is called, which argument is next."""

from bisect import bisect_left
from typing import NamedTuple

from qz.driver.build import Build
from qz.driver.documentation.comments import comment_of
from qz.driver.documentation.gathering import header_of
from qz.driver.language_server.lookup import function_at
from qz.sema.body import Body
from qz.sema.decls import Ambiguity, Decl, DerivedDecl, FunctionDecl, FunctionGroup
from qz.sema.modules import ModuleEnv
from qz.sema.types import NONE
from qz.syntax.nodes import NodeKind
from qz.syntax.token_kinds import TokenKind

_OPENING = frozenset((TokenKind.LPAREN, TokenKind.LBRACKET, TokenKind.LBRACE))
_CLOSING = frozenset((TokenKind.RPAREN, TokenKind.RBRACKET, TokenKind.RBRACE))
_FARTHEST = 2_000  # tokens between the beginning of a call and the place asked about


class Signature(NamedTuple):
    """A function that may be meant: its header, what is said of it, and the names of its parameters."""

    header: str
    words: str
    parameters: tuple[str, ...]


class Call(NamedTuple):
    """What may be called, and how many arguments stand before the place."""

    signatures: tuple[Signature, ...]
    n_before: int


def call_at(build: Build, module: ModuleEnv, offset: int) -> Call | None:
    """The innermost call around a byte; None where there is none, or nothing known is called."""
    callee, n_before = _callee(module, offset)
    if not callee:
        return None
    signatures = tuple([_signature(build, function) for function in _functions(build, module, callee)])
    return Call(signatures, n_before) if signatures else None


def _callee(module: ModuleEnv, offset: int) -> tuple[int, int]:
    """The token before the parenthesis that is open at a byte, 0 if none is, and the commas since then."""
    tokens = module.tokens
    last = bisect_left(tokens.start, offset, 1, len(tokens)) - 1
    depth = n_commas = 0
    for token in range(last, max(last - _FARTHEST, 1), -1):
        kind = tokens.kind[token]
        if kind in _CLOSING:
            depth += 1
        elif kind in _OPENING and depth:
            depth -= 1
        elif kind in _OPENING:
            return (token - 1, n_commas) if kind == TokenKind.LPAREN else (0, 0)
        elif kind == TokenKind.COMMA and not depth:
            n_commas += 1
    return 0, 0


def _functions(build: Build, module: ModuleEnv, token: int) -> list[FunctionDecl]:
    """The functions that the callee may be. Its arguments may be too few as yet for any of them."""
    function = function_at(module, token)
    found: Decl | Ambiguity | None = None
    if function is not None:
        with build.arenas.function("signatures") as arena:
            found = _named_in(build, build.program.queries.body(function, arena), token)
    found = found or module.lookup(module.tokens.symbol(token))
    functions = found.functions if isinstance(found, FunctionGroup) else ()
    return [one for one in functions if not isinstance(one, DerivedDecl)]


def _named_in(build: Build, body: Body, token: int) -> Decl | None:
    """The functions of a name in a body: its module's, or the methods of what stands before it."""
    tree, methods = body.tree, build.program.methods
    for node in range(1, tree.n):
        if tree.token[node] != token:
            continue
        if body.decls[node] < 0:
            return build.program.decls[-body.decls[node] - 1]
        if tree.kind[node] == NodeKind.FIELD and body.types[tree.lhs[node]] != NONE:
            return methods.find(*methods.key(body.types[tree.lhs[node]]), body.module.tokens.symbol(token))
    return None


def _signature(build: Build, function: FunctionDecl) -> Signature:
    source = function.module.source
    parameters = build.program.queries.signature(function).params
    names = tuple([parameter.name for parameter in parameters if parameter.name != "self"])
    return Signature(header_of(build.program, function), "\n".join(comment_of(function, source)), names)

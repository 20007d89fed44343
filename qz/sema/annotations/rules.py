"""Which annotations there are: before what each may stand, and what it takes.

`read` gives those of one declaration. It is called for declarations that have any, and answers without
parsing where none of the names asked for is among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from qz.base.source import Span
from qz.syntax import token_numbers as tk
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_annotations

if TYPE_CHECKING:
    from qz.sema.modules import ModuleEnv
    from qz.sema.program import Program

K = NodeKind


class Takes(Enum):
    """What stands in the parentheses; the value says so in a message."""

    NOTHING = "no arguments"
    TEXT = "one string"
    MAYBE_TEXT = "at most one string"
    NUMBER = "one number"
    NAME = "one name"
    NAMES = "names"
    CONDITIONS = 'conditions such as `os: "linux"`, `arch: "x86_64"` or `feature: "name"`'


class Rule(NamedTuple):
    """``before``: the kinds of item it may stand before."""

    before: frozenset[NodeKind]
    takes: Takes = Takes.NOTHING


_FUNCTION = frozenset({K.FN})
_STRUCT = frozenset({K.STRUCT})
_DATA = frozenset({K.STRUCT, K.ENUM})
_NAMED = frozenset(
    {K.FN, K.STRUCT, K.ENUM, K.TRAIT, K.ALIAS, K.NEWTYPE, K.CONST, K.GLOBAL, K.MACRO, K.BINARY, K.PACKED}
)
_ANY = _NAMED | {K.IMPL, K.EXTEND, K.IMPORT, K.STATIC_ASSERT, K.TEST}

RULES: dict[str, Rule] = {
    "inline": Rule(_FUNCTION),
    "noinline": Rule(_FUNCTION),
    "cold": Rule(_FUNCTION),
    "specialize": Rule(_FUNCTION),
    "no_bounds_check": Rule(_FUNCTION),
    "weak": Rule(_FUNCTION),
    "export": Rule(_FUNCTION | {K.GLOBAL}, Takes.MAYBE_TEXT),
    "intrinsic": Rule(_FUNCTION, Takes.TEXT),
    "test": Rule(_FUNCTION),
    "value": Rule(_STRUCT),
    "packed": Rule(_STRUCT),
    "repr": Rule(_DATA, Takes.NAME),
    "section": Rule(_FUNCTION | {K.GLOBAL}, Takes.TEXT),
    "thread_local": Rule(frozenset({K.GLOBAL})),
    "no_preempt": Rule(_FUNCTION),
    "align": Rule(_STRUCT | {K.GLOBAL, K.FN}, Takes.NUMBER),
    "derive": Rule(_DATA | {K.NEWTYPE, K.BINARY, K.PACKED}, Takes.NAMES),
    "deprecated": Rule(_NAMED, Takes.MAYBE_TEXT),
    "cfg": Rule(_ANY, Takes.CONDITIONS),
}

UNSUPPORTED: dict[str, str] = {
    "requires": "`@requires`, a condition on what a function is given, is",
    "ensures": "`@ensures`, a condition on what a function gives, is",
    "gpu": "`@gpu`, code for graphics processors, is",
    "panic_handler": "`@panic_handler`, for programs without an operating system, is",
}
"""Those of which the language tells, with what is said of them; whoever writes one counts on what it does."""

LAYOUT_ANNOTATIONS = frozenset({"align", "packed", "repr"})
"""Those that say how the values of a struct lie in memory."""

CONTRADICTIONS = frozenset({("inline", "noinline")})


class Annotation(NamedTuple):
    """One annotation: the token of its name, and its arguments as nodes of the arena it was read into."""

    name: str
    span: Span
    args: tuple[int, ...]


def annotated_items(module: ModuleEnv) -> list[int]:
    """The items of a module that have annotations."""
    flags: list[int] = module.items.flags[: len(module.items)].tolist()
    return [item for item, bits in enumerate(flags) if bits & ItemFlag.ANNOTATED]


def read(
    program: Program, module: ModuleEnv, item: int, arena: AstArena, wanted: Iterable[bytes] = ()
) -> list[Annotation]:
    """The annotations of an item that has any; nothing where none of the names ``wanted`` is there."""
    if wanted and not _mentions(module, item, wanted):
        return []
    tokens = module.tokens
    first, keyword = module.items.first[item], module.items.keyword[item]
    nodes = parse_annotations(tokens, first, keyword, arena, program.sink)
    return [
        Annotation(
            tokens.text(arena.token[node]),
            tokens.span(arena.token[node]),
            tuple(arena.list(arena.lhs[node])),
        )
        for node in nodes
        if arena.kind[node] == K.ANNOTATION
    ]


def _mentions(module: ModuleEnv, item: int, wanted: Iterable[bytes]) -> bool:
    """Whether one of the names may stand behind an `@` before the item."""
    tokens = module.tokens
    kinds = tokens.kinds
    return any(
        kinds[token] == tk.IDENT and tokens.bytes(token) in wanted
        for token in range(module.items.first[item], module.items.keyword[item])
    )


def text_argument(module: ModuleEnv, arena: AstArena, annotation: Annotation) -> str | None:
    """The one string in the parentheses, or None."""
    if len(annotation.args) != 1 or arena.kind[annotation.args[0]] != K.STRING:
        return None
    return string_value(module.tokens, arena.token[annotation.args[0]]).decode("utf-8", "replace")

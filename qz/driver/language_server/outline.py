"""The declarations of a file, for the editor's outline."""

from qz.driver.language_server.places import Places
from qz.driver.language_server.transport import Json
from qz.sema.modules import ModuleEnv
from qz.syntax.nodes import NodeKind

_METHOD = 6
_KINDS: dict[int, int] = {
    NodeKind.FN: 12,
    NodeKind.STRUCT: 23,
    NodeKind.ENUM: 10,
    NodeKind.TRAIT: 11,
    NodeKind.IMPL: 3,
    NodeKind.EXTEND: 3,
    NodeKind.CONST: 14,
    NodeKind.GLOBAL: 13,
    NodeKind.ALIAS: 5,
    NodeKind.NEWTYPE: 5,
    NodeKind.MACRO: 12,
}
"""What the protocol calls each kind of item; others (imports, tests) are left out."""


def symbols(module: ModuleEnv, places: Places) -> list[Json]:
    """A symbol for each item, methods inside of what holds them."""
    tokens, items, source = module.tokens, module.items, module.source
    top: list[Json] = []
    inside: dict[int, list[Json]] = {}
    for item in range(len(items)):
        kind = _KINDS.get(items.kind[item])
        if kind is None:
            continue
        name_token = items.name_token[item]
        children: list[Json] = []
        is_inner = items.parent[item] >= 0
        symbol: Json = {
            "name": _name(module, item),
            "kind": _METHOD if is_inner and kind == _KINDS[NodeKind.FN] else kind,
            "range": places.range(source, tokens.span_of(items.first[item], items.last[item])),
            "selectionRange": places.range(source, tokens.span(name_token)),
            "children": children,
        }
        inside[item] = children
        (inside.get(items.parent[item], top) if is_inner else top).append(symbol)
    return top


def _name(module: ModuleEnv, item: int) -> str:
    """The name; of an impl or extend, which has none, its first line."""
    tokens, items, source = module.tokens, module.items, module.source
    if items.name[item]:
        return tokens.text(items.name_token[item])
    return source.line_text(source.line_of(tokens.start[items.keyword[item]])).strip()

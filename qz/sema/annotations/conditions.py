"""`@cfg`: what a program is compiled for, and which declarations exist there.

A declaration whose condition does not hold does not exist: nothing in it is looked up, checked or compiled.
"""

from __future__ import annotations

from typing import NamedTuple

from qz.base.arena import ArenaPool
from qz.diagnostics.sink import DiagnosticSink
from qz.diagnostics.suggest import did_you_mean
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag, ItemTable
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_annotations
from qz.syntax.tokens import TokenTable

CONDITIONS = ("os", "arch", "feature")
ANNOTATION = b"cfg"


class Configuration(NamedTuple):
    """What conditions are compared with: the target's system and processor, the features asked for."""

    os: str = ""
    arch: str = ""
    features: frozenset[str] = frozenset()

    def holds(self, condition: str, text: str) -> bool:
        """Whether a condition of that name is met."""
        if condition == "feature":
            return text in self.features
        return text == (self.os if condition == "os" else self.arch)


BARE = Configuration()
"""No system, no processor, no feature: no condition holds."""


def excluded_items(
    tokens: TokenTable,
    items: ItemTable,
    configuration: Configuration,
    arenas: ArenaPool[AstArena],
    sink: DiagnosticSink,
) -> frozenset[int]:
    """The items of a module that do not exist in this configuration; what they hold does not exist either."""
    reader = _Conditions(tokens, items, configuration, arenas, sink)
    excluded: set[int] = set()
    parents = items.parent
    for item, flags in enumerate(items.flags[: len(items)].tolist()):
        is_out = parents[item] in excluded
        if not is_out and flags & ItemFlag.ANNOTATED:
            is_out = not reader.group_stands(item) if flags & ItemFlag.IN_GROUP else not reader.stands(item)
        if is_out:
            excluded.add(item)
    return frozenset(excluded)


class _Conditions:
    """Reads the annotations of one module's items."""

    def __init__(
        self,
        tokens: TokenTable,
        items: ItemTable,
        configuration: Configuration,
        arenas: ArenaPool[AstArena],
        sink: DiagnosticSink,
    ) -> None:
        self.tokens = tokens
        self.items = items
        self.configuration = configuration
        self.arenas = arenas
        self.sink = sink
        self._group_end = -1
        self._group_stands = True

    def stands(self, item: int) -> bool:
        """Whether the conditions before a declaration hold."""
        return self._all_hold(self.items.first[item], self.items.keyword[item])

    def group_stands(self, item: int) -> bool:
        """The same for an entry of `const { … }`: the conditions stand before the group."""
        keyword = self.items.keyword[item]
        if keyword > self._group_end:
            brace = keyword - 1
            while not self.tokens.partner[brace] > keyword:
                brace -= 1
            self._group_end = self.tokens.partner[brace]
            self._group_stands = self._all_hold(self.items.first[item], brace)
        return self._group_stands

    def _all_hold(self, first: int, keyword: int) -> bool:
        if not any(self.tokens.bytes(token) == ANNOTATION for token in range(first, keyword)):
            return True
        with self.arenas.function("cfg") as arena:
            annotations = parse_annotations(self.tokens, first, keyword, arena, self.sink)
            verdicts = [
                self._holds(arena, annotation)
                for annotation in annotations
                if self.tokens.bytes(arena.token[annotation]) == ANNOTATION
            ]
        return all(verdicts)

    def _holds(self, arena: AstArena, annotation: int) -> bool:
        """Whether all conditions of one `@cfg` are met; one that is wrong counts as met."""
        conditions = arena.list(arena.lhs[annotation])
        if not conditions:
            self.sink.report("QZ0606", self.tokens.span(arena.token[annotation]))
        verdicts = [self._condition_holds(arena, node) for node in conditions]
        return all(verdicts)

    def _condition_holds(self, arena: AstArena, node: int) -> bool:
        span = self.tokens.span(arena.token[node])
        value = arena.lhs[node]
        if arena.kind[node] != NodeKind.NAMED_ARG or arena.kind[value] != NodeKind.STRING:
            self.sink.report("QZ0606", span)
            return True
        name = self.tokens.text(arena.token[node])
        if name not in CONDITIONS:
            help_text = did_you_mean(name, CONDITIONS) or "there are `os`, `arch` and `feature`"
            self.sink.report("QZ0605", span, help=help_text, name=name)
            return True
        text = string_value(self.tokens, arena.token[value]).decode("utf-8", "replace")
        return self.configuration.holds(name, text)

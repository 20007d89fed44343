"""The comments that belong to declarations and modules."""

from collections.abc import Iterable
from itertools import takewhile

from qz.base.source import SourceFile
from qz.sema.decls import Decl
from qz.sema.modules import ModuleEnv

_SIGN = "#"


def comment_of(decl: Decl, source: SourceFile) -> list[str]:
    """The comment above a declaration of ``source``: its lines, without their signs."""
    items = decl.module.items
    if 0 <= decl.item < len(items):
        return comment_of_item(decl.module, decl.item)
    return _above(source, source.line_of(decl.span.start))


def comment_of_item(module: ModuleEnv, item: int) -> list[str]:
    """The comment above an item and its annotations."""
    tokens = module.tokens
    return _above(tokens.source, tokens.source.line_of(tokens.start[module.items.first[item]]))


def comment_of_module(module: ModuleEnv) -> list[str]:
    """The comment that a module begins with, unless it belongs to its first declaration."""
    source, items = module.source, module.items
    lines = _leading(source.line_text(number) for number in range(1, source.n_lines + 1))
    first = source.line_of(module.tokens.start[items.first[0]]) if len(items) else 0
    return [] if first == len(lines) + 1 else [_without_sign(line) for line in lines if line[:2] != "#!"]


def first_sentence(text: str) -> str:
    """Of the comment that a text begins with."""
    words = " ".join(_without_sign(line) for line in _leading(text.splitlines()))
    return words.partition(". ")[0].rstrip(".")


def _above(source: SourceFile, line: int) -> list[str]:
    first = line
    while first > 1 and _is_comment(source.line_text(first - 1)):
        first -= 1
    return [_without_sign(source.line_text(number)) for number in range(first, line)]


def _leading(lines: Iterable[str]) -> list[str]:
    return list(takewhile(_is_comment, lines))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith(_SIGN)


def _without_sign(line: str) -> str:
    return line.strip().lstrip(_SIGN).removeprefix(" ")

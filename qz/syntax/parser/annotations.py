"""`@name(arguments)`, and the modifiers between annotations and the keyword of a declaration."""

from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.parser.calls import arguments
from qz.syntax.parser.core import Parser


def annotation_list(p: Parser, keyword: int) -> int:
    """The annotations of the item whose keyword is given; modifiers are stepped over."""
    found: list[int] = []
    while p.at < keyword:
        if p.accept(tk.AT):
            found.append(_annotation(p))
        else:
            p.at += 1
    return p.list(found)


def _annotation(p: Parser) -> int:
    """Behind `@`: a name with or without arguments, or the same in brackets."""
    opener = p.at
    in_brackets = p.accept(tk.LBRACKET)
    name = p.name("the name of an annotation")
    is_closed = p.kinds[p.at] == tk.LPAREN and p.partner[p.at] > p.at
    args = arguments(p) if name and is_closed else []
    node = p.add(nk.ANNOTATION, name, p.list(args)) if name else p.poison()
    if in_brackets:
        p.close(opener, "`]`")
    return node

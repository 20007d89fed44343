"""The text of one function, with everything it needs from its unit: plain data that can be cached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

_LOCAL_NODE = re.compile(r"!@(\d+)")
_DEFINE = "define "
_INTERNAL = "\ndefine internal "
_DEFINITION = re.compile(r"^define ", re.MULTILINE)
_NEVER_INLINED = re.compile(r"\) (?:[a-z ]* )?(?:cold|noinline)\b")


def shift_nodes(text: str, prefix: str, first: int) -> str:
    """Refers to the nodes of a function by `prefix` and a number that starts from `first`."""
    if "!@" not in text:
        return text
    return _LOCAL_NODE.sub(lambda match: f"{prefix}{first + int(match[1])}", text)


@dataclass(slots=True)
class FunctionText:
    """One function, or the entry of a program, as LLVM text.

    Nothing in it is numbered by the unit it will be part of: attributes and alias classes have fixed
    numbers, constant strings are named by their content, and the debug nodes in `metadata` are referred to
    as `!@k`, which the unit replaces.
    """

    name: str
    text: str
    declarations: dict[str, str] = field(default_factory=dict[str, str])
    strings: dict[str, bytes] = field(default_factory=dict[str, bytes])
    metadata: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()
    """Every symbol that `text` defines."""

    def for_inlining(self) -> "FunctionText | None":
        """The same definitions for a unit that may inline them while another one holds them.

        None where there is anything but functions that other units may refer to, or the first is never
        inlined.
        """
        head = self.text.partition("\n")[0]
        if not head.startswith(_DEFINE) or _NEVER_INLINED.search(head) or _INTERNAL in self.text:
            return None
        return replace(self, text=_DEFINITION.sub("define available_externally ", self.text))

    @classmethod
    def joined(cls, texts: "Sequence[FunctionText]") -> "FunctionText":
        """The functions of one module as one text, named after the first."""
        first, *others = texts
        for other in others:
            first.absorb(other)
        for name in first.defined:
            first.declarations.pop(name, None)
        return first

    def absorb(self, copy: "FunctionText") -> None:
        """Takes a further function of the same module in."""
        first = len(self.metadata)
        self.text += shift_nodes(copy.text, "!@", first)
        self.metadata += tuple([shift_nodes(node, "!@", first) for node in copy.metadata])
        self.declarations.update(copy.declarations)
        self.strings.update(copy.strings)
        self.defined += copy.defined

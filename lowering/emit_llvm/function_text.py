"""The text of one function, with everything it needs from its unit: plain data that can be cached."""

from dataclasses import dataclass, field


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

    def absorb(self, copy: "FunctionText") -> None:
        """Takes a further function of the same module in."""
        if copy.metadata:
            raise ValueError("a function with debug information cannot be absorbed")
        self.text += copy.text
        self.declarations.update(copy.declarations)
        self.strings.update(copy.strings)
        self.defined += copy.defined

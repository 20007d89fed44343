"""What a compilation had to do again, and why: for ``--why``."""

from __future__ import annotations

import sys


class Rebuilt:
    """Reasons, noted as they are met."""

    def __init__(self) -> None:
        self._everything = ""
        self.functions: dict[str, str] = {}
        """The symbols of those that were compiled again, each with its reason."""
        self._modules: list[str] = []
        self._units: list[str] = []
        self.n_recalled = 0
        self.n_units = 0

    def everything(self, why: str) -> None:
        """Nothing of the last time can be used."""
        self._everything = why

    def function(self, symbol: str, why: str) -> None:
        """A function is compiled again."""
        self.functions[symbol] = why

    def module(self, name: str) -> None:
        """A module is checked again."""
        self._modules.append(name)

    def unit(self, name: str, n_functions: int) -> None:
        """LLVM compiles a unit again."""
        self._units.append(f"{name} ({n_functions} functions)")

    @property
    def n_units_again(self) -> int:
        """How many units LLVM compiled again."""
        return len(self._units)

    def show(self) -> None:
        """Says it all on standard error, a line each."""
        lines: list[str] = []
        if self._everything:
            lines.append(f"everything is compiled: {self._everything}")
        else:
            lines += [f"function `{symbol}`: {why}" for symbol, why in sorted(self.functions.items())]
            lines += [f"checked again: module `{name}`" for name in self._modules]
            lines += [f"compiled again: unit {name}" for name in self._units]
        functions = f"{len(self.functions)} of {len(self.functions) + self.n_recalled} functions"
        lines.append(f"{functions} and {self.n_units_again} of {self.n_units} units were made again")
        for line in lines:
            print(f"[why] {line}", file=sys.stderr)

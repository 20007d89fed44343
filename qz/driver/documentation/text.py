"""Documentation for a terminal: the code of each declaration, and below it what is said of it."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from qz.driver.documentation.gathering import Documented, Entry

_BOLD, _PLAIN = "\033[1m", "\033[0m"


def of_modules(modules: Iterable[Documented], *, color: bool) -> Iterator[str]:
    """Modules one after the other, as pieces of text."""
    for number, module in enumerate(modules):
        yield "\n\n" if number else ""
        yield _code(f"module {module.name}", color) + "\n"
        yield _words(module.words, "  ")
        yield from _of_entries(module.entries, color=color)


def _of_entries(entries: Iterable[Entry], *, color: bool, margin: str = "") -> Iterator[str]:
    """Declarations, each with an empty line before it."""
    for entry in entries:
        yield "\n" + indent(_code(entry.code, color), margin) + "\n"
        yield _words(entry.words, f"{margin}    ")
        if entry.taken:
            yield f"{margin}    {taken_over(entry)}\n"
        yield from _of_entries(entry.inner, color=color, margin=f"{margin}  ")


def taken_over(entry: Entry) -> str:
    """What a function does with its parameters that its signature does not say."""
    return f"Takes over {' and '.join(f'`{name}`' for name in entry.taken)}."


def _code(code: str, color: bool) -> str:
    return "\n".join(f"{_BOLD}{line}{_PLAIN}" if color and line else line for line in code.split("\n"))


def _words(words: list[str], margin: str) -> str:
    return "".join(f"{margin}{line}".rstrip() + "\n" for line in words)

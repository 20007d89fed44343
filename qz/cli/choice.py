"""From parsed words to the driver's `Options`."""

from argparse import Namespace
from typing import Any, cast

from qz.driver.options import LEVELS, PROFILES, Options


def options_of(words: Namespace) -> Options:
    """The words of any command as options; those a command does not have keep their defaults."""
    given: dict[str, Any] = {}
    for name, value in vars(words).items():
        if name in Options._fields and name != "level":
            given[name] = tuple(cast("list[object]", value)) if isinstance(value, list) else value
    if "profile" in words:
        level, overflow = PROFILES[words.profile] if words.level is None else LEVELS[words.level]
        given["level"] = level
        given["overflow"] = words.overflow or overflow
    given["arguments"] = tuple(words.program_words)
    given["verbosity"] = getattr(words, "verbose", 0) - getattr(words, "quiet", 0)
    return Options(**given)

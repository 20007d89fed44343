"""Every runtime function that the rest of the library, or IR generation, calls directly has a model."""

import re
from collections.abc import Iterator
from pathlib import Path

from dialects.interpreters.runtime_models import MODELS

IMPORT = re.compile(r"^import std/rt/(?P<module>\w+)(?: as (?P<alias>\w+))?", re.MULTILINE)
SYMBOL = re.compile(r'"(rt\.\w+\$\w+)"')


def called_by_library(std: Path) -> Iterator[str]:
    """The symbols of the runtime functions called by library modules outside the runtime."""
    for path in std.rglob("*.qz"):
        if path.is_relative_to(std / "rt"):
            continue
        text = path.read_text()
        yield from SYMBOL.findall(text)
        for found in IMPORT.finditer(text):
            alias = found["alias"] or found["module"]
            for name in re.findall(rf"\b{alias}::([a-z_]\w*)\(", text):
                yield f"rt.{found['module']}${name}"


def called_by_irgen(folder: Path) -> Iterator[str]:
    """The symbols of the runtime functions that intrinsics call."""
    for path in folder.rglob("*.py"):
        yield from SYMBOL.findall(path.read_text())


def is_modelled(symbol: str) -> bool:
    """Functions of the mathematical library are C's own; those of TLS are not reached without a library."""
    return (
        symbol in MODELS
        or symbol.startswith("rt.tls$")
        or (symbol.startswith("rt.libm$") and symbol.partition("$")[2] in MODELS)
    )


def test_every_called_function_has_a_model(root: Path) -> None:
    called = {*called_by_library(root / "std"), *called_by_irgen(root / "qz" / "irgen")}
    assert len(called) > 50
    assert {symbol for symbol in called if not is_modelled(symbol)} == set()

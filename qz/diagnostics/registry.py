"""Every code there is, merged from the tables in `codes/` when the first one is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

from qz.diagnostics.model import CodeSpec


class Family(NamedTuple):
    """A table of codes: its module under `codes/`, and the numbers it may use (both ends included)."""

    module: str
    first: int
    last: int


FAMILIES = (
    Family("syntax", 1, 99),
    Family("patterns", 100, 199),
    Family("calls", 200, 299),
    Family("names", 300, 399),
    Family("types", 400, 499),
    Family("bindings", 500, 599),
    Family("modules", 600, 699),
    Family("control", 700, 799),
    Family("consts", 800, 899),
    Family("unsupported", 900, 953),
    Family("binary", 954, 959),
    Family("macros", 1100, 1199),
    Family("ownership", 1200, 1299),
    Family("lints", 7000, 7299),
    Family("driver", 9000, 9099),
    Family("faults", 9500, 9599),
)


class CodeTableError(Exception):
    """The tables contradict each other, or a code that no table has was asked for."""


@cache
def all_codes() -> dict[str, CodeSpec]:
    """Every code with its spec, by rising number."""
    merged: dict[str, CodeSpec] = {}
    for family in FAMILIES:
        table: tuple[CodeSpec, ...] = import_module(f"qz.diagnostics.codes.{family.module}").CODES
        for spec in table:
            if spec.code in merged:
                raise CodeTableError(f"{spec.code} is defined twice")
            if not family.first <= int(spec.code.removeprefix("QZ")) <= family.last:
                raise CodeTableError(f"{spec.code} does not belong into codes/{family.module}.py")
            merged[spec.code] = spec
    return dict(sorted(merged.items()))


def lookup(code: str) -> CodeSpec:
    """The spec of a code; a `CodeTableError` if nobody defined it."""
    spec = all_codes().get(code)
    if spec is None:
        raise CodeTableError(f"no table in qz/diagnostics/codes defines {code}")
    return spec

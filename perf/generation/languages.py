"""The languages in which a program can be generated."""

from __future__ import annotations

from generation.in_c import C
from generation.in_go import GO
from generation.in_quartz import QUARTZ
from generation.in_rust import RUST
from generation.in_zig import ZIG

LANGUAGES = {spelling.name: spelling for spelling in (QUARTZ, C, RUST, GO, ZIG)}

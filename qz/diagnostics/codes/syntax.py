"""QZ00xx: characters, tokens and grammar."""

from qz.diagnostics.model import CodeSpec

CODES: tuple[CodeSpec, ...] = ()

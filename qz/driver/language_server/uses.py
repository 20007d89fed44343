"""Where what has a name is mentioned, in all files that a program consists of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qz.base.source import Span
from qz.driver.build import Build
from qz.driver.language_server.lookup import Found, meanings
from qz.sema.modules import ModuleEnv


class Use(NamedTuple):
    """A mention, and what else it means: `Point { x }` names a field and a local."""

    span: Span
    found: Found | None


def uses_of(build: Build, declared: Span, modules: Iterable[ModuleEnv]) -> Iterator[Use]:
    """The places in some modules that mean what is declared there, its declaration among them.

    Only words that are the same as that one are asked for their meaning, so that few functions are checked.
    """
    name = build.session.sources.get(declared.file).data[declared.start : declared.end]
    for module in modules:
        tokens = module.tokens
        words = [token for token in range(1, len(tokens)) if tokens.len[token] == len(name)]
        words = [token for token in words if tokens.bytes(token) == name]
        for token, found in zip(words, meanings(build, module, words), strict=True):
            span = tokens.span(token)
            if span == declared or (found is not None and declared in (found.declared, found.part)):
                yield Use(span, found)

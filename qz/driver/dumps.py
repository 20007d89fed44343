"""The stages of the front half as text: tokens, trees, and trees with what was found out."""

from __future__ import annotations

from collections.abc import Iterator

from qz.driver.build import Build
from qz.sema.check import check_function, resolve_function
from qz.sema.decls import FunctionDecl
from qz.sema.dump import dump_body
from qz.sema.modules import ModuleEnv
from qz.syntax.dump import dump_ast, dump_tokens
from qz.syntax.parser import parse_item


def dump(build: Build, stage: str, function: str | None) -> Iterator[str]:
    """The main module at a stage of the front half, as text: all of it, or the function named."""
    module = build.main_module
    assert module is not None
    if stage == "tokens":
        yield "\n".join(dump_tokens(module.tokens))
        return
    for item in range(len(module.items)):
        name = build.session.interner.text(module.items.name[item])
        if function is None or name == function:
            text = _dump_item(build, module, item, stage)
            if text:
                yield text


def _dump_item(build: Build, module: ModuleEnv, item: int, stage: str) -> str:
    if stage == "ast":
        return "\n".join(_dump_tree(build, module, item))
    found = next((f for f in (*module.functions, *module.tests) if f.item == item), None)
    return "" if found is None or found.abi else "\n".join(dump_function(build, found, stage))


def _dump_tree(build: Build, module: ModuleEnv, item: int) -> list[str]:
    with build.arenas.function("dump") as arena:
        node = parse_item(module.tokens, module.items, item, arena, build.session.sink)
        return list(dump_ast(module.tokens, arena, node))


def dump_function(build: Build, function: FunctionDecl, stage: str) -> list[str]:
    """The lines of a function of any module at a stage of the front half that is a tree."""
    if stage == "ast":
        return _dump_tree(build, function.module, function.item)
    with build.arenas.function("dump") as arena:
        read = resolve_function if stage == "resolved" else check_function
        body = read(build.program, function, arena)
        return list(dump_body(build.program, body, with_types=stage == "typed"))

"""Names of parts: fields in what makes a value and in patterns, payloads of variants, arguments by name."""

from __future__ import annotations

from collections.abc import Iterator

from qz.base.source import Span
from qz.driver.build import Build
from qz.sema.body import Body
from qz.sema.clauses import parse_function
from qz.sema.decls import EnumDecl, FunctionDecl, StructDecl, Variant, VariantDecl
from qz.sema.modules import ModuleEnv
from qz.sema.types import NONE, TypeId, TypeKind
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView

K = NodeKind

_WITH_PARTS = frozenset({K.STRUCT_LIT, K.WITH, K.PAT_STRUCT, K.PAT_VARIANT, K.CALL})
_PARTS = frozenset({K.FIELD_INIT, K.PAT_FIELD, K.NAMED_ARG})
_QUALIFIED = frozenset({K.FIELD, K.PATH})


def parts_named(build: Build, body: Body) -> dict[int, Span]:
    """Where each part is declared that a body names, by the token of the name; a variant behind the name of
    its enum is a part of that."""
    found: dict[int, Span] = {}
    tree, tokens = body.tree, body.module.tokens
    for node in range(1, tree.n):
        if node in body.variants:
            found |= _variant_named(build, body, node)
        if tree.kind[node] not in _WITH_PARTS:
            continue
        named = [part for part in tree.list(tree.rhs[node]) if tree.kind[part] in _PARTS]
        declared = dict(_declared(build, body, node)) if named else {}
        for part in named:
            span = declared.get(tokens.text(tree.token[part]))
            if span is not None:
                found[tree.token[part]] = span
    return found


def parts_declared(build: Build, module: ModuleEnv) -> set[Span]:
    """Where the fields and the variants of a module, and what those hold, are declared."""
    queries = build.program.queries
    found: set[Span] = set()
    for decl in module.names.values():
        if isinstance(decl, StructDecl):
            found.update(field.span for field in queries.fields(decl).values())
        elif isinstance(decl, EnumDecl):
            for variant in queries.variants(decl).values():
                found.update((variant.span, *[field.span for field in variant.fields]))
    return found


def struct_of(build: Build, of: TypeId) -> StructDecl | None:
    """The declaration of a struct's type; None for any other type."""
    if of == NONE:
        return None
    kind, head = build.program.methods.key(of)
    decl = build.program.decls[head] if kind is TypeKind.STRUCT else None
    return decl if isinstance(decl, StructDecl) else None


def _declared(build: Build, body: Body, node: int) -> Iterator[tuple[str, Span]]:
    """The parts that a node may name, and where they are declared."""
    tree = body.tree
    if node in body.variants:
        variant = _variant(build, body, node)
        for field in variant.fields if variant is not None else ():
            yield field.name, field.span
    elif node in body.calls:
        yield from _parameters(build, body.calls[node].function)
    else:
        is_pattern = tree.kind[node] == K.PAT_STRUCT
        struct = _struct_named(body, tree.lhs[node]) if is_pattern else struct_of(build, body.types[node])
        for field in build.program.queries.fields(struct).values() if struct is not None else ():
            yield field.name, field.span


def _struct_named(body: Body, type_name: int) -> StructDecl | None:
    module = body.module
    decl = module.lookup(module.tokens.symbol(body.tree.token[type_name]))
    return decl if isinstance(decl, StructDecl) else None


def _parameters(build: Build, function: FunctionDecl) -> Iterator[tuple[str, Span]]:
    """The parameters of a function by name, and where they stand in its header."""
    function = function.generic or function
    tokens = function.module.tokens
    with build.arenas.function(function.symbol) as arena:
        node = parse_function(build.program, function, arena, with_body=False)
        if arena.kind[node] == K.FN:
            for param in FnView(arena, node).params:
                yield tokens.text(arena.token[param]), tokens.span(arena.token[param])


def _variant_named(build: Build, body: Body, node: int) -> dict[int, Span]:
    """The token of a variant's name behind that of its enum, if it stands so."""
    name = _name_of_variant(body, node)
    variant = _variant(build, body, node) if body.tree.kind[name] in _QUALIFIED else None
    return {} if variant is None else {body.tree.token[name]: variant.span}


def _variant(build: Build, body: Body, node: int) -> Variant | None:
    """The variant that a node makes or asks for."""
    name = _name_of_variant(body, node)
    head = body.tree.lhs[name] if body.tree.kind[name] in _QUALIFIED else name
    decl = build.program.decls[-body.decls[head] - 1] if body.decls[head] < 0 else None
    enum = decl.enum if isinstance(decl, VariantDecl) else decl
    if not isinstance(enum, EnumDecl):
        return None
    tag = body.variants[node].tag
    return next((one for one in build.program.queries.variants(enum).values() if one.tag == tag), None)


def _name_of_variant(body: Body, node: int) -> int:
    is_applied = body.tree.kind[node] in (K.CALL, K.PAT_VARIANT)
    return body.tree.lhs[node] if is_applied else node

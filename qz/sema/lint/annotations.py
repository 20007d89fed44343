"""Annotations that nobody knows, that stand in the wrong place, or that say something twice."""

from __future__ import annotations

from qz.diagnostics.model import Fix, Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.annotations.rules import (
    CONTRADICTIONS,
    RULES,
    UNSUPPORTED,
    Annotation,
    Takes,
    annotated_items,
    read,
)
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind

K = NodeKind

_FOR_THE_LINKER = frozenset({"export", "weak"})
"""What may not be lost: somebody else counts on the symbol."""

ITEM_NOUNS = {
    K.FN: "a function",
    K.STRUCT: "a struct",
    K.ENUM: "an enum",
    K.TRAIT: "a trait",
    K.IMPL: "an `impl`",
    K.EXTEND: "an `extend`",
    K.ALIAS: "a type alias",
    K.NEWTYPE: "a newtype",
    K.CONST: "a constant",
    K.GLOBAL: "a global",
    K.STATIC_ASSERT: "a static assertion",
    K.MACRO: "a macro",
    K.TEST: "a test",
    K.IMPORT: "an import",
    K.BINARY: "a binary layout",
    K.PACKED: "a packed struct",
}


def lint_annotations(program: Program, module: ModuleEnv) -> None:
    """Every annotation of a module, those of what is not part of this build included."""
    for item in annotated_items(module):
        with program.arenas.function("annotations") as arena:
            found = read(program, module, item, arena)
            for annotation in found:
                _check(program, module, item, arena, annotation)
            _compare(program, module, found)


def _check(program: Program, module: ModuleEnv, item: int, arena: AstArena, annotation: Annotation) -> None:
    name, span = annotation.name, annotation.span
    rule = RULES.get(name)
    if name in UNSUPPORTED:
        program.report_unsupported(span, UNSUPPORTED[name])
        return
    if rule is None:
        program.sink.report("QZ7010", span, help=_did_you_mean(name), name=name)
        return
    kind = NodeKind(module.items.kind[item])
    if kind not in rule.before:
        program.sink.report(
            "QZ0344" if name in _FOR_THE_LINKER else "QZ7011", span, name=name, what=ITEM_NOUNS[kind]
        )
    elif not _fits(rule.takes, arena, annotation.args):
        program.sink.report("QZ7012", span, name=name, expected=rule.takes.value)
    elif name == "repr" and kind is K.ENUM:
        program.report_unsupported(span, "`@repr` before an enum is")


def _did_you_mean(name: str) -> str:
    return did_you_mean(name, RULES).replace("`", "`@", 1)


def _fits(takes: Takes, arena: AstArena, args: tuple[int, ...]) -> bool:
    kinds = [arena.kind[arg] for arg in args]
    match takes:
        case Takes.NOTHING:
            return not kinds
        case Takes.TEXT:
            return kinds == [K.STRING]
        case Takes.MAYBE_TEXT:
            return kinds in ([], [K.STRING])
        case Takes.NUMBER:
            return kinds in ([K.INT], [K.IDENT], [K.PATH])
        case Takes.NAME:
            return kinds == [K.IDENT]
        case Takes.NAMES:
            return bool(kinds) and set(kinds) == {K.IDENT}
        case Takes.CONDITIONS:  # whoever evaluates them has reported what is wrong
            return True


def _compare(program: Program, module: ModuleEnv, found: list[Annotation]) -> None:
    """Pairs of annotations before one declaration."""
    first: dict[str, Annotation] = {}
    for annotation in found:
        earlier = first.setdefault(annotation.name, annotation)
        if earlier is not annotation and annotation.name != "cfg" and annotation.name in RULES:
            notes = [Note(earlier.span, "first given here")]
            fix = _removal(module, annotation) if not earlier.args and not annotation.args else None
            program.sink.report(
                "QZ7013", annotation.span, notes=notes, help="remove one", fix=fix, name=annotation.name
            )
    if "thread_local" in first and "export" in first:
        what = "a variable of each thread that C shares is"
        program.report_unsupported(first["thread_local"].span, what)
    for one, other in CONTRADICTIONS:
        if one in first and other in first:
            notes = [Note(first[one].span, f"`@{one}` is given here")]
            program.sink.report("QZ7014", first[other].span, notes=notes, name=other, other=one)


def _removal(module: ModuleEnv, annotation: Annotation) -> Fix | None:
    """Without `@name` and the blanks that set it apart; the form in brackets is left alone."""
    data = module.source.data
    start, end = annotation.span.start - 1, annotation.span.end
    if data[start] != ord("@"):
        return None
    line_start = data.rfind(b"\n", 0, start) + 1
    if data[end : end + 1] in (b"\n", b"\r") and data[line_start:start].strip():
        start = line_start + len(data[line_start:start].rstrip())
    else:
        while data[end : end + 1].isspace():
            end += 1
    return Fix(((annotation.span._replace(start=start, end=end), ""),))

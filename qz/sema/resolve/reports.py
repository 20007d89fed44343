"""What is reported of names: that one may not be assigned, and how it could be; that one means nothing."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.diagnostics.other_words import OTHER_FUNCTIONS
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import LOCAL_NOUNS, Body, Local, LocalKind
from qz.sema.decls import NO_VALUES, StructDecl
from qz.sema.loading.elsewhere import declared_elsewhere, declared_in_library, importing_module
from qz.sema.program import Program
from qz.sema.types import ERROR, NOMINAL
from qz.syntax import token_numbers as tn
from qz.syntax.extent import extent
from qz.syntax.foreign_words import foreign_word_help
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.views import FUNCTIONS

K = NodeKind


def report_immutable(program: Program, body: Body, target: int, local: int, *, is_lent: bool = False) -> None:
    """An assignment to a name that was bound for good, by itself or by who is lent it. However often it is
    assigned, that it was bound so is one mistake."""
    first = body.locals[local]
    span = body.module.tokens.span(first.token)
    notes = [Note(span, f"`{first.name}` is bound here, as {LOCAL_NOUNS[first.kind]}")]
    help_text, fix = way_to_variable(body, first)
    if is_lent and first.kind is LocalKind.PARAMETER:
        help_text = f"take it as a place of the caller's: `{first.name}: &mut …`"
    same = (("QZ0501", span),)
    program.sink.report(
        "QZ0501", body.span(target), notes=notes, help=help_text, fix=fix, same=same, name=first.name
    )


def way_to_variable(body: Body, local: Local) -> tuple[str, Fix | None]:
    """What makes a variable of an immutable name, in words and as an edit; of a parameter, in words."""
    if local.kind is LocalKind.PARAMETER and local.name != "self":
        return (
            f"`var {local.name} = {local.name}` makes a variable of it, which the caller does not see",
            None,
        )
    if local.kind is not LocalKind.IMMUTABLE:
        return "", None
    if local.pattern < 0:
        return f"bind it to another name, and that to a variable: `var {local.name} = …`", None
    span = body.module.tokens.span(local.token)
    shown = local.name
    if local.pattern:
        span = extent(body.module.tokens, body.tree, local.pattern)
        shown = body.module.tokens.source.text(span.start, span.end)
    start = Span(span.file, span.start, span.start)
    return f"write `var {shown} = …` where it is bound", Fix(((start, "var "),))


def _report_later(program: Program, body: Body, token: int) -> None:
    """A parameter or field that is mentioned before it has a value: in a default before it, or its own."""
    tokens = body.module.tokens
    symbol = tokens.symbol(token)
    of = next(iter(body.later))
    help_text = "a default may mention what stands before it, nothing behind it"
    if symbol == of:
        help_text = "this is what it would stand in for"
    notes = [Note(tokens.span(body.later[symbol]), f"`{tokens.text(token)}` is declared here")]
    name, of_name = tokens.text(token), program.interner.text(of)
    program.sink.report("QZ0322", tokens.span(token), notes=notes, help=help_text, name=name, of=of_name)


def report_unknown(program: Program, body: Body, token: int) -> None:
    """A name that means nothing, of which only the first mention is reported: in a function, or in the module
    if what is called by it is no local."""
    tokens = body.module.tokens
    symbol = tokens.symbol(token)
    if symbol in body.module.items.foreign_names or body.module.is_excused(symbol):
        return
    if symbol in body.later:
        _report_later(program, body, token)
        return
    name = tokens.text(token)
    same = (body.module.unknown(name),) if tokens.kind[token + 1] == tn.LPAREN else ()
    span = body.missed.setdefault(symbol, tokens.span(token))
    if (handle := body.module.import_named(symbol)) is not None:
        notes = [Note(handle.span, "imported here")]
        program.sink.report("QZ0306", span, notes=notes, name=name, what="a module")
        return
    if span != tokens.span(token) or not program.sink.suggests:
        program.sink.report("QZ0302", tokens.span(token) if same else span, name=name, same=same)
        return
    if (guard := _guard_behind_loop(body, token)) is not None:
        _report_guard(program, body, token, guard)
        return
    if (gone := _gone_before(body, token)) is not None:
        notes = [Note(tokens.span(gone.token), f"this `{name}` is there {_WHERE[gone.kind]}")]
        program.sink.report("QZ0302", span, notes=notes, help=_KEPT.get(gone.kind, ""), name=name)
        return
    known = [local.name for local in body.locals if local.name != "_"]
    known += [imported.handle.name for imported in body.module.imports]
    is_value = name[0].islower()
    known += [d.name for d in body.module.visible_names() if not (is_value and isinstance(d, NO_VALUES))]
    elsewhere = declared_elsewhere(program, body.module, symbol)
    hint = _of_self(program, body, symbol) or foreign_word_help(name) or OTHER_FUNCTIONS.get(name)
    hint = hint or elsewhere.help or _of_module(program, body, token) or did_you_mean(name, known)
    hint = hint or declared_in_library(program, body.module, symbol)
    if name.endswith("?") and name[:-1] in known:
        hint = trying_help(name[:-1])
    program.sink.report("QZ0302", span, notes=elsewhere.notes, help=hint, same=same, name=name)


_WHERE = {
    LocalKind.PARAMETER: "in its lambda",
    LocalKind.VAR: "up to the end of its block",
    LocalKind.IMMUTABLE: "up to the end of its block",
    LocalKind.LOOP: "in its loop",
    LocalKind.PATTERN: "where its pattern holds",
}
_KEPT = {
    LocalKind.VAR: "bind it before the block",
    LocalKind.IMMUTABLE: "bind it before the block, as a variable or to what the block gives: `x = if … end`",
    LocalKind.PATTERN: "use it inside of `if e is p`, or of an arm of a `match`",
}
"""How a name is there farther on."""


def _gone_before(body: Body, token: int) -> Local | None:
    """The last local of a name that was bound before it is mentioned, in a block that has ended. `_` names
    nothing, wherever it is."""
    tokens = body.module.tokens
    symbol = tokens.symbol(token)
    if tokens.text(token) == "_":
        return None
    alike = (local for local in reversed(body.locals) if tokens.symbol(local.token) == symbol)
    return next((local for local in alike if local.token < token), None)


def _of_self(program: Program, body: Body, symbol: int) -> str:
    """How a method gets at the field or method that a name without `self` may mean."""
    kind, owner = program.methods.key(body.type_scope.get(program.interner.intern("Self"), ERROR))
    decl = program.decls[owner] if kind in NOMINAL else None
    name = program.interner.text(symbol)
    is_field = isinstance(decl, StructDecl) and name in program.queries.fields(decl)
    if not is_field and program.methods.find(kind, owner, symbol) is None:
        return ""
    what = "field" if is_field else "method"
    lacks_self = body.tree.kind[body.root] in FUNCTIONS and all(x.name != "self" for x in body.locals[:1])
    return f"the {what} is `self.{name}`" + (", where `self` is the first parameter" if lacks_self else "")


def _of_module(program: Program, body: Body, token: int) -> str:
    """How a module is had that a name in front of a dot may mean: `math.sqrt(x)`."""
    tokens = body.module.tokens
    return importing_module(program, tokens.text(token)) if tokens.kind[token + 1] == tn.DOT else ""


def trying_help(text: str) -> str:
    """What to write for ``text`` with a `?` behind it that was read as a part of the name."""
    return f"a name may end in `?`; what `{text}` holds, or else to return, is `$try({text})`"


def _guard_behind_loop(body: Body, token: int) -> tuple[int, list[int]] | None:
    """`f(x) for x in xs if x > 1`: the IF whose condition mentions a name of the loops that it stands behind,
    and those from the outside in."""
    tree, tokens = body.tree, body.module.tokens
    for node, kind in enumerate(tree.kind):
        if kind != K.IF:
            continue
        arm = tree.list(tree.lhs[node])[0]
        loops = _loops_before(body, node, tree.rhs[arm])
        names = [part for loop in loops for part in tree.list(tree.lhs[loop])]
        for part in names:
            names += children(tree, part)
        is_bound = tokens.symbol(token) in [tokens.symbol(tree.token[part]) for part in names]
        if is_bound and extent(tokens, tree, tree.lhs[arm]).encloses(tokens.span(token)):
            return node, loops
    return None


def _loops_before(body: Body, guard: int, block: int) -> list[int]:
    """The loops that are written behind a statement, and before its guard."""
    tree = body.tree
    loops: list[int] = []
    while tree.kind[block] == K.BLOCK and tree.list(tree.lhs[block]):
        statement = tree.list(tree.lhs[block])[0]
        if tree.kind[statement] != K.FOR or tree.token[statement] > tree.token[guard]:
            break
        loops.append(statement)
        block = tree.extra[tree.rhs[statement] + 1]
    return loops


def _report_guard(program: Program, body: Body, token: int, guard: tuple[int, list[int]]) -> None:
    """A guard is asked before the loop that stands in front of it begins, and must be in front of that."""
    node, loops = guard
    tree, tokens = body.tree, body.module.tokens
    name, word = tokens.text(token), tokens.text(tree.token[node])
    test = extent(tokens, tree, tree.lhs[tree.list(tree.lhs[node])[0]])
    first, own = tokens.span(tree.token[loops[-1]]), tokens.span(tree.token[node])
    text = tokens.source.text
    swapped = f"{text(own.start, test.end)} {text(first.start, own.start).rstrip()}"
    fix = Fix(((Span(own.file, first.start, test.end), swapped),))
    help_text = f"an `{word}` that is asked of each stands before the `for`"
    notes = [Note(own, "asked before the loop begins")]
    program.sink.report("QZ0302", tokens.span(token), notes=notes, help=help_text, fix=fix, name=name)

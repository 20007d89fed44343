"""What is reported of names: that one may not be assigned, and how it could be; that one means nothing."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Fix, Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.body import LOCAL_NOUNS, Body, Local, LocalKind
from qz.sema.loading.library_names import import_hint
from qz.sema.program import Program
from qz.syntax import token_numbers as tk
from qz.syntax.extent import extent
from qz.syntax.foreign_words import foreign_word_help
from qz.syntax.tokens import TokenTable


def report_immutable(program: Program, body: Body, target: int, local: int, *, is_lent: bool = False) -> None:
    """An assignment to a name that was bound for good, by itself or by who is lent it."""
    first = body.locals[local]
    span = body.module.tokens.span(first.token)
    notes = [Note(span, f"`{first.name}` is bound here, as {LOCAL_NOUNS[first.kind]}")]
    help_text, fix = way_to_variable(body, first)
    if is_lent and first.kind is LocalKind.PARAMETER:
        help_text = f"take it as a place of the caller's: `{first.name}: &mut …`"
    program.sink.report("QZ0501", body.span(target), notes=notes, help=help_text, fix=fix, name=first.name)


def way_to_variable(body: Body, local: Local) -> tuple[str, Fix | None]:
    """What makes a variable of an immutable name, in words and as an edit; nothing for any other local."""
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


def _is_beside(tokens: TokenTable, token: int, name: str) -> bool:
    """Whether a name in the default of a parameter is that of one before it."""
    kinds = tokens.kind
    at = token
    while at > 2 and kinds[at] != tk.NEWLINE:
        at -= 1
        if kinds[at] == tk.LPAREN and kinds[at - 2] == tk.DEF and tokens.partner[at] > token:
            before = range(at + 1, token)
            return any(
                kinds[other] == tk.IDENT and kinds[other + 1] == tk.COLON and tokens.text(other) == name
                for other in before
            )
    return False


def report_unknown(program: Program, body: Body, token: int) -> None:
    """A name that means nothing."""
    symbol = body.module.tokens.symbol(token)
    if symbol in body.module.items.foreign_names or symbol in body.module.tokens.garbled:
        return
    if body.module.is_excused(symbol):
        return
    name = body.module.tokens.text(token)
    if not program.sink.suggests:
        program.sink.report("QZ0302", body.module.tokens.span(token), name=name)
        return
    known = [local.name for local in body.locals if local.name != "_"]
    known += [d.name for d in body.module.visible_names()]
    hint = import_hint(name) or did_you_mean(name, known)
    if name.endswith("?") and name[:-1] in known:
        hint = f"a name may end in `?`; what `{name[:-1]}` holds, or else to return, is `$try({name[:-1]})`"
    if _is_beside(body.module.tokens, token, name):
        hint = "a default knows no other parameter: take an `Option`, and write `given ?? …` in the body"
    hint = hint or foreign_word_help(name)
    program.sink.report("QZ0302", body.module.tokens.span(token), help=hint, name=name)

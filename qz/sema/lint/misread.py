"""What is read in another way than it looks."""

from __future__ import annotations

from qz.diagnostics.model import Fix, Note
from qz.sema.body import Body, LocalKind
from qz.sema.check.checker import Checker
from qz.sema.decls import ConstDecl
from qz.sema.program import Program
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import NodeKind

K = NodeKind

_REACHED_THROUGH = frozenset({K.CALL, K.FIELD})
_NUMBERS = frozenset({K.INT, K.FLOAT})


def minuses_before_calls(program: Program, checker: Checker) -> None:
    """`-2.5.floor()`, which looks as if it rounded minus two and a half."""
    kinds, lhs, tokens = checker.kind, checker.lhs, checker.body.module.tokens
    node = 0
    for _ in range(kinds.count(nk.NEG)):
        node = kinds.index(nk.NEG, node + 1)
        number = lhs[node]
        while kinds[number] in _REACHED_THROUGH:
            number = lhs[number]
        is_called = number != lhs[node] and kinds[number] in _NUMBERS
        is_bare = checker.token[number] == checker.token[node] + 1  # no parenthesis between
        if not (is_called and is_bare and tokens.is_written(checker.token[node])):
            continue
        minus, digits = checker.span(node), checker.span(number)
        edits = ((minus._replace(end=minus.start), "("), (digits._replace(start=digits.end), ")"))
        text = tokens.text(checker.token[number])
        help_text = f"`(-{text})` is the number with its sign; `-({text}…)` says that it is meant so"
        fix = Fix(edits, sure=False)
        program.sink.report("QZ7018", checker.extent(node), help=help_text, fix=fix, number=text)


def locals_named_like_constants(program: Program, body: Body) -> None:
    """`LIMIT = 4` where `LIMIT` is a constant of the module, which it neither changes nor could."""
    module = body.module
    for local in body.locals:
        if local.kind is not LocalKind.IMMUTABLE:
            continue
        constant = module.names.get(module.tokens.symbol(local.token))
        if isinstance(constant, ConstDecl) and module.tokens.is_written(local.token):
            span, notes = module.tokens.span(local.token), [Note(constant.span, "the constant is here")]
            program.sink.report("QZ7019", span, notes=notes, help="give it another name", name=local.name)

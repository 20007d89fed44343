"""What a macro's declaration says: its parameters, and the template that its body is."""

from __future__ import annotations

from qz.base.source import ExpandedSpan, MacroCall
from qz.diagnostics.sink import DiagnosticSink
from qz.sema.decls import MacroDecl
from qz.sema.program import Program
from qz.syntax import token_numbers as tk
from qz.syntax.ast import AstArena
from qz.syntax.parser import parse_statements
from qz.syntax.template import Template, quote_template, string_template
from qz.syntax.tokens import TokenTable


def read_macro(program: Program, macro: MacroDecl) -> MacroDecl:
    """The macro with its parameters and its template, read from its tokens the first time."""
    if not macro.is_read:
        macro.is_read = True
        _Reader(program, macro).read()
    return macro


def check_macro(program: Program, macro: MacroDecl) -> None:
    """Report what is wrong with a macro whether or not anybody calls it."""
    template = read_macro(program, macro).template
    if template is not None:
        with program.arenas.function(macro.name) as arena:
            parse_template(program, template, arena)


def parse_template(
    program: Program, template: Template, arena: AstArena, call: MacroCall | None = None
) -> int:
    """The BLOCK of a template's statements; what is wrong in it is said to be there because of ``call``."""
    found = DiagnosticSink()
    node = parse_statements(template, arena, found)
    for finding in found.diagnostics:
        assert finding.span is not None
        span = finding.span if call is None else ExpandedSpan.of(finding.span, call)
        program.sink.take_over(finding, span)
    return node


class _Reader:
    def __init__(self, program: Program, macro: MacroDecl) -> None:
        self.sink = program.sink
        self.macro = macro
        self.tokens: TokenTable = macro.module.tokens
        self.kinds = self.tokens.kinds

    def read(self) -> None:
        at = self.macro.module.items.name_token[self.macro.item] + 1
        is_right = True
        if self.kinds[at] == tk.LPAREN:
            is_right = self._parameters(at)
            at = self.tokens.partner[at] + 1
        if self.kinds[at] != tk.DO or not self.tokens.partner[at]:
            self.sink.report("QZ0026", self.tokens.span(at), found="the end of the line")
            return
        n_errors = self.sink.n_error_reports
        template = self._template(at)
        if is_right and self.sink.n_error_reports == n_errors:
            self.macro.template = template

    def _parameters(self, opener: int) -> bool:
        """`a, b, rest...`; False where something else stands there."""
        macro, kinds = self.macro, self.kinds
        closer = self.tokens.partner[opener]
        names: list[str] = []
        at = opener + 1
        while at < closer:
            several = kinds[at] == tk.ELLIPSIS
            name = at + several
            if kinds[name] != tk.IDENT or macro.is_variadic:
                return self._report_parameter(at, closer)
            text = self.tokens.text(name)
            if text in names:
                self.sink.report("QZ0503", self.tokens.span(name), name=text, where="parameter list")
            names.append(text)
            at = name + 1
            if not several and kinds[at] == tk.ELLIPSIS:
                several = True
                at += 1
            macro.is_variadic = several
            if at < closer and kinds[at] != tk.COMMA:
                return self._report_parameter(at, closer)
            at += 1
        macro.params = tuple(names)
        return True

    def _report_parameter(self, token: int, closer: int) -> bool:
        help_text = "`name...` stands for any number of arguments, and comes last"
        span = self.tokens.span_of(token, max(closer - 1, token))
        self.sink.report("QZ1109", span, help=help_text)
        return False

    def _template(self, opener: int) -> Template | None:
        """The one string or quote between `do` and `end`."""
        kinds, partner = self.kinds, self.tokens.partner
        closer = partner[opener]
        numbers = {name: number for number, name in enumerate(self.macro.params)}
        at = opener + 1
        while kinds[at] == tk.NEWLINE:
            at += 1
        last = at
        template: Template | None = None
        if kinds[at] == tk.STRING:
            template = string_template(self.tokens, at, numbers, self.sink)
        elif kinds[at] == tk.QUOTE and kinds[at + 1] == tk.DO and partner[at + 1]:
            last = partner[at + 1]
            template = quote_template(self.tokens, at + 1, numbers, self.sink)
        behind = last + 1
        while kinds[behind] == tk.NEWLINE:
            behind += 1
        if template is None or behind != closer:
            self._report_body(at if template is None else behind, closer)
        return template

    def _report_body(self, token: int, closer: int) -> None:
        kind = self.kinds[token]
        help_text = ""
        if kind == tk.STRING_START:
            help_text = (
                "in a template string, `#{` is written `\\#{`: the code that it becomes may interpolate"
            )
        elif token == closer:
            token = self.macro.module.items.name_token[self.macro.item]
        self.sink.report("QZ1102", self.tokens.span(token), help=help_text)

"""Expanding the macro calls of one body, in its arena.

    macro    twice(x) do quote do unquote(x) + unquote(x) end end
    before   (CALL puts (MACRO_CALL twice (CALL f)))
    after    (CALL puts (ADD (CALL f) (CALL f)))

A call's node is overwritten by what it becomes, so nothing around it has to change; a call that is a
statement is replaced in its block's list. Arguments are moved into the first of their holes and copied into
the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from qz.diagnostics.model import Note
from qz.diagnostics.sink import DiagnosticSink
from qz.diagnostics.suggest import did_you_mean
from qz.sema.decls import Ambiguity, MacroDecl, MacroGroup
from qz.sema.loading.elsewhere import report_hidden
from qz.sema.macros.argument_text import ArgumentTexts, quoted
from qz.sema.macros.declaration import parse_template, read_macro
from qz.sema.macros.expanded_module import ExpandedModule
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.ast import AstArena
from qz.syntax.depth import cut_below
from qz.syntax.expanded_tokens import ExpandedTokens, Expansion, Patch
from qz.syntax.parser.statements import PLACES
from qz.syntax.shapes import children
from qz.syntax.template import HOLE, Template
from qz.syntax.tree_copy import Renaming, TreeCopy, below

MAX_DEPTH = 128
MAX_NODES = 200_000

EXPANDED = (nk.MACRO_CALL, nk.QUOTE, nk.UNQUOTE, nk.UNQUOTE_EACH)
"""Kinds that are gone when a body's names are resolved."""


class Call(NamedTuple):
    """A call as it stands: the token of the macro's name, and the arguments as nodes."""

    name: str
    token: int
    args: list[int]


class Placed(NamedTuple):
    """For each parameter its arguments: one, or any number for the last of a variadic macro. As nodes, and as
    positions in the call."""

    nodes: list[list[int]]
    positions: list[list[int]]


Builtin = Callable[["Expander", Call], "list[int] | None"]
"""What a call becomes; None where its arguments are wrong, which has been reported."""


def expand_macros(
    program: Program, module: ModuleEnv, arena: AstArena, root: int, builtins: dict[str, Builtin]
) -> ModuleEnv:
    """Expand every call below a node. The module as the body sees it: the same one if there is no call."""
    kinds = arena.kind[: arena.n].tobytes()
    if not any(kind in kinds for kind in EXPANDED):
        return module
    expander = Expander(program, module, arena, builtins)
    expander.walk(root)
    if expander.n_expansions:
        expander.tokens.join()
        cut_below(arena, root, expander.tokens, program.sink)
        return expander.module
    return module


class Expander:
    """The calls of one body on their way out. `tokens` and `module` are what the body is to have."""

    def __init__(
        self, program: Program, module: ModuleEnv, arena: AstArena, builtins: dict[str, Builtin]
    ) -> None:
        self.program = program
        self.sink: DiagnosticSink = program.sink
        self.arena = arena
        self.builtins = builtins
        self.own = module
        self.tokens = ExpandedTokens(module.tokens)
        self.module = ExpandedModule(module, self.tokens)
        self.texts = ArgumentTexts(self.tokens)
        self.n_expansions = 0
        self._gave_up = False

    # Finding calls

    def walk(self, root: int) -> None:
        """Expand what is below a node, outermost calls first."""
        arena = self.arena
        pending = [root]
        while pending:
            node = pending.pop()
            kind = arena.kind[node]
            if kind == nk.MACRO_CALL:
                self._replace(node, self._expand(node))
                pending.append(node)
                continue
            if kind in EXPANDED:
                word = self.module.tokens.text(arena.token[node])
                self.sink.report("QZ1107", self.tokens.span(arena.token[node]), word=word)
                self._poison(node)
                continue
            if kind == nk.BLOCK:
                self._expand_statements(node)
            pending += children(arena, node)

    def _expand_statements(self, block: int) -> None:
        """Put what a call becomes into the list of the block that it is a statement of."""
        arena = self.arena
        statements = arena.list(arena.lhs[block])
        if not any(arena.kind[node] == nk.MACRO_CALL for node in statements):
            return
        found: list[int] = []
        pending = statements[::-1]
        while pending:
            node = pending.pop()
            if arena.kind[node] == nk.MACRO_CALL:
                pending += self._expand(node)[::-1]
            else:
                found.append(node)
        arena.append((), (len(found), *found))
        arena.lhs[block] = arena.n_words - len(found) - 1

    def _replace(self, node: int, statements: list[int]) -> None:
        """Let a node be what a call became: one expression, or a block of statements."""
        arena = self.arena
        if len(statements) == 1 and arena.kind[statements[0]] < nk.BLOCK:
            only = statements[0]
            arena.kind[node], arena.token[node] = arena.kind[only], arena.token[only]
            arena.lhs[node], arena.rhs[node] = arena.lhs[only], arena.rhs[only]
            return
        arena.append((), (len(statements), *statements))
        arena.kind[node] = nk.BLOCK
        arena.lhs[node] = arena.n_words - len(statements) - 1
        arena.rhs[node] = arena.token[node]

    def _poison(self, node: int) -> None:
        self.arena.kind[node] = nk.POISON
        self.arena.lhs[node] = self.arena.rhs[node] = 0

    def poison(self, token: int) -> list[int]:
        """What a call becomes that is wrong."""
        self.arena.append((nk.POISON, token, 0, 0), ())
        return [self.arena.n - 1]

    # One call

    def _expand(self, node: int) -> list[int]:
        """The statements that a call becomes; its own node is free afterwards."""
        self.n_expansions += 1
        arena, tokens = self.arena, self.tokens
        token = arena.token[node]
        call = Call(tokens.text(token), token, arena.list(arena.rhs[node]))
        if self._gave_up or self._exceeds_a_limit(call):
            return self.poison(token)
        group = self._find(call, arena.lhs[node])
        if group is not None:
            macro = self._select(call, group)
            return self.poison(token) if macro is None else self._expand_macro(call, macro)
        builtin = self.builtins.get(call.name)
        if builtin is None or arena.lhs[node]:
            return self.poison(token)
        return builtin(self, call) or self.poison(token)

    def _exceeds_a_limit(self, call: Call) -> bool:
        """Said once for a body: what is left is no better."""
        span = self.tokens.span(call.token)
        if self.tokens.depth(call.token) >= MAX_DEPTH:
            self.sink.report("QZ1104", span, limit=MAX_DEPTH)
            self._gave_up = True
        elif self.arena.n > MAX_NODES:
            self.sink.report("QZ1105", span, limit=MAX_NODES)
            self._gave_up = True
        return self._gave_up

    def _find(self, call: Call, qualifier: int) -> MacroGroup | None:
        """The macros of that name; reports where there are none and nothing is built in either."""
        span = self.tokens.span(call.token)
        symbol = self.program.interner.intern(f"${call.name}")
        if qualifier:
            return self._find_in_module(call, symbol, qualifier)
        found = self.module.lookup(symbol | self.tokens.mark(call.token))
        if isinstance(found, MacroGroup):
            return found
        if isinstance(found, Ambiguity):
            notes = [Note(d.span, f"from module `{d.module.name}`") for d in (found.first, found.second)]
            hint = f"write `${found.first.module.name.rpartition('.')[2]}::{call.name}` to say which"
            self.sink.report("QZ0602", span, notes=notes, help=hint, name=f"${call.name}")
        elif call.name not in self.builtins and not self.own.is_excused(self.tokens.symbol(call.token)):
            self.sink.report("QZ1101", span, help=self._did_you_mean(call), name=call.name)
        return None

    def _find_in_module(self, call: Call, symbol: int, qualifier: int) -> MacroGroup | None:
        span = self.tokens.span(call.token)
        handle = self.module.import_named(self.tokens.symbol(qualifier))
        if handle is None or handle.target is None:
            if self.own.is_excused(self.tokens.symbol(qualifier)):
                return None
            name = self.tokens.text(qualifier)
            known = [imported.handle.name for imported in self.own.imports]
            self.sink.report("QZ0302", self.tokens.span(qualifier), help=did_you_mean(name, known), name=name)
            return None
        found = handle.target.public(symbol)
        if isinstance(found, MacroGroup):
            return found
        name = f"${call.name}"
        hidden = handle.target.names.get(symbol)
        if hidden is not None:
            report_hidden(self.program, span, name, hidden)
        else:
            self.sink.report("QZ0603", span, name=name, module=handle.target.name)
        return None

    def _did_you_mean(self, call: Call) -> str:
        function = self.module.lookup(self.tokens.symbol(call.token))
        if function is not None:
            return f"`{call.name}` is no macro: write it without `$`"
        home = self.module.home(self.tokens.mark(call.token))
        known = [decl.name for decl in home.visible_names() if isinstance(decl, MacroGroup)]
        return did_you_mean(f"${call.name}", [*known, *(f"${name}" for name in self.builtins)])

    def _select(self, call: Call, group: MacroGroup) -> MacroDecl | None:
        """The macro for that many arguments; the more parameters it names the nearer it is."""
        n_args = len(call.args)
        nearest: MacroDecl | None = None
        for macro in group.macros:
            read_macro(self.program, macro)
            if not macro.is_variadic and len(macro.params) == n_args:
                return macro
            fits = macro.is_variadic and len(macro.params) - 1 <= n_args
            if fits and (nearest is None or len(macro.params) > len(nearest.params)):
                nearest = macro
        malformed = next((macro for macro in group.macros if macro.template is None), None)
        if nearest is None and malformed is not None:
            return malformed  # of which everything is said
        if nearest is None:
            wanted = [_n_arguments(macro) for macro in group.macros]
            notes = [Note(macro.span, f"`{macro.name}` is declared here") for macro in group.macros]
            self.report_arity(call, " or ".join(wanted), notes)
        return nearest

    def report_arity(self, call: Call, expected: str, notes: Sequence[Note] = ()) -> None:
        """Report that a call has too many arguments, or too few."""
        self.sink.report(
            "QZ0200",
            self.tokens.span(call.token),
            notes=notes,
            name=f"${call.name}",
            expected=expected,
            found=len(call.args),
        )

    def _expand_macro(self, call: Call, macro: MacroDecl) -> list[int]:
        if macro.id in self.program.deprecated and self.own.is_own:
            self.program.report_deprecated(macro, self.tokens.span(call.token))
        if macro.template is None:  # its declaration is wrong, which was reported there
            return self.poison(call.token)
        placed = self._place(call, macro)
        if placed is None:
            return self.poison(call.token)
        return self.fill(call, macro.template, macro.module, placed)

    def _place(self, call: Call, macro: MacroDecl) -> Placed | None:
        """Which argument goes to which parameter; None where that cannot be, which is reported."""
        placed = Placed([[] for _ in macro.params], [[] for _ in macro.params])
        last = len(macro.params) - 1
        is_right = True
        for position, arg in enumerate(call.args):
            at = min(position, last)
            if self.arena.kind[arg] == nk.NAMED_ARG:
                name = self.tokens.text(self.arena.token[arg])
                span = self.tokens.span(self.arena.token[arg])
                if name not in macro.params:
                    hint = did_you_mean(name, macro.params)
                    self.sink.report("QZ0201", span, help=hint, function=macro.name, name=name)
                    is_right = False
                    continue
                at = macro.params.index(name)
                arg = self.arena.lhs[arg]
                if placed.nodes[at] and not (macro.is_variadic and at == last):
                    self.sink.report("QZ0202", span, name=name)
                    is_right = False
            placed.nodes[at].append(arg)
            placed.positions[at].append(position)
        return placed if is_right else None

    def fill(self, call: Call, template: Template, home: ModuleEnv, placed: Placed) -> list[int]:
        """The statements of a template with arguments in its holes."""
        patches = self._patches(call, template, placed)
        expansion = self.tokens.add(template, call.name, call.token, patches)
        self.module.add(home)
        self.texts.place(expansion, placed.positions)
        with self.program.arenas.function(f"${call.name}") as parsed:
            block = parse_template(self.program, template, parsed, expansion.call)
            filling = _Filling(self, expansion, placed.nodes)
            statements = filling.copy(parsed, block)
            filling.copies.finish()
        return statements

    def _patches(self, call: Call, template: Template, placed: Placed) -> dict[int, Patch]:
        """The tokens of a template that an argument's text is part of."""
        if not template.pasted:
            return {}
        texts = self.texts.of_call(call.token)
        patches: dict[int, Patch] = {}
        for token in template.pasted:
            written = template.bytes(token)
            is_name = template.kind[token] == tk.IDENT
            mark = 0
            pieces: list[bytes] = []
            at = 0
            for hole in HOLE.finditer(written):
                parameter = int(hole[1])
                is_known = parameter < len(placed.nodes)
                args = placed.nodes[parameter] if is_known else []
                shown = ", ".join(texts[at] for at in (placed.positions[parameter] if is_known else ()))
                pieces += (written[at : hole.start()], (shown if is_name else quoted(shown)).encode())
                at = hole.end()
                if args:
                    mark = self.tokens.mark(self.arena.token[args[0]])
                if is_name and not shown.isidentifier():
                    self.report_not_a_name(call, args)
            pieces.append(written[at:])
            patches[token] = Patch(b"".join(pieces), mark)
        return patches

    def report_not_a_name(self, call: Call, args: Sequence[int]) -> None:
        """An argument stands where only a name can."""
        token = self.arena.token[args[0]] if args else call.token
        self.sink.report("QZ1106", self.tokens.span(token))


def _n_arguments(macro: MacroDecl) -> str:
    n = len(macro.params) - macro.is_variadic
    return f"{'at least ' if macro.is_variadic else ''}{n} argument{'' if n == 1 else 's'}"


class _Filling:
    """One copy of a parsed template, with the arguments in its holes."""

    def __init__(self, expander: Expander, expansion: Expansion, placed: list[list[int]]) -> None:
        self.expander = expander
        self.expansion = expansion
        self.placed = placed
        self.copies = TreeCopy(expander.arena)
        self._used: set[int] = set()
        self._parsed: AstArena | None = None
        self._became: dict[int, list[int]] = {}
        self._renaming = Renaming(self._node, self._nodes, self._place, self._name)

    def copy(self, parsed: AstArena, block: int) -> list[int]:
        """Copy everything below the block, children first; what its statements became."""
        template = self.expansion.template
        self._parsed = parsed
        for node in sorted(below(parsed, block))[:-1]:
            hole = template.holes.get(parsed.token[node])
            kind = parsed.kind[node]
            if kind == nk.IDENT and hole is not None:
                self._became[node] = self._arguments(hole.parameter)
                continue
            copied = self.copies.copy(parsed, node, self._renaming)
            if kind in (nk.ASSIGN, nk.ASSIGN_OP):
                self._check_place(copied)
            self._became[node] = [copied]
        return self._nodes(parsed.list(parsed.lhs[block]))

    def _arguments(self, parameter: int) -> list[int]:
        """The trees of a parameter's arguments: themselves the first time, then copies."""
        if parameter >= len(self.placed):
            return [self.copies.add(nk.POISON, self.expansion.caller)]
        found: list[int] = []
        for arg in self.placed[parameter]:
            found.append(self.copies.clone(arg) if arg in self._used else arg)
            self._used.add(arg)
        return found

    def _node(self, node: int) -> int:
        became = self._became[node]
        if len(became) == 1:
            return became[0]
        expander = self.expander
        assert self._parsed is not None
        span = expander.tokens.span(self.expansion.first + self._parsed.token[node])
        expander.sink.report("QZ1108", span, name=f"${self.expansion.call.name}", found=len(became))
        return self.copies.add(nk.POISON, self.expansion.caller)

    def _nodes(self, nodes: list[int]) -> list[int]:
        return [became for node in nodes for became in self._became[node]]

    def _place(self, token: int) -> int:
        return self.expansion.first + token

    def _name(self, token: int) -> int:
        """A name in a copy: the template's, or for a hole the name that the argument is."""
        hole = self.expansion.template.holes.get(token)
        if hole is None or hole.parameter >= len(self.placed):
            return self.expansion.first + token
        expander = self.expander
        args = self.placed[hole.parameter]
        if len(args) == 1 and expander.arena.kind[args[0]] == nk.IDENT:
            return expander.arena.token[args[0]]
        expander.sink.report("QZ1106", expander.tokens.span(self.expansion.first + token))
        return self.expansion.first + token

    def _check_place(self, assignment: int) -> None:
        copies = self.copies
        row = 4 * (assignment - copies.target.n)
        target = copies.rows[row + 2]
        kind = copies.kind_of(target)
        if kind in PLACES:
            return
        tokens = self.expander.tokens
        operator = copies.rows[row + 1]
        self.expander.sink.report(
            "QZ0028", tokens.span(operator), what="this argument", operator=tokens.text(operator)
        )
        copies.rows[row] = nk.POISON
        copies.rows[row + 2] = copies.rows[row + 3] = 0

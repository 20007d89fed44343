"""The declarations of a module: their names and extents, found without parsing a single body.

The tokens are balanced, so a body is skipped in one step: the partner of its opener is its end.
"""

from __future__ import annotations

from collections.abc import Callable

from qz.base.interner import Interner
from qz.diagnostics.model import Fix
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import node_numbers as nk
from qz.syntax import token_numbers as tk
from qz.syntax.foreign_words import DECLARING_WORDS, foreign_word_help, slip_of
from qz.syntax.items import ItemFlag, ItemId, ItemTable
from qz.syntax.operator_methods import OPERATOR_METHODS
from qz.syntax.token_scan import TokenScan
from qz.syntax.token_words import describe
from qz.syntax.tokens import TokenTable

__all__ = ["ItemFlag", "ItemId", "ItemTable", "outline"]

STRING_ABI = slice(1, -1)

_PRIVATE = ItemFlag.PRIVATE
_NEEDLESS = frozenset({"pub", "public", "export", "static"})
_CONST = ItemFlag.CONST
_CONDITIONS = frozenset({b"requires", b"ensures"})
"""Annotations that an expression follows, up to the end of the line."""
_EXTERN = ItemFlag.EXTERN
_VARIADIC = ItemFlag.VARIADIC
_HAS_BODY = ItemFlag.HAS_BODY
_HAS_SELF = ItemFlag.HAS_SELF
_LINEAR = ItemFlag.LINEAR
_PACKED = ItemFlag.PACKED
_IN_GROUP = ItemFlag.IN_GROUP
_ANNOTATED = ItemFlag.ANNOTATED


def outline(tokens: TokenTable, interner: Interner, sink: DiagnosticSink) -> ItemTable:
    """The items of a module, in the order of the source."""
    assert tokens.interner is interner
    found = Outline(tokens, sink)
    found.declarations(1, len(tokens) - 1, -1)
    return found.finish()


class Outline:
    """Walks over the top level, and over the insides of `impl`, `trait` and `extend`."""

    __slots__ = (
        "_abi",
        "_abis",
        "_complained",
        "_flags",
        "_foreign_names",
        "_kinds",
        "_n_items",
        "_parent",
        "_partner",
        "_rows",
        "_scan",
        "_sink",
        "_tokens",
    )

    def __init__(self, tokens: TokenTable, sink: DiagnosticSink) -> None:
        self._tokens = tokens
        self._kinds = tokens.kinds
        self._partner = tokens.partner
        self._scan = TokenScan(tokens)
        self._sink = sink
        self._rows: list[int] = []
        self._abis: list[str] = []
        self._n_items = 0
        self._flags = 0
        self._abi = ""
        self._parent = -1
        self._foreign_names: set[int] = set()
        self._complained = False  # about the line before: a run of stray lines is one mistake

    def finish(self) -> ItemTable:
        """The table of what was found."""
        return ItemTable(self._rows, self._abis, frozenset(self._foreign_names))

    def declarations(self, token: int, end: int, parent: int) -> None:
        """Everything declared from `token` up to `end`."""
        kinds = self._kinds
        privacy = 0
        while token < end:
            if kinds[token] == tk.NEWLINE:
                token += 1
                continue
            if kinds[token] == tk.PRIVATE and kinds[token + 1] in (tk.NEWLINE, tk.EOF):
                privacy = _PRIVATE
                token += 1
                continue
            self._flags = privacy
            self._abi = ""
            self._parent = parent
            token = max(self._declaration(token), token + 1)

    def _declaration(self, first: int) -> int:
        """One declaration, annotations and modifiers included; the token behind it."""
        keyword = self._modifiers(self._behind_needless(self._annotations(first)))
        kind = self._kinds[keyword]
        handler = HANDLERS.get(kind)
        if kind == tk.IDENT:
            handler = CONTEXTUAL.get(self._tokens.bytes(keyword))
        if handler is None or (self._parent >= 0 and kind != tk.DEF):
            return self._stray(keyword)
        self._complained = False
        return handler(self, first, keyword)

    def _annotations(self, token: int) -> int:
        """The token behind any annotations."""
        kinds = self._kinds
        while kinds[token] == tk.AT:
            self._flags |= _ANNOTATED
            token += 1
            opener = tk.LBRACKET
            if kinds[token] != opener:
                is_condition = self._tokens.bytes(token) in _CONDITIONS
                token += 1
                opener = tk.LPAREN
                if is_condition and kinds[token] != opener:
                    token = self._scan.line_end(token)
            if kinds[token] == opener:
                token = max(self._partner[token], token) + 1  # one that is not closed has no partner
            while kinds[token] == tk.NEWLINE:
                token += 1
        return token

    def _behind_needless(self, token: int) -> int:
        """The token behind the `pub` or `static` of another language, before what is declared."""
        kinds, tokens = self._kinds, self._tokens
        if kinds[token] != tk.IDENT or kinds[token + 1] not in HANDLERS:
            return token
        word = tokens.text(token)
        if word not in _NEEDLESS:
            return token
        rest = tokens.span(token)._replace(end=tokens.start[token + 1])
        fix = Fix(((rest, ""),))
        self._sink.report("QZ0022", tokens.span(token), help=foreign_word_help(word), fix=fix, word=word)
        return token + 1

    def _modifiers(self, token: int) -> int:
        """The keyword of the declaration: behind `private`, `const`, `extern "C" variadic`,
        `linear`, `packed`."""
        kinds = self._kinds
        if kinds[token] == tk.PRIVATE:
            self._flags |= _PRIVATE
            token = self._annotations(token + 1)
        if kinds[token] == tk.CONST and kinds[token + 1] == tk.DEF:
            self._flags |= _CONST
            return token + 1
        if kinds[token] == tk.EXTERN and kinds[token + 1] == tk.STRING:
            self._flags |= _EXTERN
            self._abi = self._tokens.text(token + 1)[STRING_ABI]
            token += 2
            if kinds[token] == tk.IDENT and self._tokens.bytes(token) == b"variadic":
                self._flags |= _VARIADIC
                token += 1
            return token
        if kinds[token] == tk.IDENT and kinds[token + 1] == tk.STRUCT:
            flag = STRUCT_MODIFIERS.get(self._tokens.bytes(token), 0)
            if flag:
                self._flags |= flag
                return token + 1
        return token

    def _add(self, kind: int, first: int, keyword: int, name: int, last: int, n_params: int = 0) -> ItemId:
        """A new item; `name` is the token of its name, or the keyword where it has none."""
        item = self._n_items
        self._n_items = item + 1
        symbol = self._tokens.symbol(name) if name != keyword or kind == nk.CONST else 0
        self._rows += (kind, self._flags, self._parent, symbol, name, first, keyword, last, n_params)
        self._abis.append(self._abi)
        return item

    def _nameless(self, token: int, next_token: int, expected: str = "a name", help_text: str = "") -> int:
        """Report that a name is missing at `token`; the declaration is left out."""
        found = describe(self._tokens, token)
        self._sink.report("QZ0020", self._tokens.span(token), help=help_text, found=found, expected=expected)
        return next_token

    def _stray(self, token: int) -> int:
        """What is no declaration: reported once for a run of such lines, and skipped."""
        tokens = self._tokens
        kinds = self._kinds
        end = self._scan.line_end(token)
        if end == token and kinds[token] != tk.EOF:
            end += 1
        word = tokens.text(token) if kinds[token] == tk.IDENT else ""
        is_said = kinds[token + 1] in (tk.IDENT, tk.LBRACE, tk.STRING, tk.ERROR)
        help_text = foreign_word_help(word) if is_said else ""
        if help_text:
            self._sink.report("QZ0022", tokens.span(token), help=help_text, word=word)
            if kinds[token + 1] == tk.IDENT:
                self._foreign_names.add(tokens.symbol(token + 1))
                if self._parent >= 0:
                    self._sink.excuse([tokens.text(token + 1)])
            return end
        declared = [tokens.text(at) for at in range(token, end) if kinds[at] == tk.IDENT]
        self._sink.garble(tokens.span(token), declared)
        if self._complained or kinds[token] == tk.ERROR:
            return end
        self._complained = True
        if self._parent >= 0:
            expected = "`def`"
            help_text = "other declarations stand outside, in the module" if kinds[token] in HANDLERS else ""
        else:
            expected = "a declaration"
            help_text = "statements stand inside functions; a program begins in `def main`"
            meant = slip_of(word, DECLARING_WORDS) if is_said else ""
            if meant:
                help_text = f"did you mean `{meant}`?"
            if kinds[token] == tk.DOLLAR:
                help_text = "module state is declared by `global name = …`, and its name has no sign"
            if kinds[token] == tk.SLASH and kinds[token + 1] in (tk.SLASH, tk.STAR):
                help_text = "a comment begins with `#`"
        self._sink.report(
            "QZ0030", tokens.span(token), help=help_text, found=describe(tokens, token), expected=expected
        )
        return end

    # Declarations; each gives the token behind it

    def function(self, first: int, keyword: int) -> int:
        """`def`, with a block, an endless body or none."""
        kinds = self._kinds
        end = self._partner[keyword]
        name = keyword + 1
        after = end + 1 if end else self._scan.line_end(name)
        if kinds[name] != tk.IDENT:
            help_text = ""
            if kinds[name] == tk.SELF and kinds[name + 1] == tk.DOT:
                help_text = "a function without `self` is asked of its type: `Type.name()`"
            elif kinds[name] in OPERATOR_METHODS:
                method = OPERATOR_METHODS[kinds[name]]
                help_text = f"an operator is a method by the name of `{method}`"
                self._sink.excuse([method])
            return self._nameless(name, after, "the name of the function", help_text)
        parens = self._scan.skip_angles(name + 1)
        if kinds[parens] == tk.LBRACKET:
            parens = max(self._partner[parens], parens) + 1  # type parameters as others write them
        n_params = 0
        if kinds[parens] == tk.LPAREN:
            n_params = self._scan.count_params(parens)
            if self._scan.is_self(parens + 1) or (self._parent >= 0 and self._is_this(name, parens + 1)):
                self._flags |= _HAS_SELF
        if end or self._scan.has_assign(parens, after):
            self._flags |= _HAS_BODY
            if self._abi == "C":
                self._abi = ""  # a function of Quartz, which C calls
        self._add(nk.FN, first, keyword, name, after - 1, n_params)
        return after

    def _is_this(self, name: int, token: int) -> bool:
        """Whether the first parameter of a method is the `this` of another language, which is reported."""
        kinds, tokens = self._kinds, self._tokens
        if kinds[token] != tk.IDENT or tokens.bytes(token) != b"this":
            return False
        if kinds[token + 1] not in (tk.COMMA, tk.RPAREN):
            return False
        help_text = "the value that a method is asked of is `self`"
        span = tokens.span(token)
        self._sink.report("QZ0022", span, help=help_text, fix=Fix(((span, "self"),), sure=False), word="this")
        self._sink.garble(tokens.span_of(name, token))  # its body may say `self` all the same
        return True

    def _block_item(self, kind: int, first: int, keyword: int, name: int) -> int:
        end = self._partner[keyword] or self._scan.line_end(keyword + 1) - 1
        if self._kinds[name] != tk.IDENT:
            return self._nameless(name, end + 1)
        self._add(kind, first, keyword, name, end)
        return end + 1

    def struct(self, first: int, keyword: int) -> int:
        """`struct`, and `packed struct(u32)`."""
        name = keyword + 1
        kind = nk.STRUCT
        if self._flags & _PACKED:
            kind = nk.PACKED
            if self._kinds[name] == tk.LPAREN:
                name = max(self._partner[name], name) + 1
        return self._block_item(kind, first, keyword, name)

    def enum(self, first: int, keyword: int) -> int:
        """`enum`."""
        return self._block_item(nk.ENUM, first, keyword, keyword + 1)

    def _holder(self, kind: int, first: int, keyword: int, name: int) -> int:
        """A declaration that holds methods: they follow it in the table."""
        end = self._partner[keyword]
        if not end:
            return self._stray(keyword)
        item = self._add(kind, first, keyword, name, end)
        self.declarations(self._scan.line_end(keyword + 1), end, item)
        return end + 1

    def trait(self, first: int, keyword: int) -> int:
        """`trait`."""
        name = keyword + 1
        if self._kinds[name] != tk.IDENT:
            return self._nameless(name, (self._partner[keyword] or name) + 1)
        return self._holder(nk.TRAIT, first, keyword, name)

    def impl(self, first: int, keyword: int) -> int:
        """`impl`."""
        return self._holder(nk.IMPL, first, keyword, keyword)

    def extend(self, first: int, keyword: int) -> int:
        """`extend`."""
        return self._holder(nk.EXTEND, first, keyword, keyword)

    def _line_item(self, kind: int, first: int, keyword: int, name: int) -> int:
        end = self._scan.line_end(keyword + 1)
        if self._kinds[name] != tk.IDENT and name != keyword:
            return self._nameless(name, end)
        self._add(kind, first, keyword, name, end - 1)
        return end

    def alias(self, first: int, keyword: int) -> int:
        """`type`: an alias, or a binary layout."""
        kinds = self._kinds
        value = keyword + 3
        is_binary = (
            kinds[keyword + 2] == tk.ASSIGN
            and kinds[value] == tk.IDENT
            and kinds[value + 1] == tk.LBRACE
            and self._tokens.bytes(value) == b"binary"
        )
        kind = nk.BINARY if is_binary else nk.ALIAS
        return self._line_item(kind, first, keyword, keyword + 1)

    def newtype(self, first: int, keyword: int) -> int:
        """`newtype`."""
        return self._line_item(nk.NEWTYPE, first, keyword, keyword + 1)

    def variable(self, first: int, keyword: int) -> int:
        """`global`, and `var` at the top level, which means the same."""
        return self._line_item(nk.GLOBAL, first, keyword, keyword + 1)

    def constant(self, first: int, keyword: int) -> int:
        """`const`: one, or a group."""
        brace = keyword + 1
        if self._kinds[brace] != tk.LBRACE:
            return self._line_item(nk.CONST, first, keyword, brace)
        end = self._partner[brace]
        self._flags |= _IN_GROUP
        annotated = self._flags & _ANNOTATED
        token = brace + 1
        while token < end:
            if self._kinds[token] in (tk.NEWLINE, tk.COMMA):
                token += 1
            elif self._kinds[token] == tk.IDENT:
                token = self._line_item(nk.CONST, first if annotated else token, token, token)
            else:
                token = self._nameless(token, max(self._scan.line_end(token), token + 1))
        return end + 1

    def import_(self, first: int, keyword: int) -> int:
        """`import` in all its forms."""
        return self._line_item(nk.IMPORT, first, keyword, keyword)

    def macro(self, first: int, keyword: int) -> int:
        """`macro`."""
        name = keyword + 1
        end = self._partner[keyword]
        after = end + 1 if end else self._scan.line_end(name)
        if self._kinds[name] != tk.IDENT:
            return self._nameless(name, after)
        n_params = self._scan.count_params(name + 1) if self._kinds[name + 1] == tk.LPAREN else 0
        self._add(nk.MACRO, first, keyword, name, after - 1, n_params)
        return after

    def test(self, first: int, keyword: int) -> int:
        """`test "name" do … end`."""
        if self._kinds[keyword + 1] != tk.STRING:
            return self._stray(keyword)
        end = self._partner[keyword]
        if end:
            found = describe(self._tokens, keyword + 2)
            self._sink.report("QZ0026", self._tokens.span(keyword + 2), found=found)
        after = end + 1 if end else self._scan.line_end(keyword + 1)
        self._add(nk.TEST, first, keyword, keyword + 1, after - 1)
        return after

    def static_assert(self, first: int, keyword: int) -> int:
        """`static_assert(condition, "message")`."""
        if self._kinds[keyword + 1] != tk.LPAREN:
            return self._stray(keyword)
        return self._line_item(nk.STATIC_ASSERT, first, keyword, keyword)


STRUCT_MODIFIERS = {b"linear": _LINEAR, b"packed": _PACKED}

Handler = Callable[[Outline, int, int], int]

HANDLERS: dict[int, Handler] = {
    tk.DEF: Outline.function,
    tk.STRUCT: Outline.struct,
    tk.ENUM: Outline.enum,
    tk.TRAIT: Outline.trait,
    tk.IMPL: Outline.impl,
    tk.EXTEND: Outline.extend,
    tk.TYPE: Outline.alias,
    tk.NEWTYPE: Outline.newtype,
    tk.GLOBAL: Outline.variable,
    tk.VAR: Outline.variable,
    tk.CONST: Outline.constant,
    tk.IMPORT: Outline.import_,
    tk.MACRO: Outline.macro,
}

CONTEXTUAL: dict[bytes, Handler] = {
    b"test": Outline.test,
    b"static_assert": Outline.static_assert,
}

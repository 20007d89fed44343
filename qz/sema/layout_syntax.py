"""Reading `type Name = binary { … }`: the fields of the struct that it declares, and what its bytes mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.check import check_expression
from qz.sema.constants import evaluate
from qz.sema.decls import BinaryDecl, Field, FunctionDecl, PackedDecl, Parameter, Signature
from qz.sema.layouts import (
    BYTE,
    Blob,
    Choice,
    Element,
    Form,
    Layout,
    LayoutField,
    Nested,
    Number,
    Part,
    Row,
    Run,
    Size,
    Text,
    empty_value,
    layout_takes_the_rest,
    least_bits,
    takes_the_rest,
)
from qz.sema.packed import n_bits, value_type, word_width
from qz.sema.types import ERROR, F32, F64, INT, STRING, U8, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.literals import int_value
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.base.source import Span
    from qz.sema.const_values import ConstValue
    from qz.sema.program import Program

MAX_WIDTH = 64

_NUMBER = re.compile(r"([ui])([1-9][0-9]*)(be|le)?|(f)(32|64)(be|le)?")
_FLOATS = {32: F32, 64: F64}
_WORDS = ("u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64", "bytes", "cstring", "pstring")


def read_layout(program: Program, decl: BinaryDecl, arena: AstArena, node: int) -> None:
    """Fill in ``fields`` and ``layout`` of a declaration."""
    assert decl.fields is not None
    if arena.kind[node] == nk.BINARY:
        _Reader(program, decl, decl.fields, arena, node).read()


def layout_expressions(arena: AstArena, node: int) -> list[int]:
    """The values and sizes that stand in a layout, in a fixed order."""
    found: list[int] = []
    pending = [node]
    while pending:
        node = pending.pop()
        kind = arena.kind[node]
        if kind == nk.BIN_TYPE:
            found.append(arena.lhs[node])
        elif kind in (nk.BIN_FIELD, nk.BIN_LIST):
            found.append(arena.rhs[node])
            pending.append(arena.lhs[node])
        else:
            pending += children(arena, node)
    return [node for node in found if node]


class _Scope:
    """What was read so far of a layout, or of an arm."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.run: list[LayoutField] = []
        self.used = 0
        """How many bits of the last byte are taken."""
        self.rest = ""
        """What has taken all that is left, so that nothing may follow."""


class _Later(NamedTuple):
    """A function of the value, to be checked when all fields are known; ``before`` are those that have been
    read when it is asked for a size."""

    function: FunctionDecl
    node: int
    before: frozenset[str] | None
    what: str


class _Reader:
    def __init__(
        self, program: Program, decl: BinaryDecl, fields: dict[str, Field], arena: AstArena, root: int
    ) -> None:
        self.program = program
        self.sink = program.sink
        self.decl = decl
        self.fields = fields
        self.arena = arena
        self.root = root
        self.tokens = decl.module.tokens
        self.known: dict[str, LayoutField] = {}
        """The fields that have been read where we are: those before, in the arms around too."""
        self.later: list[_Later] = []
        self.names = {self._text(field) for field in self._below(root, lambda kind: kind == nk.BIN_FIELD)}
        """The names of all fields, wherever they stand."""
        self._numbers = {node: number for number, node in enumerate(layout_expressions(arena, root))}

    def read(self) -> None:
        self.decl.is_being_read = True
        self.decl.layout = self._parts(self.arena.list(self.arena.rhs[self.root]))
        self.decl.is_being_read = False
        for later in self.later:
            self._check(later)

    # Parts

    def _parts(self, members: list[int]) -> Layout:
        scope = _Scope()
        for member in members:
            if self.arena.kind[member] == nk.BIN_FIELD:
                self._field(scope, member)
            elif self.arena.kind[member] == nk.BIN_MATCH:
                self._choice(scope, member)
        self._begin_byte(scope, "", self._span(members[-1]) if members else None)
        return tuple(scope.parts)

    def _begin_byte(self, scope: _Scope, what: str, span: Span | None) -> None:
        """End a run of numbers; it must end with a byte."""
        if scope.used and span is not None:
            bits = n_bits(scope.used)
            missing = f"{n_bits(BYTE - scope.used)} more would fill it"
            problem = f"`{what}` would begin {bits} into a byte" if what else f"the last byte has {bits}"
            self.sink.report("QZ0958", span, help=missing, problem=problem)
        elif scope.run:
            scope.parts.append(Run(tuple(scope.run)))
        scope.run = []
        scope.used = 0

    def _may_follow(self, scope: _Scope, name: str, span: Span) -> None:
        if scope.rest:
            what = f"behind `{scope.rest}`, which takes all that is left"
            self.sink.report("QZ0954", span, name=name, what=what)
            scope.rest = ""

    def _field(self, scope: _Scope, node: int) -> None:
        name, span = self._text(node), self._span(node)
        self._may_follow(scope, name, span)
        form = self._form(self.arena.lhs[node], name)
        if form is None:
            self._declare(name, ERROR, None, span)
            return
        type_id = self._type(form)
        value = self._value(name, form, type_id, self.arena.rhs[node], span)
        field = LayoutField(name, form, type_id, span, value)
        if not self._declare(name, type_id, field, span):
            return
        self.known[name] = field
        if isinstance(form, Number):
            scope.run.append(field)
            scope.used = (scope.used + form.width) % BYTE
            return
        self._begin_byte(scope, name, span)
        scope.parts.append(field)
        if takes_the_rest(form):
            scope.rest = name

    def _declare(self, name: str, type_id: TypeId, field: LayoutField | None, span: Span) -> bool:
        """Give the struct a field. Arms of one `match` may share a name, if they share its type."""
        first = self.fields.get(name)
        if first is not None:
            if name in self.known or first.type != type_id:
                notes = [Note(first.span, f"`{name}` is first declared here")]
                self.sink.report("QZ0305", span, notes=notes, name=name)
                return False
            return True
        default = self._default(field)
        self.fields[name] = Field(name, type_id, default, span)
        return True

    def _default(self, field: LayoutField | None) -> ConstValue | None:
        """What a literal may leave out: constants, what is computed, and what stands in an arm."""
        if field is None:
            return None
        if field.value is not None and not isinstance(field.value, FunctionDecl):
            return field.value
        if field.value is None and not self._arms:
            return None
        return empty_value(self.program, field.form, field.type)

    _arms = 0
    """How many arms are around."""

    def _choice(self, scope: _Scope, node: int) -> None:
        span = self._span(node)
        name = self._text(node)
        self._may_follow(scope, f"match {name}", span)
        self._begin_byte(scope, f"match {name}", span)
        field = self.known.get(name)
        decides = field is not None and isinstance(field.form, Number) and field.type == INT
        if not decides and name:  # else the parser has said so
            notes = [] if field is None else [Note(field.span, f"it is `{self.program.show(field.type)}`")]
            help_text = did_you_mean(name, [n for n, f in self.known.items() if f.type == INT])
            self.sink.report("QZ0956", span, notes=notes, help=help_text, name=name)
        arms: dict[int, Layout] = {}
        spans: dict[int, Span] = {}
        before = dict(self.known)
        self._arms += 1
        for arm in self.arena.list(self.arena.rhs[node]):
            token = self.arena.token[arm]
            value = int_value(self.tokens.bytes(token))[0]
            where = self.tokens.span(token)
            self.known = dict(before)
            layout = self._parts(self.arena.list(self.arena.lhs[arm]))
            if value in spans:
                notes = [Note(spans[value], f"{value} is first here")]
                self.sink.report("QZ0957", where, notes=notes, problem=f"there are two arms for {value}")
            elif decides and field is not None and not _holds(field.form, value):
                notes = [Note(field.span, f"`{name}` is declared here")]
                self.sink.report("QZ0957", where, notes=notes, problem=f"`{name}` is never {value}")
            spans.setdefault(value, where)
            arms.setdefault(value, layout)
        self._arms -= 1
        self.known = before
        choice = Choice(name, arms)
        scope.parts.append(choice)
        if layout_takes_the_rest((choice,)):
            scope.rest = f"match {name}"

    # Forms

    def _form(self, node: int, owner: str) -> Form | None:
        """What a field is; None where that was reported."""
        if self.arena.kind[node] == nk.BIN_LIST:
            return self._row(node, owner)
        return self._element(node, owner) if self.arena.kind[node] == nk.BIN_TYPE else None

    def _row(self, node: int, owner: str) -> Row | None:
        inner = self.arena.lhs[node]
        if self.arena.kind[inner] == nk.BIN_LIST:
            self.program.report_unsupported(self._span(inner), "lists of lists in a layout are")
            return None
        element = self._form(inner, owner)
        if element is None or isinstance(element, Row):
            return None
        size = self._size(self.arena.rhs[node], owner) if self.arena.rhs[node] else None
        name = self._text(inner)
        if takes_the_rest(element):
            return self._refuse(inner, name, "the element of a list: it takes all that is left")
        if not least_bits(element):
            return self._refuse(inner, name, "the element of a list: it may take no bytes")
        if isinstance(element, Number) and element.width % BYTE:
            problem = f"`{name}` is no whole number of bytes, as an element of a list must be"
            self.sink.report("QZ0958", self._span(inner), problem=problem)
            return None
        return Row(element, size)

    def _refuse(self, node: int, name: str, what: str, help_text: str = "") -> None:
        self.sink.report("QZ0954", self._span(node), help=help_text, name=name, what=what)

    def _element(self, node: int, owner: str) -> Element | None:
        name, argument = self._text(node), self.arena.lhs[node]
        if name == "bytes":
            return Blob(self._size(argument, owner) if argument else None)
        if name == "pstring" and argument:
            prefix = self._number(self._text(argument)) if self.arena.kind[argument] == nk.IDENT else None
            if prefix is not None and prefix.type == INT and not prefix.signed and not prefix.width % BYTE:
                return Text(prefix)
            return self._refuse(argument, self._source(argument), "the layout of the size of a string")
        if argument:
            return self._refuse(node, name, "a layout with a size")
        if name == "cstring":
            return Text(None)
        return self._number(name) or self._declared(node, name)

    def _number(self, name: str) -> Number | None:
        match = _NUMBER.fullmatch(name)
        if match is None:
            return None
        width, little = int(match[2] or match[5]), (match[3] or match[6]) == "le"
        if match[4]:
            return Number(width, _FLOATS[width], little=little)
        if width > MAX_WIDTH or (little and width % BYTE):
            return None
        signed = match[1] == "i"
        return Number(width, value_type(width, signed=signed), signed, little)

    def _declared(self, node: int, name: str) -> Element | None:
        """Another layout, or a packed struct."""
        found = self.decl.module.lookup(self.tokens.symbol(self.arena.token[node]))
        if isinstance(found, PackedDecl):
            width = word_width(self.program, found)
            return Number(width, found.type) if width else None
        if not isinstance(found, BinaryDecl):
            return self._refuse(node, name, "the layout of a field", _layout_meant(name))
        self.program.queries.fields(found)
        if found.is_being_read:
            return self._refuse(node, name, f"inside of `{self.decl.name}`: it would contain itself")
        return Nested(found)

    def _type(self, form: Form) -> TypeId:
        """The type of a field's value."""
        types = self.program.types
        match form:
            case Number():
                return form.type
            case Blob():
                return types.vec(U8)
            case Text():
                return STRING
            case Nested():
                return form.decl.type
            case Row():
                return types.vec(self._type(form.element))

    # Values and sizes

    def _value(
        self, name: str, form: Form, type_id: TypeId, node: int, span: Span
    ) -> ConstValue | FunctionDecl | None:
        """What stands behind `=`; what does not depend on the rest of the value is a constant."""
        if not node:
            return None
        if not self._mentions_self(node):
            found = self._constant(node, type_id, quiet=True)
            if found is not None:
                self._require_range(node, name, form, found, span)
                return found
        return self._function(node, type_id, f"`{name}`", None)

    def _require_range(self, node: int, name: str, form: Form, value: ConstValue, span: Span) -> None:
        if isinstance(form, Number) and isinstance(value, int) and not _holds(form, value):
            notes = [Note(span, f"`{name}` is declared here")]
            width = n_bits(form.width)
            self.sink.report("QZ0959", self._extent(node), notes=notes, value=value, width=width, name=name)

    def _size(self, node: int, owner: str) -> Size:
        """How many there are; an earlier field may say so."""
        kind, name = self.arena.kind[node], self._text(node)
        of_self = kind == nk.FIELD and self.arena.kind[self.arena.lhs[node]] == nk.SELF
        if (of_self or kind == nk.IDENT) and name in self.names:
            field = self.known.get(name)
            if field is None or field.type != INT or not isinstance(field.form, Number):
                self._refuse(node, name, f"the size of `{owner}`: it is no number that stands before it")
                return 0
            return name
        if self._mentions_self(node):
            return self._function(node, INT, f"the size of `{owner}`", frozenset(self.known))
        value = self._constant(node, INT, quiet=False)
        if isinstance(value, int) and value < 0:
            self._refuse(node, str(value), f"the size of `{owner}`")
        return value if isinstance(value, int) and value >= 0 else 0

    def _constant(self, node: int, type_id: TypeId, *, quiet: bool) -> ConstValue | None:
        n_errors = self.sink.n_error_reports
        body = check_expression(self.program, self.decl.module, self.decl.name, self.arena, node, type_id)
        if self.sink.n_error_reports > n_errors:
            return 0
        return evaluate(self.program, body, node, quiet=quiet)

    def _function(self, node: int, result: TypeId, what: str, before: frozenset[str] | None) -> FunctionDecl:
        """A function of the value for an expression that depends on it."""
        decl = self.decl
        number = self._numbers[node]
        function = FunctionDecl(
            decl.module,
            decl.item,
            f"{decl.name} ({what.replace('`', '')})",
            self._extent(node),
            symbol=f"{decl.module.name}${decl.name}$value{number + 1}",
            default_of=number,
            signature=Signature((Parameter("self", decl.type),), result, has_self=True),
        )
        self.program.register(function)
        self.later.append(_Later(function, node, before, what))
        return function

    def _check(self, later: _Later) -> None:
        """Check a function of the value; a size may depend on what has been read by then only."""
        result = self.program.queries.signature(later.function).result
        module = self.decl.module
        name = later.function.symbol
        check_expression(self.program, module, name, self.arena, later.node, result, self_type=self.decl.type)
        if later.before is None:
            return
        for node in self._below(later.node, lambda kind: kind == nk.FIELD):
            field = self._text(node)
            of_self = self.arena.kind[self.arena.lhs[node]] == nk.SELF
            if of_self and field in self.fields and field not in later.before:
                self._refuse(node, field, f"in {later.what}: it does not stand before it")

    # Looking

    def _mentions_self(self, node: int) -> bool:
        return bool(self._below(node, lambda kind: kind == nk.SELF))

    def _below(self, node: int, wanted: Callable[[int], bool]) -> list[int]:
        """The nodes of an expression whose kind is wanted."""
        found: list[int] = []
        pending = [node]
        while pending:
            node = pending.pop()
            if wanted(self.arena.kind[node]):
                found.append(node)
            pending += children(self.arena, node)
        return found

    def _text(self, node: int) -> str:
        return self.tokens.text(self.arena.token[node])

    def _span(self, node: int) -> Span:
        return self.tokens.span(self.arena.token[node])

    def _extent(self, node: int) -> Span:
        return extent(self.tokens, self.arena, node)

    def _source(self, node: int) -> str:
        span = self._extent(node)
        return self.decl.module.source.text(span.start, span.end)


def _layout_meant(name: str) -> str:
    """What may have been meant by a name that is no layout."""
    if re.fullmatch(r"[ui][0-9]+le", name):
        return f"numbers with the lowest byte first take whole bytes, up to {MAX_WIDTH} bits"
    if re.fullmatch(r"[ui][0-9]+(be)?", name):
        return f"numbers have 1 to {MAX_WIDTH} bits"
    if name == "pstring":
        return "the size before a string has a layout, too: `pstring(u8)`"
    return did_you_mean(name, _WORDS)


def _holds(form: Form, value: int) -> bool:
    """Whether a number of a layout can have a value."""
    if not isinstance(form, Number):
        return True
    if form.signed:
        return -(1 << (form.width - 1)) <= value < 1 << (form.width - 1)
    return 0 <= value < 1 << form.width

"""Reading `type Name = binary { … }`: the fields of the struct that it declares, and what its bytes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qz.diagnostics.model import Note
from qz.diagnostics.suggest import did_you_mean
from qz.sema.binary.forms import LayoutForms
from qz.sema.binary.layouts import (
    BYTE,
    Choice,
    Form,
    Layout,
    LayoutField,
    Number,
    Part,
    Run,
    Size,
    empty_value,
    layout_takes_the_rest,
    takes_the_rest,
)
from qz.sema.binary.packed import n_bits
from qz.sema.body import Given
from qz.sema.check import check_expression
from qz.sema.constants.evaluation import evaluate
from qz.sema.decls import BinaryDecl, Field, FunctionDecl, Parameter, Signature
from qz.sema.types import ERROR, INT, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.ast import AstArena
from qz.syntax.literals import int_value
from qz.syntax.shapes import children

if TYPE_CHECKING:
    from qz.base.source import Span
    from qz.sema.constants.values import ConstValue
    from qz.sema.program import Program


def read_layout(program: Program, decl: BinaryDecl, arena: AstArena, node: int) -> None:
    """Fill in ``fields`` and ``layout`` of a declaration."""
    assert decl.fields is not None
    if arena.kind[node] == nk.BINARY:
        _Reader(program, decl, decl.fields, arena, node).read()


def of_value(function: FunctionDecl) -> bool:
    """Whether a function of a layout takes the value that is encoded."""
    return function.signature is not None and bool(function.signature.params)


def value_of_layout(program: Program, arena: AstArena, node: int, param: Parameter) -> Given:
    """What an expression of a layout is about, as `self`."""
    return Given(program.interner.intern("self"), arena.token[node], param)


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


class _Reader(LayoutForms):
    def __init__(
        self, program: Program, decl: BinaryDecl, fields: dict[str, Field], arena: AstArena, root: int
    ) -> None:
        super().__init__(program, decl, arena)
        self.fields = fields
        self.root = root
        self.known: dict[str, LayoutField] = {}
        """The fields that have been read where we are: those before, in the arms around too."""
        self.later: list[_Later] = []
        self.names = {self.text(field) for field in self.below(root, lambda kind: kind == nk.BIN_FIELD)}
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
        self._begin_byte(scope, "", self.span(members[-1]) if members else None)
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
        name, span = self.text(node), self.span(node)
        self._may_follow(scope, name, span)
        form = self.form(self.arena.lhs[node], name)
        if form is None:
            self._declare(name, ERROR, None, span)
            return
        type_id = self.type_of(form)
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

    def _default(self, field: LayoutField | None) -> ConstValue | FunctionDecl | None:
        """What a literal may leave out: constants, what is computed, and what stands in an arm."""
        if field is None:
            return None
        value = field.value
        if value is not None and not (isinstance(value, FunctionDecl) and of_value(value)):
            return value
        if field.value is None and not self._arms:
            return None
        return empty_value(self.program, field.form, field.type)

    _arms = 0
    """How many arms are around."""

    def _choice(self, scope: _Scope, node: int) -> None:
        span = self.span(node)
        name = self.text(node)
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

    # Values and sizes

    def _value(
        self, name: str, form: Form, type_id: TypeId, node: int, span: Span
    ) -> ConstValue | FunctionDecl | None:
        """What stands behind `=`. What does not depend on the rest of the value stands for a field that was
        left out, too: a constant, or a function without parameters."""
        if not node:
            return None
        with_self = self._mentions_self(node)
        if not with_self:
            found = self._constant(node, type_id, quiet=True)
            if found is not None:
                self._require_range(node, name, form, found, span)
                return found
        return self._function(node, type_id, f"`{name}`", None, with_self=with_self)

    def _require_range(self, node: int, name: str, form: Form, value: ConstValue, span: Span) -> None:
        if isinstance(form, Number) and isinstance(value, int) and not _holds(form, value):
            notes = [Note(span, f"`{name}` is declared here")]
            width = n_bits(form.width)
            self.sink.report("QZ0959", self.extent(node), notes=notes, value=value, width=width, name=name)

    def size(self, node: int, owner: str) -> Size:
        """How many there are; an earlier field may say so."""
        kind, name = self.arena.kind[node], self.text(node)
        of_self = kind == nk.FIELD and self.arena.kind[self.arena.lhs[node]] == nk.SELF
        if (of_self or kind == nk.IDENT) and name in self.names:
            field = self.known.get(name)
            if field is None or field.type != INT or not isinstance(field.form, Number):
                self.refuse(node, name, f"the size of `{owner}`: it is no number that stands before it")
                return 0
            return name
        if self._mentions_self(node):
            return self._function(node, INT, f"the size of `{owner}`", frozenset(self.known))
        value = self._constant(node, INT, quiet=False)
        if isinstance(value, int) and value < 0:
            self.refuse(node, str(value), f"the size of `{owner}`")
        return value if isinstance(value, int) and value >= 0 else 0

    def _constant(self, node: int, type_id: TypeId, *, quiet: bool) -> ConstValue | None:
        n_errors = self.sink.n_error_reports
        module, name = self.decl.module, self.decl.name
        scope = {self.program.interner.intern("Self"): self.decl.type}
        body = check_expression(self.program, module, name, self.arena, node, type_id, scope)
        if self.sink.n_error_reports > n_errors:
            return 0
        return evaluate(self.program, body, node, quiet=quiet)

    def _function(
        self,
        node: int,
        result: TypeId,
        what: str,
        before: frozenset[str] | None,
        *,
        with_self: bool = True,
    ) -> FunctionDecl:
        """A function for an expression, of the value if it depends on that."""
        decl = self.decl
        number = self._numbers[node]
        params = (Parameter("self", decl.type),) if with_self else ()
        function = FunctionDecl(
            decl.module,
            decl.item,
            f"{decl.name} ({what.replace('`', '')})",
            self.extent(node),
            symbol=f"{decl.module.name}${decl.name}$value{number + 1}",
            default_of=number,
            signature=Signature(params, result, has_self=with_self),
        )
        self.program.register(function)
        self.later.append(_Later(function, node, before, what))
        return function

    def _check(self, later: _Later) -> None:
        """Check a function of the value; a size may depend on what has been read by then only."""
        result = self.program.queries.signature(later.function).result
        module = self.decl.module
        name = later.function.symbol
        itself = value_of_layout(self.program, self.arena, later.node, Parameter("self", self.decl.type))
        check_expression(self.program, module, name, self.arena, later.node, result, given=(itself,))
        if later.before is None:
            return
        for node in self.below(later.node, lambda kind: kind == nk.FIELD):
            field = self.text(node)
            of_self = self.arena.kind[self.arena.lhs[node]] == nk.SELF
            if of_self and field in self.fields and field not in later.before:
                self.refuse(node, field, f"in {later.what}: it does not stand before it")

    def _mentions_self(self, node: int) -> bool:
        return bool(self.below(node, lambda kind: kind == nk.SELF))


def _holds(form: Form, value: int) -> bool:
    """Whether a number of a layout can have a value."""
    if not isinstance(form, Number):
        return True
    if form.signed:
        return -(1 << (form.width - 1)) <= value < 1 << (form.width - 1)
    return 0 <= value < 1 << form.width

"""The checker's state for one body, and the two questions every rule asks: what is this, and does it fit?

The rules themselves are functions, one a node kind, in the files beside this one; `table.py` maps kinds to
them. A rule gets the type asked for as a hint (`NONE`: nothing is asked, `VOID`: the value is not used) and
returns the type found. `ERROR` silences everything that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.diagnostics.sink import DiagnosticSink
from qz.sema import type_kinds as tyk
from qz.sema.body import Body, CallPlan, Conversion, LocalKind
from qz.sema.check.valueless import what_gives_nothing
from qz.sema.check.ways import BECOMES, CONVERTIBLE, copying, way
from qz.sema.decls import FunctionDecl, Row
from qz.sema.infer import Inference
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.type_syntax.references import strip
from qz.sema.types import (
    BOOL,
    ERROR,
    N_SCALARS,
    NEVER,
    NONE,
    POINTER,
    VOID,
    TypeId,
)
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children

AS_ADDRESS = "as_ptr"
"""The intrinsic that gives the address of a value."""

Why: TypeAlias = Callable[[], Note] | None
"""Makes the note that says where an expectation comes from; asked only when it is not met."""


def never_converts(c: Checker, node: int, want: TypeId, found: TypeId) -> bool:
    """Where no value becomes something else by itself."""
    return found in (ERROR, NEVER)


class Requirement(NamedTuple):
    """``type`` must implement ``trait``, because ``node`` passes it for ``param`` of ``function``."""

    node: int
    type: TypeId
    trait: TypeId
    param: TypeId
    function: FunctionDecl


def is_structural(function: FunctionDecl) -> bool:
    """Whether some parameter was written without a type and has none yet."""
    return function.signature is not None and bool(function.signature.structural)


def bounds_of(function: FunctionDecl | None) -> dict[TypeId, list[TypeId]]:
    """The traits of each type parameter of a function that is checked generically."""
    found: dict[TypeId, list[TypeId]] = {}
    if function is not None and function.signature is not None:
        for bound in function.signature.bounds:
            found.setdefault(bound.param, []).append(bound.trait)
    return found


def _gives_nothing(function: FunctionDecl | None) -> bool:
    """Whether a function is an instance for `Void` of one that was checked with a type parameter there."""
    if function is None or function.generic is None or VOID not in function.type_args:
        return False
    return not is_structural(function.generic)


class Collected(NamedTuple):
    """What a comprehension makes: a vector of elements, or a map of keys and values."""

    whole: TypeId
    parts: tuple[TypeId, ...]


Rule: TypeAlias = "Callable[[Checker, int, TypeId], TypeId]"


_HOLDERS = frozenset({"Option", "Result"})

_ASKED = {"Option": "`e is Some(x)` asks for a value", "Result": "`e is Ok(x)` asks for success"}
"""How a condition is made of what is in it."""


class Checker:
    """Fills `Body.types` and `Body.calls`."""

    def __init__(
        self,
        program: Program,
        body: Body,
        rules: Sequence[Rule],
        function: FunctionDecl | None = None,
        infer: Inference | None = None,
        converts: Callable[[Checker, int, TypeId, TypeId], bool] = never_converts,
        row: Callable[[Checker, int, TypeId], TypeId | str] | None = None,
    ) -> None:
        """``converts`` says what becomes something else by itself, ``row`` what an open record is."""
        self.program = program
        self.converts = converts
        self.function = function
        self.body = body
        self.rules = rules
        self.infer = infer or Inference(program.types)
        self.syntax = TypeSyntax(program, body.module, body.type_scope)
        self.open_syntax = TypeSyntax(program, body.module, body.type_scope, self.infer)
        for syntax in (self.syntax, self.open_syntax):
            syntax.in_instance = function is not None and function.generic is not None
            if row is not None:
                syntax.row = lambda _, name, fields: row(self, name, fields)
        self.bounds: dict[TypeId, list[TypeId]] = bounds_of(function)
        """The traits that each type parameter in scope is known to implement."""
        self.rows: list[Row] | None = None
        """The open records of a header that is being read; those of a body are its function's."""
        self.is_poisoned = function is not None and is_structural(function)
        """Whether parameters have no types here: calls with them may stay open."""
        self.gives_nothing = _gives_nothing(function)
        """Whether a type parameter is `Void` here, so that what has no value may be taken for one."""
        self.generic_calls: list[int] = []
        """Keys of `Body.calls` whose function becomes an instance once all types are known."""
        self.generic_values: list[int] = []
        """Keys of `Body.functions` of the same kind."""
        self.pending: list[Requirement] = []
        """What must hold of types that were still open when it was asked for."""
        self.sink: DiagnosticSink = program.sink
        self.arena = body.arena
        self.tree = tree = body.tree
        self.kind, self.token, self.lhs, self.rhs = tree.kind, tree.token, tree.lhs, tree.rhs
        self.list = tree.list
        self.types = body.types
        self.decls = body.decls
        self.open_nodes: list[int] = []
        """Nodes whose type still had a variable in it when they were checked."""
        self.comptime_nodes: list[int] = []
        """Inner ones first; they are evaluated when all types are known."""
        self.mentions_aggregate = False
        """Whether a constant is mentioned that is more than a number or a string."""
        self.result: TypeId = NONE
        self.result_note: Why = None
        self.yielded: TypeId = NONE
        """The type of what a generator yields; `NONE` in any other function."""
        self.cast_operands: set[int] = set()
        """What stands before `as`: what is asked of it is a hint only."""
        self.returns_value = False
        self.returns_nothing = False
        self.returns_from = body.name.rpartition("$")[2]
        """What `return` leaves, for messages."""
        self.later: list[Callable[[], None]] = []
        """Checks that wait until the types of the whole body are known."""
        self.lent_places: list[tuple[int, bool, bool]] = []
        """Arguments that are changed in their place, and whether each is a receiver."""
        self.breaks: dict[int, TypeId] = {}
        """What loops are left with: `VOID` where it is nothing. A loop without `break` is not in it."""
        self.loop_wants: dict[int, TypeId] = {}
        """The type that is asked for where a loop stands."""
        self.collected: dict[int, Collected] = {}
        """By the node of the comprehension."""
        self.dropped_tasks: list[int] = []
        """Each GO and ASYNC of which nobody has the task."""
        self.unreachable: list[tuple[int, int, int]] = []
        """Statements behind one that is never got past: that one, the first and the last behind it."""

    def let_go(self) -> None:
        """Forget what refers to the checker itself, so that it goes, and the body with it, once nobody has
        it."""
        self.result_note = None
        self.later.clear()
        self.syntax.row = self.open_syntax.row = None

    # Questions

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong so far: then what has no type is made of what never gives a value."""
        return not self.sink.n_errors and not self.is_poisoned

    def expr(self, node: int, want: TypeId = NONE) -> TypeId:
        """The type of an expression or statement; ``want`` is a hint that literals and constructors
        follow."""
        found = self.rules[self.kind[node]](self, node, want)
        self.types[node] = found
        if found < 0:
            self.open_nodes.append(node)
        return found

    def operand(self, node: int, want: TypeId = NONE) -> TypeId:
        """The type of an expression whose value is needed."""
        found = self.rules[self.kind[node]](self, node, want)
        self.types[node] = found
        if found < 0:
            self.open_nodes.append(node)
        elif found == VOID:
            if self.gives_nothing:
                unit = self.types[node] = self.program.types.unit
                self.body.conversions[node] = Conversion(VOID, unit)
                return unit
            self._report_no_value(node, (), "used as a value here")
            return ERROR
        return found

    def value(self, node: int, want: TypeId, why: Why = None, within: int = 0) -> TypeId:
        """Check an expression that must have type ``want``; ``why`` words, if need be, who asks for it.
        ``within`` is the call or the literal that it is a part of."""
        found = self.rules[self.kind[node]](self, node, want)
        self.types[node] = found
        if found < 0:
            self.open_nodes.append(node)
        if found == want or want == NONE:
            return found
        self.must_fit(node, want, found, why, within)
        return want

    def must_fit(self, node: int, want: TypeId, found: TypeId, why: Why = None, within: int = 0) -> None:
        """Report an expression of type ``found`` that may not stand where ``want`` is asked for."""
        if self.fits(node, want, found):
            return
        notes = () if why is None else (why(),)
        if found == VOID or self.resolved(found) == self.program.types.unit:
            self._report_no_value(node, notes, f"`{self.show(want)}` is expected")
        else:
            self.report_mismatch(node, found, want, notes, within)
        self.infer.unify(want, ERROR)  # nobody is to ask for what it would have said of ``want``

    def report_mismatch(
        self, node: int, found: TypeId, want: TypeId, notes: Sequence[Note] = (), within: int = 0
    ) -> None:
        """Report that an expression has another type than is asked for, and how it would have that."""
        help_text = way(self, node, self.resolved(found), self.resolved(want))
        self.sink.report(
            "QZ0400",
            self.extent(node),
            notes=[*notes, *self.where_bound(node)],
            help=help_text,
            same=self.misfit(node, found, want, within),
            found=self.show(found),
            expected=self.show(want),
        )

    def misfit(
        self, node: int, found: TypeId, want: TypeId, within: int = 0
    ) -> list[tuple[str, int, str, str]]:
        """The mistakes that this may be: that a local, if ``node`` is one, is of another type than it is used
        as; or that values change places ``within`` a call, or an element of a literal is none."""
        path, shown, wanted = self.body.module.path, self.show(found), self.show(want)
        found_here: list[tuple[str, int, str, str]] = []
        if self.kind[node] == NodeKind.IDENT and self.decls[node] > 0:
            found_here.append((path, self.body.locals[self.decls[node] - 1].token, shown, wanted))
        if within:
            found_here.append((path, self.token[within], min(shown, wanted), max(shown, wanted)))
        return found_here

    def where_bound(self, node: int) -> list[Note]:
        """Where a name that is no parameter got the type it has, if ``node`` is one."""
        if self.kind[node] != NodeKind.IDENT or self.decls[node] <= 0:
            return []
        local = self.body.locals[self.decls[node] - 1]
        if local.kind not in (LocalKind.VAR, LocalKind.IMMUTABLE):
            return []
        return [Note(self.body.module.tokens.span(local.token), f"`{local.name}` is bound here")]

    def _report_no_value(self, node: int, notes: Sequence[Note], label: str) -> None:
        notes = [*notes, *what_gives_nothing(self, node)]
        self.sink.report("QZ0409", self.extent(node), notes=notes, help=copying(self, node), label=label)

    def fits(self, node: int, want: TypeId, found: TypeId) -> bool:
        """Whether a value of type ``found`` may stand where ``want`` is asked for; one that becomes something
        else on the way is noted."""
        if found == want:
            return True
        if found == VOID:
            return self.holds_nothing(node, want)
        if want == POINTER:
            self.takes_address(node)
        wanted = self.infer.kind(want)
        if wanted in CONVERTIBLE:
            kind = self.infer.kind(found)
            is_dyn = wanted is tyk.DYN and (kind is not tyk.DYN or self._differ(want, found))
            if (wanted, kind) in BECOMES or is_dyn or wanted is tyk.UNION:
                return self.converts(self, node, want, found)
        return self.infer.accepts(want, found)

    def takes_address(self, node: int) -> None:
        """Hold what a value is part of until its name's scope is left: nobody knows who has the address."""
        while self.kind[node] in (NodeKind.FIELD, NodeKind.INDEX):
            node = self.lhs[node]
        entry = self.decls[node] if self.kind[node] == NodeKind.IDENT else 0
        if entry > 0:
            self.body.locals[entry - 1].is_addressed = True

    def holder(self, type_id: TypeId) -> str:
        """`Option` or `Result` where a type is one of them."""
        if self.infer.kind(type_id) is not tyk.ENUM:
            return ""
        decl = self.program.decls[self.infer.args(type_id)[0]]
        return decl.name if decl.name in _HOLDERS and not decl.module.is_own else ""

    def is_library_struct(self, type_id: TypeId, module: str, name: str) -> bool:
        """Whether a type is that struct of the library, whatever its arguments."""
        if self.infer.kind(type_id) is not tyk.STRUCT:
            return False
        return self.infer.args(type_id)[0] == self.program.library.struct(module, name).id

    def holds_nothing(self, node: int, want: TypeId) -> bool:
        """Whether an expression without a value may stand where ``want`` is asked for: where values of just
        any type are held, and of `Void` if need be."""
        unit = self.program.types.unit
        want = self.resolved(want)
        if want != unit and self.infer.kind(want) is not tyk.VARIABLE:
            return want in (ERROR, VOID)
        self.body.conversions[node] = Conversion(VOID, unit)
        return self.infer.unify(want, unit)

    def held(self, type_id: TypeId) -> TypeId:
        """A type of values: for `Void` what stands for that."""
        return self.program.types.unit if self.resolved(type_id) == VOID else type_id

    def _differ(self, want: TypeId, found: TypeId) -> bool:
        """Whether two types `dyn Trait` are of different traits."""
        traits = [self.infer.args(of)[0] for of in (want, found)]
        return len({self.infer.args(trait)[0] for trait in traits}) > 1

    def condition(self, node: int, of_option: str = "") -> bool:
        """Only a `Bool` is a condition; whether it is one. ``of_option`` helps where it is an `Option`."""
        found = self.operand(node, want=BOOL)
        if found in (BOOL, ERROR, NEVER) or self.infer.unify(found, BOOL):
            return True
        shown, holder = self.show(found), self.holder(found)
        is_name = self.kind[node] in (NodeKind.IDENT, NodeKind.FIELD)
        hint = f"write `{self.source(node)} != 0`" if is_name and shown == "Int" else ""
        hint = of_option if holder == "Option" and of_option else _ASKED.get(holder, hint)
        self.sink.report("QZ0401", self.extent(node), help=hint, found=shown)
        return False

    def unknown(self, node: int, variable: TypeId) -> TypeId:
        """Report an expression whose type has to be known here and is not; that is said once."""
        what = f"`{self.text(node)}`" if self.kind[node] == NodeKind.IDENT else "this"
        help_text = "write its type where it is bound" if what != "this" else ""
        self.sink.report("QZ0404", self.extent(node), help=help_text, what=what)
        self.infer.poison(self.resolved(variable))
        return ERROR

    # Looking

    def own_type(self, want: TypeId) -> TypeId:
        """What is asked of the operands of an operator: not that they are something which only its result
        becomes."""
        if 0 <= want < N_SCALARS:
            return NONE if want == VOID else want
        return NONE if self.infer.kind(want) in (tyk.UNION, tyk.DYN) else want

    def annotation(self, node: int) -> TypeId:
        """The type that an annotation names, the function's type parameters in scope."""
        return self.syntax.resolve(self.arena, node)

    def lent_annotation(self, node: int) -> TypeId:
        """The same of a local, which may be a reference or hold some."""
        self.body.has_references |= strip(self.arena, node)[1] != Borrow.NONE
        found = self.syntax.held(self.arena, node, is_lent=True)
        return self.held(found) if self.gives_nothing else found

    def open_annotation(self, node: int) -> TypeId:
        """The same for a type whose arguments may be left out, to be inferred: `Stack { … }`."""
        return self.open_syntax.resolve(self.arena, node)

    def plan(
        self,
        key: int,
        function: FunctionDecl,
        args: tuple[int, ...],
        type_args: tuple[TypeId, ...],
        rest: tuple[int, ...] | None = None,
    ) -> None:
        """Record which function a node calls; ``key`` is the node, or its negative where that shows it."""
        self.body.calls[key] = CallPlan(function, args, type_args, rest=rest)
        if function.intrinsic == AS_ADDRESS:
            self.takes_address(args[0])
        if type_args:
            self.generic_calls.append(key)

    def children(self, node: int) -> list[int]:
        return children(self.tree, node)

    def resolved(self, type_id: TypeId) -> TypeId:
        return self.infer.resolve(type_id) if type_id < 0 else type_id

    def show(self, type_id: TypeId) -> str:
        return self.infer.show(type_id)

    def span(self, node: int) -> Span:
        """The node's main token."""
        return self.body.span(node)

    def extent(self, node: int) -> Span:
        """Everything the node covers."""
        return extent(self.body.module.tokens, self.tree, node)

    def text(self, node: int) -> str:
        """The node's main token as text."""
        return self.body.module.tokens.text(self.token[node])

    def source(self, node: int) -> str:
        """Everything the node covers as text."""
        span = self.extent(node)
        return self.program.source_of(span).text(span.start, span.end)

    def symbol(self, node: int) -> int:
        return self.body.module.tokens.symbol(self.token[node])

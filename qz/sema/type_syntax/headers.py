"""What the header of a function says: its type parameters, its parameters, its result.

Types that are not written become type parameters where the arguments decide on them, and stay open where the
body does. A function in clauses has as many headers, which say together what one says elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from qz.diagnostics.model import Note
from qz.sema import clauses
from qz.sema.check.columns import infer_columns
from qz.sema.data.c_values import check_passed_to_c
from qz.sema.decls import Bound, ConstValue, Decl, FunctionDecl, Parameter, Signature
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.type_syntax.defaults import check_default, read_default
from qz.sema.type_syntax.implied_params import ImpliedParams
from qz.sema.type_syntax.params import read_type_params
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.type_syntax.references import borrow_of, changes_in_place, strip
from qz.sema.type_syntax.trait_methods import holds_nothing, is_of_any_type, where_nothing_is_held
from qz.sema.types import ERROR, INT, NONE, VOID, TypeId, TypeKind, lends_places
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.shapes import children
from qz.syntax.views import FnView

C_INTEGERS = frozenset({"CInt", "CUInt", "CLong", "CChar", "CSize"})
"""In an extern signature these are `Int` to the caller; the call itself narrows and widens."""

_NAMED = frozenset({NodeKind.PARAM, NodeKind.PARAM_SELF, NodeKind.PARAM_REST})
"""Kinds of parameters that have a name."""

_MENTIONED = _NAMED | {NodeKind.PARAM_PATTERN}
"""Those that defaults may mention."""


class Header:
    """Reads the header of one function, whose FN is ``node``; parameters without a type add to it."""

    def __init__(self, program: Program, function: FunctionDecl, arena: AstArena, node: int) -> None:
        self.program = program
        self.function = function
        self.arena = arena
        self.view = view = FnView(arena, node)
        self.clauses = clauses.clauses_of(arena, node)
        self.is_in_clauses = arena.kind[view.body] == NodeKind.CLAUSES
        module = function.module
        owner = module.owners.get(function.owner)
        self.owner = owner
        enclosing = owner.names if owner is not None else {}
        read = read_type_params(program, module, arena, view.type_params, view.where, function.id, enclosing)
        function.type_names = read.names
        self.pattern: TypeId = NONE
        self.before: dict[int, tuple[int, Parameter]] = {}
        """The parameters that have been read, by position, with their nodes."""
        allows_deprecated = function.id in program.deprecated
        self.syntax = TypeSyntax(program, module, read.names, allows_deprecated=allows_deprecated)
        type_params = [*(owner.type_params if owner is not None else ()), *read.own]
        bounds = [*(owner.bounds if owner is not None else ()), *read.bounds]
        self.implied = ImpliedParams(program, function, arena, self.syntax, type_params, bounds)
        self.syntax.row = self.implied.known_row

    def signature(self) -> Signature:
        """All of it; a result that the body is to say is ``NONE``."""
        function, view, implied = self.function, self.view, self.implied
        self._read_abi()
        params = self._parameters_of_clauses() if self.is_in_clauses else self._parameters()
        result = self._result()
        function.result_written = result != NONE
        params, result = where_nothing_is_held(self.program, self.owner, function.name, params, result)
        function.specialized = "specialize" in map(self._annotation_name, view.annotations) or any(
            self._holds_place(p) for p in params
        )
        c_params, c_result = self._as_in_c() if function.abi == "C" else ((), VOID)
        promised = [Bound(hidden, trait) for hidden, traits in implied.promised.items() for trait in traits]
        signature = Signature(
            tuple(params),
            result,
            tuple(implied.type_params),
            tuple(implied.bounds),
            frozenset(implied.structural),
            tuple(implied.rows),
            bool(function.module.items.flags[function.item] & ItemFlag.VARIADIC),
            bool(view.params) and self.arena.kind[view.params[0]] == NodeKind.PARAM_SELF,
            strip(self.arena, view.result)[1] if function.abi != "C" else Borrow.NONE,
            self.pattern,
            tuple(promised),
            c_params,
            c_result,
        )
        for param in params:
            if isinstance(param.default, FunctionDecl) and param.default.signature is not None:
                param.default.signature.type_params = signature.type_params
                param.default.signature.bounds = signature.bounds
                check_default(self.program, param.default)
        return signature

    def _read_abi(self) -> None:
        """Find out which intrinsic a function is, if it is one; refuse what is neither that nor of C."""
        function = self.function
        if function.abi == "intrinsic":
            function.intrinsic = self._intrinsic_name() or function.name
            if function.module.is_own and not self.program.is_intrinsic(function.intrinsic):
                self.program.sink.report("QZ0901", function.span, name=function.intrinsic)
        elif not function.abi and self.program.search.is_bundled(function.module.path):
            function.intrinsic = self._intrinsic_name()
        elif function.abi not in ("", "C"):
            self.program.report_unsupported(function.span, _unsupported_abi(function.abi))

    def _as_in_c(self) -> tuple[tuple[TypeId, ...], TypeId]:
        """The types of the parameters and the result of a function of C, which has to have all of them."""
        arena, tokens = self.arena, self.function.module.tokens
        result_node = self.view.result
        result = self.syntax.resolve(arena, result_node) if result_node else VOID
        params = [self.syntax.resolve(arena, arena.lhs[node]) for node in self.view.params]
        for node, type_id in zip(self.view.params, params, strict=True):
            if arena.lhs[node]:
                span = tokens.span(arena.token[arena.lhs[node]])
                check_passed_to_c(self.program, type_id, span, is_result=False)
                continue
            what, help_text = f"`{tokens.text(arena.token[node])}`", "write it: C's names tell nothing of it"
            self.program.sink.report("QZ0404", tokens.span(arena.token[node]), help=help_text, what=what)
        check_passed_to_c(self.program, result, tokens.span(arena.token[result_node]), is_result=True)
        return tuple(params), result

    def _holds_place(self, param: Parameter) -> bool:
        """Whether a parameter stands for a place, or takes functions that do, of a type still open: of what a
        place holds, nothing is forgotten."""
        types = self.program.types
        return types.mentions_param(param.type) and (
            param.borrow is Borrow.IN_PLACE or lends_places(types, param.type)
        )

    def _intrinsic_name(self) -> str:
        """What `@intrinsic("…")` says, if it stands there."""
        arena, tokens = self.arena, self.function.module.tokens
        for annotation in self.view.annotations:
            args = arena.list(arena.lhs[annotation])
            if self._annotation_name(annotation) == "intrinsic" and args:
                return string_value(tokens, arena.token[args[0]]).decode()
        return ""

    def _annotation_name(self, node: int) -> str:
        return self.function.module.tokens.text(self.arena.token[node])

    def _symbol(self, node: int) -> int:
        return self.function.module.tokens.symbol(self.arena.token[node])

    # Parameters

    def _parameters(self) -> list[Parameter]:
        found: list[Parameter] = []
        for index, node in enumerate(self.view.params):
            found.append(self._parameter(node, index))
            self._note_before(index, node, found[-1])
        return found

    def _note_before(self, index: int, node: int, param: Parameter) -> None:
        """Let the defaults of what follows mention a parameter, or the names in its pattern."""
        if self.arena.kind[node] in _MENTIONED:
            self.before[index] = node, param

    def _parameter(self, node: int, index: int) -> Parameter:
        arena = self.arena
        kind = arena.kind[node]
        if kind == NodeKind.PARAM_SELF:
            span = self.function.module.tokens.span(arena.token[node])
            if self.owner is None:
                self.program.sink.report("QZ0308", span, help="give the parameter another name, and a type")
            elif index:
                expected = "it before the other parameters"
                self.program.sink.report("QZ0020", span, found="`self`", expected=expected)
            self_type = self.owner.self_type if self.owner is not None else ERROR
            return Parameter("self", self_type, borrow=self._borrow_of_self(node, self_type))
        if kind == NodeKind.PARAM_REST:
            return self._rest(node)
        if kind == NodeKind.PARAM_PATTERN:
            return Parameter("_", self._type_without_body(node))
        if kind != NodeKind.PARAM:
            return Parameter("", ERROR)
        name = self.function.module.tokens.text(arena.token[node])
        type_id = self._parameter_type(node)
        borrow = borrow_of(self.program, arena, arena.lhs[node], type_id)
        if not arena.rhs[node]:
            return Parameter(name, type_id, borrow=borrow)
        if borrow is Borrow.IN_PLACE:
            span = self.function.module.tokens.span(arena.token[node])
            self.program.report_unsupported(span, "a default for what is changed in its place is")
        default, found = self._default(node, index, type_id)
        return Parameter(name, type_id if type_id != NONE else found, default, borrow=borrow)

    def _borrow_of_self(self, node: int, self_type: TypeId) -> Borrow:
        """A method for all types does not know where their values lie; an instance of it does."""
        borrow = Borrow(self.arena.lhs[node])
        return Borrow.IN_PLACE if changes_in_place(self.program, borrow, self_type) else borrow

    def _rest(self, node: int) -> Parameter:
        """`xs...: T`, which is a `Vec<T>` to the body."""
        arena, tokens = self.arena, self.function.module.tokens
        name = tokens.text(arena.token[node])
        problem = "must come last" if node != self.view.params[-1] else ""
        if self.function.abi:
            problem = 'is none that C has; `extern "C" variadic def` is'
        if problem:
            self.program.sink.report("QZ0212", tokens.span(arena.token[node]), name=name, problem=problem)
        annotation = arena.lhs[node]
        element = (
            self._written(node, annotation) if annotation else self.implied.by_argument(self._symbol(node))
        )
        if problem or element == ERROR:
            return Parameter(name, ERROR)
        return Parameter(name, self.program.types.vec(element), is_rest=True)

    def _type_without_body(self, node: int) -> TypeId:
        """The type of a pattern where there is nothing that could take a value apart: `_: T` is all there
        can be."""
        arena = self.arena
        annotation = clauses.annotation_of(arena, node)
        pattern = arena.lhs[node]
        is_typed = arena.kind[pattern] == NodeKind.PAT_TYPED
        if annotation and arena.kind[arena.lhs[pattern] if is_typed else pattern] == NodeKind.PAT_WILD:
            return self.syntax.held(arena, annotation, is_lent=True)
        span = self.function.module.tokens.span(arena.token[node])
        problem = "has no body, so it needs a name and a type here"
        self.program.sink.report("QZ0112", span, name=self.function.name, problem=problem)
        return ERROR

    def _parameter_type(self, node: int) -> TypeId:
        arena, function = self.arena, self.function
        annotation = arena.lhs[node]
        if annotation:
            text = function.module.tokens.text(arena.token[annotation])
            if function.abi == "C" and text in C_INTEGERS:
                return INT
            return self._written(node, annotation if function.abi == "C" else strip(arena, annotation)[0])
        return NONE if arena.rhs[node] else self.implied.by_argument(self._symbol(node))

    def _written(self, node: int, annotation: int) -> TypeId:
        """The type behind a parameter."""
        arena = self.arena
        self.syntax.anonymous = self.implied.anonymous_within
        self.syntax.row = self.implied.open_record
        if arena.kind[annotation] == NodeKind.TYPE_IMPL:
            found = self.implied.anonymous(self._symbol(node), annotation)
        elif holds_nothing(self.program, self.owner):  # the `Void` of the trait's parameter
            found = self.syntax.given(arena, annotation, is_lent=True)
        else:
            found = self.syntax.held(arena, annotation, is_lent=True)
        self.syntax.anonymous = None
        self.syntax.row = self.implied.known_row
        return found

    def _default(self, param: int, index: int, want: TypeId) -> tuple[ConstValue | FunctionDecl, TypeId]:
        """A default's value where it is constant, else the function that computes it at each call."""
        function, arena = self.function, self.arena
        tokens = function.module.tokens
        type_params, bounds = tuple(self.implied.type_params), tuple(self.implied.bounds)
        thunk = FunctionDecl(
            function.module,
            function.item,
            f"{function.name} (default of parameter {index + 1})",
            tokens.span(arena.token[param]),
            symbol=f"{function.symbol}$default{index + 1}",
            owner=function.owner,
            default_of=index,
            signature=Signature(
                (), want, type_params, bounds, frozenset(self.implied.structural), tuple(self.implied.rows)
            ),
            type_names=function.type_names,
        )
        names = [node for node in self.view.params[index:] if arena.kind[node] in _NAMED]
        patterns = [node for node in self.view.params[index:] if arena.kind[node] == NodeKind.PARAM_PATTERN]
        for part in patterns:  # grows
            patterns += children(arena, part)
        names += [part for part in patterns if arena.kind[part] == NodeKind.PAT_NAME]
        later = {tokens.symbol(arena.token[node]): arena.token[node] for node in names}
        return read_default(self.program, thunk, arena, arena.rhs[param], self.before, later)

    # Clauses

    def _parameters_of_clauses(self) -> list[Parameter]:
        """A type is written in one of the clauses, or it shows in their patterns, or the argument has it."""
        clauses.check_headers(self.program, self.function, self.arena, self.clauses)
        columns = clauses.columns(self.function, self.arena, self.clauses)
        written = [self._written_in(column, index) for index, column in enumerate(columns)]
        known = [parameter.type for parameter in written]
        types = infer_columns(self.program, self.function, self.arena, self.clauses, known, self.implied.rows)
        for index, type_id in enumerate(types):
            first = columns[index].params[0]
            if self._has_default(first):
                written[index] = self._parameter(first, index)
                type_id = written[index].type
            elif type_id == NONE:
                name = columns[index].name if columns[index].name != "_" else f"_{index + 1}"
                type_id = self.implied.by_argument(self.program.interner.intern(name))
            written[index] = replace(written[index], type=type_id)
            self._note_before(index, first, written[index])
        return written

    def _has_default(self, param: int) -> bool:
        return self.arena.kind[param] == NodeKind.PARAM and self.arena.rhs[param] != 0

    def _written_in(self, column: clauses.Column, index: int) -> Parameter:
        """What one of the clauses says of a parameter; ``NONE`` for a type that none does."""
        arena, first = self.arena, column.params[0]
        if arena.kind[first] in (NodeKind.PARAM_SELF, NodeKind.PARAM_REST):
            return self._parameter(first, index)
        if not column.annotations or self._has_default(first):
            return Parameter(column.name, NONE)
        annotation, _ = strip(arena, column.annotations[0])
        type_id = self._written(first, annotation)
        annotations = (annotation, *column.annotations[1:])
        borrow = borrow_of(self.program, arena, column.annotations[0], type_id)
        return Parameter(column.name, self._agreed(type_id, annotations, "takes"), borrow=borrow)

    def _agreed(self, first: TypeId, nodes: tuple[int, ...], verb: str) -> TypeId:
        """The type that several clauses write, ``first`` at the first of the nodes."""
        program, tokens = self.program, self.function.module.tokens
        for node in nodes[1:]:
            bare = strip(self.arena, node)[0]
            is_result = verb == "returns"
            found = (
                self._result_type(bare) if is_result else self.syntax.resolve(self.arena, bare, is_lent=True)
            )
            if found != first and ERROR not in (found, first):
                note = Note(extent(tokens, self.arena, nodes[0]), f"`{program.show(first)}` here")
                problem = f"{verb} `{program.show(found)}`, another one `{program.show(first)}`"
                span = extent(tokens, self.arena, node)
                program.sink.report("QZ0112", span, notes=[note], name=self.function.name, problem=problem)
        return first

    # The result

    def _result_type(self, written: int) -> TypeId:
        """The type that is written as a result."""
        self.implied.hidden.clear()
        self.syntax.anonymous = None if self.function.abi else self._hidden_within
        is_iterator = self._is_iterator(written)
        found = (
            self._generator(written) if is_iterator else self.syntax.given(self.arena, written, is_lent=True)
        )
        self.syntax.anonymous = None
        return found

    def _hidden_within(self, annotation: int) -> TypeId:
        """`impl Trait` in a result stands for one type. For a method of a trait each type gives another, so
        there it means the `dyn Trait` that all of them become, and the same where such a method is
        implemented."""
        if self._is_of_any_type():
            return self.syntax.dynamic(self.arena, self.arena.list(self.arena.lhs[annotation]))
        return self.implied.promise(annotation)

    def _is_of_any_type(self) -> bool:
        return is_of_any_type(self.program, self.owner, self.function.name)

    def _is_iterator(self, written: int) -> bool:
        """Whether a result is the trait `Iterator` itself, as that of a function which yields is."""
        if self.function.abi or self.arena.kind[written] != NodeKind.TYPE_NAME:
            return False
        symbol = self.function.module.tokens.symbol(self.arena.token[written])
        if self.program.interner.text(symbol) != "Iterator" or symbol in self.syntax.params:
            return False
        decl = self.syntax.declaration(self.arena, written)
        return isinstance(decl, Decl) and self.program.library.is_declared(decl, "iter", "Iterator")

    def _generator(self, written: int) -> TypeId:
        """What a function that yields gives; a method of a trait, what that becomes for all types."""
        if self._is_of_any_type():
            return self.syntax.dynamic(self.arena, [written])
        trait = self.syntax.trait(self.arena, written)
        self.function.is_generator = True
        if trait == ERROR:
            return ERROR
        types = self.program.types
        decl = self.program.library.struct("iter", "Generator")
        return types.make(TypeKind.STRUCT, decl.id, types.args[trait][1])

    def _result(self) -> TypeId:
        """The annotated result; `Void` where nothing can follow from a body; `NONE` where it must be
        inferred."""
        arena, function = self.arena, self.function
        has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
        nodes = tuple(clause.result for clause in self.clauses if clause.result)
        if nodes:
            text = function.module.tokens.text(arena.token[nodes[0]])
            if function.abi == "C" and text in C_INTEGERS:
                return INT
            first = nodes[0] if function.abi == "C" else strip(arena, nodes[0])[0]
            written = self._agreed(self._result_type(first), (first, *nodes[1:]), "returns")
            if not self.implied.promised or written == ERROR:
                return written
            self.pattern = written
            return NONE
        if function.abi or not has_body or (function.name == "main" and function.owner < 0):
            return VOID
        return NONE


def _unsupported_abi(abi: str) -> str:
    if abi.endswith("-interrupt"):
        return f'`extern "{abi}"`, which an operating system leaves to itself, is'
    return f'`extern "{abi}"` is'

"""What the header of a function says: its type parameters, its parameters, its result.

Types that are not written become type parameters where the arguments decide on them, and stay open where the
body does.
"""

from __future__ import annotations

from qz.sema.check import check_expression
from qz.sema.constants import evaluate
from qz.sema.decls import Bound, ConstValue, FunctionDecl, Parameter, Signature
from qz.sema.program import Program
from qz.sema.type_params import read_type_params
from qz.sema.type_syntax import TypeSyntax
from qz.sema.types import ERROR, INT, NONE, VOID, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView

C_INTEGERS = frozenset({"CInt", "CUInt", "CLong", "CChar", "CSize"})
"""In an extern signature these are `Int` to the caller; the call itself narrows and widens."""


class Header:
    """Reads the header of one function, whose FN is ``node``; parameters without a type add to it."""

    def __init__(self, program: Program, function: FunctionDecl, arena: AstArena, node: int) -> None:
        self.program = program
        self.function = function
        self.arena = arena
        self.view = view = FnView(arena, node)
        module = function.module
        owner = module.owners.get(function.owner)
        self.owner = owner
        enclosing = owner.names if owner is not None else {}
        read = read_type_params(program, module, arena, view.type_params, view.where, function.id, enclosing)
        function.type_names = read.names
        self.type_params = list(owner.type_params if owner is not None else ()) + list(read.own)
        self.bounds = list(owner.bounds if owner is not None else ()) + list(read.bounds)
        self.structural: list[TypeId] = []
        self.rows: list[Bound] = []
        allows_deprecated = function.id in program.deprecated
        self.syntax = TypeSyntax(program, module, read.names, allows_deprecated=allows_deprecated)

    def signature(self) -> Signature:
        """All of it; a result that the body is to say is ``NONE``."""
        function, arena, view = self.function, self.arena, self.view
        if function.abi == "intrinsic":
            function.intrinsic = self._intrinsic_name()
            if not self.program.is_intrinsic(function.intrinsic):
                self.program.sink.report("QZ0901", function.span, name=function.intrinsic)
        params = [self._parameter(node, index) for index, node in enumerate(view.params)]
        result = self._result()
        function.result_written = result != NONE
        resolve = self.syntax.resolve
        is_c = function.abi == "C"
        c_result = resolve(arena, view.result) if view.result and is_c else VOID
        if self.program.types.kinds[c_result] is TypeKind.FN:
            span = function.module.tokens.span(arena.token[view.result])
            self.program.report_unsupported(span, "functions that C gives are")
        signature = Signature(
            tuple(params),
            result,
            tuple(self.type_params),
            tuple(self.bounds),
            frozenset(self.structural),
            tuple(self.rows),
            bool(function.module.items.flags[function.item] & ItemFlag.VARIADIC),
            bool(view.params) and arena.kind[view.params[0]] == NodeKind.PARAM_SELF,
            tuple(resolve(arena, arena.lhs[p]) for p in view.params if is_c),
            c_result,
        )
        for param in params:
            if isinstance(param.default, FunctionDecl) and param.default.signature is not None:
                param.default.type_names = function.type_names
                param.default.signature.type_params = signature.type_params
        return signature

    def _intrinsic_name(self) -> str:
        """What `@intrinsic("…")` says, else the function's own name."""
        arena, tokens = self.arena, self.function.module.tokens
        for annotation in self.view.annotations:
            args = arena.list(arena.lhs[annotation])
            if tokens.text(arena.token[annotation]) == "intrinsic" and args:
                return string_value(tokens, arena.token[args[0]]).decode()
        return self.function.name

    def _symbol(self, node: int) -> int:
        return self.function.module.tokens.symbol(self.arena.token[node])

    # Parameters

    def _parameter(self, node: int, index: int) -> Parameter:
        arena = self.arena
        kind = arena.kind[node]
        if kind == NodeKind.PARAM_SELF:
            return Parameter("self", self.owner.self_type if self.owner is not None else ERROR)
        if kind != NodeKind.PARAM:
            return Parameter("", ERROR)
        name = self.function.module.tokens.text(arena.token[node])
        type_id = self._parameter_type(node)
        if not arena.rhs[node]:
            return Parameter(name, type_id)
        default, found = self._default(node, index, type_id)
        return Parameter(name, type_id if type_id != NONE else found, default)

    def _parameter_type(self, node: int) -> TypeId:
        arena, function = self.arena, self.function
        annotation = arena.lhs[node]
        if annotation:
            text = function.module.tokens.text(arena.token[annotation])
            return INT if function.abi == "C" and text in C_INTEGERS else self._written(node, annotation)
        return NONE if arena.rhs[node] else self._by_argument(self._symbol(node))

    def _written(self, node: int, annotation: int) -> TypeId:
        """The type behind a parameter."""
        arena = self.arena
        if arena.kind[annotation] == NodeKind.TYPE_IMPL:
            return self._anonymous(node, annotation)
        if arena.kind[annotation] == NodeKind.TYPE_RECORD and arena.rhs[annotation]:
            return self._open_record(node, annotation)
        return self.syntax.resolve(arena, annotation)

    def _by_argument(self, symbol: int) -> TypeId:
        """The type of a parameter that takes anything for which the body can be compiled."""
        param = self._hidden_param(symbol)
        self.structural.append(param)
        return param

    def _hidden_param(self, symbol: int) -> TypeId:
        """A type parameter that goes by the name of a parameter."""
        param = self.program.types.make(TypeKind.PARAM, symbol, self.function.id)
        self.type_params.append(param)
        return param

    def _open_record(self, node: int, annotation: int) -> TypeId:
        """`r: { x: Int, ..rest }` takes whatever has the fields named."""
        fields = self.syntax.record_fields(self.arena, annotation)
        if fields == ERROR:
            return ERROR
        param = self._hidden_param(self._symbol(node))
        self.rows.append(Bound(param, fields))
        return param

    def _anonymous(self, node: int, annotation: int) -> TypeId:
        """`x: impl Show` declares a type parameter on the spot."""
        arena = self.arena
        param = self._hidden_param(self._symbol(node))
        traits = [self.syntax.trait(arena, bound) for bound in arena.list(arena.lhs[annotation])]
        self.bounds += [Bound(param, trait) for trait in traits if trait != ERROR]
        return param

    def _default(self, param: int, index: int, want: TypeId) -> tuple[ConstValue | FunctionDecl, TypeId]:
        """A default's value where it is constant, else the function that computes it at each call."""
        program, function, arena = self.program, self.function, self.arena
        module = function.module
        names = function.type_names
        body = check_expression(program, module, function.name, arena, arena.rhs[param], want, names)
        found = body.types[arena.rhs[param]]
        value = evaluate(program, body, arena.rhs[param], quiet=True)
        if value is not None:
            return value, found
        thunk = FunctionDecl(
            module,
            function.item,
            f"{function.name} (default of parameter {index + 1})",
            module.tokens.span(arena.token[param]),
            symbol=f"{function.symbol}$default{index + 1}",
            owner=function.owner,
            default_of=index,
            signature=Signature((), want if want != NONE else found),
        )
        program.register(thunk)
        return thunk, found

    # The result

    def _result(self) -> TypeId:
        """The annotated result; `Void` where nothing can follow from a body; `NONE` where it must be
        inferred."""
        arena, function, written = self.arena, self.function, self.view.result
        if written:
            text = function.module.tokens.text(arena.token[written])
            if function.abi == "C" and text in C_INTEGERS:
                return INT
            if arena.kind[written] == NodeKind.TYPE_IMPL:
                return NONE  # the one type that the body gives
            return self.syntax.resolve(arena, written)
        has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
        if function.abi or not has_body or (function.name == "main" and function.owner < 0):
            return VOID
        return NONE

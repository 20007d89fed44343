"""What bodies ask about declarations, answered on demand and remembered: signatures, fields, constants.

Each answer parses the declaration's own tokens in an arena of its own and keeps only ids and values.
"""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.body import Body
from qz.sema.check import check_expression, check_function
from qz.sema.constants import evaluate
from qz.sema.decls import (
    ConstDecl,
    ConstValue,
    EnumDecl,
    Field,
    FunctionDecl,
    GlobalDecl,
    Parameter,
    Signature,
    StructDecl,
    Variant,
)
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.type_syntax import TypeSyntax
from qz.sema.types import BOOL, ERROR, INT, NONE, STRING, VOID, TypeId, TypeKind
from qz.syntax.ast import AstArena
from qz.syntax.items import ItemFlag
from qz.syntax.literals import string_value
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView, FnView, ImplView

C_INTEGERS = frozenset({"CInt", "CUInt", "CLong", "CChar", "CSize"})
"""In an extern signature these are `Int` to the caller; the call itself narrows and widens."""


class Queries:
    """The one place where signatures, fields and constants are worked out."""

    def __init__(self, program: Program) -> None:
        self.program = program

    # Functions

    def signature(self, function: FunctionDecl) -> Signature:
        """Parameters and result. An unannotated result is inferred from the body, here and now."""
        if function.signature is None:
            function.signature = self._read_signature(function)
        return function.signature

    def _read_signature(self, function: FunctionDecl) -> Signature:
        module = function.module
        program = self.program
        with program.arenas.function(function.name) as arena:
            node = parse_item(
                module.tokens, module.items, function.item, arena, program.sink, with_body=False
            )
            if arena.kind[node] != NodeKind.FN:
                return Signature((), ERROR)
            view = FnView(arena, node)
            type_params = {
                module.tokens.symbol(arena.token[p]): program.types.make(
                    TypeKind.PARAM, module.tokens.symbol(arena.token[p]), function.id
                )
                for p in view.type_params
            }
            if function.abi == "intrinsic":
                function.intrinsic = self._intrinsic_name(function, arena, view)
                if not program.is_intrinsic(function.intrinsic):
                    program.sink.report("QZ0901", function.span, name=function.intrinsic)
            in_scope = dict(type_params)
            if function.owner >= 0:
                in_scope = self._owner_params(module, function.owner) | in_scope
            syntax = TypeSyntax(program, module, in_scope)
            if in_scope and function.abi != "intrinsic":
                program.report_unsupported(function.span, "generic functions are")
            params = [self._parameter(function, syntax, arena, p, i) for i, p in enumerate(view.params)]
            has_self = bool(view.params) and arena.kind[view.params[0]] == NodeKind.PARAM_SELF
            flags = module.items.flags[function.item]
            result = self._result(function, syntax, arena, view)
            c_params = [syntax.resolve(arena, arena.lhs[p]) for p in view.params if function.abi == "C"]
            c_result = syntax.resolve(arena, view.result) if view.result and function.abi == "C" else VOID
        signature = Signature(
            tuple(params),
            result,
            tuple(in_scope.values()),
            bool(flags & ItemFlag.VARIADIC),
            has_self,
            tuple(c_params),
            c_result,
        )
        if result != NONE:
            return signature
        return self._infer_result(function, signature)

    def _intrinsic_name(self, function: FunctionDecl, arena: AstArena, view: FnView) -> str:
        """What `@intrinsic("…")` says, else the function's own name."""
        tokens = function.module.tokens
        for annotation in view.annotations:
            args = arena.list(arena.lhs[annotation])
            if tokens.text(arena.token[annotation]) == "intrinsic" and args:
                return string_value(tokens, arena.token[args[0]]).decode()
        return function.name

    def _owner_params(self, module: ModuleEnv, owner: int) -> dict[int, TypeId]:
        """The type parameters a method sees from its `extend`: the names in `extend Vec<T>`."""
        with self.program.arenas.function("owner") as arena:
            node = parse_item(module.tokens, module.items, owner, arena, self.program.sink, with_body=False)
            target = ImplView(arena, node).target
            if arena.kind[target] != NodeKind.TYPE_NAME:
                return {}
            symbols = [module.tokens.symbol(arena.token[a]) for a in arena.list(arena.lhs[target])]
            names = [s for s in symbols if module.lookup(s) is None and self._is_param(s)]
        return {s: self.program.types.make(TypeKind.PARAM, s, -1) for s in names}

    def _is_param(self, symbol: int) -> bool:
        text = self.program.interner.text(symbol)
        return len(text) == 1 and text.isupper()

    def target(self, module: ModuleEnv, arena: AstArena, node: int) -> TypeId:
        """The type an `impl` or `extend` header is for; its type parameters stand for themselves."""
        target = ImplView(arena, node).target
        params: dict[int, TypeId] = {}
        if arena.kind[target] == NodeKind.TYPE_NAME:
            for arg in arena.list(arena.lhs[target]):
                symbol = module.tokens.symbol(arena.token[arg])
                if self._is_param(symbol) and module.lookup(symbol) is None:
                    params[symbol] = self.program.types.make(TypeKind.PARAM, symbol, -1)
        return TypeSyntax(self.program, module, params).resolve(arena, target)

    def owner_type(self, function: FunctionDecl) -> TypeId:
        """The type of `self`."""
        module = function.module
        with self.program.arenas.function("owner") as arena:
            node = parse_item(
                module.tokens, module.items, function.owner, arena, self.program.sink, with_body=False
            )
            return self.target(module, arena, node)

    def _parameter(
        self, function: FunctionDecl, syntax: TypeSyntax, arena: AstArena, node: int, index: int
    ) -> Parameter:
        module = function.module
        kind = arena.kind[node]
        if kind == NodeKind.PARAM_SELF:
            return Parameter("self", self.owner_type(function) if function.owner >= 0 else ERROR)
        if kind != NodeKind.PARAM:
            return Parameter("", ERROR)
        name = module.tokens.text(arena.token[node])
        type_id = self._parameter_type(function, syntax, arena, node)
        if not arena.rhs[node]:
            return Parameter(name, type_id)
        default, found = self._default(function, node, arena, index, type_id)
        return Parameter(name, type_id if type_id != NONE else found, default)

    def _parameter_type(
        self, function: FunctionDecl, syntax: TypeSyntax, arena: AstArena, node: int
    ) -> TypeId:
        module = function.module
        annotation = arena.lhs[node]
        if annotation:
            if function.abi == "C" and module.tokens.text(arena.token[annotation]) in C_INTEGERS:
                return INT
            return syntax.resolve(arena, annotation)
        if arena.rhs[node]:
            return NONE
        self.program.report_unsupported(
            module.tokens.span(arena.token[node]), "parameters without a type are"
        )
        return ERROR

    def _default(
        self, function: FunctionDecl, param: int, arena: AstArena, index: int, want: TypeId
    ) -> tuple[ConstValue | FunctionDecl, TypeId]:
        """A default's value where it is constant, else the function that computes it at each call."""
        module = function.module
        body = check_expression(self.program, module, function.name, arena, arena.rhs[param], want)
        found = body.types[arena.rhs[param]]
        value = evaluate(self.program, body, arena.rhs[param], quiet=True)
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
        self.program.register(thunk)
        return thunk, found

    def _result(self, function: FunctionDecl, syntax: TypeSyntax, arena: AstArena, view: FnView) -> TypeId:
        """The annotated result; `Void` where nothing can follow from a body; `NONE` where it must be
        inferred."""
        if view.result:
            if function.abi == "C":
                name = function.module.tokens.text(arena.token[view.result])
                if name in C_INTEGERS:
                    return INT
            return syntax.resolve(arena, view.result)
        has_body = function.module.items.flags[function.item] & ItemFlag.HAS_BODY
        if function.abi or not has_body or (function.name == "main" and function.owner < 0):
            return VOID
        return NONE

    def _infer_result(self, function: FunctionDecl, signature: Signature) -> Signature:
        if function.inferring:
            return Signature(signature.params, ERROR, signature.type_params)
        function.inferring = True
        function.signature = signature
        with self.program.arenas.function(function.symbol) as arena:
            body = check_function(self.program, function, arena)
        function.inferring = False
        signature.result = body.result
        return signature

    def result(self, function: FunctionDecl, asked_at: Span) -> TypeId:
        """The result type for a call; a function whose result is being inferred right now cannot be asked."""
        signature = self.signature(function)
        if signature.result == NONE:
            self.program.sink.report(
                "QZ0411",
                function.span,
                notes=[Note(asked_at, "its result is needed here")],
                help="write its result type: `def …(): T`",
                function=function.name,
            )
            return ERROR
        return signature.result

    # Structs

    def fields(self, struct: StructDecl) -> dict[str, Field]:
        """The fields in declaration order, by name."""
        if struct.fields is not None:
            return struct.fields
        struct.fields = {}
        module = struct.module
        with self.program.arenas.function(struct.name) as arena:
            node = parse_item(module.tokens, module.items, struct.item, arena, self.program.sink)
            if arena.kind[node] != NodeKind.STRUCT:
                return struct.fields
            view = AggregateView(arena, node)
            if view.type_params:
                self.program.report_unsupported(struct.span, "generic structs are")
            for annotation in view.annotations:
                if module.tokens.text(arena.token[annotation]) == "value":
                    self.program.report_unsupported(
                        module.tokens.span(arena.token[annotation]), "`@value` structs are"
                    )
            syntax = TypeSyntax(self.program, module, {})
            for field in view.members:
                if arena.kind[field] == NodeKind.FIELD_DECL:
                    self._field(struct, syntax, arena, field)
        return struct.fields

    def _field(self, struct: StructDecl, syntax: TypeSyntax, arena: AstArena, node: int) -> None:
        assert struct.fields is not None
        module = struct.module
        name = module.tokens.text(arena.token[node])
        span = module.tokens.span(arena.token[node])
        type_id = syntax.resolve(arena, arena.lhs[node])
        default: ConstValue | FunctionDecl | None = None
        if arena.rhs[node]:
            body = check_expression(self.program, module, struct.name, arena, arena.rhs[node], type_id)
            default = evaluate(self.program, body, arena.rhs[node], quiet=True)
            if default is None:
                index = len(struct.fields)
                default = FunctionDecl(
                    module,
                    struct.item,
                    f"{struct.name} (default of field `{name}`)",
                    span,
                    symbol=f"{module.name}${struct.name}$default{index + 1}",
                    default_of=index,
                    signature=Signature((), type_id),
                )
                self.program.register(default)
        first = struct.fields.get(name)
        if first is not None:
            notes = [Note(first.span, f"`{name}` is first declared here")]
            self.program.sink.report("QZ0305", span, notes=notes, name=name)
            return
        struct.fields[name] = Field(name, type_id, default, span)

    # Enums

    def variants(self, enum: EnumDecl) -> dict[str, Variant]:
        """The variants in declaration order, by name, in terms of the enum's own type parameters."""
        if enum.variants is not None:
            return enum.variants
        enum.variants = {}
        module = enum.module
        params = {self.program.types.args[param][0]: param for param in enum.type_params}
        with self.program.arenas.function(enum.name) as arena:
            node = parse_item(module.tokens, module.items, enum.item, arena, self.program.sink)
            if arena.kind[node] != NodeKind.ENUM:
                return enum.variants
            syntax = TypeSyntax(self.program, module, params)
            for member in AggregateView(arena, node).members:
                name = module.tokens.text(arena.token[member])
                if arena.kind[member] == NodeKind.VARIANT and name not in enum.variants:
                    fields = self._payload(enum, syntax, arena, member)
                    span = module.tokens.span(arena.token[member])
                    enum.variants[name] = Variant(name, len(enum.variants), fields, span)
        return enum.variants

    def _payload(
        self, enum: EnumDecl, syntax: TypeSyntax, arena: AstArena, variant: int
    ) -> tuple[Field, ...]:
        """The fields of a variant; one without a name is called by its place."""
        tokens = enum.module.tokens
        fields: dict[str, Field] = {}
        for index, part in enumerate(arena.list(arena.lhs[variant])):
            type_id = syntax.resolve(arena, arena.lhs[part])
            name = tokens.text(arena.token[part]) if arena.rhs[part] else str(index)
            span = tokens.span(arena.token[part])
            first = fields.get(name)
            if first is not None:
                notes = [Note(first.span, f"`{name}` is first declared here")]
                self.program.sink.report("QZ0305", span, notes=notes, name=name)
                continue
            fields[name] = Field(name, type_id, None, span)
        return tuple(fields.values())

    # Constants and globals

    def constant(self, decl: ConstDecl) -> ConstDecl:
        """The constant with its type and value filled in."""
        if decl.type != NONE:
            return decl
        if decl.evaluating:
            self.program.sink.report("QZ0801", decl.span, name=decl.name)
            decl.type = ERROR
            return decl
        decl.evaluating = True
        decl.type, decl.value = self._initial_value(decl, NodeKind.CONST)
        return decl

    def global_(self, decl: GlobalDecl) -> GlobalDecl:
        """The global with its type and initial value filled in."""
        if not decl.resolved:
            decl.resolved = True
            decl.type, decl.value = self._initial_value(decl, NodeKind.GLOBAL)
        return decl

    def _initial_value(
        self, decl: ConstDecl | GlobalDecl, kind: NodeKind
    ) -> tuple[TypeId, ConstValue | None]:
        module = decl.module
        with self.program.arenas.function(decl.name) as arena:
            node = parse_item(module.tokens, module.items, decl.item, arena, self.program.sink)
            if arena.kind[node] != kind:
                return ERROR, None
            want: TypeId = NONE
            if arena.lhs[node]:
                want = TypeSyntax(self.program, module, {}).resolve(arena, arena.lhs[node])
            value_node = arena.rhs[node]
            if not value_node:
                return want, 0
            body = check_expression(self.program, module, decl.name, arena, value_node, want)
            found = want if want not in (NONE, ERROR) else body.types[value_node]
            if found == ERROR:
                return ERROR, None
            value = evaluate(self.program, body, value_node)
            return found, value

    def check_assertion(self, module: ModuleEnv, item: int) -> None:
        """`static_assert(condition, "message")`."""
        program = self.program
        with program.arenas.function("static_assert") as arena:
            node = parse_item(module.tokens, module.items, item, arena, program.sink)
            if arena.kind[node] != NodeKind.STATIC_ASSERT:
                return
            condition, message = arena.lhs[node], arena.rhs[node]
            body = check_expression(program, module, "static_assert", arena, condition, BOOL)
            holds = evaluate(program, body, condition)
            text = ""
            if message:
                words = check_expression(program, module, "static_assert", arena, message, STRING)
                value = evaluate(program, words, message)
                text = f": {value.decode('utf-8', 'replace')}" if isinstance(value, bytes) else ""
            if holds is False:
                program.sink.report("QZ0804", body.span(condition), message=text)

    def default_body(self, function: FunctionDecl, arena: AstArena) -> Body:
        """The body of a function that computes a default: the expression behind `=`."""
        module = function.module
        node = parse_item(
            module.tokens, module.items, function.item, arena, self.program.sink, with_body=False
        )
        if arena.kind[node] == NodeKind.FN:
            value = arena.rhs[FnView(arena, node).params[function.default_of]]
        else:
            value = arena.rhs[AggregateView(arena, node).members[function.default_of]]
        result = self.signature(function).result
        body = check_expression(self.program, module, function.symbol, arena, value, result)
        body.result = result
        return body

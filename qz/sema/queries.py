"""What bodies ask about declarations, answered on demand and remembered: signatures, fields, constants.

Each answer parses the declaration's own tokens in an arena of its own and keeps only ids and values.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.binary.packed import read_packed
from qz.sema.binary.syntax import layout_expressions, read_layout, value_of_layout
from qz.sema.bodies import Bodies
from qz.sema.body import Body, Given
from qz.sema.check import check_expression, check_function, check_ownership
from qz.sema.clauses import parse_function
from qz.sema.constants.evaluation import evaluate
from qz.sema.constants.values import ConstMade
from qz.sema.data.layouts import Layouts
from qz.sema.data.steady_fields import SteadyFields
from qz.sema.data.value_structs import (
    check_finite,
    check_in_c,
    move_what_holds_moved,
    read_annotations,
)
from qz.sema.data.variants import read_variants
from qz.sema.decls import (
    AliasDecl,
    BinaryDecl,
    ConstDecl,
    ConstValue,
    Decl,
    DerivedDecl,
    EnumDecl,
    Field,
    FunctionDecl,
    FunctionGroup,
    GlobalDecl,
    NewtypeDecl,
    PackedDecl,
    Parameter,
    Signature,
    StructDecl,
    Variant,
)
from qz.sema.derived.wrappers import wrapper_body
from qz.sema.infer import Inference
from qz.sema.modules import ModuleEnv
from qz.sema.ownership.bare_vectors import BareVectors
from qz.sema.ownership.holding import Holding
from qz.sema.ownership.leaving import Leaving
from qz.sema.ownership.makers import Makers
from qz.sema.ownership.moves.owned_types import OwnedTypes, check_fields
from qz.sema.ownership.moves.owning import Owning
from qz.sema.ownership.reading import Reading
from qz.sema.program import Program
from qz.sema.type_syntax.aliases import read_alias
from qz.sema.type_syntax.defaults import given, read_default
from qz.sema.type_syntax.headers import Header
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import BOOL, ERROR, NONE, NUMBERS, POINTER, STRING, VOID, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item
from qz.syntax.views import AggregateView, FnView


class Queries:
    """The one place where signatures, fields and constants are worked out."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._inference: Inference | None = None
        self._inferred: list[FunctionDecl] = []
        self._computing: list[Decl] = []
        self._initial: Body | None = None
        self._reads = program.reads
        self.bodies = Bodies(program)
        self.reading = Reading(program)
        self.holding = Holding(program)
        self._reading: set[int] = set()
        """The functions whose headers are being read."""
        self._incomplete: set[int] = set()
        """The structs and enums whose parts are being read."""
        self.makers = Makers(program)
        self.bare_vectors = BareVectors(program)
        self.leaving = Leaving(program)
        self.owned_types = OwnedTypes(program)
        self.layouts = Layouts(program)
        self.steady_fields = SteadyFields(program)
        self.owning = Owning(program)

    # Functions

    def signature(self, function: FunctionDecl) -> Signature:
        """Parameters and result. An unannotated result is inferred from the body, here and now."""
        signature = function.signature
        if signature is None and function.id in self._reading:
            return self._circular_signature(function)
        if signature is None:
            with self._reads.of("signature", function.id) as function.answer:
                function.signature = signature = self._read_signature(function)
            if signature.result != NONE and not function.answer.took:
                function.answer = None
        elif function.answer is not None:
            self._reads.repeat(function.answer)
        return signature

    def _read_signature(self, function: FunctionDecl) -> Signature:
        with self.program.arenas.function(function.name) as arena:
            node = parse_function(self.program, function, arena, with_body=False)
            if arena.kind[node] != NodeKind.FN:
                return Signature((), ERROR)
            self._reading.add(function.id)
            signature = Header(self.program, function, arena, node).signature()
            self._reading.remove(function.id)
        if signature.result != NONE:
            return signature
        if signature.structural:  # depends on the arguments: every instance has its own
            return signature
        return self._infer_result(function, signature)

    def _circular_signature(self, function: FunctionDecl) -> Signature:
        """Report a function that the default of one of its own parameters calls; it takes anything."""
        help_text = "what is left out of a call is found before the function is called: give it there"
        self.program.sink.report("QZ0801", function.span, help=help_text, name=function.name)
        n_params = function.module.items.n_params[function.item]
        return Signature(tuple([Parameter("", ERROR, 0) for _ in range(n_params)]), ERROR)

    def _infer_result(self, function: FunctionDecl, signature: Signature) -> Signature:
        """Find a result that is not written, from the body.

        Functions that call each other are inferred together: while the first of them is, the others share its
        variables, and their results are known when it is done.
        """
        outermost = self._inference is None
        errors_before = self.program.sink.n_error_reports
        if self._inference is None:
            self._inference = Inference(self.program.types)
        function.signature = signature
        function.open_result = self._open_result(signature, self._inference)
        with (
            self._reads.of("signature", function.id) as function.answer,
            self.program.arenas.function(function.symbol) as arena,
        ):
            body = check_function(self.program, function, arena, self._inference)
        function.open_result = body.result
        self._inferred.append(function)
        if outermost:
            is_wrong = self.program.sink.n_error_reports > errors_before
            for one in self._inferred:
                self._settle(one, self._inference, is_wrong=is_wrong)
            self._inferred.clear()
            self._inference = None
        else:
            self._settle(function, self._inference, stays_open=True)
        return signature

    def _open_result(self, signature: Signature, inference: Inference) -> TypeId:
        """What is known of a result before its body is looked at: all that is not behind an `impl`."""
        if signature.pattern == NONE:
            return inference.fresh()
        hidden = {bound.param: inference.fresh() for bound in signature.promised}
        return inference.instantiate(signature.pattern, hidden)

    def _settle(
        self,
        function: FunctionDecl,
        inference: Inference,
        *,
        stays_open: bool = False,
        is_wrong: bool = False,
    ) -> None:
        """Write down a result that is known now; one that is not in the end follows from nothing, unless
        something is wrong in the bodies that it was to follow from."""
        assert function.signature is not None
        found = inference.finish(function.open_result) if function.open_result < 0 else function.open_result
        if function.signature.result == NONE and found != NONE:
            function.signature.result = found
            function.open_result = NONE
        elif function.signature.result == NONE and not stays_open:
            function.signature.result = ERROR
            if is_wrong:
                return
            help_text = "write its result type: `def …(): T`"
            self.program.sink.report("QZ0411", function.span, help=help_text, function=function.name)

    def result(self, function: FunctionDecl, infer: Inference) -> TypeId:
        """The result type for a call; an open one where both functions are being inferred with ``infer``."""
        signature = self.signature(function)
        if signature.result == NONE and function.open_result == NONE:
            self._infer_result(function, signature)
        if signature.result == NONE and infer is not self._inference:
            self.program.sink.report("QZ0411", function.span, function=function.name)
            return ERROR
        return signature.result or function.open_result

    # Structs

    def fields(self, struct: StructDecl) -> dict[str, Field]:
        """The fields in declaration order, by name."""
        if struct.fields is not None:
            self._reads.again("fields", struct.id)
            return struct.fields
        struct.fields = {}
        with self._reads.of("fields", struct.id):
            self._read_fields(struct)
        return struct.fields

    def _read_fields(self, struct: StructDecl) -> None:
        read_annotations(self.program, struct)
        module = struct.module
        with self.program.arenas.function(struct.name) as arena:
            node = parse_item(module.tokens, module.items, struct.item, arena, self.program.sink)
            if isinstance(struct, BinaryDecl):
                read_layout(self.program, struct, arena, node)
                return
            if arena.kind[node] != NodeKind.STRUCT:
                return
            view = AggregateView(arena, node)
            names = {self.program.types.args[p][0]: p for p in struct.type_params}
            syntax = TypeSyntax(self.program, module, names)
            declared = [member for member in view.members if arena.kind[member] == NodeKind.FIELD_DECL]
            self._incomplete.add(struct.id)
            declared = [member for member in declared if self._field(struct, syntax, arena, member)]
            self._incomplete.remove(struct.id)
            check_finite(self.program, struct)
            for index in range(len(declared)):
                self._default_of_field(struct, arena, declared, index)
        check_fields(self.program, struct)
        move_what_holds_moved(self.program, struct)
        if struct.in_c:
            check_in_c(self.program, struct)

    def _field(self, struct: StructDecl, syntax: TypeSyntax, arena: AstArena, node: int) -> bool:
        """Add a field, yet without its default: what that is computed with may hold values of the struct.
        Whether there was none of its name."""
        assert struct.fields is not None
        name = struct.module.tokens.text(arena.token[node])
        span = struct.module.tokens.span(arena.token[node])
        type_id = syntax.resolve(arena, arena.lhs[node])
        first = struct.fields.get(name)
        if first is not None:
            notes = [Note(first.span, f"`{name}` is first declared here")]
            self.program.sink.report("QZ0305", span, notes=notes, name=name)
            return False
        struct.fields[name] = Field(name, type_id, None, span)
        return True

    def _default_of_field(self, struct: StructDecl, arena: AstArena, declared: list[int], index: int) -> None:
        """Add the default of a field, which may mention the fields before it."""
        assert struct.fields is not None
        module, node = struct.module, declared[index]
        if not arena.rhs[node]:
            return
        fields = list(struct.fields.values())
        field = fields[index]
        function = FunctionDecl(
            module,
            struct.item,
            f"{struct.name} (default of field `{field.name}`)",
            field.span,
            symbol=f"{module.name}${struct.name}$default{index + 1}",
            default_of=index,
            signature=Signature((), field.type, type_params=struct.type_params),
            type_names={self.program.types.args[p][0]: p for p in struct.type_params},
        )
        pairs = zip(declared[:index], fields, strict=False)
        params = {at: (one, Parameter(f.name, f.type)) for at, (one, f) in enumerate(pairs)}
        later = {module.tokens.symbol(arena.token[one]): arena.token[one] for one in declared[index:]}
        default, _ = read_default(self.program, function, arena, arena.rhs[node], params, later)
        struct.fields[field.name] = replace(field, default=default)

    def underlying(self, decl: NewtypeDecl) -> TypeId:
        """The type whose values a newtype wraps."""
        if decl.underlying != NONE:
            return decl.underlying
        if decl.resolving:
            self.program.sink.report("QZ0801", decl.span, name=decl.name)
            return ERROR
        decl.resolving = True
        module = decl.module
        with self.program.arenas.function(decl.name) as arena:
            node = parse_item(module.tokens, module.items, decl.item, arena, self.program.sink)
            if isinstance(decl, PackedDecl):
                decl.underlying = read_packed(self.program, decl, arena, node)
            elif arena.kind[node] != NodeKind.NEWTYPE:
                decl.underlying = ERROR
            else:
                decl.underlying = TypeSyntax(self.program, module, {}).resolve(arena, arena.rhs[node])
        if self._leads_back(decl):
            help_text = "a struct with a field of that type can lead to itself"
            self.program.sink.report("QZ0801", decl.span, help=help_text, name=decl.name)
            decl.underlying = ERROR
        return decl.underlying

    def _leads_back(self, decl: NewtypeDecl) -> bool:
        """Whether the values of a newtype would be made of its own: nothing of what it wraps is forgotten."""
        types = self.program.types
        pending, seen = [decl.underlying], {NONE}
        while pending:
            type_id = pending.pop()
            if type_id in seen:
                continue
            seen.add(type_id)
            pending += types.parts(type_id)
            if types.kinds[type_id] is tyk.NEWTYPE:
                inner = self.program.decls[types.args[type_id][0]]
                assert isinstance(inner, NewtypeDecl)
                if inner is decl:
                    return True
                pending.append(inner.underlying)
        return False

    def layers(self, type_id: TypeId) -> Iterator[TypeId]:
        """What a newtype wraps, and what that wraps, down to a type that is none; nothing for other types."""
        types = self.program.types
        while type_id >= 0 and types.kinds[type_id] is tyk.NEWTYPE:
            decl = self.program.decls[types.args[type_id][0]]
            assert isinstance(decl, NewtypeDecl)
            type_id = self.underlying(decl)
            yield type_id

    def stripped(self, type_id: TypeId) -> TypeId:
        """What a newtype's values are, however often they are wrapped; any other type is itself."""
        for layer in self.layers(type_id):
            type_id = layer
        return type_id

    # Enums

    def variants(self, enum: EnumDecl) -> dict[str, Variant]:
        """The variants in declaration order, by name, in terms of the enum's own type parameters."""
        if enum.variants is None:
            enum.variants = {}
            self._incomplete.add(enum.id)
            with self._reads.of("variants", enum.id):
                read_variants(self.program, enum, enum.variants)
            self._incomplete.remove(enum.id)
        else:
            self._reads.again("variants", enum.id)
        return enum.variants

    def require_complete(self, decl: Decl) -> None:
        """Report a struct or enum of which it has to be known what it consists of before its parts are: what
        one of these mentions is computed with such values."""
        if decl.id in self._incomplete:
            self.program.sink.report("QZ0801", decl.span, name=decl.name)

    # What the language needs of its library

    def library_enum(self, module: str, name: str) -> EnumDecl:
        """An enum of a bundled module that a form of the language makes."""
        decl = self._library_name(module, name)
        assert isinstance(decl, EnumDecl)
        return decl

    def library_struct(self, module: str, name: str) -> StructDecl:
        """A struct of a bundled module that a form of the language makes or takes apart."""
        decl = self._library_name(module, name)
        assert isinstance(decl, StructDecl)
        return decl

    def library_function(self, module: str, name: str) -> FunctionDecl:
        """A function of a bundled module that a form of the language calls."""
        group = self._library_name(module, name)
        assert isinstance(group, FunctionGroup)
        return group.functions[0]

    def _library_name(self, module: str, name: str) -> Decl:
        home = self.program.loader.bundled(module)
        assert home is not None, module
        return home.names[self.program.interner.intern(name)]

    # Constants and globals

    def constant(self, decl: ConstDecl) -> ConstDecl:
        """The constant with its type and value filled in."""
        if decl.type != NONE:
            self._reads.again("value", decl.id)
            return decl
        if decl.evaluating:
            self._report_circle(decl)
            decl.type = ERROR
            return decl
        decl.evaluating = True
        with self._reads.of("value", decl.id), self.computing(decl):
            decl.type, decl.value = self._initial_value(decl, NodeKind.CONST)
        return decl

    def is_initial(self, body: Body) -> bool:
        """Whether what is evaluated is all of what a constant or a global holds."""
        return body is self._initial

    @contextmanager
    def computing(self, decl: Decl) -> Generator[None]:
        """While a constant is computed, or a function made ready to be run for one: a link of the chain."""
        self._computing.append(decl)
        try:
            yield
        finally:
            self._computing.pop()

    def _report_circle(self, decl: ConstDecl | GlobalDecl) -> None:
        """The declarations from the first mention of ``decl`` to the one that leads back to it."""
        chain = self._computing[self._computing.index(decl) :]
        notes = [
            Note(link.span, f"`{link.name}` needs `{after.name}`")
            for link, after in zip(chain, [*chain[1:], decl], strict=True)
            if len(chain) > 1
        ]
        self.program.sink.report("QZ0801", decl.span, notes=notes, name=decl.name)

    def global_(self, decl: GlobalDecl) -> GlobalDecl:
        """The global with its type and initial value filled in."""
        if not decl.resolved:
            decl.resolved = True
            with self._reads.of("value", decl.id), self.computing(decl):
                decl.type, decl.value = self._initial_value(decl, NodeKind.GLOBAL)
            return decl
        self._reads.again("value", decl.id)
        if decl in self._computing:
            self._report_circle(decl)
            decl.type = ERROR
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
                return (want, 0) if self._begins_with_zero(decl, want) else (ERROR, None)
            body = check_expression(self.program, module, decl.name, arena, value_node, want)
            found = want if want not in (NONE, ERROR) else body.types[value_node]
            if self.owned_types.is_linear(found):
                shown = self.program.show(found)
                self.program.sink.report("QZ1208", decl.span, holder=f"`{decl.name}`", held=shown)
                return ERROR, None
            if found == VOID:
                span = extent(module.tokens, arena, value_node)
                self.program.sink.report("QZ0409", span, label="a value is expected")
                return ERROR, None
            outer, self._initial = self._initial, body
            value = evaluate(self.program, body, value_node)
            self._initial = outer
            return (ERROR, None) if value is None else (found, value)

    def _begins_with_zero(self, decl: ConstDecl | GlobalDecl, type_id: TypeId) -> bool:
        """Whether a global without a value has one: a number, `false`, an address. Reports any other."""
        stripped = self.stripped(type_id)
        if stripped in NUMBERS or stripped in (BOOL, POINTER, ERROR):
            return True
        self.program.sink.report("QZ0507", decl.span, name=decl.name, type=self.program.show(type_id))
        return False

    def alias(self, decl: AliasDecl) -> TypeId:
        """What an alias stands for."""
        return read_alias(self.program, decl)

    def type_constant(self, module: ModuleEnv, arena: AstArena, node: int) -> ConstValue | None:
        """The value of a constant expression given as a type argument."""
        with self._reads.for_all():
            return evaluate(
                self.program, check_expression(self.program, module, "type argument", arena, node, NONE), node
            )

    def maker(self, decl: ConstDecl | GlobalDecl) -> FunctionDecl:
        """The function that makes a new one of an aggregate value."""
        if decl.maker is None:
            decl.maker = FunctionDecl(
                decl.module,
                decl.item,
                decl.name,
                decl.span,
                symbol=self.program.unique_symbol(f"{decl.symbol}$value"),
                value_of=decl,
                default_of=0 if isinstance(decl.value, ConstMade) else -1,
                signature=Signature((), decl.type),
            )
            self.program.register(decl.maker)
        return decl.maker

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

    def body(self, function: FunctionDecl, arena: AstArena) -> Body:
        """The checked body of any function that has one, of the default of a parameter too.

        A function that the compiler writes has a body without anything in it.
        """
        if isinstance(function, DerivedDecl):
            return Body(function.module, function.symbol, arena, 0, [0], [NONE])
        if function.default_of >= 0:
            return self.default_body(function, arena)
        if function.wraps is not None:
            return wrapper_body(self.program, function, arena)
        signature = self.signature(function)
        if signature.result == NONE and function.open_result == NONE:  # an instance that nobody called yet
            self._infer_result(function, signature)
        return check_function(self.program, function, arena)

    def check_default(self, function: FunctionDecl) -> None:
        """Report what a default does with what it is given that it must not."""
        assert function.signature is not None
        if function.takes and not function.signature.structural:
            with self.program.arenas.function(function.symbol) as arena:
                self.default_body(function, arena)

    def default_body(self, function: FunctionDecl, arena: AstArena) -> Body:
        """The body of a function that computes a default, something in a layout, or a constant with functions
        in it: one expression."""
        module = function.module
        self._reads.note(function)
        node = parse_item(
            module.tokens, module.items, function.item, arena, self.program.sink, with_body=False
        )
        signature = self.signature(function)
        declared: list[int] = []
        known: list[Given] = []
        if arena.kind[node] == NodeKind.FN:
            declared = FnView(arena, node).params
            value = arena.rhs[declared[function.default_of]]
        elif arena.kind[node] in (NodeKind.CONST, NodeKind.GLOBAL):
            value = arena.rhs[node]
        elif arena.kind[node] == NodeKind.BINARY:
            value = layout_expressions(arena, node)[function.default_of]
            known = [value_of_layout(self.program, arena, value, param) for param in signature.params]
        else:
            declared = AggregateView(arena, node).members
            value = arena.rhs[declared[function.default_of]]
        for at, param in zip(function.takes, signature.params, strict=False):
            known.append(given(self.program, function, declared[at], arena, param))
        result, names = signature.result, function.type_names
        body = check_expression(
            self.program, module, function.symbol, arena, value, result, names, function, known
        )
        body.result = result
        if function.takes:
            check_ownership(self.program, function, body)
        return body

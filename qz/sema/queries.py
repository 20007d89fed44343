"""What bodies ask about declarations, answered on demand and remembered.

Signatures and the parts of types are answered here, the rest by what has a name of its own: values, layouts,
and what is known of functions from their bodies. Each answer parses the declaration's own tokens in an arena
of its own and keeps only ids and values.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from qz.sema import type_kinds as tyk
from qz.sema.bodies import Bodies
from qz.sema.body import Body
from qz.sema.check import check_function
from qz.sema.clauses import parse_function
from qz.sema.constants.declared import DeclaredValues
from qz.sema.data.fields import read_fields
from qz.sema.data.layouts import Layouts
from qz.sema.data.newtypes import read_underlying
from qz.sema.data.steady_fields import SteadyFields
from qz.sema.data.variants import read_variants
from qz.sema.decls import (
    AliasDecl,
    Decl,
    DerivedDecl,
    EnumDecl,
    Field,
    FunctionDecl,
    NewtypeDecl,
    Parameter,
    Signature,
    StructDecl,
    Variant,
)
from qz.sema.derived.wrappers import wrapper_body
from qz.sema.infer import Inference
from qz.sema.ownership.bare_vectors import BareVectors
from qz.sema.ownership.holding import Holding
from qz.sema.ownership.leaving import Leaving
from qz.sema.ownership.makers import Makers
from qz.sema.ownership.moves.owned_types import OwnedTypes
from qz.sema.ownership.moves.owning import Owning
from qz.sema.ownership.reading import Reading
from qz.sema.program import Program
from qz.sema.type_syntax.aliases import read_alias
from qz.sema.type_syntax.defaults import default_body
from qz.sema.type_syntax.headers import Header
from qz.sema.types import ERROR, NONE, VOID, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.nodes import NodeKind


class Queries:
    """The one place where declarations are asked about."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.bodies = Bodies(program)
        self.values = DeclaredValues(program)
        self.layouts = Layouts(program)
        self.steady_fields = SteadyFields(program)
        self.owned_types = OwnedTypes(program)
        self.owning = Owning(program)
        self.reading = Reading(program)
        self.holding = Holding(program)
        self.whole_holding = Holding(program, of_whole=True)
        self.leaving = Leaving(program)
        self.makers = Makers(program)
        self.bare_vectors = BareVectors(program)
        self._reads = program.reads
        self._inference: Inference | None = None
        """Of the functions whose results are being inferred together."""
        self._inferred: list[FunctionDecl] = []
        self._reading: set[int] = set()
        """The functions whose headers are being read."""
        self._incomplete: set[int] = set()
        """The structs and enums whose parts are being read."""

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
        if found == ERROR and not self.program.sink.n_errors:
            found = VOID  # what it returns never comes
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
            read_fields(self.program, struct)
        return struct.fields

    def underlying(self, decl: NewtypeDecl) -> TypeId:
        """The type whose values a newtype wraps."""
        return decl.underlying if decl.underlying != NONE else read_underlying(self.program, decl)

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
            with self.reading_parts_of(enum), self._reads.of("variants", enum.id):
                read_variants(self.program, enum, enum.variants)
        else:
            self._reads.again("variants", enum.id)
        return enum.variants

    @contextmanager
    def reading_parts_of(self, decl: Decl) -> Generator[None]:
        """While it is not known what a struct or an enum consists of."""
        self._incomplete.add(decl.id)
        yield
        self._incomplete.remove(decl.id)

    def require_complete(self, decl: Decl) -> None:
        """Report a struct or enum of which it has to be known what it consists of before its parts are: what
        one of these mentions is computed with such values."""
        if decl.id in self._incomplete:
            self.program.sink.report("QZ0801", decl.span, name=decl.name)

    def alias(self, decl: AliasDecl) -> TypeId:
        """What an alias stands for."""
        return read_alias(self.program, decl)

    def body(self, function: FunctionDecl, arena: AstArena) -> Body:
        """The checked body of any function that has one, of the default of a parameter too.

        A function that the compiler writes has a body without anything in it.
        """
        if isinstance(function, DerivedDecl):
            return Body(function.module, function.symbol, arena, 0, [0], [NONE])
        if function.default_of >= 0:
            return default_body(self.program, function, arena)
        if function.wraps is not None:
            return wrapper_body(self.program, function, arena)
        signature = self.signature(function)
        if signature.result == NONE and function.open_result == NONE:  # an instance that nobody called yet
            self._infer_result(function, signature)
        return check_function(self.program, function, arena)

"""Instances: a generic function with types for its parameters, made on demand and once each.

An instance is a `FunctionDecl` of its own, with a signature without type parameters; whatever comes behind
the checker sees no difference between it and a function written out. Its body is the generic one, checked
again with the names of the type parameters standing for the arguments.

What no bound asks anything of is shared by *shape*: every type whose values are one counted word looks the
same to code that only moves it about, so `first(names)` and `first(rows)` are one instance, `first(bytes)`
another. A value struct is a shape of its own. Under `@specialize` each type has an instance; code that is
shared itself knows shapes only, and so has the shared one of such a function too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.decls import Bound, ConstValue, FunctionDecl, Parameter, Signature, TraitDecl
from qz.sema.ownership.lending import Borrow
from qz.sema.program import Program
from qz.sema.type_syntax.applied import misfit_by, misfit_within, report_misfit
from qz.sema.type_syntax.open_unions import word_of
from qz.sema.type_syntax.references import changes_in_place
from qz.sema.types import ERROR, NONE, REFERENCE, REFERENCES, VOID, TypeId, TypeKind

MAX_DEPTH = 100
"""How many instances may ask for each other in a row: a function that needs itself at ever larger types never
ends."""
MAX_WEIGHT = 1000
"""How many types, counted wherever they stand, a type may consist of that an instance is for: `(T, T)` has
twice as many, and nobody would live to see it at that depth."""


class Instances:
    """Every instance of the program, by function and canonical arguments."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._known: dict[tuple[int, tuple[TypeId, ...]], FunctionDecl] = {}  # by what their code is for
        self._asked: dict[tuple[int, tuple[TypeId, ...]], FunctionDecl] = {}  # by what was asked for
        self._bounds: dict[int, set[TypeId]] = {}
        """By function: the type parameters for which each type has an instance."""
        self._wrong: set[int] = set()
        """The instances in whose signatures something is wrong for what the parameters stand for."""
        self._wrappers: dict[tuple[int, tuple[TypeId, ...]], FunctionDecl] = {}

    def shape(self, type_id: TypeId) -> TypeId:
        """The type that stands for all types of the same shape."""
        type_id = self.program.queries.stripped(type_id)
        is_block = self.program.types.kinds[type_id] in REFERENCES
        return REFERENCE if is_block and not self.program.queries.layouts.has_leaves(type_id) else type_id

    def of(
        self, function: FunctionDecl, args: tuple[TypeId, ...], asked_by: FunctionDecl | None, span: Span
    ) -> FunctionDecl:
        """The instance for these arguments, in the order of the signature's type parameters."""
        if function.abi or not args:
            return function
        asked = self._asked.get((function.id, args))
        if asked is not None:
            return asked
        signature = self.program.queries.signature(function)
        bound = self._bounds.get(function.id)
        if bound is None:
            bound = self._bounds[function.id] = self._unshared(function, signature)
        canonical = tuple(
            arg if function.specialized or param in bound else self.shape(arg)
            for param, arg in zip(signature.type_params, args, strict=True)
        )
        found = self._known.get((function.id, canonical))
        if found is None:
            depth = asked_by.depth + 1 if asked_by is not None and asked_by.generic is not None else 1
            found = self._make(function, signature, canonical, depth)
            found.asked_at = span
            for param in found.signature.params if found.signature is not None else ():
                if isinstance(param.default, FunctionDecl) and param.default.takes:
                    param.default.asked_at = span
            self._known[function.id, canonical] = found
            if self._is_wrong(found, asked_by, span):
                self._give_up(found)
            if depth > MAX_DEPTH or any(self.program.types.weight(arg) > MAX_WEIGHT for arg in canonical):
                self._report_endless(function, found, span)
                self._give_up(found)
        self._asked[function.id, args] = found
        return found

    def _give_up(self, instance: FunctionDecl) -> None:
        """Let nothing more be said of an instance whose types are wrong."""
        assert instance.signature is not None
        params = tuple([replace(param, type=ERROR) for param in instance.signature.params])
        instance.signature = replace(instance.signature, params=params, result=ERROR)

    def _unshared(self, function: FunctionDecl, signature: Signature) -> set[TypeId]:
        """The type parameters for which each type has an instance."""
        if self.has_open_unions(function):
            return set(signature.type_params)
        return self._bound(signature)

    def has_open_unions(self, function: FunctionDecl) -> bool:
        """Whether a function may have to do with unions of type parameters, which are no matter of shapes."""
        names = self.program.open_unions
        return bool(names) and function.module.is_own and word_of(function.name) in names

    def _bound(self, signature: Signature) -> set[TypeId]:
        """The type parameters of which something is asked, and those in what is asked: where `I` is an
        `Iterator<T>`, its `next` gives `T` itself and not its shape."""
        found = set(signature.structural)
        asked: list[TypeId] = []
        for param, what, *_ in (*signature.bounds, *signature.rows):
            asked += [param, what]
        while asked:
            type_id = asked.pop()
            if self.program.types.kinds[type_id] is TypeKind.PARAM:
                found.add(type_id)
            asked += self.program.types.parts(type_id)
        return found

    def as_value(
        self, function: FunctionDecl, args: tuple[TypeId, ...], asked_by: FunctionDecl | None, span: Span
    ) -> FunctionDecl:
        """The function with code of its own that stands for one used as a value.

        For a C function or an intrinsic that is a wrapper, made once for each list of types.
        """
        if not function.abi:
            return self.of(function, args, asked_by, span)
        found = self._wrappers.get((function.id, args))
        if found is None:
            found = self._wrappers[function.id, args] = self._wrap(function, args)
        return found

    def _wrap(self, function: FunctionDecl, args: tuple[TypeId, ...]) -> FunctionDecl:
        program = self.program
        signature = program.queries.signature(function)
        given = dict(zip(signature.type_params, args, strict=True))
        substitute = program.types.substitute
        params = [replace(p, type=substitute(p.type, given), default=None) for p in signature.params]
        result = program.types.substitute(signature.result, given)
        name = function.symbol if "$" in function.symbol else f"{function.module.name}${function.name}"
        shown = [program.show_in_symbols(arg) for arg in args]
        wrapper = FunctionDecl(
            function.module,
            function.item,
            function.name,
            function.span,
            symbol=program.unique_symbol("$".join([name, *shown, "value"])),
            signature=Signature(tuple(params), result),
            wraps=function,
            type_args=args,
        )
        program.register(wrapper)
        return wrapper

    def _make(
        self, function: FunctionDecl, signature: Signature, args: tuple[TypeId, ...], depth: int
    ) -> FunctionDecl:
        program = self.program
        given = dict(zip(signature.type_params, args, strict=True))
        substitute = program.types.substitute
        params = [
            replace(p, type=self._held(substitute(p.type, given)), default=self._default(p, args, depth))
            for p in signature.params
        ]
        if signature.has_self and changes_in_place(program, params[0].borrow, params[0].type):
            params[0] = replace(params[0], borrow=Borrow.IN_PLACE)
        inferred = bool(signature.structural) and not function.result_written
        made = Signature(
            tuple(params),
            NONE if inferred else substitute(signature.result, given),
            has_self=signature.has_self,
            result_borrow=signature.result_borrow,
            pattern=substitute(signature.pattern, given) if inferred else NONE,
            promised=tuple(Bound(hidden, substitute(trait, given)) for hidden, trait in signature.promised)
            if inferred
            else (),
        )
        instance = FunctionDecl(
            function.module,
            function.item,
            function.name,
            function.span,
            private=function.private,
            symbol=program.unique_symbol(self._symbol(function, args)),
            owner=function.owner,
            default_of=function.default_of,
            takes=function.takes,
            signature=made,
            type_names={symbol: substitute(t, given) for symbol, t in function.type_names.items()},
            generic=function,
            type_args=args,
            depth=depth,
            clauses=function.clauses,
        )
        program.register(instance)
        return instance

    def _held(self, type_id: TypeId) -> TypeId:
        """The type of a parameter: for `Void` something stands that is a value."""
        return self.program.types.unit if type_id == VOID else type_id

    def _is_wrong(self, instance: FunctionDecl, asked_by: FunctionDecl | None, span: Span) -> bool:
        """Report what is wrong with a signature for these arguments, but not for what was asked for by such a
        function."""
        program, generic = self.program, instance.generic
        assert generic is not None
        signature = program.queries.signature(generic)
        given = dict(zip(signature.type_params, instance.type_args, strict=True))
        for type_id in (signature.result, *(param.type for param in signature.params)):
            found = misfit_by(program, type_id, given)
            found = found or misfit_within(program, program.types.substitute(type_id, given))
            if found is not None:
                self._wrong.add(instance.id)
                if asked_by is None or asked_by.id not in self._wrong:
                    report_misfit(program, span, found, self._note_of(generic, given))
                return True
        return False

    def _note_of(self, function: FunctionDecl, given: Mapping[TypeId, TypeId]) -> Note:
        """Where a function is declared, and what its parameters stand for."""
        show = self.program.show
        shown = ", ".join(f"`{show(param)} = {show(arg)}`" for param, arg in given.items())
        return Note(function.span, f"`{function.name}` is declared here; this asks for {shown}")

    def _default(
        self, param: Parameter, args: tuple[TypeId, ...], depth: int
    ) -> ConstValue | FunctionDecl | None:
        default = param.default
        if (
            isinstance(default, FunctionDecl)
            and not default.is_call_place
            and default.signature is not None
            and default.signature.type_params
        ):
            return self._make(default, default.signature, args, depth)
        return default

    def _symbol(self, function: FunctionDecl, args: tuple[TypeId, ...]) -> str:
        """`Vec$map$Int$ref`; a trait's method goes by the type it is for: `Circle$describe`."""
        shown = [self.program.show_in_symbols(arg) for arg in args]
        if isinstance(function.module.owners.get(function.owner), TraitDecl):
            return "$".join([shown[0], function.name, *shown[1:]])
        return "$".join([function.symbol, *shown])

    def _report_endless(self, function: FunctionDecl, instance: FunctionDecl, span: Span) -> None:
        program = self.program
        shown = program.show_briefly(max(instance.type_args, key=program.types.weight))
        note = Note(function.span, f"`{function.name}` is declared here; its type has grown to `{shown}`")
        program.sink.report("QZ0314", span, notes=[note], name=function.name)

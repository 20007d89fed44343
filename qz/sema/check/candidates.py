"""Which function of a name a call means: by how many arguments there are, then by what has the method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.check.checker import Checker
from qz.sema.check.traits import could_be, with_supertraits
from qz.sema.decls import FunctionDecl, FunctionGroup, ImplDecl
from qz.sema.methods import rank
from qz.sema.types import ERROR, NONE, TypeId


def choose(c: Checker, group: FunctionGroup, n_args: int, receiver: TypeId = NONE) -> FunctionDecl | None:
    """The overload for that many arguments; an exact arity is nearer than one filled up with defaults.

    Of several methods with that arity, those count whose `impl` is for the receiver's type.
    """
    functions = group.functions
    if len(functions) == 1 and c.program.queries.signature(functions[0]).arity == n_args:
        return functions[0]
    exact: list[FunctionDecl] = []
    fitting: list[FunctionDecl] = []
    for function in functions:
        signature = c.program.queries.signature(function)
        if signature.arity == n_args:
            exact.append(function)
        elif signature.n_required <= n_args and (
            n_args <= signature.arity or signature.variadic or signature.arity < 0
        ):
            fitting.append(function)
    found = exact or fitting
    if len(found) > 1 and receiver != NONE:
        return nearest(c, found, receiver, tuple(asked_for(c, receiver)))
    return found[0] if found else None


def nearest(
    c: Checker, functions: Sequence[FunctionDecl], receiver: TypeId, traits: Sequence[TypeId]
) -> FunctionDecl:
    """Which of several methods of one name and arity is meant: one whose `impl` is for the receiver's type
    and for one of the ``traits``, if there is one; then inherent ones, then a trait's, then an `extend`'s."""
    return min(_meant(c, functions, receiver, traits), key=rank)


def _meant(
    c: Checker, functions: Sequence[FunctionDecl], receiver: TypeId, traits: Sequence[TypeId]
) -> Sequence[FunctionDecl]:
    meant = [f for f in functions if _is_for(c, f, receiver)] or functions
    return [f for f in meant if _is_of(c, f, traits)] or meant


def of_same_trait(
    c: Checker, group: FunctionGroup, chosen: FunctionDecl, receiver: TypeId
) -> Sequence[FunctionDecl]:
    """The methods that are meant as much as the one that was chosen, which is among them, as the type
    implements one trait for several type arguments: `Into<Int>` and `Into<String>`."""
    trait = trait_of(chosen)
    if len(group.functions) == 1 or trait == NONE:
        return (chosen,)
    decl, arity = c.infer.args(trait)[0], c.program.queries.signature(chosen).arity
    alike = [
        f
        for f in group.functions
        if (of := trait_of(f)) != NONE
        and c.infer.args(of)[0] == decl
        and c.program.queries.signature(f).arity == arity
    ]
    return _meant(c, alike, receiver, tuple(asked_for(c, receiver)))


def report_rival(c: Checker, node: int, group: FunctionGroup, chosen: FunctionDecl, receiver: TypeId) -> None:
    """Report a method that is meant as much as the one that was chosen, since another trait has it too."""
    trait = trait_of(chosen)
    if len(group.functions) == 1 or trait == NONE or _is_of(c, chosen, tuple(asked_for(c, receiver))):
        return
    arity = c.program.queries.signature(chosen).arity
    for other in group.functions:
        of = trait_of(other)
        is_other = of != NONE and c.infer.args(of)[0] != c.infer.args(trait)[0]
        if is_other and _is_for(c, other, receiver) and c.program.queries.signature(other).arity == arity:
            notes = [Note(f.span, f"that of `{c.show(t)}`") for f, t in ((chosen, trait), (other, of))]
            way = _way_to_say(c, chosen, trait)
            c.sink.report("QZ0209", c.span(c.lhs[node]), notes=notes, help=way, name=chosen.name)
            return


def report_alike(
    c: Checker, node: int, function: FunctionDecl, meant: Sequence[tuple[Span | None, TypeId]]
) -> None:
    """Report a call of a method of one trait that a type implements for several type arguments, where neither
    the arguments nor what is wanted of the result say which; each is said with its place, if it has one."""
    notes = [Note(span, f"that of `{c.show(trait)}`") for span, trait in meant]
    way = _way_to_say(c, function, meant[0][1])
    c.sink.report("QZ0209", c.span(c.lhs[node]), notes=notes, help=way, name=function.name)


def _way_to_say(c: Checker, function: FunctionDecl, of: TypeId) -> str:
    """How a call says which trait's method it means."""
    trait = c.show(of)
    if c.program.queries.signature(function).has_self:
        return f"`(value as dyn {trait}).{function.name}(…)` says which"
    return f"in a function that asks for `T: {trait}`, `T.{function.name}(…)` is that one"


def trait_of(function: FunctionDecl) -> TypeId:
    """The trait that a method's `impl` is for, as a TRAIT type; `NONE` for any other method."""
    owner = function.module.owners.get(function.owner)
    return owner.trait if isinstance(owner, ImplDecl) and owner.trait != ERROR else NONE


def _is_for(c: Checker, function: FunctionDecl, receiver: TypeId) -> bool:
    owner = function.module.owners.get(function.owner)
    return owner is None or could_be(c, owner.self_type, receiver)


def _is_of(c: Checker, function: FunctionDecl, traits: Sequence[TypeId]) -> bool:
    of = trait_of(function)
    return of != NONE and any(could_be(c, of, trait) for trait in traits)


def asked_for(c: Checker, receiver: TypeId) -> Iterator[TypeId]:
    """In an instance, the traits that its generic function asks of the type."""
    generic = c.function.generic if c.function is not None else None
    if generic is None or c.function is None:
        return
    signature = c.program.queries.signature(generic)
    given = dict(zip(signature.type_params, c.function.type_args, strict=True))
    receiver = c.resolved(receiver)
    for bound in signature.bounds:
        if given.get(bound.param) == receiver:
            yield from with_supertraits(c, receiver, c.program.types.substitute(bound.trait, given))

"""`dyn Trait`: values that become one by themselves, and calls of their methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qz.diagnostics.model import Note
from qz.sema.body import CallPlan, Conversion
from qz.sema.check.candidates import nearest, trait_of
from qz.sema.check.checker import Checker
from qz.sema.check.derived import is_derived
from qz.sema.check.generics import learn_from_bounds
from qz.sema.check.group_calls import call_group
from qz.sema.check.receivers import find_methods
from qz.sema.check.traits import implements, json_method, trait_decl, why_not, with_supertraits
from qz.sema.decls import FunctionDecl, FunctionGroup, Signature
from qz.sema.types import ERROR, NEVER, NONE, TypeId, TypeKind

FORWARD = "forward"
"""What the derived functions are called that a `dyn Trait` has in the table of another one, before the place
of the method in its own."""


def boxes(c: Checker, node: int, want: TypeId, found: TypeId) -> bool:
    """Whether a value may become the `dyn Trait` that is asked for; notes it if so."""
    found = c.resolved(found)
    if found in (ERROR, NEVER):
        return True
    if c.infer.kind(found) is TypeKind.VARIABLE:
        return c.infer.unify(want, found)
    trait = c.infer.args(want)[0]
    if not implements(c, found, trait):
        notes = why_not(c, found, trait)
        shown, span = c.show(trait), c.extent(abs(node))
        c.sink.report("QZ0313", span, notes=notes, lacks=[shown], type=c.show(found), trait=shown)
        return True
    c.body.conversions[node] = Conversion(found, c.resolved(want))
    return True


def methods_of_table(c: Checker, node: int, found: TypeId, wanted: TypeId) -> tuple[FunctionDecl, ...]:
    """The methods of a value that becomes a `dyn Trait`, in the order of its table."""
    trait = c.program.types.args[wanted][0]
    return tuple(_method(c, node, found, asked, extended) for asked, extended in _slots(c, wanted, trait))


def callable_methods(c: Checker, self_type: TypeId, trait: TypeId) -> Iterator[FunctionDecl]:
    """The methods that can be called on a value whose type is not known: those of a trait and of what it
    extends that take `self`, are not generic themselves, mention `Self` nowhere else, and ask for no more
    than the trait does."""
    return (function for function, _ in _slots(c, self_type, trait))


def signature_of_forward(c: Checker, self_type: TypeId, slot: int) -> Signature:
    """What a method of a `dyn Trait` takes and gives where that itself stands in another one."""
    function, trait = list(_slots(c, self_type, c.infer.args(self_type)[0]))[slot]
    signature = c.program.queries.signature(function)
    given = dict(zip(trait_decl(c, trait).type_params, (self_type, *c.infer.args(trait)[1:]), strict=True))
    substitute = c.program.types.substitute
    params = [replace(p, type=substitute(p.type, given)) for p in signature.params]
    return replace(
        signature, params=tuple(params), result=substitute(signature.result, given), type_params=(), bounds=()
    )


def _slots(c: Checker, self_type: TypeId, trait: TypeId) -> Iterator[tuple[FunctionDecl, TypeId]]:
    """Those methods, each with the trait that has it, as it stands for the type."""
    for extended in with_supertraits(c, self_type, trait):
        decl = trait_decl(c, extended)
        for group in decl.methods.values():
            for function in group.functions:
                if _can_be_called(c, function):
                    yield function, extended


def _can_be_called(c: Checker, function: FunctionDecl) -> bool:
    signature = c.program.queries.signature(function)
    owner = function.module.owners[function.owner]
    mentioned = [p.type for p in signature.params[1:]] + [signature.result]
    same_params = len(signature.type_params) == len(owner.type_params)
    if function.is_default and len(signature.bounds) > len(owner.bounds):
        return False  # its body is there for whoever asks: not every type in a table meets what it asks for
    return signature.has_self and same_params and not any(_mentions(c, t, owner.self_type) for t in mentioned)


def _has_body_for_all(c: Checker, function: FunctionDecl) -> bool:
    """Whether a trait's method has a body, and takes no other value of the type: then `Self` can be the
    `dyn Trait` itself, as in what `take` of an `Iterator` gives."""
    owner = function.module.owners[function.owner]
    taken = [p.type for p in c.program.queries.signature(function).params[1:]]
    return function.is_default and not any(_mentions(c, t, owner.self_type) for t in taken)


def _mentions(c: Checker, type_id: TypeId, part: TypeId) -> bool:
    return type_id == part or any(_mentions(c, t, part) for t in c.program.types.parts(type_id))


def _method(c: Checker, node: int, found: TypeId, asked: FunctionDecl, trait: TypeId) -> FunctionDecl:
    """What a type has for a method of a trait, as an instance if it is generic, or derived for it."""
    if c.infer.kind(found) is TypeKind.DYN:
        slots = list(callable_methods(c, found, c.infer.args(found)[0]))
        if asked in slots:  # else an `impl` for every type has it
            name = f"{FORWARD}{slots.index(asked)}"
            return c.program.derivations.derived(name, found, c.body.module)
    symbol = c.program.interner.intern(asked.name)
    n_params = len(c.program.queries.signature(asked).params)
    group = find_methods(c, found, symbol)
    if group is None and is_derived(c, asked):
        return c.program.derivations.method(asked.name, found, c.body.module)
    if group is None:
        group = json_method(c, asked.name, found)
    signature_of = c.program.queries.signature
    methods = [f for f in (group.functions if group else ()) if len(signature_of(f).params) == n_params]
    function = nearest(c, methods, found, (trait,)) if methods else asked
    signature = c.program.queries.signature(function)
    if not signature.type_params:
        return function
    fresh = {param: c.infer.fresh() for param in signature.type_params}
    c.infer.unify(c.infer.instantiate(signature.params[0].type, fresh), found)
    if function is asked:  # the trait's own, so its parameters are what the trait is given
        for param, given in zip(trait_decl(c, trait).type_params[1:], c.infer.args(trait)[1:], strict=True):
            c.infer.unify(fresh[param], given)
    elif (implemented := trait_of(function)) != NONE:  # of which the type alone may not tell everything
        c.infer.unify(c.infer.instantiate(implemented, fresh), trait)
    learn_from_bounds(c, signature, fresh)
    args = tuple(map(c.infer.finish, fresh.values()))
    return c.program.instances.of(function, args, c.function, c.span(node))


def call_of_method(
    c: Checker, node: int, group: FunctionGroup, args: list[int], want: TypeId, receiver: TypeId
) -> TypeId:
    """A call of a method that the receiver, checked already, has by its type or in the table it carries."""
    found = call_group(c, node, group, args, want, checked=receiver)
    goes_through_table(c, node, node, receiver)
    return found


def goes_through_table(c: Checker, key: int, callee: int, receiver: TypeId) -> None:
    """Have a planned call go through the table that a `dyn` carries; a report points at ``callee``."""
    plan = c.body.calls.get(key)
    if plan is None or c.infer.kind(receiver) is not TypeKind.DYN:
        return
    dynamic = through_table(c, callee, receiver, plan)
    if dynamic is None:
        c.body.calls.pop(key)
    else:
        c.body.calls[key] = dynamic


def through_table(c: Checker, callee: int, receiver: TypeId, plan: CallPlan) -> CallPlan | None:
    """A planned call of a trait's method as one through the table that the receiver carries. One that is not
    in it runs the body that the trait has for it, if there is one; else there is a report, and None."""
    trait = c.infer.args(receiver)[0]
    slots = list(callable_methods(c, receiver, trait))
    if plan.function not in slots and _has_body_for_all(c, plan.function):
        return plan
    if plan.function not in slots:
        notes = [Note(plan.function.span, "declared here")]
        c.sink.report("QZ0318", c.span(callee), notes=notes, name=plan.function.name, type=c.show(receiver))
        return None
    return plan._replace(slot=slots.index(plan.function))

"""Whether a type implements a trait: by a bound, by an `impl`, by what the language gives, by its methods.

A type that has every method a trait asks for implements it without saying so; `impl Trait for Type end` says
so, and gives it the methods that the trait has bodies for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.check.checker import Checker
from qz.sema.check.derived import derives, is_derivable, may_derive_order, parts_without
from qz.sema.decls import Bound, FunctionDecl, FunctionGroup, ImplDecl, TraitDecl
from qz.sema.derived.json import JSON_METHODS, SERIALIZABLE
from qz.sema.given_traits import COMPARISONS, GIVEN_OPERATORS
from qz.sema.ownership.lending import SIGNS, Borrow
from qz.sema.types import BOOL, ERROR, NEVER, NOMINAL, NONE, NUMBERED, TypeId

OPEN_KINDS = frozenset({tyk.VARIABLE, tyk.PARAM})
"""Kinds of types in headers that may stand for any type."""


_MAX_OF_ONE = 8
"""How many types of one declaration are asked about for each other before it is looked whether they grow."""

Questions = tuple[tuple[TypeId, int], ...]
"""Which types implement which traits, by their declarations."""


def implements(c: Checker, type_id: TypeId, trait: TypeId, inside: Questions = ()) -> bool:
    """Whether a type implements a trait; settles open arguments of the trait. ``inside`` is what is being
    answered: a question that leads back to itself stands or falls with the rest."""
    type_id = c.resolved(type_id)
    if type_id in (ERROR, NEVER) or trait == ERROR:
        return True
    asked = c.infer.args(trait)[0]
    if any(of == asked and c.infer.same(one, type_id) for one, of in inside):
        return True
    if _grows(c, type_id, inside):
        return _is_endless(c, type_id, trait)
    if inside and c.infer.kind(type_id) is tyk.VARIABLE:
        return True  # of a part that stays open, that is what is wrong
    decl = trait_decl(c, trait)
    by_bounds = promised_by_bounds(c, type_id, trait)
    if len(by_bounds) > 1 and c.infer.finish(trait) == NONE:
        return True  # which of them is for the call to say
    if any(c.infer.unify(found, trait) for found in by_bounds):
        return True
    if decl.is_combined:
        extended = (t for t in with_supertraits(c, type_id, trait) if t != trait)
        return all(implements(c, type_id, t, inside) for t in extended)
    is_dynamic = c.infer.kind(type_id) is tyk.DYN
    if is_dynamic:
        promised = with_supertraits(c, type_id, c.infer.args(type_id)[0])
        if any(c.infer.unify(found, trait) for found in promised):
            return True
    inside = (*inside, (type_id, decl.id))
    for impl in _implementations(c, type_id, trait):
        if _applies(c, impl, type_id, trait, inside):
            return not impl.negative
        if c.infer.kind(impl.self_type) is not tyk.PARAM:
            return False  # whereas one that is for any type within its bounds says nothing of the others
    if is_dynamic:
        return False
    if derives(c, type_id, decl, lambda part: implements(c, part, trait, inside)):
        return True
    return not missing_methods(c, type_id, trait)


def _grows(c: Checker, type_id: TypeId, inside: Questions) -> bool:
    """Whether a type of the program's own holds others of its declaration that are larger and larger."""
    if len(inside) < _MAX_OF_ONE:
        return False
    kind, decl = made_by = c.infer.constructor(type_id)
    if kind not in NOMINAL or not c.program.decls[decl].module.is_own:
        return False
    alike = [one for one, _ in inside if c.infer.constructor(one) == made_by]
    heights: dict[TypeId, int] = {}
    return len(alike) >= _MAX_OF_ONE and _height(c, alike[0], heights) < _height(c, type_id, heights)


def _is_endless(c: Checker, type_id: TypeId, trait: TypeId) -> bool:
    """Says of a declaration, once, that there would be no end of what is made for a type of it. From then on
    its types have the trait, so that nobody asks their parts."""
    _, decl = c.infer.constructor(type_id)
    failed = c.program.derivations.failed.setdefault(decl, set())
    name = trait_decl(c, trait).name
    if name not in failed:
        failed.add(name)
        found = c.program.decls[decl]
        c.sink.report("QZ0314", found.span, name=found.name)
    return True


def _height(c: Checker, type_id: TypeId, known: dict[TypeId, int]) -> int:
    found = known.get(type_id)
    if found is None:
        kind, args = c.infer.kind(type_id), c.infer.args(type_id)
        parts = () if kind in (*OPEN_KINDS, tyk.CONSTANT) else args[kind in NUMBERED :]
        found = known[type_id] = 1 + max((_height(c, part, known) for part in parts), default=0)
    return found


def trait_decl(c: Checker, trait: TypeId) -> TraitDecl:
    """The declaration of a TRAIT type."""
    decl = c.program.decls[c.infer.args(trait)[0]]
    assert isinstance(decl, TraitDecl)
    return decl


def promised_by_bounds(c: Checker, type_id: TypeId, trait: TypeId) -> list[TypeId]:
    """The traits that a type parameter's bounds promise, directly or by extension, and that may be this one:
    several where it has different arguments in them."""
    found: dict[TypeId, None] = {}
    asked = c.infer.args(trait)[0]
    for bound in c.bounds.get(type_id, ()):
        for one in with_supertraits(c, type_id, bound):
            given = {param: param for param in c.body.type_scope.values()}
            if c.infer.args(one)[0] == asked and could_be(c, one, trait, given):
                found[one] = None
    return list(found)


def _implementations(c: Checker, type_id: TypeId, trait: TypeId) -> Iterator[ImplDecl]:
    """Those that may be for a type and for a trait."""
    made_by = c.infer.constructor(type_id)
    for impl in c.program.methods.implementations(c.infer.args(trait)[0], *made_by):
        if could_be(c, impl.self_type, type_id) and could_be(c, impl.trait, trait):
            yield impl


def may_be_several(c: Checker, type_id: TypeId, trait: TypeId) -> bool:
    """Whether a type may implement a trait that is open for several type arguments."""
    if c.infer.finish(trait) != NONE:
        return False
    type_id = c.resolved(type_id)
    return len(promised_by_bounds(c, type_id, trait)) + len(list(_implementations(c, type_id, trait))) > 1


def with_supertraits(c: Checker, type_id: TypeId, trait: TypeId) -> Iterator[TypeId]:
    """A trait and everything it extends, as they stand for a type."""
    pending, seen = [trait], set[TypeId]()
    while pending:
        trait = pending.pop()
        if trait in seen:
            continue
        seen.add(trait)
        yield trait
        decl = trait_decl(c, trait)
        given = dict(zip(decl.type_params, (type_id, *c.infer.args(trait)[1:]), strict=True))
        pending += [
            c.infer.instantiate(bound.trait, given)
            for bound in decl.bounds
            if bound.param == decl.self_type and bound.trait != decl.type
        ]


def _applies(c: Checker, impl: ImplDecl, type_id: TypeId, trait: TypeId, inside: Questions) -> bool:
    fresh = {param: c.infer.fresh() for param in impl.type_params}
    instantiate = c.infer.instantiate
    if not c.infer.unify(instantiate(impl.self_type, fresh), type_id):
        return False

    def is_met(bound: Bound) -> bool:
        return implements(c, instantiate(bound.param, fresh), instantiate(bound.trait, fresh), inside)

    # What is asked of the type itself comes first: the trait's arguments must not become those of an `impl`
    # that is not for it.
    if not all(is_met(bound) for bound in impl.bounds if bound.param == impl.self_type):
        return False
    if not c.infer.unify(instantiate(impl.trait, fresh), trait):
        return False
    return all(is_met(bound) for bound in impl.bounds if bound.param != impl.self_type)


def could_be(c: Checker, pattern: TypeId, found: TypeId, given: dict[TypeId, TypeId] | None = None) -> bool:
    """Whether a type may be one that a header is for, type parameters being anything; nothing is bound.

    ``given`` is for what they stand for so far.
    """
    if pattern == found:
        return True
    given = {} if given is None else given
    if pattern >= 0 and c.program.types.kinds[pattern] is tyk.PARAM:
        found = c.infer.finish(found)
        return not found or given.setdefault(pattern, found) == found
    kind, other = c.infer.kind(pattern), c.infer.kind(found)
    if tyk.COMPUTED in (kind, other):
        return True
    if kind is not other:
        return kind in OPEN_KINDS or other is tyk.VARIABLE
    if kind in OPEN_KINDS or c.resolved(pattern) == c.resolved(found):
        return True
    ours, theirs = c.infer.args(pattern), c.infer.args(found)
    if len(ours) != len(theirs) or not ours or kind is tyk.CONSTANT:
        return False
    if kind in NUMBERED:
        if ours[0] != theirs[0]:
            return False
        ours, theirs = ours[1:], theirs[1:]
    return all(could_be(c, a, b, given) for a, b in zip(ours, theirs, strict=True))


def missing_methods(c: Checker, type_id: TypeId, trait: TypeId) -> list[str]:
    """What a type lacks of the methods a trait has no body for. A trait that asks for none is only
    implemented where that is said, and lacks itself."""
    decl = trait_decl(c, trait)
    if c.infer.kind(type_id) in (tyk.PARAM, tyk.VARIABLE):
        return [decl.name]
    asked = _asked(c, trait)
    if not asked and not decl.is_combined:
        return [decl.name]
    lacking = [f.name for f in asked if not _has_method(c, type_id, trait, f)]
    extended = (t for t in with_supertraits(c, type_id, trait) if t != trait)
    return lacking or [trait_decl(c, t).name for t in extended if not implements(c, type_id, t)]


def _asked(c: Checker, trait: TypeId) -> list[FunctionDecl]:
    """The methods that a trait has no body for."""
    methods = trait_decl(c, trait).methods
    return [f for group in methods.values() for f in group.functions if not f.is_default]


def _has_method(c: Checker, type_id: TypeId, trait: TypeId, asked: FunctionDecl) -> bool:
    """Whether a type has a method of its own, or one that is written for its form in JSON, that fits what a
    trait declares."""
    kind, owner = c.infer.constructor(type_id)
    group = c.program.methods.find(kind, owner, c.program.interner.intern(asked.name))
    if group is None:
        group = json_method(c, asked.name, type_id)
    has_own = group is not None and any(fits(c, f, asked, type_id, trait) for f in group.functions)
    return has_own or _is_given(c, asked, type_id)


def _is_given(c: Checker, asked: FunctionDecl, type_id: TypeId) -> bool:
    """Whether a method that a trait declares between values of its type is an operator that the language has
    for this one. Nobody calls it through a `dyn`, since it mentions that type."""
    if type_id not in GIVEN_OPERATORS.get(asked.name, ()):
        return False
    signature = c.program.queries.signature(asked)
    own = asked.module.owners[asked.owner].self_type
    n_operands = 1 if asked.name == "op_neg" else 2
    result = BOOL if asked.name in COMPARISONS else own
    return [p.type for p in signature.params] == [own] * n_operands and signature.result == result


def follows_from_another(c: Checker) -> bool:
    """Whether what an instance lacks is missing where a type says that it has a trait, which was reported."""
    generic = c.function.generic if c.function is not None else None
    if generic is None or not c.sink.n_errors:
        return False
    signature = c.program.queries.signature(generic)
    return bool(signature.bounds) and not signature.structural


def json_method(c: Checker, name: str, type_id: TypeId) -> FunctionGroup | None:
    """`to_json` or `from_json`, where a type has it by its form in JSON. That a type parameter in it can be
    written a bound has to say: else instances would be shared, and know nothing of it."""
    if name not in JSON_METHODS:
        return None
    subject = c.infer.finish(type_id)
    if not all(map(_is_serializable(c), type_params_in(c, subject))):
        return None
    return c.program.derivations.json_method(name, subject, c.body.module)


def type_params_in(c: Checker, type_id: TypeId) -> Iterator[TypeId]:
    """The type parameters in a type."""
    if not c.program.types.mentions_param(type_id):
        return
    if c.program.types.kinds[type_id] is tyk.PARAM:
        yield type_id
    for part in c.program.types.parts(type_id):
        yield from type_params_in(c, part)


def _is_serializable(c: Checker) -> Callable[[TypeId], bool]:
    """Tells of a type parameter whether a bound says that it can be written as JSON."""

    def says(trait: TypeId) -> bool:
        decl = trait_decl(c, trait)
        return decl.name == SERIALIZABLE and c.program.search.is_bundled(decl.module.path)

    return lambda param: any(map(says, c.bounds.get(param, ())))


def fits(c: Checker, function: FunctionDecl, asked: FunctionDecl, type_id: TypeId, trait: TypeId) -> bool:
    """Whether a method has the parameters and the result that a trait declares, as they stand for a type."""
    theirs, ours = c.program.queries.signature(asked), c.program.queries.signature(function)
    if len(theirs.params) != len(ours.params) or theirs.has_self != ours.has_self:
        return False
    pairs_of_params = enumerate(zip(theirs.params, ours.params, strict=True))
    if any(_differs(a.borrow, b.borrow, is_self=theirs.has_self and not k) for k, (a, b) in pairs_of_params):
        return False  # what a caller lends is not taken for more than that
    decl = trait_decl(c, trait)
    given = dict(zip(decl.type_params, (type_id, *c.infer.args(trait)[1:]), strict=True))
    given |= {p: c.infer.fresh() for p in theirs.type_params if p not in given}
    own = {p: c.infer.fresh() for p in ours.type_params}
    pairs = [(a.type, b.type) for a, b in zip(theirs.params, ours.params, strict=True)]
    pairs.append((theirs.result, ours.result))
    return all(c.infer.unify(c.infer.instantiate(a, given), c.infer.instantiate(b, own)) for a, b in pairs)


def _differs(asked: Borrow, given: Borrow, *, is_self: bool) -> bool:
    if is_self and asked is Borrow.MUTABLE and given is Borrow.IN_PLACE:
        return False  # it is the same `&mut self`, of a value without a block of its own
    return given != asked and (asked is not Borrow.NONE or given is Borrow.IN_PLACE)


def why_not(c: Checker, type_id: TypeId, trait: TypeId) -> list[Note]:
    """What could be said about a type that does not implement a trait."""
    type_id = c.resolved(type_id)
    shown, name = c.show(type_id), c.show(trait)
    if c.infer.kind(type_id) is tyk.PARAM:
        return [Note(None, f"write `{shown}: {name}` where it is declared")]
    lacking = missing_methods(c, type_id, trait)
    decl = trait_decl(c, trait)
    notes: list[Note] = []
    if is_derivable(c, type_id, decl):
        without = parts_without(c, type_id, lambda part: implements(c, part, trait))
        notes = [Note(where, f"`{c.show(part)}` does not implement `{name}`") for where, part in without]
    if decl.name == "Ord" and not notes and may_derive_order(c, type_id):
        return [Note(None, f"`@derive({name})` before the declaration of `{shown}` gives it an order")]
    if lacking == [decl.name]:
        return notes or [Note(None, f"say so with `impl {name} for {shown} end`")]
    differing = {f.name: _how_it_differs(c, f, type_id, trait) for f in _asked(c, trait) if f.name in lacking}
    names = ", ".join(f"`{n}`" for n in lacking if differing.get(n) is None)
    lacks = [Note(None, f"`{shown}` lacks {names}")] if names else []
    return [*filter(None, differing.values()), *lacks, *notes]


def _how_it_differs(c: Checker, asked: FunctionDecl, type_id: TypeId, trait: TypeId) -> Note | None:
    """What a method of a type is instead of what a trait declares by its name, if there is one."""
    kind, owner = c.infer.constructor(type_id)
    group = c.program.methods.find(kind, owner, c.program.interner.intern(asked.name))
    if group is None:
        return None
    declared, found = header(c, asked, type_id, trait), header(c, group.functions[0])
    return Note(group.functions[0].span, f"`{c.show(type_id)}` has `{found}`, not `{declared}`")


def header(c: Checker, function: FunctionDecl, type_id: TypeId = NONE, trait: TypeId = NONE) -> str:
    """A method as its header says it; one that a trait declares in terms of the type that it is for."""
    signature = c.program.queries.signature(function)
    given: dict[TypeId, TypeId] = {}
    if trait != NONE:
        decl = trait_decl(c, trait)
        given = dict(zip(decl.type_params, (type_id, *c.infer.args(trait)[1:]), strict=True))

    def show(type_id: TypeId) -> str:
        return c.show(c.infer.instantiate(type_id, given))

    params = [
        f"{SIGNS[p.borrow]}self" if p.name == "self" else f"{p.name}: {SIGNS[p.borrow]}{show(p.type)}"
        for p in signature.params
    ]
    return f"def {function.name}({', '.join(params)}): {show(signature.result)}"

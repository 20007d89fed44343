"""One function body with what was found out about it: the only thing irgen reads. It dies with its arena."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import IntEnum, auto
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from qz.base.mem_usage import MemUsage
from qz.base.source import Span
from qz.sema.constants.values import ConstValue
from qz.sema.decls import Decl, FunctionDecl, Parameter
from qz.sema.matching.nodes import Node
from qz.sema.matching.occurrences import Occurrence
from qz.sema.modules import ModuleEnv
from qz.sema.types import ERROR, NONE, TypeId
from qz.syntax.ast import AstArena, Tree
from qz.syntax.nodes import NodeKind


class LocalKind(IntEnum):
    """How a local came about."""

    PARAMETER = auto()
    VAR = auto()
    IMMUTABLE = auto()
    LOOP = auto()
    PATTERN = auto()


LOCAL_NOUNS = {
    LocalKind.PARAMETER: "a parameter",
    LocalKind.VAR: "a variable",
    LocalKind.IMMUTABLE: "an immutable name",
    LocalKind.LOOP: "a loop variable",
    LocalKind.PATTERN: "a name in a pattern",
}


@dataclass(slots=True)
class Local:
    """A binding of the function; its index in `Body.locals` is its id."""

    name: str
    kind: LocalKind
    token: int
    type: TypeId = NONE
    depth: int = 0  # how many lambdas are around the place where it is bound
    n_uses: int = 0  # as the target of an assignment, too
    n_writes: int = 0  # as that alone
    pattern: int = 0  # what the whole left side of its assignment is, -1 if that assigns others too
    is_captured: bool = False
    is_addressed: bool = False  # where its value, or a part of it, lies is known elsewhere
    is_on_its_way: bool = False  # a part of a value that is then assigned to a place; it has no name
    is_in_place: bool = False  # a parameter that stands for a place of the caller's
    is_kept: bool = True  # as `kept` found: by a lambda or, a parameter, by the function
    is_given: bool = False  # as `moves` found: what it owns is given to another owner somewhere
    is_left_with: bool = True  # and the same: its scope may be left while it has its value

    @property
    def mutable(self) -> bool:
        return self.kind == LocalKind.VAR or self.is_in_place

    @property
    def is_emptied(self) -> bool:
        """Whether nothing may be left in it where its value is given away: who leaves its scope may not
        know."""
        is_held = self.kind in (LocalKind.IMMUTABLE, LocalKind.PATTERN) and self.is_left_with
        return self.is_given and (self.kind == LocalKind.VAR or is_held)


@dataclass(slots=True)
class Lambda:
    """A lambda of the function: local ids of its parameters, and of what it uses of the locals around it."""

    name: int = -1  # the immutable local it is bound to, which it may call
    params: list[int] = field(default_factory=list[int])
    captures: dict[int, None] = field(default_factory=dict[int, None])  # in order of the first use
    is_kept: bool = True  # as `kept` found: it may outlive the block that it is made in


class CallPlan(NamedTuple):
    """Which function a call reaches and what each parameter gets: a node, or ``-1`` for its default value.

    ``type_args`` are the types for a generic function's parameters until the body is checked; then the
    function is the instance for them. ``rest`` are the nodes for a last parameter that takes any number: in
    ``args`` stands the first of them.
    """

    function: FunctionDecl
    args: tuple[int, ...]
    type_args: tuple[TypeId, ...] = ()
    slot: int = -1  # the place of a method in the table that a `dyn Trait` carries
    rest: tuple[int, ...] | None = None


DEFAULT_ARGUMENT = -1


@dataclass(slots=True)
class MethodPlans:
    """The methods, by name, that something stands for which a type says itself how to do.

    A loop goes on by `next` until it gives `None`, on the value or on what its `iter` gives; or by places,
    from one to the following, as over sets and maps: `next_place`, then `item_at`, or `key_at` and `value_at`
    where there are two names; `size` says beforehand how many there are. A map literal is a `new` and a
    `set` for each entry.
    """

    plans: dict[str, CallPlan]


Loan: TypeAlias = tuple[int, int] | None
"""The call that a value is given to, and to which parameter; None for a callee, which is only called."""


class Conversion(NamedTuple):
    """A value that becomes something else by itself where it stands: a `dyn Trait`, whose table has the
    ``methods`` in this order, or a slice's vector, which its only method makes."""

    found: TypeId
    wanted: TypeId
    methods: tuple[FunctionDecl, ...] = ()


class Rest(NamedTuple):
    """A local that stands for another one where it is known whether that is of the type that a ``pattern``
    names."""

    of: int
    pattern: int
    holds: bool


class Given(NamedTuple):
    """What an expression outside a function is given by name: what a layout is about, or what stands before
    the parameter or field whose default it is. ``token`` is that of its declaration; a parameter that a
    ``pattern`` takes apart goes by the names in that."""

    symbol: int
    token: int
    param: Parameter
    pattern: int = 0


class MatchPlan(NamedTuple):
    """The values that are matched, and the decision between the arms."""

    columns: tuple[Occurrence, ...]
    root: Node


class VariantPlan(NamedTuple):
    """Which variant of its type a node makes, or a pattern asks for, and the nodes of its payload in order;
    a pattern has 0 for what it leaves out."""

    tag: int
    payload: tuple[int, ...]


@dataclass(slots=True, init=False)
class Body:
    """``decls`` and ``types`` have one entry a node.

    A name's entry in ``decls`` is ``local + 1``, or ``-(declaration + 1)``, or 0. An ASSIGN that binds a
    new name has its local in its own entry, one that assigns has 0. BREAK and CONTINUE have the node of
    their loop. A name with a capital that means nothing visible is in ``unknown``: it may be a variant of
    the type asked for.
    """

    module: ModuleEnv
    name: str
    arena: AstArena
    root: int  # FN, or the expression of a constant or default
    decls: list[int]
    types: list[TypeId]
    errors_before: int
    """How many errors had been met when work on it began."""
    n_errors: int
    """How many more when it was done."""
    locals: list[Local]
    calls: dict[int, CallPlan]
    """The calls of declared functions. A CALL that is not there calls the value of its callee."""
    variants: dict[int, VariantPlan]
    matches: dict[int, MatchPlan]
    optional: dict[int, TypeId]
    """What the member behind a `?.` gives, by the node of the whole link."""
    unknown: set[int]
    missed: dict[int, Span]
    """Where a name that means nothing is mentioned first, by symbol: once it is said."""
    has_references: bool  # something in it is lent, or borrowed
    tests_patterns: bool  # there is an `is` in it
    guards: dict[int, tuple[int, ...]]
    """The locals that are bound behind an IF because it leaves where their patterns do not match."""
    narrowed: dict[int, int]
    """By the node of the name of a type in a pattern: the local that stands for the value behind it."""
    rests: dict[int, Rest]
    """By the local that stands for the value where the pattern was not met, or must have been."""
    functions: dict[int, CallPlan]
    """Which function a name used as a value means; the plan has no arguments."""
    lambdas: dict[int, Lambda]
    lent: dict[int, Loan]
    """Lambdas, and names of function values, that are given to a function or called themselves."""
    callbacks: set[int]
    """Functions that are given to C, which calls them by its own rules."""
    at_addresses: set[int]
    """Addresses that become function values: what is there is called by C's rules."""
    places: set[int]
    """Each argument `&mut e` that lends the place in which the value of `e` lies."""
    writes: list[tuple[int, int]]
    """Assignments to parameters of lambdas, and to which: whether they may be is for the lambda's type to
    say."""
    type_scope: Mapping[int, TypeId]
    """What the names of type parameters stand for here, by symbol: types in an instance, else themselves."""
    protocols: dict[int, MethodPlans]
    """By the node of a map literal or of a slice, or the negative of that of what a loop goes over."""
    conversions: dict[int, Conversion]
    """By node; what a `?` returns by the negative of its node."""
    cut_off: dict[int, list[int]]
    """What nobody gets to, with its operands up to one that never gives a value (`check/unreached.py`)."""
    yields: list[int]
    """Each YIELD of the function itself; with any it is a generator."""
    params: list[int]  # local ids, `self` first
    taken_apart: dict[int, int]
    """Of a default: the patterns that take apart what it is given, by the local that stands for the whole."""
    result: TypeId
    comptime: dict[int, ConstValue | None]
    """The value of each COMPTIME node that has one, and None for one that is run for nothing."""
    later: Mapping[int, int]
    """Of a default: the token of each parameter or field that has no value yet, by symbol; its own first."""
    given: Set[int]
    """Where a local gives its value to another owner: nodes of names and of lambdas."""
    looks: Set[int]
    """Mentions of aggregate constants whose value is only looked at, so that it need not be a new one."""
    tree: Tree

    def __init__(
        self,
        module: ModuleEnv,
        name: str,
        arena: AstArena,
        root: int,
        decls: list[int],
        types: list[TypeId],
        type_scope: Mapping[int, TypeId] = MappingProxyType({}),
        errors_before: int = 0,
    ) -> None:
        self.module = module
        self.name = name
        self.arena = arena
        self.root = root
        self.decls = decls
        self.types = types
        self.errors_before = errors_before
        self.n_errors = 0
        self.locals = []
        self.calls = {}
        self.variants = {}
        self.matches = {}
        self.optional = {}
        self.unknown = set()
        self.missed = {}
        self.has_references = False
        self.tests_patterns = False
        self.guards = {}
        self.narrowed = {}
        self.rests = {}
        self.functions = {}
        self.lambdas = {}
        self.lent = {}
        self.callbacks = set()
        self.at_addresses = set()
        self.places = set()
        self.writes = []
        self.type_scope = type_scope
        self.protocols = {}
        self.conversions = {}
        self.cut_off = {}
        self.yields = []
        self.params = []
        self.taken_apart = {}
        self.result = NONE
        self.comptime = {}
        self.later = {}
        self.given = frozenset()
        self.looks = frozenset()
        self.tree = arena.tree()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong with it, nor with what it mentions: only then can it be compiled."""
        return not self.n_errors and ERROR not in self.types and all(x.type != ERROR for x in self.locals)

    def span(self, node: int) -> Span:
        """The main token of a node."""
        return self.module.tokens.span(self.tree.token[node])

    def goes_on_appending(self, call: int) -> bool:
        """Whether a call is the `<< b` of `sb << a << b`: the one before it gives nothing, and this one is
        asked of the same."""
        is_append = self.tree.kind[call] == NodeKind.SHL
        return is_append and self.calls[call].args[0] != self.tree.lhs[call]

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        columns = 8 * (len(self.decls) + len(self.types))
        usage.add(f"{label}.columns", columns, columns)


def local_of(entry: int) -> int:
    """The local id in a ``decls`` entry, or -1."""
    return entry - 1 if entry > 0 else -1


def decl_of(entry: int, decls: list[Decl]) -> Decl | None:
    """The declaration in a ``decls`` entry, if it is one."""
    return decls[-entry - 1] if entry < 0 else None

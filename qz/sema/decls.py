"""What a module declares: one small record per declaration, alive as long as the compile.

A record holds what other modules may ask about (a signature, a struct's fields, a constant's value) and
where the declaration stands. It never holds a node, a type variable or anything else that belongs to a
body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qz.base.source import Span
from qz.sema.constants.values import ConstValue
from qz.sema.ownership.lending import Borrow
from qz.sema.types import TypeId
from qz.syntax.items import ItemFlag

if TYPE_CHECKING:
    from qz.sema.binary.layouts import Layout
    from qz.sema.incremental.reads import Answer
    from qz.sema.modules import ModuleEnv
    from qz.syntax.template import Template


@dataclass(slots=True, eq=False, repr=False)
class Decl:
    """A named declaration of a module. ``id`` indexes `Program.decls`; ``item`` the module's item table."""

    module: ModuleEnv
    item: int
    name: str
    span: Span
    id: int = 0
    private: bool = False

    def __repr__(self) -> str:
        """Its kind and name: declarations refer to their modules, and those to everything."""
        return f"<{type(self).__name__} {self.name}>"


@dataclass(slots=True, frozen=True)
class Parameter:
    """``default`` is None where the argument must be given, else which value stands in for it.

    One that ``is_rest`` takes all further arguments, as a vector.
    """

    name: str
    type: TypeId
    default: ConstValue | FunctionDecl | None = None
    is_rest: bool = False
    borrow: Borrow = Borrow.NONE


class Bound(NamedTuple):
    """``param: Trait<…>``: what the argument for a type parameter must implement, as a TRAIT type."""

    param: TypeId
    trait: TypeId


class Row(NamedTuple):
    """`{ x: Int, ..r }`: a type parameter for whatever has the ``fields``, a RECORD type. The others go by
    the symbol ``name``, 0 where they have none."""

    param: TypeId
    fields: TypeId
    name: int


@dataclass(slots=True)
class Signature:
    """``type_params`` are PARAM types, the owner's first; a call replaces them with fresh variables.

    ``structural`` are those that stand for parameters written without a type: what they must be able to do
    is what the body does with them.
    """

    params: tuple[Parameter, ...]
    result: TypeId
    type_params: tuple[TypeId, ...] = ()
    bounds: tuple[Bound, ...] = ()
    structural: frozenset[TypeId] = frozenset()
    rows: tuple[Row, ...] = ()  # what has certain fields and maybe more
    variadic: bool = False
    has_self: bool = False
    result_borrow: Borrow = Borrow.NONE
    pattern: TypeId = 0  # a result with `impl Show` in it, a PARAM for each; what they are, the body says
    promised: tuple[Bound, ...] = ()  # what each of those must implement, the outer ones first
    c_params: tuple[TypeId, ...] = ()  # an extern function's own widths, where `params` say `Int`
    c_result: TypeId = 0
    arity: int = field(init=False)
    """How many arguments there are for all parameters, or -1 where the last one takes any number."""

    def __post_init__(self) -> None:
        self.arity = -1 if self.has_rest else len(self.params)

    @property
    def n_required(self) -> int:
        return sum(1 for p in self.params if p.default is None and not p.is_rest)

    @property
    def in_defaults(self) -> frozenset[int]:
        """The positions of the parameters that defaults of later ones are found from, and may hold on to."""
        defaults = [p.default for p in self.params]
        return frozenset(at for one in defaults if isinstance(one, FunctionDecl) for at in one.takes)

    @property
    def has_rest(self) -> bool:
        """Whether the last parameter takes any number of arguments."""
        return bool(self.params) and self.params[-1].is_rest


class Linking(NamedTuple):
    """What annotations say of a function or a variable to the linker: the ``symbol`` by which C finds it
    if it is exported, whether a definition elsewhere takes its place, what its address is a multiple of, and
    the section of the object that it lies in.

    ``span``: of the annotation that exports it; ``section_span``: of the one that names the section.
    """

    symbol: str = ""
    span: Span | None = None
    is_weak: bool = False
    alignment: int = 0
    section: str = ""
    section_span: Span | None = None


@dataclass(slots=True, eq=False, repr=False)
class FunctionDecl(Decl):
    """A function, method, extern function, intrinsic, the default value of a parameter (``default_of``), or
    the maker of an aggregate value (``value_of``)."""

    symbol: str = ""
    abi: str = ""  # "" for Quartz, "C", or "intrinsic"
    owner: int = -1  # the item of the enclosing impl or extend, -1 for a free function
    wraps: FunctionDecl | None = None  # the C function or intrinsic that this one calls and does nothing else
    default_of: int = -1  # which parameter of the item this computes the default for
    is_call_place: bool = False  # a default: not to be called, it is the place of the call
    takes: tuple[int, ...] = ()  # a default: the parameters or fields before it that it is given
    value_of: ConstDecl | GlobalDecl | None = None
    signature: Signature | None = None
    answer: Answer | None = None  # what it took to find the signature, if it took a body
    intrinsic: str = ""  # what the compiler makes of its calls, be there a body; known with the signature
    open_result: TypeId = 0  # while its result is being inferred, a type of `Queries.inference`
    is_generator: bool = False  # whether the header says `Iterator<T>`, known with the signature
    specialized: bool = False  # whether each type gets an instance, and not each shape; with the signature
    result_written: bool = True  # whether the result's type stands in the header, known with the signature
    type_names: dict[int, TypeId] = field(
        default_factory=dict[int, TypeId]
    )  # in scope, by symbol; `Self` too
    generic: FunctionDecl | None = None  # what this is an instance of
    type_args: tuple[TypeId, ...] = ()  # of an instance
    asked_at: Span | None = None  # where an instance was first asked for
    depth: int = 0  # how many instances asked for each other until this one was asked for
    clauses: list[int] = field(default_factory=list[int])  # the items of all but the first
    kept: frozenset[int] | None = None  # positions of the parameters it may keep, once asked for
    linking: Linking | None = None  # of one that has such annotations

    @property
    def display(self) -> str:
        return self.symbol or self.name

    @property
    def is_maker(self) -> bool:
        """Whether it makes an aggregate value out of what is known of that, and has no body."""
        return self.value_of is not None and self.default_of < 0

    @property
    def is_default(self) -> bool:
        """Of a method that a trait declares: whether types that do not write it have it all the same."""
        return self.abi == "intrinsic" or bool(self.module.items.flags[self.item] & ItemFlag.HAS_BODY)


@dataclass(slots=True, eq=False, repr=False)
class DerivedDecl(FunctionDecl):
    """A function that the compiler writes: ``what`` (`show`, `op_eq`) for the values of ``subject``."""

    what: str = ""
    subject: TypeId = 0


@dataclass(slots=True, eq=False, repr=False)
class FunctionGroup(Decl):
    """All functions of one name in one module, or all methods of one name on one type; told apart by
    arity."""

    functions: list[FunctionDecl] = field(default_factory=list[FunctionDecl])


@dataclass(slots=True, eq=False, repr=False)
class MacroDecl(Decl):
    """A macro, as ``$name``. What it consists of is read when it is first asked for."""

    params: tuple[str, ...] = ()
    is_variadic: bool = False  # the last parameter takes any number of arguments
    template: Template | None = None  # none where it is malformed, which has been reported
    is_read: bool = False


@dataclass(slots=True, eq=False, repr=False)
class MacroGroup(Decl):
    """All macros of one name in one module, told apart by how many arguments they take."""

    macros: list[MacroDecl] = field(default_factory=list[MacroDecl])


@dataclass(slots=True, frozen=True)
class Field:
    name: str
    type: TypeId
    default: ConstValue | FunctionDecl | None
    span: Span


@dataclass(slots=True, eq=False, repr=False)
class StructDecl(Decl):
    """``type`` is the struct applied to its own parameters, in terms of which ``fields`` are written.

    What its annotations say is known with the fields: whether it is a value struct, and how one of those lies
    in memory.
    """

    type: TypeId = 0
    type_params: tuple[TypeId, ...] = ()
    fields: dict[str, Field] | None = None  # in declaration order; None until asked for
    is_linear: bool = False  # its values are consumed exactly once
    is_value: bool = False
    is_moved: bool = False  # declared `@value`, with a `drop` in it: its values have one owner at a time
    in_c: bool = False  # its values are blocks that are laid out as C would
    packing: int = 0  # what the alignment of its fields is limited to, 0 if it is not
    alignment: int = 0  # what its own is at least


@dataclass(slots=True, eq=False, repr=False)
class BinaryDecl(StructDecl):
    """A struct with a binary layout, which is known with its fields."""

    layout: Layout = ()
    is_being_read: bool = False


@dataclass(slots=True, frozen=True)
class Variant:
    """``tag`` counts from 0 in the order of declaration; fields without a name are called `0`, `1`, …"""

    name: str
    tag: int
    fields: tuple[Field, ...]
    span: Span


@dataclass(slots=True, eq=False, repr=False)
class EnumDecl(Decl):
    """``type`` is the enum applied to its own parameters, in terms of which ``variants`` are written."""

    type: TypeId = 0
    type_params: tuple[TypeId, ...] = ()
    names: dict[str, VariantDecl] = field(default_factory=dict[str, "VariantDecl"])
    variants: dict[str, Variant] | None = None  # in declaration order; None until asked for
    lacks_variants: bool = False  # there are some whose names could not be read


@dataclass(slots=True, eq=False, repr=False)
class OwnerDecl(Decl):
    """What holds methods. ``self_type`` is the type of `self`, ``names`` the type parameters by symbol."""

    self_type: TypeId = 0
    type_params: tuple[TypeId, ...] = ()
    names: dict[int, TypeId] = field(default_factory=dict[int, TypeId])
    bounds: tuple[Bound, ...] = ()
    methods: dict[int, FunctionGroup] = field(default_factory=dict[int, FunctionGroup])


@dataclass(slots=True, eq=False, repr=False)
class TraitDecl(OwnerDecl):
    """``self_type`` is a parameter, the first of ``type_params``; ``bounds`` has what it extends."""

    type: TypeId = 0
    is_combined: bool = False  # nobody wrote it: it stands for `A & B`


@dataclass(slots=True, eq=False, repr=False)
class ImplDecl(OwnerDecl):
    """An `impl` or `extend`; ``trait`` is a TRAIT type, or `NONE` where the methods are the type's own."""

    trait: TypeId = 0
    negative: bool = False
    extends: bool = False


@dataclass(slots=True, eq=False, repr=False)
class NewtypeDecl(Decl):
    """``type`` is a type of its own whose values are those of ``underlying``, `NONE` until asked for."""

    type: TypeId = 0
    underlying: TypeId = 0
    resolving: bool = False


class BitField(NamedTuple):
    """Bits of a packed struct with a name: ``width`` of them, from bit ``first`` of its word upwards."""

    name: str
    first: int
    width: int
    type: TypeId
    span: Span


@dataclass(slots=True, eq=False, repr=False)
class PackedDecl(NewtypeDecl):
    """A packed struct: an integer whose bits have names. ``bits`` is known with ``underlying``."""

    bits: dict[str, BitField] = field(default_factory=dict[str, BitField])


@dataclass(slots=True, eq=False, repr=False)
class VariantDecl(Decl):
    """The name of a variant, which is visible wherever its enum is; ``tag`` is its place in the enum."""

    enum: EnumDecl = field(kw_only=True)
    tag: int = 0


@dataclass(slots=True, eq=False, repr=False)
class AliasDecl(Decl):
    type_params: tuple[TypeId, ...] = ()
    rows: list[Row] = field(default_factory=list[Row])  # what its type is open to, anew at each use
    type: TypeId | None = None
    resolving: bool = False


@dataclass(slots=True, eq=False, repr=False)
class ConstDecl(Decl):
    """What an aggregate value's uses share lies under ``symbol``; ``maker`` makes a new one."""

    symbol: str = ""
    type: TypeId = 0
    value: ConstValue | None = None
    evaluating: bool = False
    maker: FunctionDecl | None = None


@dataclass(slots=True, eq=False, repr=False)
class GlobalDecl(Decl):
    symbol: str = ""
    type: TypeId = 0
    value: ConstValue | None = None
    resolved: bool = False
    maker: FunctionDecl | None = None  # of an aggregate value that it starts with
    linking: Linking | None = None  # of one that has such annotations


@dataclass(slots=True, eq=False, repr=False)
class UnsupportedDecl(Decl):
    """A declaration this compiler parses but cannot compile yet; ``what`` names its kind."""

    what: str = ""


@dataclass(slots=True, eq=False, repr=False)
class ModuleDecl(Decl):
    """The name under which a module is imported; what stands before `::`."""

    target: ModuleEnv | None = None


TYPE_DECLS = StructDecl | EnumDecl | NewtypeDecl | AliasDecl
"""What declares a type that values can have."""

NO_VALUES = TYPE_DECLS | TraitDecl
"""What is no value by itself: a variant of the same name is meant where one is asked for."""


@dataclass(slots=True, frozen=True)
class Ambiguity:
    """One name given by two imports of the same level; an error where it is used."""

    first: Decl
    second: Decl

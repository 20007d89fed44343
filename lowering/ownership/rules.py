"""Who owns what: for every operation of the stage `cfg`, what it does with the counts of its operands.

A parameter is borrowed: the caller keeps it. A result is owned: who gets it gives its count back. An operand
that is taken over brings a count with it, which from then on belongs to the memory it is stored in, or to the
caller. Everything else that an operation is given, it borrows.

A new operation needs a row here, and a test fails until it has one.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from xdsl.dialects import arith, cf, func
from xdsl.dialects.builtin import DenseArrayBase
from xdsl.ir import Attribute, Operation, SSAValue

from dialects.qz import arith as qz_arith
from dialects.qz import bits, raw
from dialects.qz.calls import CallExternOp
from dialects.qz.closures import (
    CallCodeOp,
    CallFnOp,
    CapturedOp,
    ClosureOfOp,
    ClosureOp,
    CodeOfOp,
    EnvironmentOp,
    FnRefOp,
)
from dialects.qz.dynamic import DynCallOp, DynNewOp
from dialects.qz.enums import EnumGetOp, EnumNewOp, EnumTagOp
from dialects.qz.generators import SlotGetOp, SlotSetOp
from dialects.qz.matches import ApartOp, SwitchBrOp, UnknownOp
from dialects.qz.ownership import AdoptOp, DropOp, DupOp, KeepOp
from dialects.qz.panics import DebugBindOp, PanicOp
from dialects.qz.properties import UNOWNED
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp, ReinterpretOp
from dialects.qz.strings import (
    ShowOp,
    StrByteAtOp,
    StrCharAtOp,
    StrCmpOp,
    StrConcatOp,
    StrConstOp,
    StrNextOp,
    StrSizeOp,
)
from dialects.qz.structs import ArenaNewOp, StructGetOp, StructNewOp, StructSetOp
from dialects.qz.tables import TableGetOp, TableVecOp
from dialects.qz.terminators import UnreachableOp
from dialects.qz.types import EnumType, TupleType, VecType
from dialects.qz.value_structs import RowOp
from dialects.qz.variables import (
    GlobalGetOp,
    GlobalSetOp,
    LocalGetOp,
    LocalOp,
    LocalSetOp,
    SharedGetOp,
    SharedOp,
    SharedSetOp,
)
from dialects.qz.vec import (
    VecClearOp,
    VecFilledOp,
    VecGetOp,
    VecLitOp,
    VecNewOp,
    VecOwnOp,
    VecPopUncheckedOp,
    VecPushOp,
    VecSetOp,
    VecSizeOp,
)
from lowering.ownership.to_owned import OWNS


class Takes(Enum):
    """Which operands an operation takes over."""

    NOTHING = auto()
    LAST = auto()
    ALL_BUT_FIRST = auto()
    ALL = auto()


class Gives(Enum):
    """Where the count of a result comes from, if the result has one."""

    OWNED = auto()
    """It is new, and comes with the result."""
    READ = auto()
    """The result was read from memory that still refers to it: from the first operand, if there is one."""
    SAME = auto()
    """The result is the first operand under another type."""
    LINKED = auto()
    """The result refers to the operands without a count, and is gone when they are."""
    IMMORTAL = auto()
    """It is a constant, and is never counted."""


# Looking up a member of an enum takes Python 3.11 as long as four calls.
_NOTHING, _LAST, _ALL = Takes.NOTHING, Takes.LAST, Takes.ALL
READ, SAME, LINKED, IMMORTAL = Gives.READ, Gives.SAME, Gives.LINKED, Gives.IMMORTAL

Place = Callable[[Operation], Hashable]
"""What memory an operation reads or writes: equal for two operations that may mean the same."""


def _cell(op: Operation) -> Hashable:
    return op._operands[0]


def _global(op: Operation) -> Hashable:
    return op.properties["name"]


def _field(op: Operation) -> Hashable:
    return (op._operands[0]._type, op.properties["index"])


def _elements(op: Operation) -> Hashable:
    type_ = op._operands[0]._type
    assert isinstance(type_, VecType)
    return ("element", type_.element)


def _element(op: Operation) -> Hashable:
    return (_elements(op), op.properties.get("part"))


def _slot(op: Operation) -> Hashable:
    return ("slot", op.properties["index"])


def _shared(op: Operation) -> Hashable:
    return op._operands[0]._type


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table.

    What is taken over may be told by its positions as well. What a read gives is borrowed at no cost for as
    long as nothing is written to the same `place`, or to all that the place is `within`; without a place,
    nothing ever is. `replaces` says by which operation the value can be read that a write is about to
    replace. `is_call` says that code may run of which nothing is known here.
    """

    takes: Takes | tuple[int, ...] = Takes.NOTHING
    gives: Gives = Gives.OWNED
    place: Place | None = None
    within: Place | None = None
    replaces: type[Operation] | None = None
    is_call: bool = False


def taken(rule: Rule, operands: tuple[SSAValue, ...]) -> tuple[SSAValue, ...]:
    """The operands that are taken over."""
    takes = rule.takes
    if takes is _NOTHING:
        return ()
    if takes is _ALL:
        return operands
    if type(takes) is tuple:
        return tuple([operands[position] for position in takes])
    return operands[-1:] if takes is _LAST else operands[1:]


_PLAIN = Rule()
_LINKED = Rule(gives=Gives.LINKED)
_OWNS_ITS_CONTENT = Rule(Takes.LAST)
_SAME = Rule(gives=Gives.SAME)
_CONSTANT = Rule(gives=Gives.IMMORTAL)
_BUILDS = Rule(Takes.ALL)
_CALLS = Rule(is_call=True)
_READS_FOR_EVER = Rule(gives=Gives.READ)
_READS_FIELD = Rule(gives=Gives.READ, place=_field)


_ASSIGNS = Rule(Takes.LAST, place=_cell, replaces=LocalGetOp)


def _local(op: Operation) -> Rule:
    """A variable that owns nothing takes no count; whoever owns what it is made with stays as long as it."""
    return _LINKED if UNOWNED in op.attributes else _OWNS_ITS_CONTENT


def _local_set(op: Operation) -> Rule:
    variable = op._operands[0].owner
    return _PLAIN if isinstance(variable, Operation) and UNOWNED in variable.attributes else _ASSIGNS


def _on_stack(otherwise: Rule, on_stack: Rule) -> Callable[[Operation], Rule]:
    """What is on the stack is not counted itself."""

    def rule(op: Operation) -> Rule:
        return on_stack if "stack" in op.properties else otherwise

    return rule


def _enum_new(op: Operation) -> Rule:
    """A variant without a payload is no block."""
    return _BUILDS if op._operands else _CONSTANT


def _call(op: Operation) -> Rule:
    """A function borrows what it is given, but for what the call says."""
    return _CALLS if OWNS not in op.attributes else _call_that_hands_over(op.attributes[OWNS])


@cache
def _call_that_hands_over(positions: Attribute) -> Rule:
    assert isinstance(positions, DenseArrayBase)
    return Rule(tuple([int(position) for position in positions.iter_values()]), is_call=True)


def _enum_get(op: Operation) -> Rule:
    """An enum that is kept as its payload is the payload."""
    (enum,) = op._operands
    type_ = enum._type
    assert isinstance(type_, EnumType)
    return _SAME if type_.layout == "nullable" else _READS_FOR_EVER


def _struct_get(op: Operation) -> Rule:
    """A tuple never changes."""
    is_tuple = isinstance(op._operands[0]._type, TupleType)
    return _READS_FOR_EVER if is_tuple else _READS_FIELD


OWNERSHIP_RULES: dict[type[Operation], Rule | Callable[[Operation], Rule]] = {
    # Scalars
    **dict.fromkeys((*qz_arith.OPS, *bits.OPS), _PLAIN),
    ConstOp: _CONSTANT,
    CmpOp: _PLAIN,
    NotOp: _PLAIN,
    CastOp: _PLAIN,
    ReinterpretOp: _SAME,
    arith.SelectOp: _PLAIN,
    # Variables
    LocalOp: _local,
    LocalGetOp: Rule(gives=Gives.READ, place=_cell),
    LocalSetOp: _local_set,
    SharedOp: _BUILDS,
    SharedGetOp: Rule(gives=Gives.READ, place=_shared),
    SharedSetOp: Rule(Takes.LAST, place=_shared, replaces=SharedGetOp),
    GlobalGetOp: Rule(gives=Gives.READ, place=_global),
    GlobalSetOp: Rule(Takes.LAST, place=_global, replaces=GlobalGetOp),
    # Strings
    StrConstOp: _CONSTANT,
    StrConcatOp: _PLAIN,
    StrSizeOp: _PLAIN,
    StrByteAtOp: _PLAIN,
    StrCharAtOp: _PLAIN,
    StrNextOp: _PLAIN,
    StrCmpOp: _PLAIN,
    ShowOp: _PLAIN,
    # Vectors
    VecNewOp: _PLAIN,
    VecLitOp: _BUILDS,
    VecFilledOp: _PLAIN,
    VecGetOp: Rule(gives=Gives.READ, place=_element, within=_elements),
    VecSetOp: Rule(Takes.LAST, place=_element, replaces=VecGetOp),
    VecPushOp: Rule(Takes.ALL_BUT_FIRST),
    VecSizeOp: _PLAIN,
    VecOwnOp: _PLAIN,
    VecClearOp: Rule(place=_elements),
    VecPopUncheckedOp: Rule(place=_elements),
    TableVecOp: _PLAIN,
    TableGetOp: _PLAIN,
    # Value structs; what takes and gives whole ones is gone by now
    RowOp: _LINKED,
    # Structs
    StructNewOp: _BUILDS,
    ArenaNewOp: Rule(Takes.ALL_BUT_FIRST),
    StructGetOp: _struct_get,
    StructSetOp: Rule(Takes.LAST, place=_field, replaces=StructGetOp),
    # Enums
    EnumNewOp: _enum_new,
    EnumTagOp: _PLAIN,
    EnumGetOp: _enum_get,
    # Functions as values, and values with their methods
    FnRefOp: _CONSTANT,
    ClosureOp: _on_stack(_BUILDS, _LINKED),
    CallFnOp: _CALLS,
    CodeOfOp: _PLAIN,
    CallCodeOp: _CALLS,
    EnvironmentOp: _SAME,
    ClosureOfOp: _SAME,
    CapturedOp: _READS_FOR_EVER,
    SlotGetOp: Rule(gives=Gives.READ, place=_slot),
    SlotSetOp: Rule(Takes.LAST, place=_slot),
    DynNewOp: _BUILDS,
    DynCallOp: _CALLS,
    # Raw memory, where the runtime counts by hand
    **dict.fromkeys(raw.OPS, _PLAIN),
    # Calls
    func.CallOp: _call,
    CallExternOp: _CALLS,
    PanicOp: _PLAIN,
    DebugBindOp: _PLAIN,
    # Leaving a block; a branch takes over what it hands to the next one
    func.ReturnOp: _BUILDS,
    cf.BranchOp: _BUILDS,
    cf.ConditionalBranchOp: _PLAIN,
    cf.SwitchOp: _PLAIN,
    SwitchBrOp: _PLAIN,
    ApartOp: _PLAIN,
    UnknownOp: _PLAIN,
    UnreachableOp: _PLAIN,
    # Counts
    DupOp: _PLAIN,
    DropOp: _PLAIN,
    KeepOp: _PLAIN,
    AdoptOp: _PLAIN,
}
"""Every operation that may stand in the stage `cfg`."""


def rule_of(op: Operation) -> Rule:
    """The row of an operation; a few depend on its type or its properties."""
    rule = OWNERSHIP_RULES[type(op)]
    return rule if isinstance(rule, Rule) else rule(op)

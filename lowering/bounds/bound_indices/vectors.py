"""Which vectors keep their size, how large they are, and between what the elements of some of them lie."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence

from xdsl.dialects import func
from xdsl.ir import Operation, SSAValue

from dialects.qz.enums import EnumGetOp, EnumTagOp
from dialects.qz.leaves import n_leaves
from dialects.qz.matches import ApartOp, UnknownOp
from dialects.qz.ownership import DropOp, DupOp
from dialects.qz.scalar import ReinterpretOp
from dialects.qz.types import StrType, VecType, is_counted, is_int
from dialects.qz.vec import VecFilledOp, VecGetOp, VecLitOp, VecSetOp, VecSizeOp
from lowering.bounds.bound_indices.states import MAX_OFFSET, ZERO, Facts, Linear, State, Steps, Symbol
from lowering.bounds.loop_accesses import keeps_sizes
from lowering.escapes.to_bare import bare_in, is_bare

_LOOKS = frozenset((VecGetOp, VecSetOp, VecSizeOp, DropOp))
_KNOWN_SIZE = (VecFilledOp, VecLitOp)
_HARMLESS = frozenset((VecFilledOp, VecLitOp, ApartOp, UnknownOp, DupOp, EnumTagOp, EnumGetOp, ReinterpretOp))

N_EXACT = 2
"""So many times what is known of elements changes before it goes on in steps."""


def _leaves_sizes(op: Operation) -> bool:
    """Whether no vector that was there before an operation has another size behind it."""
    if keeps_sizes(op) or op._successors or type(op) in _HARMLESS or type(op) is func.ReturnOp:
        return True
    if type(op) is func.CallOp:
        return bool(bare_in(op))
    if type(op) is DropOp:
        type_ = op._operands[0].type
        return isinstance(type_, StrType) or (isinstance(type_, VecType) and not is_counted(type_.element))
    return False


def _keeps_to_itself(vec: SSAValue) -> bool:
    """Whether a function does nothing with a vector that it made that could change its size."""
    return all((type(use.operation) in _LOOKS and use.index == 0) or is_bare(use) for use in vec.uses)


class Vectors:
    """The vectors of one function."""

    def __init__(self, ops: list[Operation], steps: Steps) -> None:
        self._all_keep = all(map(_leaves_sizes, ops))
        self._steps = steps
        self._sizes: dict[Symbol, Linear] = {}
        self._elements: dict[SSAValue, Facts] = {}
        self._n_changes: dict[SSAValue, int] = {}
        self._changed: set[SSAValue] = set()

    def size_of(self, container: SSAValue, symbol: Symbol) -> Linear | None:
        """How large a vector or string is that a symbol stands for, if that is always the same."""
        known = self._sizes.get(symbol)
        if known is None and (self._all_keep or isinstance(container.type, StrType)):
            return Linear(("size", symbol))
        return known

    def may_know_size(self, access: Operation) -> bool:
        """Whether it is possible that an access to something of a known size comes up."""
        container = access._operands[0]
        if self._all_keep or "size" in access.properties or not isinstance(container.type, VecType):
            return True
        return type(container.owner) in _KNOWN_SIZE and _keeps_to_itself(container)

    def elements_of(self, vec: SSAValue) -> Facts | None:
        """Between what the elements of a vector lie that this function alone knows."""
        return self._elements.get(vec)

    def take_changed(self) -> set[SSAValue]:
        """The vectors of whose elements something else is known than when this was asked before."""
        changed, self._changed = self._changed, set()
        return changed

    def make(self, make: VecFilledOp | VecLitOp, values: Sequence[Linear], state: State) -> None:
        """Takes note of a vector that was just made of some values."""
        vec, type_ = make.results[0], make.results[0].type
        assert isinstance(type_, VecType)
        if not _keeps_to_itself(vec):
            return
        if type(make) is VecFilledOp:
            size, *elements = values
        else:
            size, elements = Linear(ZERO, len(values) // n_leaves(type_.element)), list(values)
        self._sizes[vec] = size
        if is_int(type_.element) and not any(map(is_bare, vec.uses)):
            for element in elements:
                self._add(vec, element, state)

    def store(self, vec: SSAValue, value: Linear, state: State) -> None:
        """Takes note of another element."""
        if vec in self._elements:
            self._add(vec, value, state)

    def _add(self, vec: SSAValue, value: Linear, state: State) -> None:
        """Has the elements of a vector be another value as well."""
        symbol, offset = self._sizes[vec]
        facts = state.of(value)
        bounds: dict[Symbol, int] = {ZERO: facts.greatest}
        # Where there is an element, the size is 1 at least, so what is 0 is below it.
        bound = facts.greatest - max(state.of_symbol(symbol).least, 1 - offset)
        bound = min(bound, facts.bounds.get(symbol, bound))
        if symbol is not ZERO and bound < MAX_OFFSET:
            bounds[symbol] = bound
        before = self._elements.get(vec)
        if before is None:
            self._elements[vec] = Facts(facts.least, bounds)
            return
        least = min(before.least, facts.least)
        after = {key: max(bound, bounds[key]) for key, bound in before.bounds.items() if key in bounds}
        now = Facts(least, after)
        n_changes = self._n_changes.get(vec, 0)
        if n_changes >= N_EXACT:
            now = self._steps.widened(before, now, state)
        if now != before:
            self._elements[vec] = now
            self._n_changes[vec] = n_changes + 1
            self._changed.add(vec)

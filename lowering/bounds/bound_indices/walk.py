"""A walk through a function: what its values are, and what is known where the walk has got to."""

# pyright: reportPrivateUsage=false

from xdsl.ir import Operation, SSAValue

from dialects.qz.tables import TableGetOp, table_elements, table_size
from dialects.qz.types import is_int_type
from lowering.bounds.bound_indices.states import (
    GREATEST,
    LEAST,
    ZERO,
    Facts,
    Linear,
    State,
    between,
    facts_of_type,
)
from lowering.bounds.bound_indices.vectors import Vectors
from lowering.shared_attributes import number_of

WORD_BITS = 64


class Walk:
    """A walk through one function: what its values are, and the state that it has got to."""

    def __init__(self, vectors: Vectors, state: State) -> None:
        self.vectors = vectors
        self.state = state
        self.values: dict[SSAValue, Linear] = {}
        self._tables: dict[TableGetOp, Facts] = {}

    def number(self, value: SSAValue) -> Linear:
        """What a value is."""
        return self.values.get(value) or Linear(value)

    def facts(self, value: SSAValue) -> Facts:
        """What is known of a value."""
        return self.state.of(self.number(value))

    def size_of(self, container: SSAValue) -> Linear | None:
        """How large a vector or string is, if that is always the same."""
        size = self.vectors.size_of(container, self.number(container).symbol)
        if size is not None and size.symbol is not ZERO:
            self.state.rulers.add(size.symbol)
        return size

    def size_for(self, access: Operation) -> Linear | None:
        """How large what an access goes to is."""
        if type(access) is TableGetOp:
            return Linear(ZERO, table_size(access.table.data, access.results[0].type))
        known = number_of(access.properties.get("size"))
        return self.size_of(access._operands[0]) if known is None else Linear(ZERO, known)

    def elements_of(self, access: TableGetOp) -> Facts:
        """Between what the elements of a table lie."""
        known = self._tables.get(access)
        if known is None:
            elements = table_elements(access.table.data, access.results[0].type)
            least, greatest = int(min(elements, default=0)), int(max(elements, default=0))
            known = self._tables[access] = between(least, greatest)
        return known

    def learn(self, result: SSAValue, facts: Facts) -> None:
        """Knows something of a result, in so far as it is within its type."""
        known = facts_of_type(result.type)
        least, greatest = max(facts.least, known.least), min(facts.greatest, known.greatest)
        if least <= greatest and facts.least >= LEAST and facts.greatest <= GREATEST:
            self.state.learn(result, Facts(least, {**facts.bounds, ZERO: greatest}))


def index_of(access: Operation) -> SSAValue:
    """The index of an access."""
    return access._operands[0 if type(access) is TableGetOp else 1]


def width_of(value: SSAValue) -> int:
    """How many bits a whole number has."""
    assert is_int_type(value.type)
    return value.type.width.data

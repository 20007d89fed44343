"""The values at the occurrences of a matched value, each read once, when it is first needed."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.ir import SSAValue

from dialects.qz.arith import SubOp
from dialects.qz.properties import EXACT, UNCHECKED, int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.types import VecType, si64
from dialects.qz.vec import VecGetOp
from qz.irgen.builder import NO_PROPERTIES, Builder
from qz.irgen.data.enums import payload_part
from qz.irgen.data.fields import read_field
from qz.irgen.data.slices import Row, part, row
from qz.irgen.data.tuples import element
from qz.sema.binary.packed import packed_of
from qz.sema.matching.occurrences import Occurrence, Step, StepKind
from qz.sema.types import TypeId, TypeKind


class Places:
    """What is known of a matched value at one point of the decision."""

    def __init__(self, builder: Builder, known: dict[Occurrence, SSAValue], *, guarded: bool = False) -> None:
        self.b = builder
        self._known = known
        self._sizes: dict[Occurrence, SSAValue] = {}
        self.guarded = guarded
        """Whether a guard has run: it may have taken elements away, so indices are checked again."""

    def copy(self) -> Places:
        """The same, for a region: what is read there is not known outside."""
        found = Places(self.b, dict(self._known), guarded=self.guarded)
        found._sizes = dict(self._sizes)
        return found

    def value(self, occurrence: Occurrence) -> SSAValue:
        """The value at an occurrence; the test that makes sure that it is there has been made."""
        found = self._known.get(occurrence)
        if found is None:
            assert occurrence.parent is not None
            assert occurrence.step is not None
            parent = self.value(occurrence.parent)
            found = _READERS[occurrence.step.kind](self, occurrence, parent, occurrence.step)
            self._known[occurrence] = found
        return found

    def size(self, occurrence: Occurrence) -> SSAValue:
        """The size of a vector or a slice."""
        found = self._sizes.get(occurrence)
        if found is None:
            found = self._sizes[occurrence] = self._row(occurrence).size(self.b)
        return found

    def _row(self, occurrence: Occurrence) -> Row:
        return row(self.b, self.value(occurrence), self._inner(occurrence))

    def _inner(self, occurrence: Occurrence) -> TypeId:
        """The type that says what is inside: that of what a newtype wraps, if it has no bits itself."""
        program = self.b.program
        is_packed = packed_of(program, occurrence.type) is not None
        return occurrence.type if is_packed else program.queries.stripped(occurrence.type)

    def number(self, value: int) -> SSAValue:
        return self.b.make(ConstOp, (), si64, int_const(value, si64))

    # One step further in

    def read_payload(self, occurrence: Occurrence, parent: SSAValue, step: Step) -> SSAValue:
        assert occurrence.parent is not None
        return payload_part(self.b, parent, self._inner(occurrence.parent), step.first, step.second)

    def read_field(self, occurrence: Occurrence, parent: SSAValue, step: Step) -> SSAValue:
        assert occurrence.parent is not None
        if isinstance(parent.type, VecType):  # an array, all of whose elements are there
            return self._at(occurrence, self.number(step.first))
        holder = self._inner(occurrence.parent)
        if self.b.program.types.kinds[holder] is TypeKind.TUPLE:
            return self.b.coerce(element(self.b, parent, step.first), self.b.ir_types.of(occurrence.type))
        name = list(self.b.ir_types.structs.fields(holder))[step.first]
        return read_field(self.b, parent, holder, name)

    def read_element(self, occurrence: Occurrence, parent: SSAValue, step: Step) -> SSAValue:
        return self._at(occurrence, self.number(step.first))

    def read_from_end(self, occurrence: Occurrence, parent: SSAValue, step: Step) -> SSAValue:
        assert occurrence.parent is not None
        return self._at(occurrence, self._before_end(occurrence.parent, step.first))

    def _before_end(self, row: Occurrence, places: int) -> SSAValue:
        """The index so many places before the end of a vector that is at least as long."""
        return self.b.make(SubOp, (self.size(row), self.number(places)), si64, EXACT)

    def _at(self, occurrence: Occurrence, index: SSAValue) -> SSAValue:
        """The vector of a slice may have become shorter than the slice."""
        assert occurrence.parent is not None
        elements = self._row(occurrence.parent)
        properties = NO_PROPERTIES if self.guarded or elements.start is not None else UNCHECKED
        place = (elements.vec, elements.place(self.b, index))
        return self.b.make(VecGetOp, place, self.b.ir_types.of(occurrence.type), properties)

    def read_rest(self, occurrence: Occurrence, parent: SSAValue, step: Step) -> SSAValue:
        assert occurrence.parent is not None
        stop = self.size(occurrence.parent)
        if step.second:
            stop = self._before_end(occurrence.parent, step.second)
        start = self.number(step.first)
        return part(self.b, self._row(occurrence.parent), start, stop, occurrence.type)


_READERS: dict[StepKind, Callable[[Places, Occurrence, SSAValue, Step], SSAValue]] = {
    StepKind.PAYLOAD: Places.read_payload,
    StepKind.FIELD: Places.read_field,
    StepKind.ELEMENT: Places.read_element,
    StepKind.FROM_END: Places.read_from_end,
    StepKind.REST: Places.read_rest,
}

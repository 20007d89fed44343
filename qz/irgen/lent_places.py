"""`&e` and `&mut e`: the value itself, or the place in which it lies.

A function that changes its argument in its place is given a cell. A variable has one of its own, which is
shared as with a lambda. Anything else that can be assigned lies elsewhere: it goes into a cell for the time
of the call, and what is there then is put back.
"""

from typing import NamedTuple

from xdsl.ir import SSAValue

from dialects.qz.properties import UNIT
from dialects.qz.variables import SharedGetOp, SharedOp
from qz.irgen.builder import Builder
from qz.irgen.storage import AnyPlace, find_place
from qz.syntax.nodes import NodeKind

K = NodeKind


class LentPlace(NamedTuple):
    """What one call after another is lent; where it lies was found out once."""

    node: int
    place: AnyPlace

    def cell(self, b: Builder) -> SSAValue:
        """The cell for one call."""
        if b.kind[self.node] in (K.IDENT, K.SELF) and b.decls[self.node] > 0:
            cell = b.values[b.decls[self.node] - 1]
            assert cell is not None
            return cell
        place = self.place
        cell = b.make(SharedOp, (place.read(b),), b.ir_types.shared(place.content), {"stack": UNIT})

        def put_back() -> None:
            place.write(b, b.make(SharedGetOp, (cell,), place.content))

        b.lent.append(put_back)
        return cell


def lent_place(b: Builder, node: int) -> LentPlace:
    """The place of an expression that is lent."""
    place = find_place(b, node)
    assert place is not None
    return LentPlace(node, place)


def reference(b: Builder, node: int) -> SSAValue:
    """The value; of an argument that is changed in its place, and of such a receiver, the cell."""
    if b.kind[node] not in (K.REF, K.REF_MUT):
        return lent_place(b, node).cell(b)
    return lent_place(b, b.lhs[node]).cell(b) if node in b.body.places else b.value(b.lhs[node])

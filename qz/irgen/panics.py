"""Checks that the language asks for and that no single op makes."""

from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import LocationAttr
from xdsl.ir import SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.panics import PanicOp
from dialects.qz.scalar import NotOp
from dialects.qz.types import boolean
from qz.irgen.builder import NO_PROPERTIES, Builder


def panic_unless(b: Builder, node: int, holds: SSAValue, message: Callable[[], SSAValue]) -> None:
    """Panic at ``node`` where the condition does not hold; the message is made only then."""
    panic_at(b, b.locate(node), holds, message)


def panic_at(b: Builder, where: LocationAttr, holds: SSAValue, message: Callable[[], SSAValue]) -> None:
    """The same at a place that is no node."""

    def fail() -> Sequence[SSAValue]:
        b.do(PanicOp, (message(),), NO_PROPERTIES, (), (), where)
        raise b.unreachable()

    failing = b.make(NotOp, (holds,), boolean)
    b.do(IfOp, (failing,), NO_PROPERTIES, (), (b.region(fail),))

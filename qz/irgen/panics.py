"""Checks that the language asks for and that no single op makes."""

from collections.abc import Callable, Sequence

from xdsl.ir import SSAValue

from dialects.qz.branches import IfOp
from dialects.qz.panics import PanicOp
from dialects.qz.properties import bytes_const
from dialects.qz.scalar import NotOp
from dialects.qz.strings import StrConstOp
from dialects.qz.types import boolean, string
from qz.irgen.builder import NO_PROPERTIES, Builder


def bytes_literal(b: Builder, text: bytes) -> SSAValue:
    """A string constant."""
    return b.make(StrConstOp, (), string, bytes_const(text))


def panic_unless(b: Builder, node: int, holds: SSAValue, message: Callable[[], SSAValue]) -> None:
    """Panic at ``node`` where the condition does not hold; the message is made only then."""

    def fail() -> Sequence[SSAValue]:
        b.do(PanicOp, (message(),), NO_PROPERTIES, (), (), b.locate(node))
        raise b.unreachable()

    failing = b.make(NotOp, (holds,), boolean)
    b.do(IfOp, (failing,), NO_PROPERTIES, (), (b.region(fail),))

"""`r.unwrap()`, `r.unwrap_err()` and `r.expect(message)` of a `Result`: a panic shows what it holds instead.

The methods have bodies in the library, which tell what becomes of what they are given, and are there for
calls that nobody sees. Those are shared by types of one shape; a call knows the type, and so how to show it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import SSAValue

from dialects.qz.strings import StrConcatOp
from dialects.qz.types import string
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_library
from qz.irgen.constants import bytes_literal
from qz.irgen.data.options import Opened, unless
from qz.irgen.panics import panic_unless
from qz.sema.body import DEFAULT_ARGUMENT
from qz.sema.types import VOID


def unwrap(b: Builder, node: int, args: Sequence[int]) -> SSAValue | None:
    """What an `Ok` holds."""
    opened = _opened(b, args[0], "Ok")
    return _held(b, node, opened, args[1], lambda: _called(b, opened, "unwrap", "Err"))


def unwrap_err(b: Builder, node: int, args: Sequence[int]) -> SSAValue | None:
    """What an `Err` holds."""
    opened = _opened(b, args[0], "Err")
    return _held(b, node, opened, args[1], lambda: _called(b, opened, "unwrap_err", "Ok"))


def expect(b: Builder, node: int, args: Sequence[int]) -> SSAValue | None:
    """What an `Ok` holds; the message is the caller's."""
    opened = _opened(b, args[0], "Ok")
    text = b.value(args[1])

    def message() -> SSAValue:
        before = b.make(StrConcatOp, (text, bytes_literal(b, b": ")), string)
        return opened.error_shown(before, b"") or text

    return _held(b, node, opened, args[2], message)


def _opened(b: Builder, receiver: int, good: str) -> Opened:
    return Opened(b, b.value(receiver), b.program.queries.stripped(b.types[receiver]), good)


def _called(b: Builder, opened: Opened, method: str, found: str) -> SSAValue:
    start = f"called `{method}` on `{found}"
    shown = opened.error_shown(f"{start}(".encode(), b")`")
    return shown or bytes_literal(b, f"{start}`".encode())


def _held(
    b: Builder, node: int, opened: Opened, caller: int, message: Callable[[], SSAValue]
) -> SSAValue | None:
    """What is held, or a panic: at the call, or where whoever called says."""
    if caller == DEFAULT_ARGUMENT:
        panic_unless(b, node, opened.holds, message)
    else:
        place = b.value(caller)

        def leave() -> Sequence[SSAValue]:
            call_library(b, "prelude", "panic_at", [message(), place])
            raise b.unreachable()

        unless(b, opened.holds, leave)
    return None if b.types[node] == VOID else opened.held()

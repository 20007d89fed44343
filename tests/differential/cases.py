"""Cases: functions without parameters that print something or panic, and what is told of a run of them."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from xdsl.dialects.func import FuncOp

from dialects.interpreters.host import Host
from dialects.interpreters.interpret import fill, in_deep_thread, make_machine
from dialects.interpreters.machine import Limits, Machine
from dialects.interpreters.values import InterpreterFault, LimitReached, QuartzPanic
from qz.codegen import jit
from tests.differential.forks import limit_time
from tests.differential.reference import Variables

LIMITS = Limits(n_steps=100_000, n_bytes=1 << 28)
"""Of the interpreter, for a case."""

_MAIN = """
extern "C" def bytes_in_use(): Int

def tell(name: String, case: Fn(): Void)
  forget()
  before = bytes_in_use()
  said = panic_of(case)
  left = bytes_in_use() - before
  match said
    Some(message) => puts("#{name} panics: #{message}")
    None => puts("#{name} ends with #{left}")
  end
end

def awake(): Int = 0

def main()
  await go awake()  # what all tasks share is made with the first, and stays
  puts("begins")
"""

BYTES_IN_USE = b"""
declare void @mallinfo2(ptr sret([10 x i64]))
define i64 @bytes_in_use() {
  %info = alloca [10 x i64]
  call void @mallinfo2(ptr sret([10 x i64]) %info)
  %place = getelementptr i64, ptr %info, i64 7
  %n = load i64, ptr %place
  ret i64 %n
}
"""
"""What compiled programs ask: `uordblks` of glibc's `mallinfo2`, the bytes of all blocks in use."""

_M_PERTURB, _FILL = -6, 0xA5
"""Has glibc's `mallopt` fill blocks that are given back, so that who still looks at them sees it."""


class Told(NamedTuple):
    """What a case printed, the message of its panic if it had one, and what is wrong with its counts."""

    output: bytes = b""
    panic: bytes | None = None
    counts: str = ""
    is_endless: bool = False

    def printed(self, case: str) -> bytes:
        """What a compiled program prints of the case, which leaves nothing allocated."""
        ended = b"ends with 0" if self.panic is None else b"panics: " + self.panic
        return self.output + f"{case} ".encode() + ended + b"\n"


def with_main(text: str, cases: Iterable[str]) -> str:
    """A text that declares cases, with a `main` that runs them, in compiled programs only. Its function
    `forget` gives up what a case that panicked has left in variables."""
    calls = "".join(f'  tell("{case}", {case})\n' for case in cases)
    return f"{text}{_MAIN}{calls}end\n"


def printed(cases: Sequence[str], told: Sequence[Told]) -> bytes:
    """What a compiled program prints of all its cases."""
    return b"begins\n" + b"".join(one.printed(case) for case, one in zip(cases, told, strict=True))


def interpreted(
    functions: Mapping[str, FuncOp],
    new_variables: Callable[[], Variables],
    entries: Sequence[str],
    *,
    checks_counts: bool,
) -> list[Told]:
    """What the interpreter makes of each case. After a panic it begins anew, with variables anew, since what
    they hold may have changed: what was in use then stays."""

    def run() -> list[Told]:
        told: list[Told] = []
        machine: Machine | None = None
        for entry in entries:
            if machine is None:
                machine = make_machine(functions.get, Host(), LIMITS, checks_counts=checks_counts)
                variables = new_variables()
                machine.globals.update(variables.values)
                fill(machine, variables.fillings)
            told.append(_interpreted(machine, entry))
            if told[-1]._replace(output=b"") != Told():
                machine = None
        return told

    return in_deep_thread(run, LIMITS.depth)


def _interpreted(machine: Machine, entry: str) -> Told:
    machine.n_steps = machine.n_bytes = 0
    told = Told()
    try:
        machine.callee(entry).invoke([])
        machine.counts.check_balance(machine.globals.values())
    except QuartzPanic as panic:
        told = Told(panic=panic.message)
    except InterpreterFault as fault:
        told = Told(counts=str(fault))
    except LimitReached:
        told = Told(is_endless=True)
    written = bytes(machine.host.stdout)
    machine.host.stdout.clear()
    return told._replace(output=written)


def run(objects: Sequence[bytes]) -> tuple[bytes, int]:
    """Loads a program in a fork and runs it; what it wrote to its standard streams, and its status.

    Its blocks are the C library's, so that one that is given back twice is noticed.
    """
    with tempfile.TemporaryFile() as written:
        process = os.fork()
        if process == 0:
            limit_time()
            try:
                os.dup2(written.fileno(), 1)
                os.dup2(written.fileno(), 2)
                os.environ["QUARTZ_ALLOCATOR"] = "system"
                address = jit.load(objects)
                ctypes.CDLL(None).mallopt(_M_PERTURB, _FILL)
                jit.run(address, [b"cases"])
            finally:
                os._exit(1)
        _, status = os.waitpid(process, 0)
        written.seek(0)
        return written.read(), os.waitstatus_to_exitcode(status)


def first_difference(expected: bytes, found: bytes) -> str:
    """The first line in which two outputs differ, with the one before."""
    before = ""
    wanted, got = (text.decode("utf-8", "replace").splitlines() for text in (expected, found))
    for one, other in zip([*wanted, "(the end)"], [*got, "(the end)"], strict=False):
        if one != other:
            return f"after `{before}`: `{other}` and not `{one}`"
        before = one
    return ""

"""Loading objects into this process and running their ``main``.

The objects are linked by LLVM's own loader; C symbols resolve against this process, where libgcc (for
backtraces) and libm are made visible to everybody. The loader registers the frame tables of what it loads, so
that ``_Unwind_Backtrace`` walks through it.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Sequence
from ctypes import c_char_p, c_int
from types import TracebackType
from typing import NoReturn

from qz.base.interrupts import ENDING
from qz.codegen.library import LinkElement, LlvmError, OutString, SymbolAddress, llvm
from qz.codegen.machine import Machine, host

_OBJECT_IMAGE, _JIT_LIBRARY = 2, 3  # element kinds of LLVMPY_LLJIT_Link
_SHARED_LIBRARIES = ("libgcc_s.so.1", "libm.so.6")
# Python ignores or catches these; a program of its own would not.
_DEFAULT_SIGNALS = (*ENDING, signal.SIGPIPE, signal.SIGXFSZ)


def load(objects: Sequence[bytes], entry: str = "main") -> int:
    """Links ``objects`` into this process; the address of ``entry``. They stay for good."""
    for name in _SHARED_LIBRARIES:
        _make_visible(name)
    machine = Machine(host(), 0)
    out = OutString()
    jit = llvm().LLVMPY_CreateLLJITCompiler(machine.handle, False, False, out.slot)
    if not jit:
        raise LlvmError(out.text())
    elements = (LinkElement * (len(objects) + 1))()
    for element, image in zip(elements, objects, strict=False):
        element.kind, element.value, element.size = _OBJECT_IMAGE, image, len(image)
    elements[-1].kind, elements[-1].value, elements[-1].size = _JIT_LIBRARY, b"", 0  # this process's symbols
    exports = (SymbolAddress * 1)()
    exports[0].name = entry.encode()
    imports = (SymbolAddress * 0)()
    with _StderrCapture() as said:
        tracker = llvm().LLVMPY_LLJIT_Link(
            jit, b"program", elements, len(elements), imports, 0, exports, 1, out.slot
        )
    if not tracker:
        raise LlvmError(said.text().strip() or out.text().strip())
    return exports[0].address


class _StderrCapture:
    """Takes what a C library writes to standard error: the loader names missing symbols there only."""

    def __enter__(self) -> "_StderrCapture":
        sys.stderr.flush()
        self._file = os.memfd_create("quartz-loader")
        self._kept = os.dup(2)
        os.dup2(self._file, 2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.dup2(self._kept, 2)
        os.close(self._kept)

    def text(self) -> str:
        """All that was written."""
        return os.pread(self._file, 1 << 16, 0).decode("utf-8", "replace")


def run(
    address: int,
    arguments: Sequence[bytes],
    number: int = 0,
    on_return: Callable[[], object] = lambda: None,
) -> NoReturn:
    """Calls a C ``main`` with ``arguments``, its own name first, and ends the process with its status.

    The entry of tests takes the ``number`` of one; ``on_return`` is not called where the program ends itself.
    """
    argv = (c_char_p * (len(arguments) + 1))(*arguments, None)
    main = ctypes.CFUNCTYPE(c_int, c_int, ctypes.POINTER(c_char_p), ctypes.c_int64)(address)
    sys.stdout.flush()
    sys.stderr.flush()
    for signal_number in _DEFAULT_SIGNALS:
        signal.signal(signal_number, signal.SIG_DFL)
    status = main(len(arguments), argv, number)
    ctypes.CDLL(None).fflush(None)
    on_return()
    os._exit(status & 0xFF)


def _make_visible(name: str) -> None:
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise LlvmError(f"cannot load {name}: {error}") from error

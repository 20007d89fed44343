"""Target machines: the host's description, and the object that turns a module into machine code."""

import ctypes
from functools import cache
from types import TracebackType

from qz.codegen.library import LlvmError, OutString, llvm
from qz.codegen.target import Target


@cache
def initialise_native() -> None:
    """Makes LLVM know the processor it runs on."""
    llvm().LLVMPY_InitializeNativeTarget()
    llvm().LLVMPY_InitializeNativeAsmPrinter()


@cache
def initialise_all() -> None:
    """Makes LLVM know every processor it was built for; only cross compilation pays for it."""
    library = llvm()
    library.LLVMPY_InitializeAllTargetInfos()
    library.LLVMPY_InitializeAllTargets()
    library.LLVMPY_InitializeAllTargetMCs()
    library.LLVMPY_InitializeAllAsmPrinters()


def host_triple() -> str:
    """The triple of the machine that the compiler runs on."""
    out = OutString()
    llvm().LLVMPY_GetDefaultTargetTriple(out.slot)
    return out.text()


@cache
def host() -> Target:
    """The very processor that the compiler runs on, for code that runs nowhere else."""
    name, features = OutString(), OutString()
    llvm().LLVMPY_GetHostCPUName(name.slot)
    llvm().LLVMPY_GetHostCPUFeatures(features.slot)
    in_order = ",".join(sorted(features.text().split(","), key=lambda feature: feature[1:]))
    return Target(host_triple(), name.text(), in_order)


def is_known_target(triple: str) -> bool:
    """Whether LLVM has a code generator for ``triple``."""
    initialise_all()
    return bool(llvm().LLVMPY_GetTargetFromTriple(triple.encode(), OutString().slot))


class Machine:
    """A target machine of LLVM; free it with `close` or a ``with`` block."""

    def __init__(self, target: Target, codegen_level: int) -> None:
        if target.triple == host_triple():
            initialise_native()
        else:
            initialise_all()
        out = OutString()
        triple = target.triple.encode()
        description = llvm().LLVMPY_GetTargetFromTriple(triple, out.slot)
        if not description:
            raise LlvmError(f"unknown target `{target.triple}`: {out.text()}")
        # Position independent, because linkers make position-independent executables by default; the
        # "default" code model, because llvmlite's own default is the large one.
        self.handle: int | None = llvm().LLVMPY_CreateTargetMachine(
            description,
            triple,
            target.cpu.encode(),
            target.features.encode(),
            codegen_level,
            b"pic",
            b"default",
            0,
            0,
            b"",
        )
        if not self.handle:
            raise LlvmError(f"no code generator for target `{target.triple}`")
        llvm().LLVMPY_SetTargetMachineAsmVerbosity(self.handle, 0)

    def __enter__(self) -> "Machine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Frees the machine; doing so twice is fine."""
        if self.handle:
            llvm().LLVMPY_DisposeTargetMachine(self.handle)
            self.handle = None

    def data_layout(self) -> str:
        """The data layout string that modules for this machine must carry."""
        data = llvm().LLVMPY_CreateTargetMachineData(self.handle)
        out = OutString()
        llvm().LLVMPY_CopyStringRepOfTargetData(data, out.slot)
        llvm().LLVMPY_DisposeTargetData(data)
        return out.text()

    def emit(self, module_handle: int | None, *, assembly: bool) -> bytes:
        """Machine code of a module, as an object file or as assembly text."""
        out = OutString()
        kind = int(not assembly)
        buffer = llvm().LLVMPY_TargetMachineEmitToMemory(self.handle, module_handle, kind, out.slot)
        if not buffer:
            raise LlvmError(out.text())
        start = llvm().LLVMPY_GetBufferStart(buffer)
        try:
            return ctypes.string_at(start, llvm().LLVMPY_GetBufferSize(buffer))
        finally:
            llvm().LLVMPY_DisposeMemoryBuffer(buffer)

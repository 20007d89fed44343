"""A module of LLVM IR in memory: parsed from text, linked, optimised, written out."""

import ctypes
from collections.abc import Collection, Iterable, Iterator
from types import TracebackType

from qz.codegen.library import LlvmError, OutString, llvm
from qz.codegen.machine import Machine
from qz.codegen.profiles import FRUGAL_THRESHOLD, FRUGAL_UNROLLED_COST, UNROLLED_COST, Profile

_EXTERNAL, _AVAILABLE_EXTERNALLY, _INTERNAL = 0, 1, 8  # LLVMLinkage of llvm-c/Core.h


class Module:
    """A module and the context it lives in; both are freed by `close` or at the end of a ``with`` block."""

    def __init__(self, text: bytes) -> None:
        if b"\0" in text:
            raise LlvmError("the text holds a NUL byte, at which LLVM would silently stop reading")
        self._context = llvm().LLVMPY_ContextCreate()
        out = OutString()
        self._handle = llvm().LLVMPY_ParseAssembly(self._context, text, out.slot)
        message = out.text()
        if message or not self._handle:
            self.close()
            raise LlvmError(message.strip())

    def __enter__(self) -> "Module":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Frees everything; doing so twice is fine."""
        if self._handle:
            llvm().LLVMPY_DisposeModule(self._handle)
            self._handle = None
        if self._context:
            llvm().LLVMPY_ContextDispose(self._context)
            self._context = None

    def link_in(self, bitcodes: Iterable[bytes], *, owned: bool = True) -> None:
        """Adds the definitions of other modules.

        Where they are not ``owned`` they serve inlining only: another unit holds the real ones, and those
        that nothing here leads to are left out. They are linked with each other first, because LLVM looks at
        every instruction of the module that it adds to, each time.
        """
        joined: int | None = None
        for bitcode in bitcodes:
            other = self._parsed(bitcode)
            if joined is None:
                joined = other
            else:
                _link(joined, other)
        if joined is None:
            return
        if not owned:
            for value in _definitions(joined):
                if llvm().LLVMPY_GetLinkage(value) == _EXTERNAL:
                    llvm().LLVMPY_SetLinkage(value, _AVAILABLE_EXTERNALLY)
        _link(self._handle, joined)

    def _parsed(self, bitcode: bytes) -> int:
        out = OutString()
        module = llvm().LLVMPY_ParseBitcode(self._context, bitcode, len(bitcode), out.slot)
        message = out.text()
        if message or not module:
            raise LlvmError(message.strip())
        return module

    def prepare(self, triple: str, machine: Machine) -> None:
        """Says what the module is compiled for."""
        llvm().LLVMPY_SetTarget(self._handle, triple.encode())
        llvm().LLVMPY_SetDataLayout(self._handle, machine.data_layout().encode())

    def keep_only(self, names: Collection[str]) -> None:
        """Makes every definition internal but those named, so that LLVM may drop, inline and change them."""
        library = llvm()
        kept = {name.encode() for name in names}
        for value in _definitions(self._handle):
            if (
                library.LLVMPY_GetLinkage(value) == _EXTERNAL
                and library.LLVMPY_GetValueName(value) not in kept
            ):
                library.LLVMPY_SetLinkage(value, _INTERNAL)

    def verify(self) -> None:
        """Raises what LLVM's verifier has to say, if anything."""
        out = OutString()
        if llvm().LLVMPY_VerifyModule(self._handle, out.slot):
            raise LlvmError(out.text().strip() or "the module is malformed")

    def optimise(
        self, machine: Machine, profile: Profile, *, frugal: bool = False, timed: bool = False
    ) -> str:
        """Runs the passes of ``profile``; returns LLVM's table of times if ``timed``.

        ``frugal``: as one of many modules of a program, see `FRUGAL_THRESHOLD`.
        """
        library = llvm()
        unrolled = FRUGAL_UNROLLED_COST if frugal else UNROLLED_COST
        library.LLVMPY_SetCommandLine(b"qz", f"-unroll-threshold-default={unrolled}".encode())
        tuning = library.LLVMPY_CreatePipelineTuningOptions()
        library.LLVMPY_PTOSetLoopVectorization(tuning, profile.vectorize)
        library.LLVMPY_PTOSetSLPVectorization(tuning, profile.vectorize)
        if frugal:
            library.LLVMPY_PTOSetInlinerThreshold(tuning, FRUGAL_THRESHOLD)
        builder = library.LLVMPY_CreatePassBuilder(machine.handle, tuning)
        clock = library.LLVMPY_CreateTimePassesHandler() if timed else None
        if clock:
            library.LLVMPY_EnableTimePasses(builder, clock)
        passes = _pass_manager(builder, profile)
        library.LLVMPY_RunNewModulePassManager(passes, self._handle, builder)
        library.LLVMPY_DisposeNewModulePassManger(passes)
        library.LLVMPY_DisposePassBuilder(builder)
        library.LLVMPY_DisposePipelineTuningOptions(tuning)
        if not clock:
            return ""
        out = OutString()
        library.LLVMPY_ReportAndDisableTimePasses(clock, out.slot)
        library.LLVMPY_DisposeTimePassesHandler(clock)
        return out.text()

    def text(self) -> str:
        """The module as LLVM prints it."""
        out = OutString()
        llvm().LLVMPY_PrintModuleToString(self._handle, out.slot)
        return out.text()

    def bitcode(self) -> bytes:
        """The module as LLVM bitcode."""
        start, size = ctypes.c_void_p(), ctypes.c_size_t()
        llvm().LLVMPY_WriteBitcodeToString(self._handle, ctypes.byref(start), ctypes.byref(size))
        data = ctypes.string_at(start, size.value)
        llvm().LLVMPY_DisposeString(start)
        return data

    def object_code(self, machine: Machine) -> bytes:
        """The module as an object file."""
        return machine.emit(self._handle, assembly=False)

    def assembly(self, machine: Machine) -> bytes:
        """The module as assembly text; made from a copy, since emitting changes what it emits."""
        copy = llvm().LLVMPY_CloneModule(self._handle)
        try:
            return machine.emit(copy, assembly=True)
        finally:
            llvm().LLVMPY_DisposeModule(copy)


def _link(module: int | None, other: int) -> None:
    """Adds the definitions of ``other``, which is freed, also where that fails."""
    out = OutString()
    if llvm().LLVMPY_LinkModules(module, other, out.slot):
        raise LlvmError(out.text().strip())


def _pass_manager(builder: int, profile: Profile) -> int:
    library = llvm()
    if profile.speed_level is not None:
        return library.LLVMPY_buildPerModuleDefaultPipeline(builder, profile.speed_level)
    passes = library.LLVMPY_CreateNewModulePassManager()
    for name in profile.passes:
        getattr(library, f"LLVMPY_module_Add{name}Pass")(passes)
    return passes


def _definitions(module: int | None) -> Iterator[int]:
    """Every function and global variable that has a body, collected first: callers change what they visit."""
    library = llvm()
    values: list[int] = []
    for kind in ("Function", "Global"):
        iterator = getattr(library, f"LLVMPY_Module{kind}sIter")(module)
        following = getattr(library, f"LLVMPY_{kind}sIterNext")
        while value := following(iterator):
            if not library.LLVMPY_IsDeclaration(value):
                values.append(value)
        getattr(library, f"LLVMPY_Dispose{kind}sIter")(iterator)
    return iter(values)

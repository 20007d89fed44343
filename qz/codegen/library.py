"""The C functions of the LLVM that llvmlite bundles, called through ctypes.

``llvmlite.binding`` costs 50 ms of Python at import and takes one lock around every call; the library alone
loads in 6 ms. So its functions are declared here, only those in use, with the prototypes that llvmlite gives
them. A test compares this table with llvmlite's own declarations; its version is pinned exactly.
"""

import ctypes
import os
import sys
from ctypes import POINTER, c_bool, c_char_p, c_int, c_size_t, c_uint8, c_uint64, c_void_p
from functools import cache
from importlib.machinery import PathFinder

_LIBRARY_NAMES = {"linux": "libllvmlite.so", "darwin": "libllvmlite.dylib", "win32": "llvmlite.dll"}


class LlvmError(Exception):
    """LLVM refused something and said why; the process is still sound."""


class LinkElement(ctypes.Structure):
    """One input of `LLVMPY_LLJIT_Link`: an object image (kind 2) or a library already known (kind 3)."""

    _fields_ = (("kind", c_uint8), ("value", c_char_p), ("size", c_size_t))


class SymbolAddress(ctypes.Structure):
    """A symbol that crosses the border of a just-in-time library, and its address."""

    _fields_ = (("name", c_char_p), ("address", c_uint64))


_OUT = POINTER(c_char_p)  # where a function leaves a string that `LLVMPY_DisposeString` frees
_PTR = c_void_p

# name without its LLVMPY_ prefix -> (result, parameters)
SIGNATURES: dict[str, tuple[object, tuple[object, ...]]] = {
    "DisposeString": (None, (_PTR,)),
    "GetVersionInfo": (ctypes.c_uint, ()),
    "SetCommandLine": (None, (c_char_p, c_char_p)),
    # targets
    "InitializeNativeTarget": (None, ()),
    "InitializeNativeAsmPrinter": (None, ()),
    "InitializeAllTargetInfos": (None, ()),
    "InitializeAllTargets": (None, ()),
    "InitializeAllTargetMCs": (None, ()),
    "InitializeAllAsmPrinters": (None, ()),
    "GetDefaultTargetTriple": (None, (_OUT,)),
    "GetHostCPUName": (None, (_OUT,)),
    "GetHostCPUFeatures": (c_int, (_OUT,)),
    "GetTargetFromTriple": (_PTR, (c_char_p, _OUT)),
    "CreateTargetMachine": (
        _PTR,
        (_PTR, c_char_p, c_char_p, c_char_p, c_int, c_char_p, c_char_p, c_int, c_int, c_char_p),
    ),
    "DisposeTargetMachine": (None, (_PTR,)),
    "SetTargetMachineAsmVerbosity": (None, (_PTR, c_int)),
    "CreateTargetMachineData": (_PTR, (_PTR,)),
    "CopyStringRepOfTargetData": (None, (_PTR, _OUT)),
    "DisposeTargetData": (None, (_PTR,)),
    "TargetMachineEmitToMemory": (_PTR, (_PTR, _PTR, c_int, _OUT)),
    "GetBufferStart": (c_void_p, (_PTR,)),
    "GetBufferSize": (c_size_t, (_PTR,)),
    "DisposeMemoryBuffer": (None, (_PTR,)),
    # modules
    "ContextCreate": (_PTR, ()),
    "ContextDispose": (None, (_PTR,)),
    "ParseAssembly": (_PTR, (_PTR, c_char_p, _OUT)),
    "ParseBitcode": (_PTR, (_PTR, c_char_p, c_size_t, _OUT)),
    "CloneModule": (_PTR, (_PTR,)),
    "DisposeModule": (None, (_PTR,)),
    "VerifyModule": (c_bool, (_PTR, _OUT)),
    "SetDataLayout": (None, (_PTR, c_char_p)),
    "SetTarget": (None, (_PTR, c_char_p)),
    "LinkModules": (c_int, (_PTR, _PTR, _OUT)),
    "PrintModuleToString": (None, (_PTR, _OUT)),
    "WriteBitcodeToString": (None, (_PTR, POINTER(c_void_p), POINTER(c_size_t))),
    "ModuleFunctionsIter": (_PTR, (_PTR,)),
    "FunctionsIterNext": (_PTR, (_PTR,)),
    "DisposeFunctionsIter": (None, (_PTR,)),
    "ModuleGlobalsIter": (_PTR, (_PTR,)),
    "GlobalsIterNext": (_PTR, (_PTR,)),
    "DisposeGlobalsIter": (None, (_PTR,)),
    "GetValueName": (c_char_p, (_PTR,)),
    "IsDeclaration": (c_int, (_PTR,)),
    "GetLinkage": (c_int, (_PTR,)),
    "SetLinkage": (None, (_PTR, c_int)),
    # passes
    "CreatePipelineTuningOptions": (_PTR, ()),
    "DisposePipelineTuningOptions": (None, (_PTR,)),
    "PTOSetInlinerThreshold": (None, (_PTR, c_int)),
    "PTOSetSLPVectorization": (None, (_PTR, c_bool)),
    "PTOSetLoopVectorization": (None, (_PTR, c_bool)),
    "CreatePassBuilder": (_PTR, (_PTR, _PTR)),
    "DisposePassBuilder": (None, (_PTR,)),
    "buildPerModuleDefaultPipeline": (_PTR, (_PTR, c_int)),
    "CreateNewModulePassManager": (_PTR, ()),
    "DisposeNewModulePassManger": (None, (_PTR,)),
    "RunNewModulePassManager": (None, (_PTR, _PTR, _PTR)),
    "module_AddSROAPass": (None, (_PTR,)),
    "module_AddInstCombinePass": (None, (_PTR,)),
    "module_AddSimplifyCFGPass": (None, (_PTR,)),
    "module_AddAlwaysInlinerPass": (None, (_PTR,)),
    "CreateTimePassesHandler": (_PTR, ()),
    "DisposeTimePassesHandler": (None, (_PTR,)),
    "EnableTimePasses": (None, (_PTR, _PTR)),
    "ReportAndDisableTimePasses": (None, (_PTR, _OUT)),
    # just-in-time loading
    "CreateLLJITCompiler": (_PTR, (_PTR, c_bool, c_bool, _OUT)),
    "LLJIT_Link": (
        _PTR,
        (
            _PTR,
            c_char_p,
            POINTER(LinkElement),
            c_size_t,
            POINTER(SymbolAddress),
            c_size_t,
            POINTER(SymbolAddress),
            c_size_t,
            _OUT,
        ),
    ),
}


def _library_path() -> str:
    spec = PathFinder.find_spec("llvmlite")  # finds the package without running its Python
    if spec is None or spec.origin is None:
        raise LlvmError("llvmlite is not installed")
    name = _LIBRARY_NAMES.get(sys.platform, "libllvmlite.so")
    return os.path.join(os.path.dirname(spec.origin), "binding", name)


@cache
def llvm() -> ctypes.CDLL:
    """The library, loaded once, with every prototype set."""
    path = _library_path()
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise LlvmError(f"cannot load LLVM from {path}: {error}") from error
    for name, (result, parameters) in SIGNATURES.items():
        function = getattr(library, "LLVMPY_" + name)
        function.restype = result
        function.argtypes = parameters
    return library


class OutString:
    """A slot for a string made by LLVM; `text` copies and frees it.

    >>> out = OutString()
    >>> llvm().LLVMPY_GetHostCPUName(out.slot)
    >>> out.text()
    'znver5'
    """

    def __init__(self) -> None:
        self._pointer = c_char_p()
        self.slot = ctypes.byref(self._pointer)

    def text(self) -> str:
        """What was left in the slot ("" where nothing was); the C string is freed."""
        value = self._pointer.value
        if value is None:
            return ""
        llvm().LLVMPY_DisposeString(self._pointer)
        self._pointer.value = None
        return value.decode("utf-8", "replace")

"""The prototypes of `qz.codegen.library` against those that llvmlite declares for itself."""

import ctypes

import pytest
from llvmlite.binding import ffi

from qz.codegen.library import SIGNATURES, LinkElement, SymbolAddress

# Functions that llvmlite calls without declaring anything, leaving the types to ctypes' defaults.
_UNDECLARED = {
    "DisposeString",
    "InitializeNativeTarget",
    "InitializeNativeAsmPrinter",
    "InitializeAllTargetInfos",
    "InitializeAllTargets",
    "InitializeAllTargetMCs",
    "InitializeAllAsmPrinters",
}


def _shape(c_type: object) -> str:
    """What matters of a ctypes type to the machine: a pointer is a pointer."""
    if c_type is None:
        return "nothing"
    assert isinstance(c_type, type)
    if issubclass(c_type, ctypes.Structure):
        return "struct"
    if c_type in (ctypes.c_char_p, ctypes.c_void_p) or issubclass(c_type, ctypes._Pointer):
        return "pointer"
    return f"{ctypes.sizeof(c_type)} bytes"


@pytest.mark.parametrize("name", sorted(set(SIGNATURES) - _UNDECLARED))
def test_parameters_are_as_llvmlite_declares_them(name):
    theirs = getattr(ffi.lib, "LLVMPY_" + name)
    _, parameters = SIGNATURES[name]
    if theirs.argtypes is None:
        assert parameters == ()
    else:
        assert [_shape(each) for each in theirs.argtypes] == [_shape(each) for each in parameters]


@pytest.mark.parametrize("name", sorted(set(SIGNATURES) - _UNDECLARED))
def test_results_are_as_llvmlite_declares_them(name):
    result, _ = SIGNATURES[name]
    theirs = getattr(ffi.lib, "LLVMPY_" + name).restype
    if result is None:
        assert theirs in (None, ctypes.c_int)  # int is what ctypes assumes where nothing is declared
    else:
        assert _shape(theirs) == _shape(result)


def test_structures_are_laid_out_as_llvmlites():
    from llvmlite.binding import orcjit

    for ours, theirs in ((LinkElement, orcjit._LinkElement), (SymbolAddress, orcjit._SymbolAddress)):
        assert [c_type for _, c_type in ours._fields_] == [c_type for _, c_type in theirs._fields_]


def test_version_is_the_one_the_project_is_written_for():
    from llvmlite.binding import llvm_version_info

    from qz.codegen.library import llvm

    packed = llvm().LLVMPY_GetVersionInfo()
    assert (packed >> 16 & 0xFF, packed >> 8 & 0xFF, packed & 0xFF) == llvm_version_info
    assert llvm_version_info[0] == 22

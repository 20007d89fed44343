"""What lowered functions compute, by our own printer and by MLIR's, beside what Python computes."""

import ctypes
import shutil
import struct
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from lowering.options import LoweringOptions
from tests.unit.lowering.jit import SAMPLES, Program, lowered, unit_of

MLIR_TRANSLATE = shutil.which("mlir-translate-22")
MLIR_OPT = shutil.which("mlir-opt-22")


def translated_by_mlir(text: str) -> str:
    """The LLVM text that MLIR's own translation gives for a printed module."""
    assert MLIR_TRANSLATE is not None
    run = subprocess.run(
        [MLIR_TRANSLATE, "--mlir-to-llvmir"], input=text, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@cache
def program(sample: str, way: str) -> Program:
    text = (SAMPLES / f"{sample}.mlir").read_text()
    options = LoweringOptions(release=way == "release")
    module = lowered(text, options)
    if way == "mlir":
        return Program(translated_by_mlir(str(module)))
    return Program(unit_of(module, options))


@pytest.fixture(
    params=[
        "ours",
        "release",
        pytest.param(
            "mlir", marks=pytest.mark.skipif(MLIR_TRANSLATE is None, reason="needs mlir-translate-22")
        ),
    ]
)
def way(request: pytest.FixtureRequest) -> str:
    return request.param


def call(sample: str, way: str, name: str, *arguments: int) -> int:
    return program(sample, way).function(name, len(arguments))(*arguments)


def bits(value: float) -> int:
    return struct.unpack("<q", struct.pack("<d", value))[0]


@pytest.mark.parametrize("n", [-1, 0, 1, 10, 1000])
def test_loop_with_checked_sums(way: str, n: int) -> None:
    assert call("arithmetic", way, "sum_of_squares", n) == sum(i * i for i in range(n + 1))


def test_recursion(way: str) -> None:
    numbers = [call("arithmetic", way, "fibonacci", n) for n in range(15)]
    assert numbers == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377]


@pytest.mark.parametrize(("a", "b"), [(0, 0), (255, 1), (200, 100), (17, 3)])
def test_unsigned_bytes_wrap_and_stay_extended(way: str, a: int, b: int) -> None:
    assert call("arithmetic", way, "bytes_wrap", a, b) == ~((a + b) * b) & 0xFF


@pytest.mark.parametrize(("a", "b", "expected"), [(-128, -1, 0), (100, 3, 8), (-100, 3, -8), (64, 4, -128)])
def test_signed_bytes(way: str, a: int, b: int, expected: int) -> None:
    assert call("arithmetic", way, "signed_bytes", a, b) == expected


@pytest.mark.parametrize(("divisor", "expected"), [(-1, -(2**63)), (1, -(2**63)), (2, -(2**62))])
def test_minimum_divided(way: str, divisor: int, expected: int) -> None:
    assert call("arithmetic", way, "minimum_by", divisor) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.9, 1), (-1.9, -1), (1e300, 32767), (-1e300, -32768), (float("nan"), 0), (float("-inf"), -32768)],
)
def test_float_to_integer_saturates(way: str, value: float, expected: int) -> None:
    assert call("arithmetic", way, "saturated", bits(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 6464), (40, 2_58_03), (-1, 64_00_00), (-(2**63), 1_00_63)]
)
def test_bits_are_counted(way: str, value: int, expected: int) -> None:
    """How many are 1, and how many 0 from the highest and from the lowest on, with two digits each."""
    assert call("arithmetic", way, "counted", value) == expected


@pytest.mark.parametrize("value", [0.1, -0.0, 1e308, 5e-324])
def test_floats_cross_as_their_bits(way: str, value: float) -> None:
    assert call("arithmetic", way, "halved", bits(value)) == bits(value * 0.5)


@pytest.mark.parametrize("x", [0, 1, 4, 5, 9])
def test_short_circuit(way: str, x: int) -> None:
    assert call("arithmetic", way, "middle", 1, 5, x) == int(1 <= x < 5)


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (0, 10, 3),
        (10, 0, -3),
        (-128, 127, 127),
        (127, -128, -128),
        (5, 5, 1),
        (5, 5, -1),
        (6, 5, 1),
        (-128, 127, 1),
    ],
)
def test_steps_up_to_the_ends_of_the_type(way: str, low: int, high: int, step: int) -> None:
    turns = len(range(low, high + (1 if step > 0 else -1), step))
    assert call("arithmetic", way, "steps", low, high, step) == turns


def test_static_strings_hold_any_bytes(way: str) -> None:
    assert call("memory", way, "of_constant") == sum("a\u00e9\0z".encode())


def test_vector_of_narrow_numbers(way: str) -> None:
    numbers = (ctypes.c_int16 * 5)(-3, 2, 30000, 4, -5)
    header = (ctypes.c_int64 * 4)(ctypes.addressof(numbers), 5, 5, 17)
    assert call("memory", way, "reverse", ctypes.addressof(header)) == 5
    assert list(numbers) == [-5, 4, 30000, 2, -3]


def test_linked_list(way: str) -> None:
    nodes = [(ctypes.c_int64 * 2)(i, 0) for i in range(4)]
    for node, following in pairwise(nodes):
        node[1] = ctypes.addressof(following)
    assert call("memory", way, "length", ctypes.addressof(nodes[0])) == 4
    assert call("memory", way, "length", 0) == 0


def c_function(way: str, name: str, result: Any, *parameters: Any) -> Callable[..., Any]:
    return ctypes.CFUNCTYPE(result, *parameters)(call("callbacks", way, name))


def test_c_calls_with_narrow_integers(way: str) -> None:
    add = c_function(way, "sum_entry", ctypes.c_int32, ctypes.c_int8, ctypes.c_uint16, ctypes.c_int32)
    assert add(-1, 65535, -70000) == -1 + 65535 - 70000
    # What lies beyond the width of an argument is left over from something else.
    add = c_function(way, "sum_entry", ctypes.c_int32, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)
    assert add(0x7FFF_FF80, 0x7FFF_0001, 0x1234_0000_0002) == -128 + 1 + 2


def test_c_calls_with_floats_and_bools(way: str) -> None:
    scale = c_function(way, "scale_entry", ctypes.c_float, ctypes.c_float, ctypes.c_double, ctypes.c_bool)
    assert scale(1.5, 4.0, False) == 6.0
    assert scale(1.5, 4.0, True) == -6.0
    less = c_function(way, "less_entry", ctypes.c_bool, ctypes.c_int64, ctypes.c_double)
    assert less(-3, 0.5) is True
    assert less(1 << 40, 0.5) is False


@pytest.mark.skipif(MLIR_OPT is None, reason="needs mlir-opt-22")
@pytest.mark.parametrize("sample", ["arithmetic", "memory", "callbacks"])
@pytest.mark.parametrize("release", [False, True])
def test_stock_mlir_reads_the_stage(sample: str, release: bool) -> None:
    assert MLIR_OPT is not None
    text = str(lowered((SAMPLES / f"{sample}.mlir").read_text(), LoweringOptions(release=release)))
    run = subprocess.run(
        [MLIR_OPT, "--verify-roundtrip"], input=text, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr

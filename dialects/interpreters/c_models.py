"""Models of C functions that programs declare themselves. Pointers are addresses of the machine's memory."""

import ctypes
import ctypes.util
from functools import cache

from dialects import numbers
from dialects.interpreters.machine import Machine, Model, pure
from dialects.interpreters.values import InterpreterFault, ProgramExit
from dialects.qz.types import si32

MATH_FUNCTIONS: dict[str, int] = {
    **dict.fromkeys(
        ["sqrt", "cbrt", "exp", "exp2", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan"],
        1,
    ),
    **dict.fromkeys(["sinh", "cosh", "tanh", "floor", "ceil", "round", "trunc", "fabs"], 1),
    **dict.fromkeys(["pow", "hypot", "atan2", "fmod", "copysign", "fmin", "fmax"], 2),
}
"""The functions of a double that C's library answers itself, and how many arguments each takes."""

STDOUT, STDERR = 1, 2
CASE_BIT = 0x20


@cache
def math_library() -> ctypes.CDLL:
    """Loads the library of mathematical functions."""
    return ctypes.CDLL(ctypes.util.find_library("m"))


def math_model(name: str, n_arguments: int) -> Model:
    """Makes the model of a function on doubles: the real one, so that every bit agrees."""

    def model(machine: Machine, *arguments: float) -> float:
        function = getattr(math_library(), name)
        function.restype = ctypes.c_double
        function.argtypes = [ctypes.c_double] * n_arguments
        return function(*arguments)

    return model


def malloc(machine: Machine, n: int) -> int:
    return machine.memory.allocate(n)


def calloc(machine: Machine, n: int, size: int) -> int:
    return machine.memory.allocate(n * size)


def realloc(machine: Machine, place: int, n: int) -> int:
    return machine.memory.reallocate(place, n)


def free(machine: Machine, place: int) -> None:
    machine.memory.free(place)


def strlen(machine: Machine, text: int) -> int:
    return len(machine.memory.read_c_string(text))


def strcmp(machine: Machine, left: int, right: int) -> int:
    left_bytes, right_bytes = machine.memory.read_c_string(left), machine.memory.read_c_string(right)
    return (left_bytes > right_bytes) - (left_bytes < right_bytes)


def strchr(machine: Machine, text: int, byte: int) -> int:
    offset = (machine.memory.read_c_string(text) + b"\0").find(byte & 0xFF)
    return text + offset if offset >= 0 else 0


def abs_(machine: Machine, n: int) -> int:
    return numbers.INT_RANGES[si32].wrap(abs(n))


def toupper(machine: Machine, byte: int) -> int:
    return byte - CASE_BIT if ord("a") <= byte <= ord("z") else byte


def tolower(machine: Machine, byte: int) -> int:
    return byte + CASE_BIT if ord("A") <= byte <= ord("Z") else byte


def memcmp(machine: Machine, left: int, right: int, n: int) -> int:
    left_bytes, right_bytes = machine.memory.read(left, n), machine.memory.read(right, n)
    return (left_bytes > right_bytes) - (left_bytes < right_bytes)


def memcpy(machine: Machine, destination: int, source: int, n: int) -> int:
    machine.memory.write(destination, machine.memory.read(source, n))
    return destination


def memset(machine: Machine, destination: int, byte: int, n: int) -> int:
    machine.memory.write(destination, bytes([byte & 0xFF]) * n)
    return destination


def write(machine: Machine, descriptor: int, place: int, n: int) -> int:
    streams = {STDOUT: machine.host.stdout, STDERR: machine.host.stderr}
    if descriptor not in streams:
        raise InterpreterFault(f"write to the descriptor {descriptor}")
    streams[descriptor] += machine.memory.read(place, n)
    return n


def puts(machine: Machine, text: int) -> int:
    machine.host.stdout += machine.memory.read_c_string(text) + b"\n"
    return 1


def putchar(machine: Machine, byte: int) -> int:
    machine.host.stdout.append(byte & 0xFF)
    return byte & 0xFF


def getenv(machine: Machine, name: int) -> int:
    value = machine.host.environ.get(machine.memory.read_c_string(name))
    return 0 if value is None else machine.words.address_of(value)


def from_c(machine: Machine, place: int) -> bytes:
    """What the runtime makes of a string of C's."""
    return machine.memory.read_c_string(place) if place else b""


def exit_(machine: Machine, status: int) -> None:
    raise ProgramExit(status)


PURE_MODELS: dict[str, Model] = {
    **{name: math_model(name, n) for name, n in MATH_FUNCTIONS.items()},
    "abs": abs_,
    "labs": pure(abs),
    "toupper": toupper,
    "tolower": tolower,
}
"""Functions of numbers alone."""

MODELS: dict[str, Model] = {
    **PURE_MODELS,
    "malloc": malloc,
    "calloc": calloc,
    "realloc": realloc,
    "free": free,
    "strcmp": strcmp,
    "strchr": strchr,
    "memcmp": memcmp,
    "memcpy": memcpy,
    "memmove": memcpy,
    "memset": memset,
    "strlen": strlen,
    "getenv": getenv,
    "rt.string$from_c": from_c,
    "write": write,
    "puts": puts,
    "putchar": putchar,
    "exit": exit_,
    "_exit": exit_,
}

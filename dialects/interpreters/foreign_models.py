"""Models of the runtime's functions on memory that a program shares with C, and on libraries: there are none.

So nothing that needs a library is reached: `rt.tls$load` says that it is not there.
"""

import struct

from dialects.interpreters.c_models import from_c
from dialects.interpreters.machine import Machine, Model, pure

REASON = b"the interpreter loads no libraries"
WORD = 8


def no_library(machine: Machine, name: bytes) -> int:
    return 0


def no_symbol(machine: Machine, library: int, name: bytes) -> int:
    return 0


def not_closed(machine: Machine, library: int) -> bool:
    return False


def take(machine: Machine, n: int) -> int:
    return machine.memory.allocate(n)


def give(machine: Machine, place: int) -> None:
    machine.memory.free(place)


def text_of(machine: Machine, place: int, n: int) -> bytes:
    return machine.memory.read(place, n)


def put_text(machine: Machine, place: int, text: bytes) -> None:
    machine.memory.write(place, text)


def load(machine: Machine, place: int, n_bytes: int) -> int:
    return machine.memory.load(place, n_bytes, signed=n_bytes == WORD)


def store(machine: Machine, place: int, n_bytes: int, value: int) -> None:
    machine.memory.store(place, n_bytes, value)


def load_f64(machine: Machine, place: int) -> float:
    return struct.unpack("<d", machine.memory.read(place, WORD))[0]


def store_f64(machine: Machine, place: int, value: float) -> None:
    machine.memory.write(place, struct.pack("<d", value))


MODELS: dict[str, Model] = {
    "rt.foreign$open": no_library,
    "rt.foreign$symbol": no_symbol,
    "rt.foreign$close": not_closed,
    "rt.foreign$reason": pure(lambda: REASON),
    "rt.foreign$take": take,
    "rt.foreign$give": give,
    "rt.foreign$text": from_c,
    "rt.foreign$text_of": text_of,
    "rt.foreign$put_text": put_text,
    "rt.foreign$load": load,
    "rt.foreign$store": store,
    "rt.foreign$load_f64": load_f64,
    "rt.foreign$store_f64": store_f64,
    "rt.tls$load": pure(lambda: False),
    "rt.tls$why_not_loaded": pure(lambda: REASON),
}

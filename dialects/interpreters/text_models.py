"""Models of the runtime's functions on strings, string builders and numbers as text.

A string builder is a bytearray.
"""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import chain, islice
from operator import add

from dialects import numbers
from dialects.interpreters.machine import Machine, Model, pure
from dialects.interpreters.show import show
from dialects.interpreters.text import (
    MAX_CODE_POINT,
    REPLACEMENT,
    SURROGATES,
    character_at,
    next_character,
)
from dialects.interpreters.values import QuartzPanic, Vec
from dialects.qz.types import f32, f64, i1, ui8

MIN_INT, MAX_INT = -(1 << 63), (1 << 63) - 1

CONTINUATIONS = bytes(range(0x80, 0xC0))
CODE_POINT = re.compile(rb"[^\x80-\xbf]")

INT_TEXT = re.compile(rb"[+-]?[0-9]+")
F64_TEXT = re.compile(rb"[+-]?(inf|nan|([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)")


def check_slice(start: int, stop: int, size: int, unit: str) -> None:
    """Panics as the runtime does on a slice that is not inside."""
    if start < 0 or stop > size or start > stop:
        raise QuartzPanic(f"slice {start}..{stop} is out of bounds for {size} {unit}".encode())


def slice_(machine: Machine, text: bytes, start: int, stop: int) -> bytes:
    check_slice(start, stop, len(text), "bytes")
    return text[start:stop]


def index_of(machine: Machine, text: bytes, part: bytes, start: int) -> int:
    machine.charge_reading(len(text))
    return text.find(part, start) if 0 <= start <= len(text) else -1


def has_at(machine: Machine, text: bytes, part: bytes, at: int) -> bool:
    return 0 <= at <= len(text) - len(part) and text.startswith(part, at)


def code_points(machine: Machine, text: bytes) -> int:
    machine.charge_reading(len(text))
    return len(text.translate(None, CONTINUATIONS))


def known_byte(machine: Machine, text: bytes, index: int) -> int:
    machine.charge_reading(len(text))
    return text[index] if 0 <= index < len(text) and text.isascii() else -1


def code_point_offset(machine: Machine, text: bytes, index: int) -> int:
    if not 0 <= index <= len(text):
        return -1
    machine.charge_reading(len(text))
    if text.isascii():
        return index
    starts = (start.start() for start in CODE_POINT.finditer(text))
    return next(islice(chain(starts, (len(text),)), index, None), -1)


def from_code_point(machine: Machine, code: int) -> bytes:
    valid = 0 <= code <= MAX_CODE_POINT and code not in SURROGATES
    return chr(code if valid else REPLACEMENT).encode()


def bytes_of(machine: Machine, text: bytes) -> Vec:
    return Vec(ui8, text)


def compare(machine: Machine, left: bytes, right: bytes) -> int:
    machine.charge_reading(min(len(left), len(right)))
    return (left > right) - (left < right)


def builder_append_slice(machine: Machine, builder: bytearray, text: bytes, start: int, stop: int) -> None:
    builder.extend(slice_(machine, text, start, stop))


def builder_append_byte(machine: Machine, builder: bytearray, byte: int) -> None:
    builder.append(byte & 0xFF)


def builder_append_int(machine: Machine, builder: bytearray, n: int) -> None:
    builder.extend(b"%d" % n)


def builder_make_room(machine: Machine, builder: bytearray, n: int) -> None:
    """Makes no difference: a bytearray grows by itself."""


def builder_append_char(machine: Machine, builder: bytearray, code: int) -> None:
    builder.extend(from_code_point(machine, code))


def is_int(machine: Machine, text: bytes) -> bool:
    return INT_TEXT.fullmatch(text) is not None and MIN_INT <= int(text) <= MAX_INT


def is_f64(machine: Machine, text: bytes) -> bool:
    return F64_TEXT.fullmatch(text) is not None


def equal(machine: Machine, left: bytes, right: bytes) -> int:
    machine.charge_reading(min(len(left), len(right)))
    return int(left == right)


ESCAPES = {
    **{code: f"\\x{code:02X}" for code in (*range(ord(" ")), 127)},
    **str.maketrans({"\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0", '"': '\\"', "\\": "\\\\"}),
}


def quoted(machine: Machine, text: bytes) -> bytes:
    """Writes a string as a literal. Bytes stand for characters: those beyond ASCII stay what they are."""
    machine.charge_reading(len(text))
    escaped = text.decode("latin-1").translate(ESCAPES).replace("#{", "\\#{")
    return f'"{escaped}"'.encode("latin-1")


def show_int(machine: Machine, n: int) -> bytes:
    return b"%d" % n


def show_bool(machine: Machine, value: int) -> bytes:
    return show(bool(value), i1)


def show_f64(machine: Machine, bits: int) -> bytes:
    return show(numbers.f64_of_bits(bits), f64)


def show_f32(machine: Machine, bits: int) -> bytes:
    return show(numbers.f32_of_bits(bits), f32)


def fixed(machine: Machine, value: float, n_decimals: int) -> bytes:
    if value != value or value in (float("inf"), float("-inf")):
        return f"{value:f}".encode()
    step = Decimal(1).scaleb(-max(n_decimals, 0))
    exact = Decimal(value).quantize(step, ROUND_HALF_EVEN, Context(prec=1200, Emin=-2000))
    return f"{exact:f}".encode()


GOLDEN = -7046029254386353131


def hash_spread(machine: Machine, number: int) -> int:
    return (number * GOLDEN - MIN_INT) % (1 << 64) + MIN_INT


def hash_int(machine: Machine, number: int) -> int:
    product = hash_spread(machine, number)
    return product ^ product >> 32


def hash_combine(machine: Machine, hash_so_far: int, number: int) -> int:
    return hash_int(machine, hash_so_far ^ number)


def hash_string(machine: Machine, text: bytes) -> int:
    machine.charge_reading(8 * len(text))  # a word at a time
    found = len(text)
    for at in range(0, len(text), 8):
        word = int.from_bytes(text[at : at + 8].ljust(8, b"\0"), "little", signed=True)
        found = hash_int(machine, found ^ word)
    return found


MODELS: dict[str, Model] = {
    "rt.hash$spread": hash_spread,
    "rt.hash$int": hash_int,
    "rt.hash$combine": hash_combine,
    "rt.hash$string": hash_string,
    "rt.string$concat2": pure(add),
    "rt.string$equal": equal,
    "rt.string$compare": compare,
    "rt.string$slice": slice_,
    "rt.string$index_of": index_of,
    "rt.string$last_index_of": pure(bytes.rfind),
    "rt.string$has_at": has_at,
    "rt.string$code_points": code_points,
    "rt.string$known_byte": known_byte,
    "rt.string$code_point_offset": code_point_offset,
    "rt.string$code_point_at": pure(character_at),
    "rt.string$next_code_point": pure(next_character),
    "rt.string$from_code_point": from_code_point,
    "rt.string$from_bytes": pure(bytes),
    "rt.string$bytes": bytes_of,
    "rt.string$length": pure(len),
    "rt.string_builder$new": pure(bytearray),
    "rt.string_builder$size": pure(len),
    "rt.string_builder$append": pure(bytearray.extend),
    "rt.string_builder$append_slice": builder_append_slice,
    "rt.string_builder$append_byte": builder_append_byte,
    "rt.string_builder$append_char": builder_append_char,
    "rt.string_builder$append_int": builder_append_int,
    "rt.string_builder$make_room": builder_make_room,
    "rt.string_builder$clear": pure(bytearray.clear),
    "rt.string_builder$to_string": pure(bytes),
    "rt.quoting$quoted": quoted,
    "rt.show$int": show_int,
    "rt.show$unsigned": show_int,
    "rt.show$bool": show_bool,
    "rt.show$f64": show_f64,
    "rt.show$f32": show_f32,
    "rt.decimals$fixed": fixed,
    "rt.parse$is_int": is_int,
    "rt.parse$int": pure(int),
    "rt.parse$is_f64": is_f64,
    "rt.parse$f64": pure(float),
}

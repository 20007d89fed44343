"""Values as 64-bit words and back, for `qz.reinterpret` and pointers that go to C.

An erased value stays the Python object it is; an address is made up only when a program asks for one.
"""

from collections.abc import Callable

from xdsl.ir import Attribute

from dialects import numbers
from dialects.interpreters.memory import Memory
from dialects.interpreters.values import Enum, Struct, Value, Vec
from dialects.qz.types import CharType, ValType, f32, i1, is_float, is_int, si64, string

STRING_PREFIX_BYTES = 16
STRING_LENGTH_OFFSET = -16
STRING_HEADER = b"\xff\xff\xff\xff\0\0\0\0"
"""The count of a constant, and no type."""
HANDLE_BYTES = 8
WORD_TYPES: tuple[Attribute, ...] = (si64, CharType())
"""The types of integers that are the word itself."""
OBJECTS = (bytes, bytearray, list, Vec, Struct, Enum)
WORD = numbers.INT_RANGES[si64]


class Words:
    """The addresses of objects whose address was asked for."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._address_of: dict[int, int] = {}
        self._object_at: dict[int, Value] = {}

    def address_of(self, value: Value) -> int:
        """Gives the address of an object, always the same for the same one."""
        address = self._address_of.get(id(value))
        if address is None:
            is_text = isinstance(value, bytes)
            address = self._place_string(value) if is_text else self._memory.allocate(HANDLE_BYTES)
            self._address_of[id(value)] = address
            self._object_at[address] = value
        return address

    def _place_string(self, text: bytes) -> int:
        def contents() -> bytes:
            return len(text).to_bytes(8, "little") + STRING_HEADER + text + b"\0"

        n_bytes = STRING_PREFIX_BYTES + len(text) + 1
        return self._memory.allocate_lazily(n_bytes, contents) + STRING_PREFIX_BYTES

    def converter(self, source: Attribute, target: Attribute) -> Callable[[Value], Value]:
        """Gives the function that takes a value of one type as the same word of another."""
        if is_erased(target):
            return give
        to_word = self._word_reader(source)
        from_word = self._word_maker(target)
        kept: tuple[type, ...] = OBJECTS
        if is_int(target):
            kept = (int,) if target in WORD_TYPES and (source in WORD_TYPES or is_erased(source)) else ()
        elif is_float(target):
            kept = (float,) if is_erased(source) else ()

        def convert(value: Value) -> Value:
            return value if type(value) in kept else from_word(to_word(value))

        return convert

    def is_address(self, value: Value) -> bool:
        """Tells whether a number is the address of an object, which means nothing outside of this run."""
        return value in self._object_at

    def object_of(self, value: Value) -> Value:
        """Gives the object that a word is the address of; any other value stays what it is."""
        return self._object_at.get(value, value) if type(value) is int else value

    def element_of(self, vec: list[Value], word: Value) -> Value:
        """Gives a word as an element of a vector."""
        if isinstance(vec, Vec) and type(word) is int:
            return self._word_maker(vec.element)(word)
        return word

    def _word_reader(self, source: Attribute) -> Callable[[Value], int]:
        """Gives the function from a value of a type to its word."""
        float_bits = numbers.bits_of_f32 if source == f32 else numbers.bits_of_f64

        def word_of(value: Value) -> int:
            if isinstance(value, int):
                return WORD.wrap(int(value))
            return float_bits(value) if isinstance(value, float) else self.address_of(value)

        return word_of

    def _word_maker(self, target: Attribute) -> Callable[[int], Value]:
        """Gives the function from a word to the value of a type."""
        if is_int(target):
            return numbers.INT_RANGES[target].wrap
        if is_float(target):
            return numbers.f32_of_bits if target == f32 else numbers.f64_of_bits
        if target == i1:
            return bool
        return self._read_string if target == string else self._object_or_word

    def _object_or_word(self, word: int) -> Value:
        """Gives the object at an address; any other word stays what it is."""
        return self._object_at.get(word, word)

    def _read_string(self, word: int) -> Value:
        """Gives the string at an address, which the program may have built there itself."""
        if word == 0 or word in self._object_at:
            return self._object_or_word(word)
        n = self._memory.load(word + STRING_LENGTH_OFFSET, 8, signed=True)
        return self._memory.read(word, n)


def give(value: Value) -> Value:
    """Gives the value itself."""
    return value


def is_erased(type_: Attribute) -> bool:
    """Tells whether a type is that of an erased parameter."""
    return isinstance(type_, ValType) and type_.is_erased

"""Widths, offsets and element kinds: the one place that says how a Quartz value lies in memory.

The lowerings, the runtime (`std/rt`, which repeats a few of these numbers as constants and has a test
that compares them) and the debug information all follow this table.

A heap block has an eight-byte header before its address::

    -8  i32  reference count: 1 is unique, negative is an immortal constant
    -4  i32  type id
     0  ...  the block's own words

A string puts its byte length in front of that header, and a NUL after its last byte::

    -16 i64  length     -8 header      0 bytes     length  NUL

Above the kind, its type id says whether each of its bytes is a character of its own, as in ASCII, so that
characters are found where they are counted; 0 is that nobody has looked. Of a constant it always says so.

The code of a function has its name before it, and in the place of the header a magic word, which as a count
is negative, and the length of the name: a function is a value too, and one that is never freed::

    ... name, zeros     -8 u32 magic      -4 u32 length of the name      0 code

A function value is the address of the code of a plain function, or that of the block of a closure plus
CLOSURE_TAG::

     0  ...  the address of the code, which takes that of the block as its last argument
     8  ...  what is captured, a word each; then, in a generator, its slots

An enum is kept in one of the ways that its type says (`dialects/qz/enum_type.py`). One that is unboxed is no
word, but its leaves. Where some variant of another is a block, it has the tag at 0 and the payload behind it.
Where that is only one, a variant without a payload is an immediate, told from an address by its low bits, and
never 0; else it is a constant block, like the constant string whose bytes are the tag.

The type id is no name but a description: how large the block is and which of its words are counted, so that
one routine of the runtime frees them all. Its low three bits say what kind of block it is. Blocks of fields
with few words have the rest in the bits above::

    bits 3-7  number of words      bits 8-31  bit 8+k: word k is counted

and blocks with more have, where a string has its length, the address of a descriptor::

    0  number of words     8  masks of 64 words each

A block that has something to do before it is freed has one whatever its size, and before it the address of
the function that does it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WORD_BYTES = 8

COUNT_OFFSET = -8
TYPE_ID_OFFSET = -4
HEADER_BYTES = 8
IMMORTAL = -1

STRING_LENGTH_OFFSET = -16
STRING_PREFIX_BYTES = 16
WORDS_OF_SHOWN_INT = 5
"""Of the string of an integer: its prefix, twenty bytes, and a NUL."""

TYPE_STRING = 0
TEXT_OF_BYTES = 8
TEXT_OF_MORE = 16
TYPE_VEC = 1
TYPE_BUILDER = 2
TYPE_FIELDS = 3
TYPE_DESCRIBED = 4
TYPE_DROPPED = 5
TYPE_KIND_MASK = 7
TYPE_WORDS_SHIFT = 3
TYPE_WORDS_MASK = 31
TYPE_COUNTED_SHIFT = 8
MAX_TYPE_WORDS = 24
"""A block of fields with more words is described elsewhere."""

DESCRIPTOR_OFFSET = -16
DESCRIBED_PREFIX_BYTES = 16
DROPPED_PREFIX_BYTES = 24
DROP_OFFSET = -24

LEAST_ADDRESS = 65536
"""A word of a counted type that is smaller, without sign, is no address: null, or an immediate."""

VEC_DATA_OFFSET = 0
VEC_SIZE_OFFSET = 8
VEC_CAPACITY_OFFSET = 16
VEC_KIND_OFFSET = 24
VEC_HEADER_BYTES = 32

ENUM_TAG_OFFSET = 0
IMMEDIATE_MASK = 3
IMMEDIATE_SHIFT = 2

KIND_WIDTH_MASK = 7
KIND_COUNTED = 8
KIND_SIGNED = 16
KIND_FLOAT = 32
KIND_ROW = 7
"""The low bits of the kind of a vector of rows, whose other bits are those of an address."""

CLOSURE_TAG = 1
CLOSURE_CODE_OFFSET = 0
CLOSURE_HEAD_WORDS = 1

NAME_MAGIC = 0xD15A4E4D
NAME_ALIGNMENT = 16


@dataclass(frozen=True, slots=True)
class Element:
    """How one value is stored: in a `Vec`, in a global, behind a raw address."""

    name: str
    log2_width: int
    signed: bool = False
    floating: bool = False
    address: bool = False
    tagged: bool = False
    """Whether the low bits of the word say what it is the address of."""

    @property
    def width(self) -> int:
        """Bytes of one element."""
        return 1 << self.log2_width

    @property
    def is_counted(self) -> bool:
        """Whether it is a word that refers to a block."""
        return self.address or self.tagged

    @property
    def kind(self) -> int:
        """The element kind word of a `Vec` header, by which erased code learns the width."""
        counted = KIND_COUNTED if self.is_counted else 0
        signed = KIND_SIGNED if self.signed else 0
        floating = KIND_FLOAT if self.floating else 0
        return self.log2_width | counted | signed | floating


ELEMENTS: dict[str, Element] = {
    element.name: element
    for element in (
        Element("i8", 0, signed=True),
        Element("u8", 0),
        Element("bool", 0),
        Element("i16", 1, signed=True),
        Element("u16", 1),
        Element("i32", 2, signed=True),
        Element("u32", 2),
        Element("char", 2),
        Element("f32", 2, floating=True),
        Element("i64", 3, signed=True),
        Element("u64", 3),
        Element("f64", 3, floating=True),
        Element("addr", 3, address=True),
        Element("fn", 3, tagged=True),
    )
}


def slot_offset(index: int) -> int:
    """Byte offset of field `index` of a heap struct."""
    return WORD_BYTES * index


def captured_offset(index: int) -> int:
    """Byte offset of the captured value `index` in the block of a closure."""
    return WORD_BYTES * (CLOSURE_HEAD_WORDS + index)


def payload_offset(index: int) -> int:
    """Byte offset of word `index` of a payload in the block of an enum."""
    return WORD_BYTES * (index + 1)


def immediate_variant(number: int) -> int:
    """The word of a variant without a payload, in an enum whose others are blocks."""
    return number << IMMEDIATE_SHIFT | IMMEDIATE_MASK


def fields_type_id(counted: Sequence[bool]) -> int | None:
    """The type id of a block of fields, given which are counted; None for one that needs a descriptor."""
    if len(counted) > MAX_TYPE_WORDS:
        return None
    mask = sum([1 << index for index, is_counted in enumerate(counted) if is_counted])
    return TYPE_FIELDS | max(len(counted), 1) << TYPE_WORDS_SHIFT | mask << TYPE_COUNTED_SHIFT


def fields_descriptor(counted: Sequence[bool]) -> bytes:
    """The static description of a block of many fields."""
    mask = sum([1 << index for index, is_counted in enumerate(counted) if is_counted])
    n_masks = -(-len(counted) // 64)
    return len(counted).to_bytes(8, "little") + mask.to_bytes(8 * n_masks, "little")


def packed_position(line: int, column: int) -> int:
    """A source position as the runtime's panic functions take it."""
    return line << 32 | column


def string_constant(data: bytes) -> bytes:
    """The static image of an immortal string; its value is the address of byte STRING_PREFIX_BYTES.

    Every supported target is little endian, so one image of plain bytes serves them all.
    """
    header = len(data).to_bytes(8, "little")
    continues = any(byte & 0xC0 == 0x80 for byte in data)
    type_id = TYPE_STRING | (TEXT_OF_MORE if continues else TEXT_OF_BYTES)
    header += (IMMORTAL & 0xFFFFFFFF).to_bytes(4, "little") + type_id.to_bytes(4, "little")
    return header + data + b"\0"


def name_prefix(name: str, alignment: int = NAME_ALIGNMENT) -> bytes:
    """The bytes placed directly before a function's entry, from which a backtrace names it.

    The name is followed by zeros so that name, magic and length fill a multiple of 16 bytes; the
    function starts where the image ends. Where it is to start at a multiple of more, zeros come first.
    """
    data = name.encode()
    padding = -(len(data) + 8) % NAME_ALIGNMENT
    before = -(len(data) + padding + 8) % alignment
    return (
        bytes(before)
        + data
        + bytes(padding)
        + NAME_MAGIC.to_bytes(4, "little")
        + len(data).to_bytes(4, "little")
    )


def leaf_symbol(symbol: str, index: int) -> str:
    """The symbol of a leaf of a module-level variable that holds several."""
    return f"{symbol}.{index}"

"""The images that the runtime and the backtrace read, byte by byte."""

import pytest

from lowering.abi import layout
from lowering.abi.alias_classes import ALIAS_CLASSES, N_FIELD_CLASSES, element_class, field_class
from lowering.abi.layout import (
    ELEMENTS,
    fields_descriptor,
    fields_type_id,
    name_prefix,
    packed_position,
    string_constant,
)


def test_string_image() -> None:
    assert string_constant(b"hi\0") == (
        b"\x03\0\0\0\0\0\0\0"  # its length
        b"\xff\xff\xff\xff"  # a count that never falls
        b"\x08\0\0\0"  # type id: a string, each byte of which is a character
        b"hi\0\0"
    )
    assert string_constant("é".encode())[12:16] == b"\x10\0\0\0"
    assert string_constant(b"").index(b"\xff") - layout.STRING_PREFIX_BYTES == layout.COUNT_OFFSET


@pytest.mark.parametrize("name", ["", "f", "12345678", "123456789", "module.path$function"])
def test_name_image_fills_whole_lines_before_the_entry(name: str) -> None:
    image = name_prefix(name)
    assert len(image) % 16 == 0
    # A function is a value that is never freed: where others have their count it has a negative number.
    assert int.from_bytes(image[layout.COUNT_OFFSET : layout.TYPE_ID_OFFSET], "little", signed=True) < 0
    length = int.from_bytes(image[layout.TYPE_ID_OFFSET :], "little")
    assert image[:length].decode() == name
    assert set(image[length:-8]) <= {0}
    assert len(image) == (length + 8 + 15) & -16  # where `rt.panic` looks for the start of the name


@pytest.mark.parametrize("alignment", [32, 256])
def test_name_image_leaves_the_entry_aligned_as_asked_for(alignment: int) -> None:
    image = name_prefix("m$f", alignment)
    assert len(image) == alignment
    assert image.endswith(name_prefix("m$f"))
    assert set(image[:-16]) == {0}


def test_element_kinds() -> None:
    kinds = {name: element.kind for name, element in ELEMENTS.items()}
    assert kinds == {
        "i8": 16,
        "u8": 0,
        "bool": 0,
        "i16": 17,
        "u16": 1,
        "i32": 18,
        "u32": 2,
        "char": 2,
        "f32": 34,
        "i64": 19,
        "u64": 3,
        "f64": 35,
        "addr": 11,
        "fn": 11,
    }
    assert [ELEMENTS[name].width for name in ("bool", "i16", "char", "addr")] == [1, 2, 4, 8]


def test_type_id_says_which_words_are_counted() -> None:
    type_id = fields_type_id([True, False, True])
    assert type_id == layout.TYPE_FIELDS | 3 << 3 | 0b101 << 8
    assert fields_type_id([]) == layout.TYPE_FIELDS | 1 << 3  # a block has one word at least
    longest = fields_type_id([True] * layout.MAX_TYPE_WORDS)
    assert longest is not None
    assert longest < 1 << 32
    assert longest >> layout.TYPE_WORDS_SHIFT & layout.TYPE_WORDS_MASK == layout.MAX_TYPE_WORDS
    assert longest & layout.TYPE_KIND_MASK == layout.TYPE_FIELDS


def test_a_block_of_many_fields_is_described_elsewhere() -> None:
    counted = [index % 3 == 0 for index in range(100)]
    assert fields_type_id(counted) is None
    image = fields_descriptor(counted)
    words = [int.from_bytes(image[start : start + 8], "little") for start in range(0, len(image), 8)]
    assert words[0] == 100
    assert [bool(words[1 + index // 64] >> index % 64 & 1) for index in range(100)] == counted


def test_positions() -> None:
    assert packed_position(3, 7) == 0x3_0000_0007


def test_alias_classes_depend_on_what_is_read_and_where() -> None:
    assert element_class(ELEMENTS["i64"]) == element_class(ELEMENTS["u64"])
    assert element_class(ELEMENTS["addr"]) == element_class(ELEMENTS["fn"])
    assert (
        len({element_class(ELEMENTS[name]) for name in ("u8", "u16", "u32", "i64", "f32", "f64", "addr")})
        == 7
    )
    assert field_class(0) != field_class(1)
    assert field_class(N_FIELD_CLASSES) == field_class(N_FIELD_CLASSES + 1)
    assert len(set(ALIAS_CLASSES)) == len(ALIAS_CLASSES)

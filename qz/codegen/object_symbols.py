"""How large functions are in an object file.

Read are ELF's 64-bit little-endian objects, as "Sections" and "Symbol Table" of the System V ABI have them.
Objects of other formats have no sizes of symbols to speak of.
"""

import struct

_MAGIC = b"\x7fELF\x02\x01"
_HEADER = struct.Struct("<40xQ10xHHH")  # from the section headers' offset on: their size, number, and names
_SECTION = struct.Struct("<IIQQQQIIQQ")
_SYMBOL = struct.Struct("<IBBHQQ")
_SYMTAB = 2
_FUNCTION = 2


def function_sizes(image: bytes) -> dict[str, int]:
    """The bytes of code of every function defined in an object; nothing where the format does not say."""
    if not image.startswith(_MAGIC):
        return {}
    sizes: dict[str, int] = {}
    sections = _sections(image)
    for section in sections:
        if section[1] != _SYMTAB:
            continue
        texts = sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], _SYMBOL.size):
            name, info, _, place, _, size = _SYMBOL.unpack_from(image, at)
            if info & 0xF == _FUNCTION and place:
                start = texts + name
                sizes[image[start : image.index(b"\0", start)].decode("utf-8", "replace")] = size
    return sizes


def _sections(image: bytes) -> list[tuple[int, ...]]:
    offset, size, count, _ = _HEADER.unpack_from(image)
    return [_SECTION.unpack_from(image, offset + number * size) for number in range(count)]

"""The code points of a string; what is not UTF-8 counts as U+FFFD."""

REPLACEMENT = 0xFFFD
MAX_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


def starts_code_point(byte: int) -> bool:
    """Tells whether a byte does not continue a code point."""
    return byte & 0xC0 != 0x80


def next_character(text: bytes, at: int) -> int:
    """Gives the first index above `at` at which a code point begins; the size where none does."""
    following = at + 1
    while following < len(text) and not starts_code_point(text[following]):
        following += 1
    return following


def character_at(text: bytes, at: int) -> int:
    """Gives the code point that begins at an index."""
    first = text[at]
    n_bytes = 1 + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)
    try:
        return ord(text[at : at + n_bytes].decode())
    except UnicodeDecodeError:
        return REPLACEMENT


def characters(text: bytes) -> list[int]:
    """Gives all code points."""
    return [character_at(text, at) for at, byte in enumerate(text) if starts_code_point(byte)]

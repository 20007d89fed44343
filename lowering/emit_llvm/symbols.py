"""Symbols and bytes as LLVM writes them."""

import re
from functools import lru_cache

_PLAIN = re.compile(r"[-a-zA-Z$._][-a-zA-Z$._0-9]*")
_PRINTABLE = frozenset(range(0x20, 0x7F)) - {ord('"'), ord("\\")}
_BYTES = tuple(chr(byte) if byte in _PRINTABLE else f"\\{byte:02X}" for byte in range(256))


def escape(data: bytes) -> str:
    """Bytes for use between quotes; every byte that is not plain ASCII becomes two hexadecimal digits."""
    return "".join([_BYTES[byte] for byte in data])


@lru_cache(maxsize=8192)
def symbol(name: str) -> str:
    """A global name, quoted where it must be."""
    if _PLAIN.fullmatch(name):
        return "@" + name
    return f'@"{escape(name.encode())}"'


def is_quartz_symbol(name: str) -> bool:
    """Whether a symbol is a mangled Quartz name; anything else belongs to C."""
    return "$" in name

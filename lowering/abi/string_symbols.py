"""Names of constant strings: the same bytes have the same name in every function and every unit."""

from functools import lru_cache
from hashlib import blake2b

_PREFIX = ".s."


@lru_cache(maxsize=8192)
def string_symbol(data: bytes) -> str:
    """The symbol of the static image of a string."""
    return _PREFIX + blake2b(data, digest_size=12).hexdigest()

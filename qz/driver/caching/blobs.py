"""Several byte strings in one, for files that must appear or vanish as a whole."""

from collections.abc import Sequence

_MAGIC = b"quartz1\n"
_WIDTH = 8


def pack(blobs: Sequence[bytes]) -> bytes:
    """One byte string that `unpack` takes apart again."""
    lengths = b"".join(len(blob).to_bytes(_WIDTH, "little") for blob in blobs)
    return b"".join((_MAGIC, len(blobs).to_bytes(_WIDTH, "little"), lengths, *blobs))


def unpack(data: bytes | None) -> list[bytes] | None:
    """What was packed; None for anything else, a truncated file included."""
    if data is None or not data.startswith(_MAGIC):
        return None
    table = len(_MAGIC) + _WIDTH
    n_blobs = int.from_bytes(data[len(_MAGIC) : table], "little")
    start = table + n_blobs * _WIDTH
    blobs: list[bytes] = []
    for position in range(table, min(start, len(data)), _WIDTH):
        end = start + int.from_bytes(data[position : position + _WIDTH], "little")
        blobs.append(data[start:end])
        start = end
    return blobs if start == len(data) and len(blobs) == n_blobs else None

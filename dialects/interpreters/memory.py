"""Memory of bytes for the few programs that use raw addresses; any access outside a block is a fault."""

from bisect import bisect_right
from collections.abc import Callable

from dialects.interpreters.values import InterpreterFault

FIRST_ADDRESS = 0x7E5A_0000_0000
"""High enough that no program counts up to an address by chance."""
ALIGNMENT = 16
GAP = 64
"""Unused bytes after every block, so that an overrun meets no other block."""

WORD_MASK = (1 << 64) - 1


class Memory:
    """Blocks of bytes at addresses that are never used twice."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._blocks: dict[int, bytearray | Callable[[], bytes]] = {}
        self._next = FIRST_ADDRESS

    def allocate(self, n: int) -> int:
        """Gives the address of n zero bytes."""
        address = self._next
        self._next += (n + GAP + ALIGNMENT - 1) & -ALIGNMENT
        self._starts.append(address)
        self._blocks[address] = bytearray(n)
        return address

    def allocate_lazily(self, n: int, contents: Callable[[], bytes]) -> int:
        """Gives the address of n bytes that are made when something accesses them."""
        address = self.allocate(0)
        self._next += (n + ALIGNMENT - 1) & -ALIGNMENT
        self._blocks[address] = contents
        return address

    def free(self, address: int) -> None:
        """Gives a block back; the null address is none."""
        if address == 0:
            return
        if self._blocks.pop(address, None) is None:
            raise InterpreterFault(f"free of {address:#x}, which is no block")

    def reallocate(self, address: int, n: int) -> int:
        """Moves a block to one of another size."""
        moved = self.allocate(n)
        if address != 0:
            kept, _ = self._find(address, 0)
            self.write(moved, bytes(kept[:n]))
            self.free(address)
        return moved

    def _find(self, address: int, n: int) -> tuple[bytearray, int]:
        index = bisect_right(self._starts, address) - 1
        if index >= 0:
            start = self._starts[index]
            block = self._blocks.get(start)
            if callable(block):
                block = self._blocks[start] = bytearray(block())
            if block is not None and address - start + n <= len(block):
                return block, address - start
        raise InterpreterFault(f"access of {n} bytes at {address:#x}, which is in no block")

    def load(self, address: int, width: int, *, signed: bool) -> int:
        """Reads a little-endian integer."""
        block, at = self._find(address & WORD_MASK, width)
        return int.from_bytes(block[at : at + width], "little", signed=signed)

    def store(self, address: int, width: int, value: int) -> None:
        """Writes the low bytes of an integer."""
        block, at = self._find(address & WORD_MASK, width)
        block[at : at + width] = (value & ((1 << 8 * width) - 1)).to_bytes(width, "little")

    def read(self, address: int, n: int) -> bytes:
        """Reads n bytes."""
        if n == 0:
            return b""
        block, at = self._find(address & WORD_MASK, n)
        return bytes(block[at : at + n])

    def write(self, address: int, data: bytes) -> None:
        """Writes bytes."""
        if data:
            block, at = self._find(address & WORD_MASK, len(data))
            block[at : at + len(data)] = data

    def read_c_string(self, address: int) -> bytes:
        """Reads the bytes before the next NUL."""
        block, at = self._find(address & WORD_MASK, 1)
        end = block.find(0, at)
        if end < 0:
            raise InterpreterFault(f"no NUL after {address:#x}")
        return bytes(block[at:end])

"""The allocators' books move with what is allocated and given back."""

from __future__ import annotations

import subprocess
import sys

from qz.base.allocators import allocator_books

MB = 1 << 20


def figures_of(program: str) -> list[int]:
    """The numbers that a program prints, in a process of its own: nothing else fills holes there, and C's
    allocator tells only of the memory of the main thread."""
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return list(map(int, shown.stdout.split()))


def test_used_memory_is_in_the_books() -> None:
    program = (
        "from qz.base.allocators import allocator_books\n"
        "before = allocator_books().used\n"
        "large = bytearray(10 << 20)\n"
        "small = [(number, -number) for number in range(100_000)]\n"
        "print(allocator_books().used - before)\n"
    )
    (used,) = figures_of(program)
    assert used >= 10 * MB + 100_000 * 56


def test_what_is_given_back_but_kept_is_in_the_books() -> None:
    program = (
        "from qz.base.allocators import allocator_books\n"
        "things = [[number] for number in range(200_000)]\n"
        "before = allocator_books()\n"
        "things = things[::64]\n"
        "after = allocator_books()\n"
        "print(before.used - after.used, after.kept - before.kept)\n"
    )
    freed, kept = figures_of(program)
    assert freed > 10 * MB
    assert kept > 0.8 * freed


def test_standard_error_stays_what_it_was(capfd) -> None:
    allocator_books()
    print("still here", file=sys.stderr)
    assert capfd.readouterr() == ("", "still here\n")

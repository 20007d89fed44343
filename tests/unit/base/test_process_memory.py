"""Resident sizes follow what a process really holds."""

from __future__ import annotations

import subprocess
import sys

from qz.base.process_memory import children_peak_rss, current_rss, peak_rss, status_bytes

MB = 1 << 20


def test_the_peak_remembers_what_the_current_size_forgets() -> None:
    program = (
        "from qz.base.process_memory import current_rss, peak_rss\n"
        "block = bytearray(b'x') * (64 << 20)\n"
        "full = current_rss()\n"
        "del block\n"
        "print(full, current_rss(), peak_rss())\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    full, now, peak = map(int, shown.stdout.split())
    assert full > 64 * MB
    assert now < full - 60 * MB
    # The kernel brings its counters together now and then only.
    assert full - MB <= peak < full + 16 * MB


def test_a_small_child_of_a_large_parent_has_a_small_peak() -> None:
    block = bytearray(100 * MB)
    block[::4096] = b"x" * len(block[::4096])
    program = "from qz.base.process_memory import peak_rss; print(peak_rss())"
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert int(shown.stdout) < 60 * MB


def test_children_that_ended_are_counted() -> None:
    subprocess.run([sys.executable, "-c", "bytearray(b'x') * (300 << 20)"], check=True)
    assert children_peak_rss() > 300 * MB


def test_an_unknown_process_or_field_is_none() -> None:
    assert status_bytes("VmRSS", "no-such-process") is None
    assert status_bytes("VmNothing") is None
    assert 0 < current_rss() <= peak_rss() + MB

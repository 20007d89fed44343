"""Resident memory of this process and of others, in bytes, as the kernel counts it."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

# `ru_maxrss` is in KiB on Linux and in bytes on macOS.
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def status_bytes(field: str, pid: int | str = "self") -> int | None:
    """A field such as `VmRSS` or `VmHWM` of /proc/PID/status; None where there is none."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    _, found, rest = text.partition(f"\n{field}:")
    return int(rest.split(maxsplit=1)[0]) * 1024 if found else None


def current_rss(pid: int | str = "self") -> int:
    """Bytes resident now; the peak where the system tells nothing better."""
    rss = status_bytes("VmRSS", pid)
    return peak_rss() if rss is None else rss


def file_rss() -> int:
    """Bytes resident now that are pages of files, shared libraries most of all; 0 where nothing tells."""
    return status_bytes("RssFile") or 0


def peak_rss() -> int:
    """Most bytes resident since this program began.

    `VmHWM` comes first: `ru_maxrss` survives exec, and so starts at whatever the parent had when it forked.
    """
    peak = status_bytes("VmHWM")
    if peak is not None:
        return peak
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT


def children_peak_rss() -> int:
    """Peak of the largest child that has ended and was waited for; 0 without any."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_UNIT

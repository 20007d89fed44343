"""Where Python's memory went: tracemalloc snapshots grouped by floor, file, line or allocator domain.

`tracemalloc-report record` runs a program and keeps a recording, `show` groups one, `diff` compares two.
"""

from qz.base.tracemalloc_report.cli import main

__all__ = ["main"]

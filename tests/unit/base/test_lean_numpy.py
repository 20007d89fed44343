"""numpy without documentation and threads: the same names, and no trace of what stood for the rest."""

from __future__ import annotations

import subprocess
import sys

LEAN = """
import os, sys
from qz.base.lean_numpy import lean_numpy

before = dict(os.environ)
with lean_numpy():
    import numpy
assert "numpy._core._add_newdocs" not in sys.modules
assert dict(os.environ) == before
assert len(os.listdir("/proc/self/task")) == 1
print(sorted(dir(numpy)), numpy.arange(4).sum())
"""
ORDINARY = """
import numpy
print(sorted(dir(numpy)), numpy.arange(4).sum())
"""


def test_numpy_has_the_same_names() -> None:
    lean, ordinary = (
        subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout
        for text in (LEAN, ORDINARY)
    )
    assert lean == ordinary

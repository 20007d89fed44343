"""numpy without its documentation: the same names, and no trace of what stood for the rest."""

from __future__ import annotations

import subprocess
import sys

LEAN = """
import sys
from qz.base.numpy_without_docs import numpy_without_docs

with numpy_without_docs():
    import numpy
assert "numpy._core._add_newdocs" not in sys.modules
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

"""How a program that the compiler runs can call the compiler: by the shell command in $QUARTZ."""

import os
import sys

VARIABLE = "QUARTZ"
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def offer_command() -> None:
    """Sets the variable, unless the user has."""
    words = ["env", f"PYTHONPATH={_ROOT}", sys.executable, "-P", "-m", "qz"]
    os.environ.setdefault(VARIABLE, " ".join(_quoted(word) for word in words))


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"

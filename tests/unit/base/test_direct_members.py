"""What is found of an enum is the same whether there is the long way round or not."""

from __future__ import annotations

import subprocess
import sys

LOOKS = """
from enum import Enum, EnumType, Flag, IntEnum, auto
from qz.driver.quick_imports import quick_imports

class Plain(Enum):
    first = 1
    name = 2
    value = 3
    also_first = 1

class Number(IntEnum):
    real = auto()
    ONE = auto()

class Mark(Flag):
    A = auto()
    B = auto()
    AB = A | B

def looks():
    for cls in (Plain, Number, Mark, Enum):
        for name in ("first", "name", "value", "also_first", "real", "ONE", "AB", "absent", "__absent__"):
            yield repr(getattr(cls, name, None))
    yield [(member.name, member.value) for cls in (Plain, Number, Mark) for member in cls]

before = list(looks())
with quick_imports():
    assert "__getattr__" not in vars(EnumType)
assert list(looks()) == before
print(before)
"""


def test_the_same_is_found() -> None:
    run = subprocess.run([sys.executable, "-c", LOOKS], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Plain.first" in run.stdout

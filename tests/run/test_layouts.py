"""Random binary layouts of numbers encode to the bits that strings of ones and zeros have, and back."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program_files import execute, qz

N_LAYOUTS = 25


class Number(NamedTuple):
    """A field: how it is written, and a value for it."""

    layout: str
    width: int
    value: int

    def bits(self) -> str:
        """The value's bits in the order in which they are written."""
        text = f"{self.value % (1 << self.width):0{self.width}b}"
        if self.layout.endswith("le"):
            text = "".join(text[at : at + 8] for at in range(self.width - 8, -1, -8))
        return text


def random_number(random_: random.Random, width: int = 0) -> Number:
    """A number of some width, at the ends of its range as often as anywhere else."""
    is_little = not width and random_.random() < 0.3
    width = width or (8 * random_.randrange(1, 9) if is_little else random_.randrange(1, 65))
    is_signed = random_.random() < 0.4
    low, high = (-(1 << width - 1), (1 << width - 1) - 1) if is_signed else (0, (1 << width) - 1)
    value = random_.choice([low, high, random_.randint(low, high), random_.randint(low, high)])
    return Number(f"{'i' if is_signed else 'u'}{width}{'le' if is_little else ''}", width, value)


def random_layout(random_: random.Random) -> list[Number]:
    """Numbers that fill whole bytes together."""
    numbers = [random_number(random_) for _ in range(random_.randrange(1, 8))]
    missing = -sum(number.width for number in numbers) % 8
    return [*numbers, random_number(random_, missing)] if missing else numbers


def literal(number: Number) -> str:
    """The value as a literal of the field's type."""
    if number.layout.removesuffix("le") == "u64":
        return f"{number.value}u64"
    return "-9223372036854775807 - 1" if number.value == -(1 << 63) else str(number.value)


def program_and_output(seed: int) -> tuple[str, str]:
    """A program that encodes and decodes a value of each layout, and what it prints."""
    random_ = random.Random(seed)
    declarations: list[str] = []
    statements: list[str] = []
    output: list[str] = []
    for index in range(N_LAYOUTS):
        numbers = random_layout(random_)
        name = f"L{index}"
        fields = "; ".join(f"f{i}: {number.layout}" for i, number in enumerate(numbers))
        values = ", ".join(f"f{i}: {literal(number)}" for i, number in enumerate(numbers))
        declarations.append(f"type {name} = binary {{ {fields} }}")
        statements.append(f"  bytes{index} = {name} {{ {values} }}.encode()")
        statements.append(f'  puts("#{{bytes{index}}} #{{{name}.decode(bytes{index})!}}")')
        bits = "".join(number.bits() for number in numbers)
        encoded = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
        shown = ", ".join(f"f{i}: {number.value}" for i, number in enumerate(numbers))
        output.append(f"{encoded} {name} {{ {shown} }}\n")
    return "\n".join([*declarations, "def main()", *statements, "end", ""]), "".join(output)


@pytest.mark.parametrize("level", ["-O0", "-O2"])
@pytest.mark.parametrize("seed", [1, 2])
def test_random_layouts(seed: int, level: str, cache: Path, tmp_path: Path) -> None:
    source, output = program_and_output(seed)
    program = tmp_path / "layouts.qz"
    program.write_text(source)
    assert execute(qz("run", level, "--overflow=trap", program), cache=cache) == (output.encode(), 0, "")
